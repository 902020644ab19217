//! How fast the program is beside `rage -d` of the same file, whole processes in one run.
//!
//! `cargo bench --bench speed` prints the tables; `-- --quick` leaves out 100,000 credentials. It
//! needs `rage` or `age` on PATH. With the path of a second program in CREDCTL_BENCH_OTHER, such as the static
//! build, the start and the usual verbs of both are measured in turn. Every figure is the median of many runs taken in turn, so that
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

/// Returns the programs to measure: the one that was built for this, and another one if there is one.
fn programs() -> Vec<PathBuf> {
    let other = std::env::var_os("CREDCTL_BENCH_OTHER").map(PathBuf::from);
    std::iter::once(PathBuf::from(PROGRAM)).chain(other).collect()
}

fn main() {
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
    start(folder.path());
    let sizes: &[usize] = if quick { &[1, 1_000, 10_000] } else { &[1, 1_000, 10_000, 100_000] };
    identity(folder.path(), reference, sizes);
    memory(folder.path(), sizes);
    signed(folder.path(), sizes);
    upkeep(folder.path());
    merging(folder.path(), sizes);
    passphrase(folder.path());
    unlocked(folder.path());
}

/// What the memory of vaults costs: the same calls with a state folder, and with one that cannot be made.
fn memory(folder: &Path, sizes: &[usize]) {
    println!("| credentials | get | without a memory | add | without a memory |");
    println!("|---|---|---|---|---|");
    for &size in sizes {
        let inner = folder.join(format!("memory-{size}"));
        fs::create_dir(&inner).unwrap();
        let vault = Vault::make(&inner, size);
        let id = format!("c{:06}", size * 7 / 10);
        let get = |state: &Path| {
            let mut command = vault.command(&["get", &id, "--field", "password"]);
            command.env("XDG_STATE_HOME", state);
            task(command)
        };
        let state = inner.join("state");
        let none = inner.join("none");
        fs::write(&none, "").unwrap();
        let add = |state: &Path, name: &'static str| -> Task<'_> {
            let (vault, state, mut added) = (&vault, state.to_owned(), 0);
            Box::new(move || {
                added += 1;
                let id = format!("{name}-{added:04}");
                let mut command = vault.command(&["add", "Simple", &id, "value=env:VALUE"]);
                time(command.env("VALUE", "v").env("XDG_STATE_HOME", &state))
            })
        };
        let rounds = if size > 10_000 { 21 } else { 101 };
        let get = in_turn(rounds, &mut [get(&state), get(&none)]);
        let add = in_turn(rounds.min(21), &mut [add(&state, "with"), add(&none, "without")]);
        println!(
            "| {size} | {} | {} ({:.2}) | {} | {} ({:.2}) |",
            ms(get[0]),
            ms(get[1]),
            ratio(get[0], get[1]),
            ms(add[0]),
            ms(add[1]),
            ratio(add[0], add[1])
        );
    }
    println!();
}

