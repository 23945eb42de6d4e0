//! A season small enough to see what must come of each scenario.

use antagning::{Language, ScenarioReport};

use crate::model::{Model, Scene};

/// Two schools in two municipalities, a seat each, and three who want to go to the first.
///
/// Anna (F, 1280) has the best score and gets P; Björn (M, 1280) gets his second choice Q; Cecilia
/// (F, 1281) is unplaced.
fn season() -> Model {
    let text = |text: &str| text.to_owned();
    let offer = |id: &str, school: &str, municipality: &str| {
        (text(id), 1, [text(school), text(municipality), text("NA"), text("municipal")])
    };
    let mut model = Model {
        programmes: vec![offer("P", "Norra", "1280"), offer("Q", "Södra", "1281")],
        rules: Model::RULES.to_owned(),
        ..Model::default()
    };
    let people: [(&str, &str, &str, &[&str], u64); 3] = [
        ("anna", "1280", "F", &["P"], 300),
        ("björn", "1280", "M", &["P", "Q"], 280),
        ("cecilia", "1281", "F", &["P", "Q"], 250),
    ];
    for (id, home, sex, list, score) in people {
        model.applicants.push((text(id), [text(home), text(sex)]));
        model.lists.insert(text(id), list.iter().map(|offer| (text(offer), score)).collect());
    }
    model
}

fn told(scenario: &str) -> ScenarioReport {
    Scene::new(&season()).simulate(scenario).scenarios.remove(0)
}

/// Placed, first choices, sum of ranks, better off, worse off, newly placed, newly unplaced.
fn figures(run: &ScenarioReport) -> [u64; 7] {
    let (f, d) = (&run.figures, run.difference.as_ref().unwrap());
    let moved = [d.better_off, d.worse_off, d.newly_placed, d.newly_unplaced];
    let [better, worse, placed, unplaced] = moved;
    [f.placed, f.first_choices, f.ranks, better, worse, placed, unplaced]
}

#[test]
fn a_seat_more_moves_two() {
    let run = told("[[seats]]\nprogramme = \"P\"\nadd = 1\n");
    // Björn gets P, and cecilia his seat at Q.
    assert_eq!(figures(&run), [3, 2, 4, 2, 0, 1, 0]);
    assert_eq!(
        (run.name.as_str(), run.seats, run.figures.mean_rank),
        ("scenario", 3, Some(1.3333))
    );
    assert_eq!(run.difference.unwrap().mean_rank, Some(-0.1667));
    let groups: Vec<_> = run.groups.iter().map(|g| (g.kind, g.group.as_str())).collect();
    let expected = [
        ("sex", "F"),
        ("sex", "M"),
        ("merit_quintile", "2"),
        ("merit_quintile", "4"),
        ("first_choice", "other"),
        ("home_municipality", "1280"),
        ("home_municipality", "1281"),
    ];
    assert_eq!(groups, expected);
    let women = &run.groups[0];
    assert_eq!((women.figures.applicants, women.figures.placed), (2, 2));
    assert_eq!(women.difference.unwrap().better_off, 1);
    // The cutoff at P falls to björn's score; nobody waits for Q any more.
    let cutoffs = |at: usize| {
        let (before, after) = (run.offers[at].before.unwrap(), run.offers[at].after.unwrap());
        (before.cutoff, after.cutoff, after.cutoff_kind)
    };
    assert_eq!(run.offers.len(), 2);
    assert_eq!(cutoffs(0), (Some(300.0), Some(280.0), "value"));
    assert_eq!(cutoffs(1), (Some(280.0), None, "all_eligible_admitted"));
    let flows = run.flows.iter().map(|flow| {
        let (home, school) = (flow.home_municipality.as_str(), flow.school_municipality.as_str());
        (home, school, flow.before, flow.placed)
    });
    let expected =
        [("1280", "1280", Some(1), 2), ("1280", "1281", Some(1), 0), ("1281", "1281", Some(0), 1)];
    assert_eq!(flows.collect::<Vec<_>>(), expected);
}

