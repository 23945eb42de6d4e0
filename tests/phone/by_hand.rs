//! Small seasons known by heart: every command and every refusal.

use antagning::{Continuation, Error, Language, PhoneSession, PhoneSettings, Run, Season};

use crate::scene::{DAY, Scene, json, placements};

/// P has one seat, for ann before bea; bea has Q before cim; cim has R before dan; S has two seats
/// and nobody asks for them.
const CHAIN: [(&str, &str); 2] = [
    ("programmes.csv", "programme_id,capacity\nP,1\nQ,1\nR,1\nS,2\n"),
    (
        "choices.csv",
        "applicant_id,choice_rank,programme_id,score\nann,1,P,30\nbea,1,P,20\nbea,2,Q,20\n\
         cim,1,Q,10\ncim,2,R,10\ndan,1,R,5\n",
    ),
];

/// In E two seats go by the test and what they leave by score. a1 and a2 have the best scores, t
/// has the only test at first, u one too low to matter.
const GROUPED: [(&str, &str); 4] = [
    ("programmes.csv", "programme_id,capacity\nE,3\nF,3\n"),
    (
        "quota_groups.csv",
        "programme_id,quota_group,precedence,seats,ranked_by,open_to,unfilled_to,test_maximum\n\
         E,prov,1,1,test,test,betyg,50\nE,betyg,2,2,score,,,\n",
    ),
    (
        "choices.csv",
        "applicant_id,choice_rank,programme_id,score\nann,1,E,30\nbea,1,E,25\ncim,1,E,20\n\
         cim,2,F,20\ndan,1,E,10\ndan,2,F,10\neli,1,E,5\neli,2,F,5\n",
    ),
    ("test_scores.csv", "applicant_id,programme_id,points,passed\ndan,E,40,1\neli,E,30,1\n"),
];

fn refused(session: &mut PhoneSession, command: &str) -> String {
    let records = session.records();
    let answer = json(&session.answer(command));
    assert_eq!(answer["ok"], false, "{command}");
    assert_eq!(session.records(), records, "{command}");
    answer["refused"]["reason"].as_str().expect("a reason").to_owned()
}

fn does(session: &mut PhoneSession, command: &str) -> serde_json::Value {
    let answer = json(&session.answer(command));
    assert_eq!(answer["ok"], true, "{command}: {answer}");
    answer
}

fn seats(session: &PhoneSession) -> Vec<String> {
    placements(session).into_iter().map(|(a, p, g)| format!("{a} {p}{g}")).collect()
}

#[test]
fn a_seat_that_becomes_free_goes_down_the_chain() {
    let scene = Scene::new(&CHAIN);
    let mut session = scene.session();
    assert_eq!(session.answer("calls").to_text(), "nobody to call\n");
    let more = session.answer("next P");
    let chain = "no seat is vacant; with one more:\nbea about P (choice 1), leaves Q (choice 2)\n  \
                 then cim about Q (choice 1), leaves R (choice 2)\n  then dan about R (choice 1)\n  \
                 the last one held no seat\n";
    assert_eq!(more.to_text(), chain);
    let withdrawn = does(&mut session, "withdraw ann");
    assert_eq!(withdrawn["follows"]["applicant_id"], "bea");
    assert_eq!(withdrawn["follows"]["chain"].as_array().map(Vec::len), Some(3));
    assert_eq!(refused(&mut session, "accept cim Q"), "no_seat");
    let before = json(&session.answer("accept cim Q"))["refused"]["before"].clone();
    assert_eq!(before, serde_json::json!(["bea"]));
    assert_eq!(does(&mut session, "accept bea P")["follows"]["applicant_id"], "cim");
    assert_eq!(does(&mut session, "accept cim Q")["follows"]["applicant_id"], "dan");
    assert!(does(&mut session, "accept dan R")["follows"].is_null());
    assert_eq!(seats(&session), ["bea P", "cim Q", "dan R"]);
    // The chain ends in a vacancy when nobody is left to wait.
    let gone = does(&mut session, "no-show bea");
    assert!(gone["follows"].is_null());
    assert_eq!(session.answer("next P").to_text(), "a seat is vacant\nnobody waits for it\n");
}

