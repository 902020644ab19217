//! The secrets that somebody could read who is shut out, as a report. It has no secret in it.

/// The secrets that somebody could read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExposedSecrets {
    /// The ids of the credentials with secrets or attachments, in ascending order.
    pub ids: Vec<String>,
    /// The number of attachments.
    pub attachments: u64,
    /// The number of earlier versions with secrets or attachments.
    pub versions: u64,
    /// The number of records that cannot be read, and get no mark.
    pub unreadable: u64,
}
