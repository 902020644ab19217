//! What other programs keep, taken apart into credentials to be. Nothing is judged here, and nothing is
//! dropped without a word.

mod aws_credentials;
mod azure_cli;
mod bitwarden;
mod chrome;
mod columns;
mod csv;
mod documents;
mod dotenv;
mod entries;
mod entry;
mod envio;
mod firefox;
mod foreign;
mod kbs2;
mod keepass;
mod keepass_reference;
mod key;
mod known;
mod kubeconfig;
mod lines;
mod netrc;
mod one_password;
mod own_csv;
mod pass;
mod pem;
mod place;
mod sops;
mod stranger;
mod table;
mod xml;

use crate::credential::{Draft, Made, Violations};
use crate::kind::{self, Kind};
use crate::value::{Object, Value};
use crate::vault::{Policy, Reference, User};

pub use documents::first_listed;
pub use dotenv::{Assignment, Bare, DotenvFile, variables};
pub use foreign::{foreign, foreign_folder};
pub use pass::{PASS, Stored, pass_store};
pub use place::Placement;
pub use stranger::stranger;

pub use crate::credential::LOGIN;

/// Every format that is not a system's documents, in the order in which they are recognised.
pub const FORMATS: &[Format] = &[
    kubeconfig::FORMAT,
    bitwarden::FORMAT,
    azure_cli::FORMAT,
    kbs2::FORMAT,
    keepass::FORMAT,
    one_password::FORMAT,
    chrome::FORMAT,
    firefox::FORMAT,
    csv::FORMAT,
    aws_credentials::FORMAT,
    netrc::FORMAT,
    pem::FORMAT,
    sops::FORMAT,
    dotenv::FORMAT,
    envio::FORMAT,
    lines::FORMAT,
];

/// A way in which another program keeps credentials.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// Whose it is, in a few words.
    pub summary: &'static str,
    recognises: fn(&str) -> bool,
    read: fn(&str, &Options<'_>) -> Result<Import, Violations>,
}

/// What a format may not tell by itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// E-mail address of accounts that have none.
    pub email: Option<&'a str>,
    /// What a text is called that does not say it itself: the name of its file.
    pub title: Option<&'a str>,
}

impl Format {
    /// The format of this name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// The format that a text is in.
    #[must_use]
    pub fn recognise(text: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| (format.recognises)(text))
    }

    /// Reads a text.
    ///
    /// # Errors
    /// What makes it no text of this format, or that there is nothing in it.
    pub fn read(&self, text: &str, options: &Options<'_>) -> Result<Import, Violations> {
        let import = (self.read)(text, options)?;
        if import.items.is_empty() {
            return Err(Violations::one("document", format!("has nothing in it for {}", self.name)));
        }
        Ok(import)
    }
}

/// Everything that a document holds.
#[derive(Debug, Default)]
pub struct Import {
    /// Credentials to be, in order.
    pub items: Vec<Item>,
    /// Policies that they depend on.
    pub policies: Vec<Policy>,
    /// Users whom password hashes belong to.
    pub users: Vec<User>,
    /// What refers to them.
    pub references: Vec<Reference>,
    /// What was passed over, one line each.
    pub notices: Vec<String>,
}

/// A credential to be.
#[derive(Debug)]
pub struct Item {
    /// Its id, as far as it is known.
    pub id: Option<String>,
    /// What it is to be, or what makes it none.
    pub incoming: Result<Box<Incoming>, Violations>,
    /// What belongs to it, such as the notes of a login: they come in together or not at all.
    pub beside: Vec<Item>,
    /// The ids of stored credentials that an entry may be, where it cannot be told which; at most four.
    pub candidates: Vec<String>,
    /// The id that its title makes, where its program knows no ids. The own id may then have a number.
    base: Option<String>,
    /// Whether its id was made from a title, so that its program does not know it.
    has_made_id: bool,
}

impl Item {
    fn new(id: Option<String>, incoming: Result<Incoming, Violations>) -> Self {
        Self {
            id,
            incoming: incoming.map(Box::new),
            beside: Vec::new(),
            candidates: Vec::new(),
            base: None,
            has_made_id: false,
        }
    }

