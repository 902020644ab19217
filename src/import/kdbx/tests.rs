//! Databases of every form: what opens, and what is refused with its reason.

use std::io::Read as _;
use std::ops::Range;

use salsa20::Salsa20;
use salsa20::cipher::{KeyIvInit as _, StreamCipher as _};
use sha2::{Digest as _, Sha256};

use super::made::{inner_header, version_3, version_4};
use super::{KdbxError, KeepassDatabase, KeepassKey};
use crate::base64;
use crate::import::Import;
use crate::import::tests::shown;

const KEY: &[u8] = b"the key of the inner stream";

/// A document with a protected password before and in the history, as KeePass has them.
fn document() -> String {
    let mut stream =
        Salsa20::new(&Sha256::digest(KEY), &[0xe8, 0x30, 0x09, 0x4b, 0x97, 0x20, 0x5d, 0x2a].into());
    let mut protected = |text: &str| {
        let mut bytes = text.as_bytes().to_vec();
        stream.apply_keystream(&mut bytes);
        format!("<Value Protected=\"True\">{}</Value>", base64::encode(&bytes).expose())
    };
    let entry = |title: &str, password: &str, more: &str| {
        format!(
            "<Entry><String><Key>Title</Key><Value>{title}</Value></String>\
             <String><Key>Password</Key>{password}</String>{more}</Entry>"
        )
    };
    let first = protected("S-first");
    let old = protected("S-old");
    let empty = protected("");
    let last = protected("S-last é");
    let history = format!("<History>{}</History>", entry("one", &old, ""));
    format!(
        "<KeePassFile><Meta/><Root><Group><Name>Root</Name>{}{}{}</Group></Root></KeePassFile>",
        entry("one", &first, &history),
        entry("none", &empty, ""),
        entry("two", &last, "")
    )
}

fn opened(file: &[u8], password: &str) -> Result<Import, KdbxError> {
    KeepassDatabase::parse(file)?.read(&KeepassKey::default().with_password(password.into()))
}

fn files() -> [Vec<u8>; 2] {
    let content = [inner_header(KEY), document().into_bytes()].concat();
    [version_4("S-master", &content, false), version_3("S-master", document().as_bytes(), KEY)]
}

#[test]
fn databases_of_both_versions_open() {
    for file in files() {
        assert!(KeepassDatabase::is_one(&file));
        let import = opened(&file, "S-master").unwrap();
        let shown = shown(&import);
        // the values in the history and the empty one use up the stream, too
        assert_eq!(shown[0], "Simple one {name: one, value: S-first} dropped history");
        assert_eq!(shown[2], "Simple two {name: two, value: S-last é}");
        assert!(matches!(opened(&file, "S-other"), Err(KdbxError::WrongKey)));
    }
}

#[test]
fn every_cut_is_an_error() {
    for file in files() {
        for length in 0..file.len() {
            assert!(opened(&file[..length], "S-master").is_err(), "cut at {length}");
        }
    }
}

/// Opens a file with each of its bytes changed but those in the given places. Returns the places where it opens,
/// and what comes out there.
fn changed(file: &[u8], without: &Range<usize>) -> Vec<(usize, Vec<String>)> {
    let open = |at: usize| {
        let mut file = file.to_vec();
        file[at] ^= 1;
        Some((at, shown(&opened(&file, "S-master").ok()?)))
    };
    (0..file.len()).filter(|at| !without.contains(at)).filter_map(open).collect()
}

#[test]
fn every_changed_byte_of_version_4_is_an_error() {
    let [file, _] = files();
    assert_eq!(changed(&file, &(0..0)), []);
}

#[test]
fn a_changed_byte_of_version_3_is_an_error_or_changes_nothing_but_in_the_second_cipher() {
    let [_, file] = files();
    let at = |field: &[u8]| file.windows(field.len()).position(|own| own == field).unwrap();
    let right = shown(&opened(&file, "S-master").unwrap());
    // nothing checks the header of this version: its cipher for protected values, and the key of that
    let (key, kind) = (at(KEY), at(&[10, 4, 0, 2, 0, 0, 0]) + 3);
    // a changed number of rounds takes its time and gives another key
    let rounds = at(b"\x06\x08\0");
    for (at, shown) in changed(&file, &(rounds..rounds + 11)) {
        let is_of_stream = (key..key + KEY.len()).contains(&at) || at == kind;
        assert_eq!(shown != right, is_of_stream, "{at}: {shown:?}");
    }
}

