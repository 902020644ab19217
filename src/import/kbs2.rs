//! Records of kbs2, as `kbs2 dump -j` prints them: one JSON object a line, or a list of them.

use super::entries::Entries;
use super::entry::ImportEntry;
use super::format::{ImportFacts, ImportFormat};
use super::item::Import;
use crate::credential::Violations;
use crate::secret::Secret;
use crate::value::{Value, json};

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "kbs2",
    summary: "records of kbs2 dump -j",
    recognises: |text| {
        text.contains("\"body\"")
            && records(text).is_ok_and(|records| !records.is_empty() && records.iter().all(is_record))
    },
    read,
};

fn records(text: &str) -> Result<Vec<Value>, Violations> {
    let values = json::parse_many(text.as_bytes());
    let values = values.map_err(|error| Violations::one("document", error.to_string()))?;
    let flat = values.into_iter().flat_map(|value| match value {
        Value::List(items) => items,
        other => vec![other],
    });
    Ok(flat.collect())
}

fn is_record(record: &Value) -> bool {
    record.at(&["label"]).is_some() && record.at(&["body", "kind"]).is_some()
}

fn read(text: &str, _: &ImportFacts<'_>) -> Result<Import, Violations> {
    let mut entries = Entries::default();
    for record in records(text)? {
        let part = |path: &[&str]| record.at(path).and_then(Value::as_text);
        let label = part(&["label"]).map_or("", |label| label.expose()).to_owned();
        let field = |name: &str| part(&["body", "fields", name]).cloned();
        let mut entry = ImportEntry { title: label, ..ImportEntry::default() };
        if record.at(&["timestamp"]).is_some() {
            entry.dropped.push("timestamp".to_owned());
        }
        match part(&["body", "kind"]).map(Secret::expose) {
            Some("Login") => {
                entry.username = field("username");
                entry.password = field("password");
            }
            Some("Environment") => {
                let variable = field("variable").map(|name| name.expose().to_owned());
                entry.tags.extend(variable.map(|name| ("variable".to_owned(), name)));
                entry.value("value", field("value"));
            }
            Some("Unstructured") => entry.value("contents", field("contents")),
            _ => {
                let id = entries.id(&entry.title, "record");
                entries.fail(&id, Violations::one("body.kind", "must be Login, Environment or Unstructured"));
                continue;
            }
        }
        entries.add(entry);
    }
    Ok(entries.finish())
}

#[cfg(test)]
mod tests {
    use crate::import::tests::{read, recognised, shown};

    const LINES: &str = r#"{"timestamp":1,"label":"my bank","body":{"kind":"Login","fields":{"username":"u","password":"p"}}}
{"timestamp":2,"label":"token","body":{"kind":"Environment","fields":{"variable":"TOKEN","value":"v"}}}
{"timestamp":3,"label":"note","body":{"kind":"Unstructured","fields":{"contents":"c"}}}
{"timestamp":4,"label":"x","body":{"kind":"New","fields":{}}}
"#;

    #[test]
    fn records_of_every_kind() {
        assert_eq!(recognised(LINES), Some("kbs2"));
        let expected = [
            "UsernamePassword my-bank {name: my bank, username: u, password: p} dropped timestamp",
            "Simple token {name: token, tags: {variable: TOKEN}, value: v} dropped timestamp",
            "Simple note {name: note, value: c} dropped timestamp",
            "x: body.kind: must be Login, Environment or Unstructured",
        ];
        assert_eq!(shown(&read("kbs2", LINES)), expected);
        let list = format!("[{}]", LINES.trim().replace('\n', ","));
        assert_eq!(shown(&read("kbs2", &list)), expected);
        assert_eq!(recognised(r#"[{"id":"a","type":"login","username":"u","password":"p"}]"#), None);
    }
}
