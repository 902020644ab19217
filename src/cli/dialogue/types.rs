//! The choice of a type in the words of an operator.

use credctl::kind::{self, Kind, KnownTypes, TypeOrigin};

use crate::cli::error::Error;
use crate::cli::prompt::Prompter;

/// Lets the operator choose a type. Those of the vault come first.
pub(super) fn choose(prompter: &Prompter, types: &KnownTypes) -> Result<&'static Kind, Error> {
    let own = types.all().filter(|kind| kind.origin == TypeOrigin::Vault);
    let kinds: Vec<_> = own.chain(kind::by_frequency()).collect();
    let lines: Vec<_> = kinds
        .iter()
        .map(|kind| {
            // what the screen cuts off is still found by typing
            let Kind { title, keywords, name, aliases, .. } = kind;
            format!("{title:<24} {keywords} ({name}) {}", aliases.join(" "))
        })
        .collect();
    let chosen = prompter.choose("Type", &lines)?;
    let kind = kinds.get(chosen).copied();
    kind.ok_or_else(|| Error::usage("a type is needed").hint("`credctl types` lists the types"))
}
