//! Outputs of one command that cannot all come to stand: refused together, before anything is written.

use crate::scene::Scene;
use crate::seasons::MARKET;

/// What is refused leaves the scene as it was.
fn refused(scene: &Scene, command: &str, faults: &[&str]) {
    let before = scene.entries(".");
    let answer = scene.antagning(command).rejects();
    let told: Vec<&str> = answer.stderr.lines().collect();
    let expected: Vec<String> = faults.iter().map(|fault| format!("error: {fault}")).collect();
    assert_eq!(told, expected, "{command}");
    assert_eq!(answer.stdout, "", "{command}");
    assert_eq!(scene.entries("."), before, "{command}");
    let document = scene.antagning(&format!("{command} --format json")).rejects().json();
    assert_eq!(document["error"], faults.join("\n"), "{command}");
    assert_eq!(scene.entries("."), before, "{command}");
}

fn twice(path: &str) -> String {
    format!("cannot write {path}: another output has this name; give each a name of its own")
}

fn inside(path: &str, of: &str) -> String {
    format!("cannot write {path}: {of} is an output too; choose a place outside it")
}

fn exists(path: &str) -> String {
    format!("cannot write {path}: it exists already; choose a new name, nothing is overwritten")
}

#[test]
fn no_place_is_written_twice_however_it_is_called() {
    let scene = Scene::with_season(MARKET);
    let whole = scene.path("net").display().to_string();
    for other in ["net", "./net", "season/../net", "new/../net", &whole] {
        let command = format!("seats season --out tables --dot net --graphml {other}");
        refused(&scene, &command, &[&twice(other)]);
    }
    refused(&scene, "seats season --out a.svg --picture a.svg", &[&twice("a.svg")]);
    refused(&scene, "lottery season --out a.svg --picture a.svg", &[&twice("a.svg")]);
}

#[cfg(unix)]
#[test]
fn no_place_is_written_twice_through_a_link() {
    let scene = Scene::with_season(MARKET);
    scene.folder("folder", &[]);
    std::os::unix::fs::symlink("folder", scene.path("link")).expect("a link");
    let command = "seats season --dot folder/net --graphml link/net";
    refused(&scene, command, &[&twice("link/net")]);
    assert_eq!(scene.entries("folder"), [""; 0]);
}

#[test]
fn no_output_stands_inside_another() {
    let scene = Scene::with_season(MARKET);
    let command = "seats season --out tables --dot tables/net --graphml ./tables/sub/net";
    let faults = [inside("tables/net", "tables"), inside("./tables/sub/net", "tables")];
    refused(&scene, command, &faults.each_ref().map(String::as_str));
    for command in [
        "seats season --picture a.svg --out a.svg/b",
        "lottery season --out a.svg/b --picture a.svg",
    ] {
        refused(&scene, command, &[&inside("a.svg/b", "a.svg")]);
    }
    // A name that another one begins with is no folder around it.
    let apart = "seats season --out new/net --dot new/net.dot --graphml new/nets";
    scene.antagning(apart).succeeds();
    assert_eq!(scene.entries("new"), ["net", "net.dot", "nets"]);
}

#[test]
fn all_outputs_that_cannot_be_are_told_at_once() {
    let scene = Scene::with_season(MARKET);
    scene.write("dot", "mine");
    scene.folder("tables", &[]);
    let command = "seats season --out tables --dot dot --graphml dot/net --picture a.svg";
    let faults = [exists("tables"), exists("dot"), inside("dot/net", "dot")];
    refused(&scene, command, &faults.each_ref().map(String::as_str));
    scene.write("a.svg", "mine");
    let faults = [exists("tables"), exists("a.svg")];
    let command = "lottery season --out tables --picture a.svg";
    refused(&scene, command, &faults.each_ref().map(String::as_str));
    refused(&scene, "plan season --seats 1 --picture a.svg", &[&exists("a.svg")]);
    refused(&scene, "simulate season nowhere.toml --out tables", &[&exists("tables")]);
    assert_eq!((scene.read("dot"), scene.read("a.svg")), ("mine".to_owned(), "mine".to_owned()));
}

/// Otherwise the first of the outputs would stand before the second fails.
#[test]
fn a_place_where_nothing_can_stand_is_refused_before_the_others_are_written() {
    let scene = Scene::with_season(MARKET);
    scene.write("file", "mine");
    for (net, why) in [
        ("file/net", "file is no folder; choose another place"),
        ("file/new/net", "file is no folder; choose another place"),
        ("new/sub/..", "the path ends with no name"),
    ] {
        let command = format!("seats season --out tables --dot {net}");
        refused(&scene, &command, &[&format!("cannot write {net}: {why}")]);
    }
}