#[test]
fn whoever_says_no_is_passed_over_and_the_next_one_asked() {
    let scene = Scene::new(&CHAIN);
    let mut session = scene.session();
    does(&mut session, "decline ann");
    // bea keeps Q, so nothing follows at Q.
    assert!(does(&mut session, "decline bea P")["follows"].is_null());
    assert_eq!(refused(&mut session, "accept bea P"), "not_waiting");
    assert_eq!(refused(&mut session, "decline bea P"), "not_waiting");
    assert_eq!(session.answer("who bea").to_text(), "bea holds Q (choice 2)\nnobody to call\n");
    // dan answers no today, and has the seat back in mind tomorrow.
    does(&mut session, "seats R +1");
    assert!(does(&mut session, "no-answer dan R")["follows"].is_null());
    assert_eq!(refused(&mut session, "accept dan R"), "no_answer_today");
    assert_eq!(refused(&mut session, "no-answer dan R"), "no_answer_today");
    let dan = json(&session.answer("who dan"));
    assert_eq!(dan["who"]["waits_for"][0]["state"], "no_answer");
    does(&mut session, "undo");
    does(&mut session, "accept dan R");
}

/// Giving up just the seat keeps what is wanted more alive, and nothing below.
#[test]
fn a_seat_can_be_given_up_without_the_wishes_above_it() {
    let scene = Scene::new(&CHAIN);
    let mut session = scene.session();
    let given_up = does(&mut session, "decline cim R");
    assert_eq!(given_up["follows"]["applicant_id"], "dan");
    let cim = json(&session.answer("who cim"));
    assert!(cim["who"]["holds"].is_null());
    assert_eq!(cim["who"]["waits_for"][0]["programme_id"], "Q");
    does(&mut session, "no-show bea");
    does(&mut session, "accept cim Q");
    assert_eq!(seats(&session), ["ann P", "cim Q"]);
}

#[test]
fn every_refusal_says_why() {
    let scene = Scene::new(&CHAIN);
    let mut session = scene.session();
    for (command, reason) in [
        ("dance", "unknown_command"),
        ("accept ann", "usage"),
        ("seats P 1", "usage"),
        ("who nobody", "unknown_applicant"),
        ("next nowhere", "unknown_programme"),
        ("next P:prov", "unknown_group"),
        ("accept ann S", "not_chosen"),
        ("accept ann P", "holds_it"),
        ("accept cim R", "holds_it"),
        ("accept dan R", "no_seat"),
        ("no-answer dan R", "no_seat"),
        ("no-show dan", "nothing_held"),
        ("seats P -1", "seats_held"),
        ("seats S -3", "seats_held"),
        ("fill S 3", "seats_held"),
        ("fill P 1", "seats_held"),
        ("seats P +1000000", "too_many_seats"),
        ("undo", "nothing_to_undo"),
    ] {
        assert_eq!(refused(&mut session, command), reason, "{command}");
    }
    does(&mut session, "withdraw dan");
    assert_eq!(refused(&mut session, "withdraw dan"), "nothing_left");
    assert_eq!(refused(&mut session, "decline dan"), "nothing_left");
    does(&mut session, "withdraw ann");
    does(&mut session, "accept bea P");
    assert_eq!(refused(&mut session, "decline bea Q"), "not_waiting");
}

#[test]
fn others_go_first_and_the_better_offer_before_the_lesser() {
    let scene = Scene::new(&[
        ("programmes.csv", "programme_id,capacity\nP,1\nQ,1\n"),
        (
            "choices.csv",
            "applicant_id,choice_rank,programme_id,score\nann,1,P,30\nbea,1,Q,30\ncim,1,P,20\n\
             cim,2,Q,20\ndan,1,P,10\n",
        ),
    ]);
    let mut session = scene.session();
    does(&mut session, "withdraw ann");
    assert_eq!(refused(&mut session, "accept dan P"), "others_first");
    assert_eq!(
        session.answer("accept dan P").to_text(),
        "no: first on the list: cim\ncall now: cim about P (choice 1)\n  the last one held no seat\n"
    );
    does(&mut session, "withdraw bea");
    assert_eq!(refused(&mut session, "accept cim Q"), "better_offer");
    does(&mut session, "decline cim P");
    assert_eq!(json(&session.answer("next Q"))["calls"][0]["applicant_id"], "cim");
    assert_eq!(json(&session.answer("next P"))["calls"][0]["applicant_id"], "dan");
}

