//! Secrets of the vault and of the engine, which are looked for in every file, message and argument.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use super::{Machine, Office, PROGRAM, files};
use crate::harness::{Outcome, Run as _, skipped};
use crate::objects::server::{CANARY, Server, variables};
use crate::openbao;

const SECRET: &str = "S3cr3t-0f-th3-v4ult";
const PASSPHRASE: &str = "p4ssphr4se 0f th3 v4ult";

/// A text as it is, in base64 and in hexadecimal digits.
fn forms(secret: &str) -> [Vec<u8>; 3] {
    let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    [secret.into(), STANDARD_NO_PAD.encode(secret).into(), hex.into()]
}

#[track_caller]
fn lacks(bytes: &[u8], secret: &str, place: &str) {
    for form in forms(secret) {
        assert!(!bytes.windows(form.len()).any(|window| window == form), "{secret} is in {place}");
    }
}

/// A run under `strace`, with the programs that it started.
struct Watched<'a> {
    machine: &'a Machine,
    /// The credential of the engine.
    credential: &'a str,
    /// The names of the programs that were started.
    started: BTreeSet<String>,
}

impl Watched<'_> {
    /// Runs the program, and looks for secrets in what it prints and leaves, and in what it gives to other programs.
    #[track_caller]
    fn run(&mut self, words: &[&str], stdin: &str) -> Outcome {
        let outcome = self.run_to_reveal(words, stdin);
        lacks(outcome.stdout.as_bytes(), SECRET, &format!("the answer to {words:?}"));
        outcome
    }

    /// Runs the program with words that ask for the secret.
    #[track_caller]
    fn run_to_reveal(&mut self, words: &[&str], stdin: &str) -> Outcome {
        let plain = self.machine.command(words);
        let log = self.machine.office.join("strace.log");
        let mut command = Command::new("strace");
        command.args(["-f", "-qq", "-v", "-s", "100000", "-e", "trace=execve", "-o"]).arg(&log).arg(PROGRAM);
        command.args(words).current_dir(&self.machine.office).env_clear();
        command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let outcome = command.outcome(stdin);
        let place = format!("{words:?}");
        for secret in [PASSPHRASE, self.credential] {
            lacks(outcome.stdout.as_bytes(), secret, &place);
        }
        for secret in [SECRET, PASSPHRASE, self.credential] {
            lacks(outcome.stderr.as_bytes(), secret, &place);
        }
        self.look_at_programs(&fs::read_to_string(&log).unwrap(), &place);
        fs::remove_file(log).unwrap();
        self.look_at_files(&place);
        outcome
    }

    fn look_at_programs(&mut self, log: &str, place: &str) {
        let started = log.lines().filter(|line| line.contains("execve(")).enumerate();
        for (number, line) in started {
            let (arguments, variables) = line.split_once("], [").unwrap();
            lacks(arguments.as_bytes(), self.credential, &format!("an argument of {place}"));
            lacks(arguments.as_bytes(), SECRET, &format!("an argument of {place}"));
            lacks(arguments.as_bytes(), PASSPHRASE, &format!("an argument of {place}"));
            // the program itself gets the passphrase as a variable, and nobody else does
            if number > 0 {
                lacks(variables.as_bytes(), PASSPHRASE, &format!("a variable of {arguments}"));
                lacks(variables.as_bytes(), SECRET, &format!("a variable of {arguments}"));
                let name = arguments.split('"').nth(1).and_then(|path| path.rsplit('/').next());
                self.started.extend(name.map(str::to_owned));
            }
        }
    }

    fn look_at_files(&self, place: &str) {
        let all = files(&self.machine.office);
        assert!(all.iter().any(|path| path.starts_with(&self.machine.home)), "no file is looked at");
        for path in all {
            let (bytes, place) = (fs::read(&path).unwrap(), format!("{} after {place}", path.display()));
            for secret in [SECRET, PASSPHRASE, self.credential] {
                lacks(&bytes, secret, &place);
            }
        }
    }
}

/// Returns true if `strace` is there.
fn strace() -> bool {
    let is_there = Command::new("strace").arg("-V").output().is_ok();
    if !is_there {
        skipped("strace is not on PATH");
    }
    is_there
}

