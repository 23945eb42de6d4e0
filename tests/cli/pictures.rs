//! `--picture`: what is drawn is what the JSON says, whatever the names, and the file is whole and new.

use std::collections::BTreeSet;

use roxmltree::Document;
use serde_json::Value;

use crate::scene::Scene;
use crate::{lottery, plan};

/// A picture as it was read back.
struct Drawing {
    /// What tooltips say, the picture's own title first.
    titles: Vec<String>,
    /// What stands in it to be seen.
    texts: Vec<String>,
}

impl Drawing {
    /// Reads a picture, which must be well-formed and need nothing from elsewhere.
    fn read(scene: &Scene, name: &str) -> Self {
        let text = scene.read(name);
        let document = Document::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let root = document.root_element();
        assert_eq!(root.tag_name().name(), "svg");
        assert!(root.attribute("viewBox").is_some_and(|view| view.starts_with("0 0 760 ")));
        let allowed =
            ["svg", "title", "desc", "style", "rect", "circle", "line", "path", "text", "g"];
        let mut drawing = Self { titles: Vec::new(), texts: Vec::new() };
        for element in document.descendants().filter(roxmltree::Node::is_element) {
            let name = element.tag_name().name();
            assert!(allowed.contains(&name), "<{name}>");
            for attribute in element.attributes() {
                assert!(!attribute.name().ends_with("href") && !attribute.name().starts_with("on"));
                let value = attribute.value();
                assert!(!value.contains("NaN") && !value.contains("inf"), "{name}: {value}");
            }
            let text = element.text().unwrap_or("").to_owned();
            match name {
                "title" => drawing.titles.push(text),
                "text" if element.attribute("aria-hidden").is_none() => drawing.texts.push(text),
                _ => {}
            }
        }
        let status = ["Working material, no decision.", "Arbetsmaterial, inget beslut."];
        assert!(drawing.texts.iter().any(|text| status.contains(&text.as_str())));
        assert_eq!(text.matches("://").count(), 1, "the namespace alone is an address");
        assert!(text.contains("prefers-color-scheme:dark"));
        drawing
    }

    fn shows(&self, text: &str) -> bool {
        self.texts.iter().any(|shown| shown == text)
    }

    /// The tooltips with this in them.
    fn told(&self, part: &str) -> Vec<&str> {
        self.titles.iter().filter(|title| title.contains(part)).map(String::as_str).collect()
    }
}

fn count(value: &Value) -> u64 {
    value.as_u64().expect("a count")
}

#[test]
fn values_of_seats_stand_in_the_picture_as_in_the_answer() {
    let scene = plan::scene();
    let command = "seats season --top 5 --picture seats.svg --format json";
    let answer = scene.antagning(command).succeeds().json();
    let drawing = Drawing::read(&scene, "seats.svg");
    let mut shown = 0;
    for offer in answer["offers"].as_array().unwrap() {
        let tooltips = drawing.told(&format!("{} ", offer["programme_id"].as_str().unwrap()));
        let Some(tooltip) = tooltips.first() else { continue };
        shown += 1;
        for (key, sign) in [("more", '+'), ("fewer", '−')] {
            let (moved, ranks) = (count(&offer[key]["moved"]), count(&offer[key]["ranks"]));
            assert!(tooltip.contains(&format!(": {moved} move, {sign}{ranks} ranks")), "{tooltip}");
            assert!(drawing.shows(&ranks.to_string()));
        }
        assert!(drawing.shows(&count(&offer["seats"]).to_string()));
    }
    assert_eq!(shown, 5);
    let more = |offer: &&Value| count(&offer["more"]["moved"]) > 0;
    let worth = answer["offers"].as_array().unwrap().iter().filter(more).count();
    assert!(drawing.texts.iter().any(|text| text.starts_with(&format!("{} more", worth - 5))));
}

