//! The XML that KeePass 2 and KeePassXC export, in which everything is plain text. The groups on the way to
//! an entry become a label.

use std::sync::Arc;

use super::entries::Entries;
use super::format::{ImportFacts, ImportFormat};
use super::item::Import;
use super::keepass_entry::{HISTORY, ReadEntry};
use super::keepass_files::KeepassFiles;
use super::keepass_reference::References;
use super::xml::XmlElement;
use crate::credential::Violations;
use crate::secret::SecretBytes;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "keepass-xml",
    summary: "the XML export of KeePass 2",
    recognises: |text| {
        let text = text.trim_start_matches('\u{feff}').trim_start();
        text.starts_with('<')
            // near the start; `get` fails inside of a character, and then the whole text decides
            && text.get(..1024.min(text.len())).is_none_or(|head| head.contains("<KeePassFile"))
            && text.contains("<KeePassFile")
    },
    read,
};

fn read(text: &str, _: &ImportFacts<'_>) -> Result<Import, Violations> {
    of_tree(&XmlElement::read_with(text, prune)?, Vec::new())
}

/// Takes the values out of an old version of an entry, which are most of a file. That there is one stays known.
/// Returns true if the element has such versions.
pub(super) fn prune(element: &mut XmlElement) -> bool {
    let has_versions = element.name == HISTORY;
    if has_versions {
        for version in &mut element.children {
            version.children = Vec::new();
        }
    }
    has_versions
}

/// Makes credentials of the entries of a database. Some attachments do not stand in its XML.
pub(super) fn of_tree(file: &XmlElement, numbered: Vec<Arc<SecretBytes>>) -> Result<Import, Violations> {
    if file.name != "KeePassFile" {
        return Err(Violations::one("document", "must be an XML export of KeePass 2"));
    }
    let bin = file.text_at(&["Meta", "RecycleBinUUID"]).to_owned();
    // of all entries first, because a reference may name one that comes later
    let references = References::of(file, &bin);
    let files = KeepassFiles::of(file, numbered);
    let mut reader = Groups { bin, references, files, thrown_away: 0, entries: Entries::default() };
    if let Some(root) = file.at(&["Root"]) {
        for group in root.all("Group") {
            // the outermost group is the database itself
            reader.group(group, "");
        }
    }
    let Groups { thrown_away, mut entries, .. } = reader;
    if thrown_away > 0 {
        entries.notices.push(format!("the recycle bin was skipped, with {thrown_away} entries"));
    }
    Ok(entries.finish())
}

struct Groups<'a> {
    references: References<'a>,
    files: KeepassFiles<'a>,
    /// The UUID of the recycle bin, the group of entries that were thrown away.
    bin: String,
    thrown_away: usize,
    entries: Entries,
}

