//! Version 2 of the format: the upgrade, and what the new places hold and refuse.

use std::fs;

use credctl::vault::Seal;
use serde_json::{Value, json};

use super::fixtures::{thawed, thawed_of};
use super::hostile::{SECTIONS, laid_out};
use crate::support::{Run as _, Scene, lab, on};

const SIGNER: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEf6jTbPyrPZ2oGzaLoUnOAiuoyCnJ2uLw0YAk2MyCpe";

fn document(scene: &Scene) -> Value {
    serde_json::from_str(&scene.text()).unwrap()
}

#[test]
fn the_first_write_upgrades_a_vault_of_version_1_and_says_so_once() {
    for edited in [false, true] {
        let scene = thawed("all-types.age");
        let old = lab::decrypt(&scene.vault(), &scene.path("identity.txt"));
        if edited {
            scene.edit(|_| {});
        }
        let bytes = scene.bytes();
        assert_eq!(scene.answer(["status"])["format"], json!(1));
        // a read leaves the file alone
        let before = scene.run(["list", "-o", "json"]).ok().json();
        let all: Vec<Value> = scene.ids().iter().map(|id| scene.get(id)).collect();
        assert_eq!(scene.bytes(), bytes);
        let told = scene.run_with(["add", "Simple", "new", "value=-"], "x").ok();
        told.says("upgraded the vault to format 2; the previous file is `vault.age.bak`");
        assert_eq!(fs::read(scene.path("vault.age.bak")).unwrap(), bytes);
        assert_eq!(scene.answer(["status"])["format"], json!(2));
        scene.run(["delete", "-y", "new"]).ok().hides("upgraded");
        assert_eq!(scene.run(["list", "-o", "json"]).ok().json(), before);
        let again: Vec<Value> = scene.ids().iter().map(|id| scene.get(id)).collect();
        assert_eq!(again, all);
        let old: Value = serde_json::from_slice(&old).unwrap();
        let new = document(&scene);
        // a recipient of which nothing is known stays a text
        for member in ["id", "recipients", "credentials"] {
            assert_eq!(new[member], old[member], "{member}");
        }
        let sections: Vec<_> = SECTIONS.iter().filter(|section| new[**section].is_array()).collect();
        assert_eq!(sections.len(), SECTIONS.len());
    }
}

#[test]
fn an_upgrade_can_be_undone_and_stays_one() {
    let scene = thawed("all-types.age");
    let before = scene.run(["list", "-o", "json"]).ok().json();
    scene.run_with(["add", "Simple", "new", "value=-"], "x").ok();
    let upgraded = document(&scene);
    scene.run(["undo", "-y"]).ok();
    let undone = document(&scene);
    assert_eq!(scene.run(["list", "-o", "json"]).ok().json(), before);
    assert_eq!((&undone["version"], &undone["seal"]), (&json!(2), &upgraded["seal"]));
    // the file before is gone with a change of keys, and nothing says that it is there
    let scene = thawed("all-types.age");
    let told = scene.run(["rekey", "--add-recipient", &scene.recipient("friend.txt")]).ok();
    told.says("upgraded the vault to format 2").hides("the previous file is");
}

