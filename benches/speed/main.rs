//! The speed of the program beside `rage -d` of the same file: whole processes, in one run.
//!
//! `cargo bench --bench speed` prints the tables; `-- --quick` leaves out 100,000 credentials. It needs `rage` or `age`
//! on PATH. With the path of a second program in CREDCTL_BENCH_OTHER, such as the static build, the start and the usual
//! verbs of both are measured in turn. Every figure is the median of many runs taken in turn. So everything else that
//! the machine does slows all of them alike; the ratios count, not the milliseconds.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench that cannot go on has nothing to print"
)]
#![expect(clippy::disallowed_methods, reason = "it makes files and runs programs")]

mod measure;
mod places;
mod reading;
mod trust;
mod unlocking;
mod upkeep;
mod vault;

use std::fs;
use std::path::PathBuf;

use measure::{mib, runs};

const PROGRAM: &str = env!("CARGO_BIN_EXE_credctl");

/// Returns the programs to measure: the one that was built for this, and another one if there is one.
fn programs() -> Vec<PathBuf> {
    let other = std::env::var_os("CREDCTL_BENCH_OTHER").map(PathBuf::from);
    std::iter::once(PathBuf::from(PROGRAM)).chain(other).collect()
}

fn main() {
    if places::served() {
        return;
    }
    for (number, program) in programs().iter().enumerate() {
        let size = fs::metadata(program).unwrap().len() / 1024;
        println!("program {}: {}, {}", number + 1, program.display(), mib(size));
    }
    println!();
    let quick = std::env::args().any(|word| word == "--quick");
    let Some(reference) = ["rage", "age"].into_iter().find(|name| runs(name)) else {
        println!("neither rage nor age is on PATH: there is nothing to compare with");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    reading::start(folder.path());
    let sizes: &[usize] = if quick { &[1, 1_000, 10_000] } else { &[1, 1_000, 10_000, 100_000] };
    reading::identity(folder.path(), reference, sizes);
    trust::memory(folder.path(), sizes);
    trust::signed(folder.path(), sizes);
    places::address(folder.path(), sizes);
    upkeep::history(folder.path());
    upkeep::merging(folder.path(), sizes);
    unlocking::passphrase(folder.path());
    unlocking::unlocked(folder.path());
}
