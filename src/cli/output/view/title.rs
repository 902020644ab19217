//! The first line of the view, and its last one.

use credctl::credential::State;
use uuid::Uuid;

use super::screen::{CredentialView, Screen};
use crate::cli::output::sanitize;

const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
const RED: &str = "\u{1b}[31m";
const YELLOW: &str = "\u{1b}[33m";
/// The text between two facts of one line.
const BETWEEN: &str = " · ";

/// Returns the first line: the id, the type, the state, and the end.
pub(super) fn title(view: &CredentialView<'_>, screen: &Screen<'_>) -> String {
    let (credential, now) = (view.credential, screen.settings.terms.now);
    let head = credential.head();
    let kind = head.kind.short;
    let connector = head.envelope.connector_type.as_deref();
    let mut facts = vec![
        connector
            .map_or_else(|| kind.to_owned(), |connector| format!("{kind} {}", sanitize::line(connector))),
    ];
    let state = head.state(now);
    facts.push(match state {
        State::Ok => state.name().to_owned(),
        State::Expired => screen.coloured(RED, state.name()),
        State::Disabled | State::NotYetValid => screen.coloured(YELLOW, state.name()),
    });
    if head.stamp.rotate_required {
        facts.push(screen.coloured(YELLOW, "needs a new secret"));
    }
    if let Some(from) = head.envelope.valid_from.filter(|from| *from > now) {
        facts.push(format!("starts {}", screen.when(from)));
    }
    if let Some(end) = credential.expiry() {
        facts.push(format!("{} {}", if end > now { "ends" } else { "ended" }, screen.when(end)));
    }
    let id = screen.coloured(BOLD, &sanitize::line(credential.id()));
    format!("{id}  {}\n", facts.join(BETWEEN))
}

/// Returns the last line, dim: what is rarely needed. A terminal shows as much as fits.
pub(super) fn rest(view: &CredentialView<'_>, screen: &Screen<'_>) -> String {
    let stamp = &view.credential.head().stamp;
    let by = |operator: Uuid| {
        let name = view.names.user(&operator.to_string());
        name.map(|name| format!(" by {name}")).unwrap_or_default()
    };
    let mut facts = vec![format!("revision {}", stamp.revision)];
    facts.push(format!("created {}{}", screen.when(stamp.created_at), by(stamp.created_by)));
    if stamp.revision > 1 || stamp.updated_at != stamp.created_at {
        facts.push(format!("updated {}{}", screen.when(stamp.updated_at), by(stamp.modified_by)));
    }
    facts.push(format!("etag {}", stamp.etag));
    let mut line = facts.join(BETWEEN);
    while screen.width.is_some_and(|width| line.chars().count() > usize::from(width)) && facts.pop().is_some()
    {
        line = facts.join(BETWEEN);
    }
    if line.is_empty() { line } else { screen.coloured(DIM, &sanitize::line(&line)) + "\n" }
}
