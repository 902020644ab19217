//! The files in an archive that are unpacked when they are needed: the attachments of entries. A file belongs to one
//! entry.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::ops::Bound;
use std::sync::Arc;

use flate2::bufread::DeflateDecoder;
use rawzip::{
    CompressionMethod, FileReader, ReaderAt, ZipArchive, ZipArchiveEntryWayfinder, ZipFileHeaderRecord,
};
use zeroize::Zeroizing;

/// The most times that a content may be larger than its part of the archive, beyond 1 MiB.
const RATIO: u64 = 200;
/// Bytes that are read at a time.
const ROOM: usize = 64 * 1024;

/// An archive: in memory, or on disk where it may be larger.
pub(super) enum ArchiveSource {
    Memory(Zeroizing<Vec<u8>>),
    File(FileReader, u64),
}

impl ArchiveSource {
    /// Makes one of a file on disk.
    pub fn of_file(file: File) -> io::Result<Self> {
        let length = file.metadata()?.len();
        Ok(Self::File(file.into(), length))
    }

    /// Returns the length in bytes.
    pub fn length(&self) -> u64 {
        match self {
            Self::Memory(bytes) => bytes.len() as u64,
            Self::File(_, length) => *length,
        }
    }
}

impl ReaderAt for ArchiveSource {
    fn read_at(&self, room: &mut [u8], offset: u64) -> io::Result<usize> {
        match self {
            Self::Memory(bytes) => bytes.as_slice().read_at(room, offset),
            Self::File(file, _) => file.read_at(room, offset),
        }
    }
}

/// One file in an archive.
#[derive(Clone)]
pub struct PackedFile {
    archive: Arc<ZipArchive<ArchiveSource>>,
    entry: ZipArchiveEntryWayfinder,
    method: CompressionMethod,
    /// The length of the content, as the archive lists it.
    length: u64,
}

impl PackedFile {
    /// Finds the file of a record. Returns `None` if its compression is not known.
    pub(super) fn of(
        archive: &Arc<ZipArchive<ArchiveSource>>,
        record: &ZipFileHeaderRecord<'_>,
    ) -> Option<Self> {
        let method = record.compression_method();
        let is_known = matches!(method, CompressionMethod::STORE | CompressionMethod::DEFLATE);
        let length = record.uncompressed_size_hint();
        is_known.then(|| Self { archive: Arc::clone(archive), entry: record.wayfinder(), method, length })
    }

    /// Returns the length of its part of the archive.
    pub(super) fn packed_length(&self) -> u64 {
        self.entry.compressed_size_hint()
    }

    /// Returns the length of the content, as the archive lists it. No more is unpacked.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Returns the longest content that is unpacked.
    pub(super) fn limit(&self) -> u64 {
        self.packed_length().saturating_mul(RATIO).saturating_add(1024 * 1024).min(self.length)
    }

    /// Unpacks the content as it is read. The end of a content that is damaged or beyond its limit is an error.
    ///
    /// # Errors
    /// An error of the archive.
    pub fn reader(&self) -> io::Result<impl Read> {
        let damaged = |_| io::Error::from(io::ErrorKind::InvalidData);
        let entry = self.archive.get_entry(self.entry).map_err(damaged)?;
        let packed = BufReader::with_capacity(ROOM, entry.reader());
        let plain: Box<dyn Read> = if self.method == CompressionMethod::STORE {
            Box::new(packed)
        } else {
            Box::new(DeflateDecoder::new(packed))
        };
        // one more byte, which shows that there is more
        Ok(entry.verifying_reader(plain.take(self.limit() + 1)))
    }
}

impl fmt::Debug for PackedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PackedFile(…)")
    }
}

/// The attachments in an archive, by the folder of attachments and the path in it: `files/ID__plan.pdf`.
#[derive(Debug, Default)]
pub struct PackedFiles(RefCell<BTreeMap<String, PackedFile>>);

impl PackedFiles {
    /// Adds a file. Returns false if there is one of this path.
    pub(super) fn add(&mut self, path: &str, file: PackedFile) -> bool {
        let files = self.0.get_mut();
        let is_new = !files.contains_key(path);
        if is_new {
            files.insert(path.to_owned(), file);
        }
        is_new
    }

    /// Takes the file of this path.
    pub(super) fn take(&self, path: &str) -> Option<PackedFile> {
        self.0.borrow_mut().remove(path)
    }

    /// Takes the first file whose path begins like this, with the rest of its path.
    pub(super) fn take_first(&self, beginning: &str) -> Option<(String, PackedFile)> {
        let mut files = self.0.borrow_mut();
        let from = (Bound::Included(beginning), Bound::Unbounded);
        let (path, _) = files.range::<str, _>(from).next()?;
        let rest = path.strip_prefix(beginning)?.to_owned();
        let path = path.clone();
        files.remove(&path).map(|file| (rest, file))
    }

    /// Returns the number of files that no entry has taken.
    #[must_use]
    pub fn left(&self) -> usize {
        self.0.borrow().len()
    }
}

/// Returns the path of an attachment: the folder of attachments and all that follows. Other files have none.
pub(super) fn attachment_path(name: &str) -> Option<&str> {
    let begins = |at: usize| ["files/", "attachments/"].iter().any(|folder| name[at..].starts_with(folder));
    let starts = std::iter::once(0).chain(name.match_indices('/').map(|(at, _)| at + 1));
    starts.into_iter().find(|at| begins(*at)).map(|at| &name[at..])
}

#[cfg(test)]
mod tests {
    use super::attachment_path;

    #[test]
    fn attachments_are_in_a_folder_of_their_own() {
        for (name, path) in [
            ("files/d__plan.pdf", Some("files/d__plan.pdf")),
            ("Proton Pass/files/a.pdf", Some("files/a.pdf")),
            ("x/attachments/id/files/data.json", Some("attachments/id/files/data.json")),
            ("my-files/a", None),
            ("export.data", None),
            ("é/files/ü", Some("files/ü")),
        ] {
            assert_eq!(attachment_path(name), path, "{name}");
        }
    }
}
