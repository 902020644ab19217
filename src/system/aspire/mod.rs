//! Aspire: connectors with free-form properties, wrapped in `credential`.

mod answer;
#[cfg(feature = "formats")]
mod export;
#[cfg(feature = "formats")]
mod import;
mod item;
mod read;

use super::foreign::{BulkAnswer, Evidence, ForeignSystem};
#[cfg(feature = "formats")]
use super::wrapped::Wrapped;
use crate::credential::{Credential, Head, Violations};
use crate::dialect::{Body, ListPage, ViewSettings};
#[cfg(feature = "formats")]
use crate::outgoing::ExportFormat;
use crate::value::{Object, Value};

/// The system.
pub(super) struct Aspire;

impl ForeignSystem for Aspire {
    fn name(&self) -> &'static str {
        "aspire"
    }

    fn recognise(&self, document: &Object, stored: Option<&Head>) -> Option<Evidence> {
        read::recognise(document, stored)
    }

    fn is_collection(&self, document: &Object) -> bool {
        document.get("export").is_some()
    }

    fn read(&self, document: Object) -> Result<Body, Violations> {
        read::read(document)
    }

    fn item(&self, credential: &Credential, view: &ViewSettings<'_>) -> Result<Object, Violations> {
        Ok(item::show(credential, view))
    }

    fn one(&self, credential: &Credential, view: &ViewSettings<'_>) -> Result<Object, Violations> {
        Ok(answer::wrapped(item::show(credential, view)))
    }

    fn list(&self, items: Vec<Value>, page: &ListPage) -> Object {
        answer::list(Value::List(items), page)
    }

    fn lists_token(&self) -> bool {
        false
    }

    fn changed(&self, done: &str, id: &str, item: Object) -> Object {
        answer::changed(done, id, item)
    }

    fn deleted(&self, message: &str) -> Option<Object> {
        Some(answer::deleted(message))
    }

    fn added(&self, credential: &Credential, view: &ViewSettings<'_>) -> Result<Object, Violations> {
        self.item(credential, view)
    }

    fn bulk(&self, answer: BulkAnswer<'_>) -> Option<Object> {
        Some(answer::bulk(answer))
    }

    fn error(&self, document: &mut Object) {
        answer::error(document);
    }

    #[cfg(feature = "formats")]
    fn format(&self) -> ExportFormat {
        ExportFormat { name: self.name(), summary: "Aspire", write: export::write }
    }

    #[cfg(feature = "formats")]
    fn wrapper(&self) -> &'static str {
        import::WRAPPER
    }

    #[cfg(feature = "formats")]
    fn unwrapped(&self, document: Object) -> Result<Wrapped, Violations> {
        import::unwrapped(document)
    }

    #[cfg(feature = "formats")]
    fn exports_computed(&self) -> bool {
        true
    }
}