#[test]
fn a_recipient_has_its_origin_and_keeps_its_name() {
    let scene = Scene::with_login();
    let own = scene.own();
    let first = document(&scene)["recipients"][0].clone();
    assert_eq!((&first["recipient"], first.get("name")), (&json!(own), None));
    assert!(first["addedAt"].is_string() && first["addedBy"].is_string());
    // hand-written: a text, and an object with a name
    let friend = scene.recipient("friend.txt");
    scene.edit(|document| {
        document["recipients"] = json!([own, {"recipient": friend, "name": "Büro Süd"}]);
    });
    lab::encrypt_to(scene.text().as_bytes(), &scene.vault(), &[&own, &friend]);
    scene.forget();
    scene.run(["patch", "admin", "--description", "x"]).exits(9).says(&friend);
    scene.run(["patch", "admin", "--description", "x", "--accept-recipients"]).ok();
    let roster = document(&scene)["recipients"].clone();
    assert_eq!(roster, json!([own, {"recipient": friend, "name": "Büro Süd"}]));
    assert_eq!(scene.answer(["status"])["recipients"], json!([own, friend]));
    scene.run(["list", "-i", "friend.txt"]).ok();
    // a change of keys keeps what is known of those who stay
    let third = scene.recipient("third.txt");
    scene.run(["rekey", "--add-recipient", &third]).ok();
    let roster = document(&scene)["recipients"].clone();
    assert_eq!(roster[1], json!({"recipient": friend, "name": "Büro Süd"}));
    assert_eq!(roster[2]["recipient"], json!(third));
    assert!(roster[2]["addedAt"].is_string());
    scene.run(["doctor"]).ok();
    // a name that is no name, and members that no version has
    for wrong in [
        json!({"recipient": own, "name": "a\u{202e}"}),
        json!({"recipient": own, "x": 1}),
        json!({"name": "x"}),
    ] {
        scene.edit(|document| document["recipients"] = json!([wrong]));
        scene.run(["patch", "admin", "--description", "y", "--accept-recipients"]).exits(9);
    }
}

#[test]
fn first_lines_out_of_bounds_are_refused() {
    let scene = Scene::with_login();
    let sound = scene.text();
    let seal = document(&scene)["seal"].clone();
    let digests = |count: usize| (0..count).map(|at| format!("{at:064x}")).collect::<Vec<_>>();
    let signers = |count: usize| -> Value {
        (0..count).map(|at| json!({"name": format!("s{at}"), "key": key(at)})).collect()
    };
    let with = |member: &str, value: Value| {
        let mut document: Value = serde_json::from_str(&sound).unwrap();
        document.as_object_mut().unwrap().remove("index");
        document[member] = value;
        document.to_string()
    };
    let without_seal = {
        let mut document: Value = serde_json::from_str(&sound).unwrap();
        document.as_object_mut().unwrap().remove("seal");
        document.to_string()
    };
    let line = sound.lines().next().unwrap();
    let longer =
        |members: &str| laid_out(&sound.replacen(line, &format!("{}{members},", &line[..line.len() - 1]), 1));
    let mut rows = vec![
        ("no seal", without_seal),
        ("a short seal", with("seal", json!("AAAA"))),
        ("a seal that is no base64", with("seal", json!("?".repeat(44)))),
        ("a number as seal", with("seal", json!(1))),
        ("too many parents", with("parents", json!(digests(17)))),
        ("a million parents", with("parents", json!(digests(100_000)))),
        ("a parent twice", with("parents", json!([digests(1)[0], digests(1)[0]]))),
        ("a parent that is no digest", with("parents", json!(["x"]))),
        ("a digest in capital letters", with("parents", json!(["A".repeat(64)]))),
        ("too many signers", with("signers", signers(65))),
        ("a signer without a name", with("signers", json!([{"key": SIGNER}]))),
        ("a signer with a hidden name", with("signers", json!([{"name": "\u{1b}[2J", "key": SIGNER}]))),
        ("a signer with a member more", with("signers", json!([{"name": "x", "key": SIGNER, "y": 1}]))),
        ("a signer with a key that is none", with("signers", json!([{"name": "x", "key": "age1x"}]))),
        (
            "a signer with a long key",
            with("signers", json!([{"name": "x", "key": format!("{SIGNER}{}", "A".repeat(4096))}])),
        ),
        ("too many former seals", with("formerSeals", json!(digests(17)))),
        ("a former seal twice", with("formerSeals", json!([digests(1)[0], digests(1)[0]]))),
        ("a former seal that is no digest", with("formerSeals", json!(["x"]))),
        ("former seals twice", longer(",\"formerSeals\":[],\"formerSeals\":[]")),
        // under an index that fits
        ("a seal twice", longer(&format!(",\"seal\":{seal}"))),
        ("parents twice", longer(",\"parents\":[],\"parents\":[]")),
        ("a member that is not known", longer(",\"other\":1")),
        ("a first line of 40 KB", longer(&" ".repeat(40_000))),
    ];
    rows.push(("version 1 with a seal", with("version", json!(1))));
    for (what, text) in rows {
        scene.set_text(&text);
        let before = scene.bytes();
        // a line that is only too long is laid out again
        let status = if what.ends_with("KB") { 0 } else { 9 };
        for words in [&["list"][..], &["get", "admin"], &["patch", "admin", "--description", "x"]] {
            let outcome = scene.run(words);
            assert_eq!(outcome.status(), Some(status), "{what}: {words:?}: {}", outcome.stderr);
            assert!(!outcome.stderr.contains('\u{1b}'), "{what}");
        }
        assert_eq!(scene.bytes() == before, status == 9, "{what}");
    }
}

