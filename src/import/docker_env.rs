//! Env-files of `docker run --env-file`: a line `NAME=VALUE` for each variable, in which nothing is quoted, and
//! comments. Such a file looks like a `.env` file, so the operator must name the format.

use super::dotenv::import;
use super::format::{ImportFacts, ImportFormat};
use super::item::Import;
use crate::credential::Violations;
use crate::secret::Secret;
use crate::syntax::dotenv::Assignment;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "docker-env",
    summary: "an env-file of docker run, and what `env` prints; nothing is quoted",
    recognises: |_| false,
    read,
};

fn read(text: &str, facts: &ImportFacts<'_>) -> Result<Import, Violations> {
    let (mut variables, mut notices) = (Vec::new(), Vec::new());
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let (line, number) = (line.trim_start(), index + 1);
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (name, value) = line.split_once('=').map_or((line, None), |(name, value)| (name, Some(value)));
        // the word may be a secret that lost its name, so only the line is named
        if name.is_empty() || name.contains(char::is_whitespace) {
            return Err(Violations::one(format!("line {number}"), "must be NAME=VALUE, a comment, or empty"));
        }
        match value {
            Some(value) => {
                let (name, value) = (name.to_owned(), Secret::from(value));
                variables.push(Assignment { name, value, line: number, refers: false });
            }
            None => notices.push(format!("line {number} has a name without a value, which sets nothing")),
        }
    }
    let mut import = import(variables, facts);
    import.notices.append(&mut notices);
    Ok(import)
}

#[cfg(test)]
mod tests {
    use crate::import::tests::{read, shown};
    use crate::import::{ImportFacts, ImportFormat};

    #[test]
    fn values_are_taken_as_they_stand() {
        let import = read("docker-env", "\u{feff}# c\nDEBUG\r\n  A=\"x\" # y \r\n\nB=${A}\n");
        assert_eq!(shown(&import), ["Simple A {value: \"x\" # y }", "Simple B {value: ${A}}"]);
        assert_eq!(import.notices, ["line 2 has a name without a value, which sets nothing"]);
        let format = ImportFormat::find("docker-env").unwrap();
        let error = format.read("A=1\na secret=1\n", &ImportFacts::default()).unwrap_err();
        assert_eq!(error.to_string(), "line 2: must be NAME=VALUE, a comment, or empty");
    }
}
