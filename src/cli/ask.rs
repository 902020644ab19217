//! The prompts for the required fields of a credential, and for `FIELD=-`.
//!
//! All checks that need no answer run before the first prompt; see [`ReadyCheck`]. The prompt for one value is in
//! `question.rs`.

use credctl::credential::{Draft, Target, Violations};
use credctl::kind::{Class, Kind, Shape};
use credctl::secret::Secret;
use credctl::value::Value;

use super::assign;
use super::context::{Input, Ui};
use super::conversion;
use super::error::Error;
use super::prompt::Prompter;
use super::question::Question;

/// The checks that need no answer. They run before the first prompt, or never if there is no prompt.
pub type ReadyCheck<'a> = &'a mut dyn FnMut() -> Result<(), Error>;

/// Prompts for the missing required fields, in the catalogue's order. Does nothing without a terminal.
pub fn for_missing(ui: &Ui, kind: &Kind, draft: &mut Draft, ready: ReadyCheck<'_>) -> Result<(), Error> {
    let Some(prompter) = ui.prompter() else { return Ok(()) };
    // answers cannot repair a draft that is wrong already
    if !draft.violations.is_empty() {
        return Ok(());
    }
    let mut checked = false;
    for target in missing(kind, draft) {
        if !std::mem::replace(&mut checked, true) {
            ready()?;
        }
        let question = Question::of(kind, &target);
        let label = if kind.identity_name && target.field.name == "name" {
            "User ID".to_owned()
        } else {
            target.label()
        };
        let value = question.put(prompter, &label)?;
        draft.assign(&target, kept(&target, &value));
    }
    Ok(())
}

/// Prompts for the field that takes its value from stdin, if stdin is the terminal. The prompt hides the
/// value; reading it as data would show it.
pub fn for_dash(
    ui: &Ui,
    input: &Input,
    kind: &Kind,
    words: &[String],
    ready: ReadyCheck<'_>,
) -> Result<(), Error> {
    if !input.is_terminal {
        return Ok(());
    }
    let Some(target) = assign::dash(kind, words)? else { return Ok(()) };
    let Some(prompter) = ui.prompter() else {
        let reason = "is required: stdin is a terminal, and prompting is disabled";
        return Err(Violations::one(target.path(), reason).into());
    };
    ready()?;
    let value = Question::of(kind, &target).put(prompter, &target.label())?;
    input.answer(&value);
    Ok(())
}

/// Prompts for the value of a field, an entry or a leaf, and returns it as the target keeps it.
pub fn value(prompter: &Prompter, kind: &Kind, target: &Target, label: &str) -> Result<Value, Error> {
    Ok(kept(target, &Question::of(kind, target).put(prompter, label)?))
}

/// Prompts for a secret that may be left out, and returns it as the target keeps it.
pub fn optional(
    prompter: &Prompter,
    kind: &Kind,
    target: &Target,
    label: &str,
) -> Result<Option<Value>, Error> {
    let answer = Question::of(kind, target).put_optional(prompter, label)?;
    Ok(answer.map(|answer| target.encode(&answer)))
}

/// Returns an answer in the form in which the target keeps it. The gate refuses a text that has no such form.
fn kept(target: &Target, answer: &Secret) -> Value {
    match target.field.shape {
        Shape::Variables if target.leaf.is_empty() => {
            conversion::variables(answer).unwrap_or_else(|_| target.encode(answer))
        }
        _ => target.encode(answer),
    }
}

/// Returns the required fields and entries that have no value yet.
pub fn missing(kind: &Kind, draft: &Draft) -> Vec<Target> {
    let mut targets = Vec::new();
    for field in kind.members() {
        if !kind.needs(field)
            || is_given(draft, field.name)
            || (kind.id_field == Some(field.name) && is_given(draft, "id"))
        {
            continue;
        }
        let Shape::Store(store) = field.shape else {
            targets.push(Target { field, leaf: Vec::new(), entry: None });
            continue;
        };
        for entry in store.entries.iter().filter(|entry| entry.class == Class::Required) {
            let target = Target { field, leaf: vec![entry.name.to_owned()], entry: Some(entry) };
            if !is_given(draft, &target.path()) {
                targets.push(target);
            }
        }
    }
    targets
}

fn is_given(draft: &Draft, path: &str) -> bool {
    let first = path.split('.').next().unwrap_or(path);
    draft.members.get(first).is_some() || draft.leaves.iter().any(|(leaf, _)| leaf == path)
}
