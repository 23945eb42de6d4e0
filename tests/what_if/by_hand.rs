//! Small seasons at plain programmes, worked out by hand.

use sha2::Digest as _;

use antagning::Counterfactual;
use antagning::what_if::{Change, Moved, Seat};

use crate::scene::{Scene, choices, grades};

const PROGRAMMES: &str = "programme_id,capacity,name,school,study_path_code,provider
ba,1,Bygg,Norra,BA,municipal
ee,1,El,Norra,EE,municipal
fri,1,Fordon,Fria,FT,independent
na,1,Natur,Norra,NA,municipal
";

const RULES: &str =
    "[ranking]\nkeys = [\"reception\", \"merit\", \"lottery\"]\n[lottery]\nseed = \"x\"\n";

/// bo holds `na`, cim `ee`, eli `ba`; dan has the best grades, and no pass in English.
fn chain() -> Scene {
    let choices = choices("bo: na ee\ncim: ee ba\neli: ba\ndan: na");
    let rows = [('B', "bo"), ('C', "cim"), ('D', "eli")];
    let mut rows = rows.map(|(letter, id)| (id, letter, letter, letter)).to_vec();
    rows.push(("dan", 'F', 'A', 'A'));
    let grades = grades(&rows);
    Scene::with_run(&[
        ("programmes.csv", PROGRAMMES),
        ("choices.csv", &choices),
        ("grades.csv", &grades),
        ("rules.toml", RULES),
    ])
}

fn at(seat: Option<&Seat>) -> &str {
    seat.map_or("", |seat| &seat.programme_id)
}

/// Chain, applicant, from and to.
pub(crate) fn moves(moved: &[Moved]) -> Vec<(u32, &str, &str, &str, Change)> {
    let told = moved.iter().map(|m| {
        let (from, to) = (at(m.from.as_ref()), at(m.to.as_ref()));
        (m.chain, m.applicant_id.as_str(), from, to, m.change)
    });
    told.collect()
}

/// Programme and quota group of the seat to add.
pub(crate) fn seat(answer: &Counterfactual) -> Option<(&str, &str)> {
    let seat = answer.remedy.seat.as_ref()?;
    assert_eq!(seat.seats_after, seat.seats_before + 1);
    Some((&seat.programme_id, &seat.quota_group))
}

#[test]
fn an_exemption_that_was_refused_displaces_a_chain() {
    let answer = chain().what_if("dan", &[("english_exemption", "na")]);
    assert_eq!((answer.before.as_ref(), answer.change), (None, Change::Better));
    assert_eq!(at(answer.after.as_ref()), "na");
    let outcome = &answer.choices[0];
    let (before, after) = (outcome.before.as_ref().unwrap(), outcome.after.as_ref().unwrap());
    assert_eq!((before.status, before.reason), ("ineligible", "required_subjects_missing"));
    assert_eq!((after.status, after.reason), ("admitted", "ahead_of_others"));
    assert_eq!(
        moves(&answer.others),
        [
            (1, "bo", "na", "ee", Change::Worse),
            (1, "cim", "ee", "ba", Change::Worse),
            (1, "eli", "ba", "", Change::Worse),
        ]
    );
    assert_eq!(seat(&answer), Some(("na", "")));
    assert_eq!(at(answer.remedy.applicant.as_ref()), "na");
    assert_eq!(moves(&answer.remedy.others), []);
    let by_hand = answer.remedy.by_hand.as_ref().unwrap();
    assert_eq!((by_hand.seat.seats_after, by_hand.leaves.as_ref()), (2, None));
    // bo's 280 was the cutoff of `na` for nobody; now dan's is, with bo turned away.
    let na = answer.offers.iter().find(|offer| offer.programme_id == "na").unwrap();
    assert_eq!((na.before.kind, na.after.kind), ("all_eligible_admitted", "value"));
    assert_eq!((na.before.admitted, na.after.admitted), (1, 1));
}

#[test]
fn the_same_in_words() {
    let answer = chain().what_if("dan", &[("english_exemption", "na")]);
    let (sv, en) =
        (answer.to_text(antagning::Language::Sv), answer.to_text(antagning::Language::En));
    for line in [
        "Antaget om dan: english_exemption vid na\n",
        "Arbetsmaterial som namnger andra sökande; inget beslut.\n",
        "dan hade fått Natur, Norra [na] (val 1) i stället för ingen plats: bättre.\n",
        "  1 Natur, Norra [na]  obehörig, ämnen saknas  antagen, före andra\n",
        "Andra som hade placerats annorlunda: 3 (0 bättre, 3 sämre).\n",
        "  1      cim      1 ee        2 Bygg, Norra [ba]  sämre\n",
        "Plats att lägga till för att ingen ska förlora en: Natur, Norra [na] (1 → 2).\n",
        "dan får då Natur, Norra [na] (val 1); ingen annan flyttas.\n",
    ] {
        assert!(sv.contains(line), "no {line:?} in\n{sv}");
    }
    for line in [
        "Supposed about dan: english_exemption at na\n",
        "dan would have had Natur, Norra [na] (choice 1) instead of no seat: better.\n",
        "  1      eli        1 ba           –                   worse\n",
        "Seat to add so that nobody loses one: Natur, Norra [na] (1 → 2).\n",
    ] {
        assert!(en.contains(line), "no {line:?} in\n{en}");
    }
}

