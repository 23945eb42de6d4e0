//! Random seasons: the answer is the difference of two whole runs made through files; with the
//! seats added a whole run leaves nobody worse off, and without any one of them somebody loses.

use antagning::{Change, Counterfactual, Error, Seat};

use crate::scene::{Placements, Scene, told};
use crate::seasons::{Decided, Draw, Season};

/// Something supposed about an applicant, and the season in whose files it stands.
pub(crate) struct Supposed {
    applicant: usize,
    text: String,
    programme: Option<usize>,
    files: Season,
}

/// What a trial found.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) compared: usize,
    pub(crate) refused: usize,
    pub(crate) better: usize,
    pub(crate) with_losers: usize,
    pub(crate) longest_chain: usize,
    pub(crate) most_seats: u32,
    pub(crate) by_inclusion: usize,
    /// The seat to add is another than the one that the applicant would have got.
    pub(crate) elsewhere: usize,
}

/// Kinds of decision that settle the same about a choice.
fn settles_the_same(kind: &str, other: &str) -> bool {
    const RECEPTION: [&str; 3] = ["first_hand", "second_hand", "not_received"];
    let both = |a: &str, b: &str| (kind, other) == (a, b) || (kind, other) == (b, a);
    kind == other
        || RECEPTION.contains(&kind) && RECEPTION.contains(&other)
        || both("manual_placement", "withdrawal")
        || both("manual_placement", "not_received")
}

/// A decision of a random kind.
fn suppose(season: &Season, draw: &mut Draw) -> Supposed {
    let applicant = draw.below(season.lists.len());
    let mut files = season.clone();
    let list = &season.lists[applicant];
    let programme = draw.pick(list).0;
    let supposed = |text: String, programme, files| Supposed { applicant, text, programme, files };
    if draw.one_in(6) {
        let mut wishes: Vec<(usize, u32)> = list.clone();
        let score = |draw: &mut Draw| match season.has_grades() {
            true => 0,
            false => 100 * (1 + draw.below(9) as u32) + applicant as u32,
        };
        match draw.below(3) {
            0 if wishes.len() > 1 => drop(wishes.remove(draw.below(wishes.len()))),
            1 => wishes.reverse(),
            _ => {}
        }
        let new = (0..season.seats.len()).find(|p| wishes.iter().all(|(w, _)| w != p));
        if let Some(new) = new.filter(|_| draw.one_in(2)) {
            wishes.insert(0, (new, score(draw)));
        }
        let entry = |(p, score): &(usize, u32)| match season.has_grades() {
            true => format!("p{p}"),
            false => format!("p{p}={score}"),
        };
        let text = wishes.iter().map(entry).collect::<Vec<_>>().join(" ");
        let asked = |p: Option<usize>| p.is_none_or(|p| wishes.iter().any(|(w, _)| *w == p));
        files.decisions.retain(|d| d.applicant != applicant || asked(d.programme));
        files.lists[applicant] = wishes;
        return supposed(format!("choices:{text}"), None, files);
    }
    if !season.has_grades() && draw.one_in(2) {
        let score = 100 * (1 + draw.below(9) as u32) + applicant as u32;
        let choice = files.lists[applicant].iter_mut().find(|(p, _)| *p == programme);
        choice.expect("a choice").1 = score;
        return supposed(format!("score:p{programme}={score}"), None, files);
    }
    let existing: Vec<_> = season.decisions.iter().filter(|d| d.applicant == applicant).collect();
    if !existing.is_empty() && draw.one_in(2) {
        let taken_back = *draw.pick(&existing);
        files.decisions.retain(|d| d != taken_back);
        return supposed(format!("without {}", taken_back.kind), taken_back.programme, files);
    }
    let mut kinds = vec!["withdrawal", "manual_placement"];
    if season.has_grades() {
        kinds.extend(["first_hand", "first_hand", "second_hand", "not_received", "appeal_won"]);
        kinds.extend(["english_exemption", "english_exemption", "new_grade", "new_grade"]);
        kinds.extend(["late_application", "free_quota_rank", "free_quota_rank"]);
    }
    let kind = *draw.pick(&kinds);
    let (value, about) = match kind {
        "appeal_won" => {
            files.appeals.push((applicant, programme));
            return supposed(format!("appeal_won:p{programme}"), None, files);
        }
        "new_grade" => {
            (format!("{}={}", draw.pick(&["MA", "EN", "SV"]), draw.pick(&['A', 'B'])), None)
        }
        "free_quota_rank" => ((2 * draw.below(12) + 1).to_string(), Some(programme)),
        _ => (String::new(), Some(programme)),
    };
    files.decisions.retain(|d| {
        d.applicant != applicant || d.programme != about || !settles_the_same(d.kind, kind)
    });
    files.decisions.push(Decided { applicant, programme: about, kind, value: value.clone() });
    let colon = if value.is_empty() { "" } else { ":" };
    supposed(format!("{kind}{colon}{value}"), about, files)
}

