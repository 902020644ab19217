//! The answer to a patch.

use credctl::store::Outcome;

use super::apply::Patched;
use super::args::Args;
use crate::cli::answer::{self as told, ChangeReport};
use crate::cli::context::{Settings, Ui};
use crate::cli::error::Error;

/// Prints the result of the change to one credential, or to several.
pub(super) fn answer(
    settings: &Settings,
    ui: &Ui,
    args: &Args,
    patched: Outcome<Patched>,
) -> Result<(), Error> {
    let Outcome { answer, deployment } = patched;
    match answer {
        Patched::One(changed, references) => {
            let told = ChangeReport::new("updated", &changed, &deployment, args.write.dry_run);
            told::changed(settings, ui, told.referred(&references))
        }
        Patched::Several(bulk, notices, removes) => {
            ui.notices(&notices);
            if removes && !args.write.dry_run {
                told::undo_hint(settings, ui);
            }
            bulk.finish(settings, ui, args.write.dry_run, &deployment)
        }
    }
}