/// What a signature costs: the same calls with a signed vault and with one that is not.
fn signed(folder: &Path, sizes: &[usize]) {
    if Command::new("ssh-keygen").arg("-?").stderr(Stdio::null()).status().is_err() {
        println!("ssh-keygen is not on PATH: signed vaults are not measured\n");
        return;
    }
    let key = folder.join("signer");
    time(Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-C", "Bench", "-f"]).arg(&key));
    println!("| credentials | get, signed | not signed | add, signed | not signed |");
    println!("|---|---|---|---|---|");
    for &size in sizes {
        let vaults = ["plain", "signed"].map(|name| {
            let inner = folder.join(format!("{name}-{size}"));
            fs::create_dir(&inner).unwrap();
            Vault::make(&inner, size)
        });
        time(vaults[1].command(&["sign", "--with"]).arg(&key));
        let id = format!("c{:06}", size * 7 / 10);
        let get = |vault: &Vault| task(vault.command(&["get", &id, "--field", "password"]));
        let add = |vault: &'static Vault| -> Task<'static> {
            let (key, mut added) = (key.clone(), 0);
            Box::new(move || {
                added += 1;
                let id = format!("new-{added:04}");
                let mut command = vault.command(&["add", "Simple", &id, "value=env:VALUE"]);
                time(command.env("VALUE", "v").env("CREDCTL_SIGNING_KEY", &key))
            })
        };
        let rounds = if size > 10_000 { 21 } else { 101 };
        let [plain, signed] = vaults.map(|vault| &*Box::leak(Box::new(vault)));
        let gets = in_turn(rounds, &mut [get(signed), get(plain)]);
        let adds = in_turn(rounds.min(21), &mut [add(signed), add(plain)]);
        println!(
            "| {size} | {} | {} (+{}) | {} | {} ({:.2}) |",
            ms(gets[0]),
            ms(gets[1]),
            ms(gets[0].saturating_sub(gets[1])),
            ms(adds[0]),
            ms(adds[1]),
            ratio(adds[0], adds[1])
        );
    }
    println!();
}

/// What a merge costs beside a `get`: of a copy in which one credential was changed, and of one in which all were.
fn merging(folder: &Path, sizes: &[usize]) {
    println!(
        "| credentials | get | merge, one changed | all changed | one changed, to a file | all, to a file |"
    );
    println!("|---|---|---|---|---|---|");
    for &size in sizes.iter().filter(|size| **size > 1) {
        let inner = folder.join(format!("merge-{size}"));
        fs::create_dir(&inner).unwrap();
        let vault = Vault::make(&inner, size);
        let id = format!("c{:06}", size * 7 / 10);
        let copies = ["one", "all"].map(|name| {
            let copy = inner.join(format!("{name}.age"));
            fs::copy(&vault.file, &copy).unwrap();
            let filter = if name == "one" { format!("id eq '{id}'") } else { "enabled eq true".to_owned() };
            let words = ["patch", "--filter", &filter, "--description", "there", "--accept-recipients"];
            let mut change = vault.command(&words);
            time(change.env("CREDCTL_VAULT", &copy).env("XDG_STATE_HOME", inner.join("there")));
            copy
        });
        time(vault.command(&["add", "Simple", "here", "value=env:VALUE"]).env("VALUE", "v"));
        let get = task(vault.command(&["get", &id, "--field", "password"]));
        let mut tasks = vec![get];
        for copy in &copies {
            tasks.push(task(vault.command(&["merge", copy.to_str().unwrap(), "--dry-run"])));
        }
        for copy in &copies {
            let (vault, mut merged) = (&vault, 0);
            let inner = inner.clone();
            tasks.push(Box::new(move || {
                merged += 1;
                let name = copy.file_stem().unwrap().to_str().unwrap();
                let out = inner.join(format!("{name}-{merged}.out"));
                let words = ["merge", vault.file.to_str().unwrap(), copy.to_str().unwrap(), "--out"];
                let taken = time(vault.command(&words).arg(&out));
                fs::remove_file(&out).unwrap();
                taken
            }));
        }
        let times = in_turn(if size > 10_000 { 5 } else { 21 }, &mut tasks);
        let cells: Vec<String> =
            times[1..].iter().map(|&time| format!("{} ({:.1})", ms(time), ratio(time, times[0]))).collect();
        println!("| {size} | {} | {} |", ms(times[0]), cells.join(" | "));
    }
    println!();
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
    // a machine of its own, because this one knows later generations of the same vault
    alone.env("CREDCTL_VAULT", &before).env("XDG_STATE_HOME", inner.join("state"));
    let with_history = vault.command(&["get", &id, "--field", "password"]);
    let run = vault.command(&["run", "--env", &format!("P={id}/password"), "--", "true"]);
    let complete = vault.command(&["__complete", "bash", "credctl get c", "c"]);
    let mut check = vault.command(&["check"]);
    let checked = move || {
        let start = Instant::now();
        // that something may be found is no failure
        assert!(matches!(check.status().unwrap().code(), Some(0 | 8)));
        start.elapsed()
    };
    let times =
        in_turn(21, &mut [task(alone), task(with_history), task(run), task(complete), Box::new(checked)]);
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
    let mut tasks = vec![task(Command::new(&empty))];
    for program in programs() {
        let mut version = Command::new(program);
        version.arg("--version");
        tasks.push(task(version));
    }
    let times = in_turn(300, &mut tasks);
    println!("start: empty program {}", ms(times[0]));
    for (number, &time) in times[1..].iter().enumerate() {
        println!("start: --version of program {} {} ({:.2})", number + 1, ms(time), ratio(time, times[0]));
    }
    println!();
}

/// With an X25519 identity.
fn identity(folder: &Path, reference: &str, sizes: &[usize]) {
    println!("with an X25519 identity, in brackets the ratio to `{reference} -d` of the same file:\n");
    println!(
        "| credentials | program | {reference} -d | get | list -o name | list -o json | list | add | peak memory of get, list, patch |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    let mut made = Vec::new();
    for &size in sizes {
        let vault = Vault::make(folder, size);
        let rounds = if size > 10_000 { 11 } else { 41 };
        let id = format!("c{:06}", size * 7 / 10);
        let mut decrypt = Command::new(reference);
        decrypt.args(["-d", "-i"]).arg(&vault.identity).args(["-o", "/dev/null"]).arg(&vault.file);
        let programs = programs();
        let mut tasks = vec![task(decrypt)];
        for (number, program) in programs.iter().enumerate() {
            for words in [
                &["get", &*id, "--field", "password"][..],
                &["list", "-o", "name"],
                &["list", "-o", "json"],
                &["list"],
            ] {
                tasks.push(task(vault.command_of(program, words)));
            }
            let (mut added, vault) = (0, &vault);
            tasks.push(Box::new(move || {
                added += 1;
                let id = format!("new{number}-{added:04}");
                let mut add = vault.command_of(program, &["add", "Simple", &id, "value=env:VALUE"]);
                time(add.env("VALUE", "v"))
            }));
        }
        let times = in_turn(rounds, &mut tasks);
        for (number, (program, times_of)) in programs.iter().zip(times[1..].chunks(5)).enumerate() {
            let cells: Vec<String> =
                times_of.iter().map(|&time| format!("{} ({:.2})", ms(time), ratio(time, times[0]))).collect();
            let memory = [&["get", &*id][..], &["list"], &["patch", &id, "--description", "x"]]
                .map(|words| peak(&vault.command_of(program, words)).map_or("?".to_owned(), mib));
            let (number, decrypt) = (number + 1, ms(times[0]));
            println!("| {size} | {number} | {decrypt} | {} | {} |", cells.join(" | "), memory.join(", "));
        }
        let file = mib(fs::metadata(&vault.file).unwrap().len() / 1024);
        made.push(format!("{size} in {} ({file})", ms(vault.made_in)));
    }
    println!("\nadded in one call, and the size of the file: {}", made.join(", "));
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
    let stretch = || {
        let start = Instant::now();
        let mut recipient = age::scrypt::Recipient::new("correct horse".to_owned().into());
        recipient.set_work_factor(18);
        let made = age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient));
        assert!(made.is_ok());
        start.elapsed()
    };
    let get = command(&["get", "a", "--field", "value"]);
    let patch = command(&["patch", "a", "--description", "x"]);
    let times = in_turn(5, &mut [Box::new(stretch), task(get), task(patch)]);
    println!(
        "with a passphrase: one scrypt of 2^18 {}, get {} ({:.2}), patch {} ({:.2})",
        ms(times[0]),
        ms(times[1]),
        ratio(times[1], times[0]),
        ms(times[2]),
        ratio(times[2], times[0])
    );
}

