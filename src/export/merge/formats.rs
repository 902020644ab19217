//! The formats that can be merged into a file.

use zeroize::Zeroizing;

use super::merged::{MergeDraft, MergeError, Merged};
use super::{aws_credentials, dotenv, kubeconfig, netrc};
use crate::export::format::ExportFormat;

type Merge = fn(&str, &str) -> Result<MergeDraft, MergeError>;

/// The formats that can be merged into a file.
const MERGES: [(&str, Merge); 4] = [
    ("aws-credentials", aws_credentials::merge),
    ("kubeconfig", kubeconfig::merge),
    ("netrc", netrc::merge),
    ("dotenv", dotenv::merge),
];

/// Returns the names of the formats that can be merged into a file.
pub fn mergeable() -> impl Iterator<Item = &'static str> {
    MERGES.iter().map(|(name, _)| *name)
}

impl ExportFormat {
    /// Returns true if [`Self::merge`] supports this format.
    #[must_use]
    pub fn can_merge(&self) -> bool {
        self.merge_of().is_some()
    }

    /// Merges an export of this format into a file of the same format. Entries of the same name get the new
    /// values, others are added. A second merge of the same export changes nothing.
    ///
    /// # Errors
    /// Fails if the format cannot be merged, or if the file cannot be understood or edited in place.
    pub fn merge(&self, file: &[u8], export: &[u8]) -> Result<Merged, MergeError> {
        let merge =
            self.merge_of().ok_or(MergeError::Whole { reason: "has a format that cannot be merged" })?;
        let text = |bytes| std::str::from_utf8(bytes).map_err(|_| MergeError::NotText);
        let draft = merge(text(file)?, text(export)?)?;
        let text = draft.text.map_or_else(|| file.to_vec(), |text| text.expose().as_bytes().to_vec());
        Ok(Merged {
            text: Zeroizing::new(text),
            added: draft.added,
            replaced: draft.replaced,
            notices: draft.notices,
        })
    }

    fn merge_of(&self) -> Option<Merge> {
        MERGES.iter().find(|(name, _)| *name == self.name).map(|(_, merge)| *merge)
    }
}