fn programme(seat: Option<&Seat>) -> Option<&str> {
    seat.map(|seat| seat.programme_id.as_str())
}

fn programme_in<'p>(placements: &'p Placements, id: &str) -> Option<&'p str> {
    placements[id].as_ref().map(|(programme, ..)| programme.as_str())
}

fn triple(seat: Option<&Seat>) -> Option<(String, String, u32)> {
    seat.map(|s| (s.programme_id.clone(), s.quota_group.clone(), s.choice_rank))
}

/// Checks one season with one thing supposed; `None` where files and library refuse it alike.
pub(crate) fn check(season: &Season, seed: u64, tally: &mut Tally) {
    let scene = Scene::new(&[]);
    season.write(&scene.path("season"));
    scene.run("season", "run");
    let draw = &mut Draw::new(seed ^ 0xffff);
    let supposed = suppose(season, draw);
    supposed.files.write(&scene.path("then"));
    let by_files = scene.try_run("then", "then-run");
    let about = supposed.programme.map_or(String::new(), |p| format!("p{p}"));
    let id = format!("a{}", supposed.applicant);
    let answer = scene.try_what_if(&id, &[(&supposed.text, &about)]);
    let context = format!("seed {seed}: {id} {} {about}", supposed.text);
    match (by_files, answer) {
        (Ok(_), Ok(answer)) => {
            compare(&scene, &supposed, &answer, &context, tally);
            tally.compared += 1;
        }
        (Err(Error::Rejected(_)), Err(Error::Rejected(_))) => tally.refused += 1,
        (by_files, answer) => panic!(
            "{context}: by files {}, asked {}",
            by_files.map_or_else(|error| told(&error), |_| "fine".to_owned()),
            answer.map_or_else(|error| told(&error), |_| "fine".to_owned())
        ),
    }
}

fn compare(
    scene: &Scene,
    supposed: &Supposed,
    answer: &Counterfactual,
    context: &str,
    tally: &mut Tally,
) {
    let (was, is) = (scene.placements("run"), scene.placements("then-run"));
    let own = answer.applicant_id.as_str();
    assert_eq!(triple(answer.before.as_ref()), was[own], "{context}");
    assert_eq!(triple(answer.after.as_ref()), is[own], "{context}");
    expect_moves(&answer.others, &was, &is, own, context);
    check_ranks(supposed, answer, &was, &is, context);
    tally.better += usize::from(answer.change == Change::Better);
    let chain = |number: u32| answer.others.iter().filter(|m| m.chain == number).count();
    tally.longest_chain = tally.longest_chain.max(chain(1));
    let losers = answer.others.iter().filter(|m| m.change == Change::Worse).count();
    let seats: u32 = answer.remedy.seats.iter().map(|seats| seats.added).sum();
    assert_eq!(losers > 0, seats > 0, "{context}: seats are added where somebody loses");
    tally.with_losers += usize::from(losers > 0);
    tally.most_seats = tally.most_seats.max(seats);
    tally.by_inclusion += usize::from(answer.remedy.minimal == "inclusion");
    let after = answer.after.as_ref().map(|s| (&s.programme_id, &s.quota_group));
    let there = |s: &antagning::AddedSeats| after == Some((&s.programme_id, &s.quota_group));
    tally.elsewhere += usize::from(seats > 0 && !answer.remedy.seats.iter().all(there));
    if seats > 0 {
        check_seats(scene, supposed, answer, &was, context);
    } else {
        assert_eq!(answer.remedy.applicant, answer.after, "{context}");
        assert_eq!(answer.remedy.others, answer.others, "{context}");
    }
}

/// The moves told are those between two runs, of everybody but the applicant.
fn expect_moves(
    told: &[antagning::Moved],
    was: &Placements,
    is: &Placements,
    own: &str,
    context: &str,
) {
    let mut found: Vec<_> = told
        .iter()
        .map(|m| (m.applicant_id.as_str(), triple(m.from.as_ref()), triple(m.to.as_ref())))
        .collect();
    found.sort();
    let moved = |id: &&String| id.as_str() != own && programme_in(was, id) != programme_in(is, id);
    let expected = was.keys().filter(moved);
    let expected: Vec<_> =
        expected.map(|id| (id.as_str(), was[id].clone(), is[id].clone())).collect();
    assert_eq!(found, expected, "{context}");
}

