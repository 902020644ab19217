//! The definition of a type of one's own, and its removal.

use std::path::Path;

use credctl::disk::read_named;
use credctl::kind::own::MAX_DEFINITION;
use credctl::store::{DefinedType, UndefinedType};
use credctl::value::{Object, Value};

use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::{answer, definition, document, output, session};

/// The ids of credentials that a notice names.
const NAMED: usize = 5;

/// Defines the type of a file.
pub(super) fn define(context: &Context, path: &Path, dry_run: bool) -> Result<(), Error> {
    let Context { settings, ui, input } = context;
    let limit = MAX_DEFINITION as u64;
    let bytes = if path == Path::new("-") { input.data(ui)? } else { read_named(path, limit)? };
    let text = document::decode(path, &bytes)?;
    // reports a wrong definition before it prompts for a key
    let definition = definition::read(&document::name_of(path), &text)?;
    let written = session::write(context, dry_run, |vault| Ok(vault.define_type(&definition)?))?;
    let DefinedType { kind, is_new, is_changed, credentials, failing } = written.answer;
    if !failing.is_empty() {
        let some = failing.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
        let more = if failing.len() > NAMED { ", …" } else { "" };
        ui.notice(&format!(
            "{} of {credentials} credentials of {} break the new rules: {some}{more}; they stay unchanged",
            failing.len(),
            kind.name
        ));
    }
    let mut answer = Object::new();
    answer.insert("name", Value::text(kind.name));
    answer.insert("defined", is_new);
    answer.insert("changed", is_changed && !is_new);
    answer.insert("credentials", Value::from(credentials as u64));
    answer.insert("failing", Value::texts(failing));
    let done = match (is_new, is_changed) {
        (true, _) => "defined the type",
        (false, true) => "changed the definition of",
        (false, false) => "nothing changed in the type",
    };
    output::resident(settings, done, answer, &written.deployment, dry_run)
}

/// Removes a type.
pub(super) fn undefine(context: &Context, name: &str, dry_run: bool) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let written = session::write(context, dry_run, |vault| Ok(vault.undefine_type(name)?))?;
    let UndefinedType { kept_for } = written.answer;
    if kept_for > 0 {
        ui.notice(&format!(
            "{kept_for} credentials and earlier versions still use the definition; credctl deletes it with the last of them"
        ));
    }
    let mut answer = Object::new();
    answer.insert("name", Value::text(name));
    answer.insert("removed", true);
    answer.insert("keptFor", Value::from(kept_for as u64));
    if !dry_run {
        answer::undo_hint(settings, ui);
    }
    output::resident(settings, "removed the type", answer, &written.deployment, dry_run)
}
