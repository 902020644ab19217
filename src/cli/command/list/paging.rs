//! The order of a list, and the part of it that is shown.

use credctl::query::{Asked, Order, Page, PageSlice};

use super::args::Args;
use crate::cli::context::{Settings, Ui};
use crate::cli::error::Error;

/// Returns the part of the list that the arguments ask for.
pub(super) fn page(settings: &Settings, args: &Args) -> Result<Page, Error> {
    let asked = Asked {
        limit: args.limit.as_deref(),
        resume: args.resume.as_deref(),
        from: args.from.as_deref(),
        size: args.size.as_deref(),
    };
    // a token is valid for the same query only
    let project = &settings.terms.scope.project;
    let question = format!("{:?}", (&args.kinds, &args.words, &args.filter, &args.filter_json, project));
    Ok(Page::new(asked, order(args)?.unwrap_or_default(), &question)?)
}

/// Returns true if the arguments ask for all credentials in the order of the vault.
pub(super) fn is_whole(args: &Args) -> bool {
    let options = [&args.order_by, &args.sort_by, &args.limit, &args.resume, &args.from, &args.size];
    options.into_iter().all(Option::is_none)
}

/// Prints how to get the next page, if there is one.
pub(super) fn more_follow(ui: &Ui, cut: &PageSlice, tells_token: bool) {
    if let Some(token) = cut.token.as_ref().filter(|_| !tells_token) {
        ui.notice_token("more follow with --continue", token);
    } else if let Some(from) = cut.next_from {
        ui.notice(&format!("more follow with --from {from}"));
    }
}

fn order(args: &Args) -> Result<Option<Order>, Error> {
    let text = match (&args.order_by, &args.sort_by) {
        (Some(text), _) => text.clone(),
        (None, Some(field)) => format!("{field} {}", args.sort_mode.as_deref().unwrap_or("asc")),
        (None, None) => return Ok(None),
    };
    Ok(Some(Order::parse(&text)?))
}
