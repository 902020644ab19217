//! `conflicts`: the conflicts that merges have left open.

use credctl::value::Object;
use credctl::vault::OpenConflict;

use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::output::{self, Clock, Columns};
use crate::cli::people::People;
use crate::cli::{conflicting, session};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
A merge keeps what both sides have changed in different ways. The vault has the
value of our side, and the conflict has that of theirs. `credctl resolve`
settles it. The list has names and dates, and no values.

A record that is no credential has its sort in front of its id: policy/fast.

Examples:
  credctl conflicts
  credctl conflicts -o json
  credctl resolve db --theirs")]
pub struct Args {}

pub fn run(context: &Context) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let mut vault = session::read(context)?;
    let conflicts: Vec<OpenConflict> = vault.residents()?;
    let clock = Clock::of(settings, ui);
    let items: Vec<Object> = if output::is_for_people(settings) {
        let people = People::read(settings.terms.actor, &mut vault)?;
        conflicts.iter().map(|conflict| conflicting::row(conflict, &people, clock)).collect()
    } else {
        conflicts.iter().map(conflicting::document).collect()
    };
    let columns = if output::is_for_people(settings) {
        Columns { table: &["id", "conflict", "ours", "theirs"], wide: &["id", "conflict", "ours", "theirs"] }
    } else {
        Columns { table: &[], wide: &["id", "record", "kind", "fields", "ours", "theirs"] }
    };
    output::items(settings, ui, Object::new(), "items", items, &columns)?;
    if conflicts.is_empty() {
        output::nothing(settings, ui, "no conflicts are open", "credctl merge FILE");
    } else if output::is_for_people(settings) {
        ui.hint("credctl resolve ID --ours");
    }
    Ok(())
}
