//! What the committed season holds beside grades: quota groups, tests, decisions, people from
//! outside the area, introductory programmes.

use std::collections::{BTreeMap, BTreeSet};

use crate::committed::COMMITTED;
use crate::season::Row;
use crate::skane::area;

fn count<'a>(rows: impl IntoIterator<Item = &'a Row>, column: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for row in rows {
        *counts.entry(row[column].clone()).or_default() += 1;
    }
    counts
}

#[test]
fn few_offers_have_quota_groups_and_their_seats_add_up() {
    let mut seats: BTreeMap<&str, u32> = BTreeMap::new();
    for row in &COMMITTED.quota_groups {
        *seats.entry(&row["programme_id"]).or_default() += row["seats"].parse::<u32>().unwrap();
    }
    assert!((30..=85).contains(&seats.len()), "{} offers with groups", seats.len());
    for (id, seats) in seats {
        assert_eq!(COMMITTED.programmes[id]["capacity"], seats.to_string(), "{id}");
    }
}

#[test]
fn every_kind_of_ranking_and_condition_occurs() {
    let ranked_by = count(&COMMITTED.quota_groups, "ranked_by");
    for ranking in ["merit", "test", "merit+test", "merit+16*test", "free_quota", "manual"] {
        assert!(ranked_by.contains_key(ranking), "{ranking}");
    }
    let open_to = count(&COMMITTED.quota_groups, "open_to");
    for condition in ["all", "test", "test_passed", "free_quota", "sport_approval"] {
        assert!(open_to.contains_key(condition), "{condition}");
    }
}

/// Malmö latinskola: up to a third of the seats by test, the others by grades.
#[test]
fn a_third_by_test_takes_the_best_and_leaves_the_rest_to_grades() {
    let id = "P0428";
    let groups: Vec<&Row> =
        COMMITTED.quota_groups.iter().filter(|row| row["programme_id"] == id).collect();
    let seats: Vec<u32> = groups.iter().map(|row| row["seats"].parse().unwrap()).collect();
    assert_eq!(seats[0], (seats[0] + seats[1]) / 3);
    assert_eq!(groups[0]["test_maximum"], "50");
    let points: BTreeMap<&str, f64> = COMMITTED
        .tests
        .iter()
        .filter(|row| row["programme_id"] == id)
        .map(|row| (row["applicant_id"].as_str(), row["points"].parse().unwrap()))
        .collect();
    let of = |group: &str| -> Vec<Option<f64>> {
        COMMITTED
            .placed()
            .filter(|row| row["programme_id"] == id && row["quota_group"] == group)
            .map(|row| points.get(row["applicant_id"].as_str()).copied())
            .collect()
    };
    let by_test = of("prov");
    assert_eq!(by_test.len() as u32, seats[0]);
    let fewest = by_test.iter().map(|points| points.unwrap()).fold(f64::MAX, f64::min);
    assert!(of("betyg").iter().flatten().all(|points| *points < fewest));
}

#[test]
fn test_points_keep_to_their_maximum() {
    let maxima: BTreeMap<&str, f64> = COMMITTED
        .quota_groups
        .iter()
        .filter_map(|row| Some((row["programme_id"].as_str(), row["test_maximum"].parse().ok()?)))
        .collect();
    assert!(COMMITTED.tests.len() > 2_000);
    for row in &COMMITTED.tests {
        let points: f64 = row["points"].parse().unwrap();
        assert!(points <= maxima[row["programme_id"].as_str()], "{row:?}");
    }
}

#[test]
fn decisions_of_every_kind_but_lateness_have_a_reason_and_a_date() {
    let kinds = count(&COMMITTED.decisions, "decision");
    for (kind, least) in [
        ("english_exemption", 3),
        ("equivalent_knowledge", 3),
        ("nordic_applicant", 3),
        ("new_grade", 10),
        ("dance_training", 1),
        ("finished_programme", 3),
        ("first_hand", 5),
        ("second_hand", 50),
        ("not_received", 5),
        ("free_quota_rank", 10),
        ("sport_approval", 50),
        ("withdrawal", 50),
        ("manual_placement", 5),
    ] {
        assert!(kinds.get(kind).is_some_and(|n| *n >= least), "{kind}: {:?}", kinds.get(kind));
    }
    assert_eq!(kinds.len(), 13);
    for row in &COMMITTED.decisions {
        assert!(row["reason"].chars().count() > 10 && row["date"].starts_with("2025-"), "{row:?}");
    }
}