/// ann and bea each hold what the other wants; cim stood between them. A trade needs both.
#[test]
fn a_trade_waits_until_everybody_has_agreed() {
    let scene = Scene::new(&[
        ("programmes.csv", "programme_id,capacity\nP,1\nQ,1\n"),
        (
            "choices.csv",
            "applicant_id,choice_rank,programme_id,score\nann,1,P,10\nann,2,Q,30\nbea,1,Q,10\n\
             bea,2,P,30\ncim,1,P,20\n",
        ),
    ]);
    let mut session = scene.session();
    assert_eq!(seats(&session), ["ann Q", "bea P"]);
    let trade = does(&mut session, "withdraw cim")["follows"].clone();
    assert_eq!(trade["begins_with"], "trade");
    assert_eq!(trade["chain"].as_array().map(Vec::len), Some(2));
    does(&mut session, "accept ann P");
    assert_eq!(seats(&session), ["ann Q", "bea P"]);
    assert_eq!(refused(&mut session, "accept ann P"), "agreed_already");
    let who = json(&session.answer("who ann"));
    assert_eq!(who["who"]["waits_for"][0]["state"], "agreed");
    let both = does(&mut session, "accept bea Q");
    assert_eq!(both["record"]["moves"].as_array().map(Vec::len), Some(2));
    assert_eq!(seats(&session), ["ann P", "bea Q"]);
    does(&mut session, "undo");
    assert_eq!(seats(&session), ["ann Q", "bea P"]);
    assert_eq!(json(&session.answer("calls"))["calls"][0]["applicant_id"], "bea");
}

/// The one seat by test goes to dan, the two by score to ann and bea.
#[test]
fn groups_have_their_own_lists_and_seats() {
    let scene = Scene::new(&GROUPED);
    let mut session = scene.session();
    assert_eq!(seats(&session), ["ann Ebetyg", "bea Ebetyg", "cim F", "dan Eprov", "eli F"]);
    assert_eq!(refused(&mut session, "next E"), "group_needed");
    assert_eq!(refused(&mut session, "seats E +1"), "group_needed");
    let by_test = json(&session.answer("next E:prov"));
    assert_eq!(by_test["calls"][0]["applicant_id"], "eli");
    assert_eq!(json(&session.answer("next E:betyg"))["calls"][0]["applicant_id"], "cim");
    does(&mut session, "no-show dan");
    assert_eq!(refused(&mut session, "accept cim E"), "others_first");
    does(&mut session, "decline eli E");
    // What the test does not fill passes on, and stays where it is held.
    let cim = does(&mut session, "accept cim E");
    assert_eq!(cim["record"]["moves"][0]["quota_group"], "betyg");
    assert_eq!(refused(&mut session, "seats E:prov -1"), "seats_held");
    assert_eq!(refused(&mut session, "fill E:prov 1"), "seats_held");
    let free = json(&session.answer("free"));
    assert_eq!(free["free"].as_array().map(Vec::len), Some(1));
    assert_eq!(free["free"][0]["programme_id"], "F");
    does(&mut session, "seats E:prov +1");
    does(&mut session, "fill E:prov 1");
}

#[test]
fn answers_are_in_either_language() {
    let scene = Scene::new(&CHAIN);
    let settings = PhoneSettings { date: Some(DAY), language: Language::Sv, ..Default::default() };
    let mut session = PhoneSession::open(&scene.run("run"), settings).expect("a session");
    assert_eq!(
        session.answer("withdraw ann").to_text(),
        "post 1: ann återtar allt\nring nu: bea om P (val 1), lämnar Q (val 2)\n  därefter cim om Q \
         (val 1), lämnar R (val 2)\n  därefter dan om R (val 1)\n  den siste hade ingen plats\n"
    );
    assert!(session.answer("accept cim Q").to_text().starts_with("nej: ingen plats är ledig ännu"));
    assert!(session.answer("help").to_text().contains("no-answer APPLICANT PROGRAMME"));
    assert_eq!(
        session.answer("log").to_text().lines().next(),
        Some("1 2025-09-01: ann återtar allt")
    );
    assert!(session.answer("quit").is_last);
}

#[test]
fn a_run_that_binds_nothing_or_does_not_hold_is_refused() {
    let scene = Scene::new(&CHAIN);
    let rules = scene.path("season").join("rules.toml");
    std::fs::write(&rules, "rule_set = \"market\"\nround = \"preliminary\"\n").expect("rules");
    let season = Season::open(scene.path("season")).expect("a season");
    season.admit().expect("an admission").write(scene.path("early")).expect("a run");
    assert!(matches!(scene.open("early", DAY), Err(Error::Chain { .. })));
    let table = scene.path("run").join("placements.csv");
    let text = std::fs::read_to_string(&table).expect("a table");
    std::fs::write(&table, text.replace("bea,Q", "bea,P")).expect("a table");
    assert!(matches!(scene.open("run", DAY), Err(Error::Violated(_))));
    assert!(matches!(PhoneSession::events(&scene.run("run"), None), Err(Error::Violated(_))));
}