/// `decisions.csv` of dan, who is eligible here and holds `ba`, where eli waits.
fn with_decisions(decisions: &str) -> Scene {
    let choices = choices("bo: na ee\ncim: ee\neli: ba\ndan: na fri ba");
    let rows = [('B', "bo"), ('C', "cim"), ('D', "eli"), ('A', "dan")];
    let grades = grades(&rows.map(|(letter, id)| (id, letter, letter, letter)));
    let decisions = format!("applicant_id,programme_id,decision,value,reason\n{decisions}");
    Scene::with_run(&[
        ("programmes.csv", PROGRAMMES),
        ("choices.csv", &choices),
        ("grades.csv", &grades),
        ("rules.toml", RULES),
        ("decisions.csv", &decisions),
    ])
}

#[test]
fn whoever_should_have_been_received_leaves_a_seat_for_another() {
    let scene = with_decisions("dan,na,not_received,,area\ndan,fri,not_received,,area\n");
    let answer = scene.what_if("dan", &[("first_hand", "na")]);
    let [replaced] = &answer.replaced[..] else { panic!("{:?}", answer.replaced) };
    assert_eq!((replaced.decision.as_str(), replaced.line), ("not_received", 2));
    assert_eq!(replaced.programme_ids, ["na"]);
    assert_eq!([at(answer.before.as_ref()), at(answer.after.as_ref())], ["ba", "na"]);
    assert_eq!(
        moves(&answer.others),
        [
            (1, "bo", "na", "ee", Change::Worse),
            (1, "cim", "ee", "", Change::Worse),
            (2, "eli", "", "ba", Change::Better),
        ]
    );
    assert_eq!(seat(&answer), Some(("na", "")));
    // Through the seat that dan leaves eli moves up, with the seat added as well.
    assert_eq!(moves(&answer.remedy.others), [(1, "eli", "", "ba", Change::Better)]);
    let by_hand = answer.remedy.by_hand.as_ref().unwrap();
    assert_eq!((at(by_hand.leaves.as_ref()), by_hand.waiting), ("ba", 1));
    assert_eq!((by_hand.seat.programme_id.as_str(), by_hand.seat.seats_after), ("na", 2));
}

/// A decision about the whole application holds on where nothing else is supposed, and never held
/// at the independent school.
#[test]
fn a_decision_about_the_whole_application_is_replaced_at_one_programme() {
    let scene = with_decisions("dan,,not_received,,area\n");
    let answer = scene.what_if("dan", &[("first_hand", "ba")]);
    assert_eq!(at(answer.before.as_ref()), "fri");
    assert_eq!(answer.replaced[0].programme_ids, ["ba"]);
    assert_eq!(answer.change, Change::Same);
    let answer = scene.what_if("dan", &[("first_hand", "na")]);
    assert_eq!(answer.replaced[0].programme_ids, ["na"]);
    assert_eq!(at(answer.after.as_ref()), "na");
    let answer = scene.what_if("dan", &[("first_hand", "")]);
    assert_eq!(answer.replaced[0].programme_ids, ["ba", "na"]);
    assert_eq!(at(answer.after.as_ref()), "na");
    let answer = scene.what_if("dan", &[("second_hand", "na"), ("first_hand", "ba")]);
    assert_eq!(answer.replaced.len(), 2);
    // Behind bo, who is received in first hand.
    assert_eq!(at(answer.after.as_ref()), "fri");
}

#[test]
fn a_decision_is_taken_back() {
    let scene = with_decisions("dan,na,not_received,,area\ndan,fri,withdrawal,,asked\n");
    let answer = scene.what_if("dan", &[("without not_received", "")]);
    assert_eq!((at(answer.after.as_ref()), answer.replaced.len()), ("na", 1));
    let answer = scene.what_if("dan", &[("without withdrawal", "fri")]);
    assert_eq!(at(answer.after.as_ref()), "fri");
    // A placement by hand takes the place of the withdrawal beside which it cannot stand.
    let answer = scene.what_if("dan", &[("manual_placement", "fri")]);
    assert_eq!(
        (answer.replaced[0].decision.as_str(), at(answer.after.as_ref())),
        ("withdrawal", "fri")
    );
    let answer = scene.what_if("dan", &[("appeal_won:na", "")]);
    assert_eq!((answer.replaced.len(), at(answer.after.as_ref())), (0, "na"));
}

