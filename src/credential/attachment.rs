//! A file that belongs to a credential: its name, size and digest, and its content or the key of the blob that
//! has it.
//!
//! Must not know where blobs are kept.

use std::borrow::Cow;
use std::collections::HashSet;

use uuid::Uuid;
use zeroize::Zeroizing;

use super::judge::normalised;
use super::stamp::MAX_COUNT;
use super::violation::Violations;
use crate::base64;
use crate::digest::ContentDigest;
use crate::kind::rule::text::FILE_NAME;
use crate::secret::Secret;

/// The longest content that a record keeps itself, in bytes.
pub const MAX_INLINE: usize = 16 * 1024;
/// The most attachments of one credential.
pub const MAX_ATTACHMENTS: usize = 256;

/// The characters of an X25519 identity of age.
const IDENTITY_LENGTH: usize = 74;
const IDENTITY_BEGIN: &str = "AGE-SECRET-KEY-1";

/// A file that belongs to a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The file name, which no other attachment of the credential has: see [`FILE_NAME`].
    pub name: String,
    /// The length of the content in bytes.
    pub size: u64,
    /// The SHA-256 of the content. The digest of a short secret gives it away, so it is not shown.
    pub sha256: ContentDigest,
    /// The content, or the way to it.
    pub content: AttachmentContent,
}

/// The content of an attachment, or the way to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttachmentContent {
    /// A content of at most [`MAX_INLINE`] bytes, in base64.
    Inline(Secret),
    /// The key of a blob, which is an age file of its own.
    Blob {
        /// The id of the blob.
        id: Uuid,
        /// The X25519 identity that opens the blob, `AGE-SECRET-KEY-1…`.
        identity: Secret,
    },
}

impl Attachment {
    /// Makes an attachment whose content the record keeps.
    ///
    /// # Errors
    /// A name that its rule refuses, or more than [`MAX_INLINE`] bytes.
    pub fn inline(name: &str, content: &[u8]) -> Result<Self, Violations> {
        let (size, sha256) = (content.len() as u64, ContentDigest::of(content));
        Self::new(name, size, sha256, AttachmentContent::Inline(base64::encode(content)))
    }

    /// Makes an attachment whose content is in a blob.
    ///
    /// # Errors
    /// A name that its rule refuses, a size beyond 2^53, or a text that is not an X25519 identity.
    pub fn blob(
        name: &str,
        size: u64,
        sha256: ContentDigest,
        id: Uuid,
        identity: Secret,
    ) -> Result<Self, Violations> {
        Self::new(name, size, sha256, AttachmentContent::Blob { id, identity })
    }

    fn new(
        name: &str,
        size: u64,
        sha256: ContentDigest,
        content: AttachmentContent,
    ) -> Result<Self, Violations> {
        let violation = |reason| Violations::one("attachments", reason);
        let name = normalised(&FILE_NAME, "attachments", name)?;
        let attachment = Self { name, size, sha256, content };
        attachment.judge().map_err(violation)?;
        Ok(attachment)
    }

    /// Returns the id of the blob that has the content, if a blob has it.
    #[must_use]
    pub fn blob_id(&self) -> Option<Uuid> {
        match self.content {
            AttachmentContent::Inline(_) => None,
            AttachmentContent::Blob { id, .. } => Some(id),
        }
    }

    /// Returns the content, if the record keeps it.
    #[must_use]
    pub fn inline_content(&self) -> Option<Zeroizing<Vec<u8>>> {
        match &self.content {
            AttachmentContent::Inline(encoded) => base64::decode(encoded.expose()).ok(),
            AttachmentContent::Blob { .. } => None,
        }
    }

