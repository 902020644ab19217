//! Frozen vaults that are signed, or whose seal was renewed. The program wrote them once, and reads them for ever.
//!
//! `CREDCTL_WRITE_FIXTURES=1 cargo test --test it write_signed_fixtures -- --ignored` makes them anew, which is right
//! only before the first release of their version.

use std::fs;

use credctl::vault::Vault;
use serde_json::{Value, json};

use super::fixtures::{content, folder, fresh, identity, thawed_of};
use crate::support::{Scene, lab};

/// The frozen vaults, each with a document beside it that says what it has.
const VAULTS: [&str; 3] = ["signed.age", "signatures-off.age", "former-seals.age"];

/// The content of a vault, its place among its generations, and its signature.
fn everything(vault: &mut Vault) -> Value {
    let signers: Vec<Value> = vault
        .signers()
        .iter()
        .map(|signer| {
            json!({"name": signer.name, "key": signer.key, "generation": signer.generation, "by": signer.by})
        })
        .collect();
    let signed = vault.signed().map(|signed| {
        json!({"by": signed.signature.signer().to_string(), "statement": signed.statement, "signature": signed.signature.to_text()})
    });
    let lineage = vault.lineage();
    let line = json!({
        "seal": lineage.seal.unwrap().digest(), "formerSeals": lineage.former_seals, "parents": lineage.parents,
    });
    json!({"content": content(vault), "signers": signers, "signed": signed, "line": line})
}

fn expected(name: &str) -> Value {
    serde_json::from_slice(&fs::read(folder(2).join(name).with_extension("json")).unwrap()).unwrap()
}

#[test]
fn frozen_signed_vaults_read_as_they_always_did() {
    for name in VAULTS {
        let mut vault = lab::open(&folder(2).join(name), &identity()).unwrap();
        assert_eq!(everything(&mut vault), expected(name), "{name}");
    }
    let signed = expected("signed.age");
    assert_eq!(signed["signers"].as_array().unwrap().len(), 2);
    assert_eq!(signed["signers"][1]["by"], "Operations");
    assert_eq!(signed["signed"]["by"], signed["signers"][1]["key"]);
    let off = expected("signatures-off.age");
    assert!(off["signers"] == json!([]) && off["signed"].is_object());
    assert_eq!(expected("former-seals.age")["line"]["formerSeals"].as_array().unwrap().len(), 2);
}

#[test]
fn a_frozen_signed_vault_is_changed_by_its_signers() {
    let scene = thawed_of(2, "signed.age");
    for name in ["operations.key", "audit.key"] {
        scene.file(name, fs::read(folder(2).join(name)).unwrap());
    }
    scene.refuses(6, ["patch", "db", "--description", "x"], "").says("Operations, Audit");
    for (key, name) in [("operations.key", "Operations"), ("audit.key", "Audit")] {
        scene.run(["--signing-key", key, "patch", "db", "--description", name]).ok();
        assert_eq!(scene.answer(["sign"])["signedBy"]["name"], name);
    }
    scene.run(["--signing-key", "audit.key", "sign", "--remove", "Operations", "-y"]).ok();
    assert_eq!(scene.get("db")["description"], "Audit");
}

#[test]
fn a_changed_byte_of_a_frozen_signed_vault_is_noticed() {
    let scene = thawed_of(2, "signed.age");
    let text = scene.text();
    assert!(text.contains("S-frozen"));
    scene.set_text(text.replacen("S-frozen", "S-forged", 1));
    scene.refuses(9, ["get", "db", "--reveal"], "").says("not the one that was signed").hides("S-forged");
}

#[test]
fn a_machine_that_knows_a_frozen_seal_knows_the_later_vault() {
    let former = expected("former-seals.age")["line"]["formerSeals"].clone();
    let scene = thawed_of(2, "former-seals.age");
    scene.run(["get", "db"]).ok();
    scene.run(["patch", "db", "--description", "x"]).ok();
    let text: Value = serde_json::from_str(&scene.text()).unwrap();
    assert_eq!(text["formerSeals"], former);
}

#[test]
#[ignore = "makes the fixtures anew"]
fn write_signed_fixtures() {
    assert!(std::env::var_os("CREDCTL_WRITE_FIXTURES").is_some(), "set CREDCTL_WRITE_FIXTURES to write them");
    let keep = |scene: &Scene, name: &str| {
        fs::copy(scene.vault(), folder(2).join(name)).unwrap();
        let mut vault = lab::open(&scene.vault(), &scene.path("identity.txt")).unwrap();
        let text = serde_json::to_string_pretty(&everything(&mut vault)).unwrap() + "\n";
        fs::write(folder(2).join(name).with_extension("json"), text).unwrap();
    };
    let login = ["add", "UsernamePassword", "db", "username=app", "password=-"];

    let scene = fresh();
    scene.run_with(login, "S-frozen").ok();
    for (file, name) in [("operations.key", "Operations"), ("audit.key", "Audit")] {
        scene.ssh_key("ed25519", file, name, "");
        fs::copy(scene.path(file), folder(2).join(file)).unwrap();
    }
    scene.run(["sign", "--with", "operations.key"]).ok();
    let audit = fs::read_to_string(scene.path("audit.key.pub")).unwrap();
    scene.run(["--signing-key", "operations.key", "sign", "--add", &audit]).ok();
    scene.run(["--signing-key", "audit.key", "patch", "db", "domain=corp"]).ok();
    keep(&scene, "signed.age");
    scene.run(["--signing-key", "audit.key", "sign", "--off", "-y"]).ok();
    keep(&scene, "signatures-off.age");

    let scene = fresh();
    scene.run_with(login, "S-frozen").ok();
    for name in ["one.txt", "two.txt"] {
        let friend = scene.recipient(name);
        scene.run(["rekey", "--add-recipient", &friend]).ok();
        scene.run(["rekey", "--remove-recipient", &friend, "--no-rotate"]).ok();
    }
    keep(&scene, "former-seals.age");
}
