//! `antagning seats`: each value, and everybody who is named, against whole new runs with that seat.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};
use serde_json::{Value, json};

use crate::scene::Scene;

/// A dense market of few seats, where the chains of a seat come round: no two scores at a
/// programme are the same. Half of the offers may be divided, a quota for some and the rest for all.
fn dense_market(divided: bool) -> Scene {
    let (applicants, programmes) = (60, 8);
    let mut state = 11_u64;
    let mut draw = |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut groups = String::from(GROUPS);
    let mut seats = String::from("programme_id,capacity\n");
    for p in 0..programmes {
        let all = 3 + draw(5);
        seats += &format!("P{p},{all}\n");
        if p % 2 == 0 {
            groups += &format!("P{p},kvot,1,2,score,sport_approval,alla\n");
            groups += &format!("P{p},alla,2,{},score,,\n", all - 2);
        }
    }
    let mut choices = String::from("applicant_id,choice_rank,programme_id,score\n");
    let mut decisions = String::from(DECISIONS);
    for applicant in 0..applicants {
        let mut open: Vec<u64> = (0..programmes).collect();
        for rank in 1..=programmes {
            let programme = open.remove(draw(open.len() as u64) as usize);
            let score = draw(900) * 100 + applicant;
            choices += &format!("A{applicant},{rank},P{programme},{score}\n");
            if programme.is_multiple_of(2) && draw(3) == 0 {
                decisions += &format!("A{applicant},sport_approval,P{programme},,,\n");
            } else if draw(12) == 0 {
                decisions += &format!("A{applicant},not_received,P{programme},,,\n");
            }
        }
    }
    let mut files = vec![("programmes.csv", &*seats), ("choices.csv", &choices)];
    if divided {
        files.extend([("quota_groups.csv", &*groups), ("decisions.csv", &decisions)]);
    }
    Scene::with_season(&files)
}

const GROUPS: &str = "programme_id,quota_group,precedence,seats,ranked_by,open_to,unfilled_to\n";
const DECISIONS: &str = "applicant_id,decision,programme_id,value,reason,date\n";

/// Everybody's placement in a run as the answer writes it, null being none; and the length of their
/// list.
fn placements(scene: &Scene, run: &str) -> BTreeMap<String, (Value, u64)> {
    let outcomes = scene.table(&format!("{run}/outcomes.csv"));
    let mut placements = BTreeMap::new();
    for row in 0..outcomes.rows.len() {
        let cell = |column: &str| outcomes.get(row, column);
        let (held, length): &mut (Value, u64) =
            placements.entry(cell("applicant_id").to_owned()).or_default();
        *length += 1;
        if cell("status") == "admitted" {
            let rank: u64 = cell("choice_rank").parse().unwrap();
            *held = json!({"programme_id": cell("programme_id"), "choice_rank": rank});
            if !cell("quota_group").is_empty() {
                held["quota_group"] = cell("quota_group").into();
            }
        }
    }
    placements
}

/// What an effect has to be, by everybody's placement with and without the change. The path is not
/// known from runs, and the moves stand by applicant.
fn expected(base: &BTreeMap<String, (Value, u64)>, now: &BTreeMap<String, (Value, u64)>) -> Value {
    let mut effect = json!({"placed": false, "moved": 0, "ranks": 0, "first_choices": 0});
    let mut add = |key: &str, more: u64| {
        effect[key] = (effect[key].as_u64().unwrap_or_default() + more).into();
    };
    let (mut moves, mut newly) = (Vec::new(), Vec::new());
    for (id, (from, length)) in base {
        let to = &now[id].0;
        if from == to {
            continue;
        }
        let [before, after] =
            [from, to].map(|held| held["choice_rank"].as_u64().unwrap_or(length + 1));
        add("moved", 1);
        add("ranks", before.abs_diff(after));
        add("first_choices", u64::from((before == 1) != (after == 1)));
        if from.is_null() != to.is_null() {
            newly.push(id);
        }
        moves.push(json!({"applicant_id": id, "from": from, "to": to}));
    }
    assert!(newly.len() <= 1, "one seat, one applicant");
    if let Some(id) = newly.first() {
        effect["placed"] = true.into();
        effect["applicant_id"] = id.as_str().into();
    }
    effect["moves"] = moves.into();
    effect
}