    /// Checks that a vault may hold the attachment. Does not compute the digest of the content, because every
    /// read of the credential comes here.
    ///
    /// # Errors
    /// The reason, as a clause that follows `attachments`. Never holds a value.
    pub fn judge(&self) -> Result<(), Cow<'static, str>> {
        if (FILE_NAME.check)(&self.name)?.normalised.is_some() {
            return Err("must have names in Unicode form NFC".into());
        }
        match &self.content {
            AttachmentContent::Inline(encoded) => {
                let length =
                    base64::decode(encoded.expose()).map_err(|_| "must have contents in base64")?.len();
                if length > MAX_INLINE {
                    return Err("must have contents of at most 16 KiB, or blobs".into());
                }
                if length as u64 != self.size {
                    return Err("must have contents of the given sizes".into());
                }
            }
            AttachmentContent::Blob { identity, .. } => {
                let identity = identity.expose();
                let is_identity = identity.len() == IDENTITY_LENGTH
                    && identity.starts_with(IDENTITY_BEGIN)
                    && identity
                        .bytes()
                        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-');
                if !is_identity {
                    return Err("must have an X25519 identity for each blob".into());
                }
                if self.size > MAX_COUNT {
                    return Err("must have sizes of at most 2^53".into());
                }
            }
        }
        Ok(())
    }

    /// Checks that a credential may have these attachments.
    ///
    /// # Errors
    /// As [`Self::judge`]; too many of them; a name that two of them have.
    pub fn judge_all(attachments: &[Self]) -> Result<(), Cow<'static, str>> {
        if attachments.len() > MAX_ATTACHMENTS {
            return Err(format!("must be at most {MAX_ATTACHMENTS}").into());
        }
        attachments.iter().try_for_each(Self::judge)?;
        let mut seen = HashSet::with_capacity(attachments.len());
        if !attachments.iter().all(|attachment| seen.insert(attachment.name.as_str())) {
            return Err("must have names that differ".into());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{Attachment, AttachmentContent, MAX_ATTACHMENTS, MAX_INLINE};
    use crate::digest::ContentDigest;
    use crate::secret::Secret;

    fn blob(identity: &str) -> Result<Attachment, crate::credential::Violations> {
        Attachment::blob("b", 1 << 30, ContentDigest::of(b""), Uuid::nil(), Secret::from(identity))
    }

    #[test]
    fn a_content_is_kept_and_measured() {
        for length in [0, 1, MAX_INLINE] {
            let attachment = Attachment::inline("key.pem", &vec![7; length]).unwrap();
            assert_eq!(attachment.inline_content().unwrap().len(), length);
            assert_eq!((attachment.size, attachment.blob_id()), (length as u64, None));
            assert_eq!(attachment.sha256, ContentDigest::of(&vec![7; length]));
        }
        assert!(Attachment::inline("key.pem", &vec![7; MAX_INLINE + 1]).is_err());
        let shown = format!("{:?}", Attachment::inline("key.pem", b"hunter2").unwrap());
        assert!(!shown.contains("aHVudGVyMg"), "{shown}");
    }

    #[test]
    fn a_blob_needs_its_identity() {
        let identity = format!("AGE-SECRET-KEY-1{}", "Q".repeat(58));
        assert_eq!(blob(&identity).unwrap().blob_id(), Some(Uuid::nil()));
        for other in
            ["", "AGE-SECRET-KEY-1", &identity.to_lowercase(), &identity[1..], &identity.replace('-', " ")]
        {
            assert!(blob(other).is_err(), "{other}");
        }
    }

    #[test]
    fn what_a_vault_tells_is_judged() {
        let one = Attachment::inline("a", b"abc").unwrap();
        assert!(Attachment { size: 2, ..one.clone() }.judge().is_err());
        assert!(Attachment { name: "../a".to_owned(), ..one.clone() }.judge().is_err());
        assert!(Attachment { name: "o\u{308}".to_owned(), ..one.clone() }.judge().is_err());
        let content = AttachmentContent::Inline(Secret::from("?"));
        assert!(Attachment { content, ..one.clone() }.judge().is_err());
        assert!(Attachment::judge_all(&[one.clone(), one.clone()]).is_err());
        let many = |count: usize| -> Vec<_> {
            (0..count).map(|at| Attachment { name: at.to_string(), ..one.clone() }).collect()
        };
        assert!(Attachment::judge_all(&many(MAX_ATTACHMENTS)).is_ok());
        assert!(Attachment::judge_all(&many(MAX_ATTACHMENTS + 1)).is_err());
    }
}
