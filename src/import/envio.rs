//! The output of `envio export`: a line `NAME=VALUE` for each variable, in which nothing is quoted, or one JSON
//! object. Nothing tells the lines from a `.env` file, so the operator must name the format.

use super::dotenv::import;
use super::format::{ImportFacts, ImportFormat};
use super::item::Import;
use crate::credential::Violations;
use crate::secret::Secret;
use crate::syntax::dotenv::Assignment;
use crate::value::{Value, json};

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "envio",
    summary: "variables exported by envio; nothing is quoted",
    recognises: |_| false,
    read,
};

fn read(text: &str, facts: &ImportFacts<'_>) -> Result<Import, Violations> {
    let mut variables = Vec::new();
    if text.trim_start().starts_with('{') {
        let document = json::parse(text.as_bytes());
        let Value::Object(members) =
            document.map_err(|error| Violations::one("document", error.to_string()))?
        else {
            return Err(Violations::one("document", "must be an object of texts"));
        };
        for (name, value) in members {
            let Value::Text(value) = value else {
                return Err(Violations::one(name, format!("must be a text, not {}", value.shape())));
            };
            variables.push(Assignment::plain(&name, value));
        }
        return Ok(import(variables, facts));
    }
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
        let Some((name, value)) = line.split_once('=').filter(|(name, _)| !name.is_empty()) else {
            // a value with a line break looks like this, and nobody can tell where it ends
            return Err(Violations::one(format!("line {}", index + 1), "must be NAME=VALUE"));
        };
        variables.push(Assignment::plain(name, Secret::from(value)));
    }
    Ok(import(variables, facts))
}

#[cfg(test)]
mod tests {
    use crate::import::tests::{read, shown};
    use crate::import::{ImportFacts, ImportFormat};

    #[test]
    fn values_are_taken_as_they_stand() {
        assert_eq!(
            shown(&read("envio", "A='x' # y\nDB_USERNAME=u\nDB_PASSWORD= p=1 \n")),
            ["UsernamePassword db {username: u, password:  p=1 }", "Simple A {value: 'x' # y}"]
        );
        assert_eq!(shown(&read("envio", r#"{"A":"x\ny"}"#)), ["Simple A {value: x\ny}"]);
        let error =
            ImportFormat::find("envio").unwrap().read("A=1\nsecret\n", &ImportFacts::default()).unwrap_err();
        assert_eq!(error.to_string(), "line 2: must be NAME=VALUE");
    }
}