/// An effect as it is told, its path apart and its moves by applicant.
fn told(effect: &Value) -> (Value, Vec<Value>) {
    let mut effect = effect.clone();
    let path = effect["path"].take().as_array().unwrap().clone();
    effect.as_object_mut().unwrap().remove("path");
    let id = |step: &Value| step["applicant_id"].as_str().unwrap().to_owned();
    effect["moves"].as_array_mut().unwrap().sort_by_key(id);
    (effect, path)
}

/// Writes a table with the cell of a row changed by so many seats.
fn change_seats(scene: &Scene, file: &str, row: &[(&str, &str)], column: &str, change: i64) {
    let mut table = scene.table(file);
    let row = table.row(row);
    let seats: i64 = table.get(row, column).parse().unwrap();
    table.set(row, column, &(seats + change).to_string());
    scene.write(file, table.to_csv());
}

/// Holds every figure against a whole run, which is refused where none is told; gives how many move in
/// all.
fn check(scene: &Scene) -> u64 {
    const PROGRAMMES: &str = "season/programmes.csv";
    const GROUPS: &str = "season/quota_groups.csv";
    scene.antagning("run season --out base").succeeds();
    let base = placements(scene, "base");
    let values: Value = scene.antagning("seats season --format json").succeeds().json();
    let (mut moved, mut in_groups) = (0, 0);
    for (i, offer) in values["offers"].as_array().unwrap().iter().enumerate() {
        let id = offer["programme_id"].as_str().unwrap();
        let group = offer["quota_group"].as_str();
        for (change, key) in [(1_i64, "more"), (-1, "fewer")] {
            if offer["seats"].as_i64().unwrap() + change < 0 {
                assert!(offer[key].is_null(), "{id}: {key}");
                continue;
            }
            let changed = |change: i64| {
                change_seats(scene, PROGRAMMES, &[("programme_id", id)], "capacity", change);
                if let Some(group) = group {
                    let row = [("programme_id", id), ("quota_group", group)];
                    change_seats(scene, GROUPS, &row, "seats", change);
                }
            };
            changed(change);
            let run = format!("run-{i}-{key}");
            let answer = scene.antagning(&format!("run season --out {run}"));
            changed(-change);
            if offer[key].is_null() {
                answer.rejects().remarks("placed by hand at");
                continue;
            }
            answer.succeeds();
            let (found, path) = told(&offer[key]);
            let now = placements(scene, &run);
            assert_eq!(found, expected(&base, &now), "{id} {group:?}: {key}");
            assert_eq!(path[0], id);
            moved += found["moved"].as_u64().unwrap();
            in_groups += u64::from(group.is_some());
        }
    }
    assert_eq!(in_groups > 0, values["offers"][0]["quota_group"].is_string());
    moved
}

#[test]
fn every_value_is_that_of_a_whole_new_run() {
    assert!(check(&dense_market(false)) > 20, "a market where seats matter");
}

#[test]
fn every_value_of_a_quota_group_is_that_of_a_whole_new_run() {
    assert!(check(&dense_market(true)) > 20, "a market where seats matter");
}

/// The dense market where officials gave away every seat of P1 and of the group `kvot` at P0, and some
/// of others.
fn dense_market_by_hand() -> Scene {
    let scene = dense_market(true);
    let programmes = scene.table("season/programmes.csv");
    let row = programmes.row(&[("programme_id", "P1")]);
    let seats: u32 = programmes.get(row, "capacity").parse().unwrap();
    let mut placed: Vec<(String, &str, &str)> =
        (0..seats).map(|applicant| (format!("A{applicant}"), "P1", "")).collect();
    let others = [("A20", "P0", "kvot"), ("A21", "P0", "kvot"), ("A30", "P2", "alla")];
    placed.extend(others.map(|(id, programme, group)| (id.to_owned(), programme, group)));
    let otherwise = scene.read("season/decisions.csv");
    let is_other = |line: &&str| {
        let mut cells = line.split(',');
        let (id, programme) = (cells.next().unwrap(), cells.nth(1).unwrap());
        !placed.iter().any(|placed| (&*placed.0, placed.1) == (id, programme))
    };
    let mut decisions: Vec<String> =
        otherwise.lines().filter(is_other).map(str::to_owned).collect();
    let by_hand = |(id, programme, group): &(String, &str, &str)| {
        format!("{id},manual_placement,{programme},{group},agreed,")
    };
    decisions.extend(placed.iter().map(by_hand));
    scene.write("season/decisions.csv", decisions.join("\n") + "\n");
    scene
}

