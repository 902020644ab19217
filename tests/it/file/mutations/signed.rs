//! Signed texts: each change of anything is refused.

use std::fs;

use super::lathe::Lathe;
use crate::file::signatures::signed;

#[test]
fn no_change_of_a_signed_text_is_read() {
    let scene = signed();
    for at in 0..90 {
        let notes = format!("{at} {}", "n".repeat(1500));
        let words = [
            "--signing-key",
            "ops",
            "add",
            "login",
            &format!("c-{at}"),
            "username=u",
            "password=-",
            "notes=@notes",
        ];
        scene.file("notes", notes);
        scene.run_with(words, "S-pw").ok();
    }
    let text = scene.text();
    let mut lathe = Lathe::of(scene);
    assert!(lathe.turn("nothing changed", &text));
    let chunks = text.rfind("\"chunks\":[\n").unwrap();
    let digests: Vec<&str> = text[chunks..].lines().filter(|line| is_digest(line)).collect();
    assert!(digests.len() > 1, "{}", digests.len());
    let (first, second) = (digests[0].trim_end_matches(','), digests[1].trim_end_matches(','));
    let with = |from: &str, to: &str| {
        let at = text.rfind(from).unwrap();
        format!("{}{to}{}", &text[..at], &text[at + from.len()..])
    };
    let signature = text.rfind("\"signature\":\"").unwrap() + 40;
    let mut flipped = text.clone().into_bytes();
    flipped[signature] = if flipped[signature] == b'A' { b'B' } else { b'A' };
    for (name, changed) in [
        ("a digest of another block", with(first, second)),
        ("a digest in capitals", with(first, &first.to_uppercase())),
        ("a digest changed", with(first, &first.replacen(&first[1..3], "zz", 1))),
        ("the signature changed", String::from_utf8(flipped).unwrap()),
        ("the generation", text.replacen("\"generation\":", "\"generation\":1", 1)),
        ("a record", text.replacen("\"u\"", "\"v\"", 1)),
        ("the last record", with("\"username\":\"u\"", "\"username\":\"v\"")),
        ("a recipient", text.replacen("\"recipient\":\"age1", "\"recipient\":\"age2", 1)),
        ("the name of a signer", text.replacen("\"name\":\"Operations\"", "\"name\":\"Operationz\"", 1)),
        ("the mark of a file that must go", with("\"sections\":", "\"replaced\":\"x\",\"sections\":")),
        ("an unknown member of the index", with("\"sections\":", "\"x\":1,\"sections\":")),
        ("no signature", with("\"signature\":", "\"signatura\":")),
    ] {
        assert_ne!(changed, text, "{name}");
        assert!(!lathe.turn(name, &changed), "{name}: was read");
    }
    // every 500th byte, wherever it is
    let bytes = text.as_bytes();
    for at in (0..bytes.len()).step_by(509) {
        let mut changed = bytes.to_vec();
        changed[at] = if changed[at] == b'x' { b'y' } else { b'x' };
        let Ok(changed) = String::from_utf8(changed) else { continue };
        assert!(!lathe.turn(&format!("byte {at}"), &changed), "byte {at}: was read");
    }
    assert!(fs::read(lathe.scene.vault()).is_ok());
}

fn is_digest(line: &str) -> bool {
    line.len() >= 66 && line.starts_with('"')
}
