//! The variables of a file as one credential, under their exact names and in their order.

use indexmap::IndexMap;

use super::item::{Import, item};
use crate::kind::VARIABLES;
use crate::syntax::dotenv::Assignment;
use crate::text::SCHEME;
use crate::value::{Object, Value};

/// Makes one credential of variables.
pub(super) fn import(id: &str, variables: Vec<Assignment>) -> Import {
    let mut import = Import::default();
    let mut all = Object::new();
    for Assignment { name, value, refers, .. } in last_of_each(variables, &mut import.notices) {
        if refers && refers_to_others(value.expose()) {
            import.notices.push(format!("{name} refers to other variables, which is kept as it is"));
        }
        all.insert(name, Value::Text(value));
    }
    if !all.is_empty() {
        let members = Object::from_iter([("id", Value::text(id)), (VARIABLES, all.into())]);
        import.items.push(item("env", Some(id), members, Vec::new()));
    }
    import
}

/// Returns true if any reference of a text is none to a credential.
fn refers_to_others(text: &str) -> bool {
    text.split("${").skip(1).any(|inner| !inner.trim_start().starts_with(SCHEME))
}

/// Returns the variables, each name once: the last one counts, as for python-dotenv, at the place of the first.
pub(super) fn last_of_each(variables: Vec<Assignment>, notices: &mut Vec<String>) -> Vec<Assignment> {
    let mut all: IndexMap<String, Assignment> = IndexMap::with_capacity(variables.len());
    for one in variables {
        let (name, line) = (one.name.clone(), one.line);
        let Some(before) = all.insert(name.clone(), one) else { continue };
        let place = if line == 0 { "again".to_owned() } else { format!("again on line {line}") };
        let from = if before.line == 0 { String::new() } else { format!(" of line {}", before.line) };
        notices.push(format!("{name} is set {place}; the earlier value{from} is left out"));
    }
    all.into_values().collect()
}

#[cfg(test)]
mod tests {
    use crate::import::{Import, ImportFacts, ImportFormat, tests::shown};

    fn read(format: &str, text: &str) -> Import {
        let facts = ImportFacts { variables_as: Some("shop"), ..ImportFacts::default() };
        ImportFormat::find(format).unwrap().read(text, &facts).unwrap()
    }

    #[test]
    fn names_values_and_order_stay() {
        let import = read("dotenv", "DB_USERNAME=u\nDB_PASSWORD=p\nEMPTY=\nA=1\nDB_USERNAME=v\n");
        assert_eq!(shown(&import), ["env shop {variables: {DB_USERNAME: v, DB_PASSWORD: p, EMPTY: , A: 1}}"]);
        assert_eq!(
            import.notices,
            ["DB_USERNAME is set again on line 5; the earlier value of line 1 is left out"]
        );
        assert_eq!(shown(&read("envio", "A='x'\nB=1\n")), ["env shop {variables: {A: 'x', B: 1}}"]);
        assert_eq!(
            shown(&read("docker-env", "# c\n  A= 'x' \nB=1\n")),
            ["env shop {variables: {A:  'x' , B: 1}}"]
        );
    }

    #[test]
    fn references_to_credentials_are_no_references_to_variables() {
        let import = read("dotenv", "A=${cred://db/password}\nB=x${HOST}y${cred://a/b}\n");
        assert_eq!(import.notices, ["B refers to other variables, which is kept as it is"]);
    }
}