#[test]
fn every_value_beside_placements_by_hand_is_that_of_a_whole_new_run() {
    let scene = dense_market_by_hand();
    assert!(check(&scene) > 20, "a market where seats matter");
    let values: Value = scene.antagning("seats season --format json").succeeds().json();
    let offers = values["offers"].as_array().unwrap();
    let none = offers.iter().filter(|offer| offer["fewer"].is_null());
    let none: Vec<_> = none.map(|offer| (&offer["programme_id"], &offer["quota_group"])).collect();
    assert_eq!(none, [(&json!("P0"), &json!("kvot")), (&json!("P1"), &Value::Null)]);
}

/// Officials gave bo the seat of P, dag one of two at R, and eva the one of the group `kvot`.
fn placed_by_hand() -> Scene {
    let choices = "applicant_id,choice_rank,programme_id,score\n\
        anna,1,P,300\nanna,2,R,300\nbo,1,P,200\ncia,1,R,150\ndag,1,R,90\n\
        eva,1,A,50\nfia,1,A,70\ngun,1,A,60\n";
    let decisions = format!(
        "{DECISIONS}bo,manual_placement,P,,agreed,\ndag,manual_placement,R,,agreed,\n\
         eva,manual_placement,A,kvot,agreed,\n"
    );
    let groups = format!("{GROUPS}A,kvot,1,1,score,,\nA,alla,2,1,score,,\n");
    Scene::with_season(&[
        ("programmes.csv", "programme_id,capacity\nA,2\nP,1\nR,2\n"),
        ("choices.csv", choices),
        ("decisions.csv", &decisions),
        ("quota_groups.csv", &groups),
    ])
}

#[test]
fn no_seat_is_taken_from_somebody_placed_by_hand() {
    let scene = placed_by_hand();
    assert!(check(&scene) > 0);
    let values: Value = scene.antagning("seats season --format json").succeeds().json();
    let fewer: Vec<bool> =
        values["offers"].as_array().unwrap().iter().map(|o| !o["fewer"].is_null()).collect();
    assert_eq!(fewer, [false, true, false, true], "kvot, alla, P, R");
    assert_eq!(values["offers"][3]["fewer"]["moves"][0]["applicant_id"], "anna");
}

/// Cia is not received at X, which she wants most, and has her third choice.
///
/// ```text
/// anna: P            P (1 seat): anna > bo
/// bo:   P > Q        Q (1 seat, group alla): bo > cia
/// cia:  X > Q > R    R (1 seat): cia > dag
/// dag:  R            X (1 seat)
/// ```
fn by_hand() -> Scene {
    let choices = "applicant_id,choice_rank,programme_id,score\n\
        anna,1,P,300\nbo,1,P,280\nbo,2,Q,280\ncia,1,X,250\ncia,2,Q,250\ncia,3,R,250\n\
        dag,1,R,200\n";
    let decisions = format!("{DECISIONS}cia,not_received,X,,,\n");
    let groups = format!("{GROUPS}Q,alla,1,1,score,,\n");
    Scene::with_season(&[
        ("programmes.csv", "programme_id,capacity\nP,1\nQ,1\nR,1\nX,1\n"),
        ("choices.csv", choices),
        ("decisions.csv", &decisions),
        ("quota_groups.csv", &groups),
    ])
}

#[test]
fn chains_are_told_in_their_order() {
    let scene = by_hand();
    let values: Value = scene.antagning("seats season --format json").succeeds().json();
    assert_eq!(values["status"], "working material");
    let effect = |offer: usize, key: &str| values["offers"][offer][key].clone();
    let held = |offer: &str, rank: u32| json!({"programme_id": offer, "choice_rank": rank});
    let at_q = |rank: u32| json!({"programme_id": "Q", "quota_group": "alla", "choice_rank": rank});
    // Bo gets the seat, cia his, and dag hers. Q is not cia's first choice.
    let more_at_p = json!({
        "moved": 3, "placed": true, "applicant_id": "dag", "ranks": 3, "first_choices": 2,
        "path": ["P", "Q", "R"],
        "moves": [
            {"applicant_id": "bo", "from": at_q(2), "to": held("P", 1)},
            {"applicant_id": "cia", "from": held("R", 3), "to": at_q(2)},
            {"applicant_id": "dag", "from": null, "to": held("R", 1)},
        ],
    });
    assert_eq!(effect(0, "more"), more_at_p);
    // Anna has no other choice.
    let fewer_at_p = json!({
        "moved": 1, "placed": true, "applicant_id": "anna", "ranks": 1, "first_choices": 1,
        "path": ["P"], "moves": [{"applicant_id": "anna", "from": held("P", 1), "to": null}],
    });
    assert_eq!(effect(0, "fewer"), fewer_at_p);
    // No placement is the place after all choices of the list, X among them.
    assert_eq!(effect(2, "fewer")["moves"][0]["applicant_id"], "cia");
    assert_eq!(effect(2, "fewer")["ranks"], 1);
    let nothing = json!({
        "moved": 0, "placed": false, "ranks": 0, "first_choices": 0, "path": ["X"], "moves": [],
    });
    assert_eq!([effect(3, "more"), effect(3, "fewer")], [nothing.clone(), nothing]);
}

