//! Asking on a terminal for the fields that a credential cannot do without.

use std::path::Path;

use credctl::credential::{Draft, Target};
use credctl::kind::{Class, Field, Kind, Shape, rule::encoding};
use credctl::secret::Secret;
use credctl::value::Value;
use credctl::vault::file::read_named;

use super::context::Context;
use super::error::Error;

/// Largest file that a field is read from.
const LIMIT: u64 = 16 * 1024 * 1024;

/// Asks for what is missing, in the catalogue's order. Without a terminal nothing is asked.
pub fn for_missing(context: &Context, kind: &Kind, draft: &mut Draft) -> Result<(), Error> {
    if context.prompter().is_none() {
        return Ok(());
    }
    for field in kind.members() {
        if !kind.needs(field)
            || is_given(draft, field.name)
            || (kind.id_field == Some(field.name) && is_given(draft, "id"))
        {
            continue;
        }
        match field.shape {
            Shape::Store(store) => {
                for entry in store.entries.iter().filter(|entry| entry.class == Class::Required) {
                    let path = format!("{}.{}", field.name, entry.name);
                    if !is_given(draft, &path) {
                        let target = Target { field, leaf: vec![entry.name.to_owned()], entry: Some(entry) };
                        if let Some(value) = ask(context, entry, true)? {
                            draft.assign(&target, Value::Text(encoding::encode(value.expose().as_bytes())));
                        }
                    }
                }
            }
            // free-form: what it is made of only the operator knows
            Shape::Tree => {
                let path = from_file(context, field)?;
                draft.members.insert(field.name, Value::Text(path));
            }
            _ => {
                if let Some(value) = ask(context, field, false)? {
                    draft.members.insert(field.name, Value::Text(value));
                }
            }
        }
    }
    Ok(())
}

fn is_given(draft: &Draft, path: &str) -> bool {
    let first = path.split('.').next().unwrap_or(path);
    draft.members.get(first).is_some() || draft.leaves.iter().any(|(leaf, _)| leaf == path)
}

/// One field: a secret of one line hidden and twice, text of many lines from a file, the rest as typed.
fn ask(context: &Context, field: &Field, encoded: bool) -> Result<Option<Secret>, Error> {
    let Some(prompter) = context.prompter() else { return Ok(None) };
    let check = |text: &str| judge(field, text, encoded);
    match field.shape {
        Shape::JsonText(_) => from_file(context, field).map(Some),
        // an entry of many lines: a certificate, a key, a kubeconfig
        Shape::Text(_) if encoded => from_file(context, field).map(Some),
        _ if field.is_secret() => loop {
            let secret = prompter.new_secret(&format!("{} ({})", field.name, field.expects()))?;
            match check(secret.expose()) {
                Ok(()) => return Ok(Some(secret)),
                Err(reason) => context.say(&format!("{}: {reason}", field.name)),
            }
        },
        _ => Ok(Some(Secret::from(prompter.text(field.name, field.expects(), &check)?))),
    }
}

fn from_file(context: &Context, field: &Field) -> Result<Secret, Error> {
    let Some(prompter) = context.prompter() else { return Err(Error::usage("there is nobody to ask")) };
    let help = format!("file with the {}", field.help);
    let readable =
        |path: &str| read_named(Path::new(path), LIMIT).map(drop).map_err(|error| error.to_string());
    let path = prompter.text(field.name, &help, &readable)?;
    let mut bytes = read_named(Path::new(&path), LIMIT)?;
    if field.is_called("kubeconfig") {
        bytes =
            super::assign::kubeconfig(bytes).map_err(|reason| Error::usage(format!("{path} {reason}")))?;
    }
    Secret::from_utf8(std::mem::take(&mut *bytes))
        .map_err(|_| Error::usage(format!("{path} is not UTF-8 text")))
}

/// Judges a value as typed; the rules of entries are for what is encoded.
fn judge(field: &Field, text: &str, encoded: bool) -> Result<(), String> {
    let (Shape::Line(rule) | Shape::Text(rule) | Shape::JsonText(rule)) = field.shape else { return Ok(()) };
    let judged =
        if encoded { (rule.check)(encoding::encode(text.as_bytes()).expose()) } else { (rule.check)(text) };
    judged.map(drop).map_err(std::borrow::Cow::into_owned)
}
