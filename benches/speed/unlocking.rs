//! The cost of a passphrase, and of the agent that spares it.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use super::PROGRAM;
use super::measure::{in_turn, ms, ratio, task, time};
use super::vault::Vault;

/// Measures verbs with a passphrase, beside one stretching of it.
pub fn passphrase(folder: &Path) {
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

/// Measures verbs with the agent, beside a plain identity.
pub fn unlocked(folder: &Path) {
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
