//! A text as what another program keeps: in the format that it is recognised by, in every other one, and
//! as the documents of every system. No panic, and every error is one that can be told.
#![no_main]

use credctl::dialect::Dialect;
use credctl::import::{FORMATS, Import, ImportFacts, ImportFormat};
use credctl::value::json;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let options = ImportFacts { email: Some("ops@example.org"), title: Some("file"), ..ImportFacts::default() };
    let recognised = ImportFormat::recognise(text);
    assert!(recognised.is_none_or(|format| FORMATS.iter().any(|known| known.name == format.name)));
    for format in FORMATS {
        match format.read(text, &options) {
            Ok(import) => look_at(&import),
            Err(violations) => assert!(!violations.to_string().is_empty()),
        }
    }
    let Ok(documents) = json::parse_many(text.as_bytes()) else { return };
    for dialect in Dialect::ALL {
        match Import::read(documents.clone(), dialect) {
            Ok(import) => look_at(&import),
            Err(violations) => assert!(!violations.to_string().is_empty()),
        }
    }
});

fn look_at(import: &Import) {
    for item in &import.items {
        match &item.incoming {
            Ok(incoming) => drop((incoming.kind.name, incoming.draft.is_empty())),
            Err(violations) => assert!(!violations.to_string().is_empty()),
        }
    }
}
