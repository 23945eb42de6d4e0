//! Random seasons: the answer is the difference of two whole runs made through files; with the one
//! seat added a whole run leaves nobody worse off, and without it somebody loses.

use antagning::what_if::{AddedSeat, Change, Seat};
use antagning::{Counterfactual, Error};

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
    // Somebody to whom it may matter, if one of a few does.
    let few = [(); 3].map(|()| draw.below(season.lists.len()));
    let matters = |applicant: &&usize| {
        season.letters.get(**applicant).is_some_and(|(english, ..)| *english == 'F')
            || season.decisions.iter().any(|decided| decided.applicant == **applicant)
    };
    let applicant = *few.iter().find(matters).unwrap_or(&few[0]);
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
        kinds.extend(["appeal_won", "late_application", "free_quota_rank", "free_quota_rank"]);
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
    // The negative control: without the seat somebody loses.
    let seat = answer.remedy.seat.as_ref();
    assert_eq!(losers > 0, seat.is_some(), "{context}: a seat is added where somebody loses");
    tally.with_losers += usize::from(losers > 0);
    let Some(seat) = seat else {
        assert_eq!(answer.remedy.applicant, answer.after, "{context}");
        assert_eq!(answer.remedy.others, answer.others, "{context}");
        return;
    };
    let there =
        |s: &Seat| (&s.programme_id, &s.quota_group) == (&seat.programme_id, &seat.quota_group);
    tally.elsewhere += usize::from(!answer.after.as_ref().is_some_and(there));
    check_seat(scene, supposed, answer, seat, &was, context);
}

/// The moves told are those between two runs, of everybody but the applicant.
fn expect_moves(
    told: &[antagning::what_if::Moved],
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

/// The season with what is supposed and a seat more.
fn with_seat(files: &Season, seat: &AddedSeat) -> Season {
    let mut files = files.clone();
    let p: usize = seat.programme_id[1..].parse().expect("a number");
    match seat.quota_group.as_str() {
        "" => files.seats[p] += 1,
        group => files.groups[p][group[1..].parse::<usize>().expect("a number")].seats += 1,
    }
    files
}

/// A whole run of the files with the seat leaves everybody what they had.
fn check_seat(
    scene: &Scene,
    supposed: &Supposed,
    answer: &Counterfactual,
    seat: &AddedSeat,
    was: &Placements,
    context: &str,
) {
    let own = answer.applicant_id.as_str();
    with_seat(&supposed.files, seat).write(&scene.path("added"));
    scene.run("added", "added-run");
    let then = scene.placements("added-run");
    for id in was.keys().filter(|id| id.as_str() != own) {
        let applicant: usize = id[1..].parse().expect("a number");
        let rank = |of| supposed.files.rank(applicant, programme_in(of, id));
        assert!(rank(&then) <= rank(was), "{context}: {id} loses");
    }
    assert_eq!(triple(answer.remedy.applicant.as_ref()), then[own], "{context}");
    expect_moves(&answer.remedy.others, was, &then, own, context);
    let rank = |seat: Option<&Seat>| supposed.files.rank(supposed.applicant, programme(seat));
    assert!(rank(answer.remedy.applicant.as_ref()) <= rank(answer.after.as_ref()), "{context}");
}

#[test]
fn seasons_with_grades_and_quota_groups() {
    let mut tally = Tally::default();
    for seed in 0..800 {
        check(&Season::graded(seed), seed, &mut tally);
    }
    assert!(tally.compared > 600 && tally.refused > 20, "{tally:?}");
    assert!(tally.better > 60 && tally.with_losers > 40 && tally.longest_chain > 2, "{tally:?}");
}

#[test]
fn dense_markets() {
    let mut tally = Tally::default();
    for seed in 0..600 {
        check(&Season::market(seed, None), seed, &mut tally);
    }
    assert!(tally.better > 40 && tally.with_losers > 40 && tally.longest_chain > 3, "{tally:?}");
    assert!(tally.elsewhere > 0, "a claim that comes round: {tally:?}");
}