impl Groups<'_> {
    fn group(&mut self, group: &XmlElement, path: &str) {
        for entry in group.all("Entry") {
            self.entry(entry, path);
        }
        for inner in group.all("Group") {
            // without a bin the UUID is empty, as is that of a group without one
            if !self.bin.is_empty() && inner.text_at(&["UUID"]) == self.bin {
                self.thrown_away += count(inner);
                continue;
            }
            let name = inner.text_at(&["Name"]);
            let path = if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") };
            self.group(inner, &path);
        }
    }

    fn entry(&mut self, element: &XmlElement, path: &str) {
        let ReadEntry { entry, encrypted, notices } =
            ReadEntry::of(element, path, &self.references, &mut self.files);
        self.entries.notices.extend(notices);
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

fn count(group: &XmlElement) -> usize {
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
        assert!(told.contains("copy: Password refers to an entry"), "{told}");
        assert!(!told.contains("46C9"), "{told}");
    }

    #[test]
    fn what_refers_to_an_entry_of_the_file_is_its_value() {
        // the UUID is 16 times the letter A, in base64 and in hexadecimal digits
        let uuid = "41".repeat(16);
        let base = format!(
            "<Entry><UUID>QUFBQUFBQUFBQUFBQUFBQQ==</UUID>{}{}{}</Entry>",
            string("Title", "base"),
            string("UserName", "ada"),
            string("Password", "s3cret")
        );
        let user = string("UserName", &format!(r"dom\{{REF:U@I:{uuid}}}"));
        let password = string("Password", &format!("x{{ref:p@i:{uuid}}}y{{REF:P@T:Base}}{{REF:P@T:none}}"));
        let copy = format!("<Entry>{}{user}{password}</Entry>", string("Title", "copy"));
        let import = read("keepass-xml", &file(&format!("{copy}{base}")));
        assert_eq!(
            shown(&import)[0],
            r"UsernamePassword copy {name: copy, username: dom\ada, password: xs3cretys3cret{REF:P@T:none}}"
        );
        assert_eq!(import.notices.len(), 2, "{:?}", import.notices);
        // one that refers to itself has no value
        let itself = base.replace("s3cret", &format!("{{REF:P@I:{uuid}}}"));
        assert!(read("keepass-xml", &file(&itself)).notices[0].contains("Password has references"));
    }

    #[test]
    fn an_entry_is_referred_to_by_a_field_that_only_it_has() {
        let entry = |title: &str, user: &str, password: &str| {
            let own = [string("Title", title), string("UserName", user), string("Password", password)];
            format!(
                "<Entry>{}{}{}</Entry>",
                own.concat(),
                string("URL", &format!("https://{title}.example")),
                string("own", title)
            )
        };
        let base = [entry("one", "ada", "p1"), entry("two", "ada", "p2")].concat();
        for (reference, password) in [
            ("{REF:P@T:ONE}", Ok("p1")),
            ("{REF:P@A:https://two.example}", Ok("p2")),
            ("{REF:P@O:two}", Ok("p2")),
            ("{REF:P@U:ada}", Err("fits several entries")),
            ("{REF:P@T:gone}", Err("cannot be found")),
            ("{REF:P@P:p1}", Err("an unknown form")),
            ("{REF:P}", Err("an unknown form")),
            ("{REF:é@T:one}", Err("an unknown form")),
        ] {
            let copy = entry("copy", "bob", reference);
            let import = read("keepass-xml", &file(&format!("{copy}{base}")));
            let kept = format!("password: {}, custom", password.unwrap_or(reference));
            assert!(shown(&import)[0].contains(&kept), "{reference}: {:?}", shown(&import));
            assert!(
                password.map_or_else(|why| import.notices[0].contains(why), |_| import.notices.len() == 1),
                "{:?}",
                import.notices
            );
        }
    }

    #[test]
    fn addresses_on_lines_of_their_own_are_kept_in_order() {
        let urls = string("URL", "https://a.example\n\r\nhttps://b.example\n");
        let login = [string("Title", "t"), string("UserName", "u"), string("Password", "p"), urls].concat();
        let shown = shown(&read("keepass-xml", &file(&format!("<Entry>{login}</Entry>"))));
        assert!(
            shown[0].contains("tags: {host: a.example}, url: [https://a.example, https://b.example]"),
            "{shown:?}"
        );
    }

    #[test]
    fn times_of_kdbx_4_are_read() {
        for (time, until) in [
            ("2030-01-02T03:04:05Z", "validUntil: 2030-01-02T03:04:05"),
            ("pX9Q6g4AAAA=", "validUntil: 2031-01-02T03:04:05"),
            ("c29vbg==", "dropped ExpiryTime"),
            ("//////////8=", "dropped ExpiryTime"),
        ] {
            let times = format!("<Times><ExpiryTime>{time}</ExpiryTime><Expires>True</Expires></Times>");
            let entry = format!("<Entry>{times}{}{}</Entry>", string("Title", "t"), string("Password", "p"));
            let shown = shown(&read("keepass-xml", &file(&entry)));
            assert!(shown[0].contains(until), "{shown:?}");
        }
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
            string("otp", "otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ"),
            string("Notes", "one\ntwo") + "<String><Key>plan</Key><Value>team</Value></String>"
        );
        let note = format!("<Entry>{}{}</Entry>", string("Title", "Note"), string("Notes", "n"));
        let text = file(&format!("{note}{login}"));
        assert_eq!(recognised(&text), Some("keepass-xml"));
        let import = read("keepass-xml", &text);
        assert_eq!(import.notices, ["the recycle bin was skipped, with 1 entries"]);
        assert_eq!(
            shown(&import),
            [
                "Simple Note {name: Note, value: n}",
                "UsernamePassword Main-&-more {name: Main & more, labels: [{name: group, value: Work/DB}, {name: tag, \
                 value: a}, {name: tag, value: b}], validUntil: 2030-01-02T03:04:05.000000Z, tags: {host: \
                 db.example:1433}, url: [https://db.example:1433], username: sa, password: <p> w, totp: \
                 otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ, notes: one\ntwo, custom: [{name: plan, value: team, secret: false}]} dropped \
                 attachment x.pdf, history",
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
