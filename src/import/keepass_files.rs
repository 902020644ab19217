//! The attachments of a KeePass database: those that stand in its XML, and those in front of it. Several entries may
//! have the same one.

use std::collections::HashMap;
use std::sync::Arc;

use flate2::bufread::GzDecoder;

use super::content::IncomingContent;
use super::xml::XmlElement;
use crate::base64;
use crate::secret::{SecretBytes, read_all};

/// The largest attachments in the XML together, in bytes. They are packed there, so the size of the file is no bound.
const LARGEST: u64 = if cfg!(test) { 4 } else { 256 } * 1024 * 1024;

/// The attachments of a database.
pub(super) struct KeepassFiles<'a> {
    /// The attachments of KDBX 4, which are known by their numbers.
    numbered: Vec<Arc<SecretBytes>>,
    /// The attachments in the XML by their ids.
    listed: HashMap<&'a str, &'a XmlElement>,
    /// The attachments in the XML that an entry had, unpacked.
    unpacked: HashMap<&'a str, Option<Arc<SecretBytes>>>,
    /// The room for further ones.
    left: u64,
}

impl<'a> KeepassFiles<'a> {
    /// Finds the attachments of a database. The numbered ones do not stand in its XML.
    pub fn of(file: &'a XmlElement, numbered: Vec<Arc<SecretBytes>>) -> Self {
        let list = file.at(&["Meta", "Binaries"]).into_iter().flat_map(|list| list.all("Binary"));
        let listed = list.filter_map(|binary| Some((binary.attribute("ID")?, binary))).collect();
        Self { numbered, listed, unpacked: HashMap::new(), left: LARGEST }
    }

    /// Returns the content of an attachment of an entry, if the database has it in a form that is known.
    pub fn content(&mut self, binary: &XmlElement) -> Option<IncomingContent> {
        let value = binary.at(&["Value"])?;
        let Some(id) = value.attribute("Ref") else {
            return unpack(value, &mut self.left).map(IncomingContent::Bytes);
        };
        let bytes = if let Some((id, listed)) = self.listed.get_key_value(id) {
            self.unpacked.entry(id).or_insert_with(|| unpack(listed, &mut self.left)).clone()
        } else {
            id.parse().ok().and_then(|number: usize| self.numbered.get(number).cloned())
        };
        bytes.map(IncomingContent::Bytes)
    }
}

/// Returns the bytes of an element, which are packed or not.
fn unpack(element: &XmlElement, left: &mut u64) -> Option<Arc<SecretBytes>> {
    let bytes = match (&element.bytes, &element.text) {
        // still encrypted, as a database of another program may be
        (None, _) if element.says("Protected") => return None,
        (Some(SecretBytes::Text(text)), _) => SecretBytes::Text(text.clone()),
        (Some(SecretBytes::Made(bytes)), _) => SecretBytes::Made(bytes.clone()),
        (None, Some(text)) => SecretBytes::Made(base64::decode_spaced(text.expose()).ok()?),
        (None, None) => SecretBytes::Made(Vec::new().into()),
    };
    // an empty one is not packed
    let bytes = if element.says("Compressed") && !bytes.is_empty() {
        SecretBytes::Made(read_all(GzDecoder::new(&bytes[..]), bytes.len(), *left).ok()??)
    } else {
        bytes
    };
    *left = left.checked_sub(bytes.len() as u64)?;
    Some(Arc::new(bytes))
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::sync::Arc;

    use zeroize::Zeroizing;

    use super::{KeepassFiles, LARGEST};
    use crate::base64;
    use crate::import::xml::XmlElement;
    use crate::secret::SecretBytes;

    fn gzip(bytes: &[u8]) -> String {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(bytes).unwrap();
        base64::encode(&packer.finish().unwrap()).expose().to_owned()
    }

    fn content(files: &mut KeepassFiles<'_>, value: &str) -> Option<Vec<u8>> {
        let binary = XmlElement::read(&format!("<Binary><Key>a</Key>{value}</Binary>")).unwrap();
        let content = files.content(&binary)?;
        let mut bytes = Vec::new();
        content.reader().unwrap().unwrap().read_to_end(&mut bytes).unwrap();
        Some(bytes)
    }

    #[test]
    fn an_attachment_is_found_wherever_its_content_is() {
        let packed = gzip(b"packed");
        let xml = format!(
            "<KeePassFile><Meta><Binaries><Binary ID=\"0\" Compressed=\"True\">{packed}</Binary><Binary ID=\"x\">\
             aGVs\nbG8=</Binary><Binary ID=\"empty\" Compressed=\"True\"/><Binary ID=\"bad\">?</Binary>\
             <Binary ID=\"locked\" Protected=\"True\">aGVsbG8=</Binary></Binaries></Meta></KeePassFile>"
        );
        let root = XmlElement::read(&xml).unwrap();
        let numbered = |bytes: &[u8]| Arc::new(SecretBytes::Made(Zeroizing::new(bytes.to_vec())));
        let mut files = KeepassFiles::of(&root, vec![numbered(b"hidden"), numbered(b"\xffone")]);
        for (value, expected) in [
            ("<Value Ref=\"0\"/>", Some(&b"packed"[..])),
            ("<Value Ref=\"x\"/>", Some(b"hello")),
            ("<Value Ref=\"x\"/>", Some(b"hello")),
            ("<Value Ref=\"empty\"/>", Some(b"")),
            ("<Value Ref=\"1\"/>", Some(b"\xffone")),
            ("<Value>aGVsbG8=</Value>", Some(b"hello")),
            ("<Value/>", Some(b"")),
            (&format!("<Value Compressed=\"True\">{packed}</Value>"), Some(b"packed")),
            ("<Value Ref=\"2\"/>", None),
            ("<Value Ref=\"-1\"/>", None),
            ("<Value Ref=\"bad\"/>", None),
            ("<Value Ref=\"locked\"/>", None),
            ("<Value Compressed=\"True\">aGVsbG8=</Value>", None),
            ("", None),
        ] {
            assert_eq!(content(&mut files, value).as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn packed_contents_have_one_limit_together() {
        let half = usize::try_from(LARGEST / 2 + 1).unwrap();
        let packed = gzip(&vec![0; half]);
        let xml = format!(
            "<KeePassFile><Meta><Binaries><Binary ID=\"a\" Compressed=\"True\">{packed}</Binary><Binary ID=\"b\" \
             Compressed=\"True\">{packed}</Binary></Binaries></Meta></KeePassFile>"
        );
        let root = XmlElement::read(&xml).unwrap();
        let mut files = KeepassFiles::of(&root, Vec::new());
        for (id, length) in [("a", Some(half)), ("b", None), ("a", Some(half))] {
            let found = content(&mut files, &format!("<Value Ref=\"{id}\"/>"));
            assert_eq!(found.map(|bytes| bytes.len()), length, "{id}");
        }
    }
}
