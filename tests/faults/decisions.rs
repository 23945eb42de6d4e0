//! `decisions.csv`: decisions that cannot be applied.

use crate::harness::{Case, examine, graded, market};

/// The graded season with these rows of decisions.
fn decided(name: &'static str, rows: &str) -> Case {
    let header = "applicant_id,programme_id,decision,value,reason,date\n";
    graded(name).file("decisions.csv", format!("{header}{rows}"))
}

pub(crate) fn cases() -> Vec<Case> {
    vec![
        decided(
            "sound decisions",
            "A1,P1,first_hand,,close by,2025-06-20\nA3,,withdrawal,,asked,\n",
        ),
        decided("a decision that does not exist", "A1,P1,promotion,,x,2025-06-20\n")
            .finds(["unknown_decision decisions.csv:2 decision=promotion"]),
        decided("a day that does not exist", "A1,P1,withdrawal,,x,2025-06-31\n")
            .finds(["not_a_date decisions.csv:2 date=2025-06-31"]),
        decided("a decision without a reason", "A1,P1,first_hand,,,\n")
            .finds(["decision_without_reason decisions.csv:2 reason="]),
        decided("a decision about nobody", "A9,P1,withdrawal,,x,\n")
            .finds(["unknown_applicant decisions.csv:2 applicant_id=A9"]),
        decided("a decision about no programme", "A1,P9,withdrawal,,x,\n")
            .finds(["unknown_programme decisions.csv:2 programme_id=P9"]),
        decided("a decision about a choice that was not made", "A3,P1,withdrawal,,x,\n")
            .finds(["orphaned_decision decisions.csv:2 decision=withdrawal"])
            .says("the applicant has not chosen the programme (applicant A3)"),
        decided("an exemption for every programme", "A1,,english_exemption,,x,\n")
            .finds(["missing_value decisions.csv:2 programme_id="]),
        decided("knowledge in no subject", "A1,,equivalent_knowledge,kemi,x,\n")
            .finds(["unknown_subject decisions.csv:2 value=kemi"]),
        decided("two receptions", "A1,P1,second_hand,,x,\nA1,P1,not_received,,x,\n")
            .finds(["contradictory_decision decisions.csv:2 decision=second_hand"])
            .says("line 3 has decided otherwise on the same choice"),
        decided("second hand at an independent provider", "A1,P2,second_hand,,x,\n")
            .finds(["contradictory_decision decisions.csv:2 decision=second_hand"]),
        decided(
            "placed by hand and withdrawn",
            "A1,P1,manual_placement,,x,\nA1,P1,withdrawal,,x,\n",
        )
        .finds(["contradictory_decision decisions.csv:3"]),
        decided(
            "more placed by hand than seats",
            "A1,P1,manual_placement,,x,\nA2,P1,manual_placement,,x,\n",
        )
        .finds(["placed_beyond_seats decisions.csv"])
        .says("2 applicants are placed by hand at P1, seats: 1"),
        decided("a decision twice", "A1,P1,second_hand,,x,\nA1,P1,second_hand,,y,\n")
            .finds(["contradictory_decision decisions.csv:3 decision=second_hand"])
            .says("the same decision stands twice"),
        decided("a decision on every choice twice", "A1,,withdrawal,,x,\nA1,,withdrawal,,y,\n")
            .finds(["contradictory_decision decisions.csv:3 decision=withdrawal"]),
        decided("two receptions of every choice", "A1,,first_hand,,x,\nA1,,not_received,,x,\n")
            .finds(["contradictory_decision decisions.csv:3 decision=not_received"]),
        decided(
            "a decision on every choice and on one",
            "A1,,withdrawal,,x,\nA1,P2,withdrawal,,y,\n",
        )
        .finds(["contradictory_decision decisions.csv:3 decision=withdrawal"]),
        decided("lateness that the chain does not know", "A1,,late_application,,x,\n")
            .finds(["lateness_unused rules.toml ranking.keys"]),
        decided("lateness beside a faulty chain", "A1,,late_application,,x,\n")
            .line("rules.toml", 5, "keys = [\"on_time\", \"merit\", \"merit\"]")
            .finds(["faulty_chain rules.toml:5 ranking.keys"]),
        decided("second hand that the chain does not know", "A1,P1,second_hand,,x,\n")
            .line("rules.toml", 5, "keys = [\"merit\", \"lottery\"]")
            .finds(["faulty_chain rules.toml ranking.keys"])
            .says("1 choices are received in second hand, but the chain lacks reception"),
        decided("columns missing", "").file("decisions.csv", "applicant_id,beslut\nA1,x\n").finds(
            ["missing_column decisions.csv:1 decision", "unknown_column decisions.csv:1 beslut"],
        ),
        decided("Rh-adapted education without a programme", "A1,,rh_adapted,,x,\n")
            .finds(["missing_value decisions.csv:2 programme_id="]),
        decided("too old for Rh-adapted education", "A1,P1,rh_adapted,,x,\n")
            .line("applicants.csv", 2, "A1,1280,2004,F,0")
            .finds(["contradictory_decision decisions.csv:2 decision=rh_adapted"])
            .says("too old for Rh-adapted education as well (applicant A1)"),
        decided(
            "a programme finished and compulsory school not",
            "A1,,unfinished_compulsory_school,,x,\nA1,P2,finished_programme,,x,\n",
        )
        .finds(["contradictory_decision decisions.csv:3"])
        .says("has finished a programme and not compulsory school"),
        decided(
            "compulsory school twice",
            "A1,,unfinished_compulsory_school,,x,\nA1,P1,unfinished_compulsory_school,,x,\n",
        )
        .finds(["contradictory_decision decisions.csv:3 decision=unfinished_compulsory_school"]),
        decided(
            "no right to education, placed by hand",
            "A1,,no_right_to_education,,x,\nA1,P1,manual_placement,,x,\n",
        )
        .finds(["contradictory_decision decisions.csv"])
        .says("placed by hand at P1 without being eligible there"),
        market("age in a market season")
            .file(
                "decisions.csv",
                "applicant_id,programme_id,decision,reason\nolle,S,rh_adapted,x\n",
            )
            .finds(["orphaned_decision decisions.csv:2 decision=rh_adapted"])
            .says("the rule set has no limit of age"),
        market("eligibility in a market season")
            .file(
                "decisions.csv",
                "applicant_id,decision,value,reason\nolle,equivalent_knowledge,MA,x\n",
            )
            .finds(["orphaned_decision decisions.csv:2 decision=equivalent_knowledge"]),
    ]
}

#[test]
fn all_cases() {
    examine(&cases());
}
