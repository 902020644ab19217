//! `otp`: codes by time and by a counter, who may have them, and where a seed shows.

use std::collections::BTreeSet;
use std::fs::File;
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

use credctl::otp::OneTimePassword;
use serde_json::json;

use crate::support::samples::SEED;
use crate::support::terminal::Terminal;
use crate::support::{Run as _, Scene};

/// The codes of RFC 4226 for `SEED`.
const CODES: [&str; 10] =
    ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"];

fn counted() -> String {
    format!("otpauth://hotp/vpn?secret={SEED}&counter=0")
}

/// A code that stays for a day, so that a test can name it.
fn daily() -> String {
    format!("otpauth://totp/ACME:me?secret={SEED}&issuer=ACME&period=86400")
}

fn scene() -> Scene {
    let scene = Scene::new();
    scene.run_with(["add", "otp", "github", "totp=-", "username=me"], daily()).ok();
    scene.run_with(["add", "otp", "vpn", "totp=-"], counted()).ok();
    scene
}

/// The code of the day, and the seconds that are left; taken again if the day ended meanwhile.
fn of_the_day<T>(look: impl Fn(&str, &str, u64) -> T) -> T {
    let password = OneTimePassword::parse(&daily()).unwrap();
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    loop {
        let start = now();
        let factor = password.factor(start);
        let codes = [factor, factor + 1].map(|factor| password.code(factor).expose().to_owned());
        if password.seconds_left(start).unwrap() > 60 {
            return look(&codes[0], &codes[1], start);
        }
        thread::sleep(std::time::Duration::from_secs(61));
    }
}

#[test]
fn a_code_by_time() {
    let scene = scene();
    of_the_day(|code, next, _| {
        assert_eq!(scene.run(["otp", "github"]).ok().stdout(), format!("{code}\n"));
        assert_eq!(scene.run(["code", "github", "--next"]).ok().stdout(), format!("{next}\n"));
        let answer = scene.answer(["otp", "github"]);
        assert_eq!(
            (&answer["code"], &answer["period"], answer.get("next")),
            (&json!(code), &json!(86400), None)
        );
        assert!(answer["secondsLeft"].as_u64().is_some_and(|left| (1..=86400).contains(&left)), "{answer}");
        assert_eq!(scene.answer(["otp", "github", "--next"])["next"], next);
        // the code is a value, too
        assert_eq!(scene.run(["get", "github", "--field", "otp"]).ok().stdout(), code);
        assert_eq!(
            scene.run_with(["inject"], "a cred://github/otp b\n").ok().stdout(),
            format!("a {code} b\n")
        );
        let run = ["run", "--env", "CODE=cred://github/otp", "--", "sh", "-c", "test $CODE = $0", code];
        scene.run(run).ok();
    });
}

#[test]
fn a_login_has_codes_and_its_seed_is_a_field() {
    let scene = Scene::with_login();
    scene
        .run(["otp", "admin"])
        .exits(4)
        .says("admin has no seed of one-time passwords")
        .says("credctl patch ID totp=-");
    let patched = scene.run_with(["patch", "admin", "totp=-"], "gezd gnbv gy3t qojq").ok();
    patched.says("shorter than 128 bits").hides("gezd").hides("GEZD");
    assert_eq!(scene.get("admin")["fields"]["totp"], "GEZDGNBVGY3TQOJQ");
    assert_eq!(scene.run(["otp", "admin"]).ok().stdout().len(), 7);
    scene.refuses(2, ["add", "otp", "x", "totp=GEZDGNBVGY3TQOJQ"], "").hides("GEZDGNBVGY3TQOJQ");
    let refused = scene.refuses(3, ["patch", "admin", "totp=-"], "GEZD1NBV");
    refused.says("which character 5 of the seed is not").hides("GEZD1NBV");
}

