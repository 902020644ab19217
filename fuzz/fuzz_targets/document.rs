//! Bytes as a document for `add`: whatever is accepted can be shown and comes back from a vault's line.
#![no_main]

use credctl::credential::{Change, Credential};
use credctl::dialect::Dialect;
use credctl::value::{Value, json};
use credctl::vault::{Unchecked as _, Vault};
use credctl_fuzz::{apply, create};
use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|bytes: &[u8]| -> Corpus { run(bytes).map_or(Corpus::Reject, |()| Corpus::Keep) });

fn run(bytes: &[u8]) -> Option<()> {
    let document = match json::parse(bytes) {
        Ok(Value::Object(document)) => document,
        Ok(_) => return None,
        Err(error) => {
            let _ = error.to_string();
            return None;
        }
    };
    let dialect = Dialect::recognise(&document, None)?;
    let Ok(body) = dialect.read(document) else { return Some(()) };
    let body = dialect.complete(body);
    let Ok(kind) = body.kind() else { return Some(()) };
    let draft = body.draft(kind);
    let Some(credential) = create(kind, draft.clone()) else { return Some(()) };
    check_shown(&credential);
    check_round_trip(&credential);
    for asked in [Change::Replace(&credential, Some(kind)), Change::Merge(&credential, None)] {
        if let Some(changed) = apply(&asked, draft.clone()) {
            assert_eq!(changed.id(), credential.id());
            check_round_trip(&changed);
        }
    }
    Some(())
}

/// What is secret is not among what is public, and both can be written.
fn check_shown(credential: &Credential) {
    let shown = credential.public_fields();
    for name in credential.secret_names() {
        let public = match name.split_once('.') {
            // entries of a key store and whole fields; a path into a tree may be read in two ways
            Some(("keyStore", entry)) => shown.get("keyStore").and_then(|store| store.at(&[entry])),
            Some(_) => None,
            None if name.contains('[') => None,
            None => shown.get(&name),
        };
        assert!(public.is_none(), "a secret is shown");
    }
    for fields in [shown, credential.revealed_fields()] {
        json::write(&fields.into(), &mut Vec::new()).expect("can be written");
    }
}

/// A vault gives back what was put into it.
fn check_round_trip(credential: &Credential) {
    let mut vault = Vault::new().expect("an empty vault");
    vault.put_unchecked(credential).expect("can be written");
    let found = vault.find(credential.id()).expect("what was written can be read").expect("is there");
    assert!(found == *credential, "what is read is not what was written");
}
