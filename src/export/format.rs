//! The call that writes an export, and the names that every format of this room uses.

use zeroize::Zeroizing;

pub use crate::outgoing::{ExportData, Format, Options, Report};

impl Format {
    /// Writes the selection. Returns the text and the report.
    #[must_use]
    pub fn write(&self, selection: &ExportData<'_>, options: &Options<'_>) -> (Zeroizing<Vec<u8>>, Report) {
        let mut report = Report::default();
        let text = (self.write)(selection, options, &mut report);
        (text, report)
    }
}