#[test]
fn a_counter_is_saved_before_its_code_is_printed() {
    let scene = scene();
    let etag = scene.get("vpn")["etag"].clone();
    for code in &CODES[..2] {
        assert_eq!(scene.run(["otp", "vpn"]).ok().stdout(), format!("{code}\n"));
    }
    let stored = scene.get("vpn");
    assert_eq!(stored["fields"]["totp"], counted().replace("counter=0", "counter=2"));
    assert_eq!(scene.answer(["otp", "vpn"]), json!({"code": CODES[2], "counter": 2}));
    // like a grant, it makes no version, but what was seen before must not be written back
    assert_eq!(stored["revision"], 1);
    assert_ne!(stored["etag"], etag);
    scene.refuses(5, ["patch", "vpn", "issuer=x", "--if-match", etag.as_str().unwrap()], "");
    scene.refuses(2, ["otp", "vpn", "--next"], "");
    scene.refuses(6, ["otp", "vpn", "--role", "operator"], "").hides(CODES[3]);
    // the code is only read there, so it would come again
    scene.refuses(2, ["get", "vpn", "--field", "otp"], "").says("credctl otp ID");
    scene.refuses(4, ["inject"], "cred://vpn/otp").says("line 1");
    // no code of a write that did not happen
    let lock = File::open(scene.path("vault.age.lock")).unwrap();
    lock.lock().unwrap();
    let waits = scene.refuses(10, ["otp", "vpn", "--lock-timeout", "100ms"], "");
    assert_eq!(waits.stdout(), "");
    drop(lock);
    assert_eq!(scene.run(["otp", "vpn"]).ok().stdout(), format!("{}\n", CODES[3]));
}

#[test]
fn no_code_of_a_counter_is_given_twice() {
    let scene = scene();
    let taken: BTreeSet<String> = thread::scope(|scope| {
        let take = || {
            scope.spawn(|| scene.run(["otp", "vpn", "--lock-timeout", "60s"]).ok().stdout().trim().to_owned())
        };
        let calls: Vec<_> = (0..8).map(|_| take()).collect();
        calls.into_iter().map(|call| call.join().unwrap()).collect()
    });
    assert_eq!(taken, CODES[..8].iter().map(|code| (*code).to_owned()).collect());
    assert!(scene.get("vpn")["fields"]["totp"].as_str().unwrap().ends_with("counter=8"));
}

/// The counter that `vpn` has.
fn counter(scene: &Scene) -> u64 {
    let seed = scene.get("vpn")["fields"]["totp"].as_str().unwrap().to_owned();
    seed.rsplit_once("counter=").unwrap().1.parse().unwrap()
}

#[test]
fn undo_leaves_a_counter_where_it_is() {
    let scene = scene();
    assert_eq!(scene.run(["otp", "vpn"]).ok().stdout(), format!("{}\n", CODES[0]));
    for words in [&["undo", "-n"][..], &["undo"]] {
        let outcome = scene.refuses(4, words, "").hides(SEED);
        outcome.says("the last change used a code of `vpn`, and its counter cannot go back");
    }
    assert_eq!(scene.run(["otp", "vpn"]).ok().stdout(), format!("{}\n", CODES[1]));
    // a change of something else and of the counter: only the other one is undone
    scene
        .run_with(["patch", "vpn", "issuer=ACME", "totp=-"], counted().replace("counter=0", "counter=5"))
        .ok();
    let etag = scene.get("vpn")["etag"].clone();
    let answer = scene.answer(["undo"]);
    assert_eq!(answer["message"], "undone: vpn changed back; counters that stay: vpn totp");
    let now = scene.get("vpn");
    assert_eq!((counter(&scene), now["fields"].get("issuer"), &now["revision"]), (5, None, &json!(1)));
    assert!(now["etag"] != etag);
    // a change after a code is undone as ever
    scene.run(["otp", "vpn"]).ok();
    scene.run(["patch", "vpn", "issuer=ACME"]).ok();
    assert_eq!(scene.answer(["undo"])["message"], "undone: vpn changed back");
    assert_eq!(counter(&scene), 6);
}