#[test]
fn equals_that_are_treated_alike_have_no_next_one() {
    let rules = "rule_set = \"market\"\n[ranking]\nkeys = [\"score\"]\nat_cutoff = \"admit_all\"\n";
    let scene = Scene::new(&[CHAIN[0], CHAIN[1], ("rules.toml", rules)]);
    assert!(matches!(scene.open("run", DAY), Err(Error::NeedsStrictOrder)));
}

/// Where those who do not answer lose their seats, a seat taken by phone is an answer, and keeps
/// the wishes above it.
#[test]
fn a_seat_taken_by_phone_is_an_answer() {
    for no_answer in ["keep_and_wait", "accept", "decline"] {
        let scene = Scene::new(&[
            ("programmes.csv", "programme_id,capacity\nP,1\nQ,1\nR,1\n"),
            (
                "choices.csv",
                "applicant_id,choice_rank,programme_id,score\nann,1,P,30\nbea,1,Q,30\ncim,1,P,20\n\
                 cim,2,Q,20\ncim,3,R,20\n",
            ),
        ]);
        let mut session = scene.session();
        does(&mut session, "withdraw bea");
        does(&mut session, "accept cim Q");
        drop(session);
        let rules = format!(
            "rule_set = \"market\"\nround = \"reserve\"\n[reserve]\nphone_from = \"2025-08-14\"\n\
             no_answer = \"{no_answer}\"\n"
        );
        std::fs::write(scene.path("season").join("rules.toml"), rules).expect("rules");
        let run: Run = scene.run_after("run", "reserve-1", "2025-09-30");
        let cim = ("cim".to_owned(), "Q".to_owned(), String::new());
        assert!(scene.placements("reserve-1").contains(&cim), "{no_answer}");
        // ann said nothing, which the setting is about.
        let ann = scene.placements("reserve-1").iter().any(|(id, ..)| id == "ann");
        assert_eq!(ann, no_answer != "decline");
        let mut next = scene.open("reserve-1", "2025-10-01").expect("a session");
        let waits = json(&next.answer("who cim"))["who"]["waits_for"].clone();
        assert_eq!(waits[0]["programme_id"], "P", "{no_answer}");
        // And the round after that knows it still.
        drop(next);
        let continuation = Continuation { after: Some(&run), date: Some("2025-10-02") };
        let season = Season::open_in_chain(scene.path("season"), continuation).expect("a season");
        season.admit().expect("an admission").write(scene.path("reserve-2")).expect("a run");
        assert!(scene.placements("reserve-2").contains(&cim), "{no_answer}");
    }
}

/// Somebody who took one seat and then a better one says so once; whoever gave it up again, once.
#[test]
fn events_do_not_contradict_one_another() {
    let scene = Scene::new(&CHAIN);
    let mut session = scene.session();
    for command in ["seats S +2", "seats S -1", "fill S 1", "fill S 1", "no-show ann"] {
        does(&mut session, command);
    }
    for command in ["accept bea P", "accept cim Q", "accept dan R", "decline dan", "undo"] {
        does(&mut session, command);
    }
    does(&mut session, "decline cim");
    does(&mut session, "withdraw dan");
    drop(session);
    let rows = PhoneSession::events(&scene.run("run"), None).expect("events");
    assert_eq!(
        rows,
        "date,event,applicant_id,programme_id,value,source,reason\n\
         2025-09-01,seats,,S,+1,\"phone: Lind, A.\",record 1\n\
         2025-09-01,seat_filled,,S,2,\"phone: Lind, A.\",record 4\n\
         2025-09-01,no_show,ann,,,\"phone: Lind, A.\",record 5\n\
         2025-09-01,answer,bea,,accept_and_wait,\"phone: Lind, A.\",record 6\n\
         2025-09-01,seat_filled,bea,P,,\"phone: Lind, A.\",record 6\n\
         2025-09-01,answer,cim,,decline,\"phone: Lind, A.\",record 11\n\
         2025-09-01,withdrawal,dan,,,\"phone: Lind, A.\",record 12\n"
    );
}
