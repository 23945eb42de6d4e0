//! `decisions.csv` about quota groups: the free quota, sport, placements by hand.

use crate::harness::{Case, examine, graded};

/// The graded season with these groups and these decisions; P1 has one seat, P2 two, P3 one.
fn decided(name: &'static str, groups: &str, rows: &str) -> Case {
    let header = "programme_id,quota_group,precedence,seats,ranked_by,open_to\n";
    graded(name)
        .file("quota_groups.csv", format!("{header}{groups}"))
        .file("decisions.csv", format!("applicant_id,programme_id,decision,value,reason\n{rows}"))
}

const FREE: &str = "P1,fri,1,1,free_quota,\n";

pub(crate) fn cases() -> Vec<Case> {
    [free_quota(), sport(), by_hand(), consequences()].into_iter().flatten().collect()
}

fn free_quota() -> Vec<Case> {
    vec![
        decided("places on a list", FREE, "A1,P1,free_quota_rank,2,x\nA2,P1,free_quota_rank,1,x\n"),
        decided(
            "a place that opens a group and ranks nobody",
            "P1,fri,1,1,merit,free_quota\n",
            "A1,P1,free_quota_rank,4294967294,x\n",
        ),
        graded("a place where there are no groups")
            .file(
                "decisions.csv",
                "applicant_id,programme_id,decision,value,reason\nA1,P1,free_quota_rank,1,x\n",
            )
            .finds(["orphaned_decision decisions.csv:2 decision=free_quota_rank"])
            .says("no quota group of the programme is the free quota (applicant A1)"),
        decided("a place on the list of another", FREE, "A1,P2,free_quota_rank,1,x\n")
            .finds(["orphaned_decision decisions.csv:2 decision=free_quota_rank"]),
        decided(
            "a place on the list of a group by merit",
            "P1,a,1,1,,\n",
            "A1,P1,free_quota_rank,1,x\n",
        )
        .finds(["orphaned_decision decisions.csv:2 decision=free_quota_rank"]),
        decided("a place at no programme", FREE, "A1,,free_quota_rank,1,x\n")
            .finds(["missing_value decisions.csv:2 programme_id="]),
        decided(
            "places that are no numbers",
            FREE,
            "A1,P1,free_quota_rank,,x\nA2,P1,free_quota_rank,första,x\n",
        )
        .finds([
            "not_a_whole_number decisions.csv:2 value=",
            "not_a_whole_number decisions.csv:3 value=första",
        ])
        .says("no whole number from 1"),
        decided(
            "places that are no places",
            FREE,
            "A1,P1,free_quota_rank,0,x\nA2,P1,free_quota_rank,1.5,x\n",
        )
        .finds([
            "not_a_whole_number decisions.csv:2 value=0",
            "not_a_whole_number decisions.csv:3 value=1.5",
        ]),
        decided("a place beyond reason", FREE, "A1,P1,free_quota_rank,4294967295,x\n")
            .finds(["not_a_whole_number decisions.csv:2 value=4294967295"]),
        decided(
            "a place given twice",
            FREE,
            "A1,P1,free_quota_rank,1,x\nA2,P1,free_quota_rank,1,x\n",
        )
        .finds(["contradictory_decision decisions.csv:3 value=1"])
        .says("line 2 gives the same place on the list"),
        decided(
            "two places for one",
            FREE,
            "A1,P1,free_quota_rank,1,x\nA1,P1,free_quota_rank,2,x\n",
        )
        .finds(["contradictory_decision decisions.csv:3 decision=free_quota_rank"])
        .says("the same decision stands twice"),
        decided(
            "places in a preliminary round",
            FREE,
            "A1,P1,free_quota_rank,1,x\nA2,P1,free_quota_rank,2,x\n",
        )
        .line("rules.toml", 2, "round = \"preliminary\"")
        .finds(["free_quota_too_early decisions.csv"])
        .says("2 places on its lists are not used"),
        decided(
            "a place given twice in a preliminary round",
            FREE,
            "A1,P1,free_quota_rank,1,x\nA2,P1,free_quota_rank,1,x\n",
        )
        .line("rules.toml", 2, "round = \"preliminary\"")
        .finds([
            "free_quota_too_early decisions.csv",
            "contradictory_decision decisions.csv:3 value=1",
        ]),
    ]
}