#[test]
fn what_brings_older_data_back_leaves_a_counter_where_it_is() {
    let scene = scene();
    let old = scene.run(["get", "vpn", "--reveal", "-o", "json"]).ok().json();
    let fields = json!({"id": "vpn", "type": "otp", "totp": old["fields"]["totp"]}).to_string();
    let exported = scene.run(["export", "vpn"]).ok().stdout().to_owned();
    let exported = scene.file("old.json", exported);
    let bare = scene.file("bare.json", &fields);
    scene.run(["patch", "vpn", "issuer=ACME"]).ok();
    for (expected, words) in [
        (1, &["rollback", "vpn", "--revision", "1"][..]),
        (2, &["patch", "-f", &bare]),
        (3, &["update", "-y", "-f", &bare]),
        (4, &["put", "-y", "-f", &bare]),
        (5, &["import", &exported, "--on-conflict", "replace"]),
        (6, &["import", &bare, "--on-conflict", "replace"]),
    ] {
        scene.run(["otp", "vpn"]).ok();
        let outcome = scene.run(words).ok().hides(SEED);
        outcome.says(&format!("totp: the counter stays at {expected}"));
        assert_eq!(counter(&scene), expected, "{words:?}");
    }
    // a deleted credential comes back with the counter that it had
    scene.run(["delete", "-y", "vpn"]).ok();
    scene.run(["restore", "vpn"]).ok();
    assert_eq!(counter(&scene), 6);
    // other seeds and other parameters are others, and a larger counter is taken
    let other = |from: &str, to: &str| fields.replace(from, to);
    for (expected, document) in [
        (9, other("counter=0", "counter=9")),
        (0, other("&counter", "&digits=8&counter")),
        (3, other("counter=0", "digits=8&counter=3")),
        (0, other("secret=GEZD", "secret=GEZE")),
    ] {
        scene.run_with(["patch", "-f", "-"], document).ok();
        assert_eq!(counter(&scene), expected);
    }
    // whoever assigns the field means it
    for verb in [&["patch", "vpn"][..], &["update", "-y", "vpn"]] {
        scene.run_with(["patch", "vpn", "totp=-"], counted().replace("counter=0", "counter=7")).ok();
        scene.run_with([verb, &["totp=-"]].concat(), counted()).ok().hides("stays");
        assert_eq!(counter(&scene), 0);
    }
}

#[test]
fn a_passphrase_is_asked_for_once_although_a_counter_is_written() {
    let scene = Scene::bare();
    let mut init = scene.command(["init"]);
    init.env("CREDCTL_PASSPHRASE", "correct horse");
    init.outcome("").ok();
    let mut add = scene.command(["add", "otp", "vpn", "totp=-"]);
    add.env("CREDCTL_PASSPHRASE", "correct horse");
    add.outcome(counted()).ok();
    let mut command = scene.command(["otp", "vpn", "--no-agent"]);
    command.env_remove("CREDCTL_NON_INTERACTIVE");
    let mut terminal = Terminal::start(&command, "");
    terminal.answer("assphrase", "correct horse");
    let ended = terminal.end();
    assert!(ended.status == 0 && ended.shown.contains(CODES[0]), "{ended:?}");
}

#[test]
fn a_seed_is_shown_on_request_only() {
    let scene = scene();
    scene.login("admin");
    scene.run_with(["patch", "admin", "totp=-"], SEED).ok();
    for id in ["github", "admin"] {
        scene.run(["get", id]).ok().hides(SEED);
        for words in [
            &["--field", "totp"][..],
            &["--field", "totp", "-o", "json"],
            &["--field", "username", "--field", "totp"],
            &["--field", "totp", "-o", "env"],
        ] {
            let outcome = scene.run([&["get", id], words].concat()).exits(2).hides(SEED);
            outcome.says("needs --reveal").says(&format!("credctl otp {id}"));
        }
        let seed = scene.run(["get", id, "--field", "totp", "--reveal"]).ok();
        assert!(seed.stdout().contains(SEED));
    }
    let values = scene.run(["get", "admin", "--field", "username", "--field", "totp", "--reveal"]).ok();
    assert_eq!(values.stdout(), format!("ips\n{SEED}\n"));
}

#[test]
fn a_code_is_a_secret_of_a_credential_that_must_not_be_used() {
    let scene = scene();
    scene.run(["patch", "github", "vpn", "enabled=false"]).ok();
    for words in [["otp", "github"], ["otp", "vpn"], ["get", "github"]] {
        let words = if words[0] == "get" { vec!["get", "github", "--field", "otp"] } else { words.to_vec() };
        let outcome = scene.refuses(6, &words, "").says("is disabled").says("--force");
        assert_eq!(outcome.stdout(), "");
    }
    for id in ["github", "vpn"] {
        let outcome = scene.refuses(6, ["otp", id], "").says(&format!("`credctl otp --force {id}`"));
        outcome.hides("credctl get");
    }
    assert_eq!(scene.run(["otp", "vpn", "--force"]).ok().stdout(), format!("{}\n", CODES[0]));
    assert_eq!(scene.run(["otp", "github", "--force"]).ok().stdout().len(), 7);
}

#[test]
fn other_places_of_a_seed() {
    let scene = scene();
    let entries = ["add", "generic", "extra", "totp=-", "pin=generate"];
    scene.run_with(entries, SEED).ok();
    assert_eq!(scene.run(["otp", "extra"]).ok().stdout().len(), 7);
    assert_eq!(scene.run(["otp", "extra", "--field", "totp"]).ok().stdout().len(), 7);
    scene.run(["otp", "extra", "--field", "none"]).exits(4);
    scene.run(["otp", "github", "--field", "createdAt"]).exits(3).says("createdAt must be base32");
    scene.run_with(["add", "generic", "counting", "otp=-"], counted()).ok();
    let outcome = scene.refuses(2, ["otp", "counting"], "").hides(CODES[0]);
    outcome.says("keyStore.otp cannot keep a counter");
}