#[test]
fn outcomes_have_every_reason_that_such_a_season_can_give() {
    let found: BTreeSet<&str> =
        COMMITTED.outcomes.iter().map(|row| row["reason"].as_str()).collect();
    for reason in [
        "seats_for_all",
        "ahead_of_others",
        "placed_by_hand",
        "below_cutoff",
        "lost_tie",
        "second_hand",
        "required_subjects_missing",
        "too_few_passes",
        "too_old",
        "finished_programme",
        "no_group_open",
        "eligible_for_target",
        "not_received",
        "admitted_higher",
        "withdrawn",
    ] {
        assert!(found.contains(reason), "{reason}");
    }
}

/// Decisions on eligibility bring somebody in whose grades alone would not.
#[test]
fn exemptions_open_doors() {
    let admitted: BTreeMap<&str, &str> = COMMITTED
        .placed()
        .map(|row| (row["applicant_id"].as_str(), row["programme_id"].as_str()))
        .collect();
    let exempt = ["english_exemption", "equivalent_knowledge", "nordic_applicant"];
    for row in COMMITTED.decisions.iter().filter(|row| exempt.contains(&&*row["decision"])) {
        let id = row["applicant_id"].as_str();
        let programme = admitted.get(id).unwrap_or_else(|| panic!("{id} is not placed"));
        assert!(!COMMITTED.is_introductory(programme), "{id}");
        let person = COMMITTED.season.applicants.iter().find(|a| a.id == id).unwrap();
        let by_exemption = row["programme_id"] == *programme || row["programme_id"].is_empty();
        assert!(by_exemption, "{row:?}");
        if row["decision"] == "english_exemption" {
            assert!(person.eligible.is_empty(), "{id} needs no exemption");
        }
    }
}

#[test]
fn outsiders_get_what_is_left_at_municipal_schools_and_what_they_reach_at_independent_ones() {
    let area = area();
    let outside: BTreeSet<&str> = COMMITTED
        .season
        .applicants
        .iter()
        .filter(|applicant| !area.contains(&applicant.home))
        .map(|applicant| applicant.id.as_str())
        .collect();
    let received: BTreeSet<(&str, &str)> = COMMITTED
        .decisions
        .iter()
        .filter(|row| row["decision"] == "first_hand")
        .map(|row| (row["applicant_id"].as_str(), row["programme_id"].as_str()))
        .collect();
    let (mut independent, mut municipal) = (0, 0);
    for row in COMMITTED.placed().filter(|row| outside.contains(row["applicant_id"].as_str())) {
        let (person, programme) = (row["applicant_id"].as_str(), row["programme_id"].as_str());
        if COMMITTED.programmes[programme]["provider"] == "independent" {
            independent += 1;
        } else if !received.contains(&(person, programme)) {
            municipal += 1;
            assert_eq!(COMMITTED.results[programme]["reserves"], "0", "{person} at {programme}");
        }
    }
    assert!(independent > 20 && municipal > 10, "{independent} independent, {municipal} municipal");
    for row in COMMITTED.outcomes_that("reserve", "second_hand") {
        assert!(outside.contains(row["applicant_id"].as_str()));
        assert_eq!(COMMITTED.programmes[&row["programme_id"]]["provider"], "municipal");
    }
}

/// Introductory programmes take those who are not eligible for the programme itself, and stand
/// behind every national one.
#[test]
fn introductory_programmes_stand_last() {
    let mut lists: BTreeMap<&str, Vec<bool>> = BTreeMap::new();
    for row in &COMMITTED.outcomes {
        let introductory = COMMITTED.is_introductory(&row["programme_id"]);
        lists.entry(&row["applicant_id"]).or_default().push(introductory);
    }
    assert!(lists.values().all(|list| list.is_sorted()));
    let asking = lists.values().filter(|list| list.contains(&true)).count();
    assert!((700..1_700).contains(&asking), "{asking} ask for one");
    let people: BTreeMap<&str, bool> = COMMITTED
        .season
        .applicants
        .iter()
        .map(|applicant| (applicant.id.as_str(), applicant.eligible.is_empty()))
        .collect();
    let placed = COMMITTED.placed().filter(|row| COMMITTED.is_introductory(&row["programme_id"]));
    assert!(placed.into_iter().all(|row| people[row["applicant_id"].as_str()]));
}

#[test]
fn a_few_have_a_protected_identity_and_nothing_else_that_tells_them_apart() {
    let area = area();
    let people = crate::season::rows(&crate::committed::data().join("applicants.csv"));
    let protected: Vec<&Row> = people.iter().filter(|row| row["protected"] == "1").collect();
    assert!((5..40).contains(&protected.len()), "{} protected", protected.len());
    for row in protected {
        assert!(area.contains(&row["home_municipality"]), "{row:?}");
        assert_eq!(row["applicant_id"].len(), 6);
    }
}
