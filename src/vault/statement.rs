//! The text that is signed for a generation. Everybody who has it can check the signature with `ssh-keygen`.

use std::fmt;

use super::wire::Header;
use crate::digest::ContentDigest;

/// The parts of a generation that its signature covers.
pub(super) struct Statement<'a> {
    pub(super) header: &'a Header,
    /// The digest of the first line, up to the section of the recipients.
    pub(super) first_line: ContentDigest,
    /// The digest of the lines of the recipients.
    pub(super) recipients: ContentDigest,
    /// The number of bytes that the chunks cover.
    pub(super) length: u64,
    /// The digest of the lines of the chunks.
    pub(super) chunks: ContentDigest,
    /// The digest of the index without its signature.
    pub(super) index: ContentDigest,
    /// The mark of the file that the generation replaced, where that file must go.
    pub(super) replaced: Option<&'a str>,
}

/// Writes one `name: value` a line.
impl fmt::Display for Statement<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "kind: generation\nvault: {}", self.header.id)?;
        if let Some(bundle) = &self.header.bundle {
            writeln!(f, "bundle: {}", quoted(bundle))?;
        }
        writeln!(f, "generation: {}", self.header.generation)?;
        for parent in &self.header.parents {
            writeln!(f, "parent: {parent}")?;
        }
        writeln!(f, "first-line: {}\nrecipients: {}", self.first_line, self.recipients)?;
        writeln!(f, "length: {}\nchunks: {}\nindex: {}", self.length, self.chunks, self.index)?;
        self.replaced.map_or(Ok(()), |mark| writeln!(f, "replaced: {}", quoted(mark)))
    }
}

/// Returns a text in quotation marks, with no end of a line in it.
pub(super) fn quoted(text: &str) -> String {
    // JSON has escapes for all characters that could end a line here
    serde_json::to_string(text).unwrap_or_default()
}
