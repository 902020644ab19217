//! `recipients list`.

use credctl::value::{Object, Value};

use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::options::Form;
use crate::cli::output::{self, Columns};
use crate::cli::people::People;
use crate::cli::{rekeying, session};

/// The longest key of a table: an RSA key has several hundred characters, and only its end differs from that of others.
const WIDEST: usize = 80;

pub fn run(context: &Context) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let (mut vault, key) = session::store(context)?.read_with_key()?;
    let members = vault.members()?;
    let is_for_people = output::is_for_people(settings);
    let people =
        if is_for_people { People::read(settings.terms.actor, &mut vault)? } else { People::default() };
    let items = members.iter().map(|member| {
        let mut shown = rekeying::document(member);
        if settings.form == Form::Table {
            shown.insert("recipient", Value::text(key_ends(&member.recipient)));
        }
        if let (true, Some(by)) = (is_for_people, member.added_by) {
            shown.insert("addedBy", Value::text(people.short(&by.to_string())));
        }
        shown
    });
    let columns = Columns {
        table: &["name", "kind", "recipient", "addedAt"],
        wide: &["name", "kind", "recipient", "addedAt", "addedBy"],
    };
    output::items(settings, ui, Object::new(), "items", items.collect(), &columns)?;
    if members.is_empty() && !matches!(*key, credctl::vault::Key::Identities(_)) {
        let note = "this vault is locked with a passphrase, and has no recipients";
        output::nothing(settings, ui, note, "credctl rekey --recipient R");
    }
    Ok(())
}

/// Returns the two ends of a long key, which fit into a table. A key is ASCII.
fn key_ends(recipient: &str) -> String {
    match (recipient.get(..WIDEST / 2), recipient.get(recipient.len().saturating_sub(WIDEST / 4)..)) {
        (Some(begin), Some(end)) if recipient.len() > WIDEST => format!("{begin}…{end}"),
        _ => recipient.to_owned(),
    }
}
