//! The words of the command line that the catalogue knows: the names of fields, and typos of them.

use std::borrow::Cow;
use std::convert::Infallible;

use credctl::kind::{ENVELOPE, Kind, Shape};
use credctl::text::{compose, suggest};

use super::error::Error;

/// Reads an id, a name or a resource path, in the one Unicode form in which they are stored.
///
/// # Errors
/// Never; clap wants a `Result` from a parser.
#[expect(clippy::unnecessary_wraps, reason = "clap wants a parser that may fail")]
pub fn name(word: &str) -> Result<String, Infallible> {
    Ok(compose(word).into_owned())
}

/// Returns the names that may precede `=` for a type.
fn own_fields(kind: &Kind) -> Vec<Cow<'static, str>> {
    let entries = kind.every_field().flat_map(|field| match field.shape {
        Shape::Store(store) => store.entries.iter().map(|entry| entry.name.into()).collect(),
        Shape::Tree | Shape::Variables | Shape::Custom => vec![format!("{}.", field.name).into()],
        _ => vec![field.name.into()],
    });
    entries.collect()
}

/// Returns a word as a message may repeat it: text after a first `=` or `:` may be a secret.
pub fn shown(word: &str) -> String {
    match word.find(['=', ':']) {
        Some(at) if at + 1 < word.len() => format!("{}…", &word[..=at]),
        _ => word.to_owned(),
    }
}

/// Refuses an id that looks like an assignment: it may be a misspelt field with a secret behind it, which the
/// error does not repeat. Padding at the end, as in base64, is no assignment.
pub fn check_id(kind: &Kind, word: &str) -> Result<(), Error> {
    let Some((name, value)) = word.split_once('=') else { return Ok(()) };
    if value.trim_matches('=').is_empty() && !is_near(kind, name) {
        return Ok(());
    }
    let error = Error::usage(format!("{name} is not a field of {}", kind.name));
    let aliases = kind.every_field().chain(ENVELOPE).flat_map(|field| field.aliases.iter().copied());
    let own = own_fields(kind);
    Err(match suggest(name, own.iter().map(|known| &**known).chain(aliases)) {
        Some(nearest) => error.hint(format!("did you mean {nearest}=?")),
        None => error.hint(format!("`credctl types {}` shows the fields", kind.name)),
    })
}

/// Returns true if a name may be a misspelling of a field.
fn is_near(kind: &Kind, name: &str) -> bool {
    name.len() > 2 && suggest(name, own_fields(kind).iter().map(|known| &**known)).is_some()
}
