//! The start of the program, and its usual verbs with an identity.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::measure::{in_turn, mib, ms, peak, ratio, task, time};
use super::programs;
use super::vault::Vault;

/// Measures the start, beside a program that does nothing.
pub fn start(folder: &Path) {
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

/// Measures the usual verbs with an X25519 identity.
pub fn identity(folder: &Path, reference: &str, sizes: &[usize]) {
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