#[test]
fn costs_and_unknown_methods_are_refused_before_any_work() {
    let [file, old] = files();
    let with = |file: &[u8], from: &[u8], to: &[u8]| {
        let at = file.windows(from.len()).position(|own| own == from).unwrap();
        let mut file = file.to_vec();
        file[at..at + to.len()].copy_from_slice(to);
        KeepassDatabase::parse(&file).err().map(|error| error.to_string()).unwrap_or_default()
    };
    // the number of rounds is behind its name and its length
    let rounds = [b"R\x08\0\0\0".as_slice(), &1_u64.to_le_bytes()].concat();
    let many = [b"R\x08\0\0\0".as_slice(), &u64::MAX.to_le_bytes()].concat();
    assert!(with(&file, &rounds, &many).contains("key derivation needs more"));
    let old_rounds = [b"\x06\x08\0".as_slice(), &1_u64.to_le_bytes()].concat();
    assert!(with(&old, &old_rounds, &[b"\x06\x08\0".as_slice(), &[0xff; 8]].concat()).contains("more than"));
    assert!(with(&file, &[0x31, 0xc1, 0xf2], &[0; 3]).contains("unknown cipher"));
    assert!(with(&file, &[0xc9, 0xd9, 0xf3], &[0; 3]).contains("unknown key derivation"));
    assert!(with(&file, &[0, 0, 4, 0], &[0, 0, 5, 0]).contains("version 5.0"));
    assert!(with(&file, &[0x67, 0xfb], &[0x65, 0xfb]).contains("KeePass 1"));
}

#[test]
fn a_bomb_is_refused_at_its_limit() {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let blank = vec![b' '; 1024 * 1024];
    for _ in 0..5 {
        std::io::Write::write_all(&mut packer, &blank).unwrap();
    }
    let file = version_4("p", &packer.finish().unwrap(), true);
    assert!(matches!(opened(&file, "p"), Err(KdbxError::TooLarge(4))));
}

#[test]
fn attachments_of_both_versions_are_found() {
    let mut stream =
        Salsa20::new(&Sha256::digest(KEY), &[0xe8, 0x30, 0x09, 0x4b, 0x97, 0x20, 0x5d, 0x2a].into());
    let mut protected = |bytes: &[u8]| {
        let mut bytes = bytes.to_vec();
        stream.apply_keystream(&mut bytes);
        base64::encode(&bytes).expose().to_owned()
    };
    let value = |number: u8| format!("<Binary><Key>{number}</Key><Value Ref=\"{number}\"/></Binary>");
    let entry = |more: String| {
        format!(
            "<Root><Group><Entry><String><Key>Title</Key><Value>one</Value></String>{more}</Entry></Group></Root>"
        )
    };
    // a text and bytes that are none, before a password that continues the stream
    let list = format!(
        "<Meta><Binaries><Binary ID=\"0\" Protected=\"True\">{}</Binary><Binary ID=\"1\" Protected=\"True\">{}</Binary>\
         </Binaries></Meta>",
        protected(b"aGVsbG8="),
        protected(b"\xff\x00")
    );
    let password = format!(
        "<String><Key>Password</Key><Value Protected=\"True\">{}</Value></String>",
        protected(b"S-pw")
    );
    let old = format!("<KeePassFile>{list}{}</KeePassFile>", entry(value(0) + &value(1) + &password));
    let new = format!("<KeePassFile><Meta/>{}</KeePassFile>", entry(value(0)));
    let new = [inner_header(KEY), new.into_bytes()].concat();
    for (file, expected) in [
        (version_3("S-master", old.as_bytes(), KEY), &[("0", &b"aGVsbG8="[..]), ("1", b"\xff\x00")][..]),
        (version_4("S-master", &new, false), &[("0", b"attachment")]),
    ] {
        let mut import = opened(&file, "S-master").unwrap();
        let attachments = import.items.remove(0).incoming.unwrap().attachments.unwrap();
        let read = |one: &crate::import::IncomingAttachment| {
            let mut bytes = Vec::new();
            one.content.reader().unwrap().unwrap().read_to_end(&mut bytes).unwrap();
            bytes
        };
        let found: Vec<_> = attachments.iter().map(|one| (one.name.as_str(), read(one))).collect();
        let found: Vec<_> = found.iter().map(|(name, bytes)| (*name, &bytes[..])).collect();
        assert_eq!(found, expected);
    }
}
