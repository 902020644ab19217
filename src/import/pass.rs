//! A store of pass or passage: a folder of encrypted files, each with a password on its first line.
//! Decrypting them is not done here.

use super::Import;
use super::entries::Entries;
use super::entry::Entry;
use crate::credential::Violations;
use crate::secret::Secret;

/// A file of a store.
#[derive(Debug)]
pub struct Stored {
    /// Its path in the store without its ending: `work/db`.
    pub name: String,
    /// What is in it, or why it cannot be read.
    pub text: Result<Secret, String>,
}

/// Makes credentials of the files of a store. After the password, `login:` or `user:` is the user name,
/// `url:` an address, and other lines are kept by their names, or as notes. Links were not followed.
#[must_use]
pub fn pass_store(files: Vec<Stored>, links: &[String]) -> Import {
    let mut entries = Entries::default();
    entries.notices.extend(links.iter().map(|link| format!("{link} is a symbolic link and was passed over")));
    for Stored { name, text } in files {
        match text {
            Ok(text) => entries.add(entry(name, &text)),
            Err(why) => {
                let id = entries.id(&name, "entry");
                entries.fail(&id, Violations::one("file", why));
            }
        }
    }
    entries.finish()
}

fn entry(name: String, text: &Secret) -> Entry {
    // a key or a certificate has no password on its first line
    if text.expose().starts_with("-----BEGIN ") {
        let mut entry = Entry { title: name, ..Entry::default() };
        entry.value("text", Some(text.clone()));
        return entry;
    }
    let mut lines = text.expose().lines();
    let password = lines.next().filter(|line| !line.is_empty()).map(Secret::from);
    let mut entry = Entry { title: name, password, ..Entry::default() };
    let mut notes = zeroize::Zeroizing::new(String::with_capacity(text.len()));
    for line in lines {
        if line.starts_with("otpauth://") {
            entry.value("otpauth", Some(Secret::from(line)));
            continue;
        }
        let named = line.split_once(": ").or_else(|| Some((line.strip_suffix(':')?, "")));
        match named.map(|(name, value)| (name.trim(), value.trim())) {
            Some((name, value)) if is_name(name) && !value.is_empty() => match name.to_lowercase().as_str() {
                "login" | "user" | "username" if entry.username.is_none() => {
                    entry.username = Some(Secret::from(value));
                }
                "url" | "uri" | "website" => entry.urls.push(Secret::from(value)),
                _ => entry.value(name, Some(Secret::from(value))),
            },
            _ => {
                notes.push_str(line);
                notes.push('\n');
            }
        }
    }
    entry.value("notes", Some(Secret::from(notes.trim_end_matches('\n'))));
    entry
}

/// Whether what stands before a colon is a name, and not a sentence.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() <= 40 && text.split(' ').count() <= 3
}

#[cfg(test)]
mod tests {
    use super::{Stored, pass_store};
    use crate::secret::Secret;
    use crate::value::Value;

    fn stored(name: &str, text: &str) -> Stored {
        Stored { name: name.to_owned(), text: Ok(Secret::from(text)) }
    }

    #[test]
    fn a_key_is_one_text_and_a_name_without_a_value_is_a_note() {
        let key = "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n";
        let import = pass_store(vec![stored("key", key), stored("list", "pw\nservers:\n  a\n")], &[]);
        let members = |at: usize| &import.items[at].incoming.as_ref().unwrap().draft.members;
        assert_eq!(members(0).get("value"), Some(&Value::text(key)));
        let notes = members(1).get("keyStore").and_then(|store| store.at(&["notes"])).unwrap();
        let plain = crate::kind::rule::encoding::decode(notes.as_text().unwrap().expose()).unwrap();
        assert_eq!(plain.as_slice(), b"servers:\n  a");
    }

    #[test]
    fn files_become_logins_texts_and_what_else_they_hold() {
        let import = pass_store(
            vec![
                stored("work/db", "hunter2\nlogin: app\nurl: https://db.example.org\n"),
                stored("token", "S-token\n"),
                stored("mail", "pw\nuser: me\nPIN: 1234\nremember the milk\notpauth://totp/x?secret=ABC\n"),
                Stored { name: "broken".to_owned(), text: Err("cannot be decrypted".to_owned()) },
            ],
            &["lnk.gpg".to_owned()],
        );
        assert_eq!(import.notices, ["lnk.gpg is a symbolic link and was passed over"]);
        let kinds: Vec<_> = import
            .items
            .iter()
            .map(|item| (item.id.as_deref().unwrap(), item.incoming.as_ref().map(|one| one.kind.name).ok()))
            .collect();
        assert_eq!(kinds[0], ("work/db", Some("UsernamePassword")));
        assert_eq!(kinds[1], ("token", Some("Simple")));
        assert_eq!(kinds[2], ("mail", Some("UsernamePassword")));
        assert!(kinds.iter().any(|(_, kind)| *kind == Some("generic")), "{kinds:?}");
        assert_eq!(*kinds.last().unwrap(), ("broken", None));
        let login = &import.items[0].incoming.as_ref().unwrap().draft.members;
        assert_eq!(login.get("username"), Some(&Value::text("app")));
        assert_eq!(login.get("password"), Some(&Value::text("hunter2")));
    }
}
