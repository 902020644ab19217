//! Forgeries of the signers: whole vaults that an honest writer could have made, signed by somebody who may not.

use super::super::vouching::vouch;
use super::super::wire::{Header, Signer};
use super::forger::{Forger, Forgery};
use super::history::{History, key, open, remember};
use super::texts::with_signature;

/// The ways to sign without being a signer.
pub(super) const WAYS: &[Forgery] = &[
    ("an honest layout with the old signature", old_signature),
    ("a stranger", stranger),
    ("the removed signer", removed_signer),
    ("the removed signer, from an earlier generation", from_an_earlier_generation),
    ("the removed signer, with the old proof", with_the_old_proof),
    ("the old proof with another generation", old_proof_of_another_generation),
    ("a friend of the removed signer", friend_of_the_removed_signer),
    ("a signer who vouches for itself", own_proof),
    ("the old proof with another key", old_proof_of_another_key),
    ("signatures turned off by a stranger", turned_off),
];

fn old_signature(forger: &mut Forger<'_>) -> Vec<u8> {
    let last = forger.history.last();
    let later = forger.dice.below(3) as u64;
    with_signature(&resigned(forger.history, last, 1, |header| header.generation += later), last)
}

fn stranger(forger: &mut Forger<'_>) -> Vec<u8> {
    resigned(forger.history, forger.history.last(), 9, |_| {})
}

fn removed_signer(forger: &mut Forger<'_>) -> Vec<u8> {
    resigned(forger.history, forger.history.last(), 2, |_| {})
}

fn from_an_earlier_generation(forger: &mut Forger<'_>) -> Vec<u8> {
    let earlier = forger.earlier();
    let generation = 20 + forger.dice.below(9) as u64;
    resigned(forger.history, earlier, 2, |header| header.generation = generation)
}

fn with_the_old_proof(forger: &mut Forger<'_>) -> Vec<u8> {
    let old = forger.old_proof();
    resigned(forger.history, forger.history.last(), 2, |header| header.signers.push(old))
}

fn old_proof_of_another_generation(forger: &mut Forger<'_>) -> Vec<u8> {
    let (old, later) = (forger.old_proof(), forger.dice.below(2) as u64);
    resigned(forger.history, forger.history.last(), 2, |header| {
        header.signers.push(Signer { generation: Some(header.generation + later), ..old });
    })
}

fn friend_of_the_removed_signer(forger: &mut Forger<'_>) -> Vec<u8> {
    let old = forger.old_proof();
    resigned(forger.history, forger.history.last(), 9, |header| {
        let friend = Signer::new("Friend", key(9).public().to_string());
        let vouched = vouch(friend, header.id, header.generation, "Second", &*key(2)).unwrap();
        header.signers.extend([old, vouched]);
    })
}

fn own_proof(forger: &mut Forger<'_>) -> Vec<u8> {
    resigned(forger.history, forger.history.last(), 9, |header| {
        let own = Signer::new("Own", key(9).public().to_string());
        header.signers.push(vouch(own, header.id, header.generation, "Own", &*key(9)).unwrap());
    })
}

fn old_proof_of_another_key(forger: &mut Forger<'_>) -> Vec<u8> {
    let old = forger.old_proof();
    resigned(forger.history, forger.history.last(), 9, |header| {
        header.signers.push(Signer { key: key(9).public().to_string(), ..old });
    })
}

fn turned_off(forger: &mut Forger<'_>) -> Vec<u8> {
    let seed = 2 + u8::try_from(forger.dice.below(8)).unwrap();
    resigned(forger.history, forger.history.last(), seed, |header| header.signers.clear())
}

/// Rewrites a text with another first line, signed with a key of the forger. The checks of an honest program are no
/// obstacle to it.
fn resigned(history: &History, text: &[u8], by: u8, change: impl FnOnce(&mut Header)) -> Vec<u8> {
    let mut vault = open(text).unwrap();
    let by = key(by);
    change(&mut vault.header);
    let signers = vault.header.signers.clone();
    let sham = Signer::new("sham", by.public().to_string());
    if signers.is_empty() {
        vault.header.signers = vec![sham];
        vault.next_signers = Some(Vec::new());
    } else if signers.iter().any(|signer| signer.has_key(by.public())) {
        vault.next_signers = Some(signers);
    } else {
        vault.next_signers = Some([signers, vec![sham]].concat());
    }
    vault.sign_with(by);
    vault.remove("a00004");
    vault.next_text(&history.lockset, &remember()).unwrap()
}
