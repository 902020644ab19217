//! The blobs on the disk: what is lost, linked or cut short by a kill, and contents that are larger than the limits.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use serde_json::{Value, json};

use super::attachments::scene;
use super::sweep::{strace, traced};
use crate::support::{PROGRAM, Run as _, Scene};
use crate::verbs::attach::{blobs, content};

#[test]
fn a_blob_that_was_lost_comes_back_with_the_content() {
    let (scene, large) = scene();
    scene.run(["export", "--out", "all.json"]).ok();
    let import = ["import", "all.json", "--on-conflict", "replace"];
    let path = || scene.path("vault.age.d").join(&blobs(&scene)[0]);
    // removed, cut at its end, changed in the middle
    let faults: [fn(&Path); 3] = [
        |path| fs::remove_file(path).unwrap(),
        |path| fs::File::options().write(true).open(path).unwrap().set_len(70_000).unwrap(),
        |path| {
            let mut bytes = fs::read(path).unwrap();
            bytes[90_000] ^= 1;
            fs::write(path, bytes).unwrap();
        },
    ];
    for fault in faults {
        assert_eq!(blobs(&scene).len(), 1);
        fault(&path());
        scene.run(["get", "admin", "--attachment", "large"]).exits(9);
        scene.run(import.iter().chain(&["--dry-run"])).ok();
        scene.run(import).ok();
        assert!(content(&scene, "admin", "large") == large);
        scene.run(["check", "--only", "attachment", "--attachments"]).ok();
        scene.run(["purge", "admin", "-y"]).ok();
    }
    fs::remove_file(path()).unwrap();
    scene.run(["attach", "admin", "large", "--overwrite"]).ok();
    assert!(content(&scene, "admin", "large") == large);
    // one that is there is used again
    scene.run(["purge", "admin", "-y"]).ok();
    let before = blobs(&scene);
    scene.run(import).ok();
    assert!(before.len() == 1 && blobs(&scene) == before);
}

#[test]
fn a_blob_that_is_named_in_another_spelling_stays() {
    for (ours, other) in [("\"blob\":", "\"\\u0062lob\":"), ("\"blob\":", "\"blob\"BLANKS:")] {
        let (scene, large) = scene();
        let recipient = scene.recipient("e.txt");
        scene.run(["grant", "admin", "--api-proxy", "P"]).ok();
        // the offsets of the index count the bytes that are added
        let text = scene.text();
        let line = text.lines().find(|line| line.starts_with("{\"id\":\"admin\"")).unwrap();
        let odd = line.replace(ours, &other.replace("BLANKS", &" ".repeat(200)));
        let index: Value = serde_json::from_str(
            text.lines().last().unwrap().strip_prefix("\"index\":").unwrap().strip_suffix('}').unwrap(),
        )
        .unwrap();
        let more = (odd.len() - line.len()) as u64;
        let mut moved = index;
        let from = text.find(line).unwrap() as u64;
        let later = |value: &mut Value| {
            let at = value.as_u64().unwrap();
            *value = json!(if at > from { at + more } else { at });
        };
        later(&mut moved["at"]);
        for pair in moved["sections"].as_array_mut().unwrap() {
            pair.as_array_mut().unwrap().iter_mut().for_each(later);
        }
        let (begin, _) = text.rsplit_once("\"index\":").unwrap();
        scene.set_text(format!("{}\"index\":{moved}}}\n", begin.replacen(line, &odd, 1)));
        for text in ["one", "two", "three", "four"] {
            scene.login(text);
        }
        assert!(scene.text().contains(&odd), "the line was copied");
        assert!(content(&scene, "admin", "large") == large);
        let words =
            ["environment", "add", "e", "--recipient", &recipient, "--out", "e.age", "--api-proxy", "P"];
        scene.run(words).ok();
        let fetch = ["get", "admin", "--attachment", "large", "--vault", "e.age", "-i", "e.txt"];
        assert!(scene.run(fetch).ok().stdout == large);
        // in our own spelling again, nothing is left in doubt
        scene.run(["detach", "admin", "large"]).ok();
        scene.run(["purge", "admin", "-y"]).ok();
        assert_eq!(blobs(&scene), [""; 0]);
    }
}