#[test]
fn a_terminal_shows_how_long_a_code_lives() {
    let scene = scene();
    let of = |words: &[&str]| {
        let ended = Terminal::sized(&scene.command(words), 80).end();
        assert_eq!(ended.status, 0, "{ended:?}");
        ended.shown
    };
    of_the_day(|code, next, _| {
        let shown = of(&["otp", "github"]);
        assert!(shown.contains(&format!("{code}  (")) && shown.contains(" s left)"), "{shown}");
        let shown = of(&["otp", "github", "--next"]);
        assert!(shown.contains(&format!("{next}  (valid in ")), "{shown}");
    });
    assert!(!of(&["otp", "vpn"]).contains('('));
    let shown = of(&["otp", "github", "--qr", "--color", "never"]);
    assert!(shown.contains("the terminal now shows the seed"), "{shown}");
    let blocks: Vec<_> = shown.lines().map(str::trim_end).filter(|line| line.starts_with('█')).collect();
    assert!(blocks.len() > 15 && blocks.iter().all(|line| line.chars().count() <= 80), "{shown}");
}

#[test]
fn a_qr_code_is_drawn_for_people() {
    let scene = scene();
    scene.run(["otp", "github", "--qr"]).exits(2).says("--reveal draws it anyway");
    scene.run(["otp", "github", "--qr", "--reveal", "-o", "json"]).exits(2);
    scene.run(["otp", "github", "--reveal"]).exits(2);
    let drawn = scene.run(["otp", "github", "--qr", "--reveal", "--color", "never"]).ok().stdout().to_owned();
    let lines: Vec<_> = drawn.lines().collect();
    assert!(lines.iter().all(|line| line.chars().count() == lines[0].chars().count()), "{drawn}");
    let narrow = Terminal::sized(&scene.command(["otp", "github", "--qr"]), 30).end();
    assert_eq!((narrow.status, narrow.shown.contains("columns")), (2, true), "{narrow:?}");
    let low = Terminal::of_size(&scene.command(["otp", "github", "--qr"]), 15, 80).end();
    assert_eq!((low.status, low.shown.contains("lines")), (2, true), "{low:?}");
    assert!(!low.shown.contains('█'), "{low:?}");
}

#[test]
fn there_is_no_dry_run_of_a_code() {
    let scene = scene();
    scene.refuses(2, ["otp", "vpn", "--dry-run"], "");
    scene.refuses(2, ["otp"], "").says("the id of one credential is needed");
    scene.refuses(4, ["otp", "none"], "");
    scene.run(["totp", "vpn"]).exits(2).says("credctl otp ID");
}

#[test]
fn seeds_come_from_apps_and_go_back() {
    let scene = Scene::new();
    let lines = format!("{}\n{}\n", daily(), counted());
    let file = scene.file("seeds.txt", &lines);
    scene.run(["import", &file]).ok();
    assert_eq!(scene.ids(), ["ACME", "vpn"]);
    assert_eq!(scene.run(["export", "--format", "otpauth"]).ok().stdout(), lines);
    // the same file again changes nothing
    scene.run(["import", &file, "--on-conflict", "skip"]).ok();
    assert_eq!(scene.ids().len(), 2);
    let aegis = json!({"version": 1, "header": {"slots": null, "params": null}, "db": {"version": 3, "entries": [
        {"type": "steam", "name": "gamer", "issuer": "Steam", "note": "S-note",
         "info": {"secret": SEED, "algo": "SHA1", "digits": 5, "period": 30}}]}});
    scene.run(["import", &scene.file("aegis.json", aegis.to_string())]).ok().hides(SEED);
    let code = scene.run(["otp", "Steam"]).ok().stdout().to_owned();
    assert!(code.len() == 6 && code.trim().bytes().all(|byte| b"23456789BCDFGHJKMNPQRTVWXY".contains(&byte)));
    let encrypted = r#"{"version":1,"header":{"slots":[{}],"params":{}},"db":"Y2lwaGVy"}"#;
    let file = scene.file("encrypted.json", encrypted);
    scene.refuses(3, ["import", &file], "").says("an encrypted backup of Aegis");
}
