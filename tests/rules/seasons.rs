//! Random seasons.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use crate::season::{Applicant, Group, Programme, SUBJECTS, Season, Wish};

type Keys = &'static [&'static str];

/// Chains in which the rank of a choice does not count.
pub(crate) const SAFE: [Keys; 7] = [
    &["reception", "merit", "lottery"],
    &["merit", "lottery"],
    &["on_time", "reception", "merit", "grade_points", "lottery"],
    &["reception", "on_time", "merit", "lottery"],
    &["merit", "grade_points", "grade_count", "lottery"],
    &["merit", "reception", "lottery"],
    &["lottery"],
];

/// Chains in which it does.
pub(crate) const BY_RANK: [Keys; 2] =
    [&["reception", "merit", "choice_rank", "lottery"], &["choice_rank", "merit", "lottery"]];

pub(crate) const RANKINGS: [&str; 10] = [
    "",
    "merit",
    "test",
    "merit+test",
    "merit+16*test",
    "16*test",
    "free_quota",
    "manual",
    "test merit",
    "free_quota merit",
];

pub(crate) const CONDITIONS: [&str; 9] = [
    "all",
    "test",
    "test_passed",
    "test>=3",
    "MU",
    "MU>=C",
    "free_quota",
    "sport_approval",
    "MU>=C test",
];

/// Study paths; the last is an introductory one, which a better grade may close.
pub(crate) const PATHS: [&str; 4] = ["BA", "NA", "ES", "IMVNA"];

/// Groups of these rankings and conditions, with random seats and passing on.
pub(crate) fn groups(
    kinds: Vec<(&'static str, &'static str)>,
    most_seats: u32,
) -> impl Strategy<Value = Vec<Group>> {
    let count = kinds.len();
    let of = move |(g, ((seats, later), (ranked_by, open_to)))| {
        let later: Option<Index> = later;
        let unfilled_to =
            later.filter(|_| g + 1 < count).map(|later| g + 1 + later.index(count - g - 1));
        Group { seats, ranked_by, open_to, unfilled_to }
    };
    let random = vec((0..=most_seats, prop::option::weighted(0.7, any::<Index>())), count);
    random.prop_map(move |random| {
        random.into_iter().zip(kinds.iter().copied()).enumerate().map(of).collect()
    })
}

/// A programme, or a quota group of it, has so many seats at most.
pub(crate) fn programme(
    paths: &'static [&'static str],
    most_seats: u32,
) -> impl Strategy<Value = Programme> {
    let kinds = vec((select(&RANKINGS[..]), select(&CONDITIONS[..])), 0..=3);
    let groups = kinds.prop_flat_map(move |kinds| groups(kinds, most_seats));
    (select(paths), 0..=most_seats, groups).prop_map(|(path, seats, groups)| Programme {
        id: String::new(),
        path,
        seats,
        groups,
    })
}

/// What may be decided about one choice.
pub(crate) fn wish() -> impl Strategy<Value = Wish> {
    let rarely = || prop::bool::weighted(0.1);
    let often = || prop::bool::weighted(0.4);
    let test = prop::option::weighted(0.6, (0..=12_u32, prop::bool::weighted(0.7)));
    let marks = (often(), often(), rarely(), rarely());
    let decided = (often(), often(), prop::bool::weighted(0.15), prop::option::of(0..3_usize));
    (test, marks, decided).prop_map(
        |(
            test,
            (second_hand, late, withdrawn, english_exemption),
            (sport_approval, listed, by_hand, hand_group),
        )| {
            Wish {
                programme: 0,
                test,
                second_hand,
                late,
                withdrawn,
                english_exemption,
                sport_approval,
                free_quota: u32::from(listed),
                by_hand,
                hand_group,
            }
        },
    )
}

/// One grade for all common subjects, and a few others; equal merits are common.
fn grades() -> impl Strategy<Value = Vec<char>> {
    let base = select(&['C', 'C', 'D', 'E', 'A'][..]);
    let other = (0..SUBJECTS.len(), select(&['A', 'B', 'C', 'D', 'E', 'F', '-'][..]));
    let others = prop_oneof![Just(Vec::new()), vec(other, 1..=4)];
    (base, others).prop_map(|(base, others)| {
        let mut grades = vec![base; SUBJECTS.len()];
        grades[16..].fill('-');
        others.into_iter().for_each(|(subject, grade)| grades[subject] = grade);
        grades
    })
}

pub(crate) fn applicant(programmes: usize, shortest: usize) -> impl Strategy<Value = Applicant> {
    let list = subsequence((0..programmes).collect::<Vec<_>>(), shortest..=programmes);
    let wishes = vec(wish(), programmes);
    (grades(), prop::bool::weighted(0.1), list.prop_shuffle(), wishes).prop_map(
        |(grades, dancer, list, wishes)| {
            let wish = |programme: usize| Wish { programme, ..wishes[programme].clone() };
            let wishes = list.into_iter().map(wish).collect();
            Applicant { id: String::new(), grades, dancer, wishes }
        },
    )
}

/// A season under one of these chains, with names and without what files could not say.
pub(crate) fn season_of(
    chains: &'static [Keys],
    programmes: impl Strategy<Value = Vec<Programme>>,
    applicants: impl Strategy<Value = Vec<Applicant>>,
) -> impl Strategy<Value = Season> {
    (select(chains), any::<bool>(), programmes, applicants).prop_map(
        |(keys, lots_by_programme, mut programmes, mut applicants)| {
            let named = programmes.iter_mut().enumerate();
            named.for_each(|(number, programme)| programme.id = format!("p{number}"));
            let named = applicants.iter_mut().enumerate();
            named.for_each(|(number, applicant)| applicant.id = format!("a{number}"));
            Season { keys, lots_by_programme, programmes, applicants }.made_sound()
        },
    )
}

/// Up to so many applicants to three programmes on these study paths, with groups or without.
pub(crate) fn season(
    chains: &'static [Keys],
    paths: &'static [&'static str],
    most: usize,
) -> impl Strategy<Value = Season> {
    season_of(chains, vec(programme(paths, 2), 3), vec(applicant(3, 0), 1..=most))
}
