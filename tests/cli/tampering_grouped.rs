//! A finished run with quota groups, every cell of it changed with digests forged to agree: what
//! the rest of the run tells is found, and what it does not tell is listed.

use rayon::prelude::*;

use crate::scene::Scene;
use crate::seasons::Grouped;
use crate::table::Table;

const PLACEMENTS: &str = "placements.csv";
const OUTCOMES: &str = "outcomes.csv";
const PROGRAMMES: &str = "programmes.csv";

/// The tables of a sound run.
struct Sound {
    scene: Scene,
    tables: [(&'static str, Table); 3],
}

/// A change of one cell.
struct Change {
    file: &'static str,
    row: usize,
    column: String,
    to: String,
}

impl Sound {
    fn new() -> Self {
        let scene = Scene::with_run(&Grouped::new().files());
        let tables = [PLACEMENTS, OUTCOMES, PROGRAMMES]
            .map(|file| (file, scene.table(&format!("out/{file}"))));
        Self { scene, tables }
    }

    fn table(&self, file: &str) -> &Table {
        &self.tables.iter().find(|(name, _)| *name == file).expect("a table of the run").1
    }

    /// The names of a programme's quota groups.
    fn groups(&self, programme: &str) -> Vec<&str> {
        let table = self.table(PROGRAMMES);
        let rows = (0..table.rows.len()).filter(|row| table.get(*row, "programme_id") == programme);
        rows.map(|row| table.get(row, "quota_group")).filter(|name| !name.is_empty()).collect()
    }

    /// Whether the verifier finds the change, digests forged to agree with it.
    fn is_found(&self, change: &Change) -> bool {
        let scene = Scene::new();
        scene.fresh_run_from(&self.scene);
        scene.change(change.file, |table| table.set(change.row, &change.column, &change.to));
        scene.forge_digests();
        let answer = scene.antagning("verify out --format json");
        let holds = answer.json()["holds"].as_bool().expect("a verdict");
        drop(if holds { answer.succeeds() } else { answer.finds_violations() });
        !holds
    }

    fn told(&self, change: &Change) -> String {
        let table = self.table(change.file);
        let cell = table.get(change.row, &change.column);
        let row = table.rows[change.row][..3].join(",");
        format!("{} {row}: {} {cell:?} to {:?}", change.file, change.column, change.to)
    }
}

/// What a cell of that column might be changed to.
fn alternatives(sound: &Sound, file: &str, row: usize, column: &str) -> Vec<String> {
    let table = sound.table(file);
    let cell = table.get(row, column);
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let mut to = match column {
        "applicant_id" => words(&["ada", "ron", "zoe"]),
        "programme_id" => words(&["ba", "es", "xx"]),
        "quota_group" => {
            let groups = sound.groups(table.get(row, "programme_id"));
            [words(&["", "fri", "annan"]), words(&groups)].concat()
        }
        "choice_rank"
        | "reserve_position"
        | "seats"
        | "applicants"
        | "first_choice_applicants"
        | "admitted"
        | "vacant"
        | "reserves" => {
            let number: u32 = cell.parse().unwrap_or(0);
            vec![(number + 1).to_string(), number.saturating_sub(1).to_string(), String::new()]
        }
        "score" | "cutoff" | "median" | "mean" => {
            let figure = if cell.is_empty() { "240" } else { cell };
            let more = if figure.contains('.') { "1" } else { ".0001" };
            vec![format!("{figure}{more}"), "1".to_owned(), String::new()]
        }
        "status" => words(&["admitted", "reserve", "struck", "ineligible", "withdrawn", "hopeful"]),
        "reason" => words(&[
            "seats_for_all",
            "ahead_of_others",
            "placed_by_hand",
            "below_cutoff",
            "lost_tie",
            "second_hand",
            "behind_on_list",
            "seats_given_by_hand",
            "too_old",
            "individual_placement",
            "admitted_higher",
            "",
        ]),
        "decided_by" => words(&["merit", "test", "free_quota", "reception", "lottery", ""]),
        "cutoff_kind" => {
            words(&["value", "all_eligible_admitted", "none_admitted", "manual", "by_group", "x"])
        }
        "ranked_by" => words(&["merit", "manual"]),
        "unfilled_to" => words(&["betyg", "annan"]),
        "keys" => words(&["placed_by_hand=1", "reception=0", "group.betyg=1"]),
        _ => words(&["x"]),
    };
    to.sort();
    to.dedup();
    to.retain(|to| to != cell);
    to
}

/// Whether nothing but the digest protects a cell against the change: `None` where it depends on
/// the figures of others, for which [`DEPENDS`] stands.
fn by_digest_alone(sound: &Sound, change: &Change) -> Option<bool> {
    let table = sound.table(change.file);
    let cell = |column: &str| table.get(change.row, column);
    let column = change.column.as_str();
    match change.file {
        PLACEMENTS => Some(false),
        OUTCOMES => {
            let barred = ["ineligible", "not_received", "withdrawn"].contains(&cell("status"));
            match column {
                "decisions" | "detail" => Some(true),
                "keys" if barred || cell("status") == "struck" => Some(true),
                "keys" => None,
                "score" if change.to.is_empty() => Some(false),
                // A row that takes no part is compared with nobody.
                "score" if barred || cell("status") == "struck" => Some(true),
                "reason" if barred => Some(match cell("status") {
                    "ineligible" => change.to == "too_old",
                    "not_received" => change.to == "individual_placement",
                    _ => false,
                }),
                // In a group that ranks by points, `keys` has what is compared.
                "score" if ["prov", "lista", "betyg", "samlat"].contains(&cell("quota_group")) => {
                    Some(false)
                }
                "score" if cell("status") == "reserve" => None,
                _ => Some(false),
            }
        }
        _ => match column {
            // With groups, their rows repeat what the programme's says.
            "name" | "school" | "study_path_code" => {
                Some(sound.groups(cell("programme_id")).is_empty())
            }
            "ranked_by" | "unfilled_to" if !cell("quota_group").is_empty() => None,
            _ => Some(false),
        },
    }
}

#[test]
fn every_cell_is_determined_or_known_to_be_protected_by_the_digest_alone() {
    let sound = Sound::new();
    let mut changes = Vec::new();
    for (file, table) in &sound.tables {
        for row in 0..table.rows.len() {
            for column in &table.header {
                let to = alternatives(&sound, file, row, column);
                assert!(!to.is_empty(), "{file}, {column}");
                changes.extend(to.into_iter().map(|to| Change {
                    file,
                    row,
                    column: column.clone(),
                    to,
                }));
            }
        }
    }
    let wrong: Vec<String> = changes
        .par_iter()
        .filter_map(|change| {
            let alone = by_digest_alone(&sound, change)?;
            let found = sound.is_found(change);
            let verdict = if found { "is found" } else { "is not found" };
            (found == alone).then(|| format!("{} {verdict}", sound.told(change)))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), changes.len(), wrong.join("\n"));
}

/// A change whose discovery depends on whom it passes: file, the row's first cells that tell it
/// apart, column, new cell, and whether it is found.
type Depends = (&'static str, [(&'static str, &'static str); 2], &'static str, &'static str, bool);

const fn of(
    applicant: &'static str,
    programme: &'static str,
    column: &'static str,
    to: &'static str,
    found: bool,
) -> Depends {
    (OUTCOMES, [("applicant_id", applicant), ("programme_id", programme)], column, to, found)
}

const fn group(
    programme: &'static str,
    group: &'static str,
    column: &'static str,
    to: &'static str,
    found: bool,
) -> Depends {
    (PROGRAMMES, [("programme_id", programme), ("quota_group", group)], column, to, found)
}

const DEPENDS: &[Depends] = &[
    // Keys: found when an order, a figure or a reason comes out otherwise.
    of("ada", "es", "keys", "", true),
    of("ada", "es", "keys", "group.betyg=279.9999", true),
    of("ada", "es", "keys", "group.betyg=319.9999", true),
    of("bo", "es", "keys", "group.prov=40.4999 group.betyg=240", true),
    of("bo", "es", "keys", "group.prov=48.0001 group.betyg=240", true),
    of("bo", "es", "keys", "group.prov=48", true),
    of("bo", "es", "keys", "group.prov=48 group.betyg=340", false),
    of("cim", "es", "keys", "group.prov=48.5 group.betyg=280", true),
    of("cim", "es", "keys", "group.betyg=280", true),
    of("cim", "es", "keys", "group.prov=40.5 group.betyg=199", true),
    of("cim", "es", "keys", "group.prov=41 group.betyg=280", false),
    of("dan", "es", "keys", "group.betyg=200", true),
    of("dan", "es", "keys", "group.fri=7 group.betyg=200", false),
    of("eli", "es", "keys", "group.betyg=281", true),
    of("eli", "es", "keys", "group.prov=49 group.betyg=200", true),
    of("eli", "es", "keys", "reception=0 group.betyg=200", true),
    of("eli", "es", "keys", "group.betyg=199", true),
    of("fia", "es", "keys", "group.lista=160", true),
    of("fia", "es", "keys", "placed_by_hand=0 group.lista=160", true),
    of("fia", "es", "keys", "placed_by_hand=1 group.lista=161", true),
    of("fia", "es", "keys", "placed_by_hand=1 reception=0 group.lista=160", false),
    of("gun", "es", "keys", "group.prov=50 group.betyg=340", true),
    of("gun", "es", "keys", "reception=0 group.prov=50 group.betyg=279", true),
    of("gun", "es", "keys", "reception=0 group.prov=12 group.betyg=340", false),
    of("gun", "mu", "keys", "group.samlat=279", true),
    of("gun", "mu", "keys", "group.samlat=400 reception=0", true),
    of("gun", "mu", "keys", "group.samlat=400 group.samlat=1", false),
    of("jon", "mu", "keys", "group.samlat=400.0001", true),
    of("jon", "mu", "keys", "placed_by_hand=1 group.samlat=280", true),
    of("jon", "mu", "keys", "group.samlat=399", true),
    of("olle", "sa", "keys", "group.betyg=160 group.fri=3", true),
    of("olle", "sa", "keys", "group.betyg=241 group.fri=1", true),
    of("olle", "sa", "keys", "group.betyg=161 group.fri=1", false),
    of("pia", "sa", "keys", "group.betyg=200 group.fri=1", true),
    of("pia", "sa", "keys", "group.betyg=200", true),
    of("pia", "sa", "keys", "group.betyg=200 group.fri=3", false),
    of("quin", "sa", "keys", "group.betyg=199", true),
    of("ron", "ba", "keys", "", true),
    of("ivo", "ba", "keys", "placed_by_hand=1", true),
    of("ivo", "ba", "keys", "reception=0", true),
    of("eli", "ba", "keys", "reception=0", false),
    of("ulf", "im", "keys", "placed_by_hand=1", true),
    of("ulf", "im", "keys", "anything=1", false),
    // The score of a reserve: found when it passes another's.
    of("ivo", "ba", "score", "239", true),
    of("ivo", "ba", "score", "279", false),
    of("jon", "ba", "score", "281", true),
    of("jon", "ba", "score", "199", true),
    of("jon", "ba", "score", "239", false),
    of("eli", "ba", "score", "241", true),
    of("eli", "ba", "score", "1", false),
    of("pia", "sa", "score", "1", false),
    // What a group ranks by: found when it would rank otherwise, or publish otherwise.
    group("es", "prov", "ranked_by", "merit", true),
    group("es", "prov", "ranked_by", "", true),
    group("es", "prov", "ranked_by", "merit+test", true),
    group("es", "prov", "ranked_by", "manual", true),
    group("es", "prov", "ranked_by", "points", true),
    group("es", "prov", "ranked_by", "2*test", false),
    group("es", "fri", "ranked_by", "merit", true),
    group("es", "fri", "ranked_by", "manual", true),
    group("es", "lista", "ranked_by", "points", true),
    group("es", "lista", "ranked_by", "merit", false),
    group("es", "betyg", "ranked_by", "test", true),
    group("es", "betyg", "ranked_by", "free_quota", true),
    group("es", "betyg", "ranked_by", "manual", true),
    group("es", "betyg", "ranked_by", "merit test", false),
    group("mu", "samlat", "ranked_by", "merit", true),
    group("mu", "samlat", "ranked_by", "merit+test", false),
    group("sa", "fri", "ranked_by", "merit", true),
    // Where seats pass on to: found when there are seats that pass on.
    group("es", "fri", "unfilled_to", "", true),
    group("es", "fri", "unfilled_to", "lista", true),
    group("es", "betyg", "unfilled_to", "annan", true),
    group("es", "prov", "unfilled_to", "", false),
    group("es", "lista", "unfilled_to", "betyg", false),
    group("sa", "betyg", "unfilled_to", "fri", false),
];

#[test]
fn what_depends_on_others_is_found_when_it_makes_a_difference() {
    let sound = Sound::new();
    let wrong: Vec<String> = DEPENDS
        .par_iter()
        .filter_map(|(file, cells, column, to, expected)| {
            let table = sound.table(file);
            let change = Change {
                file,
                row: table.row(cells),
                column: (*column).to_owned(),
                to: (*to).to_owned(),
            };
            assert_ne!(table.get(change.row, column), *to, "{}", sound.told(&change));
            assert_eq!(by_digest_alone(&sound, &change), None, "{}", sound.told(&change));
            let found = sound.is_found(&change);
            (found != *expected).then(|| format!("{}: found {found}", sound.told(&change)))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