/// With the agent, beside a plain identity.
fn unlocked(folder: &Path) {
    if !cfg!(target_os = "linux") {
        return;
    }
    let inner = folder.join("unlocked");
    fs::create_dir(&inner).unwrap();
    let vault = Vault::make(&inner, 1_000);
    let (passphrase, file) = (inner.join("passphrase"), inner.join("with-passphrase.age"));
    fs::write(&passphrase, "correct horse\n").unwrap();
    fs::copy(&vault.file, &file).unwrap();
    let with_agent = |words: &[&str]| {
        let mut command = vault.command(words);
        command.env("XDG_RUNTIME_DIR", &inner);
        command
    };
    let with_passphrase = |words: &[&str]| {
        let mut command = with_agent(words);
        // two vaults of one id: each is the only one on its machine
        command.env("CREDCTL_VAULT", &file).env("XDG_STATE_HOME", inner.join("state"));
        command
    };
    time(with_passphrase(&["rekey", "--new-passphrase-file"]).arg(&passphrase));
    // the identity once more, with a passphrase on it
    let protected = inner.join("protected.txt");
    let lockset = credctl::vault::Lockset::Passphrase("correct horse".into());
    let sealer = credctl::vault::Sealer::new(&lockset).unwrap();
    fs::write(&protected, sealer.seal_armored(&fs::read(&vault.identity).unwrap()).unwrap()).unwrap();
    let with_protected = |words: &[&str]| {
        let mut command = with_agent(words);
        command.env("CREDCTL_IDENTITY", &protected);
        command
    };
    let unlock = ["unlock", "--passphrase-file", passphrase.to_str().unwrap()];
    time(&mut with_passphrase(&unlock));
    time(&mut with_protected(&unlock));
    let get = ["get", "c000700", "--field", "password"];
    let patch = ["patch", "c000700", "--description", "x"];
    let (plain_get, held_get) = (vault.command(&get), with_passphrase(&get));
    let (plain_patch, held_patch) = (vault.command(&patch), with_protected(&patch));
    let times = in_turn(41, &mut [task(plain_get), task(held_get), task(plain_patch), task(held_patch)]);
    time(&mut with_agent(&["lock", "--all"]));
    println!(
        "unlocked, 1,000 credentials: get with an identity {}, with a passphrase {} ({:.2}), patch with an identity {}, with a protected one {} ({:.2})",
        ms(times[0]),
        ms(times[1]),
        ratio(times[1], times[0]),
        ms(times[2]),
        ms(times[3]),
        ratio(times[3], times[2])
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
        self.command_of(Path::new(PROGRAM), words)
    }

    fn command_of(&self, program: &Path, words: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(words).env("CREDCTL_VAULT", &self.file).env("CREDCTL_IDENTITY", &self.identity);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }
}

/// Something that is done again and again, and takes a time.
type Task<'a> = Box<dyn FnMut() -> Duration + 'a>;

fn task(mut command: Command) -> Task<'static> {
    Box::new(move || time(&mut command))
}

/// Runs the tasks in turn and gives the median of each.
fn in_turn(rounds: usize, tasks: &mut [Task<'_>]) -> Vec<Duration> {
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
