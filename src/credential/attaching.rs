//! The attachments of a credential as a whole, and the next version with others.

use super::act::Act;
use super::attachment::Attachment;
use super::stamp::Stamp;
use super::violation::Violations;
use super::whole::Credential;
use crate::text::compose;

impl Credential {
    /// Returns the files that belong to the credential, in their order.
    #[must_use]
    pub fn attachments(&self) -> &[Attachment] {
        &self.attachments
    }

    /// Finds an attachment by its name.
    #[must_use]
    pub fn attachment(&self, name: &str) -> Option<&Attachment> {
        let name = compose(name);
        self.attachments.iter().find(|attachment| attachment.name == name)
    }

    /// Returns the next version of the credential, with these attachments in the place of its own.
    ///
    /// # Errors
    /// As [`Attachment::judge_all`].
    pub fn with_attachments(&self, attachments: Vec<Attachment>, act: &Act) -> Result<Self, Violations> {
        Attachment::judge_all(&attachments).map_err(|reason| Violations::one("attachments", reason))?;
        let mut credential = self.clone();
        credential.head.stamp = Stamp::next(Some(&self.head.stamp), act);
        credential.keep_ungiven(Some(self), act);
        credential.attachments = attachments;
        credential.rotate_attachments(self);
        Ok(credential)
    }
}
