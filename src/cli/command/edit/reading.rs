//! The change that an edited text asks for: what differs from the text that the editor was given.

use credctl::base64;
use credctl::credential::{Draft, Violations};
use credctl::kind::{ENTRIES, Kind, Shape};
use credctl::secret::Secret;
use credctl::text::suggest;
use credctl::value::{Object, Value, yaml};
use zeroize::Zeroizing;

use super::comments::comments;
use super::shown::{MemberLine, ShownMembers, aligned, line, lines};
use super::written::{is_same, own_fields, texts, unmasked, without_newline};
use crate::cli::context::Settings;
use crate::cli::output::HIDDEN;
use crate::cli::{assign, conversion};

/// An edited text that was understood.
pub(super) enum Reading {
    /// A text without a value.
    Empty,
    /// The change, which may be none, and the values as the text has them, by the names of the lines.
    Values(Draft, Object),
}

/// The reasons why a text is not understood.
pub(super) enum Misread {
    /// A text that is no YAML.
    Yaml(yaml::YamlError),
    /// Members that are wrong.
    Members(Violations),
}

/// Reads an edited text of a credential that was shown.
pub(super) fn read(
    settings: &Settings,
    kind: &'static Kind,
    shown: &ShownMembers,
    text: &str,
) -> Result<Reading, Misread> {
    let typed = yaml::parse(text).map_err(Misread::Yaml)?;
    let (written, _) = yaml::parse_texts(text).map_err(Misread::Yaml)?;
    let typed = match typed {
        Value::Null => return Ok(Reading::Empty),
        Value::Object(typed) => typed,
        other => {
            let reason = format!("must be an object of names and values, not {}", other.shape());
            return Err(Misread::Members(Violations::one("id", reason)));
        }
    };
    let mut reader = EditReader {
        settings,
        kind,
        shown,
        draft: Draft::default(),
        values: Object::new(),
        wrong: comments(kind, text),
    };
    for (name, value) in typed {
        reader.member(&name, value, written.at(&[&name]));
    }
    reader.removed();
    let EditReader { draft, values, wrong, .. } = reader;
    wrong.or(Reading::Values(draft, values)).map_err(Misread::Members)
}

struct EditReader<'a> {
    settings: &'a Settings,
    kind: &'static Kind,
    shown: &'a ShownMembers,
    draft: Draft,
    values: Object,
    wrong: Violations,
}

