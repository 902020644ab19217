//! The answer to a patch.

use credctl::store::Outcome;
use credctl::value::Object;

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
            let told = ChangeReport {
                done: "updated",
                changed: &changed,
                references: &references,
                deployment: &deployment,
                dry_run: args.write.dry_run,
                extra: Object::new(),
            };
            told::changed(settings, ui, told)
        }
        Patched::Several(bulk, notices) => {
            for notice in &notices {
                ui.notice(notice);
            }
            bulk.finish(settings, ui, args.write.dry_run, &deployment)
        }
    }
}
