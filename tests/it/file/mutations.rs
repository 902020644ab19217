//! Texts of format 2 in which one thing was changed, encrypted again by somebody who can: nothing panics, a refusal
//! leaves the file alone, and a write that goes through loses nothing of what was there.
//!
//! An ordinary run tries some of the values, others in each member; `CREDCTL_TEST_SWEEP=1` tries all.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use credctl::credential::Draft;
use credctl::store::{Error, Store, Terms};
use credctl::vault::{Environment, Key, Policy, Reference, TypeRecord, User, Vault};
use serde_json::{Value, json};

use super::signatures::signed;
use crate::support::{Scene, lab};

const USER: &str = "6b1551db-b7fa-473d-a05c-43524badb11b";
const TYPE: &str = "name = \"acme-host\"\nsummary = \"x\"\n\n[[field]]\nname = \"host\"\nkind = \"text\"\nhelp = \"x\"\nrequired = true\n";

/// Members of a record that a write may spell otherwise.
const RESPELLED: [&str; 6] = ["type", "etag", "validFrom", "validUntil", "createdAt", "lastResult"];
/// Sections that a write makes anew.
const MADE_ANEW: [&str; 3] = ["recipients", "blobs", "chunks"];

/// A text, taken apart.
#[derive(Clone)]
struct TextParts {
    first: String,
    sections: Vec<(String, Vec<String>)>,
}

impl TextParts {
    fn of(text: &str) -> Self {
        let mut lines = text.lines();
        let mut parts = Self { first: lines.next().unwrap().to_owned(), sections: Vec::new() };
        for line in lines {
            if let Some(name) = line.strip_prefix('"').and_then(|rest| rest.strip_suffix("\":[")) {
                parts.sections.push((name.to_owned(), Vec::new()));
            } else if line != "]," && !line.starts_with("\"index\":") {
                let record = line.strip_suffix(',').unwrap_or(line).to_owned();
                parts.sections.last_mut().unwrap().1.push(record);
            }
        }
        parts
    }

    /// Lays the text out, with an index that fits.
    fn laid_out(&self) -> String {
        let (mut text, mut spans) = (format!("{}\n", self.first), Vec::new());
        for (name, records) in &self.sections {
            text += &format!("\"{name}\":[\n");
            let begin = text.len();
            text += &records.join(",\n");
            text += if records.is_empty() { "" } else { "\n" };
            spans.push([begin, text.len()]);
            text += "],\n";
        }
        let index = json!({"version": 2, "at": text.len(), "sections": spans});
        format!("{text}\"index\":{index}}}\n")
    }

    /// Returns the text as after an edit by hand.
    fn by_hand(&self) -> String {
        let text = self.laid_out();
        format!("{}\n}}\n", text[..text.rfind("\"index\"").unwrap()].trim_end_matches([',', '\n']))
    }

    fn with_first(&self, change: impl FnOnce(&mut Vec<(String, String)>)) -> Self {
        let mut members = members_of(&format!("{}}}", self.first.trim_end_matches(',')));
        change(&mut members);
        let text = record_of(&members);
        Self { first: format!("{},", &text[..text.len() - 1]), ..self.clone() }
    }

    fn with_records(&self, section: usize, change: impl FnOnce(&mut Vec<String>)) -> Self {
        let mut parts = self.clone();
        change(&mut parts.sections[section].1);
        parts
    }
}

/// Returns the members of a record in their order, each with the text of its value.
fn members_of(record: &str) -> Members {
    let Ok(credctl::value::Value::Object(members)) = credctl::value::json::parse(record.as_bytes()) else {
        return Vec::new();
    };
    let text = |value| {
        let mut text = Vec::new();
        credctl::value::json::write(value, &mut text).unwrap();
        String::from_utf8(text).unwrap()
    };
    members.iter().map(|(name, value)| (name.to_owned(), text(value))).collect()
}

fn record_of(members: &[(String, String)]) -> String {
    let members: Vec<_> = members.iter().map(|(name, value)| format!("{}:{value}", json!(name))).collect();
    format!("{{{}}}", members.join(","))
}

