//! An admission computed from the definitions: the text of law for merit and eligibility, choice
//! functions as they are described, and deferred acceptance as the textbook has it. Shares nothing
//! with the library.

use std::collections::VecDeque;

use sha2::{Digest, Sha256};

use crate::season::{Applicant, Group, Placed, SEED, SUBJECTS, Season, Wish};

/// Keys in the order of comparison, greater first.
type Key = Vec<u64>;

/// What somebody brings to a programme: their tier, and a key in each group open to them (in group
/// 0 where the programme has none).
struct Claim {
    tier: Key,
    keys: Vec<(usize, Key)>,
}

/// Ten-thousandths of a point.
const POINT: u64 = 10_000;

fn points(grade: char) -> u64 {
    match grade {
        'A' => 20 * POINT,
        'B' => 35 * POINT / 2,
        'C' => 15 * POINT,
        'D' => 25 * POINT / 2,
        'E' => 10 * POINT,
        _ => 0,
    }
}

fn grade(applicant: &Applicant, subject: &str) -> char {
    applicant.grades[SUBJECTS.iter().position(|known| *known == subject).expect("a subject")]
}

/// GyF 7 kap. 4 §: the sixteen best; of a dancer with fewer the sum · 16 / n.
fn best_sixteen(applicant: &Applicant, without: &str) -> u64 {
    let given = SUBJECTS.iter().zip(&applicant.grades);
    let given = given.filter(|(subject, grade)| **subject != without && **grade != '-');
    let mut given: Vec<u64> = given.map(|(_, grade)| points(*grade)).collect();
    given.sort_unstable_by(|a, b| b.cmp(a));
    let sum: u64 = given.iter().take(16).sum();
    match given.len() as u64 {
        n @ 1..16 if applicant.dancer => (2 * 16 * sum + n) / (2 * n),
        _ => sum,
    }
}

fn merit(applicant: &Applicant) -> u64 {
    best_sixteen(applicant, "M1") + points(grade(applicant, "M1"))
}

fn passed(applicant: &Applicant, wish: &Wish) -> Vec<&'static str> {
    let pairs = SUBJECTS.into_iter().zip(&applicant.grades);
    let passed = pairs.filter(|(subject, grade)| {
        points(**grade) > 0 || *subject == "EN" && wish.english_exemption
    });
    passed.map(|(subject, _)| subject).collect()
}

/// SkolL 16 kap. 30-32 §§, 17 kap. 10 §, GyF 7 kap. 1 §.
pub(crate) fn is_eligible(applicant: &Applicant, wish: &Wish, path: &str) -> bool {
    let passed = passed(applicant, wish);
    let has = |subjects: &[&str]| subjects.iter().all(|subject| passed.contains(subject));
    match path {
        "BA" => has(&["SV", "EN", "MA"]) && passed.len() >= 8,
        "ES" => has(&["SV", "EN", "MA"]) && passed.len() >= 12,
        "NA" => has(&["SV", "EN", "MA", "BI", "FY", "KE"]) && passed.len() >= 12,
        "IMVNA" => {
            let one = has(&["SV", "EN"]) || has(&["SV", "MA"]);
            one && passed.len() >= 6 && !is_eligible(applicant, wish, "NA")
        }
        _ => panic!("no rule for {path}"),
    }
}

fn lot(season: &Season, applicant: &Applicant, programme: usize) -> u64 {
    let at = if season.lots_by_programme {
        format!("\n{}", season.programmes[programme].id)
    } else {
        String::new()
    };
    let digest = Sha256::digest(format!("{SEED}\n{}{at}", applicant.id));
    u64::from_be_bytes(digest[..8].try_into().expect("eight bytes"))
}

/// The points of a group's term.
fn term(word: &str, merit: u64, wish: &Wish) -> u64 {
    let test = wish.test.map_or(0, |(halves, _)| u64::from(halves) * POINT / 2);
    match word {
        "merit" => merit,
        "test" => test,
        "16*test" => 16 * test,
        "merit+test" => merit + test,
        "merit+16*test" => merit + 16 * test,
        "free_quota" => u64::MAX - u64::from(wish.free_quota),
        _ => panic!("no such term: {word}"),
    }
}

fn holds(condition: &str, applicant: &Applicant, wish: &Wish) -> bool {
    match condition {
        "all" => true,
        "test" => wish.test.is_some(),
        "test_passed" => wish.test.is_some_and(|(_, passed)| passed),
        "test>=3" => wish.test.is_some_and(|(halves, _)| halves >= 6),
        "MU" => points(grade(applicant, "MU")) > 0,
        "MU>=C" => points(grade(applicant, "MU")) >= 15 * POINT,
        "free_quota" => wish.free_quota > 0,
        "sport_approval" => wish.sport_approval,
        _ => panic!("no such condition: {condition}"),
    }
}

/// A group that ranks by the test alone, or by the list, is for those who have one or stand on it.
fn is_open(group: &Group, applicant: &Applicant, wish: &Wish) -> bool {
    let ranks_by = |word| group.ranked_by.split(' ').any(|term| term == word);
    group.ranked_by != "manual"
        && group.open_to.split(' ').all(|condition| holds(condition, applicant, wish))
        && !((ranks_by("test") || ranks_by("16*test")) && wish.test.is_none())
        && !(ranks_by("free_quota") && wish.free_quota == 0)
}

