//! The first byte chooses whose document the rest is, and the type if the document names none: reading
//! never panics, and what is accepted can be shown as every system shows it.
#![no_main]

use credctl::credential::Credential;
use credctl::dialect::{ApiVersion, Dialect, ListPage, ViewSettings};
use credctl::kind::KINDS;
use credctl::value::{Value, json};
use credctl_fuzz::{create, credential, now};
use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|bytes: &[u8]| -> Corpus { run(bytes).map_or(Corpus::Reject, |()| Corpus::Keep) });

fn run(bytes: &[u8]) -> Option<()> {
    let (&choice, text) = bytes.split_first()?;
    let Ok(Value::Object(document)) = json::parse(text) else { return None };
    let dialect = Dialect::ALL[usize::from(choice) % Dialect::ALL.len()];
    let stored = credential();
    let _ = Dialect::recognise(&document, Some(stored.head()));
    let body = match dialect.read(document) {
        Ok(body) => body,
        Err(violations) => {
            let _ = violations.to_string();
            return Some(());
        }
    };
    let _ = (body.key(), body.kind_for(&stored).is_ok());
    let kind = body.kind().unwrap_or(&KINDS[usize::from(choice) / Dialect::ALL.len() % KINDS.len()]);
    if let Some(credential) = create(kind, body.draft(kind)) {
        show(&credential);
    }
    Some(())
}

fn show(credential: &Credential) {
    for (version, reveal) in [("v1", false), ("v3", true), ("v6.1", true)] {
        let version = ApiVersion::parse(version).expect("a version");
        let networks = Value::List(Vec::new());
        let view = ViewSettings { now: now(), version, reveal, networks: &networks };
        for dialect in Dialect::ALL {
            let Some(system) = dialect.foreign() else { continue };
            let Ok(item) = system.item(credential, &view) else { continue };
            let one = system.one(credential, &view).expect("an item that can be shown in a list");
            json::write(&one.into(), &mut Vec::new()).expect("can be written");
            let list = system.list(vec![item.into()], &page());
            json::write(&list.into(), &mut Vec::new()).expect("can be written");
        }
    }
}

fn page() -> ListPage {
    ListPage {
        size: 1,
        total: 2,
        token: Some("token".to_owned()),
        offset: Some((0, 1)),
        count: true,
        made: (now(), uuid::Uuid::nil()),
    }
}
