//! The reasons why a conflict is not resolved.

/// The reasons why a conflict is not resolved. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConflictError {
    /// A record without an open conflict.
    #[error("there is no open conflict of `{id}`")]
    NotFound {
        /// The id that was given.
        id: String,
    },
    /// An id that several sorts of records have.
    #[error("several records in conflict have the id `{id}`")]
    Ambiguous {
        /// The id.
        id: String,
        /// Their names, such as `policy/fast`.
        names: Vec<String>,
    },
    /// A field that is not in conflict.
    #[error("the field `{field}` of `{id}` is not in conflict")]
    NoField {
        /// The name of the record.
        id: String,
        /// The field.
        field: String,
        /// The fields that are; none if the record is in conflict as a whole.
        fields: Vec<String>,
    },
}
