//! The names that every format of this room uses, and the loop of those that write one credential after another.

use std::io::{self, Write};

use crate::credential::Credential;
pub use crate::outgoing::{
    Credentials, ExportContents, ExportData, ExportFormat, ExportOptions, ExportReport,
};
use crate::secret::Buffer;

/// Writes the text that `text` makes of each credential, and reports those of which it makes none. `text` may add
/// notices about what is not in the text.
///
/// # Errors
/// An error of the writer, or of reading a credential.
pub(super) fn each(
    selection: &ExportData<'_>,
    report: &mut ExportReport,
    out: &mut dyn Write,
    mut text: impl FnMut(&Credential, &mut Vec<String>) -> Result<Buffer, String>,
) -> io::Result<()> {
    for credential in selection.credentials.iter() {
        let credential = credential?;
        let mut notices = Vec::new();
        match text(&credential, &mut notices) {
            Ok(text) => {
                report.dropped(&credential, &[]);
                report.notices.append(&mut notices);
                out.write_all(text.bytes())?;
            }
            Err(why) => report.fail(&credential, why),
        }
    }
    Ok(())
}
