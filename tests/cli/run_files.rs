//! The run folder: which files, which columns, in which order, with which words.

use std::collections::BTreeSet;

use crate::scene::Scene;
use crate::seasons::{EveryReason, Grouped, MARKET};

const PLACEMENTS: [&str; 4] = ["applicant_id", "programme_id", "quota_group", "choice_rank"];
const OUTCOMES: [&str; 10] = [
    "applicant_id",
    "choice_rank",
    "programme_id",
    "status",
    "reason",
    "quota_group",
    "score",
    "cutoff",
    "reserve_position",
    "decided_by",
];
const PROGRAMMES: [&str; 12] = [
    "programme_id",
    "quota_group",
    "seats",
    "applicants",
    "first_choice_applicants",
    "admitted",
    "vacant",
    "reserves",
    "cutoff_kind",
    "cutoff",
    "median",
    "mean",
];

#[test]
fn a_run_folder_holds_four_files_and_nothing_else() {
    let scene = Scene::with_run(&EveryReason::new().files());
    let files = ["manifest.json", "outcomes.csv", "placements.csv", "programmes.csv"];
    assert_eq!(scene.entries("out"), files);
    assert_eq!(scene.entries("."), ["out", "season"]);
}

#[test]
fn columns_are_those_of_the_contract_and_new_ones_stand_behind() {
    let scene = Scene::with_run(&EveryReason::new().files());
    assert_eq!(scene.table("out/placements.csv").header, PLACEMENTS);
    assert_eq!(scene.table("out/outcomes.csv").header[..OUTCOMES.len()], OUTCOMES);
    let header = scene.table("out/programmes.csv").header;
    assert_eq!(header[..PROGRAMMES.len()], PROGRAMMES);
    assert_eq!(header[header.len() - 2..], ["ranked_by", "unfilled_to"]);
}

#[test]
fn every_applicant_has_one_placement_and_every_choice_one_outcome() {
    let scene = Scene::with_generated(300, 12, 5);
    scene.antagning("run season --out out").succeeds();
    let applicants: BTreeSet<_> = scene.table("season/applicants.csv").rows.into_iter().collect();
    let placements = scene.table("out/placements.csv");
    let ids: Vec<_> = applicants.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(placements.cells("applicant_id").collect::<Vec<_>>(), ids);

    let key = |table: &crate::table::Table| -> BTreeSet<[String; 3]> {
        let columns = ["applicant_id", "choice_rank", "programme_id"];
        (0..table.rows.len()).map(|row| columns.map(|c| table.get(row, c).to_owned())).collect()
    };
    let (choices, outcomes) = (scene.table("season/choices.csv"), scene.table("out/outcomes.csv"));
    assert_eq!(key(&choices), key(&outcomes));
    assert_eq!(choices.rows.len(), outcomes.rows.len());
    assert_eq!(scene.table("out/programmes.csv").rows.len(), 12);
}

#[test]
fn rows_stand_in_the_order_of_ids_and_ranks() {
    let scene = Scene::with_generated(300, 12, 5);
    scene.antagning("run season --out out").succeeds();
    let placements = scene.table("out/placements.csv");
    assert!(placements.cells("applicant_id").is_sorted_by(|a, b| a < b));
    let programmes = scene.table("out/programmes.csv");
    assert!(programmes.cells("programme_id").is_sorted_by(|a, b| a < b));
    let outcomes = scene.table("out/outcomes.csv");
    let ranks = outcomes.cells("choice_rank").map(|rank| rank.parse::<u32>().unwrap());
    let keys: Vec<_> = outcomes.cells("applicant_id").zip(ranks).collect();
    assert!(keys.is_sorted_by(|a, b| a < b));
}

#[test]
fn ids_are_ordered_as_text_and_written_as_they_came() {
    let scene = Scene::with_season(&[
        ("programmes.csv", "programme_id,capacity\n010,1\n9,1\n\"a,\"\"b\"\"\",1\n"),
        (
            "choices.csv",
            "applicant_id,choice_rank,programme_id,score\nÖ1,1,\"a,\"\"b\"\"\",5\n10,1,9,5\n9,1,010,5\n",
        ),
    ]);
    scene.antagning("run season --out out").succeeds();
    assert_eq!(
        scene.read("out/placements.csv"),
        "applicant_id,programme_id,quota_group,choice_rank\n\
         10,9,,1\n9,010,,1\nÖ1,\"a,\"\"b\"\"\",,1\n"
    );
    scene.antagning("verify out").succeeds();
}

