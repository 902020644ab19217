//! Opening a vault: the file as it was written, or a text that somebody edited by hand.

use std::collections::{BTreeMap, BTreeSet};

use zeroize::Zeroizing;

use super::blobs::BlobChanges;
use super::canonical;
use super::chunk_list::ChunkList;
use super::cipher::{Key, Sealed};
use super::collection::{Purged, Vault};
use super::damage::Damage;
use super::error::Error;
use super::layout::{self, Index};
use super::layout_writer::LayoutWriter;
use super::plain::Plain;
use super::signature_problem::SignatureProblem;
use super::signed;
use super::wire::{Header, Section};
use crate::random;

impl Vault {
    /// Makes an empty vault, not yet on disk.
    ///
    /// # Errors
    /// [`Error::Random`] where the operating system gives no random bytes.
    pub fn new() -> Result<Self, Error> {
        let header = Header::new(random::uuid()?)?;
        let mut writer = LayoutWriter::new(Vec::new(), &header)?;
        for section in Section::ALL {
            writer.section(section).map_err(Error::Write)?;
        }
        let text = writer.finish().map_err(Error::Write)?;
        Self::read(Plain::in_memory(Zeroizing::new(text)))
    }

    /// Opens a sealed file with a key.
    ///
    /// # Errors
    /// [`super::Locked`] if the key is not the right one, [`Damage`] if the file is not a vault.
    pub fn open(sealed: Sealed, key: &Key) -> Result<Self, Error> {
        let stanzas = sealed.stanzas();
        let (plain, age_header) = sealed.open_with_header(key)?;
        let mut vault = Self::read(plain)?;
        vault.stanzas = Some(stanzas);
        vault.age_header = Some(age_header);
        Ok(vault)
    }

    /// Returns true if this vault was read from this file, or from a copy of it.
    #[must_use]
    pub fn is_in(&self, sealed: &Sealed) -> bool {
        self.age_header.as_deref() == Some(sealed.header())
    }

    pub(super) fn read(mut plain: Plain) -> Result<Self, Error> {
        match Self::read_canonical(&mut plain)? {
            Some((header, index, chunks)) => Self::verified(plain, header, index, chunks),
            None => Self::read_any(plain),
        }
    }

    /// Verifies the signature, if the vault is signed, before anything is made of it.
    fn verified(
        mut plain: Plain,
        header: Header,
        index: Index,
        chunks: Option<ChunkList>,
    ) -> Result<Self, Error> {
        let (header, signed) = signed::verify(&mut plain, header, &index, chunks)?;
        Ok(Self { signed, ..Self::with(plain, header, index) })
    }

    /// Reads the first line and the index of a text in our layout, and its digests if it is signed.
    fn read_canonical(plain: &mut Plain) -> Result<Option<(Header, Index, Option<ChunkList>)>, Error> {
        let Some(index) = layout::index(plain)? else { return Ok(None) };
        let chunks = signed::read_list(plain, &index)?;
        if !layout::is_framed(plain, &index)? {
            return Ok(None);
        }
        Ok(layout::header(plain, &index)?.map(|header| (header, index, chunks)))
    }

    fn with(plain: Plain, header: Header, index: Index) -> Self {
        Self {
            plain,
            header,
            keeps_seal: true,
            age_header: None,
            roster: None,
            replaced: index.replaced().map(str::to_owned),
            index,
            stanzas: None,
            changes: BTreeMap::new(),
            renamed: BTreeMap::new(),
            sections: Default::default(),
            keys: Default::default(),
            joined: BTreeMap::new(),
            purged: Purged::Some(BTreeSet::new()),
            new: None,
            lookups: 0,
            in_order: false,
            directory: None,
            blobs: BlobChanges::default(),
            of_users: None,
            types: None,
            marks: false,
            exposure: None,
            signed: None,
            signing: None,
            takes_their_key: false,
            next_signers: None,
        }
    }

    /// Reads a text that was edited by hand.
    fn read_any(mut plain: Plain) -> Result<Self, Error> {
        let text = plain.range((0, plain.length()))?;
        let laid_out = canonical::canonical(&text)?;
        drop(text);
        let mut plain = Plain::in_memory(laid_out);
        match Self::read_canonical(&mut plain)? {
            // the signature is of the text before the edit
            Some((header, ..)) if !header.signers.is_empty() => {
                Err(Damage::Signature(SignatureProblem::Edited).into())
            }
            Some((header, index, _)) => Ok(Self::with(plain, header, index)),
            // cannot be: it was laid out just now
            None => Err(Damage::OtherDocument.into()),
        }
    }
}
