//! The XML that KeePass 2 and KeePassXC export, in which everything is plain text. The groups on the way to
//! an entry become a label.

use super::entries::Entries;
use super::entry::Entry;
use super::xml::Element;
use super::{Format, Import, Options};
use crate::credential::Violations;
use crate::kind::rule::time;
use crate::secret::Secret;

pub(super) const FORMAT: Format = Format {
    name: "keepass-xml",
    summary: "the XML export of KeePass 2",
    recognises: |text| {
        let text = text.trim_start_matches('\u{feff}').trim_start();
        text.starts_with('<')
            && text.get(..1024.min(text.len())).is_none_or(|head| head.contains("<KeePassFile"))
            && text.contains("<KeePassFile")
    },
    read,
};

fn read(text: &str, _: &Options<'_>) -> Result<Import, Violations> {
    let file = Element::read(text)?;
    if file.name != "KeePassFile" {
        return Err(Violations::one("document", "must be an XML export of KeePass 2"));
    }
    let bin = file.text_at(&["Meta", "RecycleBinUUID"]).to_owned();
    let mut reader = Groups { bin, thrown_away: 0, entries: Entries::default() };
    if let Some(root) = file.at(&["Root"]) {
        for group in root.all("Group") {
            // the outermost group is the database itself
            reader.group(group, "");
        }
    }
    let Groups { thrown_away, mut entries, .. } = reader;
    if thrown_away > 0 {
        entries.notices.push(format!("the recycle bin was passed over, with {thrown_away} entries"));
    }
    Ok(entries.finish())
}

struct Groups {
    /// UUID of the group of what was thrown away.
    bin: String,
    thrown_away: usize,
    entries: Entries,
}

impl Groups {
    fn group(&mut self, group: &Element, path: &str) {
        for entry in group.all("Entry") {
            self.entry(entry, path);
        }
        for inner in group.all("Group") {
            if !self.bin.is_empty() && inner.text_at(&["UUID"]) == self.bin {
                self.thrown_away += count(inner);
                continue;
            }
            let name = inner.text_at(&["Name"]);
            let path = if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") };
            self.group(inner, &path);
        }
    }

    fn entry(&mut self, element: &Element, path: &str) {
        let mut entry = Entry::default();
        let (mut encrypted, mut references) = (Vec::new(), Vec::new());
        for string in element.all("String") {
            let name = string.text_at(&["Key"]);
            let Some(value) = string.at(&["Value"]) else { continue };
            let Some(text) = value.text.clone().filter(|text| !text.is_empty()) else { continue };
            if value.says("Protected") {
                encrypted.push(name.to_owned());
                continue;
            }
            if text.expose().starts_with("{REF:") {
                references.push(name.to_owned());
            }
            fill(&mut entry, name, text);
        }
        for name in references {
            let title = &entry.title;
            let notice = format!("{title}: {name} refers to another entry, and is kept as it is written");
            self.entries.notices.push(notice);
        }
        if !path.is_empty() {
            entry.labels.push(("group", path.to_owned()));
        }
        let tags = element.text_at(&["Tags"]).split([';', ',']).map(str::trim).filter(|tag| !tag.is_empty());
        entry.labels.extend(tags.map(|tag| ("tag", tag.to_owned())));
        if element.text_at(&["Times", "Expires"]).eq_ignore_ascii_case("true") {
            match time::parse(element.text_at(&["Times", "ExpiryTime"])) {
                Ok(until) => entry.valid_until = Some(time::format(until)),
                Err(_) => entry.dropped.push("ExpiryTime".to_owned()),
            }
        }
        for binary in element.all("Binary") {
            entry.dropped.push(format!("attachment {}", binary.text_at(&["Key"])));
        }
        if element.at(&["History"]).is_some_and(|history| !history.children.is_empty()) {
            entry.dropped.push("history".to_owned());
        }
        if encrypted.is_empty() {
            self.entries.add(entry);
        } else {
            let id = self.entries.id(&entry.title, "entry");
            let mut violations = Violations::default();
            for name in encrypted {
                violations.add(name, "is encrypted; export the database without protection");
            }
            self.entries.fail(&id, violations);
        }
    }
}