#[test]
fn the_tables_have_every_row_of_the_answer() {
    let scene = by_hand();
    let command = "seats season --out tables --format json";
    let answer = scene.antagning(command).succeeds();
    assert_eq!(scene.entries("tables"), ["moves.csv", "seats.csv", "seats.json"]);
    assert_eq!(scene.read("tables/seats.json"), answer.stdout);
    let seats = scene.read("tables/seats.csv");
    let expected = "programme_id,quota_group,seats,change,moved,placed,applicant_id,ranks,\
                    first_choices,path\n\
                    P,,1,more,3,1,dag,3,2,P Q R\nP,,1,fewer,1,1,anna,1,1,P\n\
                    Q,alla,1,more,2,1,dag,2,1,Q R\nQ,alla,1,fewer,1,1,bo,1,0,Q\n";
    assert!(seats.starts_with(expected), "{seats}");
    let moves = scene.table("tables/moves.csv");
    assert_eq!(moves.rows[1], ["P", "", "more", "2", "cia", "R", "", "3", "Q", "alla", "2"]);
    assert_eq!(moves.rows[2], ["P", "", "more", "3", "dag", "", "", "", "R", "", "1"]);
    scene.antagning(command).rejects();
    assert_eq!(scene.read("tables/seats.csv"), seats);
}

#[test]
fn equals_treated_alike_are_refused() {
    let scene = by_hand();
    scene.write(
        "season/rules.toml",
        "rule_set = \"market\"\n[ranking]\nat_cutoff = \"admit_all\"\n",
    );
    std::fs::remove_file(scene.path("season/quota_groups.csv")).unwrap();
    scene.antagning("seats season").rejects().remarks("rules.toml: ranking.at_cutoff");
}

#[test]
fn the_network_is_written_once() {
    let scene = dense_market(false);
    let command = "seats season --level offer --dot flows.dot --graphml flows.xml";
    scene.antagning(command).succeeds();
    let (dot, graphml) = (scene.read("flows.dot"), scene.read("flows.xml"));
    assert!(dot.starts_with("digraph {") && dot.contains("unplaced"));
    assert!(graphml.contains("<graphml") && graphml.contains("key=\"fewer\""));
    scene.antagning(command).rejects();
    assert_eq!(scene.read("flows.dot"), dot);
}

/// An offer is called as the node for no place, and two schools have one name.
///
/// ```text
/// anna: unplaced        unplaced (1 seat, Storskolan in Malmö): anna > bo
/// bo:   unplaced > Q    Q (1 seat, Storskolan in Lund): bo > cia
/// cia:  Q > R           R (1 seat, Lillskolan in Malmö): cia > dag
/// dag:  R
/// ```
fn namesakes() -> Scene {
    let programmes = "programme_id,capacity,school,municipality_code\n\
        unplaced,1,Storskolan,1280\nQ,1,Storskolan,1281\nR,1,Lillskolan,1280\n";
    let choices = "applicant_id,choice_rank,programme_id,score\n\
        anna,1,unplaced,300\nbo,1,unplaced,280\nbo,2,Q,280\ncia,1,Q,250\ncia,2,R,250\n\
        dag,1,R,200\n";
    Scene::with_season(&[("programmes.csv", programmes), ("choices.csv", choices)])
}

