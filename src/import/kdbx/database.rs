//! A KeePass database: still locked, and opened as an import.

use super::body::KdbxBody;
use super::error::KdbxError;
use super::header::{KdbxHeader, is_keepass};
use super::key::KeepassKey;
use crate::credential::Violations;
use crate::import::format::ImportFormat;
use crate::import::item::Import;
use crate::import::keepass;
use crate::import::xml::XmlElement;
use crate::secret::wipe_stack;

/// The name of the format. A text is never a database, so that [`KeepassDatabase`] alone reads it.
pub(in crate::import) const FORMAT: ImportFormat = ImportFormat {
    name: "kdbx",
    summary: "a database of KeePass 2 and KeePassXC itself",
    recognises: |_| false,
    read: |_, _| Err(Violations::one("document", "must be a KeePass database")),
};

/// A database that is still locked.
pub struct KeepassDatabase<'a> {
    header: KdbxHeader,
    file: &'a [u8],
}

impl<'a> KeepassDatabase<'a> {
    /// The name of the format.
    pub const NAME: &'static str = FORMAT.name;

    /// Returns true if a file begins like a database of KeePass, whatever its version.
    #[must_use]
    pub fn is_one(file: &[u8]) -> bool {
        is_keepass(file)
    }

    /// Reads the header of a database.
    ///
    /// # Errors
    /// Fails if the header is damaged, names a version or a method that is not known, or a key derivation beyond
    /// the limits.
    pub fn parse(file: &'a [u8]) -> Result<Self, KdbxError> {
        Ok(Self { header: KdbxHeader::read(file)?, file })
    }

    /// Decrypts the database, and makes credentials of its entries.
    ///
    /// # Errors
    /// Fails if the key is wrong, or the file is damaged or too large.
    pub fn read(&self, key: &KeepassKey) -> Result<Import, KdbxError> {
        let body = KdbxBody::open(self.file, &self.header, key);
        // ciphers and hash functions had keys there
        wipe_stack();
        let KdbxBody { xml, mut stream, files } = body?;
        let mut is_broken = false;
        let root = XmlElement::read_with(xml.expose(), |element| {
            is_broken |= stream.reveal(element).is_none();
            keepass::prune(element)
        });
        drop(stream);
        wipe_stack();
        let root = root.map_err(KdbxError::Contents)?;
        if is_broken {
            return Err(KdbxError::Damaged("has a protected value that cannot be decrypted"));
        }
        keepass::of_tree(&root, files).map_err(KdbxError::Contents)
    }
}