/// A key of the form of an SSH public key, another one for each number.
fn key(number: usize) -> String {
    let mut blob = b"\0\0\0\x0bssh-ed25519\0\0\0\x20".to_vec();
    blob.extend([u8::try_from(number).unwrap(); 32]);
    format!("ssh-ed25519 {}", crate::support::samples::base64(blob))
}

#[test]
fn a_vault_that_is_half_signed_is_refused() {
    let scene = Scene::with_login();
    let sound = scene.text();
    let line = sound.lines().next().unwrap().to_owned();
    let list: Value = (0..40).map(|at| json!({"name": format!("signer {at}"), "key": key(at)})).collect();
    let signers = format!("{}\"signers\":{list},", &line);
    let signed = sound.replacen(&line, &signers, 1);
    let digests = |count: usize| vec![format!("\"{}\"", "0".repeat(64)); count].join(",\n");
    let with_chunks = |text: &str, count: usize| {
        text.replacen("\"chunks\":[\n", &format!("\"chunks\":[\n{}\n", digests(count)), 1)
    };
    let with_signature = |text: &str| {
        let signature = format!(",\"signature\":\"{}\"}}}}\n", "A".repeat(2000));
        format!("{}{signature}", text.strip_suffix("}}\n").unwrap())
    };
    for (what, text, reason) in [
        ("signers", laid_out(&signed), "it has signers and no signature"),
        ("digests", laid_out(&with_chunks(&sound, 1)), "its list of digests is not that of its text"),
        (
            "a signature",
            with_signature(&laid_out(&sound)),
            "its signature is wrong: it is not an SSH signature",
        ),
        (
            "all of it",
            with_signature(&laid_out(&with_chunks(&signed, 600))),
            "its signature is wrong: it is not an SSH signature",
        ),
    ] {
        scene.set_text(&text);
        let before = scene.bytes();
        for words in [
            &["get", "admin", "--field", "password"][..],
            &["list"],
            &["patch", "admin", "--description", "x"],
            &["delete", "-y", "admin"],
            &["rekey", "--recipient", &scene.own()],
        ] {
            let outcome = scene.run(words);
            assert_eq!(outcome.status(), Some(9), "{what}: {outcome:?}");
            outcome.says(reason).hides("old-password");
        }
        assert_eq!(scene.bytes(), before, "{what}");
    }
    // what was edited by hand has the digests and the signature of another text
    scene.set_text(with_signature(&laid_out(&with_chunks(&sound, 3))));
    scene.edit(|_| {});
    scene.run(["patch", "admin", "--description", "x"]).ok();
    assert_eq!(document(&scene)["chunks"], json!([]));
}

