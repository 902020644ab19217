//! The credential that the operator means: by its id, else by a name that only one has, else chosen from a list
//! on the terminal. A script never gets a guess.

use credctl::credential::{Credential, Head};
use credctl::store::{self, Preview};
use credctl::vault::Vault;

use super::context::{Context, Settings};
use super::error::Error;
use super::session;

/// The credentials that a verb works with.
pub type Fits<'a> = &'a dyn Fn(&Head) -> bool;

/// Fails if nobody could choose between no words, or several. Must come before the vault is unlocked.
pub fn check(context: &Context, words: &[String]) -> Result<(), Error> {
    if words.len() == 1 || may_choose(context) { Ok(()) } else { Err(one_id()) }
}

/// Finds the credential that the words name. On a terminal, the operator chooses among those that the words
/// match if no id or name is theirs, or if there is none.
pub fn credential(context: &Context, vault: &mut Vault, words: &[String]) -> Result<Credential, Error> {
    let scope = context.settings.scope();
    if let [word] = words {
        match scope.find(vault, word, true) {
            Err(error) if !(is_miss(&error) && may_choose(context)) => return Err(error.into()),
            Ok(found) => return Ok(found),
            Err(_) => {}
        }
    }
    let id = choose(context, vault, words, &|_| true)?;
    Ok(scope.find(vault, &id, false)?)
}

/// Returns the id of the credential to change. A word counts as it is given if it is an id, or with `by_name` a
/// name, or if there is no terminal: the change itself says what is wrong with it.
pub fn to_change(
    context: &Context,
    vault: &mut Vault,
    word: Option<&str>,
    by_name: bool,
    fits: Fits<'_>,
) -> Result<String, Error> {
    let scope = context.settings.scope();
    let words = match word {
        None => Vec::new(),
        Some(word) => match scope.find(vault, word, by_name) {
            Err(error) if is_miss(&error) && may_choose(context) => vec![word.to_owned()],
            _ => return Ok(word.to_owned()),
        },
    };
    choose(context, vault, &words, &|head| scope.owns(head) && fits(head))
}

/// Returns the id of the credential to change, as [`to_change`] does, for a verb that asks nothing before. The
/// vault that was read for the choice comes with it, so that the operator unlocks it once.
pub fn before_change(
    context: &Context,
    word: Option<&str>,
    by_name: bool,
    dry_run: bool,
) -> Result<(Option<Preview>, String), Error> {
    if !may_choose(context) {
        return Ok((None, word.ok_or_else(one_id)?.to_owned()));
    }
    let mut seen = session::preview(context, dry_run)?;
    let id = to_change(context, &mut seen.vault, word, by_name, &|_| true)?;
    Ok((Some(seen), id))
}

/// Returns true if there is a person to choose: keys come from a terminal, and the answer goes to one.
pub fn may_choose(context: &Context) -> bool {
    let Context { settings, ui, input } = context;
    // the list needs a terminal that knows escapes
    !settings.is_dumb && input.is_terminal && ui.stdout_is_terminal && ui.prompter().is_some()
}

fn is_miss(error: &store::Error) -> bool {
    matches!(error, store::Error::NotFound { .. } | store::Error::Ambiguous { .. })
}

/// Lets the operator choose among the credentials that the words match.
fn choose(context: &Context, vault: &mut Vault, words: &[String], fits: Fits<'_>) -> Result<String, Error> {
    let Context { settings, ui, .. } = context;
    let prompter = ui.prompter().filter(|_| may_choose(context)).ok_or_else(one_id)?;
    let mut heads = settings.scope().matching(vault, words)?;
    heads.retain(|head| fits(head));
    if heads.is_empty() {
        return Err(none(settings, vault, words));
    }
    let position = prompter.choose("Credential", &lines(&heads))?;
    heads.into_iter().nth(position).map(|head| head.id).ok_or_else(one_id)
}

/// Makes the error of words that match nothing. The ids that are near to a single word are its hint.
fn none(settings: &Settings, vault: &mut Vault, words: &[String]) -> Error {
    let [word] = words else {
        return Error::no_match(match words {
            [] => "there is no credential to choose",
            _ => "no credential matches all of these words",
        });
    };
    match settings.scope().find(vault, word, true) {
        Err(error) => error.into(),
        Ok(_) => Error::no_match("no credential of that name can be changed like this"),
    }
}

fn one_id() -> Error {
    Error::usage("the id of one credential is needed").hint("`credctl list -o name` shows the ids")
}

/// Returns the lines to choose from: the id, the type, and the words that the operator gave it.
fn lines(heads: &[Head]) -> Vec<String> {
    let widest = heads.iter().map(|head| head.id.chars().count()).max().unwrap_or(0).min(40);
    let line = |head: &Head| {
        let envelope = &head.envelope;
        let name = Some(&envelope.name).filter(|name| **name != head.id);
        let words: Vec<&str> =
            name.map(String::as_str).into_iter().chain(envelope.description.as_deref()).collect();
        let line = format!("{:<widest$}  {:<12}  {}", head.id, head.kind.short, words.join("  "));
        line.trim_end().to_owned()
    };
    heads.iter().map(line).collect()
}
