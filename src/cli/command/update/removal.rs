//! The confirmation before a replacement removes fields that were not given again.

use super::args::Args;
use super::replace::{WantedReplacement, preview};
use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::session;
use credctl::store::Preview;

/// The number of credentials that the prompt names one by one.
const NAMED: usize = 10;

/// Asks for a confirmation on a terminal if the replacements would remove something. Without a terminal, or
/// with `--yes`, there is only the notice after the change. Returns the vault that was read for the prompt.
pub(super) fn confirm<'a>(
    context: &Context,
    args: &Args,
    seen: Option<Preview>,
    wanted: impl IntoIterator<Item = &'a WantedReplacement<'a>>,
) -> Result<Option<Preview>, Error> {
    let asks = !args.write.yes && !args.write.dry_run;
    let Some(prompter) = context.ui.prompter().filter(|_| asks) else { return Ok(seen) };
    let mut seen = match seen {
        Some(seen) => seen,
        None => session::preview(context, args.write.dry_run)?,
    };
    let mut losses = Vec::new();
    for one in wanted {
        // the replacement itself reports why it is not possible
        let Ok(changed) = preview(&context.settings, args, &mut seen.vault, one) else { continue };
        if !changed.removed.is_empty() {
            losses.push(format!("{} from {}", changed.removed.join(", "), changed.credential.id()));
        }
    }
    if losses.is_empty() {
        return Ok(Some(seen));
    }
    let more = losses.len().saturating_sub(NAMED);
    losses.truncate(NAMED);
    let mut question = format!("This removes {}", losses.join("; "));
    if more > 0 {
        question.push_str(&format!("; and fields from {more} more"));
    }
    if prompter.confirm(&format!("{question}. Replace anyway?"))? {
        Ok(Some(seen))
    } else {
        Err(Error::usage("nothing was changed").hint("`credctl patch` changes only what you give"))
    }
}