#[test]
fn a_seat_fewer_displaces_two() {
    let run = told("[[seats]]\nprogramme = \"P\"\nset = 0\n");
    // Anna wants nothing else; Q stays björn's.
    assert_eq!(figures(&run), [1, 0, 2 + 2 + 3, 0, 1, 0, 1]);
}

#[test]
fn closing_leaves_whoever_wants_nothing_else_unplaced() {
    let run = told("[[close]]\nschool = \"Norra\"\n");
    // Björn has Q as before, by his first choice now, and is not better off for that.
    assert_eq!(figures(&run), [1, 1, 1 + 1 + 2, 0, 1, 0, 1]);
    assert_eq!((run.figures.applicants, run.gone, run.seats), (3, 0, 1));
    let closed = run.offers.last().unwrap();
    assert_eq!((closed.programme_id.as_str(), closed.after), ("P", None));
}

#[test]
fn a_new_offer_takes_in_whoever_had_none() {
    let run = told(
        "[[open]]\nid = \"R\"\nseats = 3\nlike = \"P\"\nshare = \"1\"\n\
         [[seats]]\nprogramme = [\"P\", \"Q\"]\nset = 0\n",
    );
    // All three have R in their lists, and nothing else has seats.
    assert_eq!(run.figures.placed, 3);
    assert_eq!(run.difference.unwrap().newly_placed, 1);
    let opened = run.offers.iter().find(|offer| offer.programme_id == "R").unwrap();
    assert_eq!((opened.before, opened.after.unwrap().admitted), (None, 3));
    assert_eq!(opened.title, "R, Norra");
}

#[test]
fn offers_that_merge_share_their_seats() {
    let run = told("[[merge]]\nfrom = \"Q\"\ninto = \"P\"\n");
    // Two seats for three, all of whom had P first: björn's second choice becomes his first.
    assert_eq!(figures(&run), [2, 2, 1 + 1 + 2, 1, 0, 0, 0]);
}

/// Anna wants P more than R and R more than Q, and sits in Q; P goes up in it.
#[test]
fn who_stays_where_others_come_is_neither_better_nor_worse_off() {
    let text = |text: &str| text.to_owned();
    let mut model = season();
    let cells = model.programmes[0].2.clone();
    model.programmes.push((text("R"), 1, cells));
    let list = |offers: &[&str], score| offers.iter().map(|o| (text(o), score)).collect();
    model.lists.insert(text("anna"), list(&["P", "R", "Q"], 200));
    model.lists.insert(text("björn"), list(&["P"], 280));
    model.lists.insert(text("cecilia"), list(&["R"], 250));
    let merge = "[[merge]]\nfrom = \"P\"\ninto = \"Q\"\n";
    let run = Scene::new(&model).simulate(merge).scenarios.remove(0);
    // Björn moves with P. Q has become anna's first choice, but she is still there.
    assert_eq!(figures(&run), [3, 3, 3, 0, 0, 0, 0]);
    // Where she did not sit in Q, the seat that P brings is worth to her what P was.
    *model.seats("Q") = 0;
    *model.seats("P") = 2;
    model.lists.insert(text("björn"), list(&["Q", "P"], 280));
    model.lists.insert(text("david"), list(&["P"], 270));
    model.applicants.push((text("david"), [text("1280"), text("M")]));
    let run = Scene::new(&model).simulate(merge).scenarios.remove(0);
    assert_eq!(figures(&run), [3, 3, 1 + 1 + 1 + 3, 1, 0, 0, 0]);
}

