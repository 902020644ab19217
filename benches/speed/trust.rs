//! The cost of the memory of vaults, and of signatures.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::measure::{Task, in_turn, ms, ratio, task, time};
use super::vault::Vault;

/// Measures the cost of the memory of vaults: the same calls with a state folder, and with one that cannot be made.
pub fn memory(folder: &Path, sizes: &[usize]) {
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

/// Measures the cost of a signature: the same calls with a signed vault and with one that is not.
pub fn signed(folder: &Path, sizes: &[usize]) {
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