/// Better and worse by the lists; and whoever stands in a chain takes or leaves the next seat.
fn check_ranks(
    supposed: &Supposed,
    answer: &Counterfactual,
    was: &Placements,
    is: &Placements,
    context: &str,
) {
    for moved in &answer.others {
        let applicant: usize = moved.applicant_id[1..].parse().expect("a number");
        let rank = |placements| {
            supposed.files.rank(applicant, programme_in(placements, &moved.applicant_id))
        };
        let better = rank(is) < rank(was);
        assert_eq!(moved.change == Change::Better, better, "{context}");
        assert_eq!(moved.change == Change::Worse, !better, "{context}");
    }
    for pair in answer.others.windows(2).filter(|pair| pair[0].chain == pair[1].chain) {
        let takes = programme(pair[0].to.as_ref()) == programme(pair[1].from.as_ref());
        let leaves = programme(pair[0].from.as_ref()) == programme(pair[1].to.as_ref());
        assert!(takes || leaves, "{context}: {pair:?}");
    }
}

/// The season with what is supposed and these seats more.
fn with_seats(files: &Season, seats: &[(String, String, u32)]) -> Season {
    let mut files = files.clone();
    for (programme, group, added) in seats {
        let p: usize = programme[1..].parse().expect("a number");
        match group.as_str() {
            "" => files.seats[p] += added,
            group => files.groups[p][group[1..].parse::<usize>().expect("a number")].seats += added,
        }
    }
    files
}

fn check_seats(
    scene: &Scene,
    supposed: &Supposed,
    answer: &Counterfactual,
    was: &Placements,
    context: &str,
) {
    let own = answer.applicant_id.as_str();
    let worse = |is: &Placements| {
        let loses = |id: &&String| {
            let applicant: usize = id[1..].parse().expect("a number");
            let rank = |of| supposed.files.rank(applicant, programme_in(of, id));
            id.as_str() != own && rank(is) > rank(was)
        };
        was.keys().filter(loses).count()
    };
    let seats = answer.remedy.seats.iter();
    let seats: Vec<_> =
        seats.map(|s| (s.programme_id.clone(), s.quota_group.clone(), s.added)).collect();
    let run = |seats: &[(String, String, u32)], name: &str| {
        with_seats(&supposed.files, seats).write(&scene.path(name));
        scene.run(name, &format!("{name}-run"));
        scene.placements(&format!("{name}-run"))
    };
    let then = run(&seats, "added");
    assert_eq!(worse(&then), 0, "{context}: somebody loses");
    assert_eq!(triple(answer.remedy.applicant.as_ref()), then[own], "{context}");
    expect_moves(&answer.remedy.others, was, &then, own, context);
    let rank = |seat: Option<&Seat>| supposed.files.rank(supposed.applicant, programme(seat));
    assert!(rank(answer.remedy.applicant.as_ref()) <= rank(answer.after.as_ref()), "{context}");
    for left_out in 0..seats.len() {
        let mut fewer = seats.clone();
        fewer[left_out].2 -= 1;
        let then = run(&fewer, &format!("without-{left_out}"));
        assert!(worse(&then) > 0, "{context}: {:?} can be left out", seats[left_out]);
    }
}

#[test]
fn seasons_with_grades_and_quota_groups() {
    let mut tally = Tally::default();
    for seed in 0..400 {
        check(&Season::graded(seed), seed, &mut tally);
    }
    assert!(tally.compared > 300 && tally.refused > 5, "{tally:?}");
    assert!(tally.better > 40 && tally.with_losers > 40 && tally.longest_chain > 2, "{tally:?}");
    // Where the chain parts everybody one seat is enough.
    assert_eq!((tally.most_seats, tally.by_inclusion), (1, 0), "{tally:?}");
}

#[test]
fn dense_markets() {
    let mut tally = Tally::default();
    for seed in 0..500 {
        check(&Season::market(seed, None), seed, &mut tally);
    }
    assert!(tally.better > 40 && tally.with_losers > 40 && tally.longest_chain > 3, "{tally:?}");
    assert!(tally.elsewhere > 0, "a claim that comes round: {tally:?}");
    assert_eq!((tally.most_seats, tally.by_inclusion), (1, 0), "{tally:?}");
}
