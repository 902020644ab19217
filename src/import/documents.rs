//! The documents of the five systems and our own export, whatever they are wrapped in.

use super::item::{Import, Incoming, Item};
use crate::credential::{Draft, Provenance, Violations, Withheld};
use crate::dialect::WITHHELD;
use crate::dialect::{Body, Dialect};
use crate::kind::{self, System};
use crate::time;
use crate::value::{Object, Value};
use crate::vault::Resident;

impl Import {
    /// Reads the documents of a system, whatever they are wrapped in.
    ///
    /// # Errors
    /// Fails if a document as a whole is not one of that system. A fault of one credential is kept in its item.
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

    /// Reads our own export.
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
                other => Err(Violations::one(
                    "credentials",
                    format!("must contain objects, not {}", other.shape()),
                )),
            };
            self.items.push(Item::new(id, incoming));
        }
        for name in ["credctl", "exportedAt"] {
            document.remove(name);
        }
        match document.iter().next() {
            Some((name, _)) => Err(Violations::one(name, "unknown member of an export")),
            None => Ok(()),
        }
    }

    /// Reads one body, or the list in which the answer of a system wraps several.
    fn read_foreign(&mut self, mut document: Object, dialect: Dialect) -> Result<(), Violations> {
        let wrapper = wrapper(dialect);
        if dialect == Dialect::Foreign(System::Aspire)
            && let Some(export) = document.remove("export")
        {
            let Value::Object(export) = export else {
                return Err(Violations::one("export", "must be an object"));
            };
            return self.read_aspire(export);
        }
        // Aspire's answer has the body of one under the same name as the list of many
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
                    if let Some(one @ Value::Object(_)) = inner.get("credential").cloned() {
                        self.add(one, Dialect::Foreign(System::Aspire));
                        continue;
                    }
                    for item in take_list(&mut inner, "credential")? {
                        self.add(item, Dialect::Foreign(System::Aspire));
                    }
                }
                "policies" => self.policies.append(&mut residents(&mut inner, "policy")?),
                other => {
                    let other: String = other.chars().take(64).collect();
                    self.notices.push(format!("{other} are not credentials and were skipped"));
                }
            }
        }
        Ok(())
    }

    fn add(&mut self, item: Value, dialect: Dialect) {
        let mut id = item.at(&["id"]).and_then(Value::as_text).map(|id| id.expose().to_owned());
        let incoming = match item {
            Value::Object(mut item) => {
                let access = access_of(&mut item, "credentialAccessList");
                dialect.read(item).and_then(|body| {
                    id = body.key().map(str::to_owned).or(id.take());
                    incoming(body, dialect, access?)
                })
            }
            other => Err(Violations::one("document", format!("must be an object, not {}", other.shape()))),
        };
        self.items.push(Item::new(id, incoming));
    }
}

fn incoming(body: Body, dialect: Dialect, access: Option<Vec<Object>>) -> Result<Incoming, Violations> {
    let body = if dialect == Dialect::Foreign(System::Astra) { body.or_keystore() } else { body };
    let kind = body.kind()?;
    let draft = body.draft(kind);
    // a document with computed fields, such as the hash of a password, is an export of the whole credential
    let computed =
        |field: &kind::Field| field.class == kind::Class::Computed && draft.members.get(field.name).is_some();
    let whole = dialect == Dialect::Foreign(System::Aspire) && kind.fields.iter().any(computed);
    let made = whole.then(Provenance::default);
    Ok(Incoming { kind, draft, made, access, dropped: Vec::new() })
}

/// Reads a credential of our own export as a whole, with its dates.
fn native(mut item: Object) -> Result<Incoming, Violations> {
    let mut text = |name: &str| match item.remove(name) {
        Some(Value::Text(text)) => Some(text.expose().to_owned()),
        _ => None,
    };
    let made = Provenance {
        created_at: text("createdAt").and_then(|at| time::parse(&at).ok()),
        created_by: text("createdBy").and_then(|by| by.parse().ok()),
        updated_at: text("updatedAt").and_then(|at| time::parse(&at).ok()),
        modified_by: text("modifiedBy").and_then(|by| by.parse().ok()),
    };
    let access = access_of(&mut item, "access")?;
    let withheld = if item.remove(WITHHELD).is_some() { Withheld::Surely } else { Withheld::Nothing };
    let body = Dialect::Native.read(item)?;
    let kind = body.kind()?;
    let draft = Draft { withheld, ..body.draft(kind) };
    Ok(Incoming { kind, draft, made: Some(made), access, dropped: Vec::new() })
}

/// Returns the name of the member of an answer that holds its list.
fn wrapper(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Native | Dialect::Foreign(System::Citrix | System::Astra) => "items",
        Dialect::Foreign(System::Aspire) => "credential",
        Dialect::Foreign(System::NetworkController) => "value",
        Dialect::Foreign(System::Apinizer) => "resultList",
    }
}

/// Returns the first document of an answer that is a list, of any system.
#[must_use]
pub fn first_listed(document: &Object) -> Option<&Object> {
    let mut lists = Dialect::ALL.into_iter().filter_map(|dialect| document.get(wrapper(dialect))?.as_list());
    lists.find_map(|items| items.first()?.as_object())
}

fn take_list(document: &mut Object, name: &str) -> Result<Vec<Value>, Violations> {
    match document.remove(name) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::List(items)) => Ok(items),
        Some(other) => Err(Violations::one(name, format!("must be a list, not {}", other.shape()))),
    }
}

/// Takes out the grants of a credential, or `None` if the document does not tell them.
fn access_of(item: &mut Object, name: &str) -> Result<Option<Vec<Object>>, Violations> {
    match item.get(name) {
        None => Ok(None),
        Some(_) => objects(take_list(item, name)?).map(Some),
    }
}

fn residents<R: Resident>(document: &mut Object, name: &str) -> Result<Vec<R>, Violations> {
    let read = |(at, object): (usize, Object)| {
        R::read(object).map_err(|violations| violations.within(&format!("{name}[{at}]")))
    };
    objects(take_list(document, name)?)?.into_iter().enumerate().map(read).collect()
}

fn objects(items: Vec<Value>) -> Result<Vec<Object>, Violations> {
    let object = |item: Value| match item {
        Value::Object(object) => Ok(object),
        other => Err(Violations::one("document", format!("must contain objects, not {}", other.shape()))),
    };
    items.into_iter().map(object).collect()
}
