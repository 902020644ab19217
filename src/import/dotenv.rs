//! `.env` files. Variables that belong together make one credential: the keys of AWS, Azure and Google Cloud,
//! and a user name with its password. Every other variable is a secret text of its own, unless the caller wants
//! one credential.

use indexmap::IndexMap;

use super::entries::Entries;
use super::environment;
use super::format::{ImportFacts, ImportFormat};
use super::item::Import;
use crate::kind::{Class, Field, KINDS, LOGIN_TYPE};
use crate::secret::Secret;
use crate::syntax::dotenv::{Assignment, Bare, variables};
use crate::value::{Object, Value};

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "dotenv",
    summary: "a .env file; also KEY=VALUE lines",
    // the last resort: every line must be an assignment, or a name in capitals
    recognises: |text| {
        let is_name = |name: &str| {
            name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte))
        };
        let is_capital =
            |line: &Bare| line.name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
        variables(text).is_ok_and(|file| {
            // base64 ends in `=` and may begin with a digit, so it looks like assignments
            file.assignments.iter().any(|one| !one.name.starts_with(|c: char| c.is_ascii_digit()))
                && file.assignments.iter().all(|one| is_name(&one.name))
                && file.bare.iter().all(is_capital)
        })
    },
    read: |text, facts| {
        let file = variables(text)?;
        let mut import = import(file.assignments, facts);
        import.notices.extend(file.bare.iter().map(Bare::notice));
        Ok(import)
    },
};

const USERNAME: &str = "_USERNAME";
/// The endings of the variables of a login, the optional one last.
const LOGIN: [(&str, &str); 3] =
    [("_USERNAME", "username"), ("_PASSWORD", "password"), ("_DOMAIN", "domain")];

/// Variables in their order. The value of one that was taken is `None`.
type Variables = IndexMap<String, Option<Secret>>;

/// Makes credentials of variables, or the one that the caller asked for.
pub(super) fn import(variables: Vec<Assignment>, facts: &ImportFacts<'_>) -> Import {
    match facts.variables_as {
        Some(id) => environment::import(id, variables),
        None => several(variables),
    }
}

fn several(variables: Vec<Assignment>) -> Import {
    let mut entries = Entries::default();
    let mut logins = Vec::new();
    let mut all = Variables::new();
    for Assignment { name, value, refers, .. } in environment::last_of_each(variables, &mut entries.notices) {
        if refers {
            entries.notices.push(format!("{name} refers to other variables, which is kept as it is"));
        }
        logins.extend(name.strip_suffix(USERNAME).filter(|prefix| !prefix.is_empty()).map(str::to_owned));
        all.insert(name, Some(value));
    }
    for kind in KINDS {
        let named = |field: &&Field| field.variable.is_some();
        // the required ones first, because a credential needs them all
        let (required, optional): (Vec<_>, Vec<_>) =
            kind.fields.iter().filter(named).partition(|field| field.class == Class::Required);
        let names = required.iter().chain(&optional);
        let names = names.filter_map(|field| Some((field.variable?.to_owned(), field.name)));
        if !required.is_empty()
            && let Some(members) = take(&mut all, &names.collect::<Vec<_>>(), required.len())
        {
            let id = entries.id(&kind.name.to_lowercase(), "key");
            entries.push(kind.name, &id, members, Vec::new());
        }
    }
    for prefix in logins {
        let names = LOGIN.map(|(suffix, field)| (format!("{prefix}{suffix}"), field));
        if let Some(members) = take(&mut all, &names, 2) {
            let id = entries.id(&prefix.to_lowercase(), "login");
            entries.push(LOGIN_TYPE, &id, members, Vec::new());
        }
    }
    for (name, value) in all {
        let Some(value) = value else { continue };
        if value.is_empty() {
            entries.notices.push(format!("{name} is empty and left out"));
            continue;
        }
        let id = entries.id(&name, "variable");
        entries.push("Simple", &id, Object::from_iter([("value", Value::Text(value))]), Vec::new());
    }
    entries.finish()
}

/// Takes the variables that are the fields of one credential, if the required ones are there and not empty.
fn take(all: &mut Variables, names: &[(String, &str)], required: usize) -> Option<Object> {
    let has = |(name, _): &(String, &str)| matches!(all.get(name), Some(Some(value)) if !value.is_empty());
    if !names[..required].iter().all(has) {
        return None;
    }
    let taken =
        names.iter().filter_map(|(name, field)| Some((*field, Value::Text(all.get_mut(name)?.take()?))));
    Some(taken.collect())
}

#[cfg(test)]
mod tests {
    use crate::import::tests::{read, recognised, shown};

    #[test]
    fn the_last_one_of_a_name_counts() {
        let twice = read("dotenv", "A=1\nB=2\nA=3\n");
        assert_eq!(shown(&twice), ["Simple A {value: 3}", "Simple B {value: 2}"]);
        assert_eq!(twice.notices, ["A is set again on line 3; the earlier value of line 1 is left out"]);
    }

    #[test]
    fn only_assignments_are_recognised() {
        assert_eq!(recognised("# x\nA=b\n"), Some("dotenv"));
        assert_eq!(recognised("DEBUG\n456 = x\nA=b\n"), Some("dotenv"));
        for text in [
            "",
            "#",
            "a: b=c",
            "A=b\nfree text",
            "A=b\nword",
            "WORD\n",
            "A='open",
            "A='b' c",
            "1A=b",
            "Ä=b",
            "A B=c",
            "=b",
            "{\"a\":\"b=c\"}",
        ] {
            assert_eq!(recognised(text), None, "{text:?}");
        }
    }

    #[test]
    fn every_name_of_python_is_one_and_a_name_without_a_value_is_told() {
        let import = read("dotenv", "DEBUG\nexport TOKEN\n456 = ABC\nGRÖSSE=5\n1A=b # c\nexport=x\n");
        assert_eq!(
            shown(&import),
            [
                "Simple 456 {value: ABC}",
                "Simple GRÖSSE {value: 5}",
                "Simple 1A {value: b}",
                "Simple export {value: x}"
            ]
        );
        assert_eq!(
            import.notices,
            [
                "line 1 has a name without a value, which sets nothing",
                "line 2 has a name without a value, which sets nothing"
            ]
        );
    }

    #[test]
    fn what_belongs_together_is_one_credential() {
        let text = "STRIPE_KEY=sk\nAWS_ACCESS_KEY_ID=AKIA\nAWS_SECRET_ACCESS_KEY=s\nMY_DB_PASSWORD=p\n\
                    MY_DB_USERNAME=u\nAZURE_CLIENT_ID=c\nX_PASSWORD=x\nURL=http://${HOST}/\n";
        let import = read("dotenv", text);
        assert_eq!(import.notices, ["URL refers to other variables, which is kept as it is"]);
        assert_eq!(
            shown(&import),
            [
                "Aws aws {accessKeyId: AKIA, secretAccessKey: s}",
                "UsernamePassword my_db {username: u, password: p}",
                "Simple STRIPE_KEY {value: sk}",
                "Simple AZURE_CLIENT_ID {value: c}",
                "Simple X_PASSWORD {value: x}",
                "Simple URL {value: http://${HOST}/}",
            ]
        );
    }
}