/// The arcs of a network by the names of their ends: moves with a seat more, and with one fewer.
fn arcs(graphml: &str) -> BTreeMap<(String, String), [u32; 2]> {
    let document = Document::parse(graphml).expect("well-formed");
    let tagged = |name: &'static str| {
        document.descendants().filter(move |node| node.tag_name().name() == name)
    };
    let data = |of: Node<'_, '_>, key: &str| {
        let mut data = of.children().filter(|child| child.attribute("key") == Some(key));
        data.next().unwrap().text().unwrap().to_owned()
    };
    let types: Vec<_> = tagged("key")
        .map(|key| ["id", "for", "attr.type"].map(|name| key.attribute(name).unwrap()))
        .collect();
    let expected = [["fewer", "edge", "int"], ["more", "edge", "int"], ["name", "node", "string"]];
    assert_eq!(types, expected);
    let names: BTreeMap<_, _> =
        tagged("node").map(|node| (node.attribute("id").unwrap(), data(node, "name"))).collect();
    let arcs = tagged("edge").map(|edge| {
        let end = |end| names[edge.attribute(end).unwrap()].clone();
        let moves = ["more", "fewer"].map(|key| data(edge, key).parse().expect("a whole number"));
        ((end("source"), end("target")), moves)
    });
    arcs.collect()
}

#[test]
fn the_network_keeps_namesakes_apart_and_counts_in_numbers() {
    let scene = namesakes();
    for (level, [first, second, third]) in [
        ("offer", ["unplaced (offer)", "Q", "R"]),
        ("school", ["Storskolan (Malmö)", "Storskolan (Lund)", "Lillskolan"]),
    ] {
        let out = format!("--dot {level}.dot --graphml {level}.xml");
        scene.antagning(&format!("seats season --level {level} {out}")).succeeds();
        let expected = [
            (second, first, [1, 0]),
            (third, second, [2, 0]),
            ("unplaced", third, [3, 0]),
            (first, "unplaced", [0, 1]),
            (second, "unplaced", [0, 1]),
            (third, "unplaced", [0, 1]),
        ];
        let expected = expected.map(|(from, to, moves)| ((from.into(), to.into()), moves));
        assert_eq!(arcs(&scene.read(&format!("{level}.xml"))), BTreeMap::from(expected));
        let dot = scene.read(&format!("{level}.dot"));
        for label in [first, second, third, "unplaced"] {
            let found = dot.matches(&format!("label = \"{label}\"")).count();
            assert_eq!(found, 1, "{label}: {dot}");
        }
    }
}

/// Bo has a seat of everybody's, and there is a vacant one that cia is not approved for.
#[test]
fn a_seat_that_costs_nothing_has_no_sign() {
    let choices = "applicant_id,choice_rank,programme_id,score\nbo,1,P,3\ncia,1,P,2\n";
    let groups = "P,alla,1,1,score,,\nP,kvot,2,1,score,sport_approval,\nP,sist,3,0,score,,\n";
    let scene = Scene::with_season(&[
        ("programmes.csv", "programme_id,capacity\nP,2\n"),
        ("choices.csv", choices),
        ("quota_groups.csv", &format!("{GROUPS}{groups}")),
        ("decisions.csv", &format!("{DECISIONS}bo,sport_approval,P,,,\n")),
    ]);
    let answer = scene.antagning("seats season --lang en").succeeds();
    let row = answer.stdout.lines().find(|line| line.contains("(alla)")).expect("a row");
    let figures: Vec<&str> = row.split_whitespace().rev().take(5).collect();
    assert_eq!(figures, ["0", "1", "1", "1", "1"], "{row}");
    for (lang, tooltip) in [
        (
            "sv",
            ": 1 flyttar, +1 valsteg, +1 antagna\nen plats färre: 1 flyttar, 0 valsteg, 0 antagna<",
        ),
        ("en", ": 1 move, +1 ranks, +1 placed\none fewer seat: 1 move, 0 ranks, 0 placed<"),
    ] {
        scene.antagning(&format!("seats season --lang {lang} --picture {lang}.svg")).succeeds();
        let picture = scene.read(&format!("{lang}.svg"));
        assert!(picture.contains(tooltip), "{picture}");
    }
}

/// What has no `--after` does not ask for it.
#[test]
fn a_reserve_round_is_refused_with_what_can_be_done() {
    let scene = by_hand();
    scene.write("season/rules.toml", "rule_set = \"market\"\nround = \"reserve\"\n");
    for command in ["seats", "plan --seats 1", "lottery", "chance --applicant bo", "mechanisms"] {
        let (name, options) = command.split_once(' ').unwrap_or((command, ""));
        let answer = scene.antagning(&format!("{name} season {options}")).rejects();
        answer.remarks("planning is asked of the season before its rounds");
    }
}
