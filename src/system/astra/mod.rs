//! NetApp Astra Control: key stores of base64 texts, with a key type that may be missing.

mod answer;
#[cfg(feature = "formats")]
mod export;
mod names;
mod read;

use super::foreign::{Evidence, ForeignSystem};
use crate::credential::{Credential, Head, Violations};
use crate::dialect::{Body, ListPage, ViewSettings};
#[cfg(feature = "formats")]
use crate::outgoing::ExportFormat;
use crate::value::{Object, Value};

/// The system.
pub(super) struct Astra;

impl ForeignSystem for Astra {
    fn name(&self) -> &'static str {
        "astra"
    }

    fn recognise(&self, document: &Object, _stored: Option<&Head>) -> Option<Evidence> {
        read::recognise(document)
    }

    fn read(&self, document: Object) -> Result<Body, Violations> {
        read::read(document)
    }

    fn complete(&self, body: Body) -> Body {
        read::or_keystore(body)
    }

    fn columns(&self) -> &'static [&'static str] {
        names::MEMBERS
    }

    fn item(&self, credential: &Credential, _view: &ViewSettings<'_>) -> Result<Object, Violations> {
        Ok(answer::show(credential))
    }

    fn list(&self, items: Vec<Value>, page: &ListPage) -> Object {
        answer::list(Value::List(items), page)
    }

    #[cfg(feature = "formats")]
    fn format(&self) -> ExportFormat {
        ExportFormat { name: self.name(), summary: "NetApp Astra Control", write: export::write }
    }

    #[cfg(feature = "formats")]
    fn wrapper(&self) -> &'static str {
        "items"
    }
}
