//! The candidates for a place on the command line.

use credctl::vault::{AuthProvider, Period};

use super::candidate::Candidate;
use super::line::CursorLine;
use super::peek::Peek;
use super::slot::Slot;
use super::{fields, files, names, queries, stored};

/// Returns the candidates for a place, of which a part may be typed already.
pub fn candidates(slot: Slot, peek: &Peek, line: &CursorLine, word: &str) -> Vec<Candidate> {
    match slot {
        Slot::OnlyId if !line.ids().is_empty() => Vec::new(),
        Slot::Id | Slot::OnlyId => stored::ids(peek, line, word),
        Slot::EverId => [stored::ids(peek, line, word), stored::deleted(peek, word)].concat(),
        Slot::Deleted => stored::deleted(peek, word),
        Slot::New => fields::of_add(peek, line, word),
        Slot::Changed(most) => fields::of_change(peek, line, word, most),
        Slot::Type => names::types(peek, word),
        Slot::Field => fields::readable(peek, line, word),
        Slot::Unset => fields::removable(peek, line, word),
        Slot::Etag => stored::etag(peek, line, word),
        Slot::Revision => stored::revisions(peek, line, word),
        Slot::Attachment => fields::attachments(peek, line, word),
        Slot::Variable => variable(peek, line, word),
        Slot::Label => stored::labels(peek, word),
        Slot::Tag => stored::tags(peek, word),
        Slot::Project => stored::projects(peek, word),
        Slot::Policy => stored::policies(peek, word),
        Slot::PolicyType => names::policy_types(word),
        Slot::Period => names::words(word, &Period::ALL.map(Period::name)),
        Slot::AuthProvider => names::words(word, &AuthProvider::ALL.map(AuthProvider::name)),
        Slot::User => stored::users(peek, word),
        Slot::Environment => stored::environments(peek, word),
        Slot::Recipient => stored::recipients(peek, word),
        Slot::Resource => stored::resources(peek, word),
        Slot::Grantee(kind) => stored::grantees(peek, word, kind),
        Slot::Filter => queries::filter(&peek.types(), word),
        Slot::Columns => queries::include(&peek.types(), word),
        Slot::Order => queries::order(word),
        Slot::Format => names::formats(line.verb(), word),
        Slot::Mapped => names::mapped(word),
        Slot::OneOf(words) => names::words(word, words),
        Slot::File => files::files(word, false),
        Slot::Folder => files::files(word, true),
        Slot::Program => files::programs(word),
        Slot::Nothing => Vec::new(),
    }
}

/// Returns `VAR=` with the paths of fields. The name of the variable is free.
fn variable(peek: &Peek, line: &CursorLine, word: &str) -> Vec<Candidate> {
    let Some((name, path)) = word.split_once('=') else { return Vec::new() };
    let found = fields::paths(peek, line, path).into_iter();
    found.map(|one| Candidate { value: format!("{name}={}", one.value), ..one }).collect()
}
