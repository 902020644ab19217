//! The documents of the systems and our own export, whatever they are wrapped in.

use super::content::{IncomingAttachment, IncomingContent};
use super::item::{Import, Incoming, Item};
use crate::credential::{Draft, Provenance, Violations, Withheld};
use crate::dialect::WITHHELD;
use crate::dialect::{Body, Dialect};
use crate::digest::ContentDigest;
use crate::kind::own::TypeDefinition;
use crate::kind::rule::text::NAME;
use crate::kind::{self, KnownTypes};
use crate::system::{ForeignSystem, objects, residents, take_list};
use crate::time;
use crate::value::{Object, Value};
use crate::vault::TypeRecord;

impl Import {
    /// Reads the documents of a system, whatever they are wrapped in.
    ///
    /// # Errors
    /// Fails if a document as a whole is not one of that system. A fault of one credential is kept in its item.
    pub fn read(documents: Vec<Value>, dialect: Dialect) -> Result<Self, Violations> {
        Self::read_for(documents, dialect, &KnownTypes::default())
    }

    /// Reads documents as [`Import::read`] does, among which there may be credentials of a vault's own types.
    ///
    /// # Errors
    /// As [`Import::read`].
    pub fn read_for(documents: Vec<Value>, dialect: Dialect, types: &KnownTypes) -> Result<Self, Violations> {
        // as a rule one for each; a list that grows takes twice the room
        let mut import = Self { items: Vec::with_capacity(documents.len()), ..Self::default() };
        for document in documents {
            let Value::Object(document) = document else {
                return Err(Violations::one(
                    "document",
                    format!("must be an object, not {}", document.shape()),
                ));
            };
            if dialect == Dialect::Native && document.get("credctl").is_some() {
                import.read_native(document, types)?;
            } else {
                import.read_foreign(document, dialect, types)?;
            }
        }
        Ok(import)
    }

    /// Reads our own export.
    fn read_native(&mut self, mut document: Object, types: &KnownTypes) -> Result<(), Violations> {
        match document.remove("version") {
            Some(Value::Number(version)) if version.as_u64() == Some(1) => {}
            _ => return Err(Violations::one("version", "must be 1, the only one there is")),
        }
        self.policies.append(&mut residents(&mut document, "policies")?);
        self.users.append(&mut residents(&mut document, "users")?);
        self.references.append(&mut residents(&mut document, "references")?);
        for record in residents::<TypeRecord>(&mut document, "types")? {
            self.types.push(checked(record)?);
        }
        // those of the export come first: the vault judges the credentials once more by its own
        let defined = self.types.iter().filter_map(TypeRecord::kind).chain(types.own().iter().copied());
        let types = KnownTypes::new(defined.collect());
        for item in take_list(&mut document, "credentials")? {
            let id = item.at(&["id"]).and_then(Value::as_text).map(|id| id.expose().to_owned());
            let incoming = match item {
                Value::Object(item) => native(item, &types),
                other => Err(Violations::one(
                    "credentials",
                    format!("must contain objects, not {}", other.shape()),
                )),
            };
            self.items.push(Item::new(id, incoming));
        }
        // what says that it is an export; every other member would be lost silently
        for name in ["credctl", "exportedAt"] {
            document.remove(name);
        }
        match document.iter().next() {
            Some((name, _)) => Err(Violations::one(name, "unknown member of an export")),
            None => Ok(()),
        }
    }

    /// Reads one body, or all that the answer or the export of a system wraps.
    fn read_foreign(
        &mut self,
        document: Object,
        dialect: Dialect,
        types: &KnownTypes,
    ) -> Result<(), Violations> {
        let mut wrapped = dialect.unwrapped(document)?;
        self.policies.append(&mut wrapped.policies);
        self.notices.append(&mut wrapped.notices);
        for body in wrapped.bodies {
            self.add(body, dialect, types);
        }
        Ok(())
    }

    fn add(&mut self, item: Value, dialect: Dialect, types: &KnownTypes) {
        let mut id = item.at(&["id"]).and_then(Value::as_text).map(|id| id.expose().to_owned());
        let incoming = match item {
            Value::Object(mut item) => {
                // before the system reads the document, which knows no such member
                let access = access_of(&mut item, "credentialAccessList");
                dialect.read(item).and_then(|body| {
                    // some systems keep the id elsewhere than in `id`
                    id = body.key().map(str::to_owned).or(id.take());
                    incoming(body.typed(types)?, dialect, access?)
                })
            }
            other => Err(Violations::one("document", format!("must be an object, not {}", other.shape()))),
        };
        self.items.push(Item::new(id, incoming));
    }
}

