//! Credentials to be, and the import that holds them.

use crate::credential::{Draft, LOGIN, Provenance, Violations};
use crate::kind::{self, Kind};
use crate::value::{Object, Value};
use crate::vault::{Policy, Reference, TypeRecord, User};

/// Everything that a document holds.
#[derive(Debug, Default)]
pub struct Import {
    /// Credentials to be, in order.
    pub items: Vec<Item>,
    /// Policies that they depend on.
    pub policies: Vec<Policy>,
    /// Users whom password hashes belong to.
    pub users: Vec<User>,
    /// The references to the credentials.
    pub references: Vec<Reference>,
    /// The definitions of the own types of the credentials.
    pub types: Vec<TypeRecord>,
    /// Notices about the document, such as parts that were skipped, one line each.
    pub notices: Vec<String>,
}

/// A credential to be.
#[derive(Debug)]
pub struct Item {
    /// Its id, as far as it is known.
    pub id: Option<String>,
    /// The content of the credential, or the reasons why it cannot be one.
    pub incoming: Result<Box<Incoming>, Violations>,
    /// The items that belong to it, such as the notes of a login. They come in together or not at all.
    pub beside: Vec<Item>,
    /// The ids of stored credentials that the entry may be, if it cannot be told which; at most four.
    pub candidates: Vec<String>,
    /// The id that its title makes, if its program knows no ids. The item's own id may then have a number
    /// behind it.
    pub(super) base: Option<String>,
    /// True if its id was made from a title, so that its program does not know it.
    pub(super) has_made_id: bool,
}

impl Item {
    pub(super) fn new(id: Option<String>, incoming: Result<Incoming, Violations>) -> Self {
        Self {
            id,
            incoming: incoming.map(Box::new),
            beside: Vec::new(),
            candidates: Vec::new(),
            base: None,
            has_made_id: false,
        }
    }

    /// Returns the id of the item, and the ids of the items that belong to it.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.id.as_deref().into_iter().chain(self.beside.iter().filter_map(|item| item.id.as_deref()))
    }

    /// Returns true if the program that the item comes from knows it by its title, and has no id for it.
    #[must_use]
    pub fn is_entry(&self) -> bool {
        self.base.is_some()
    }

    /// Returns the parts that the ids of the items beside it have behind its own id.
    pub(super) fn suffixes(&self) -> Vec<String> {
        let own = self.id.as_deref().unwrap_or_default();
        self.ids().skip(1).filter_map(|id| Some(id.strip_prefix(own)?.to_owned())).collect()
    }

    /// Gives the item another id, and the items that belong to it ids that begin with this one.
    pub(super) fn rename(&mut self, id: &str) {
        let own = self.id.take().unwrap_or_default();
        self.set_id(id);
        for item in &mut self.beside {
            // an item that does not follow the old id keeps its own
            if let Some(suffix) = item.id.as_deref().and_then(|id| id.strip_prefix(&own)) {
                item.set_id(&format!("{id}{suffix}"));
            }
            // the tag names the login by its id
            if item.login().is_some()
                && let Ok(incoming) = &mut item.incoming
                && let Some(Value::Object(tags)) = incoming.draft.members.get_mut("tags")
            {
                tags.insert(LOGIN, Value::text(id));
            }
        }
    }

    /// Returns the login that a tag names as the one to which the item belongs.
    pub(super) fn login(&self) -> Option<&str> {
        self.incoming.as_ref().ok()?.draft.members.get("tags")?.text_at(&[LOGIN])
    }

    pub(super) fn set_id(&mut self, id: &str) {
        self.id = Some(id.to_owned());
        if let Ok(incoming) = &mut self.incoming {
            incoming.draft.members.insert("id", Value::text(id));
        }
    }
}

/// The content of a credential to be.
#[derive(Debug)]
pub struct Incoming {
    /// Its type.
    pub kind: &'static Kind,
    /// Its members.
    pub draft: Draft,
    /// Its dates and authors, if it was exported as a whole. It then has its computed fields, too.
    pub made: Option<Provenance>,
    /// Its grants, as documents, if the file tells them.
    pub access: Option<Vec<Object>>,
    /// The names of members that it had and that have no place here.
    pub dropped: Vec<String>,
}

/// Makes an item of a credential that was put together from another program's members.
pub(super) fn item(name: &str, id: Option<&str>, members: Object, dropped: Vec<String>) -> Item {
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
