//! What other programs keep, taken apart into credentials to be. Nothing is judged here, and nothing is
//! dropped without a word.

mod aws_credentials;
mod bitwarden;
mod chrome;
mod columns;
mod dotenv;
mod entry;
mod envio;
mod firefox;
mod kbs2;
mod keepass;
mod kubeconfig;
mod lines;
mod netrc;
mod one_password;
mod pass;
mod pem;
mod sops;
mod table;
mod xml;

use crate::credential::{Draft, Made, Violations};
use crate::dialect::{Body, Dialect};
use crate::kind::rule::time;
use crate::kind::{self, Kind, System};
use crate::value::{Object, Value};
use crate::vault::{Policy, Reference, Resident, User};

pub use pass::{Stored, pass_store};

/// Every format that is not a system's documents, in the order in which they are recognised.
pub const FORMATS: &[Format] = &[
    kubeconfig::FORMAT,
    bitwarden::FORMAT,
    kbs2::FORMAT,
    keepass::FORMAT,
    one_password::FORMAT,
    chrome::FORMAT,
    firefox::FORMAT,
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
    pub incoming: Result<Incoming, Violations>,
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
    /// What it is granted to, as documents.
    pub access: Vec<Object>,
    /// Members that it had and that have no place here.
    pub dropped: Vec<String>,
}

impl Import {
    /// Reads the documents of a system, whatever they are wrapped in.
    ///
    /// # Errors
    /// What is no document of that system.
    pub fn read(documents: Vec<Value>, dialect: Dialect) -> Result<Self, Violations> {
        let mut import = Self::default();
        for document in documents {
            let Value::Object(document) = document else {
                return Err(Violations::one(
                    "document",
                    format!("must be an object, not {}", document.shape()),
                ));
            };
            if dialect == Dialect::Native && document.get("credctl").is_some() {
                import.read_native(document)?;
            } else {
                import.read_foreign(document, dialect)?;
            }
        }
        Ok(import)
    }

    /// Our own export.
    fn read_native(&mut self, mut document: Object) -> Result<(), Violations> {
        match document.remove("version") {
            Some(Value::Number(version)) if version.as_u64() == Some(1) => {}
            _ => return Err(Violations::one("version", "must be 1, the only one there is")),
        }
        self.policies.append(&mut residents(&mut document, "policies")?);
        self.users.append(&mut residents(&mut document, "users")?);
        self.references.append(&mut residents(&mut document, "references")?);
        for item in take_list(&mut document, "credentials")? {
            let id = item.at(&["id"]).and_then(Value::as_text).map(|id| id.expose().to_owned());
            let incoming = match item {
                Value::Object(item) => native(item),
                other => {
                    Err(Violations::one("credentials", format!("must hold objects, not {}", other.shape())))
                }
            };
            self.items.push(Item { id, incoming });
        }
        for name in ["credctl", "exportedAt"] {
            document.remove(name);
        }
        match document.iter().next() {
            Some((name, _)) => Err(Violations::one(name, "unknown member of an export")),
            None => Ok(()),
        }
    }

    /// One body, or the lists that a system's answers wrap several in.
    fn read_foreign(&mut self, mut document: Object, dialect: Dialect) -> Result<(), Violations> {
        let wrapper = match dialect {
            Dialect::Native | Dialect::Foreign(System::Citrix | System::Astra) => "items",
            Dialect::Foreign(System::Aspire) => "credential",
            Dialect::Foreign(System::NetworkController) => "value",
            Dialect::Foreign(System::Apinizer) => "resultList",
        };
        if dialect == Dialect::Foreign(System::Aspire)
            && let Some(export) = document.remove("export")
        {
            let Value::Object(export) = export else {
                return Err(Violations::one("export", "must be an object"));
            };
            return self.read_aspire(export);
        }
        // the body of Aspire's answer about one is under the same name as the list of many
        if document.get(wrapper).is_some_and(|items| items.as_list().is_some()) {
            for item in take_list(&mut document, wrapper)? {
                self.add(item, dialect);
            }
        } else {
            self.add(Value::Object(document), dialect);
        }
        Ok(())
    }