#[test]
fn statuses_and_reasons_are_the_words_of_the_contract() {
    let scene = Scene::with_run(&EveryReason::new().files());
    let outcomes = scene.table("out/outcomes.csv");
    let rows = (0..outcomes.rows.len()).map(|row| {
        ["applicant_id", "programme_id", "status", "reason", "reserve_position", "decided_by"]
            .map(|column| outcomes.get(row, column))
            .join(" ")
    });
    assert_eq!(
        rows.collect::<Vec<_>>(),
        [
            "ada na admitted ahead_of_others  merit",
            "ada ee struck admitted_higher  ",
            "bo na reserve below_cutoff 1 merit",
            "bo es reserve no_seats 1 ",
            "bo ee admitted seats_for_all  ",
            "cim ba reserve lost_tie 1 lottery",
            "dan ba admitted ahead_of_others  lottery",
            "eli ba admitted ahead_of_others  lottery",
            "fia na ineligible required_subjects_missing  ",
            "fia ee ineligible required_subjects_missing  ",
            "gun es ineligible too_few_passes  ",
            "gun ee ineligible too_few_passes  ",
        ]
    );
}

#[test]
fn the_figures_of_programmes_can_be_read_off_by_hand() {
    let scene = Scene::with_run(&EveryReason::new().files());
    let table = scene.table("out/programmes.csv");
    let rows = table.rows.iter().map(|row| row[..PROGRAMMES.len()].join(","));
    assert_eq!(
        rows.collect::<Vec<_>>(),
        [
            "ba,,2,3,3,2,0,1,value,240,240,240",
            "ee,,5,4,0,1,4,0,all_eligible_admitted,,280,280",
            "es,,0,2,1,0,0,1,none_admitted,,,",
            "na,,1,3,3,1,0,1,value,340,340,340",
        ]
    );
}

#[test]
fn unplaced_applicants_have_empty_cells() {
    let scene = Scene::with_run(&EveryReason::new().files());
    let placements = scene.table("out/placements.csv");
    for applicant in ["cim", "fia", "gun", "hal"] {
        let row = placements.row(&[("applicant_id", applicant)]);
        assert_eq!(placements.rows[row][1..], ["", "", ""], "{applicant}");
    }
}

#[test]
fn the_smallest_season_is_two_files() {
    let scene = Scene::with_run(MARKET);
    assert_eq!(
        scene.read("out/placements.csv"),
        "applicant_id,programme_id,quota_group,choice_rank\nann,P,,1\nbea,Q,,2\n"
    );
    let manifest = scene.manifest("out");
    assert_eq!(manifest["rule_set"], "market");
    assert_eq!(manifest["lottery_seed"], serde_json::Value::Null);
}

