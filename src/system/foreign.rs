//! The trait of a system: what it has to say, and what is the same for most systems.

use crate::credential::{Credential, Grant, Head, Violations};
use crate::dialect::{ApiVersion, Body, ListPage, ViewSettings};
use crate::kind::Kind;
#[cfg(feature = "formats")]
use crate::outgoing::ExportFormat;
#[cfg(feature = "formats")]
use crate::system::wrapped::Wrapped;
use crate::value::{Object, Value};

/// A sign that a document is one of a system, the strongest first. Of several systems that find one, the
/// strongest decides, and of equal ones the first system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// The document names the system, or has a member whose form no other system has.
    Named,
    /// A wrapper or a pair of members that the system alone has.
    Wrapped,
    /// The form of a resource, of a type that the system knows.
    Resource,
    /// A document without a type, about a stored credential that the system knows.
    Stored,
    /// A member that resources have for their id.
    ResourceId,
    /// A type of the catalogue that the system knows, in the form in which the system writes it.
    Type,
    /// A type that is not in the catalogue.
    OtherType,
    /// A member that only documents of the system have.
    Member,
    /// No member but those that documents of the system may have.
    Members,
}

/// The results of a call with several items. They are made as they are asked for.
pub struct BulkAnswer<'a> {
    /// The word for an item that succeeded: `added`, `updated`, `deleted`.
    pub done: &'a str,
    /// The results, as credctl shows them.
    pub results: &'a mut dyn Iterator<Item = Object>,
    /// The summary of the call in words, then the items that failed.
    pub lines: &'a mut dyn Iterator<Item = String>,
}

/// A system that has documents of its own for credentials.
///
/// The first five methods and, for exports and imports, `format` and `wrapper` have no default. All others are
/// for what a system does in its own way.
pub trait ForeignSystem: Sync {
    /// Returns the name on the command line.
    fn name(&self) -> &'static str;

    /// Finds the strongest sign that a document is one of this system. In a change of a stored credential, a
    /// document that names no type is about the type of that credential.
    fn recognise(&self, document: &Object, stored: Option<&Head>) -> Option<Evidence>;

    /// Takes a document apart.
    ///
    /// # Errors
    /// Fails if the document is not one of this system.
    fn read(&self, document: Object) -> Result<Body, Violations>;

    /// Returns a credential as this system shows one, never with a secret unless `view` reveals them.
    ///
    /// # Errors
    /// Fails with the reason if this system knows no such credential.
    fn item(&self, credential: &Credential, view: &ViewSettings<'_>) -> Result<Object, Violations>;

    /// Returns the answer to a request for many credentials.
    fn list(&self, items: Vec<Value>, page: &ListPage) -> Object;

    /// Gives the body of a new credential the type that it then has, if the system may leave the type out.
    fn complete(&self, body: Body) -> Body {
        body
    }

    /// Checks the type that a document for a new credential names, if the document was said to be of this
    /// system.
    ///
    /// # Errors
    /// Fails if this system has no such type.
    fn check_type(&self, _kind: &Kind) -> Result<(), Violations> {
        Ok(())
    }

    /// Returns true if a document is not one credential, but an export or a list that only an import takes.
    fn is_collection(&self, _document: &Object) -> bool {
        false
    }

    /// Returns true if this system knows credentials like this one, in a version of its documents.
    fn knows(&self, _head: &Head, _version: ApiVersion) -> bool {
        true
    }

    /// Returns the members of the system's items, under its own names, that can be asked for one by one in a
    /// list.
    fn columns(&self) -> &'static [&'static str] {
        &[]
    }

    /// Returns true if its lists have a place for the token of the next page.
    fn lists_token(&self) -> bool {
        true
    }

    /// Returns the answer to a request for one credential.
    ///
    /// # Errors
    /// Fails with the reason if this system knows no such credential.
    fn one(&self, credential: &Credential, view: &ViewSettings<'_>) -> Result<Object, Violations> {
        self.item(credential, view)
    }

    /// Returns the answer to the change of one credential. The word for the change is `added` or another.
    fn changed(&self, _done: &str, _id: &str, item: Object) -> Object {
        item
    }

    /// Returns the answer to the deletion of one credential, if it is not credctl's own.
    fn deleted(&self, _message: &str) -> Option<Object> {
        None
    }

    /// Returns the members that the result of an added credential has in a call with several items.
    ///
    /// # Errors
    /// Fails with the reason if this system knows no such credential.
    fn added(&self, _credential: &Credential, _view: &ViewSettings<'_>) -> Result<Object, Violations> {
        Ok(Object::new())
    }

    /// Returns the answer to a call with several items, if it is not credctl's own.
    fn bulk(&self, _answer: BulkAnswer<'_>) -> Option<Object> {
        None
    }

    /// Returns the answer to a request for the grants of a credential, if it is not credctl's own.
    fn access(&self, _grants: &[&Grant]) -> Option<Object> {
        None
    }

    /// Gives the document of an error the form that this system has for it.
    fn error(&self, _document: &mut Object) {}

    /// Returns the format of its exports.
    #[cfg(feature = "formats")]
    fn format(&self) -> ExportFormat;

    /// Returns the name of the member of an answer that holds its list.
    #[cfg(feature = "formats")]
    fn wrapper(&self) -> &'static str;

    /// Takes the bodies out of a document, whatever they are wrapped in.
    ///
    /// # Errors
    /// Fails if the document as a whole is not one of this system.
    #[cfg(feature = "formats")]
    fn unwrapped(&self, document: Object) -> Result<Wrapped, Violations> {
        Wrapped::list(document, self.wrapper())
    }

    /// Returns true if an import takes the computed fields of a document, because an export of this system has
    /// the whole credential.
    #[cfg(feature = "formats")]
    fn exports_computed(&self) -> bool {
        false
    }
}