    /// Its id, and those of what belongs to it.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.id.as_deref().into_iter().chain(self.beside.iter().filter_map(|item| item.id.as_deref()))
    }

    /// Whether it was known by its title where it comes from, and has no id of its own.
    #[must_use]
    pub fn is_entry(&self) -> bool {
        self.base.is_some()
    }

    /// What the ids of what belongs to it have behind its own.
    fn suffixes(&self) -> Vec<String> {
        let own = self.id.as_deref().unwrap_or_default();
        self.ids().skip(1).filter_map(|id| Some(id.strip_prefix(own)?.to_owned())).collect()
    }

    /// Gives it another id, and what belongs to it ids that begin with this one.
    fn rename(&mut self, id: &str) {
        let suffixes = self.suffixes();
        self.set_id(id);
        for (item, suffix) in self.beside.iter_mut().zip(suffixes) {
            item.set_id(&format!("{id}{suffix}"));
            if item.login().is_some()
                && let Ok(incoming) = &mut item.incoming
                && let Some(Value::Object(tags)) = incoming.draft.members.get_mut("tags")
            {
                tags.insert(LOGIN, Value::text(id));
            }
        }
    }

    /// The login that a tag names as the one it belongs to.
    fn login(&self) -> Option<&str> {
        self.incoming.as_ref().ok()?.draft.members.get("tags")?.text_at(&[LOGIN])
    }

    fn set_id(&mut self, id: &str) {
        self.id = Some(id.to_owned());
        if let Ok(incoming) = &mut self.incoming {
            incoming.draft.members.insert("id", Value::text(id));
        }
    }
}

/// What a credential is to be.
#[derive(Debug)]
pub struct Incoming {
    /// Its type.
    pub kind: &'static Kind,
    /// Its members.
    pub draft: Draft,
    /// Its dates and authors, where it was exported as a whole; it then has what was computed for it.
    pub made: Option<Made>,
    /// What it is granted to, as documents, if that is told.
    pub access: Option<Vec<Object>>,
    /// Members that it had and that have no place here.
    pub dropped: Vec<String>,
}

/// A credential that was put together from another program's members.
fn item(name: &str, id: Option<&str>, members: Object, dropped: Vec<String>) -> Item {
    let named = kind::find(name).ok_or_else(|| Violations::one("type", "is not a known type"));
    let incoming = named.map(|named| Incoming {
        kind: named.kind,
        draft: Draft::from_members(named.kind, members),
        made: None,
        access: None,
        dropped,
    });
    Item::new(id.map(str::to_owned), incoming)
}

#[cfg(test)]
mod tests {
    use super::{Format, Import, Options};
    use crate::base64;
    use crate::value::Object;
    use crate::value::Value;

    /// What a text is recognised as.
    pub fn recognised(text: &str) -> Option<&'static str> {
        Format::recognise(text).map(|format| format.name)
    }

    /// Reads a text that is of a format.
    pub fn read(format: &str, text: &str) -> Import {
        Format::find(format).unwrap().read(text, &Options::default()).unwrap()
    }

    /// Each item on a line: type, id and members, with key stores decoded, or what is wrong with it.
    pub fn shown(import: &Import) -> Vec<String> {
        let item = |item: &super::Item| {
            let id = item.id.as_deref().unwrap_or("-");
            let incoming = match &item.incoming {
                Ok(incoming) => incoming,
                Err(violations) => return format!("{id}: {violations}"),
            };
            assert!(incoming.draft.violations.is_empty(), "{:?}", incoming.draft.violations);
            let mut members = incoming.draft.members.clone();
            assert_eq!(members.remove("id"), Some(Value::text(id)));
            let dropped = match &incoming.dropped[..] {
                [] => String::new(),
                dropped => format!(" dropped {}", dropped.join(", ")),
            };
            format!("{} {id} {}{dropped}", incoming.kind.name, object(&members, false))
        };
        let all = import.items.iter().flat_map(|one| std::iter::once(one).chain(&one.beside));
        all.map(item).collect()
    }

    fn object(members: &Object, encoded: bool) -> String {
        let member =
            |(name, value): (&str, &Value)| format!("{name}: {}", text(value, encoded || name == "keyStore"));
        format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(", "))
    }

    fn text(value: &Value, encoded: bool) -> String {
        match value {
            Value::Text(text) if encoded => {
                String::from_utf8(base64::decode(text.expose()).unwrap().to_vec()).unwrap()
            }
            Value::Text(text) => text.expose().to_owned(),
            Value::Object(members) => object(members, encoded),
            Value::List(items) => {
                format!("[{}]", items.iter().map(|item| text(item, encoded)).collect::<Vec<_>>().join(", "))
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn documents_of_systems_are_left_to_them() {
        for document in [
            r#"{"credctl":"export","version":1,"credentials":[]}"#,
            r#"{"id":"a","type":"login","username":"u","password":"p"}"#,
            "id: a\ntype: login\nusername: u\npassword: A=b\n",
            r#"{"export":{"credentials":{"credential":[]}}}"#,
            r#"{"resourceId":"a","properties":{"type":"usernamePassword","userName":"u","value":"p"}}"#,
            r#"{"type":"application/astra-credential","version":"1.1","name":"n","keyStore":{"a":"YQ=="}}"#,
            r#"{"type":"application/astra-credentials","items":[]}"#,
            r#"{"email":"a@b.example","username":"u","password":"p"}"#,
            "{\"id\":\"a\",\"type\":\"Simple\",\"value\":\"A=b\"}\n{\"id\":\"b\"}\n",
            "user#password\n",
        ] {
            assert_eq!(recognised(document), None, "{document}");
        }
    }
}
