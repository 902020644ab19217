//! Screens as a person sees them, of 24 rows and 80 columns, as snapshots in `screens/`.
//! `INSTA_UPDATE=always cargo test --test it golden` writes them again.

mod dialogues_golden;
mod views_golden;

use std::process::Command;

use crate::contract::golden::is_golden_in;
use crate::contract::prompts::asking;
use crate::support::Scene;
use crate::support::terminal::{Ended, Terminal, emulator};

const ROWS: u16 = 24;
const COLUMNS: u16 = 80;

/// The program on a terminal that knows escapes, allowed to ask.
fn command(scene: &Scene, words: &[&str]) -> Command {
    let mut command = asking(scene, words);
    command.env("TERM", "xterm-256color");
    command
}

fn start(command: &Command) -> Terminal {
    Terminal::of_size(command, ROWS.into(), COLUMNS.into())
}

/// Compares the screen after everything that the terminal has shown with its snapshot.
#[track_caller]
fn is_screen(name: &str, shown: &str) {
    let mut screen = emulator(ROWS, COLUMNS, 200);
    screen.process(shown.as_bytes());
    let rows: Vec<_> = screen.screen().rows(0, COLUMNS).map(|row| format!("|{}", row.trim_end())).collect();
    let rows = rows.join("\n");
    let rows = rows.trim_end_matches(['|', '\n']);
    let (row, column) = screen.screen().cursor_position();
    is_golden_in(
        "tests/it/terminal/screens",
        name,
        &format!("{rows}\n[cursor in row {row}, column {column}]\n"),
    );
}

/// Compares the screen as it was before `end` came for the last time, such as a list before it was left.
#[track_caller]
fn is_screen_before(name: &str, ended: &Ended, end: &str) {
    let (before, _) = ended.shown.rsplit_once(end).unwrap_or_else(|| panic!("no {end:?} in {ended:?}"));
    is_screen(name, before);
}
