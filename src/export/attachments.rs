//! The attachments of a credential in our own export: each with its content in base64, which is read while it is
//! written, because it may not fit into the memory.

use std::cell::RefCell;
use std::fmt;
use std::io;

use serde::ser::{Error as _, Serialize, SerializeMap as _, Serializer};

use crate::base64;
use crate::credential::Attachment;
use crate::outgoing::ExportContents;
use crate::vault;

/// The attachments of one credential.
pub(super) struct ExportedAttachments<'a> {
    pub attachments: &'a [Attachment],
    /// The contents; none if they stay behind.
    pub contents: Option<&'a ExportContents>,
}

impl Serialize for ExportedAttachments<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let contents = self.contents;
        serializer.collect_seq(
            self.attachments.iter().map(|attachment| ExportedAttachment { attachment, contents }),
        )
    }
}

struct ExportedAttachment<'a> {
    attachment: &'a Attachment,
    contents: Option<&'a ExportContents>,
}

impl Serialize for ExportedAttachment<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { attachment, contents } = self;
        let mut members = serializer.serialize_map(None)?;
        members.serialize_entry("name", &attachment.name)?;
        members.serialize_entry("size", &attachment.size)?;
        if let Some(contents) = contents {
            members.serialize_entry("sha256", &attachment.sha256.to_string())?;
            members.serialize_entry("content", &ContentText { attachment, contents })?;
        }
        members.end()
    }
}

struct ContentText<'a> {
    attachment: &'a Attachment,
    contents: &'a ExportContents,
}

impl Serialize for ContentText<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let content = self.contents.open(self.attachment).map_err(|error| self.contents.fail(error));
        let content = RefCell::new(Some(content.map_err(S::Error::custom)?));
        let failure = RefCell::new(None);
        let written = serializer.collect_str(&EncodedContent(|f: &mut fmt::Formatter<'_>| {
            let Some(content) = content.take() else { return Ok(()) };
            let mut out = FormattedBytes { f, is_full: false };
            let passed = base64::encode_into(&mut out, |out| content.pass(out));
            if out.is_full {
                // the output fails, and says why
                return Err(fmt::Error);
            }
            // an error here would have to be one of the output
            failure.replace(passed.err());
            Ok(())
        }))?;
        match failure.into_inner() {
            Some(error) => Err(S::Error::custom(self.contents.fail(error))),
            None => Ok(written),
        }
    }
}

/// A text that is made while it is written.
struct EncodedContent<F>(F);

impl<F: Fn(&mut fmt::Formatter<'_>) -> fmt::Result> fmt::Display for EncodedContent<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (self.0)(f)
    }
}

/// The output of a text that is made while it is written.
struct FormattedBytes<'a, 'f> {
    f: &'a mut fmt::Formatter<'f>,
    is_full: bool,
}

impl io::Write for FormattedBytes<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written =
            std::str::from_utf8(bytes).map_err(|_| fmt::Error).and_then(|text| self.f.write_str(text));
        written.map(|()| bytes.len()).map_err(|_| {
            self.is_full = true;
            io::ErrorKind::Other.into()
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl ExportContents {
    /// Keeps the error of a content for the caller of the export, and returns its text.
    fn fail(&self, error: vault::Error) -> String {
        let text = error.to_string();
        self.failure.replace(Some(error));
        text
    }
}
