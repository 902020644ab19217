//! Export to and import from other programs, with those programs themselves where they are installed.

mod ambiguous;
mod archives;
mod attachments;
mod consumers;
mod docker;
mod encodings;
mod entries;
mod env_shapes;
mod export;
mod files;
mod import;
mod import_options;
mod kdbx;
mod keepassxc;
mod others;
mod round_trip;
mod store;
mod yaml;

use std::io::Write as _;
use std::process::Command;

use credctl::credential::Credential;
use credctl::dialect::ApiVersion;
use credctl::export::{ExportData, ExportFormat, ExportOptions, ExportReport};
use serde_json::Value;

use crate::support::Outcome;
use crate::support::Run as _;
use crate::support::lab::Lab;

/// Credentials in a format of the library; every one of them must be in it.
#[track_caller]
fn written(format: &str, documents: &[Value]) -> Vec<u8> {
    let (text, failed) = tried(format, documents);
    assert_eq!(failed, Vec::<(String, String)>::new());
    text
}

/// The same, with those that are not in it.
fn tried(format: &str, documents: &[Value]) -> (Vec<u8>, Vec<(String, String)>) {
    let lab = Lab::new();
    let credentials: Vec<Credential> = documents.iter().map(|document| lab.create(document)).collect();
    let selection = ExportData { credentials: credentials.iter().collect(), ..ExportData::default() };
    let options = ExportOptions {
        now: lab.act.now,
        secrets: true,
        access: false,
        version: ApiVersion::NEWEST,
        without_ids: false,
        email: None,
        full_name: None,
    };
    let (mut text, mut report) = (Vec::new(), ExportReport::default());
    let format = ExportFormat::find(format).unwrap();
    (format.write)(&selection, &options, &mut report, &mut text).unwrap();
    (text, report.failed)
}

/// Runs a program that may not be installed; says so and gives nothing if it is not.
fn consumer<'a>(program: &str, words: impl IntoIterator<Item = &'a str>, stdin: &[u8]) -> Option<Outcome> {
    let mut probe = Command::new(program);
    if probe.arg("--version").output().is_err() {
        return skip(&format!("{program} is not installed"));
    }
    let mut command = Command::new(program);
    command.args(words).env("LC_ALL", "C.UTF-8");
    Some(command.outcome(stdin))
}

/// Runs a script of Python, if the modules that it needs are there.
fn python(modules: &str, script: &str, words: &[&str], stdin: &[u8]) -> Option<Outcome> {
    let import = format!("import {modules}");
    if consumer("python3", ["-c", &import], b"")?.status() != Some(0) {
        return skip(&format!("python3 has no {modules}"));
    }
    let script = format!("{import}\n{script}");
    consumer("python3", ["-c", &script].into_iter().chain(words.iter().copied()), stdin)
}

fn skip<T>(why: &str) -> Option<T> {
    // past the harness, which would keep it back
    std::io::stderr().write_all(format!("skipped: {why}\n").as_bytes()).unwrap();
    None
}