#[test]
fn a_folder_of_blobs_that_is_a_link_is_refused_and_left_alone() {
    let (scene, large) = scene();
    let recipient = scene.recipient("e.txt");
    scene.run(["grant", "admin", "--api-proxy", "P"]).ok();
    let add = |name: &str, out: &str| {
        ["environment", "add", name, "--recipient", &recipient, "--out", out, "--api-proxy", "P"]
            .map(str::to_owned)
    };
    scene.run(add("e", "e.age")).ok();
    let before = (blobs(&scene), crate::support::names(&scene.path("e.age.d")));
    // to the blobs of the vault and to those of another bundle, with a blob to bring and without
    for (name, target) in [("f", "vault.age.d"), ("g", "e.age.d")] {
        let (out, link) = (format!("{name}.age"), format!("{name}.age.d"));
        symlink(target, scene.path(&link)).unwrap();
        let says = format!("{link}` is a symbolic link, not a folder");
        scene.run(add(name, &out)).says(&says);
        scene.run(["revoke", "admin", "--api-proxy", "P"]).says(&says);
        scene.run(["grant", "admin", "--api-proxy", "P"]).says(&says);
        // the bundle was in place before the link was
        fs::remove_file(scene.path(&link)).unwrap();
        scene.run(["deploy"]).ok();
        if scene.path(&link).exists() {
            fs::remove_dir_all(scene.path(&link)).unwrap();
        }
        symlink(target, scene.path(&link)).unwrap();
        scene.run(["environment", "remove", name, "--delete-bundle", "-y"]).exits(10).says(&says);
        fs::remove_file(scene.path(&link)).unwrap();
        scene.run(["environment", "remove", name, "--delete-bundle", "-y"]).ok();
        assert_eq!((blobs(&scene), crate::support::names(&scene.path("e.age.d"))), before);
    }
    assert!(content(&scene, "admin", "large") == large);
    // a link in the place of the vault's own
    fs::rename(scene.path("vault.age.d"), scene.path("elsewhere")).unwrap();
    symlink("elsewhere", scene.path("vault.age.d")).unwrap();
    let says = "vault.age.d` is a symbolic link, not a folder";
    scene.run(["get", "admin", "--attachment", "large"]).exits(10).says(says);
    scene.run(["attach", "admin", "large", "--overwrite"]).exits(10).says(says);
    scene.run(["patch", "admin", "--description", "d"]).ok();
    assert_eq!(crate::support::names(&scene.path("elsewhere")), before.0);
}

#[test]
fn an_import_has_more_attachments_than_open_files() {
    let scene = Scene::with_login();
    let attachments: Vec<_> = (0..120_u32)
        .map(|number| {
            let content = format!("{number:>20000}");
            json!({"name": format!("file-{number}"), "content": credctl::base64::encode(content.as_bytes()).expose()})
        })
        .collect();
    let mut document: Value = serde_json::from_slice(&scene.run(["export"]).ok().stdout).unwrap();
    document["credentials"][0]["attachments"] = Value::from(attachments);
    scene.file("all.json", document.to_string());
    let mut shell = std::process::Command::new("bash");
    shell.args(["-c", &format!("ulimit -n 40 && {PROGRAM} import all.json --on-conflict replace")]);
    scene.environment(shell.current_dir(scene.path("")));
    shell.outcome("").ok();
    assert_eq!(blobs(&scene).len(), 120);
    assert!(blobs(&scene).iter().all(|name| name.strip_suffix(".age").is_some()));
    assert_eq!(content(&scene, "admin", "file-7"), format!("{:>20000}", 7).as_bytes());
}

/// The calls by which an attach reaches the disk.
const CALLS: [&str; 9] =
    ["openat", "mkdirat", "write", "fsync", "linkat", "renameat", "renameat2", "unlinkat", "flock"];

/// Runs a change with an injection into the n-th call of a kind until there is none, and looks at the vault after
/// each.
fn sweep(what: &str, words: &[&str], check: impl Fn(&Scene, &str)) {
    if !strace() {
        return;
    }
    let (scene, _) = scene();
    let mut reached = 0;
    for call in CALLS {
        for number in 1..80 {
            let at = format!("{call}-{number}-{what}");
            let mut command = traced(&scene, &format!("{call}:{what}:when={number}"), words);
            command.args(["--lock-timeout", "2s"]).outcome("");
            let log = fs::read_to_string(scene.path("strace.log")).unwrap_or_default();
            check(&scene, &at);
            if !(log.contains("(INJECTED)") || log.contains("+++ killed by")) {
                break;
            }
            reached += 1;
        }
    }
    assert!(reached > 10, "only {reached} calls were reached");
    // what was left behind goes with the next changes
    for text in ["one", "two", "three"] {
        scene.run(["patch", "admin", "--description", text]).ok();
    }
    let left: Vec<_> = blobs(&scene).into_iter().filter(|name| name.starts_with('.')).collect();
    assert_eq!(left, [""; 0]);
    scene.run(["check", "--only", "attachment", "--attachments"]).ok();
    scene.run(["doctor", "--only", "attachments"]).ok();
}

