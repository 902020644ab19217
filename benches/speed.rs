//! How fast the program is beside `rage -d` of the same file, whole processes in one run.
//!
//! `cargo bench --bench speed` prints the tables; `-- --quick` leaves out 100,000 credentials. It
//! needs `rage` or `age` on PATH. Every figure is the median of many runs taken in turn, so that
//! what else the machine does weighs on all alike; the ratios count, not the milliseconds.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench that cannot go on has nothing to print"
)]
#![expect(clippy::disallowed_methods, reason = "it makes files and runs programs")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_credctl");

fn main() {
    let quick = std::env::args().any(|word| word == "--quick");
    let Some(reference) = ["rage", "age"].into_iter().find(|name| runs(name)) else {
        println!("neither rage nor age is on PATH: there is nothing to compare with");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    start(folder.path());
    let sizes: &[usize] = if quick { &[1, 1_000, 10_000] } else { &[1, 1_000, 10_000, 100_000] };
    identity(folder.path(), reference, sizes);
    upkeep(folder.path());
    passphrase(folder.path());
}

/// What depends on more than one version of a credential, or looks at all of them.
fn upkeep(folder: &Path) {
    const SIZE: usize = 10_000;
    let inner = folder.join("upkeep");
    fs::create_dir(&inner).unwrap();
    let vault = Vault::make(&inner, SIZE);
    let before = inner.join("before.age");
    fs::copy(&vault.file, &before).unwrap();
    for round in 0..10 {
        time(&mut vault.command(&[
            "patch",
            "--filter",
            "enabled eq true",
            "--description",
            &format!("d{round}"),
        ]));
    }
    let id = format!("c{:06}", SIZE * 7 / 10);
    let mut alone = vault.command(&["get", &id, "--field", "password"]);
    alone.env("CREDCTL_VAULT", &before);
    let mut with_history = vault.command(&["get", &id, "--field", "password"]);
    let mut run = vault.command(&["run", "--env", &format!("P={id}/password"), "--", "true"]);
    let mut complete = vault.command(&["__complete", "bash", "credctl get c", "c"]);
    let mut check = vault.command(&["check"]);
    let mut checked = || {
        let start = Instant::now();
        // that something may be found is no failure
        assert!(matches!(check.status().unwrap().code(), Some(0 | 8)));
        start.elapsed()
    };
    let times = in_turn(
        21,
        &mut [
            &mut || time(&mut alone),
            &mut || time(&mut with_history),
            &mut || time(&mut run),
            &mut || time(&mut complete),
            &mut checked,
        ],
    );
    println!(
        "10,000 credentials: get {}, with 10 versions of each {} ({:.2}), run -- true {}, Tab behind `get c` {}, check {}\n",
        ms(times[0]),
        ms(times[1]),
        ratio(times[1], times[0]),
        ms(times[2]),
        ms(times[3]),
        ms(times[4])
    );
}

/// Starting, beside a program that does nothing.
fn start(folder: &Path) {
    let source = folder.join("empty.rs");
    let empty = folder.join("empty");
    fs::write(&source, "fn main() {}\n").unwrap();
    let built = Command::new("rustc").arg("-O").arg("-o").args([&empty, &source]).status();
    if !built.is_ok_and(|status| status.success()) {
        println!("rustc is not on PATH: the start is not measured");
        return;
    }
    let mut nothing = Command::new(&empty);
    let mut version = Command::new(PROGRAM);
    version.arg("--version");
    let times = in_turn(200, &mut [&mut || time(&mut nothing), &mut || time(&mut version)]);
    println!(
        "start: empty program {}, --version {} ({:.2})\n",
        ms(times[0]),
        ms(times[1]),
        ratio(times[1], times[0])
    );
}

/// With an X25519 identity.
fn identity(folder: &Path, reference: &str, sizes: &[usize]) {
    println!("with an X25519 identity, in brackets the ratio to `{reference} -d` of the same file:\n");
    println!(
        "| credentials | added in one call | {reference} -d | get | list -o name | list -o json | add | peak memory of get, list, patch; file |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for &size in sizes {
        let vault = Vault::make(folder, size);
        let rounds = if size > 10_000 { 11 } else { 41 };
        let id = format!("c{:06}", size * 7 / 10);
        let mut decrypt = Command::new(reference);
        decrypt.args(["-d", "-i"]).arg(&vault.identity).args(["-o", "/dev/null"]).arg(&vault.file);
        let mut get = vault.command(&["get", &id, "--field", "password"]);
        let mut names = vault.command(&["list", "-o", "name"]);
        let mut json = vault.command(&["list", "-o", "json"]);
        let mut added = 0;
        let mut add = || {
            added += 1;
            let mut add = vault.command(&["add", "Simple", &format!("new{added:04}"), "value=env:VALUE"]);
            time(add.env("VALUE", "v"))
        };
        let times = in_turn(
            rounds,
            &mut [
                &mut || time(&mut decrypt),
                &mut || time(&mut get),
                &mut || time(&mut names),
                &mut || time(&mut json),
                &mut add,
            ],
        );
        let cell = |at: usize| format!("{} ({:.2})", ms(times[at]), ratio(times[at], times[0]));
        let memory = [
            peak(&vault.command(&["get", &id])),
            peak(&vault.command(&["list"])),
            peak(&vault.command(&["patch", &id, "--description", "x"])),
        ];
        let memory: Vec<String> = memory.into_iter().map(|kib| kib.map_or("?".to_owned(), mib)).collect();
        let file = mib(fs::metadata(&vault.file).unwrap().len() / 1024);
        println!(
            "| {size} | {} | {} | {} | {} | {} | {} | {}; {file} |",
            ms(vault.made_in),
            ms(times[0]),
            cell(1),
            cell(2),
            cell(3),
            cell(4),
            memory.join(", ")
        );
    }
    println!();
}

/// With a passphrase, beside one stretching of it.
fn passphrase(folder: &Path) {
    let file = folder.join("passphrase.age");
    let command = |words: &[&str]| {
        let mut command = Command::new(PROGRAM);
        command
            .args(words)
            .env("CREDCTL_VAULT", &file)
            .env("CREDCTL_PASSPHRASE", "correct horse")
            .env("VALUE", "v");
        command
    };
    time(&mut command(&["init"]));
    time(&mut command(&["add", "Simple", "a", "value=env:VALUE"]));
    let mut stretch = || {
        let start = Instant::now();
        let mut recipient = age::scrypt::Recipient::new("correct horse".to_owned().into());
        recipient.set_work_factor(18);
        let made = age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient));
        assert!(made.is_ok());
        start.elapsed()
    };
    let mut get = command(&["get", "a", "--field", "value"]);
    let mut patch = command(&["patch", "a", "--description", "x"]);
    let times = in_turn(5, &mut [&mut stretch, &mut || time(&mut get), &mut || time(&mut patch)]);
    println!(
        "with a passphrase: one scrypt of 2^18 {}, get {} ({:.2}), patch {} ({:.2})",
        ms(times[0]),
        ms(times[1]),
        ratio(times[1], times[0]),
        ms(times[2]),
        ratio(times[2], times[0])
    );
}

