//! One entry in the XML of KeePass: its strings, tags and end, and what has no place here.

use chrono::{DateTime, Datelike as _, Utc};

use super::entry::ImportEntry;
use super::keepass_files::KeepassFiles;
use super::keepass_otp::take_seed;
use super::keepass_reference::References;
use super::xml::XmlElement;
use crate::secret::Secret;
use crate::{base64, time};

/// The element with the old versions of an entry.
pub(super) const HISTORY: &str = "History";

/// An entry as it was read.
#[derive(Default)]
pub(super) struct ReadEntry {
    pub entry: ImportEntry,
    /// The names of the values that are still encrypted, so that the entry is of no use.
    pub encrypted: Vec<String>,
    pub notices: Vec<String>,
}

impl ReadEntry {
    /// Reads an entry. `path` is the names of the groups that it is in.
    pub fn of(
        element: &XmlElement,
        path: &str,
        references: &References<'_>,
        files: &mut KeepassFiles<'_>,
    ) -> Self {
        let mut read = Self::default();
        read.strings(element, references);
        let entry = &mut read.entry;
        if !path.is_empty() {
            entry.labels.push(("group", path.to_owned()));
        }
        let tags = element.text_at(&["Tags"]).split([';', ',']).map(str::trim).filter(|tag| !tag.is_empty());
        entry.labels.extend(tags.map(|tag| ("tag", tag.to_owned())));
        if element.text_at(&["Times", "Expires"]).eq_ignore_ascii_case("true") {
            match instant(element.text_at(&["Times", "ExpiryTime"])) {
                Some(until) => entry.valid_until = Some(time::format(until)),
                None => entry.dropped.push("ExpiryTime".to_owned()),
            }
        }
        for binary in element.all("Binary") {
            entry.file(binary.text_at(&["Key"]), files.content(binary));
        }
        if element.at(&[HISTORY]).is_some_and(|history| !history.children.is_empty()) {
            entry.dropped.push("history".to_owned());
        }
        read
    }

    /// Reads the values, each with its references resolved.
    fn strings(&mut self, element: &XmlElement, references: &References<'_>) {
        let mut kept = Vec::new();
        for string in element.all("String") {
            let name = string.text_at(&["Key"]);
            let Some(value) = string.at(&["Value"]) else { continue };
            let Some(text) = value.text.clone().filter(|text| !text.is_empty()) else { continue };
            // in an export this attribute marks a value that is still encrypted
            if value.says("Protected") {
                self.encrypted.push(name.to_owned());
                continue;
            }
            let (text, open) = references.resolve(&text);
            kept.extend(open.map(|why| (name, why.reason())));
            fill(&mut self.entry, name, text, value.says("ProtectInMemory"));
        }
        take_seed(&mut self.entry);
        // the title may come after a value that it is needed for
        let title = &self.entry.title;
        let kept = kept.into_iter();
        self.notices =
            kept.map(|(name, why)| format!("{title}: {name} {why}, and is kept as it is written")).collect();
    }
}

/// Reads an instant as text, or as KDBX 4 has it: the seconds since the year 1 in eight bytes, in base64.
fn instant(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(instant) = time::parse(text) {
        return Some(instant);
    }
    let bytes = base64::decode(text.trim()).ok()?;
    let seconds = i64::from_le_bytes(bytes.as_slice().try_into().ok()?);
    let instant = DateTime::from_timestamp(seconds.checked_sub(YEAR_1970)?, 0)?;
    Some(instant).filter(|instant| (1..=9999).contains(&instant.year()))
}

/// Seconds from the year 1 to the year 1970.
const YEAR_1970: i64 = 62_135_596_800;

fn fill(entry: &mut ImportEntry, name: &str, text: Secret, is_protected: bool) {
    match name {
        "Title" if entry.title.is_empty() => text.expose().clone_into(&mut entry.title),
        "UserName" if entry.username.is_none() => entry.username = Some(text),
        "Password" if entry.password.is_none() => entry.password = Some(text),
        "URL" => entry.urls.push(text),
        "Notes" => entry.note(Some(text)),
        "otp" => entry.seed(Some(text)),
        name if is_protected => entry.value(name, Some(text)),
        name => entry.shown(name, Some(text)),
    }
}
