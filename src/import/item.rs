//! Credentials to be, and the import that holds them.

use std::collections::HashMap;

use super::content::{IncomingAttachment, IncomingContent};
use crate::credential::{Draft, LOGIN, Provenance, Violations};
use crate::kind::{self, Kind};
use crate::value::{Object, Value};
use crate::vault::{Policy, Reference, StagedContent, TypeRecord, User};

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
    /// The beginning of all ids, as [`Import::prefix_ids`] puts it there. Only a stored credential whose id begins
    /// so can be an entry of the import.
    pub prefix: String,
}

/// A credential to be.
#[derive(Debug)]
pub struct Item {
    /// Its id, as far as it is known.
    pub id: Option<String>,
    /// The content of the credential, or the reasons why it cannot be one.
    pub incoming: Result<Box<Incoming>, Violations>,
    /// The content as earlier versions imported it: a key store, where there is a secret with own fields now. A
    /// stored credential of that type is replaced by this one.
    pub(super) earlier: Option<Box<Incoming>>,
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
            earlier: None,
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

    /// Takes the content of earlier versions, if the stored credential is of that type.
    pub(super) fn become_as_stored(&mut self, stored: Option<&'static Kind>) {
        if self.earlier.as_ref().is_some_and(|earlier| stored == Some(earlier.kind))
            && let Some(mut earlier) = self.earlier.take()
        {
            earlier.attachments = self.incoming.as_mut().ok().and_then(|current| current.attachments.take());
            self.incoming = Ok(earlier);
        }
    }

    /// Returns the login that a tag names as the one to which the item belongs.
    pub(super) fn login(&self) -> Option<&str> {
        self.incoming.as_ref().ok()?.draft.members.get("tags")?.text_at(&[LOGIN])
    }

    pub(super) fn set_id(&mut self, id: &str) {
        self.id = Some(id.to_owned());
        let current = self.incoming.as_mut().ok();
        for incoming in current.into_iter().chain(&mut self.earlier) {
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
    /// Its grants, as documents, if the file has them.
    pub access: Option<Vec<Object>>,
    /// Its attachments, if the file has them.
    pub attachments: Option<Vec<IncomingAttachment>>,
    /// The names of members that it had and that have no place here.
    pub dropped: Vec<String>,
}

impl Import {
    /// Puts contents that were lifted out of the document back to the attachments that have their marks.
    pub fn put_back(&mut self, contents: Vec<(String, StagedContent)>) {
        let mut contents: HashMap<String, StagedContent> = contents.into_iter().collect();
        for item in &mut self.items {
            let Ok(incoming) = &mut item.incoming else { continue };
            for attachment in incoming.attachments.iter_mut().flatten() {
                if let IncomingContent::Text(mark) = &attachment.content
                    && let Some(content) = contents.remove(mark.expose())
                {
                    attachment.content = IncomingContent::Lifted(content);
                }
            }
        }
    }
}

/// Makes an item of a credential that was put together from another program's members.
pub(super) fn item(name: &str, id: Option<&str>, members: Object, dropped: Vec<String>) -> Item {
    let named = kind::find(name).ok_or_else(|| Violations::one("type", "is not a known type"));
    let incoming = named.map(|named| Incoming {
        kind: named.kind,
        draft: Draft::from_members(named.kind, members),
        made: None,
        access: None,
        attachments: None,
        dropped,
    });
    Item::new(id.map(str::to_owned), incoming)
}
