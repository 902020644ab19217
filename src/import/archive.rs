//! Zip archives that password managers export: the files in them that formats read. Names in an archive are
//! never used as paths, and a small archive cannot become a large text.

use std::fs::File;
use std::sync::Arc;

use rawzip::{RECOMMENDED_BUFFER_SIZE, ZipLocator};
use zeroize::Zeroizing;

use super::packed::{ArchiveSource, PackedFile, PackedFiles, attachment_path};
use crate::secret::{Secret, read_all};
use crate::text;

/// The first bytes of an archive.
const START: &[u8] = b"PK\x03\x04";
/// The most files in an archive. Each attachment is one.
const FILES: usize = 20_000;
/// The largest text of all files together, in MiB.
const LARGEST: u64 = 128;
/// The largest attachments of an archive together when they are unpacked, in MiB, for an archive without a length of
/// its own. Many small files could otherwise fill a disk, although each is small.
const UNPACKED: u64 = 256;
/// The number of times that all attachments together may be larger than their archive, beyond that.
const UNPACKED_RATIO: u64 = 10;
/// The last parts of the names of files that formats read: 1PUX; Proton Pass and Bitwarden.
const NAMES: [&str; 2] = ["export.data", "data.json"];

/// An archive, taken apart.
#[derive(Debug, Default)]
pub struct ExportArchive {
    /// The texts of the files that formats read, each with its name in the archive.
    pub files: Vec<(String, Secret)>,
    /// The attachments.
    pub attachments: PackedFiles,
    /// The number of other files.
    pub others: usize,
}

/// The reasons why an archive cannot be read. The texts continue the name of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// A file that is cut or changed.
    #[error("is a damaged zip archive")]
    Damaged,
    /// A file in a form that is not known.
    #[error("is a zip archive with a compression that is not known")]
    Method,
    /// An archive with a password.
    #[error("is a zip archive with a password")]
    Encrypted,
    /// An export of Proton Pass that is encrypted.
    #[error("is an export of Proton Pass that is encrypted with a passphrase")]
    Proton,
    /// Too many files.
    #[error("is a zip archive with more than {FILES} files")]
    Many,
    /// Too much text.
    #[error(
        "is a zip archive with more than {LARGEST} MiB of text, or one that is compressed beyond measure"
    )]
    TooLarge,
    /// Attachments that would become too large.
    #[error("is a zip archive whose attachments take more than {limit} MiB when they are unpacked")]
    Unpacked {
        /// The limit for this archive, in MiB.
        limit: u64,
    },
    /// Two files of one name.
    #[error("is a zip archive with two files of the same name")]
    Twice,
    /// A file that is no text.
    #[error("is a zip archive with data that is no text")]
    Text,
}

impl ExportArchive {
    /// Returns true if a file begins like a zip archive.
    #[must_use]
    pub fn is_one(file: &[u8]) -> bool {
        file.starts_with(START)
    }

    /// Takes an archive apart. One without a file that formats read has no files.
    ///
    /// # Errors
    /// Fails if the archive is damaged, encrypted or beyond the limits.
    pub fn read(file: &[u8]) -> Result<Self, ArchiveError> {
        Self::of(ArchiveSource::Memory(Zeroizing::new(file.to_vec())))
    }