fn beginning(text: &str) -> String {
    text.chars().take(20).collect()
}

fn is_digest(line: &str) -> bool {
    line.len() >= 66 && line.starts_with('"')
}

/// Values that no member has.
fn odd_values() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(-1),
        json!(0),
        json!(1.5),
        json!(u64::MAX),
        json!(""),
        json!("x"),
        json!("\u{1b}]0;x\u{7}\u{202e}"),
        json!("../../etc/passwd"),
        json!("--vault=x"),
        json!("x".repeat(200_000)),
        json!([]),
        json!(["x"]),
        json!([[{"a": [1]}]]),
        json!({}),
        json!({"a": {"b": 1}}),
    ]
}

/// Returns some of the values of an ordinary run, others for another number.
fn some_of<T>(values: Vec<T>, number: usize) -> Vec<T> {
    let step =
        if std::env::var_os("CREDCTL_TEST_SWEEP").is_some() { 1 } else { values.len().div_ceil(3).max(2) };
    values
        .into_iter()
        .enumerate()
        .filter(|(at, _)| at % step == number % step)
        .map(|(_, value)| value)
        .collect()
}

/// The vault whose text is changed, and the key to it.
struct Lathe {
    scene: Scene,
    key: Rc<Key>,
    count: usize,
    refused: usize,
}

impl Lathe {
    fn of(scene: Scene) -> Self {
        let key = lab::key(&scene.path("identity.txt")).keeper();
        Self { scene, key, count: 0, refused: 0 }
    }

    fn store(&self) -> Store<Rc<Key>> {
        let now = credctl::time::parse("2027-06-01T12:00:00Z").unwrap();
        Store::new(self.scene.vault(), Rc::clone(&self.key), Terms::new(USER.parse().unwrap(), now))
    }

    /// Tries a text. Returns true if it was read.
    fn turn(&mut self, name: &str, text: &str) -> bool {
        self.count += 1;
        lab::encrypt(text.as_bytes(), &self.scene.vault(), &self.scene.path("identity.txt"));
        let before = self.scene.bytes();
        let tried = catch_unwind(AssertUnwindSafe(|| {
            let read = self.store().read().and_then(|mut vault| read_all(&mut vault));
            let kind = lab::kind_named("Simple");
            let draft = Draft::from_texts(kind, [("id", "zzz-added"), ("value", "S-new")]);
            (read.is_ok(), self.store().change(|vault| vault.add(kind, draft)).is_ok())
        }));
        let Ok((is_read, is_written)) = tried else { panic!("{name}: a panic") };
        self.refused += usize::from(!is_read);
        if !is_written {
            assert!(self.scene.bytes() == before, "{name}: refused, and written");
            return is_read;
        }
        let Ok(was) = serde_json::from_str::<Value>(text) else {
            // a write carries lines on that no reader takes, and keeps them to the byte
            let (was, now) = (TextParts::of(text), TextParts::of(&self.scene.text()));
            for (section, records) in was.sections.iter().filter(|(name, _)| !is_made_anew(name)) {
                let kept = &now.sections.iter().find(|(name, _)| name == section).unwrap().1;
                assert!(records.iter().all(|record| kept.contains(record)), "{name}: lost in {section}");
            }
            return is_read;
        };
        let now: Value = serde_json::from_str(&self.scene.text()).unwrap();
        for (section, records) in was.as_object().unwrap().iter().filter(|(name, _)| !is_made_anew(name)) {
            let kept: Vec<_> = now[section].as_array().into_iter().flatten().map(lasting).collect();
            for record in records.as_array().into_iter().flatten() {
                let record = lasting(record);
                assert!(kept.contains(&record), "{name}: lost in {section}: {record}");
            }
        }
        is_read
    }

    fn both(&mut self, name: &str, parts: &TextParts) {
        self.turn(&format!("laid out: {name}"), &parts.laid_out());
        self.turn(&format!("by hand: {name}"), &parts.by_hand());
    }
}

fn is_made_anew(section: &str) -> bool {
    MADE_ANEW.contains(&section) || matches!(section, "formerSeals" | "parents" | "signers")
}

