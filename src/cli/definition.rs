//! Definitions of types in TOML, as their authors write them: read with the lines of their members, and written.

use std::collections::HashMap;
use std::fmt::Write as _;

use credctl::credential::Violations;
use credctl::kind::own::{DefinitionFaults, MAX_DEFINITION, TypeDefinition};
use credctl::value::{Object, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::{Error, Failure};

/// The lines of the members of a text, by their paths.
struct MemberLines<'t> {
    text: &'t str,
    lines: HashMap<String, usize>,
}

/// Reads the definition of a type.
///
/// # Errors
/// Everything that is wrong with it, each fault with its line.
pub fn read(name: &str, text: &str) -> Result<TypeDefinition, Error> {
    if text.len() > MAX_DEFINITION {
        return Err(Error::new(Failure::Invalid, format!("{name} has more than 64 KiB")));
    }
    let table = DeTable::parse(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_at(text, span.start));
        Error::new(Failure::Invalid, format!("{name}, line {line}: {}", error.message()))
    })?;
    let mut lines = MemberLines { text, lines: HashMap::new() };
    let document = lines.object(table.get_ref(), "");
    TypeDefinition::read(&document).map_err(|faults| refused(name, &lines, &faults))
}

/// Makes the error for a definition: one line for each fault.
fn refused(name: &str, lines: &MemberLines<'_>, faults: &DefinitionFaults) -> Error {
    let mut all = faults.iter().map(|fault| {
        let place = match lines.of(&fault.path) {
            Some(line) => format!("{name}, line {line}: {}", fault.path),
            None => format!("{name}: {}", fault.path),
        };
        (place, fault.reason.clone())
    });
    let error = match (all.next(), all.next()) {
        (Some((place, reason)), None) => Error::new(Failure::Invalid, format!("{place}: {reason}")),
        (first, second) => {
            let mut violations = Violations::default();
            for (place, reason) in first.into_iter().chain(second).chain(all) {
                violations.add(place, reason);
            }
            Error::from(violations)
        }
    };
    error.hint("`credctl types Aws --toml` shows a definition")
}

fn line_at(text: &str, byte: usize) -> usize {
    text.bytes().take(byte).filter(|byte| *byte == b'\n').count() + 1
}

impl MemberLines<'_> {
    /// Returns the line of a member, or of the member that it should be in.
    fn of(&self, path: &str) -> Option<usize> {
        let mut path = path;
        loop {
            if let Some(line) = self.lines.get(path) {
                return Some(*line);
            }
            path = &path[..path.rfind('.')?];
        }
    }

    fn object(&mut self, table: &DeTable<'_>, path: &str) -> Object {
        let mut object = Object::new();
        for (name, value) in table {
            let path = if path.is_empty() {
                name.get_ref().to_string()
            } else {
                format!("{path}.{}", name.get_ref())
            };
            self.lines.insert(path.clone(), line_at(self.text, name.span().start));
            object.insert(name.get_ref().as_ref(), self.value(value, &path));
        }
        object
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>, path: &str) -> Value {
        match value.get_ref() {
            DeValue::String(text) => Value::text(text.as_ref()),
            DeValue::Integer(number) => number_of(&number.as_str().replace('_', ""), number.radix()),
            DeValue::Float(number) => number_of(&number.as_str().replace('_', ""), 10),
            DeValue::Boolean(flag) => Value::Bool(*flag),
            DeValue::Datetime(time) => Value::text(time.to_string()),
            DeValue::Array(items) => {
                let items = items.iter().enumerate().map(|(index, item)| {
                    let path = format!("{path}[{index}]");
                    self.lines.insert(path.clone(), line_at(self.text, item.span().start));
                    self.value(item, &path)
                });
                Value::List(items.collect())
            }
            DeValue::Table(table) => self.object(table, path).into(),
        }
    }
}