fn fill(entry: &mut Entry, name: &str, text: Secret) {
    match name {
        "Title" => text.expose().clone_into(&mut entry.title),
        "UserName" => entry.username = Some(text),
        "Password" => entry.password = Some(text),
        "URL" => entry.urls.push(text),
        "Notes" => entry.value("notes", Some(text)),
        name => entry.value(name, Some(text)),
    }
}

fn count(group: &Element) -> usize {
    group.all("Entry").count() + group.all("Group").map(count).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use crate::import::tests::{read, recognised, shown};

    fn string(key: &str, value: &str) -> String {
        format!("<String><Key>{key}</Key><Value ProtectInMemory=\"True\">{value}</Value></String>")
    }

    fn file(entries: &str) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n<KeePassFile><Meta>\
             <RecycleBinUUID>BIN=</RecycleBinUUID></Meta><Root><Group><UUID>R=</UUID><Name>Database</Name>\
             {entries}<Group><UUID>BIN=</UUID><Name>Recycle Bin</Name><Entry>{}</Entry></Group></Group></Root></KeePassFile>",
            string("Title", "gone")
        )
    }

    #[test]
    fn what_refers_to_another_entry_is_told() {
        let entry = format!(
            "<Entry>{}{}{}</Entry>",
            string("Title", "copy"),
            string("UserName", "u"),
            string("Password", "{REF:P@I:46C9}")
        );
        let import = read("keepass-xml", &file(&entry));
        let told = import.notices.join("\n");
        assert!(told.contains("copy: Password refers to another entry"), "{told}");
        assert!(!told.contains("46C9"), "{told}");
    }

    #[test]
    fn groups_become_labels_and_nothing_is_lost() {
        let login = format!(
            "<Group><Name>Work</Name><Group><Name>DB</Name><Entry>{}{}{}{}{}{}<Tags>a;b</Tags><Times>\
             <ExpiryTime>2030-01-02T03:04:05Z</ExpiryTime><Expires>True</Expires></Times><Binary><Key>x.pdf</Key>\
             <Value Ref=\"0\"/></Binary><History><Entry/></History></Entry></Group></Group>",
            string("Title", "Main &amp; more"),
            string("UserName", "sa"),
            string("Password", "&lt;p&gt; w"),
            string("URL", "https://db.example:1433"),
            string("otp", "otpauth://totp/x"),
            string("Notes", "one\ntwo")
        );
        let note = format!("<Entry>{}{}</Entry>", string("Title", "Note"), string("Notes", "n"));
        let text = file(&format!("{note}{login}"));
        assert_eq!(recognised(&text), Some("keepass-xml"));
        let import = read("keepass-xml", &text);
        assert_eq!(import.notices, ["the recycle bin was passed over, with 1 entries"]);
        assert_eq!(
            shown(&import),
            [
                "Simple Note {name: Note, value: n}",
                "UsernamePassword Main-&-more {name: Main & more, tags: {host: db.example, url: \
                 https://db.example:1433}, labels: [{name: group, value: Work/DB}, {name: tag, value: a}, {name: tag, \
                 value: b}], validUntil: 2030-01-02T03:04:05.000000Z, username: sa, password: <p> w} dropped \
                 attachment x.pdf, history",
                "generic Main-&-more-extra {name: Main & more, labels: [{name: group, value: Work/DB}, {name: tag, \
                 value: a}, {name: tag, value: b}], validUntil: 2030-01-02T03:04:05.000000Z, tags: {login: \
                 Main-&-more}, keyStore: {otp: otpauth://totp/x, notes: one\ntwo}}",
            ]
        );
    }

    #[test]
    fn what_is_encrypted_is_refused() {
        let entry = "<Entry><String><Key>Title</Key><Value>t</Value></String><String><Key>Password</Key>\
                     <Value Protected=\"True\">c2VjcmV0</Value></String></Entry>";
        assert_eq!(
            shown(&read("keepass-xml", &file(entry))),
            ["t: Password: is encrypted; export the database without protection"]
        );
    }
}