/// What a quota group adds to the files: its name wherever it decided, what was compared there,
/// and a row of its own below the programme's.
#[test]
fn quota_groups_stand_in_every_file() {
    let scene = Scene::with_run(&Grouped::new().files());
    let outcomes = scene.table("out/outcomes.csv");
    let columns = [
        "applicant_id",
        "programme_id",
        "status",
        "reason",
        "quota_group",
        "score",
        "cutoff",
        "reserve_position",
        "decided_by",
        "detail",
        "keys",
        "decisions",
    ];
    let rows = (0..outcomes.rows.len())
        .map(|row| columns.map(|column| outcomes.get(row, column)).join(","));
    assert_eq!(
        rows.collect::<Vec<_>>(),
        [
            "ada,es,admitted,ahead_of_others,betyg,320,280,,merit,,group.betyg=320,",
            "ada,ba,struck,admitted_higher,,320,,,,,,",
            "bo,es,admitted,ahead_of_others,prov,48,48,,test,,group.prov=48 group.betyg=240,",
            "cim,es,admitted,ahead_of_others,betyg,280,280,,merit,,group.prov=40.5 group.betyg=280,",
            "dan,es,admitted,seats_for_all,fri,200,,,,,group.fri=1 group.betyg=200,free_quota_rank",
            "eli,es,reserve,below_cutoff,betyg,200,280,1,merit,,group.betyg=200,",
            "eli,ba,reserve,seats_given_by_hand,,200,,3,,,,",
            "fia,es,admitted,placed_by_hand,lista,160,,,,,placed_by_hand=1 group.lista=160,manual_placement",
            "gun,es,reserve,second_hand,betyg,340,280,2,reception,,reception=0 group.prov=50 group.betyg=340,second_hand",
            "gun,mu,admitted,ahead_of_others,samlat,400,400,,merit_and_test,,group.samlat=400,",
            "hal,es,reserve,second_hand,betyg,280,280,3,reception,,reception=0 group.betyg=280,second_hand",
            "ivo,mu,ineligible,no_group_open,,280,,,,test_passed,,",
            "ivo,ba,reserve,seats_given_by_hand,,280,,1,,,,",
            "jon,mu,reserve,below_cutoff,samlat,280,400,1,merit_and_test,,group.samlat=280,",
            "jon,ba,reserve,seats_given_by_hand,,240,,2,,,,",
            "kim,es,withdrawn,withdrawn,,320,,,,,,withdrawal",
            "lis,es,not_received,not_received,,320,,,,,,not_received",
            "nia,es,ineligible,too_few_passes,,70,,,,7/12,,",
            "olle,sa,admitted,ahead_of_others,fri,160,,,free_quota,,group.betyg=160 group.fri=1,free_quota_rank",
            "pia,sa,reserve,behind_on_list,fri,200,,1,free_quota,,group.betyg=200 group.fri=2,free_quota_rank",
            "quin,sa,admitted,ahead_of_others,betyg,240,240,,merit,,group.betyg=240,",
            "ron,ba,admitted,placed_by_hand,,160,,,,,placed_by_hand=1,manual_placement",
            "tor,im,ineligible,eligible_for_target,,160,,,,,,",
            "ulf,im,admitted,seats_for_all,,150,,,,,,",
        ]
    );
    let programmes = scene.table("out/programmes.csv");
    let columns: Vec<_> = PROGRAMMES.iter().chain(&["ranked_by", "unfilled_to"]).collect();
    let rows = (0..programmes.rows.len()).map(|row| {
        columns.iter().map(|column| programmes.get(row, column)).collect::<Vec<_>>().join(",")
    });
    assert_eq!(
        rows.collect::<Vec<_>>(),
        [
            "ba,,1,5,1,1,0,3,manual,,160,160,,",
            "es,,5,11,11,5,0,3,by_group,,,,,",
            "es,prov,1,3,3,1,0,1,value,48,48,48,test,betyg",
            "es,fri,2,1,1,1,0,0,manual,,200,200,free_quota,betyg",
            "es,lista,1,1,1,1,0,0,manual,,160,160,manual,",
            "es,betyg,1,7,7,2,0,3,value,280,300,300,merit,",
            "im,,1,2,2,1,0,0,all_eligible_admitted,,150,150,,",
            "mu,,1,3,2,1,0,1,value,400,400,400,,",
            "mu,samlat,1,2,1,1,0,1,value,400,400,400,merit+2*test,",
            "sa,,2,3,3,2,0,1,by_group,,,,,",
            "sa,betyg,1,3,3,1,0,1,value,240,240,240,merit,",
            "sa,fri,1,2,2,1,0,1,manual,,160,160,free_quota,",
        ]
    );
    let placements = scene.table("out/placements.csv");
    let placed = placements.rows.iter().filter(|row| !row[1].is_empty()).map(|row| row.join(","));
    assert_eq!(
        placed.collect::<Vec<_>>(),
        [
            "ada,es,betyg,1",
            "bo,es,prov,1",
            "cim,es,betyg,1",
            "dan,es,fri,1",
            "fia,es,lista,1",
            "gun,mu,samlat,2",
            "olle,sa,fri,1",
            "quin,sa,betyg,1",
            "ron,ba,,1",
            "ulf,im,,1",
        ]
    );
    scene.antagning("verify out").succeeds();
}
