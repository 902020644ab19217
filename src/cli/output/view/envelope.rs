//! The rows of the view that every credential may have: names, dates, labels, and who uses it.

use credctl::credential::{ADMIN, Grant, Label};
use credctl::vault::Reference;

use super::screen::{CredentialView, Screen};
use crate::cli::output::form::shown;
use crate::cli::output::long::shortened;
use crate::cli::output::size;

/// The name of a row, and its text.
pub(super) type ViewRow = (String, String);

/// Returns the rows above the fields: the words that people gave the credential.
pub(super) fn first(view: &CredentialView<'_>) -> Vec<ViewRow> {
    let head = view.credential.head();
    let envelope = &head.envelope;
    let user = view.names.user(&envelope.name);
    // a name that is the id says nothing more, unless it is that of somebody
    let name = Some(&envelope.name).filter(|name| !name.is_empty() && (**name != head.id || user.is_some()));
    let name = name.map(|name| beside(name, user));
    let description = envelope.description.as_deref().map(|text| shortened(text).into_owned());
    let rows = [("name", name), ("description", description)];
    rows.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text?))).collect()
}

/// Returns the rows below the fields.
pub(super) fn last(view: &CredentialView<'_>, screen: &Screen<'_>) -> Vec<ViewRow> {
    let envelope = &view.credential.head().envelope;
    let policy = envelope.throttle_policy.as_ref();
    let mut rows: Vec<ViewRow> = [
        ("project", Some(&envelope.project).filter(|project| *project != ADMIN).cloned()),
        ("throttlePolicy", policy.map(|id| beside(id, view.names.policy(id)))),
        ("validFrom", envelope.valid_from.map(|from| screen.moment(from))),
        ("validUntil", envelope.valid_until.map(|until| screen.moment(until))),
    ]
    .into_iter()
    .filter_map(|(name, text)| Some((name.to_owned(), text?)))
    .collect();
    let label =
        |label: &Label| (format!("label {}", shortened(&label.name)), shortened(&label.value).into_owned());
    rows.extend(envelope.labels.iter().map(label));
    rows.extend(envelope.tags.iter().map(|(name, value)| (format!("tags.{name}"), shown(value))));
    let attachments = view.credential.attachments().iter();
    rows.extend(attachments.map(|file| ("attachment".to_owned(), beside(&file.name, Some(size(file.size))))));
    rows.extend(view.references.iter().map(used_by));
    let terms = &screen.settings.terms;
    let grants = envelope.granted_in(&terms.scope.project, terms.now);
    rows.extend(grants.map(|grant| granted(grant, screen)));
    rows
}

fn used_by(reference: &Reference) -> ViewRow {
    let name = if reference.is_network() { "network" } else { "used by" };
    let addresses = Some(reference.addresses.join(", ")).filter(|addresses| !addresses.is_empty());
    (name.to_owned(), beside(&reference.resource, addresses))
}

fn granted(grant: &Grant, screen: &Screen<'_>) -> ViewRow {
    let until = grant.expires.map(|end| format!("until {}", screen.moment(end)));
    let to = format!("{} {}", grant.to.kind.name(), grant.to.name);
    ("granted to".to_owned(), until.map_or(to.clone(), |until| format!("{to} {until}")))
}

/// Returns a text with what is known about it in parentheses.
fn beside(text: &str, known: Option<String>) -> String {
    known.map_or_else(|| text.to_owned(), |known| format!("{text} ({known})"))
}
