//! The choice of a type in the words of an operator.

use credctl::kind::{self, Kind};

use crate::cli::error::Error;
use crate::cli::prompt::Prompter;

/// Lets the operator choose a type.
pub(super) fn choose(prompter: &Prompter) -> Result<&'static Kind, Error> {
    let kinds: Vec<_> = kind::by_frequency().collect();
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