    fn read_aspire(&mut self, export: Object) -> Result<(), Violations> {
        for (name, inner) in export {
            let Value::Object(mut inner) = inner else {
                return Err(Violations::one(name, "must be an object"));
            };
            match name.as_str() {
                "credentials" => {
                    for item in take_list(&mut inner, "credential")? {
                        self.add(item, Dialect::Foreign(System::Aspire));
                    }
                }
                "policies" => self.policies.append(&mut residents(&mut inner, "policy")?),
                other => {
                    let other: String = other.chars().take(64).collect();
                    self.notices.push(format!("{other} are not credentials and were passed over"));
                }
            }
        }
        Ok(())
    }

    fn add(&mut self, item: Value, dialect: Dialect) {
        let mut id = item.at(&["id"]).and_then(Value::as_text).map(|id| id.expose().to_owned());
        let incoming = match item {
            Value::Object(mut item) => {
                let access = take_list(&mut item, "credentialAccessList");
                dialect.read(item).and_then(|body| {
                    id = body.key().map(str::to_owned).or(id.take());
                    incoming(body, dialect, access?)
                })
            }
            other => Err(Violations::one("document", format!("must be an object, not {}", other.shape()))),
        };
        self.items.push(Item { id, incoming });
    }
}

fn incoming(body: Body, dialect: Dialect, access: Vec<Value>) -> Result<Incoming, Violations> {
    let body = if dialect == Dialect::Foreign(System::Astra) { body.or_keystore() } else { body };
    let kind = body.kind()?;
    let draft = body.draft(kind);
    // with what was computed for it, such as the hash of a password, it was exported as a whole
    let computed =
        |field: &kind::Field| field.class == kind::Class::Computed && draft.members.get(field.name).is_some();
    let whole = dialect == Dialect::Foreign(System::Aspire) && kind.fields.iter().any(computed);
    let made = whole.then(Made::default);
    Ok(Incoming { kind, draft, made, access: objects(access)?, dropped: Vec::new() })
}

/// A credential of our own export: as a whole, with its dates.
fn native(mut item: Object) -> Result<Incoming, Violations> {
    let mut text = |name: &str| match item.remove(name) {
        Some(Value::Text(text)) => Some(text.expose().to_owned()),
        _ => None,
    };
    let made = Made {
        created_at: text("createdAt").and_then(|at| time::parse(&at).ok()),
        created_by: text("createdBy").and_then(|by| by.parse().ok()),
        updated_at: text("updatedAt").and_then(|at| time::parse(&at).ok()),
        modified_by: text("modifiedBy").and_then(|by| by.parse().ok()),
    };
    let access = take_list(&mut item, "access")?;
    let body = Dialect::Native.read(item)?;
    let kind = body.kind()?;
    Ok(Incoming {
        kind,
        draft: body.draft(kind),
        made: Some(made),
        access: objects(access)?,
        dropped: Vec::new(),
    })
}

fn take_list(document: &mut Object, name: &str) -> Result<Vec<Value>, Violations> {
    match document.remove(name) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::List(items)) => Ok(items),
        Some(other) => Err(Violations::one(name, format!("must be a list, not {}", other.shape()))),
    }
}

fn residents<R: Resident>(document: &mut Object, name: &str) -> Result<Vec<R>, Violations> {
    objects(take_list(document, name)?)?.into_iter().map(R::read).collect()
}

fn objects(items: Vec<Value>) -> Result<Vec<Object>, Violations> {
    let object = |item: Value| match item {
        Value::Object(object) => Ok(object),
        other => Err(Violations::one("document", format!("must hold objects, not {}", other.shape()))),
    };
    items.into_iter().map(object).collect()
}

/// A credential that was put together from another program's members.
fn item(name: &str, id: Option<&str>, members: Object) -> Item {
    let named = kind::find(name).ok_or_else(|| Violations::one("type", "is not a known type"));
    let incoming = named.map(|named| Incoming {
        kind: named.kind,
        draft: Draft::from_members(named.kind, members),
        made: None,
        access: Vec::new(),
        dropped: Vec::new(),
    });
    Item { id: id.map(str::to_owned), incoming }
}

#[cfg(test)]
mod tests {
    use super::{Format, Import, Options};
    use crate::kind::rule::encoding;
    use crate::value::{Object, Value};

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
        import.items.iter().map(item).collect()
    }

    fn object(members: &Object, encoded: bool) -> String {
        let member =
            |(name, value): (&str, &Value)| format!("{name}: {}", text(value, encoded || name == "keyStore"));
        format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(", "))
    }

    fn text(value: &Value, encoded: bool) -> String {
        match value {
            Value::Text(text) if encoded => {
                String::from_utf8(encoding::decode(text.expose()).unwrap().to_vec()).unwrap()
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
