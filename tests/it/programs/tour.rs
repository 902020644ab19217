//! The tour that waits between its steps.

use std::path::Path;
use std::process::Command;

use crate::support::terminal::Terminal;
use crate::support::{PROGRAM, Run as _, Scene};

fn tour(scene: &Scene, words: &[&str]) -> Command {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/tour.sh");
    let mut command = Command::new("bash");
    command.arg(script).args(words).env_clear().env("PATH", "/usr/bin:/bin");
    command.env("CREDCTL", PROGRAM).env("HOME", scene.path("home")).env("TMPDIR", scene.path("home"));
    command
}

#[test]
fn the_tour_waits_for_enter_between_its_steps() {
    let scene = Scene::bare();
    let mut terminal = Terminal::start(&tour(&scene, &["--pause"]), "");
    terminal.expect("A vault, and a new identity").answer("[Enter]", "");
    // at the end of the input it goes on alone
    terminal.expect("A login.").control("[Enter]", "", 'd');
    let ended = terminal.end();
    assert_eq!(ended.status, 0, "{}", ended.shown);
    let place = |text: &str| ended.shown.find(text).unwrap_or_else(|| panic!("no {text:?}: {}", ended.shown));
    assert!(place("A login.") < place("An AWS key") && place("An AWS key") < place("What to do next"));
    // the folder of the vault is gone
    assert!(std::fs::read_dir(scene.path("home")).unwrap().next().is_none());
}

#[test]
fn the_tour_knows_no_other_option() {
    let scene = Scene::bare();
    tour(&scene, &["--quick"]).outcome("").exits(2).says("usage: tour.sh [--pause]");
}