/// The life of a vault at an address. `broken` is the same machine with an engine that fails.
fn live(
    machine: &Machine,
    broken: &Machine,
    other: &str,
    recipient: &str,
    credential: &str,
) -> BTreeSet<String> {
    let mut at = Watched { machine, credential, started: BTreeSet::new() };
    at.run(&["init", "--recipient", recipient, "-v"], "").ok();
    at.run(&["add", "login", "db", "username=app", "password=-", "-v"], SECRET).ok();
    at.run(&["add", "login", "db", "username=app", "password=-", "-o", "json"], SECRET).exits(5);
    at.run(&["patch", "db", "password=-", "-v", "-o", "json"], SECRET).ok();
    at.run(&["patch", "db", &format!("domain={}", "x".repeat(9999)), "password=-"], SECRET);
    at.run(&["list", "-o", "json", "-v"], "").ok();
    let revealed = at.run_to_reveal(&["get", "db", "--field", "password"], "").ok();
    assert_eq!(revealed.stdout.trim_end(), SECRET);
    at.run(&["status", "-o", "json"], "").ok();
    at.run(&["doctor"], "");
    at.run(&["export", "--out", other], "").exits(2);
    at.run(&["export", "--encrypt-to", recipient, "--out", other, "-v"], "").ok();
    at.run(&["export", "--encrypt-to", recipient, "--out", other], "").exits(5);
    at.run(&["undo", "-v"], "").ok();
    at.run(&["--offline", "patch", "db", "password=-"], SECRET).exits(10);
    let mut failing = Watched { machine: broken, credential, started: BTreeSet::new() };
    for words in [
        &["--fresh", "get", "db"][..],
        &["patch", "db", "password=-", "-v"],
        &["export", "--encrypt-to", recipient, "--out", other, "--overwrite", "-v"],
    ] {
        let outcome = failing.run(words, SECRET);
        assert_ne!(outcome.status, Some(0), "{outcome:?}");
    }
    failing.run(&["doctor", "-o", "json"], "");
    at.started
}

#[test]
fn no_secret_is_left_behind_with_object_storage() {
    if !strace() {
        return;
    }
    let Some(server) = Server::seaweedfs() else { return };
    let office = Office::new();
    let machine = office.machine("one", "s3://team/vault.age", &variables(server.port));
    // nobody listens there
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let broken = office.machine("one", "s3://team/vault.age", &variables(port));
    let started = live(&machine, &broken, "s3://team/all.age", &office.recipient, CANARY);
    assert!(started.contains("credctl-remote-s3"), "{started:?}");
}

#[test]
fn no_secret_is_left_behind_with_openbao() {
    if !strace() {
        return;
    }
    let Some(server) = openbao::Server::start() else { return };
    let office = Office::new();
    let variables = |token: &str| [("VAULT_ADDR", server.address.clone()), ("VAULT_TOKEN", token.to_owned())];
    let machine = office.machine("one", "vault://secret/vault.age", &variables(openbao::ROOT));
    // the server refuses it
    let broken = office.machine("one", "vault://secret/vault.age", &variables("n0-such-t0ken"));
    let started = live(&machine, &broken, "vault://secret/all.age", &office.recipient, openbao::ROOT);
    assert!(started.contains("credctl-remote-openbao"), "{started:?}");
    let mut refused = Watched { machine: &broken, credential: "n0-such-t0ken", started: BTreeSet::new() };
    refused.run(&["--fresh", "get", "db", "-v"], "").exits(10);
    refused.run(&["patch", "db", "password=-"], SECRET).exits(10);
}

#[test]
fn no_passphrase_is_left_behind_with_a_repository() {
    if !strace() {
        return;
    }
    let office = Office::new();
    let init = |path: &Path| Command::new("git").args(["init", "-q", "--bare"]).arg(path).status().unwrap();
    assert!(init(&office.path("team.git")).success());
    let address = format!("git+file://{}#vault.age", office.path("team.git").display());
    let machine = office.machine("one", &address, &[("CREDCTL_PASSPHRASE", PASSPHRASE.to_owned())]);
    let mut at = Watched { machine: &machine, credential: "n0ne", started: BTreeSet::new() };
    at.run(&["init"], "").ok();
    at.run(&["add", "login", "db", "username=app", "password=-", "-v"], SECRET).ok();
    let revealed = at.run_to_reveal(&["get", "db", "--field", "password"], "").ok();
    assert_eq!(revealed.stdout.trim_end(), SECRET);
    let wrong = office.machine("one", &address, &[("CREDCTL_PASSPHRASE", format!("{PASSPHRASE}-n0t"))]);
    Watched { machine: &wrong, ..at }.run(&["get", "db", "-v"], "").exits(7);
    fs::rename(office.path("team.git"), office.path("gone.git")).unwrap();
    let mut at = Watched { machine: &machine, credential: "n0ne", started: BTreeSet::new() };
    at.run(&["patch", "db", "password=-"], SECRET).exits(10);
    assert!(at.started.contains("git") && at.started.contains("credctl-remote-git"), "{:?}", at.started);
}