    /// Takes an archive on disk apart, which may be larger than the memory.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn open(file: File) -> Result<Self, ArchiveError> {
        Self::of(ArchiveSource::of_file(file).map_err(|_| ArchiveError::Damaged)?)
    }

    fn of(source: ArchiveSource) -> Result<Self, ArchiveError> {
        let length = source.length();
        let mut room = vec![0; RECOMMENDED_BUFFER_SIZE];
        let zip = ZipLocator::new().locate_in_reader(source, &mut room, length);
        let zip = Arc::new(zip.map_err(|_| ArchiveError::Damaged)?);
        let mut archive = Self::default();
        let mut left = LARGEST * 1024 * 1024;
        let (mut count, mut packed_length) = (0, 0_u64);
        let mut unpacked = UnpackedLength::of_archive(length);
        let mut entries = zip.entries(&mut room);
        while let Some(entry) = entries.next_entry().map_err(|_| ArchiveError::Damaged)? {
            count += 1;
            if count > FILES {
                return Err(ArchiveError::Many);
            }
            if entry.is_dir() {
                continue;
            }
            // files that share their bytes would be many times as large as the archive
            packed_length = packed_length.saturating_add(entry.compressed_size_hint());
            if packed_length > length {
                return Err(ArchiveError::Damaged);
            }
            let name = String::from_utf8_lossy(entry.file_path().as_bytes()).into_owned();
            let packed = PackedFile::of(&zip, &entry);
            let is_encrypted = entry.flags().is_encrypted();
            // whatever its name is: a table among the attachments is an attachment
            if let Some(path) = attachment_path(&name) {
                let file = packed.filter(|_| !is_encrypted);
                unpacked.add(file.as_ref().map_or(0, PackedFile::length))?;
                let is_kept = file.is_some_and(|file| archive.attachments.add(path, file));
                archive.others += usize::from(!is_kept);
                continue;
            }
            let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
            if last == "data.pgp" {
                return Err(ArchiveError::Proton);
            }
            let is_table = last.rsplit_once('.').is_some_and(|(_, end)| end.eq_ignore_ascii_case("csv"));
            if !is_table && !NAMES.contains(&last) {
                archive.others += usize::from(!last.ends_with(".attributes"));
                continue;
            }
            if archive.files.iter().any(|(own, _)| *own == name) {
                return Err(ArchiveError::Twice);
            }
            if is_encrypted {
                return Err(ArchiveError::Encrypted);
            }
            let text = content(&packed.ok_or(ArchiveError::Method)?, left)?;
            // decoded, a text may be longer than its bytes in the archive
            left = left.checked_sub(text.len() as u64).ok_or(ArchiveError::TooLarge)?;
            archive.files.push((name, text));
        }
        Ok(archive)
    }
}

/// The length of all attachments of an archive together, when they are unpacked.
struct UnpackedLength {
    sum: u64,
    limit: u64,
}

impl UnpackedLength {
    fn of_archive(length: u64) -> Self {
        let limit = length.saturating_mul(UNPACKED_RATIO).saturating_add(UNPACKED * 1024 * 1024);
        Self { sum: 0, limit }
    }

    /// Adds an attachment. This comes before anything is unpacked, so that nothing is written.
    fn add(&mut self, length: u64) -> Result<(), ArchiveError> {
        self.sum = self.sum.saturating_add(length);
        let limit = self.limit / (1024 * 1024);
        if self.sum > self.limit { Err(ArchiveError::Unpacked { limit }) } else { Ok(()) }
    }
}

