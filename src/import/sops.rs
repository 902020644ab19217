//! A YAML file that SOPS decrypted. It makes a login if it is one, and otherwise one key store with a value for
//! each leaf.

use super::entries::Entries;
use super::entry::OwnValue;
use super::format::{ImportFacts, ImportFormat};
use super::item::Import;
use crate::credential::Violations;
use crate::kind::LOGIN_TYPE;
use crate::value::{Object, Value, yaml};

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "sops-yaml",
    summary: "a YAML file decrypted by SOPS",
    // a decrypted file may have nothing that shows where it comes from
    recognises: |text| {
        let has = |wanted: &str| text.lines().any(|line| line.starts_with(wanted));
        has("sops:")
            && text.lines().any(|line| line.starts_with(' ') && line.trim_start().starts_with("mac:"))
    },
    read,
};

const MEMBER: &str = "sops";
/// The beginning of an encrypted value.
const ENCRYPTED: &str = "ENC[";
/// The members of a login, the optional one last.
const LOGIN: [&str; 3] = ["username", "password", "domain"];

fn read(text: &str, options: &ImportFacts<'_>) -> Result<Import, Violations> {
    let (mut members, tags) = match yaml::parse_texts(text) {
        Ok((Value::Object(members), tags)) => (members, tags),
        Ok((other, _)) => {
            return Err(Violations::one("document", format!("must be an object, not {}", other.shape())));
        }
        Err(error) => return Err(Violations::one("document", format!("cannot be read ({error})"))),
    };
    // the keys and checksums of sops, which say nothing about the values
    members.remove(MEMBER);
    let (mut values, mut empty) = (Vec::new(), Vec::new());
    collect("", members.clone().into(), &mut values, &mut empty);
    // one is enough: a partly encrypted file would bring in ciphertext as secrets
    if values.iter().any(|own| own.value.expose().starts_with(ENCRYPTED)) {
        return Err(Violations::one("document", "is still encrypted; sops decrypt FILE prints it"));
    }
    let mut entries = Entries::default();
    let id = entries.id(options.title.unwrap_or_default(), MEMBER);
    let is_text = |name: &str| members.get(name).is_some_and(|value| value.as_text().is_some());
    let is_login = LOGIN[..2].iter().all(|name| is_text(name))
        && members.iter().all(|(name, value)| LOGIN.contains(&name) && value.as_text().is_some());
    if is_login {
        entries.push(LOGIN_TYPE, &id, members, Vec::new());
    } else {
        entries.push_store("generic", &id, Object::new(), values, Vec::new());
    }
    let notices = &mut entries.notices;
    for yaml::UnknownTag { line, name } in tags {
        let tag = name.map_or_else(|| "unknown tag".to_owned(), |name| format!("tag `!!{name}`"));
        notices.push(format!(
            "{id}: the {tag} on line {line} is left out, and its value is kept as it is written"
        ));
    }
    if !empty.is_empty() {
        notices.push(format!("{id}: left out, as there is no value: {}", empty.join(", ")));
    }
    Ok(entries.finish())
}

/// Collects the leaves with their paths, and the paths of those that are empty.
fn collect(path: &str, value: Value, values: &mut Vec<OwnValue>, empty: &mut Vec<String>) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, value) in members {
                let path = if path.is_empty() { name } else { format!("{path}.{name}") };
                collect(&path, value, values, empty);
            }
        }
        Value::Null | Value::Object(_) if !path.is_empty() => empty.push(path.to_owned()),
        Value::Text(text) => values.push(OwnValue::secret(path, text)),
        // every other scalar and every list is a text already
        Value::Null | Value::Object(_) | Value::Bool(_) | Value::Number(_) | Value::List(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::import::tests::{read, recognised, shown};
    use crate::import::{ImportFacts, ImportFormat};

    #[test]
    fn leaves_become_a_key_store() {
        let text = "db:\n    user: app\n    port: 5432\n    hosts: [a, b]\nempty: null\nflag: no\nsops:\n    mac: x\n";
        assert_eq!(recognised(text), Some("sops-yaml"));
        assert_eq!(
            shown(&read("sops-yaml", text)),
            ["generic sops {keyStore: {db.user: app, db.port: 5432, db.hosts: [\"a\",\"b\"], flag: no}}"]
        );
    }

    #[test]
    fn what_is_left_out_is_told() {
        let import = read("sops-yaml", "a: {b: null, c: {}, d: 1}\ne: ~\nf: !Foo x\ng: !!binary aGk=\n");
        assert_eq!(shown(&import), ["generic sops {keyStore: {a.d: 1, f: x, g: aGk=}}"]);
        let tag = |tag, line| {
            format!("sops: the {tag} on line {line} is left out, and its value is kept as it is written")
        };
        let none = "sops: left out, as there is no value: a.b, a.c, e";
        assert_eq!(import.notices, [tag("unknown tag", 3), tag("tag `!!binary`", 4), none.to_owned()]);
    }

    #[test]
    fn a_name_with_an_invisible_character_is_told() {
        let import = read("sops-yaml", "\"a\\nb\": 1\nab: 2\n");
        assert_eq!(shown(&import), ["generic sops {keyStore: {ab: 1, ab-2: 2}}"]);
        assert_eq!(import.notices, [r#"sops: a field cannot be called "a\nb" and becomes ab"#]);
    }

    #[test]
    fn a_login_is_one() {
        let options = ImportFacts { title: Some("prod db"), ..ImportFacts::default() };
        let format = ImportFormat::find("sops-yaml").unwrap();
        let import = format.read("username: u\npassword: p\n", &options).unwrap();
        assert_eq!(shown(&import), ["UsernamePassword prod-db {username: u, password: p}"]);
        let encrypted = format.read("a: ENC[AES256_GCM,data:x]\n", &options).unwrap_err();
        assert!(encrypted.to_string().contains("still encrypted"));
    }
}
