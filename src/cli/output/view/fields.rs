//! The rows of the fields: certificates, keys and kubeconfigs as what they say, the entries of a key store as
//! their text, and secrets as a mark unless they are revealed.

use credctl::base64;
use credctl::kind::{CUSTOM, ENTRIES, Shape, URL};
use credctl::time;
use credctl::value::Value;

use super::envelope::ViewRow;
use super::screen::{CredentialView, Screen};
use crate::cli::output::form::{HIDDEN, leaves, shown as shown_text};

/// Returns the fields that may be shown, the marks of those that may not, and the facts that they tell.
pub(super) fn rows(view: &CredentialView<'_>, screen: &Screen<'_>) -> Vec<ViewRow> {
    let credential = view.credential;
    let kind = credential.kind();
    let is_variables =
        |name: &str| kind.field(name).is_some_and(|field| matches!(field.shape, Shape::Variables));
    let facts = credential.facts();
    let told = |name: &str| facts.iter().any(|fact| fact.name == name);
    let public = credential.public_fields();
    let shown = if view.reveal { credential.revealed_fields() } else { public.clone() };
    let mut rows = Vec::new();
    for (name, value) in shown.iter().filter(|(name, _)| !told(name)) {
        match value {
            Value::Object(entries) if name == ENTRIES => {
                // what a public document says is shown in its place
                let is_told = |entry: &str| {
                    !facts.is_empty() && public.get(ENTRIES).and_then(|all| all.at(&[entry])).is_some()
                };
                let entries = entries.iter().filter(|(entry, _)| !is_told(entry));
                rows.extend(entries.map(|(entry, value)| (entry.to_owned(), decoded(value))));
            }
            // each under its own name, below
            _ if name == CUSTOM => {}
            Value::Object(variables) if is_variables(name) => {
                for (variable, value) in variables.iter() {
                    let path = format!("{name}.{variable}");
                    leaves(kind.bare_name(&path).to_owned(), value, &mut rows);
                }
            }
            Value::List(items) if name == URL => {
                rows.extend(items.iter().map(|item| (name.to_owned(), shown_text(item))));
            }
            value => leaves(name.to_owned(), value, &mut rows),
        }
    }
    let own = credential.own_fields().filter(|field| view.reveal || !field.is_secret);
    rows.extend(own.map(|field| (field.path(), shown_text(field.value))));
    if !view.reveal {
        let secrets = credential.secret_names();
        rows.extend(secrets.iter().map(|path| (kind.bare_name(path).to_owned(), HIDDEN.to_owned())));
    }
    // each variable has a row with its name
    let facts = facts.iter().filter(|_| !credential.facts_repeat_field());
    rows.extend(facts.map(|fact| (fact.name.to_owned(), fact_text(fact.name, &fact.text, screen))));
    rows.extend(credential.details().into_iter().map(|fact| (fact.name.to_owned(), fact.text)));
    rows
}

/// Returns the text of an entry; one that is no text stays in base64.
fn decoded(value: &Value) -> String {
    let text = value.as_text().map(credctl::secret::Secret::expose).unwrap_or_default();
    let plain = base64::decode(text).ok();
    let plain = plain.and_then(|bytes| std::str::from_utf8(&bytes).ok().map(str::to_owned));
    plain.unwrap_or_else(|| text.to_owned())
}

/// Returns the text of a fact, with points in time as people read them.
fn fact_text(name: &str, text: &str, screen: &Screen<'_>) -> String {
    let is_time = ["notbefore", "notafter"].iter().any(|end| name.to_lowercase().ends_with(end));
    match time::parse(text) {
        Ok(at) if is_time => screen.moment(at),
        _ => text.to_owned(),
    }
}
