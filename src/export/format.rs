//! The call that writes an export, and the names that every format of this room uses.

use zeroize::Zeroizing;

pub use crate::outgoing::{ExportData, ExportFormat, ExportOptions, ExportReport};

impl ExportFormat {
    /// Writes the selection. Returns the text and the report.
    #[must_use]
    pub fn write(
        &self,
        selection: &ExportData<'_>,
        options: &ExportOptions<'_>,
    ) -> (Zeroizing<Vec<u8>>, ExportReport) {
        let mut report = ExportReport::default();
        let text = (self.write)(selection, options, &mut report);
        (text, report)
    }
}
