//! Functions that read members of documents.

use crate::credential::{Violations, Withheld};
use crate::kind::{self, Kind, Named};
use crate::value::{Object, Value};

/// Finds the type that a document names under a member.
pub(crate) fn named(name: &str, member: &str) -> Result<Named, Violations> {
    kind::find(name).ok_or_else(|| unknown(member, |_| true))
}

/// Makes the error for a member that names none of these types.
pub(crate) fn unknown(member: &str, is_one: impl Fn(&Kind) -> bool) -> Violations {
    let names: Vec<_> = kind::KINDS.iter().filter(|kind| is_one(kind)).map(|kind| kind.name).collect();
    Violations::one(member, format!("is not a known type; there are {}", names.join(", ")))
}

/// Takes out a member that must be a text if it is there.
pub(crate) fn take_text(members: &mut Object, name: &str) -> Result<Option<String>, Violations> {
    match members.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Text(text)) => Ok(Some(text.expose().to_owned())),
        Some(other) => Err(Violations::one(name, format!("must be a text, not {}", other.shape()))),
    }
}

/// Drops members that only a system's own answers have and that mean nothing in a request. If there were any,
/// the document is an answer, which has no secrets.
pub(crate) fn drop_echo(members: &mut Object, names: &[&str]) -> Withheld {
    let mut withheld = Withheld::Nothing;
    for name in names {
        if members.remove(name).is_some() {
            withheld = Withheld::Surely;
        }
    }
    withheld
}