#[test]
fn a_corrected_grade_passes_somebody() {
    let choices = choices("bo: na\neli: na ba");
    let grades = grades(&[("bo", 'B', 'B', 'B'), ("eli", 'A', 'E', 'B')]);
    let scene = Scene::with_run(&[
        ("programmes.csv", PROGRAMMES),
        ("choices.csv", &choices),
        ("grades.csv", &grades),
        ("rules.toml", RULES),
    ]);
    // 20 + 17.5 + 14 · 17.5 are more than 16 · 17.5.
    let answer = scene.what_if("eli", &[("new_grade:MA=B", "")]);
    assert_eq!(at(answer.after.as_ref()), "na");
    assert_eq!(moves(&answer.others), [(1, "bo", "na", "", Change::Worse)]);
    assert_eq!(seat(&answer), Some(("na", "")));
    // 20 + 15 + 14 · 17.5 are as much: lots are drawn, with the seed of the run.
    let drawn = scene.what_if("eli", &[("new_grade:MA=C", "")]);
    let lot = |id: &str| sha2::Sha256::digest(format!("x\n{id}")).to_vec();
    assert_eq!(drawn.change == Change::Better, lot("eli") < lot("bo"));
}

#[test]
fn a_decision_may_change_nothing() {
    let scene = chain();
    let answer = scene.what_if("eli", &[("english_exemption", "ba")]);
    assert_eq!(answer.change, Change::Same);
    assert!(answer.others.is_empty() && answer.offers.is_empty() && answer.choices.is_empty());
    assert!(answer.remedy.seat.is_none() && answer.remedy.others.is_empty());
    assert_eq!(answer.remedy.by_hand, None);
    let text = answer.to_text(antagning::Language::En);
    assert!(text.contains("eli would have had the same: Bygg, Norra [ba] (choice 1).\n"), "{text}");
    assert!(text.contains("No seat needs to be added: nobody loses one.\n"), "{text}");
}

#[test]
fn an_applicant_may_get_nothing_more() {
    let choices = choices("bo: na\neli: na ba");
    let grades = grades(&[("bo", 'B', 'B', 'B'), ("eli", 'F', 'D', 'D')]);
    let scene = Scene::with_run(&[
        ("programmes.csv", PROGRAMMES),
        ("choices.csv", &choices),
        ("grades.csv", &grades),
        ("rules.toml", RULES),
    ]);
    let answer = scene.what_if("eli", &[("english_exemption", "na")]);
    assert_eq!((answer.change, answer.after.as_ref()), (Change::Same, None));
    let after = answer.choices[0].after.as_ref().unwrap();
    assert_eq!((after.status, after.reserve_position), ("reserve", Some(1)));
    assert!(answer.others.is_empty());
}

const MARKET: &str = "applicant_id,choice_rank,programme_id,score
a,1,p,1
a,2,t,5
g,1,q,2
g,2,p,9
h,1,p,4
h,2,q,8
";

fn market() -> Scene {
    Scene::with_run(&[
        ("programmes.csv", "programme_id,capacity\np,1\nq,1\nt,1\n"),
        ("choices.csv", MARKET),
    ])
}

/// With 5 at `p` the applicant goes before h, h before g at `q`, and g before the applicant at `p`:
/// the applicant gains nothing and two lose. The seat that the applicant has a claim to is at `p`.
#[test]
fn a_claim_that_comes_round_is_mended_where_it_began() {
    let answer = market().what_if("a", &[("score:p=5", "")]);
    assert_eq!((answer.change, at(answer.after.as_ref())), (Change::Same, "t"));
    assert_eq!(
        moves(&answer.others),
        [(1, "h", "p", "q", Change::Worse), (1, "g", "q", "p", Change::Worse)]
    );
    assert_eq!(seat(&answer), Some(("p", "")));
    assert_eq!(at(answer.remedy.applicant.as_ref()), "p");
    assert_eq!(moves(&answer.remedy.others), []);
    assert_eq!(answer.remedy.by_hand, None);
}

#[test]
fn a_list_as_it_should_have_been() {
    let scene = market();
    // q was forgotten: with the score 9 the applicant goes before g.
    let answer = scene.what_if("a", &[("choices:q=9 t", "")]);
    assert_eq!((answer.change, at(answer.after.as_ref())), (Change::Better, "q"));
    assert_eq!(moves(&answer.others)[0], (1, "g", "q", "p", Change::Worse));
    let ranks = |choice: &antagning::what_if::ChoiceChange| {
        let rank =
            |o: &Option<antagning::what_if::ChoiceOutcome>| o.as_ref().map(|o| o.choice_rank);
        (choice.programme_id.clone(), rank(&choice.before), rank(&choice.after))
    };
    let told: Vec<_> = answer.choices.iter().map(ranks).collect();
    assert_eq!(
        told,
        [("q".into(), None, Some(1)), ("t".into(), Some(2), Some(2)), ("p".into(), Some(1), None)]
    );
    let answer = scene.what_if("a", &[("choices:p", "")]);
    assert_eq!((answer.change, answer.after.as_ref()), (Change::OtherList, None));
}