fn lasting(record: &Value) -> Value {
    let mut record = record.clone();
    if let Some(members) = record.as_object_mut() {
        // nor does a write spell out what says nothing
        let says_nothing = |value: &Value| {
            value.is_null() || value.is_boolean() || *value == json!([]) || *value == json!({})
        };
        members.retain(|name, value| !RESPELLED.contains(&name.as_str()) && !says_nothing(value));
    }
    record
}

/// Reads everything that a vault has.
fn read_all(vault: &mut Vault) -> Result<(), Error> {
    vault.heads(drop)?;
    vault.credentials(drop)?;
    vault.versions(None, drop)?;
    vault.residents::<Policy>()?;
    vault.residents::<User>()?;
    vault.residents::<Reference>()?;
    vault.residents::<Environment>()?;
    vault.residents::<TypeRecord>()?;
    vault.members()?;
    vault.find("db")?;
    Ok(())
}

fn scene() -> Scene {
    let scene = Scene::new();
    let file = scene.file("large.bin", vec![7; 40_000]);
    let small = scene.file("small.txt", "S-small");
    let own = scene.file("own.toml", TYPE);
    let reader = scene.recipient("reader.txt");
    for (words, stdin) in [
        (
            &[
                "add",
                "login",
                "db",
                "username=app",
                "password=-",
                "custom.plan=team",
                "--label",
                "a=b",
                "--tag",
                "t=x",
            ][..],
            "S-1",
        ),
        (&["update", "-y", "db", "username=app", "password=-", "custom.plan=team"], "S-2"),
        (&["add", "Simple", "gone", "value=-"], "S-3"),
        (&["delete", "-y", "gone"], ""),
        (&["attach", "db", &file], ""),
        (&["attach", "db", &small], ""),
        (
            &[
                "policy",
                "add",
                "p1",
                "--type",
                "throttle",
                "--period",
                "day",
                "--value",
                "5",
                "--description",
                "d",
            ],
            "",
        ),
        (
            &["patch", "db", "--throttle-policy", "p1", "--valid-until", "2030-01-01", "--description", "d"],
            "",
        ),
        (&["user", "add", "--id", USER, "--auth-provider", "local", "--email", "a@a.example"], ""),
        (&["ref", "add", "db", "/servers/h1", "--address", "h1.example.org"], ""),
        (&["grant", "db", "--api-proxy", "Pay", "--expires", "2029-01-01"], ""),
        (&["types", "--define", &own], ""),
        (&["add", "acme-host", "host", "host=h"], ""),
        (&["environment", "add", "gw", "--recipient", &reader, "--out", "gw.age"], ""),
    ] {
        scene.run_with(words, stdin).ok();
    }
    scene
}

/// The members of a record, with their values as JSON.
type Members = Vec<(String, String)>;

#[test]
fn every_member_of_every_record_takes_odd_values() {
    let scene = scene();
    let text = scene.text();
    let parts = TextParts::of(&text);
    let mut lathe = Lathe::of(scene);
    assert!(lathe.turn("nothing changed", &parts.laid_out()) && lathe.turn("by hand", &parts.by_hand()));
    for (section, (name, records)) in parts.sections.iter().enumerate() {
        for (at, record) in records.iter().enumerate() {
            for (number, (member, value)) in members_of(record).iter().enumerate() {
                let told = |what: &str| format!("{name} {at}, {member}: {what}");
                let with = |change: &dyn Fn(&mut Members)| {
                    let mut members = members_of(record);
                    change(&mut members);
                    parts.with_records(section, |records| records[at] = record_of(&members))
                };
                for odd in some_of(odd_values(), at + number) {
                    let odd = odd.to_string();
                    let changed = with(&|members| members[number].1.clone_from(&odd));
                    lathe.both(&told(&beginning(&odd)), &changed);
                }
                lathe.both(&told("missing"), &with(&|members| drop(members.remove(number))));
                let twice = (member.clone(), value.clone());
                lathe.both(&told("twice"), &with(&|members| members.push(twice.clone())));
            }
        }
    }
    assert!(lathe.count > 500 && lathe.refused > lathe.count / 3, "{} of {}", lathe.refused, lathe.count);
}

