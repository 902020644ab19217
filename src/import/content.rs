//! The attachments of a credential to be: their names, and their contents in every form in which files have them.

use std::io::{self, Read};
use std::sync::Arc;

use super::packed::PackedFile;
use crate::base64;
use crate::digest::ContentDigest;
use crate::secret::{Secret, SecretBytes};
use crate::vault::StagedContent;

/// An attachment of a credential to be.
#[derive(Debug)]
pub struct IncomingAttachment {
    /// Its name.
    pub name: String,
    /// Its content.
    pub content: IncomingContent,
    /// The length of the content, if the file has it.
    pub size: Option<u64>,
    /// The digest of the content, if the file has it.
    pub sha256: Option<ContentDigest>,
}

/// The content of an attachment of a credential to be.
#[derive(Debug)]
pub enum IncomingContent {
    /// The content in base64.
    Text(Secret),
    /// The content itself, which other attachments may share.
    Bytes(Arc<SecretBytes>),
    /// A content in an archive, which is unpacked when it is needed.
    Packed(PackedFile),
    /// A content that was lifted out of its document.
    Lifted(StagedContent),
}

impl IncomingContent {
    /// Makes one of a text in base64. Returns `None` if the text is none.
    pub(super) fn of_base64(text: &Secret) -> Option<Self> {
        if io::copy(&mut base64::reader(text.expose()), &mut io::sink()).is_ok() {
            return Some(Self::Text(text.clone()));
        }
        Some(Self::Bytes(Arc::new(SecretBytes::Made(base64::decode_spaced(text.expose()).ok()?))))
    }

    /// Opens the content, which can be done many times. A content that was lifted out is with the vault already.
    ///
    /// # Errors
    /// An error of the archive.
    pub fn reader(&self) -> io::Result<Option<Box<dyn Read + '_>>> {
        Ok(match self {
            Self::Text(text) => Some(Box::new(base64::reader(text.expose()))),
            Self::Bytes(bytes) => Some(Box::new(&bytes[..])),
            Self::Packed(file) => Some(Box::new(file.reader()?)),
            Self::Lifted(_) => None,
        })
    }

    /// Returns the number of bytes that the content takes of the vault, as far as the import has it in memory.
    pub(super) fn length(&self) -> u64 {
        match self {
            Self::Text(text) => text.len() as u64 / 4 * 3,
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::Packed(_) | Self::Lifted(_) => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::IncomingContent;
    use crate::secret::Secret;

    #[test]
    fn base64_is_read_with_and_without_line_breaks() {
        for (text, expected) in
            [("aGVsbG8=", Some("hello")), ("aGVs\r\nbG8=\n", Some("hello")), ("", Some("")), ("aGVs!", None)]
        {
            let content = IncomingContent::of_base64(&Secret::from(text));
            let read = content.map(|content| {
                let mut read = String::new();
                content.reader().unwrap().unwrap().read_to_string(&mut read).unwrap();
                read
            });
            assert_eq!(read.as_deref(), expected, "{text:?}");
        }
    }
}