/// The arcs of the map are those of the network, both ways.
#[test]
fn moves_stand_on_the_map_as_in_the_network() {
    let scene = plan::scene();
    let command =
        "seats season --level municipality --graphml net.xml --picture map.svg --format json";
    scene.antagning(command).succeeds();
    let text = scene.read("net.xml");
    let network = Document::parse(&text).unwrap();
    let name = |id: &str| {
        let mut nodes = network.descendants().filter(|node| node.has_tag_name("node"));
        let node = nodes.find(|node| node.attribute("id") == Some(id)).unwrap();
        let label = node.children().find(roxmltree::Node::is_element).unwrap();
        match label.text().unwrap().trim() {
            "1280" => "Malmö",
            "1281" => "Lund",
            _ => "unplaced",
        }
    };
    let mut arcs = BTreeSet::new();
    for edge in network.descendants().filter(|node| node.tag_name().name() == "edge") {
        let end = |end| name(edge.attribute(end).unwrap());
        let (from, to) = (end("source"), end("target"));
        if from == to || [from, to].contains(&"unplaced") {
            continue;
        }
        for part in edge.children().filter(roxmltree::Node::is_element) {
            let moves = part.text().unwrap();
            if moves != "0" {
                arcs.insert(format!("{from} → {to}: {moves}"));
            }
        }
    }
    let drawing = Drawing::read(&scene, "map.svg");
    let drawn: BTreeSet<String> = drawing.told(" → ").into_iter().map(str::to_owned).collect();
    assert!(!arcs.is_empty());
    assert_eq!(drawn, arcs);
    assert!(drawing.texts.iter().any(|text| text.contains("GeoNames")));
}

#[test]
fn without_places_points_stand_in_a_circle() {
    let scene = plan::scene();
    let programmes = scene.read("season/programmes.csv").replace(",1281,", ",9999,");
    scene.write("season/programmes.csv", programmes);
    for (level, names) in
        [("municipality", ["Malmö", "9999"]), ("school", ["S0 (Malmö)", "S1 (9999)"])]
    {
        let command = format!("seats season --level {level} --picture {level}.svg --lang sv");
        scene.antagning(&command).succeeds();
        let drawing = Drawing::read(&scene, &format!("{level}.svg"));
        for name in names {
            assert!(!drawing.told(&format!("{name}\n")).is_empty(), "{name}");
        }
        assert!(!drawing.texts.iter().any(|text| text.contains("GeoNames") || text.contains("km")));
    }
}

#[test]
fn a_plan_stands_in_the_picture_as_in_the_answer() {
    let scene = plan::scene();
    for seats in ["9", "-4"] {
        let file = format!("plan{seats}.svg");
        let command =
            format!("plan season --seats={seats} --rounds 50 --picture {file} --format json");
        let answer = scene.antagning(&command).succeeds().json();
        let drawing = Drawing::read(&scene, &file);
        let offers = answer["programmes"].as_array().unwrap();
        for offer in offers {
            let (before, after) = (count(&offer["seats_before"]), count(&offer["seats_after"]));
            let tooltip = drawing.told(&format!("{} ", offer["programme_id"].as_str().unwrap()))[0];
            assert!(tooltip.contains(&format!("{before} → {after} seats")), "{tooltip}");
            let change = offer["added"].as_i64().unwrap();
            let sign = if change < 0 { '−' } else { '+' };
            assert!(drawing.shows(&format!("{sign}{}", change.abs())));
        }
        assert_eq!(drawing.told(" seats (").len(), offers.len());
        for figure in ["placed", "first_choices", "ranks"] {
            for stage in ["before", "greedy", "after"] {
                assert!(drawing.shows(&count(&answer["figures"][stage][figure]).to_string()));
            }
        }
        let bound = answer["bound"].as_u64().expect("a bound");
        assert!(drawing.shows(&bound.to_string()));
    }
}

#[test]
fn cutoffs_stand_in_the_picture_as_in_the_answer() {
    let scene = lottery::market(600, "");
    let command = "lottery season --draws 60 --top 60 --picture cutoffs.svg --format json";
    let answer = scene.antagning(command).succeeds().json();
    let drawing = Drawing::read(&scene, "cutoffs.svg");
    let own = answer["scopes"].as_array().unwrap().iter();
    let own = own.clone().find(|study| study["scope"] == answer["published"]["scope"]).unwrap();
    let points = |cutoff: &Value| match cutoff.as_u64() {
        Some(cutoff) => (cutoff / 10_000).to_string(),
        None => "–".to_owned(),
    };
    let mut moving = 0;
    for row in own["programmes"].as_array().unwrap() {
        let tooltips = drawing.told(&format!("{} ", row["programme_id"].as_str().unwrap()));
        assert_eq!(tooltips.is_empty(), row["min"] == row["max"]);
        let Some(tooltip) = tooltips.first() else { continue };
        moving += 1;
        let [min, low, median, high, max, published] =
            ["min", "percentile_5", "median", "percentile_95", "max", "published"]
                .map(|key| points(&row[key]));
        let told = format!(
            "lowest {min}, 5 % {low}, median {median}, 95 % {high}, highest {max}; published {published}"
        );
        assert!(tooltip.contains(&told), "{tooltip}\n{told}");
        for figure in [min, median, max, published] {
            assert!(drawing.shows(&figure), "{figure}");
        }
    }
    assert!(moving > 3, "a market where the lottery moves cutoffs");
}