#[test]
fn sections_and_the_index_are_judged_as_a_whole() {
    let scene = scene();
    let text = scene.text();
    let parts = TextParts::of(&text);
    let mut lathe = Lathe::of(scene);
    for (section, (name, records)) in parts.sections.iter().enumerate() {
        for odd in [
            "garbage",
            "null",
            "{}",
            "[]",
            "5",
            "\"x\"",
            "",
            "{\"id\":\"zzz\"}",
            " {}",
            "{},{}",
            "{\"a\":1,\"a\":2}",
        ] {
            for at in some_of(vec![0, records.len()], section) {
                let with = parts.with_records(section, |records| records.insert(at, odd.to_owned()));
                lathe.both(&format!("{name}: {odd:?} at {at}"), &with);
            }
        }
        if let Some(first) = records.first() {
            lathe
                .both(&format!("{name}: twice"), &parts.with_records(section, |all| all.push(first.clone())));
        }
        lathe.both(&format!("{name}: reversed"), &parts.with_records(section, |all| all.reverse()));
        let mut without = parts.clone();
        without.sections.remove(section);
        lathe.both(&format!("{name}: missing"), &without);
        let mut twice = parts.clone();
        twice.sections.insert(section, parts.sections[section].clone());
        lathe.both(&format!("{name}: twice as a whole"), &twice);
        for odd in ["null", "{}", "\"x\"", "5"] {
            let whole = parts.by_hand().replacen(
                &format!("\"{name}\":[\n"),
                &format!("\"{name}\":{odd},\"x\":[\n"),
                1,
            );
            lathe.turn(&format!("{name} is {odd}"), &whole);
        }
    }
    let sound = parts.laid_out();
    let (before, index) = sound.split_at(sound.rfind("\"index\":").unwrap());
    let index: Value = serde_json::from_str(&format!("{{{index}")).unwrap();
    let index = index["index"].clone();
    let mut turn = |name: String, index: &Value| {
        let text = format!("{before}\"index\":{index}}}\n");
        lathe.turn(&format!("index: {name}"), &text);
    };
    for member in ["version", "at", "sections", "replaced", "signature", "x"] {
        for odd in odd_values() {
            let mut index = index.clone();
            index[member] = odd.clone();
            turn(format!("{member} {}", beginning(&odd.to_string())), &index);
        }
    }
    for section in 0..parts.sections.len() {
        for end in [0, 1] {
            for shift in [-1000_i64, -1, 1, 66, i64::MAX / 2] {
                let mut index = index.clone();
                let place = &mut index["sections"][section][end];
                let moved = place.as_i64().unwrap().saturating_add(shift);
                *place = json!(moved);
                turn(format!("{section} {end} {shift}"), &index);
            }
        }
    }
    assert!(lathe.refused > lathe.count / 3, "{} of {}", lathe.refused, lathe.count);
}

#[test]
fn every_member_of_the_first_line_takes_odd_values() {
    let scene = scene();
    let parts = TextParts::of(&scene.text());
    let mut lathe = Lathe::of(scene);
    let members = [
        "credctl",
        "version",
        "id",
        "generation",
        "seal",
        "formerSeals",
        "parents",
        "signers",
        "bundle",
        "x",
    ];
    for member in members {
        for odd in odd_values() {
            let odd = odd.to_string();
            let set = |members: &mut Vec<(String, String)>| {
                members.retain(|(name, _)| name != member);
                members.push((member.to_owned(), odd.clone()));
            };
            lathe.both(&format!("{member}: {}", beginning(&odd)), &parts.with_first(set));
        }
        let missing = parts.with_first(|members| members.retain(|(name, _)| name != member));
        lathe.both(&format!("{member}: missing"), &missing);
        let twice = parts.with_first(|members| members.extend(vec![(member.to_owned(), "1".to_owned()); 2]));
        lathe.both(&format!("{member}: twice"), &twice);
    }
    assert!(lathe.refused > lathe.count / 2, "{} of {}", lathe.refused, lathe.count);
}

/// Of a signed text, each change of anything is refused.
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
