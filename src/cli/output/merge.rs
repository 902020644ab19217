//! The merge of an export into an existing file.

use credctl::disk::Location;
use credctl::export::ExportFormat;
use credctl::vault;

use crate::cli::context::Ui;
use crate::cli::error::{Error, Failure};

/// The largest file to merge an export into, in bytes.
const LIMIT: u64 = 64 * 1024 * 1024;

/// Merges an export into an existing file.
pub fn merge(ui: &Ui, location: &Location, format: &ExportFormat, text: &[u8]) -> Result<(), Error> {
    let path = location.path().display();
    let before = location.read(LIMIT).map_err(vault::Error::from)?;
    let before = before.ok_or_else(|| Error::new(Failure::Invalid, format!("`{path}` is too large")))?;
    let merged = format.merge(&before, text).map_err(|error| {
        Error::new(Failure::Invalid, format!("nothing can be merged into `{path}`, which was left alone"))
            .because(error)
    })?;
    if *merged.text != *before {
        location.edit(&before, &merged.text).map_err(vault::Error::from)?;
    }
    for notice in &merged.notices {
        ui.notice(notice);
    }
    let told = [("added", &merged.added), ("replaced", &merged.replaced)];
    let told = told.into_iter().filter(|(_, names)| !names.is_empty());
    let told: Vec<_> = told.map(|(what, names)| format!("{what} {}", names.join(", "))).collect();
    let told = if told.is_empty() { "nothing to change".to_owned() } else { told.join("; ") };
    ui.notice(&format!("{path}: {told}"));
    Ok(())
}
