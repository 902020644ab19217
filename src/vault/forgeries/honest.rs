//! The generations of honest signers, which machines that know an earlier generation must accept.

use std::rc::Rc;

use super::super::collection::Vault;
use super::super::distrust::Distrust;
use super::super::error::Error;
use super::super::pin::Pin;
use super::super::signers_error::SignersError;
use super::super::wire::Signer;
use super::history::{History, VAULT, key, open, remember};
use crate::signature::{SignerKey, SigningFailed, SigningKey, SshSignature};

/// Makes the generation after a text, by a signer.
fn next(history: &History, text: &[u8], by: u8, act: impl Fn(&mut Vault)) -> Vec<u8> {
    let mut vault = open(text).unwrap();
    vault.sign_with(key(by));
    act(&mut vault);
    vault.next_text(&history.lockset, &remember()).unwrap()
}

/// Judges a text by the memory of a machine that saw another one last.
fn judge(known: &[u8], text: &[u8]) -> Result<(), Distrust> {
    let mut pin = Pin::default();
    pin.see(&open(known).unwrap().lineage(), chrono::DateTime::UNIX_EPOCH);
    pin.judge(&open(text).unwrap().lineage())
}

#[test]
fn a_new_signer_is_accepted_through_proofs() {
    let history = History::new(VAULT, 8);
    let texts = &history.texts;
    // the second signer signs the generation after the one that added it
    assert_eq!(judge(&texts[1], &texts[3]), Ok(()));

    // a third signer, for whom the second one vouched, stays when the second one is removed
    let third = next(&history, &texts[3], 2, |vault| vault.add_signer("Third", key(3).public()).unwrap());
    let signed = next(&history, &third, 3, |vault| vault.remove("a00001"));
    assert_eq!(judge(&texts[1], &signed), Ok(()));
    let without = next(&history, &third, 1, |vault| {
        assert_eq!(vault.remove_signer("Second").unwrap().name, "Second");
    });
    let signed = next(&history, &without, 3, |vault| vault.remove("a00001"));
    assert_eq!(judge(&texts[1], &signed), Ok(()));
    // the one that was removed cannot sign any more
    let mut vault = open(&without).unwrap();
    vault.sign_with(key(2));
    assert!(matches!(vault.next_text(&history.lockset, &remember()), Err(Error::NotASigner { .. })));
}

#[test]
fn a_signer_who_removes_its_voucher_keeps_its_own_proof() {
    let history = History::new(VAULT, 8);
    let texts = &history.texts;
    let third = next(&history, &texts[3], 1, |vault| vault.add_signer("Third", key(3).public()).unwrap());
    let alone = next(&history, &third, 2, |vault| {
        assert_eq!(vault.remove_signer("First").unwrap().name, "First");
    });
    let signers = open(&alone).unwrap().signers().to_vec();
    assert_eq!(
        signers.iter().map(|signer| signer.by.as_deref()).collect::<Vec<_>>(),
        [Some("First"), Some("Second")]
    );
    assert_eq!(signers[0], open(&third).unwrap().signers()[1]);
    // a machine that saw the first signer alone accepts what the others sign
    for by in [2, 3] {
        let signed = next(&history, &alone, by, |vault| vault.remove("a00001"));
        assert_eq!(judge(&texts[1], &signed), Ok(()), "{by}");
        assert_eq!(judge(&third, &signed), Ok(()), "{by}");
    }
}

#[test]
fn the_last_signed_generation_turns_signatures_off() {
    let history = History::new(VAULT, 8);
    let off = next(&history, history.last(), 1, |vault| vault.end_signing().unwrap());
    assert!(history.accepts(&off));
    let mut vault = open(&off).unwrap();
    assert!(vault.signers().is_empty() && vault.signed().is_some());
    // the one that follows is not signed: a machine that missed the step does not accept it
    vault.remove("a00001");
    let unsigned = vault.next_text(&history.lockset, &remember()).unwrap();
    assert!(open(&unsigned).unwrap().signed().is_none());
    assert!(!history.accepts(&unsigned));
    assert!(matches!(judge(history.last(), &unsigned), Err(Distrust::Unsigned { .. })));
}

