//! Attaching files to credentials, and detaching them. Every such change makes a version, as a change of a field
//! does.

use std::io::{self, Read};

use super::error::Error;
use super::keeper::Keeper;
use super::opening::Store;
use super::scope::Scope;
use super::transaction::Transaction;
use crate::credential::{Attachment, Changed, Credential, MAX_ATTACHMENTS, Violations, normalised};
use crate::kind::rule::text::FILE_NAME;
use crate::text::compose;
use crate::vault::{self, Contents, StagedContent, Vault};

impl<K: Keeper> Store<K> {
    /// Reads the content of a file that is to be attached. A long one becomes a blob beside the vault, which goes
    /// again unless [`Transaction::attach`] takes it. Needs neither the key nor the lock.
    ///
    /// # Errors
    /// An error of the source or of the disk.
    pub fn stage(&self, source: &mut dyn Read) -> Result<StagedContent, Error> {
        Ok(StagedContent::stage(&self.location()?, source)?)
    }

    /// Opens the contents of the attachments.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn contents(&self) -> Result<Contents, Error> {
        let copy = self.terms.copy(self.path()).filter(|_| self.queue_of(self.path()).is_none());
        let location = match copy {
            // also where no copy can be kept
            Some(copy) => copy.location_to_read().map_err(vault::Error::from)?,
            None => self.location()?,
        };
        Ok(Contents::of(location))
    }
}

impl Scope {
    /// Finds a credential to which a file of this name may be attached. With `overwrite` it may have one.
    ///
    /// # Errors
    /// As [`Scope::find_as_seen`]; [`Error::AttachmentExists`], [`Error::TooManyAttachments`].
    pub fn check_attach(
        &self,
        vault: &mut Vault,
        id: &str,
        name: &str,
        overwrite: bool,
        condition: Option<&str>,
    ) -> Result<Credential, Error> {
        let stored = self.find_as_seen(vault, id, false, condition)?;
        if stored.attachment(name).is_none() {
            return if stored.attachments().len() < MAX_ATTACHMENTS {
                Ok(stored)
            } else {
                Err(Error::TooManyAttachments { id: stored.id().to_owned() })
            };
        }
        if overwrite {
            return Ok(stored);
        }
        Err(Error::AttachmentExists { id: stored.id().to_owned(), name: compose(name).into_owned() })
    }
}

impl Transaction<'_> {
    /// Attaches a content to a credential under a name. With `overwrite` it may take the place of another one.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/store.rs"));
    /// # fn main() -> Result<(), Failure> {
    /// # let (store, _folder) = new_vault()?;
    /// # store.change(|vault| vault.add(login(), db()))?;
    /// let content = store.stage(&mut &b"-----BEGIN CERTIFICATE-----"[..])?;
    /// store.change(|vault| vault.attach("db", "ca.pem", content, false, None))?;
    /// let credential = store.read()?.find("db")?.ok_or("it was added")?;
    /// let attachment = credential.attachment("ca.pem").ok_or("it was attached")?;
    /// let mut read = Vec::new();
    /// store.contents()?.open(attachment)?.pass(&mut read)?;
    /// assert_eq!(read, b"-----BEGIN CERTIFICATE-----");
    /// store.change(|vault| vault.detach("db", "ca.pem", None))?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`Scope::check_attach`]; a name that its rule refuses.
    pub fn attach(
        &mut self,
        id: &str,
        name: &str,
        content: StagedContent,
        overwrite: bool,
        condition: Option<&str>,
    ) -> Result<Changed, Error> {
        let terms = self.terms();
        let stored = terms.scope.check_attach(self, id, name, overwrite, condition)?;
        let attachment = self.attachment_of(name, content)?;
        let mut attachments = stored.attachments().to_vec();
        match attachments.iter_mut().find(|known| known.name == attachment.name) {
            Some(known) => *known = attachment,
            None => attachments.push(attachment),
        }
        self.put_attachments(&stored, attachments)
    }

    /// Detaches the file of a name. Its content stays with the version of the credential that had it.
    ///
    /// # Errors
    /// As [`Scope::find_as_seen`], and [`Error::NoAttachment`].
    pub fn detach(&mut self, id: &str, name: &str, condition: Option<&str>) -> Result<Changed, Error> {
        let stored = self.stored(id, false, condition)?;
        let name = stored.attachment_named(name)?.name.clone();
        let mut attachments = stored.attachments().to_vec();
        attachments.retain(|attachment| attachment.name != name);
        self.put_attachments(&stored, attachments)
    }

    fn put_attachments(
        &mut self,
        stored: &Credential,
        attachments: Vec<Attachment>,
    ) -> Result<Changed, Error> {
        let credential = stored.with_attachments(attachments, &self.terms().act())?;
        self.put(&credential)?;
        Ok(Changed::between(Some(stored), credential, Vec::new()))
    }

    /// Reads a content that is to be attached, as [`Store::stage`] does. A trial writes nothing.
    pub(super) fn stage(&self, source: &mut dyn Read) -> Result<StagedContent, Error> {
        Ok(match self.location() {
            Some(location) => StagedContent::stage(location, source)?,
            None => StagedContent::measure(source)?,
        })
    }

    /// Returns true if the content of a stored attachment can be read to its end. A trial, which keeps nothing, does
    /// not look at blobs.
    pub(super) fn is_readable(&self, attachment: &Attachment) -> bool {
        let Some(location) = self.location().filter(|_| attachment.blob_id().is_some()) else { return true };
        let contents = location.again().map(Contents::of).map_err(vault::Error::from);
        // as a whole: a restore must also mend a blob that was cut or changed
        let read = contents.and_then(|contents| contents.open(attachment)?.pass(&mut io::sink()));
        read.is_ok()
    }
}

impl Credential {
    /// Finds an attachment by its name, which must be there.
    ///
    /// # Errors
    /// [`Error::NoAttachment`].
    pub fn attachment_named(&self, name: &str) -> Result<&Attachment, Error> {
        self.attachment(name).ok_or_else(|| Error::NoAttachment {
            id: self.id().to_owned(),
            name: name.to_owned(),
            names: self.attachments().iter().map(|attachment| attachment.name.clone()).collect(),
        })
    }
}

/// Returns the name under which a file is attached, in the form that is stored.
///
/// # Errors
/// The reason why it is no name of a file.
pub fn attachment_name(name: &str) -> Result<String, Violations> {
    normalised(&FILE_NAME, "name", name)
}
