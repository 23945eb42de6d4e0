//! The number of threads changes nothing but the time.

use crate::row_order::assert_same_run;
use crate::scene::Scene;

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    // More than one block of applicants, so that there is something to share out.
    let scene = Scene::with_generated(5_000, 130, 21);
    for threads in [1, 2, 8] {
        scene.antagning(&format!("run season --out t{threads} --threads {threads}")).is_done();
    }
    assert_same_run(&scene, "t1", "t2", &[]);
    assert_same_run(&scene, "t1", "t8", &[]);
}

#[test]
fn any_number_of_threads_makes_the_same_season() {
    let scene = Scene::new();
    let size = "--applicants 5000 --programmes 130 --seed 21";
    for threads in [1, 8] {
        scene.antagning(&format!("generate --out t{threads} {size} --threads {threads}")).is_done();
    }
    for file in scene.entries("t1") {
        assert!(scene.read(&format!("t1/{file}")) == scene.read(&format!("t8/{file}")), "{file}");
    }
}