/// Ranks are counted in other lists where there are other offers, and only then is it said.
#[test]
fn that_ranks_are_of_other_lists_is_said() {
    let changes = [
        ("[[seats]]\nprogramme = \"P\"\nadd = 1\n", false),
        ("[cohort]\nscale = 2\n", false),
        ("[[close]]\nprogramme = \"Q\"\n", true),
        ("[[merge]]\nfrom = \"Q\"\ninto = \"P\"\n", true),
        ("[[area]]\nleaves = \"1281\"\n", true),
        ("[[open]]\nid = \"N\"\nseats = 1\nlike = \"P\"\nshare = 1\n", true),
    ];
    for (text, is_said) in changes {
        let simulation = Scene::new(&season()).simulate(text);
        for (language, said) in [
            (Language::Sv, "Rang räknas i listorna som de är i varje scenario"),
            (Language::En, "Ranks are counted in the lists as they are in each scenario"),
        ] {
            assert_eq!(simulation.to_text(language).contains(said), is_said, "{text}");
        }
    }
}

#[test]
fn who_leaves_is_neither_displaced_nor_unplaced() {
    let run = told("[[area]]\nleaves = \"1281\"\n");
    // Cecilia withdraws and Q closes: björn is unplaced.
    assert_eq!((run.gone, run.figures.applicants), (1, 2));
    assert_eq!(figures(&run), [1, 1, 1 + 2, 0, 1, 0, 1]);
}

#[test]
fn cohorts_grow_and_shrink() {
    let run = told("[cohort]\nscale = \"2\"\nmunicipality = \"1281\"\n");
    assert_eq!((run.arrived, run.gone, run.figures.applicants), (1, 0, 4));
    let run = told("[cohort]\nscale = \"0\"\nmunicipality = \"1280\"\n");
    assert_eq!((run.arrived, run.gone, run.figures.placed), (0, 2, 1));
    assert_eq!(figures(&run), [1, 1, 1, 1, 0, 1, 0]);
}

#[test]
fn cohorts_are_of_some_people_and_several_at_once() {
    let size = |text: &str| {
        let run = told(text);
        (run.arrived, run.gone, run.figures.applicants)
    };
    assert_eq!(size("[cohort]\nscale = \"3\"\nsex = \"f\"\n"), (4, 0, 7));
    assert_eq!(size("[cohort]\nscale = \"2\"\nsex = \"F\"\nmunicipality = \"1281\"\n"), (1, 0, 4));
    assert_eq!(size("[cohort]\nscale = \"2\"\nstudy_path = [\"N\", \"NA\"]\n"), (3, 0, 6));
    let twice = "[[cohort]]\nscale = \"2\"\n\
                 [[cohort]]\nscale = \"3\"\nmunicipality = [\"1281\"]\n\
                 [[cohort]]\nscale = \"0\"\nsex = \"M\"\n";
    // Anna twice, björn not at all, cecilia six times.
    assert_eq!(size(twice), (6, 1, 8));
}

#[test]
fn several_files_and_scenarios_stand_in_their_order() {
    let scene = Scene::new(&season());
    let one = scene.file("en.toml", "[[seats]]\nprogramme = \"Q\"\nadd = 1\n");
    let two = scene.file(
        "flera.toml",
        "[[scenario]]\nname = \"a\"\ndescription = \"färre\"\n[[scenario.close]]\nprogramme = \"Q\"\n\
         [[scenario]]\nname = \"b\"\n",
    );
    let simulation = antagning::Simulation::new(scene.season(), &[one, two], false).unwrap();
    let names: Vec<_> = simulation.scenarios.iter().map(|run| run.name.as_str()).collect();
    assert_eq!(names, ["en", "a", "b"]);
    assert_eq!(simulation.scenarios[1].description, "färre");
    let text = simulation.to_text(Language::Sv);
    assert!(text.contains("utgångsläge") && text.contains("Arbetsmaterial, inget beslut"));
    assert!(text.contains("3 (+1)"), "{text}");
    let out = scene.season().join("../out");
    simulation.write(&out).unwrap();
    let table = std::fs::read_to_string(out.join("scenarios.csv")).unwrap();
    assert_eq!(table.lines().count(), 5);
    assert!(table.lines().nth(2).unwrap().starts_with("en,,3,0,0,3,3,0,1,1.6667,5,0,1,-1,0,"));
    for name in ["groups.csv", "offers.csv", "opened.csv", "flows.csv", "simulation.json"] {
        assert!(out.join(name).is_file(), "{name}");
    }
}