/// Names that would break a document, a terminal or a layout.
#[test]
fn hostile_names_are_escaped_and_cut() {
    let scene = plan::scene();
    let long = "W".repeat(5_000);
    let names = [
        "\"</text><script>alert(1)</script>\"",
        "\"<&\"\"'> ]]> &amp; <!--\"",
        "\u{202e}ثانوية الملك عبد العزيز",
        long.as_str(),
        "e\u{301}\u{301}\u{301} 🏫 學校",
    ];
    let programmes = scene.read("season/programmes.csv");
    let mut lines = programmes.lines();
    let mut hostile = format!("{},name\n", lines.next().unwrap());
    for (line, name) in lines.zip(names.iter().cycle()) {
        // Schools are what the points of a network are called.
        let cells: Vec<&str> = line.split(',').collect();
        let [id, seats, _, municipality, path] = cells[..] else { panic!("{line}") };
        hostile += &format!("{id},{seats},{name},{municipality},{path},{name}\n");
    }
    scene.write("season/programmes.csv", hostile);
    scene.antagning("seats season --picture seats.svg").succeeds();
    scene.antagning("seats season --level school --picture map.svg").succeeds();
    scene.antagning("plan season --seats 9 --rounds 9 --picture plan.svg").succeeds();
    for name in ["seats.svg", "map.svg", "plan.svg"] {
        let drawing = Drawing::read(&scene, name);
        assert!(drawing.texts.iter().all(|text| text.chars().count() < 200), "{name}");
        assert!(drawing.titles.iter().all(|text| text.chars().count() < 1_000), "{name}");
        // A plan shows the offers that it changes alone.
        let all =
            ["<&\"'> ]]> &amp; <!--", "<script>", "ثانوية"].map(|part| drawing.told(part).len());
        assert!(name == "plan.svg" || all.iter().all(|shown| *shown > 0), "{name}: {all:?}");
        assert!(!scene.read(name).contains('\u{202e}'), "{name}");
    }
}

#[test]
fn a_picture_of_nothing_says_so() {
    let lots = "rule_set = \"market\"\n[ranking]\nkeys = [\"score\", \"lottery\"]\n\
                [lottery]\nseed = \"s\"\n";
    let scene = Scene::with_season(&[
        ("programmes.csv", "programme_id,capacity\nP,3\n"),
        ("choices.csv", "applicant_id,choice_rank,programme_id,score\nanna,1,P,240\n"),
        ("rules.toml", lots),
    ]);
    let cases = [
        ("seats season", "No seat makes a difference.", "Ingen plats gör skillnad."),
        ("plan season --seats 0", "No seats are changed.", "Inga platser ändras."),
        ("lottery season", "The lottery moves no cutoff.", "Lotten flyttar ingen gräns."),
    ];
    for (at, (command, english, swedish)) in cases.into_iter().enumerate() {
        for (lang, sentence) in [("en", english), ("sv", swedish)] {
            let file = format!("{at}-{lang}.svg");
            scene.antagning(&format!("{command} --picture {file} --lang {lang}")).succeeds();
            assert!(Drawing::read(&scene, &file).shows(sentence), "{command}");
        }
    }
    scene.antagning("seats season --level municipality --picture map.svg").succeeds();
    assert!(Drawing::read(&scene, "map.svg").shows("No seat moves anybody."));
}

#[test]
fn a_picture_is_whole_new_and_the_same_again() {
    let scene = plan::scene();
    let before = scene.entries(".");
    for command in ["seats season", "plan season --seats 2 --rounds 5"] {
        scene.antagning(&format!("{command} --picture a.svg --threads 1")).succeeds();
        let first = scene.read("a.svg");
        scene.antagning(&format!("{command} --picture b.svg --threads 2")).succeeds();
        assert_eq!(scene.read("b.svg"), first, "{command}");
        scene.antagning(&format!("{command} --picture a.svg")).rejects().remarks("a.svg");
        assert_eq!(scene.read("a.svg"), first, "{command}");
        scene.antagning(&format!("{command} --picture a.png")).rejects().remarks(".svg");
        for file in ["a.svg", "b.svg"] {
            std::fs::remove_file(scene.path(file)).unwrap();
        }
        assert_eq!(scene.entries("."), before, "{command}");
    }
}
