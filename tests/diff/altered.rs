//! Runs that are not what was written.

use std::fs;

use antagning::{Diff, Error};

use crate::scene::Scene;

#[test]
fn an_altered_run_is_refused() {
    let scene = Scene::market("A=1", "ann: A=9\nbea: A=8");
    let first = scene.run(None, "first");
    let second = scene.run(None, "second");
    let runs = [first, second.clone()];
    assert!(Diff::new(&runs, None).is_ok());
    let file = second.folder().join("placements.csv");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("ann,A,,1", "ann,,,").replace("bea,,,", "bea,A,,1")).unwrap();
    assert!(matches!(Diff::new(&runs, None), Err(Error::Violated(_))));
    fs::remove_file(&file).unwrap();
    assert!(Diff::new(&runs, None).is_err());
}

#[test]
fn one_run_alone_has_nothing_to_be_compared_with() {
    let scene = Scene::market("A=1", "ann: A=9");
    let only = scene.run(None, "only");
    assert!(matches!(Diff::new(&[only], None), Err(Error::NothingToCompare(_))));
    assert!(matches!(Diff::new(&[], None), Err(Error::NothingToCompare(_))));
}