/// Every attachment that the vault names can be read.
fn resolves(scene: &Scene, at: &str) {
    let shown = scene.run(["get", "admin", "-o", "json"]).ok().json();
    for attachment in shown["attachments"].as_array().unwrap() {
        let name = attachment["name"].as_str().unwrap();
        let read = scene.run(["get", "admin", "--attachment", name]);
        assert_eq!(read.status(), Some(0), "{at}: {name}: {}", read.stderr);
        assert_eq!(read.stdout.len() as u64, attachment["size"].as_u64().unwrap(), "{at}: {name}");
    }
    // the generation before, too
    scene.run(["undo"]).ok();
    let before = scene.run(["get", "admin", "-o", "json"]).ok().json();
    for attachment in before["attachments"].as_array().unwrap() {
        let name = attachment["name"].as_str().unwrap();
        assert_eq!(
            scene.run(["get", "admin", "--attachment", name]).status(),
            Some(0),
            "{at}: {name} before"
        );
    }
    scene.run(["undo"]).ok();
}

#[test]
fn killed_at_every_call_an_attach_leaves_no_dangling_reference() {
    let words = ["attach", "admin", "large", "--as", "again", "--overwrite"];
    sweep("signal=KILL", &words, resolves);
}

#[test]
fn failing_at_every_call_an_attach_leaves_no_dangling_reference() {
    let words = ["attach", "admin", "large", "--as", "again", "--overwrite"];
    sweep("error=EIO", &words, resolves);
}

#[test]
fn a_content_larger_than_the_memory_passes_through() {
    passes_through(100 * 1024 * 1024);
}

#[test]
#[ignore = "needs minutes and 2.5 GiB of disk"]
fn a_gibibyte_passes_through() {
    passes_through(1024 * 1024 * 1024);
}

/// A content far larger than the memory goes in and out, also through a pipe, a bundle and an export. The disk has two
/// copies of it at most, one of which may be an export.
fn passes_through(size: u64) {
    let (scene, other) = (Scene::with_login(), Scene::new());
    // a hole, which needs no disk
    fs::File::create(scene.path("large")).unwrap().set_len(size).unwrap();
    let recipient = scene.recipient("e.txt");
    scene.run(["grant", "admin", "--api-proxy", "P"]).ok();
    within(&scene, "attach admin - --as piped < large");
    within(&scene, "get admin --attachment piped --out out");
    assert_eq!(fs::metadata(scene.path("out")).unwrap().len(), size);
    fs::remove_file(scene.path("out")).unwrap();
    within(&scene, "detach admin piped");
    within(&scene, "purge --all -y");
    within(&scene, "attach admin large");
    within(&scene, "get admin --attachment large | cmp - large");
    within(&scene, "check --attachments --only attachment");
    within(&scene, &format!("environment add e --recipient {recipient} --out e.age --api-proxy P"));
    within(&scene, "get admin --attachment large --vault e.age -i e.txt | cmp - large");
    within(&scene, "environment remove e --delete-bundle -y");
    carry(&scene, &other, "", &scene);
    carry(&other, &scene, &format!("--encrypt-to {}", other.own()), &scene);
}

/// Moves the content to another vault by an export, which is larger than the content.
fn carry(from: &Scene, to: &Scene, options: &str, source: &Scene) {
    within(from, &format!("export {options} --out all"));
    let (file, large) = (from.path("all"), source.path("large"));
    let size = |path: &Path| fs::metadata(path).unwrap().len();
    assert!(size(&file) > size(&large) / 3 * 4);
    within(from, "detach admin large");
    within(from, "purge --all -y");
    assert_eq!(blobs(from), [""; 0]);
    let identity = from.text_path("identity.txt");
    let import =
        format!("import {} -i {identity} -i identity.txt --on-conflict replace", file.to_str().unwrap());
    within(to, &format!("{import} --dry-run"));
    within(to, &import);
    fs::remove_file(&file).unwrap();
    assert_eq!(blobs(to).len(), 1);
    within(to, &format!("get admin --attachment large | cmp - {}", large.to_str().unwrap()));
}

/// Runs the program under a limit of 64 MiB of memory, by a shell.
#[track_caller]
fn within(scene: &Scene, words: &str) {
    let mut shell = std::process::Command::new("bash");
    shell.args(["-c", &format!("set -o pipefail; ulimit -v 65536 && {PROGRAM} {words}")]);
    scene.environment(shell.current_dir(scene.path("")));
    shell.outcome("").ok();
}
