//! A zip archive that a password manager exports: each file in it that a format reads.

use credctl::import::{ArchiveError, ExportArchive, Import, ImportFacts, ImportFormat};

use super::args::Args;
use crate::cli::context::Settings;
use crate::cli::document;
use crate::cli::error::{Error, Failure};

/// Reads an archive. Returns `None` if no file in it is of a known format.
pub fn read(
    settings: &Settings,
    args: &Args,
    archive: Result<ExportArchive, ArchiveError>,
) -> Result<Option<(&'static str, Import)>, Error> {
    let failed = |error: ArchiveError| {
        let what = format!("{} {error}", document::name_of(&args.file));
        let hint = match error {
            ArchiveError::Proton => Some("export the vaults without a passphrase, as JSON or CSV"),
            ArchiveError::Unpacked { .. } => {
                Some("unpack the archive, import the file in it, and add the others with `credctl attach`")
            }
            ArchiveError::Encrypted => Some("unpack the archive and name a file in it"),
            _ => None,
        };
        hint.into_iter().fold(Error::new(Failure::Invalid, what).describing(error), Error::hint)
    };
    let archive = archive.map_err(failed)?;
    let facts = ImportFacts {
        email: args.default_email.as_deref(),
        title: None,
        variables_as: args.as_id.as_deref(),
        files: Some(&archive.attachments),
    };
    let named = ImportFormat::find(settings.format);
    let mut found: Option<(&'static str, Import)> = None;
    for (name, text) in &archive.files {
        let Some(format) = named.or_else(|| ImportFormat::recognise(text.expose())) else {
            let notice = format!("{name} in the archive is of no known format, and was skipped");
            found.get_or_insert_with(|| ("", Import::default())).1.notices.push(notice);
            continue;
        };
        // a file with nothing but a header has no entries, which is no error beside other files
        let mut import = match format.read(text.expose(), &facts) {
            Ok(import) => import,
            Err(_) if archive.files.len() > 1 && text.expose().trim().lines().count() < 2 => continue,
            Err(violations) => return Err(Error::from(violations).at(name)),
        };
        match &mut found {
            Some((own, all)) => {
                if own.is_empty() {
                    *own = format.name;
                }
                all.items.append(&mut import.items);
                all.notices.append(&mut import.notices);
            }
            None => found = Some((format.name, import)),
        }
    }
    let mut found = found.filter(|(name, _)| !name.is_empty());
    // those of the trash are left, too
    let left = archive.others + archive.attachments.left();
    if let Some((_, import)) = &mut found
        && left > 0
    {
        import.notices.push(format!("{left} other files in the archive were skipped"));
    }
    Ok(found)
}