/// Returns a number as JSON has it; a text, which no member takes for a number, if JSON has none such.
fn number_of(text: &str, radix: u32) -> Value {
    let parsed = match radix {
        10 => text.strip_prefix('+').unwrap_or(text).parse::<serde_json::Number>().ok(),
        radix => i64::from_str_radix(text, radix).ok().map(serde_json::Number::from),
    };
    parsed.map_or_else(|| Value::text(text), Value::Number)
}

/// Writes the document of a definition in TOML. Fields become tables of their own, in their order.
pub fn write(document: &Object) -> String {
    let mut out = String::new();
    table(document, "", &mut out);
    out
}

fn table(document: &Object, path: &str, out: &mut String) {
    let is_tables = |value: &Value| matches!(value, Value::List(items) if !items.is_empty() && items.iter().all(|item| item.as_object().is_some()));
    for (name, value) in document.iter().filter(|(_, value)| !is_tables(value)) {
        let _ = writeln!(out, "{} = {}", key(name), inline(value));
    }
    for (name, value) in document.iter().filter(|(_, value)| is_tables(value)) {
        let path = if path.is_empty() { key(name) } else { format!("{path}.{}", key(name)) };
        for item in value.as_list().unwrap_or_default().iter().filter_map(Value::as_object) {
            let _ = writeln!(out, "\n[[{path}]]");
            table(item, &path, out);
        }
    }
}

fn inline(value: &Value) -> String {
    let list = |items: Vec<String>| items.join(", ");
    match value {
        Value::Null => "\"\"".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => toml::Value::from(text.expose()).to_string(),
        Value::List(items) => format!("[{}]", list(items.iter().map(inline).collect())),
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| format!("{} = {}", key(name), inline(value)));
            format!("{{ {} }}", list(members.collect()))
        }
    }
}

fn key(name: &str) -> String {
    let is_bare = !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if is_bare { name.to_owned() } else { toml::Value::from(name).to_string() }
}

#[cfg(test)]
mod tests {
    use credctl::kind::KINDS;
    use credctl::kind::own::TypeDefinition;
    use toml::de::DeTable;

    use super::{MemberLines, read, write};

    #[test]
    fn every_built_in_type_comes_back_from_its_toml() {
        for kind in KINDS {
            let definition = TypeDefinition::of(kind);
            let text = write(&definition.document());
            let mut lines = MemberLines { text: &text, lines: std::collections::HashMap::new() };
            let document = lines.object(DeTable::parse(&text).unwrap().get_ref(), "");
            let again = TypeDefinition::read_built_in(&document);
            let again = again.unwrap_or_else(|faults| panic!("{}: {faults}\n{text}", kind.name));
            assert_eq!(again, definition, "{text}");
            // prompts, help and rules are those of the catalogue
            assert_eq!(format!("{:#?}", again.built_in_kind()), format!("{kind:#?}"));
        }
    }

    #[test]
    fn faults_have_their_lines() {
        let text = "name = \"a.b\"\nsummary = \"s\"\n\n[[field]]\nname = \"x\"\nkind = \"txt\"\nhelp = \"h\"\n\n\
                    [[field]]\nname = \"id\"\nkind = \"text\"\nhelp = \"h\"\npatern = \"x\"\n";
        let error = read("t.toml", text).unwrap_err().detail();
        assert!(error.contains("t.toml, line 6: field[0].kind: is no kind of field"), "{error}");
        assert!(
            error.contains("t.toml, line 13: field[1].patern: unknown member; did you mean pattern?"),
            "{error}"
        );
        let error = read("t.toml", "name = \"a.b\"\nx").unwrap_err().detail();
        assert!(error.starts_with("t.toml, line 2: "), "{error}");
        // a missing member has no line, so the message names that of its table
        let error = read("t.toml", "name = \"a.b\"\nsummary = \"s\"\n[[field]]\nname = \"x\"\n")
            .unwrap_err()
            .detail();
        assert!(error.contains("t.toml, line 3: field[0].kind: is required"), "{error}");
    }
}