/// What an applicant brings to the programme at that place of their list; `None` when they take no
/// part there.
fn claim(season: &Season, applicant: &Applicant, position: usize) -> Option<Claim> {
    let wish = &applicant.wishes[position];
    let programme = &season.programmes[wish.programme];
    if wish.withdrawn || !is_eligible(applicant, wish, programme.path) {
        return None;
    }
    let merit = merit(applicant);
    let is_mark = |key: &&&str| matches!(**key, "on_time" | "reception");
    let marks: Vec<&str> = season.keys.iter().take_while(is_mark).copied().collect();
    let value = |key: &str| match key {
        "on_time" => u64::from(!wish.late),
        "reception" => u64::from(!wish.second_hand),
        "merit" => merit,
        "choice_rank" => u64::MAX - position as u64,
        "grade_points" => best_sixteen(applicant, ""),
        "grade_count" => passed(applicant, &Wish::default()).len() as u64,
        "lottery" => u64::MAX - lot(season, applicant, wish.programme),
        _ => panic!("no such key: {key}"),
    };
    let by_hand = u64::from(wish.by_hand);
    let tier = marks.iter().map(|mark| value(mark).max(by_hand)).collect::<Key>();
    if programme.groups.is_empty() {
        let key = std::iter::once(by_hand).chain(season.keys.iter().map(|key| value(key)));
        return Some(Claim { tier: Vec::new(), keys: vec![(0, key.collect())] });
    }
    let hand_group = programme.group_by_hand(wish.hand_group);
    let mut keys = Vec::new();
    for (number, group) in programme.groups.iter().enumerate() {
        let open = match wish.by_hand {
            true => Some(number) == hand_group,
            false => is_open(group, applicant, wish),
        };
        if !open {
            continue;
        }
        // The group's own terms stand in the place of merit, right behind the marks.
        let terms = match group.ranked_by {
            "" | "manual" => "merit",
            terms => terms,
        };
        let rest = season.keys.iter().filter(|key| **key != "merit" && !marks.contains(key));
        let mut key = vec![by_hand];
        key.extend(&tier);
        key.extend(terms.split(' ').map(|word| term(word, merit, wish)));
        key.extend(rest.map(|key| value(key)));
        keys.push((number, key));
    }
    (!keys.is_empty()).then_some(Claim { tier, keys })
}

/// Whom a programme takes of these claims, and in which group: one tier after the other; in a tier
/// the groups in order, each its best; seats without a taker pass on within the tier, or wait in
/// the group for the next one.
fn choose(season: &Season, programme: usize, claims: &[(usize, &Claim)]) -> Vec<(usize, usize)> {
    let programme = &season.programmes[programme];
    let plain =
        [Group { seats: programme.seats, ranked_by: "", open_to: "all", unfilled_to: None }];
    let groups = if programme.groups.is_empty() { &plain[..] } else { &programme.groups };
    let marks = claims.first().map_or(0, |(_, claim)| claim.tier.len());
    let mut left: Vec<u32> = groups.iter().map(|group| group.seats).collect();
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for tier in (0..1_u64 << marks).rev() {
        let tier: Key = (0..marks).rev().map(|bit| tier >> bit & 1).collect();
        for (number, group) in groups.iter().enumerate() {
            let asks = claims.iter().filter(|(_, claim)| claim.tier == tier);
            let mut ranked: Vec<(&Key, usize)> = asks
                .filter(|(applicant, _)| !taken.iter().any(|(by, _)| by == applicant))
                .flat_map(|(applicant, claim)| claim.keys.iter().map(|key| (*applicant, key)))
                .filter(|(_, (open, _))| *open == number)
                .map(|(applicant, (_, key))| (key, applicant))
                .collect();
            ranked.sort_unstable_by(|a, b| b.cmp(a));
            ranked.truncate(left[number] as usize);
            left[number] -= ranked.len() as u32;
            taken.extend(ranked.into_iter().map(|(_, applicant)| (applicant, number)));
            if let Some(later) = group.unfilled_to {
                left[later] += std::mem::take(&mut left[number]);
            }
        }
    }
    taken
}

/// Where everybody is placed: applicants ask in turn, and each programme chooses anew from those
/// that it holds and the one who asks.
pub(crate) fn place(season: &Season) -> Vec<Placed> {
    let claims: Vec<Vec<Option<Claim>>> = season
        .applicants
        .iter()
        .map(|a| (0..a.wishes.len()).map(|position| claim(season, a, position)).collect())
        .collect();
    let mut next = vec![0; season.applicants.len()];
    let mut held: Vec<Vec<(usize, usize)>> = vec![Vec::new(); season.programmes.len()];
    let mut queue: VecDeque<usize> = (0..season.applicants.len()).collect();
    while let Some(applicant) = queue.pop_front() {
        let Some(wish) = season.applicants[applicant].wishes.get(next[applicant]) else { continue };
        next[applicant] += 1;
        let programme = wish.programme;
        let mut asking: Vec<usize> = held[programme].iter().map(|(by, _)| *by).collect();
        asking.push(applicant);
        let of = |by: usize| Some((by, claims[by][next[by] - 1].as_ref()?));
        let open: Vec<(usize, &Claim)> = asking.iter().filter_map(|by| of(*by)).collect();
        held[programme] = choose(season, programme, &open);
        let holds = |by: &usize| held[programme].iter().any(|(taken, _)| taken == by);
        queue.extend(asking.iter().filter(|by| !holds(by)));
    }
    let mut placed = vec![None; season.applicants.len()];
    for (programme, held) in held.iter().enumerate() {
        let grouped = !season.programmes[programme].groups.is_empty();
        for (applicant, group) in held {
            placed[*applicant] = Some((programme, Some(*group).filter(|_| grouped)));
        }
    }
    placed
}
