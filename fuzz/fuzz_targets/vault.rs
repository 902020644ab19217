//! Bytes as the decrypted text of a vault, sealed to a fixed X25519 key: nothing but a vault is opened,
//! and all ways of reading one agree.
//!
//! The age file key is drawn anew each time; the text inside is what the input says.
#![no_main]

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Seek as _, Write as _};

use credctl::vault::{
    Unchecked as _,
    Environment, Error, Identities, Key, Parsed, Plugins, Policy, Reference, Sealed, User, Vault,
};
use libfuzzer_sys::fuzz_target;
use serde_json::value::RawValue;
use zeroize::Zeroizing;

const IDENTITY: &str = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";

thread_local! {
    static KEY: (Key, age::x25519::Recipient) = key();
}

fuzz_target!(|text: &[u8]| {
    KEY.with(|(key, recipient)| {
        let sealed = Sealed::inspect(seal(text, recipient)).expect("an age file");
        match Vault::open(sealed, key) {
            Ok(vault) => {
                assert!(is_vault(text), "what is no vault was opened");
                let _ = tell(read(vault));
            }
            Err(error) => drop(tell::<()>(Err(error))),
        }
    });
});

fn key() -> (Key, age::x25519::Recipient) {
    let recipient = IDENTITY.parse::<age::x25519::Identity>().expect("an identity").to_public();
    let text = Zeroizing::new(IDENTITY.as_bytes().to_vec());
    let Ok(Parsed::Ready(identities)) = Identities::parse(text, "fixed", &Plugins::default()) else {
        panic!("an identity");
    };
    (Key::Identities(identities), recipient)
}

fn seal(text: &[u8], recipient: &age::x25519::Recipient) -> File {
    let mut file = tempfile::tempfile().expect("a temporary file");
    let recipients = std::iter::once(recipient as &dyn age::Recipient);
    let encryptor = age::Encryptor::with_recipients(recipients).expect("one recipient");
    let mut out = encryptor.wrap_output(&mut file).expect("a header");
    out.write_all(text).expect("the text");
    out.finish().expect("the last chunk");
    file.rewind().expect("the start of the file");
    file
}

/// Everything there is to read, in all ways; what they tell must agree.
fn read(mut vault: Vault) -> Result<(), Error> {
    let _ = (vault.id(), vault.generation(), vault.lineage().digest);
    let _ = tell(vault.members());
    let _ = tell(vault.recipients());
    for id in ["", "a", "zz", "\u{10ffff}"] {
        let _ = tell(vault.find(id));
    }
    let mut ids = Vec::new();
    vault.ids(|id| ids.push(id.to_owned()))?;
    assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "ids are not in order");
    for id in ids.iter().take(20) {
        assert!(vault.contains(id)?, "an id that was listed is not there");
    }
    let mut heads = Vec::new();
    vault.heads(|head| heads.push(head))?;
    assert!(heads.iter().map(|head| &head.id).eq(&ids), "heads and ids differ");
    let _ = tell(vault.residents::<Policy>());
    let _ = tell(vault.residents::<User>());
    let _ = tell(vault.residents::<Reference>());
    let _ = tell(vault.residents::<Environment>());
    let _ = tell(vault.deleted());
    for (id, count) in tell(vault.versioned()).unwrap_or_default() {
        let mut found = 0;
        if tell(vault.versions(Some(&id), |_| found += 1)).is_some() {
            assert!(found >= count, "a version that was counted is not there");
        }
    }
    let mut at = 0;
    vault.credentials(|credential| {
        assert!(*credential.head() == heads[at], "a credential has another head");
        at += 1;
    })?;
    assert_eq!(at, heads.len());
    for head in heads.iter().take(20) {
        let found = vault.find(&head.id)?.expect("a head that was listed is there");
        assert!(found.head() == head, "another credential was found");
        let _ = (found.public_fields(), found.secret_names(), found.revealed_fields());
        vault.put_unchecked(&found)?;
        assert!(vault.find(&head.id)?.is_some_and(|again| again == found), "the round trip differs");
    }
    Ok(())
}

/// Makes the message that the program would show.
fn tell<T>(result: Result<T, Error>) -> Option<T> {
    result.inspect_err(|error| drop(error.to_string())).ok()
}

/// Returns true if a text claims to be a vault of version 1 or 2: all of it, or its first line when
/// only the lines that are asked for are read.
fn is_vault(text: &[u8]) -> bool {
    let says = |text: &[u8]| {
        let members = serde_json::from_slice::<BTreeMap<String, Box<RawValue>>>(text).unwrap_or_default();
        let member = |name: &str| members.get(name).map(|value| value.get());
        let name = member("credctl").and_then(|text| serde_json::from_str::<String>(text).ok());
        name.as_deref() == Some("vault") && matches!(member("version"), Some("1" | "2"))
    };
    let first = text.windows(2).position(|pair| pair == b",\n").map(|end| [&text[..end], b"}"].concat());
    says(text) || first.is_some_and(|line| says(&line))
}