/// Unpacks one file of at most `left` bytes.
fn content(file: &PackedFile, left: u64) -> Result<Secret, ArchiveError> {
    let reader = file.reader().map_err(|_| ArchiveError::Damaged)?;
    // the size that the archive names is no reason to take so much memory
    let room = usize::try_from(file.packed_length()).unwrap_or(usize::MAX).min(1024 * 1024);
    let bytes = read_all(reader, room, left.min(file.limit())).map_err(|_| ArchiveError::Damaged)?;
    let bytes = bytes.ok_or(ArchiveError::TooLarge)?;
    text::decode(&bytes).map(text::Text::into_secret).map_err(|_| ArchiveError::Text)
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};

    use flate2::Compression;
    use flate2::write::DeflateEncoder;
    use rawzip::{CompressionMethod, ZipArchiveWriter};

    use super::{ArchiveError, ExportArchive};

    fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut archive = ZipArchiveWriter::new(&mut out);
        for (name, content) in files {
            let file = archive.new_file(*name).compression_method(CompressionMethod::DEFLATE);
            let (mut entry, config) = file.start().unwrap();
            let encoder = DeflateEncoder::new(&mut entry, Compression::default());
            let mut writer = config.wrap(encoder);
            writer.write_all(content).unwrap();
            let (encoder, descriptor) = writer.finish().unwrap();
            encoder.finish().unwrap();
            entry.finish(descriptor).unwrap();
        }
        archive.finish().unwrap();
        out
    }

    #[test]
    fn files_of_formats_are_unpacked_and_others_counted() {
        let file = zip(&[
            ("export.attributes", b"{}"),
            ("export.data", b"{\"a\":1}"),
            ("files/x___plan.pdf", b"%PDF"),
            ("files/table.csv", b"a,b"),
        ]);
        assert!(ExportArchive::is_one(&file));
        let archive = ExportArchive::read(&file).unwrap();
        assert_eq!(archive.files.len(), 1);
        assert_eq!((archive.files[0].0.as_str(), archive.files[0].1.expose()), ("export.data", "{\"a\":1}"));
        assert_eq!((archive.attachments.left(), archive.others), (2, 0));
        let mut plan = String::new();
        let file = archive.attachments.take_first("files/x__").map(|(_, file)| file).unwrap();
        file.reader().unwrap().read_to_string(&mut plan).unwrap();
        assert_eq!((plan.as_str(), archive.attachments.left()), ("%PDF", 1));
        let names = [("../../credentials.csv", &b"title,note"[..]), ("Proton Pass/data.json", b"{}")];
        assert_eq!(ExportArchive::read(&zip(&names)).unwrap().files.len(), 2);
        assert!(ExportArchive::read(&zip(&[("readme.txt", b"x")])).unwrap().files.is_empty());
    }

    /// Changes the length that an archive lists for the content of each attachment.
    fn listed(mut file: Vec<u8>, length: u32) -> Vec<u8> {
        let records: Vec<_> = (0..file.len()).filter(|at| file[*at..].starts_with(b"PK\x01\x02")).collect();
        for at in records {
            if file[at + 46..].starts_with(b"files/") {
                file[at + 24..at + 28].copy_from_slice(&length.to_le_bytes());
            }
        }
        file
    }

    #[test]
    fn attachments_that_would_fill_the_disk_are_refused_together() {
        let mib = 1024 * 1024;
        let names: Vec<_> = (0..300).map(|at| format!("files/{at}")).collect();
        let files: Vec<_> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
        let refused = Err(ArchiveError::Unpacked { limit: 256 });
        assert_eq!(ExportArchive::read(&listed(zip(&files), mib)).map(drop), refused);
        assert!(ExportArchive::read(&listed(zip(&files[..250]), mib)).is_ok());
        let one = zip(&[("export.data", b"{}"), ("files/a", b"x")]);
        assert_eq!(ExportArchive::read(&listed(one, 257 * mib)).map(drop), refused);
    }

    #[test]
    fn no_more_is_unpacked_than_an_archive_lists() {
        let file = zip(&[("files/a", &vec![0; 1024 * 1024])]);
        let archive = ExportArchive::read(&listed(file, 10)).unwrap();
        let (_, file) = archive.attachments.take_first("files/").unwrap();
        let mut unpacked = Vec::new();
        assert!(file.reader().unwrap().read_to_end(&mut unpacked).is_err());
        assert!(unpacked.len() <= 11, "{}", unpacked.len());
    }

    #[test]
    fn what_is_damaged_or_too_large_is_refused() {
        let file = zip(&[("export.data", b"{\"a\":1}")]);
        for length in 0..file.len() {
            assert!(ExportArchive::read(&file[..length]).is_err(), "{length}");
        }
        for at in 0..file.len() {
            let mut file = file.clone();
            file[at] ^= 0x10;
            // no panic, and never another text
            if let Ok(archive) = ExportArchive::read(&file) {
                assert!(archive.files.iter().all(|(_, text)| text.expose() == "{\"a\":1}"), "{at}");
            }
        }
        let bomb = zip(&[("export.data", &vec![b' '; 4 * 1024 * 1024])]);
        assert_eq!(ExportArchive::read(&bomb).unwrap_err(), ArchiveError::TooLarge);
        let twice = zip(&[("data.json", b"{}"), ("data.json", b"[]")]);
        assert_eq!(ExportArchive::read(&twice).unwrap_err(), ArchiveError::Twice);
        assert_eq!(
            ExportArchive::read(&zip(&[("Proton Pass/data.pgp", b"x")])).unwrap_err(),
            ArchiveError::Proton
        );
        assert_eq!(
            ExportArchive::read(&zip(&[("data.json", b"\xff\xfe\xff")])).unwrap_err(),
            ArchiveError::Text
        );
    }
}