fn incoming(body: Body, dialect: Dialect, access: Option<Vec<Object>>) -> Result<Incoming, Violations> {
    let body = dialect.complete(body);
    let kind = body.kind()?;
    let draft = body.draft(kind);
    // a document with computed fields, such as the hash of a password, is an export of the whole credential
    let computed =
        |field: &kind::Field| field.class == kind::Class::Computed && draft.members.get(field.name).is_some();
    let exports_computed = dialect.foreign().is_some_and(ForeignSystem::exports_computed);
    let whole = exports_computed && kind.fields.iter().any(computed);
    let made = whole.then(Provenance::default);
    Ok(Incoming { kind, draft, made, access, attachments: None, dropped: Vec::new() })
}

/// Judges a definition as `types --define` does. A type that was removed where it comes from is wanted here.
fn checked(mut record: TypeRecord) -> Result<TypeRecord, Violations> {
    let wrong = |reason: String| Violations::one(format!("types.{}", record.name()), reason);
    let definition = record.definition().ok_or_else(|| wrong("has no definition".to_owned()))?;
    let definition = TypeDefinition::read(definition).map_err(|faults| wrong(faults.to_string()))?;
    if definition.name() != record.name() {
        return Err(wrong("has a definition of another name".to_owned()));
    }
    record.set_removed(false);
    Ok(record)
}

/// Reads a credential of our own export as a whole, with its dates.
fn native(mut item: Object, types: &KnownTypes) -> Result<Incoming, Violations> {
    let rotate_required = matches!(item.remove("rotateRequired"), Some(Value::Bool(true)));
    let mut text = |name: &str| match item.remove(name) {
        Some(Value::Text(text)) => Some(text.expose().to_owned()),
        _ => None,
    };
    // a name is shown, so it must be one
    let mut name = |member: &str| text(member).filter(|name| (NAME.check)(name).is_ok());
    let (created_by_name, modified_by_name) = (name("createdByName"), name("modifiedByName"));
    let made = Provenance {
        created_by_name,
        modified_by_name,
        rotate_required,
        created_at: text("createdAt").and_then(|at| time::parse(&at).ok()),
        created_by: text("createdBy").and_then(|by| by.parse().ok()),
        updated_at: text("updatedAt").and_then(|at| time::parse(&at).ok()),
        modified_by: text("modifiedBy").and_then(|by| by.parse().ok()),
    };
    let access = access_of(&mut item, "access")?;
    // an export without secrets must not remove those that are stored
    let withheld = if item.remove(WITHHELD).is_some() { Withheld::Surely } else { Withheld::Nothing };
    let attachments = attachments(&mut item, withheld)?;
    let body = Dialect::Native.read(item)?.typed(types)?;
    let kind = body.kind()?;
    let draft = Draft { withheld, ..body.draft(kind) };
    Ok(Incoming { kind, draft, made: Some(made), access, attachments, dropped: Vec::new() })
}

/// Takes out the attachments of a credential, or `None` if the document has none or was written without secrets.
fn attachments(item: &mut Object, withheld: Withheld) -> Result<Option<Vec<IncomingAttachment>>, Violations> {
    if item.get("attachments").is_none() {
        return Ok(None);
    }
    let entries = objects(take_list(item, "attachments")?)?;
    if withheld != Withheld::Nothing {
        return Ok(None);
    }
    entries.into_iter().map(attachment).collect::<Result<_, _>>().map(Some)
}

fn attachment(mut entry: Object) -> Result<IncomingAttachment, Violations> {
    let wrong =
        |member: &str, reason: &str| Violations::one(format!("attachments.{member}"), reason.to_owned());
    let (Some(Value::Text(name)), Some(Value::Text(content))) =
        (entry.remove("name"), entry.remove("content"))
    else {
        return Err(wrong("content", "each attachment needs a name and a content, both texts"));
    };
    let size = match entry.remove("size") {
        None => None,
        Some(size) => {
            let number = if let Value::Number(number) = &size { number.as_u64() } else { None };
            Some(number.ok_or_else(|| wrong("size", "must be a number of bytes"))?)
        }
    };
    let sha256 = match entry.remove("sha256") {
        None => None,
        Some(sha256) => {
            let digest = sha256.as_text().and_then(|text| ContentDigest::parse(text.expose()));
            Some(digest.ok_or_else(|| wrong("sha256", "must be 64 hexadecimal digits"))?)
        }
    };
    match entry.iter().next() {
        Some((name, _)) => Err(wrong(name, "is not a member of an attachment")),
        None => {
            let content = IncomingContent::Text(content);
            Ok(IncomingAttachment { name: name.expose().to_owned(), content, size, sha256 })
        }
    }
}

/// Returns the first document of an answer that is a list, of any system.
#[must_use]
pub fn first_listed(document: &Object) -> Option<&Object> {
    let mut lists = Dialect::ALL.into_iter().filter_map(|dialect| document.get(dialect.wrapper())?.as_list());
    lists.find_map(|items| items.first()?.as_object())
}

/// Takes out the grants of a credential, or `None` if the document does not tell them.
fn access_of(item: &mut Object, name: &str) -> Result<Option<Vec<Object>>, Violations> {
    match item.get(name) {
        None => Ok(None),
        Some(_) => objects(take_list(item, name)?).map(Some),
    }
}
