//! The cost of a merge, and of everything that looks at all credentials or at their versions.

use std::fs;
use std::path::Path;
use std::time::Instant;

use super::measure::{in_turn, ms, ratio, task, time};
use super::vault::Vault;

/// Measures a merge beside a `get`: a merge of a copy in which one credential was changed, and a merge of one in which all were.
pub fn merging(folder: &Path, sizes: &[usize]) {
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

/// Measures a `get` among many versions, and the verbs that look at all credentials.
pub fn history(folder: &Path) {
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