#[test]
fn sections_that_no_program_of_today_reads_are_kept_and_bounded() {
    let scene = thawed_of(2, "everything.age");
    let text = scene.text();
    // spaces, numbers and escapes as another writer has them
    let record = "{\"a\" : 1.50, \"b\":[1e3 ,\"\\u00e9\"]}";
    let foreign = text.replacen("\"rules\":[\n", &format!("\"rules\":[\n{record},\n"), 1);
    scene.set_text(laid_out(&foreign));
    scene.run(["patch", "other", "--description", "x"]).ok();
    assert!(scene.text().contains(record), "{}", scene.text());
    // edited by hand, the numbers and escapes stay
    scene.set_text(foreign.replacen("\"index\"", "\"index\" ", 1));
    scene.run(["patch", "other", "--description", "y"]).ok();
    assert!(scene.text().contains("{\"a\":1.50,\"b\":[1e3,\"\\u00e9\"]}"), "{}", scene.text());
    for wrong in [json!(5), json!("x"), json!({"a": 1})] {
        scene.set_text(&text);
        scene.edit(|document| document["rotations"] = wrong.clone());
        scene.run(["list"]).exits(9);
    }
    scene.set_text(&text);
    scene.edit(|document| document["rotations"] = json!([1]));
    scene.run(["list"]).exits(9);
    scene.set_text(&text);
    scene.edit(|document| document["more"] = json!([]));
    scene.run(["list"]).exits(9);
}

#[test]
fn a_text_of_version_1_has_no_section_of_version_2() {
    let scene = thawed("all-types.age");
    let text = scene.text();
    for section in &SECTIONS[7..] {
        scene.set_text(&text);
        scene.edit(|document| document[*section] = json!([]));
        scene.run(["list"]).exits(9).says("version 1");
    }
    scene.set_text(text.replacen("]]}}", "]],\"signature\":\"x\"}}", 1));
    // an index that does not fit is none
    scene.run(["list"]).ok();
}

#[test]
fn a_bundle_is_of_version_2_and_has_a_seal_of_its_own() {
    let scene = Scene::with_login();
    let (friend, out) = (scene.recipient("friend.txt"), scene.text_path("gw.age"));
    scene.run(["environment", "add", "gw", "--recipient", &friend, "--out", &out]).ok();
    scene.run(["grant", "admin", "--api-proxy", "p"]).ok();
    scene.run(["deploy"]).ok();
    let text = lab::decrypt(&scene.path("gw.age"), &scene.path("friend.txt"));
    let bundle: Value = serde_json::from_slice(&text).unwrap();
    assert_eq!((&bundle["version"], &bundle["bundle"]), (&json!(2), &json!("gw")));
    for member in ["formerSeals", "parents", "signers"] {
        assert_eq!(bundle.get(member), None, "{member}");
    }
    let seal = |document: &Value| serde_json::from_value::<Seal>(document["seal"].clone()).unwrap();
    assert_eq!(seal(&bundle), seal(&document(&scene)).digest().bundle_seal("gw"));
    assert_ne!(seal(&bundle), seal(&document(&scene)));
    // the seal of the bundle follows that of the vault
    let third = scene.recipient("third.txt");
    scene.run(["rekey", "--add-recipient", &third]).ok();
    scene.run(["rekey", "--remove-recipient", &third]).ok();
    let text = lab::decrypt(&scene.path("gw.age"), &scene.path("friend.txt"));
    let later: Value = serde_json::from_slice(&text).unwrap();
    assert_eq!(later["formerSeals"], json!([seal(&bundle).digest()]));
    assert_eq!(seal(&later), seal(&document(&scene)).digest().bundle_seal("gw"));
    assert_eq!(bundle["recipients"], json!([friend]));
    // an older bundle is read by a machine that knows no later one
    let mut old = bundle;
    old["version"] = json!(1);
    old.as_object_mut().unwrap().remove("seal");
    for section in &SECTIONS[7..] {
        old.as_object_mut().unwrap().remove(*section);
    }
    old.as_object_mut().unwrap().remove("index");
    lab::encrypt(old.to_string().as_bytes(), &scene.path("old.age"), &scene.path("friend.txt"));
    let words = ["list", "--vault", "old.age", "-i", "friend.txt"];
    on(&scene, "fresh", &words).outcome("").ok();
    scene.run(words).exits(9);
}