/// A seat more at P lets björn in with 280 after anna's 300, and nobody is turned away from Q any more.
#[test]
fn offers_tell_how_far_a_cutoff_moves_and_their_names() {
    let scene = Scene::new(&season());
    let more = scene.file("more.toml", "[[seats]]\nprogramme = \"P\"\nadd = 1\n");
    let fewer = scene.file("gone.toml", "[[close]]\nprogramme = \"P\"\n");
    let simulation = antagning::Simulation::new(scene.season(), &[more, fewer], false).unwrap();
    let out = scene.season().join("../out");
    simulation.write(&out).unwrap();
    let table = std::fs::read_to_string(out.join("offers.csv")).unwrap();
    let expected = "scenario,programme_id,quota_group,seats_before,admitted_before,cutoff_kind_before,\
        cutoff_before,seats,admitted,cutoff_kind,cutoff,cutoff_difference,title\n\
        base,P,,,,,,1,1,value,300,,\"P, Norra\"\nbase,Q,,,,,,1,1,value,280,,\"Q, Södra\"\n\
        more,P,,1,1,value,300,2,2,value,280,-20,\"P, Norra\"\n\
        more,Q,,1,1,value,280,1,1,all_eligible_admitted,,,\"Q, Södra\"\n\
        gone,P,,1,1,value,300,,,,,,\"P, Norra\"\n";
    assert_eq!(table, expected);
}

/// Two who want the one seat at P or Q; the one with better grades is received in second hand.
#[test]
fn pupils_of_a_municipality_that_joins_are_received_in_first_hand() {
    let scene = Scene::new(&season());
    let files = [
        (
            "programmes.csv",
            "programme_id,capacity,municipality_code,study_path_code,provider\n\
             P,1,1280,BA,municipal\nQ,1,1280,BA,municipal\n",
        ),
        ("applicants.csv", "applicant_id,home_municipality\nA1,1280\nA2,1280\nB1,1290\nB2,1290\n"),
        ("choices.csv", "applicant_id,choice_rank,programme_id\nA1,1,P\nA2,1,Q\nB1,1,P\nB2,1,Q\n"),
        (
            "grades.csv",
            "applicant_id,BI,EN,FY,GE,HI,IDH,KE,MA,RE,SH,SV\n\
             A1,C,C,C,C,C,C,C,C,C,C,C\nA2,C,C,C,C,C,C,C,C,C,C,C\n\
             B1,A,A,A,A,A,A,A,A,A,A,A\nB2,A,A,A,A,A,A,A,A,A,A,A\n",
        ),
        (
            "decisions.csv",
            "applicant_id,programme_id,decision,reason\n\
             B1,P,second_hand,annan kommun\nB2,Q,second_hand,annan kommun\n",
        ),
        (
            "rules.toml",
            "[ranking]\nkeys = [\"reception\", \"merit\", \"lottery\"]\n[lottery]\nseed = \"s\"\n",
        ),
    ];
    for (name, text) in files {
        std::fs::write(scene.season().join(name), text).unwrap();
    }
    let simulation = scene.simulate(
        "[[scenario]]\nname = \"allt\"\n[[scenario.area]]\njoins = \"1290\"\n\
         [[scenario]]\nname = \"Q\"\n[[scenario.area]]\njoins = \"1290\"\noffers = \"Q\"\n",
    );
    let placed = |run: &ScenarioReport, home: &str| {
        run.groups.iter().find(|g| g.group == home).map(|g| g.figures.placed)
    };
    assert_eq!(placed(&simulation.base, "1280"), Some(2));
    let joined: Vec<_> = simulation.scenarios.iter().map(|run| placed(run, "1290")).collect();
    assert_eq!(joined, [Some(2), Some(1)]);
}