impl EditReader<'_> {
    /// Takes one member of the text. `written` is its value with every scalar as it is written.
    fn member(&mut self, name: &str, value: Value, written: Option<&Value>) {
        if matches!(name, "id" | "type") {
            let same =
                written.and_then(Value::as_text) == self.shown.stored.get(name).and_then(Value::as_text);
            if !same {
                let id = self.shown.stored.get("id").and_then(Value::as_text);
                let id = id.map(Secret::expose).unwrap_or_default();
                let reason = match name {
                    "id" if self.kind.id_field.is_none() => {
                        format!("cannot be changed here; `credctl rename {id} NEW` does that")
                    }
                    _ => "cannot be changed".to_owned(),
                };
                self.wrong.add(name, reason);
            }
            return;
        }
        let Some(line) = line(self.kind, name) else { return self.unknown(name) };
        if self.values.get(line.name()).is_some() {
            return self.wrong.add(name, "is given twice, under two names");
        }
        if matches!(value, Value::Null) {
            return;
        }
        let (stored, masked) = (self.shown.stored.get(line.name()), self.shown.masked.get(line.name()));
        let unmasked = if matches!(line.field.shape, Shape::Custom) {
            // each by its name, because others may be gone or new
            let of = |list: Option<&Value>| list.map(|list| aligned(list, &value));
            unmasked(value.clone(), of(masked).as_ref(), of(stored).as_ref())
        } else {
            unmasked(value, masked, stored)
        };
        let value = match unmasked {
            Ok(value) => self.shaped(line, value, written),
            Err(reason) => return self.wrong.add(line.path(), reason),
        };
        self.values.insert(line.name(), value.clone());
        if !is_same(line, &value, stored) {
            self.change(line, value, stored);
        }
    }

    fn unknown(&mut self, name: &str) {
        let known = lines(self.kind).map(MemberLine::name);
        let reason = if self.kind.members().any(|field| field.is_called(name)) {
            "cannot be changed here".to_owned()
        } else if let Some(near) = suggest(name, known) {
            format!("unknown field; did you mean {near}?")
        } else {
            format!("unknown field of {}", self.kind.name)
        };
        self.wrong.add(name, reason);
    }

    /// Returns a value in the shape in which the sheet has it: a scalar of a text is the text.
    fn shaped(&self, line: MemberLine, value: Value, written: Option<&Value>) -> Value {
        match line.field.shape {
            Shape::Line(_) => without_newline(texts(value, written)),
            Shape::Text(_) | Shape::JsonText(_) if value.as_object().is_none() => texts(value, written),
            Shape::Time => match texts(value, written) {
                Value::Text(text) => Value::text(assign::instant(self.settings, text.expose())),
                other => other,
            },
            Shape::List(_) | Shape::Several(_) => match value {
                Value::List(_) => texts(value, None),
                value => Value::List(vec![texts(value, written)]),
            },
            Shape::Labels | Shape::Tags | Shape::Variables | Shape::Store(_) => texts(value, written),
            Shape::Custom => own_fields(value, written),
            _ => value,
        }
    }

    /// Adds a member to the change.
    fn change(&mut self, line: MemberLine, value: Value, stored: Option<&Value>) {
        if line.is_entry {
            return self.entry(line.field.name, line.field.is_called("kubeconfig"), &value);
        }
        match (line.field.shape, value) {
            (Shape::Store(_) | Shape::Variables, Value::Object(parts)) => {
                let before = stored.and_then(Value::as_object);
                for (name, value) in parts.iter() {
                    match (before.and_then(|before| before.get(name)), line.field.shape) {
                        (Some(before), _) if before == value => {}
                        (_, Shape::Variables) => {
                            self.draft.leaves.push((format!("{}.{name}", line.field.name), value.clone()));
                        }
                        _ => self.entry(name, false, value),
                    }
                }
                for (name, _) in before.into_iter().flat_map(Object::iter) {
                    if parts.get(name).is_none() {
                        self.draft.unset.push(format!("{}.{name}", line.field.name));
                    }
                }
            }
            (Shape::Custom, value) => {
                // a change keeps own fields that it does not name
                let named = aligned(&value, stored.unwrap_or(&Value::Null));
                let before = stored.and_then(Value::as_list).unwrap_or_default().iter();
                let gone = before.zip(named.as_list().unwrap_or_default());
                let gone = gone.filter(|(_, after)| matches!(after, Value::Null));
                let names = gone.filter_map(|(before, _)| before.text_at(&["name"]));
                self.draft.unset.extend(names.map(|name| format!("{}.{name}", line.field.name)));
                self.draft.members.insert(line.field.name, value);
            }
            (Shape::Labels, Value::Object(labels)) => {
                let pair = |(name, value): (String, Value)| {
                    Value::Object(Object::from_iter([("name", Value::text(name)), ("value", value)]))
                };
                let labels = Value::List(labels.into_iter().map(pair).collect());
                self.draft.members.insert(line.field.name, labels);
            }
            (_, value) => drop(self.draft.members.insert(line.field.name, value)),
        }
    }

    /// Adds an entry of the key store, which the vault keeps in base64.
    fn entry(&mut self, name: &str, is_kubeconfig: bool, value: &Value) {
        let path = format!("{ENTRIES}.{name}");
        let Some(text) = value.as_text() else {
            return self.wrong.add(path, format!("must be a text, not {}", value.shape()));
        };
        let mut bytes = Zeroizing::new(text.expose().as_bytes().to_vec());
        if is_kubeconfig {
            match conversion::kubeconfig(bytes) {
                Ok(json) => bytes = json,
                Err(reason) => return self.wrong.add(path, reason),
            }
        }
        self.draft.leaves.push((path, Value::Text(base64::encode(&bytes))));
    }

    /// Adds the members whose lines are gone, or have no value any more.
    fn removed(&mut self) {
        for line in lines(self.kind) {
            let Some(stored) = self.shown.stored.get(line.name()) else { continue };
            if self.values.get(line.name()).is_some() || self.wrong.iter().any(|one| one.name == line.path())
            {
                continue;
            }
            if line.is_required(self.kind) {
                let back = if line.field.is_secret() {
                    format!(": put back `{}: {HIDDEN}`", line.name())
                } else {
                    String::new()
                };
                self.wrong.add(line.path(), format!("is required{back}"));
            } else if let (Shape::Store(_), Value::Object(entries)) = (line.field.shape, stored) {
                self.draft.unset.extend(entries.iter().map(|(name, _)| format!("{ENTRIES}.{name}")));
            } else {
                self.draft.unset.push(line.path().into_owned());
            }
        }
    }
}
