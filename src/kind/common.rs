//! The fields that every type has beside its own.

use super::field::{Field, Secrecy, Shape};

/// The member that keeps the own fields of a credential: those that neither its type nor the envelope has.
pub const CUSTOM: &str = "custom";

/// The fields of every type.
pub(super) const COMMON: &[Field] =
    &[Field::optional(CUSTOM, Shape::Custom, "field of your own, public if given as an argument")
        .secrecy(Secrecy::PerItem)
        .ours()];
