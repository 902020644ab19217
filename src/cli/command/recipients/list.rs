//! `recipients list`.

use credctl::value::{Object, Value};

use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::output::{self, Columns};
use crate::cli::people::People;
use crate::cli::{rekeying, session};

pub fn run(context: &Context) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let (mut vault, key) = session::store(context)?.read_with_key()?;
    let members = vault.members()?;
    let is_for_people = output::is_for_people(settings);
    let people = if is_for_people { People::read(settings.terms.actor, &mut vault)? } else { People::default() };
    let items = members.iter().map(|member| {
        let mut shown = rekeying::document(member);
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