fn sport() -> Vec<Case> {
    vec![
        decided("an approval", "P1,niu,1,1,,sport_approval\n", "A1,P1,sport_approval,,x\n"),
        decided("an approval that no group asks for", FREE, "A1,P1,sport_approval,,x\n")
            .finds(["orphaned_decision decisions.csv:2 decision=sport_approval"])
            .says("no quota group of the programme asks for the approval (applicant A1)"),
        decided(
            "an approval for another programme",
            "P1,niu,1,1,,sport_approval\n",
            "A1,P2,sport_approval,,x\n",
        )
        .finds(["orphaned_decision decisions.csv:2 decision=sport_approval"]),
        decided("an approval for no programme", FREE, "A1,,sport_approval,,x\n")
            .finds(["missing_value decisions.csv:2 programme_id="]),
    ]
}

fn by_hand() -> Vec<Case> {
    const TWO: &str = "P2,lista,1,1,manual,\nP2,betyg,2,1,,\n";
    vec![
        decided(
            "a group named, and none",
            TWO,
            "A1,P2,manual_placement,betyg,x\nA3,P2,manual_placement,,x\n",
        ),
        decided("a group that does not exist", TWO, "A1,P2,manual_placement,prov,x\n")
            .finds(["unknown_group decisions.csv:2 value=prov"])
            .says("the programme has no such quota group (applicant A1)"),
        decided("a group of another programme", TWO, "A1,P1,manual_placement,lista,x\n")
            .finds(["unknown_group decisions.csv:2 value=lista"]),
        decided("a group in other letters", TWO, "A1,P2,manual_placement,Lista,x\n")
            .finds(["unknown_group decisions.csv:2 value=Lista"]),
        decided(
            "more by hand than a group has seats",
            TWO,
            "A1,P2,manual_placement,betyg,x\nA3,P2,manual_placement,betyg,x\n",
        )
        .finds(["placed_beyond_seats decisions.csv"])
        .says("2 applicants are placed by hand at P2 in quota group betyg, seats: 1"),
        decided(
            "more by hand than the list has seats",
            TWO,
            "A1,P2,manual_placement,,x\nA3,P2,manual_placement,lista,x\n",
        )
        .finds(["placed_beyond_seats decisions.csv"])
        .says("in quota group lista, seats: 1"),
        decided(
            "by hand into a group without seats",
            "P2,lista,1,0,manual,\nP2,betyg,2,2,,\n",
            "A1,P2,manual_placement,,x\n",
        )
        .finds(["placed_beyond_seats decisions.csv"])
        .says("1 applicants are placed by hand at P2 in quota group lista, seats: 0"),
        decided(
            "by hand, beside a tie",
            TWO,
            "A1,P2,manual_placement,lista,x\nA3,P2,manual_placement,lista,x\n",
        )
        .line("rules.toml", 5, "keys = [\"reception\", \"merit\"]")
        .line("grades.csv", 3, "A2,A,A,A,A,A,A,A,A,A,A,A,A,A,")
        .finds(["placed_beyond_seats decisions.csv"]),
    ]
}

fn consequences() -> Vec<Case> {
    vec![
        decided(
            "a ranking that cannot be read may be the free quota",
            "P1,fri,1,1,frikvot,\n",
            "A1,P1,free_quota_rank,1,x\n",
        )
        .finds(["unknown_ranking quota_groups.csv:2 ranked_by=frikvot"]),
        decided(
            "a condition that cannot be read may be the approval",
            "P1,niu,1,1,,sport\n",
            "A1,P1,sport_approval,,x\n",
        )
        .finds(["unknown_condition quota_groups.csv:2 open_to=sport"]),
        decided(
            "a row that cannot be read may be the group",
            "P2,lista,x,1,manual,\nP2,betyg,2,1,,\n",
            "A1,P2,manual_placement,lista,x\n",
        )
        .finds(["not_a_whole_number quota_groups.csv:2 precedence=x"]),
        decided("lost choices make no decision orphaned", FREE, "A1,P1,free_quota_rank,1,x\n")
            .line("choices.csv", 2, "A1,1")
            .finds(["too_few_fields choices.csv:2"]),
        decided("nor do lost programmes", FREE, "A1,P1,free_quota_rank,1,x\n")
            .line("programmes.csv", 2, "P1,1,Natur")
            .finds(["too_few_fields programmes.csv:2"]),
    ]
}

#[test]
fn all_cases() {
    examine(&cases());
}