/// A security key whose application has a name of this length.
fn security_key(seed: u8, application: usize) -> Result<SignerKey, crate::signature::SignerKeyProblem> {
    let string = |bytes: &[u8]| [&u32::try_from(bytes.len()).unwrap().to_be_bytes()[..], bytes].concat();
    let application = "a".repeat(application);
    SignerKey::from_bytes(
        &[string(b"sk-ssh-ed25519@openssh.com"), string(&[seed; 32]), string(application.as_bytes())]
            .concat(),
    )
}

#[test]
fn the_longest_list_of_signers_is_read_again() {
    let history = History::new(VAULT, 8);
    let longest = (0..1000).rev().find(|length| security_key(0, *length).is_ok()).unwrap();
    assert!(security_key(0, longest).unwrap().to_string().len() > 1020);
    let name = |seed: u8| format!("{}{seed:03}", "\u{2a6d6}".repeat(124));
    let text = next(&history, &history.texts[4], 1, |vault| {
        for seed in 0..63 {
            vault.add_signer(&name(seed), &security_key(seed, longest).unwrap()).unwrap();
        }
        let more = vault.add_signer("More", &security_key(99, 5).unwrap());
        assert!(matches!(more, Err(Error::Signers(SignersError::TooMany))));
    });
    let mut vault = open(&text).unwrap();
    assert_eq!((vault.signers().len(), &*vault.signers()[63].name), (64, &*name(62)));
    assert!(vault.find("a00001").unwrap().is_some());
    assert_eq!(judge(&history.texts[4], &text), Ok(()));
}

/// A key whose holder returns the signature of another message.
#[derive(Debug)]
struct LyingKey(Rc<dyn SigningKey>);

impl SigningKey for LyingKey {
    fn public(&self) -> &SignerKey {
        self.0.public()
    }

    fn sign(&self, _: &[u8]) -> Result<SshSignature, SigningFailed> {
        self.0.sign(b"another message")
    }
}

#[test]
fn a_signature_that_no_reader_accepts_is_not_written() {
    let history = History::new(VAULT, 8);
    let mut vault = open(history.last()).unwrap();
    vault.sign_with(Rc::new(LyingKey(key(1))));
    assert!(matches!(vault.add_signer("Second", key(2).public()), Err(Error::Signing(_))));
    vault.remove("a00001");
    assert!(matches!(vault.next_text(&history.lockset, &remember()), Err(Error::Signing(_))));
}

#[test]
fn a_key_that_is_no_signer_signs_nothing() {
    let history = History::new(VAULT, 8);
    let mut vault = open(history.last()).unwrap();
    for stranger in [None, Some(2), Some(9)] {
        if let Some(seed) = stranger {
            vault.sign_with(key(seed));
        }
        let written = vault.next_text(&history.lockset, &remember());
        assert!(matches!(written, Err(Error::NotASigner { .. })), "{stranger:?}");
        assert!(matches!(vault.add_signer("Third", key(3).public()), Err(Error::NotASigner { .. })));
    }
}

#[test]
fn a_signer_has_a_name_that_can_be_shown_and_is_no_key() {
    let history = History::new(VAULT, 8);
    let mut vault = open(history.last()).unwrap();
    vault.sign_with(key(1));
    let text = key(1).public().to_string();
    for name in ["", " a", "a\u{202e}b", &"x".repeat(128), &text] {
        let added = vault.add_signer(name, key(3).public());
        assert!(matches!(added, Err(Error::Signers(SignersError::Name { .. }))), "{name}");
    }
    // in the form in which the same name is found again
    vault.add_signer("Zoe\u{308}", key(3).public()).unwrap();
    assert_eq!(vault.pending_signers()[1].name, "Zo\u{eb}");
    let signers = vault.pending_signers();
    for (wanted, found) in [
        ("Zo\u{eb}", Some(1)),
        ("First", Some(0)),
        (&*text, Some(0)),
        (&*format!("{text} a comment"), Some(0)),
        ("Second", None),
        (&*key(2).public().to_string(), None),
    ] {
        assert_eq!(Signer::find(&signers, wanted), found, "{wanted}");
    }
}
