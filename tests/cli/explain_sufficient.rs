//! What is said to have been enough is enough: whoever is told so gets the seat with it.

use serde_json::Value;

use crate::crowd::letters_of;
use crate::scene::Scene;
use crate::seasons::grades;

const APPLICANTS: usize = 48;
const PROGRAMMES: usize = 4;
const STEP: f64 = 2.5;

/// Numbers that look random and are the same everywhere (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }
}

/// Six seats a programme, three choices each in random order, merits close together.
struct Season {
    merits: Vec<f64>,
    choices: String,
    rules: String,
}

fn id(applicant: usize) -> String {
    format!("a{applicant:02}")
}

impl Season {
    fn random(seed: u64, rules: &str) -> Self {
        let mut numbers = Numbers(seed);
        let merits = (0..APPLICANTS).map(|_| 220.0 + STEP * numbers.below(16) as f64).collect();
        let mut choices = "applicant_id,choice_rank,programme_id\n".to_owned();
        for applicant in 0..APPLICANTS {
            let mut left: Vec<_> = (0..PROGRAMMES).collect();
            for rank in 1..=3 {
                let programme = left.swap_remove(numbers.below(left.len()));
                choices += &format!("{},{rank},p{programme}\n", id(applicant));
            }
        }
        Self { merits, choices, rules: rules.to_owned() }
    }

    fn run(&self, extra: &[(&str, &str)]) -> Scene {
        let programmes: String = (0..PROGRAMMES).map(|p| format!("p{p},6,NA\n")).collect();
        // Seats to spare, which nobody asks for.
        let programmes =
            format!("programme_id,capacity,study_path_code\n{programmes}spare,99,NA\n");
        let letters: Vec<_> =
            self.merits.iter().enumerate().map(|(a, m)| (id(a), letters_of(*m))).collect();
        let lines: Vec<_> = letters.iter().map(|(id, l)| (id.as_str(), l.as_str())).collect();
        let grades = grades(&lines);
        let mut files = vec![
            ("programmes.csv", programmes.as_str()),
            ("choices.csv", &self.choices),
            ("grades.csv", &grades),
            ("rules.toml", &self.rules),
        ];
        files.extend(extra);
        Scene::with_run(&files)
    }
}

/// Every choice that is told what would have been enough: applicant, rank, and the claim.
fn claims(scene: &Scene) -> Vec<(usize, u64, Value)> {
    let letters = scene.antagning("letters out").succeeds().stdout;
    let mut found = Vec::new();
    for (applicant, line) in letters.lines().enumerate() {
        let letter: Value = serde_json::from_str(line).expect("a document");
        assert_eq!(letter["applicant_id"], id(applicant));
        for choice in letter["choices"].as_array().expect("choices") {
            if let Some(claim) = choice.get("sufficient") {
                let rank = choice["choice_rank"].as_u64().expect("a rank");
                found.push((applicant, rank, claim.clone()));
            }
        }
    }
    found
}

fn rules(keys: &str, more: &str, scope: &str) -> String {
    format!("[ranking]\nkeys = [{keys}]\n{more}\n[lottery]\nseed = \"x\"\nscope = \"{scope}\"\n")
}

fn assert_claims_hold(rules: &str, has_least: bool) {
    let mut tried = 0;
    for seed in 0..4 {
        let season = Season::random(seed, rules);
        let found = claims(&season.run(&[]));
        assert!(found.len() > 20, "hardly anything is claimed: {found:?}");
        for (applicant, rank, claim) in found.into_iter().step_by(6) {
            let figure = |field: &str| claim[field].as_str().and_then(|text| text.parse().ok());
            let (more, least): (Option<f64>, Option<f64>) =
                (figure("more_than"), figure("at_least"));
            assert_eq!(least.is_some(), has_least);
            let merit = least.or(more.map(|more| more + STEP)).expect("a figure");
            let mut merits = season.merits.clone();
            merits[applicant] = merit;
            let better = Season { merits, choices: season.choices.clone(), rules: rules.into() };
            let scene = better.run(&[]);
            let placements = scene.table("out/placements.csv");
            let reached: u64 = placements.get(applicant, "choice_rank").parse().unwrap_or(99);
            assert!(reached <= rank, "{} with {merit}: {claim}", id(applicant));
            tried += 1;
        }
    }
    assert!(tried > 12, "{tried}");
}

#[test]
fn more_than_the_cutoff_is_enough_where_it_is_said() {
    assert_claims_hold(&rules("\"reception\", \"merit\", \"lottery\"", "", "applicant"), false);
    assert_claims_hold(&rules("\"merit\", \"grade_points\", \"lottery\"", "", "applicant"), false);
}

#[test]
fn the_cutoff_itself_is_enough_where_equals_are_admitted() {
    assert_claims_hold("[ranking]\nkeys = [\"merit\"]\nat_cutoff = \"admit_all\"\n", true);
}

/// Where those displaced could come back, nothing is claimed.
#[test]
fn nothing_is_claimed_where_the_order_differs_between_programmes() {
    let claimed =
        |rules: &str, extra: &[(&str, &str)]| claims(&Season::random(1, rules).run(extra));
    let usual = rules("\"on_time\", \"reception\", \"merit\", \"lottery\"", "", "applicant");
    assert_ne!(claimed(&usual, &[]), []);
    let of_programme = rules("\"merit\", \"lottery\"", "", "programme");
    assert_eq!(claimed(&of_programme, &[]), []);
    let by_rank = rules("\"merit\", \"choice_rank\", \"lottery\"", "", "applicant");
    assert_eq!(claimed(&by_rank, &[]), []);
    assert_eq!(claimed("[ranking]\nkeys = [\"merit\"]\nat_cutoff = \"reject_all\"\n", &[]), []);

    let first = |decision: &str| {
        let choices = Season::random(1, &usual).choices;
        let row = choices.lines().nth(1).expect("a choice");
        let programme = row.rsplit(',').next().expect("a programme");
        format!(
            "applicant_id,programme_id,decision,value,reason,date\n\
             a00,{programme},{decision},,x,2025-06-20\n"
        )
    };
    for decision in ["second_hand", "manual_placement", "late_application"] {
        assert_eq!(claimed(&usual, &[("decisions.csv", &first(decision))]), [], "{decision}");
    }
    assert_ne!(claimed(&usual, &[("decisions.csv", &first("first_hand"))]), []);
    let groups = "programme_id,quota_group,precedence,seats\np0,alla,1,6\n";
    assert_eq!(claimed(&usual, &[("quota_groups.csv", groups)]), []);
}
