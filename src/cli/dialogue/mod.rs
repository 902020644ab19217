//! Adding a credential by dialogue: its type, its id, its fields, and a look at all of it before it is saved.
//!
//! `types.rs` is the choice of a type, `answers.rs` the answers so far, and `review.rs` the last question.
//! Nothing is written here: the caller gets a valid credential, or an error.

mod answers;
mod review;
mod types;

use std::borrow::Cow;

use credctl::credential::{ChangeError, Changed, Draft};
use credctl::kind::{Named, rule};
use credctl::store::{self, Preview};
use credctl::value::Value;

use super::context::Context;
use super::error::Error;
use super::prompt::Prompter;
use super::session;
use answers::Answers;

/// Asks for a credential, of a type or of one that the operator chooses. With `reviews`, shows it before the end.
/// Returns `None` if the operator does not want to save it.
pub fn ask(
    context: &Context,
    prompter: &Prompter,
    named: Option<Named>,
    reviews: bool,
    dry_run: bool,
) -> Result<Option<(Changed, Preview)>, Error> {
    // whatever needs no answer is known before the first question
    let mut seen = session::preview(context, dry_run)?;
    let named = match named {
        Some(named) => named,
        None => Named { kind: types::choose(prompter, &seen.vault.types()?)?, connector_type: None },
    };
    let kind = named.kind;
    let mut start = Draft::default();
    if let Some(connector_type) = named.connector_type {
        start.members.insert("connectorType", Value::text(connector_type));
    }
    if kind.id_field.is_none() && !kind.identity_name {
        start.members.insert("id", Value::text(id(prompter, &mut seen)?));
    }
    let mut answers = Answers::new(kind, start);
    answers.required(prompter)?;
    loop {
        let changed = valid(context, prompter, &mut answers)?;
        if seen.vault.contains(changed.credential.id())? {
            return Err(Error::exists(changed.credential.id()));
        }
        if !reviews {
            return Ok(Some((changed, seen)));
        }
        match review::review(prompter, &changed, &answers)? {
            review::Decision::Save => return Ok(Some((changed, seen))),
            review::Decision::Drop => return Ok(None),
            review::Decision::Edit => answers.edit(&context.settings, prompter)?,
        }
    }
}

/// Asks for the id until it is a free one.
fn id(prompter: &Prompter, seen: &mut Preview) -> Result<String, Error> {
    loop {
        let check = |text: &str| (rule::text::ID.check)(text).map(drop).map_err(Cow::into_owned);
        let typed = prompter.text("Name, such as team/wiki", &check)?;
        let id = credctl::text::compose(&typed).into_owned();
        if !seen.vault.contains(&id)? {
            return Ok(id);
        }
        prompter.refuse(&format!("`{id}` exists already"))?;
    }
}

/// Asks again for what the gate refuses, until it refuses nothing.
fn valid(context: &Context, prompter: &Prompter, answers: &mut Answers) -> Result<Changed, Error> {
    loop {
        let violations = match context.settings.terms.create(answers.kind, answers.draft()) {
            Ok(changed) => return Ok(changed),
            Err(store::Error::Change(ChangeError::Invalid(violations))) => violations,
            Err(error) => return Err(error.into()),
        };
        if !answers.again(&context.settings, prompter, &violations)? {
            return Err(Error::from(violations));
        }
    }
}
