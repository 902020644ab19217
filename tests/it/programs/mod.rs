//! Secrets on their way to the programs that need them, with the real programs where they are there.

mod clipboard;
mod completion;
mod env_type;
mod git;
mod git_protocol;
mod git_vault;
mod helpers;
mod imported;
mod inject;
mod keys;
mod oathtool;
mod pager;
mod run;
mod tour;
mod variable_references;
mod variables;

use std::env;
use std::path::{Path, PathBuf};

/// Where a program is, if it is installed; a test that needs it says so and ends otherwise.
pub fn installed(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file());
    if found.is_none() {
        skipped(&format!("{name} is not installed"));
    }
    found
}

/// Says why a test was not made.
#[expect(clippy::print_stderr, reason = "for whoever reads the output of the tests")]
pub fn skipped(why: &str) {
    eprintln!("{why}; this test was not made");
}

/// A search path on which the program under test and the usual ones are.
pub fn search_path() -> String {
    let own = Path::new(crate::support::PROGRAM).parent().unwrap().display();
    let others = env::var("PATH").unwrap_or_default();
    format!("{own}:{others}")
}
