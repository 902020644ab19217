//! A sixth system, written as its file in `system/` would be: the methods that have no default, and what follows
//! from the defaults of all others.

use std::io::{self, Write};

use credctl::credential::{Credential, Head, Violations};
use credctl::dialect::{ApiVersion, Body, Dialect, ListPage, ViewSettings};
use credctl::export::{ExportData, ExportFormat, ExportOptions, ExportReport};
use credctl::kind::KINDS;
use credctl::system::{BulkAnswer, Evidence, ForeignSystem};
use credctl::value::{Object, Value};
use serde_json::json;

use crate::support::lab::{Lab, object};
use crate::support::samples;

/// A system that calls the id `key`, and lists its credentials under `keys`.
struct Sixth;

impl ForeignSystem for Sixth {
    fn name(&self) -> &'static str {
        "sixth"
    }

    fn recognise(&self, document: &Object, _stored: Option<&Head>) -> Option<Evidence> {
        document.get("key").map(|_| Evidence::Member)
    }

    fn read(&self, mut document: Object) -> Result<Body, Violations> {
        if let Some(id) = document.remove("key") {
            document.insert("id", id);
        }
        Dialect::Native.read(document)
    }

    fn item(&self, credential: &Credential, _view: &ViewSettings<'_>) -> Result<Object, Violations> {
        Ok(Object::from_iter([("key", Value::text(credential.id()))]))
    }

    fn list(&self, items: Vec<Value>, _page: &ListPage) -> Object {
        Object::from_iter([("keys", Value::List(items))])
    }

    fn format(&self) -> ExportFormat {
        ExportFormat { name: self.name(), summary: "a sixth system", write }
    }

    fn wrapper(&self) -> &'static str {
        "keys"
    }
}

fn write(
    data: &ExportData<'_>,
    _options: &ExportOptions<'_>,
    _report: &mut ExportReport,
    out: &mut dyn Write,
) -> io::Result<()> {
    let ids = data.credentials.iter().map(|credential| Ok(credential?.id().to_owned()));
    out.write_all(ids.collect::<io::Result<Vec<_>>>()?.join("\n").as_bytes())
}

#[test]
fn seven_methods_make_a_system() {
    let lab = Lab::new();
    let login = lab.create(&samples::of("UsernamePassword").document);
    let system: &dyn ForeignSystem = &Sixth;
    let networks = Value::List(Vec::new());
    let view =
        ViewSettings { now: lab.act.now, version: ApiVersion::NEWEST, reveal: false, networks: &networks };
    let item = system.item(&login, &view).unwrap();

    assert_eq!(system.one(&login, &view).unwrap(), item);
    assert_eq!(system.changed("added", login.id(), item.clone()), item);
    assert_eq!(system.added(&login, &view).unwrap(), Object::new());
    assert!(system.knows(login.head(), ApiVersion::NEWEST) && system.lists_token());
    assert!(system.columns().is_empty() && !system.is_collection(&item) && !system.exports_computed());
    assert!(KINDS.iter().all(|kind| system.check_type(kind).is_ok()));

    // answers that are credctl's own
    let (results, lines) = (&mut std::iter::empty(), &mut std::iter::empty());
    assert!(system.deleted("deleted a").is_none() && system.access(&[]).is_none());
    assert!(system.bulk(BulkAnswer { done: "added", results, lines }).is_none());
    let mut error = item.clone();
    system.error(&mut error);
    assert_eq!(error, item);

    // documents
    let document = object(&json!({"key": "a", "type": "login", "username": "u"}));
    assert_eq!(system.recognise(&document, None), Some(Evidence::Member));
    let body = system.complete(system.read(document).unwrap());
    assert_eq!((body.key(), body.kind().unwrap().name), (Some("a"), "UsernamePassword"));
    let wrapped = system.unwrapped(object(&json!({"keys": [{"key": "a"}, {"key": "b"}]}))).unwrap();
    assert_eq!(wrapped.bodies.len(), 2);
    assert_eq!(system.unwrapped(item).unwrap().bodies.len(), 1);
}
