//! The fields that every type has beside its own.

use super::definition::Kind;
use super::field::{Field, Secrecy, Shape};
use crate::value::Object;

/// The member that keeps the own fields of a credential: those that neither its type nor the envelope has.
pub const CUSTOM: &str = "custom";

/// The fields of every type.
pub(super) const COMMON: &[Field] =
    &[Field::optional(CUSTOM, Shape::Custom, "field of your own, public if given as an argument")
        .secrecy(Secrecy::PerItem)
        .ours()];

/// Returns the fields of a type without those that no other system knows.
#[must_use]
pub fn without_ours(kind: &Kind, fields: Object) -> Object {
    let is_known = |name: &str| kind.field(name).is_none_or(|field| !field.is_ours);
    fields.into_iter().filter(|(name, _)| is_known(name)).collect()
}