struct Vault {
    file: PathBuf,
    identity: PathBuf,
    /// How long adding all of them took.
    made_in: Duration,
}

impl Vault {
    /// A vault of logins of a usual size, added in one call.
    fn make(folder: &Path, size: usize) -> Self {
        let mut vault = Self {
            file: folder.join(format!("{size}.age")),
            identity: folder.join(format!("{size}.txt")),
            made_in: Duration::ZERO,
        };
        let mut init = vault.command(&["init", "--generate-identity"]);
        time(init.arg(&vault.identity));
        let mut documents = String::new();
        for number in 0..size {
            documents.push_str(&format!(
                "{{\"id\":\"c{number:06}\",\"type\":\"UsernamePassword\",\"username\":\"user{number}\",\"password\":\"{:032x}\"}}\n",
                (number as u128 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835)
            ));
        }
        let start = Instant::now();
        let mut add = vault.command(&["add", "-f", "-", "-o", "name"]).stdin(Stdio::piped()).spawn().unwrap();
        add.stdin.take().unwrap().write_all(documents.as_bytes()).unwrap();
        assert!(add.wait().unwrap().success());
        vault.made_in = start.elapsed();
        vault
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(words).env("CREDCTL_VAULT", &self.file).env("CREDCTL_IDENTITY", &self.identity);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }
}

/// Runs the tasks in turn and gives the median of each.
fn in_turn(rounds: usize, tasks: &mut [&mut dyn FnMut() -> Duration]) -> Vec<Duration> {
    let mut times = vec![Vec::with_capacity(rounds); tasks.len()];
    for round in 0..=rounds {
        for (task, times) in tasks.iter_mut().zip(&mut times) {
            let time = task();
            if round > 0 {
                times.push(time);
            }
        }
    }
    times
        .into_iter()
        .map(|mut times| {
            times.sort();
            times[times.len() / 2]
        })
        .collect()
}

fn time(command: &mut Command) -> Duration {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let status = command.status().unwrap();
    let time = start.elapsed();
    assert!(status.success(), "{command:?} ended with {status}");
    time
}

/// Peak memory of a command in KiB, as GNU time tells it.
fn peak(command: &Command) -> Option<u64> {
    let mut timed = Command::new("/usr/bin/time");
    timed.args(["-f", "%M"]).arg(command.get_program()).args(command.get_args());
    timed.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let output = timed.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).output().ok()?;
    String::from_utf8_lossy(&output.stderr).lines().last()?.trim().parse().ok()
}

fn runs(name: &str) -> bool {
    Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
fn mib(kib: u64) -> String {
    format!("{:.1} MiB", kib as f64 / 1024.0)
}

fn ratio(time: Duration, of: Duration) -> f64 {
    time.as_secs_f64() / of.as_secs_f64()
}
