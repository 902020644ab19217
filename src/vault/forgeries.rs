//! Forgeries of signed vaults, by somebody who can encrypt to the recipients and knows the seal and all earlier
//! texts: a former signer. None is accepted by a machine that knows the signers.

use std::io::Cursor;
use std::rc::Rc;

use chrono::DateTime;
use uuid::Uuid;

use super::cipher::{Lockset, Plugins, Recipients, generate};
use super::collection::Vault;
use super::error::Error;
use super::layout_writer::LayoutWriter;
use super::plain::Plain;
use super::version::Remember;
use super::vouching::{KnownSigners, judge_signers};
use super::wire::{Header, Section, Signer};
use crate::signature::{SignatureKey, SignatureKeyFile, SigningKey};

const VAULT: &str = "0193a5a0-0000-7000-8000-000000000001";

fn key(seed: u8) -> Rc<dyn SigningKey> {
    let pair = ssh_key::private::Ed25519Keypair::from_seed(&[seed; 32]);
    let text = ssh_key::PrivateKey::from(pair).to_openssh(ssh_key::LineEnding::LF).unwrap();
    let SignatureKeyFile::Private(key) = SignatureKeyFile::parse(text.as_bytes()).unwrap() else { panic!() };
    let key: SignatureKey = key;
    Rc::new(key)
}

fn remember() -> Remember {
    Remember { versions: 10, at: DateTime::UNIX_EPOCH, by: Uuid::nil() }
}

/// Random numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % limit.max(1)
    }
}

fn open(text: &[u8]) -> Result<Vault, Error> {
    Vault::read(Plain::new(Box::new(Cursor::new(text.to_vec())), text.len() as u64))
}

/// The text of a vault with credentials that is not signed.
fn base(vault: &str, count: usize) -> Vec<u8> {
    let record = |at: usize| {
        let id = Uuid::from_u128(at as u128);
        format!(
            r#"{{"id":"a{at:05}","type":"Simple","name":"n","project":"admin","enabled":true,"createdAt":"2026-01-01T00:00:00.000000Z","createdBy":"{id}","updatedAt":"2026-01-01T00:00:00.000000Z","modifiedBy":"{id}","etag":"{id}","revision":1,"instanceId":"{id}","fields":{{"value":"genuine"}}}}"#
        )
    };
    let seal = "A".repeat(43) + "=";
    let records: Vec<_> = (0..count).map(record).collect();
    let document = format!(
        r#"{{"credctl":"vault","version":2,"id":"{vault}","generation":1,"seal":"{seal}","credentials":[{}]}}"#,
        records.join(",")
    );
    super::canonical::canonical(document.as_bytes()).unwrap().to_vec()
}

/// A vault in its generations, as honest signers wrote them.
struct History {
    lockset: Lockset,
    /// Signed by the first signer, who then adds a second one, changes something, removes the second one, and
    /// changes something twice.
    texts: Vec<Vec<u8>>,
    /// The generation that the machine knows, by its place.
    pinned: usize,
    generation: u64,
    known: Vec<String>,
}

impl History {
    fn new(vault: &str, count: usize) -> Self {
        let lockset = Lockset::Recipients(Recipients::parse([generate().1], &Plugins::default()).unwrap());
        let (first, second) = (key(1), key(2));
        let mut texts = vec![base(vault, count)];
        let mut step = |act: &dyn Fn(&mut Vault)| {
            let mut vault = open(texts.last().unwrap()).unwrap();
            vault.age_header = Some(texts.len().to_be_bytes().to_vec());
            vault.sign_with(Rc::clone(&first));
            act(&mut vault);
            texts.push(vault.next_text(&lockset, &remember()).unwrap());
        };
        let touch = |vault: &mut Vault, id: &str| {
            let credential = vault.find(id).unwrap().unwrap();
            vault.put(&credential).unwrap();
        };
        step(&|vault| vault.begin_signing("First", key(1)).unwrap());
        step(&|vault| vault.add_signer("Second", second.public()).unwrap());
        step(&|vault| {
            vault.sign_with(key(2));
            touch(vault, "a00001");
        });
        step(&|vault| drop(vault.remove_signer("Second").unwrap()));
        step(&|vault| touch(vault, "a00002"));
        step(&|vault| touch(vault, "a00003"));
        let known = vec![first.public().to_string()];
        let pinned = texts.len() - 2;
        let generation = open(&texts[pinned]).unwrap().header.generation;
        Self { lockset, texts, pinned, generation, known }
    }

    fn last(&self) -> &[u8] {
        self.texts.last().unwrap()
    }

    /// Returns true if the machine accepts a text and can read all of it. As the pin has it: the same vault, and a
    /// generation that is the known one or a later one.
    fn accepts(&self, text: &[u8]) -> bool {
        let read = || {
            let mut vault = open(text)?;
            let mut ids = 0;
            vault.ids(|_| ids += 1)?;
            for section in Section::ALL {
                super::merge::copy(
                    &mut vault.plain,
                    vault.index.range(section),
                    &mut LayoutWriter::new(Vec::new(), &vault.header).map_err(Error::Write)?,
                )?;
            }
            vault.members()?;
            Ok::<_, Error>(vault)
        };
        let Ok(vault) = read() else { return false };
        let by = vault.signed.as_ref().map(|signed| signed.signature.signer());
        let known = KnownSigners { keys: &self.known, generation: self.generation };
        let is_trusted = judge_signers(known, vault.header.id, &vault.header.signers, by).is_ok();
        let is_later = vault.header.generation > self.generation || text == self.texts[self.pinned];
        is_trusted && is_later && vault.header.id.to_string() == VAULT
    }
}

/// Rewrites a text with another first line, signed with a key of the forger.
fn resigned(history: &History, text: &[u8], by: u8, change: impl FnOnce(&mut Header)) -> Vec<u8> {
    let mut vault = open(text).unwrap();
    let by = key(by);
    // the checks of an honest program are no obstacle
    let mut header = vault.header.clone();
    change(&mut header);
    vault.header = header.clone();
    vault.next_signers = Some(header.signers.clone());
    let sham = Signer::new("sham", by.public().to_string());
    if header.signers.is_empty() {
        vault.header.signers = vec![sham];
    } else if !header.signers.iter().any(|signer| signer.key == by.public().to_string()) {
        vault.next_signers = Some([header.signers, vec![sham]].concat());
    }
    vault.age_header = Some(b"forged".to_vec());
    vault.sign_with(by);
    vault.remove("a00004");
    vault.next_text(&history.lockset, &remember()).unwrap()
}

/// Takes the signature out of one text and puts it into another.
fn with_signature(text: &[u8], from: &[u8]) -> Vec<u8> {
    let part = |text: &[u8]| {
        let text = String::from_utf8(text.to_vec()).unwrap();
        let at = text.rfind(r#""signature":""#)? + r#""signature":""#.len();
        let end = at + text[at..].find('"')?;
        Some((text[..at].to_owned(), text[at..end].to_owned(), text[end..].to_owned()))
    };
    match (part(text), part(from)) {
        (Some((before, _, after)), Some((_, signature, _))) => {
            format!("{before}{signature}{after}").into_bytes()
        }
        _ => text.to_vec(),
    }
}

/// Replaces the first occurrence of a text by another of any length, where it is.
fn replaced(text: &[u8], from: &str, to: &str) -> Vec<u8> {
    String::from_utf8(text.to_vec()).unwrap().replacen(from, to, 1).into_bytes()
}

/// The old proof that the removed signer has of himself.
fn old_proof(history: &History) -> Signer {
    open(&history.texts[2]).unwrap().header.signers[1].clone()
}

/// Makes one forgery.
#[expect(clippy::too_many_lines, reason = "a list of ways to forge, one after another")]
fn forge(history: &History, other: &History, dice: &mut Dice, way: usize) -> Vec<u8> {
    let last = history.last();
    let earlier = &history.texts[1 + dice.below(history.texts.len() - 2)];
    let lines: Vec<&[u8]> = last.split_inclusive(|&byte| byte == b'\n').collect();
    match way {
        // a byte that is changed, left out, or put in
        0 => {
            let mut text = last.to_vec();
            let at = dice.below(text.len());
            text[at] ^= 1 << dice.below(8);
            text
        }
        1 => {
            let mut text = last.to_vec();
            text.remove(dice.below(last.len()));
            text
        }
        2 => {
            let mut text = last.to_vec();
            text.insert(dice.below(last.len()), b" ,\"}0"[dice.below(5)]);
            text
        }
        // a text that was cut, or that lost lines, or has two in each other's place
        3 => last[..dice.below(last.len())].to_vec(),
        4 => {
            let gone = dice.below(lines.len());
            lines
                .iter()
                .enumerate()
                .filter(|(at, _)| *at != gone)
                .flat_map(|(_, line)| line.to_vec())
                .collect()
        }
        5 => {
            let mut lines = lines.clone();
            let (one, two) = (dice.below(lines.len()), dice.below(lines.len()));
            lines.swap(one, two);
            let text = lines.concat();
            // two lines that are the same
            if text == last { last[1..].to_vec() } else { text }
        }
        // a record of the same length, in the text or with an honest layout around it
        6 => replaced(last, "genuine", "forged!"),
        7 => {
            let text = resigned(history, last, 1, |header| header.generation += dice.below(3) as u64);
            with_signature(&text, last)
        }
        // offsets of the index
        8 => {
            let text = String::from_utf8(last.to_vec()).unwrap();
            let at = text.rfind("\"index\"").unwrap();
            let digits: Vec<_> = text[at..].char_indices().filter(|(_, c)| c.is_ascii_digit()).collect();
            let (digit, old) = digits[dice.below(digits.len().min(60))];
            let new = char::from(b'0' + u8::try_from(dice.below(10)).unwrap());
            if new == old {
                return last[1..].to_vec();
            }
            format!("{}{new}{}", &text[..at + digit], &text[at + digit + 1..]).into_bytes()
        }
        // the list of digests
        9 => {
            let text = String::from_utf8(last.to_vec()).unwrap();
            let at = text.rfind("\"chunks\":[\n\"").unwrap() + 12 + dice.below(64);
            let new = if &text[at..=at] == "0" { "1" } else { "0" };
            format!("{}{new}{}", &text[..at], &text[at + 1..]).into_bytes()
        }
        // the signature of another generation, of another vault, or none
        10 => with_signature(last, earlier),
        11 => with_signature(last, other.last()),
        12 => {
            let text = String::from_utf8(last.to_vec()).unwrap();
            let at = text.rfind(",\"signature\":").unwrap();
            format!("{}}}}}\n", &text[..at]).into_bytes()
        }
        // an unsigned vault with the seal and a later generation
        13 => {
            let seal = "A".repeat(43) + "=";
            let text = String::from_utf8(base(VAULT, 5)).unwrap();
            let later = format!("\"generation\":{}", 8 + dice.below(90));
            assert!(text.contains(&seal));
            let text = text.replacen("\"generation\":1", &later, 1);
            super::canonical::canonical(text.as_bytes()).unwrap().to_vec()
        }
        // signed by strangers or by the removed signer, with or without a place in the list
        14 => resigned(history, last, 9, |_| {}),
        15 => resigned(history, last, 2, |_| {}),
        16 => resigned(history, earlier, 2, |header| header.generation = 20 + dice.below(9) as u64),
        17 => resigned(history, last, 2, |header| header.signers.push(old_proof(history))),
        18 => resigned(history, last, 2, |header| {
            // the old proof with another generation
            let generation = Some(header.generation + dice.below(2) as u64);
            header.signers.push(Signer { generation, ..old_proof(history) });
        }),
        19 => resigned(history, last, 9, |header| {
            // a proof that the removed signer makes for a friend, and his own old one
            let friend = Signer::new("Friend", key(9).public().to_string());
            let id = header.id;
            let vouched = super::vouching::vouch(friend, id, header.generation, "Second", &*key(2)).unwrap();
            header.signers.extend([old_proof(history), vouched]);
        }),
        20 => resigned(history, last, 9, |header| {
            // a proof for himself
            let own = Signer::new("Own", key(9).public().to_string());
            let id = header.id;
            header.signers.push(super::vouching::vouch(own, id, header.generation, "Own", &*key(9)).unwrap());
        }),
        21 => resigned(history, last, 9, |header| {
            // the old proof of somebody else, for an own key
            header.signers.push(Signer { key: key(9).public().to_string(), ..old_proof(history) });
        }),
        // signatures that are turned off by somebody who is no signer
        22 => {
            resigned(history, last, 2 + u8::try_from(dice.below(8)).unwrap(), |header| header.signers.clear())
        }
        // a proof as a signature of a generation
        23 => {
            let proof = old_proof(history).proof.unwrap();
            let text = String::from_utf8(last.to_vec()).unwrap();
            let at = text.rfind("\"signature\":\"").unwrap() + 13;
            format!("{}{proof}\"}}}}\n", &text[..at]).into_bytes()
        }
        // the content of one generation under the first line of another, or under a newer number
        24 => {
            let first = last.split_inclusive(|&byte| byte == b'\n').next().unwrap();
            let rest = earlier.split_inclusive(|&byte| byte == b'\n').skip(1);
            let text = [first, &rest.flat_map(<[u8]>::to_vec).collect::<Vec<_>>()].concat();
            if text == last { last[1..].to_vec() } else { text }
        }
        25 => {
            let generation = open(last).unwrap().header.generation;
            let to = format!("\"generation\":{}", generation + 1 + dice.below(90) as u64);
            replaced(last, &format!("\"generation\":{generation}"), &to)
        }
        // an older generation, and another vault of the same signer
        26 => history.texts[dice.below(history.pinned)].clone(),
        27 => other.texts[dice.below(other.texts.len())].clone(),
        28 => replaced(other.last(), "0193a5a0-0000-7000-8000-000000000002", VAULT),
        // a recipient, or a second first line
        29 => {
            let stranger = format!("\"recipients\":[\n\"{}\",\n", generate().1);
            replaced(last, "\"recipients\":[\n", &stranger)
        }
        _ => {
            let text = String::from_utf8(last.to_vec()).unwrap();
            let (first, rest) = text.split_once('\n').unwrap();
            format!("{first}\n{first}\n{rest}").into_bytes()
        }
    }
}

#[test]
fn no_forgery_is_accepted() {
    const WAYS: usize = 31;
    let small = History::new(VAULT, 8);
    let large = History::new(VAULT, 160);
    let other = History::new("0193a5a0-0000-7000-8000-000000000002", 8);
    for history in [&small, &large] {
        assert!(history.accepts(&history.texts[history.pinned]) && history.accepts(history.last()));
    }
    assert!(large.last().len() > 65_536, "more than one block");
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut accepted = Vec::new();
    for number in 0..10_000 {
        let history = if number % 200 == 0 { &large } else { &small };
        let way = number % WAYS;
        let text = forge(history, &other, &mut dice, way);
        assert_ne!(text, history.last(), "{way} forges nothing");
        if history.accepts(&text) {
            accepted.push(way);
        }
    }
    assert_eq!(accepted, [0; 0]);
}

#[test]
fn every_byte_of_a_signed_text_is_covered() {
    let history = History::new(VAULT, 5);
    for at in 0..history.last().len() {
        let mut text = history.last().to_vec();
        text[at] ^= 1;
        assert!(!history.accepts(&text), "byte {at}");
    }
}

#[test]
fn a_new_signer_is_accepted_through_his_proofs() {
    let history = History::new(VAULT, 8);
    let first = [key(1).public().to_string()];
    let judge = |text: &[u8], generation| {
        let vault = open(text).unwrap();
        let by = vault.signed.as_ref().map(|signed| signed.signature.signer());
        let known = KnownSigners { keys: &first, generation };
        judge_signers(known, vault.header.id, &vault.header.signers, by)
    };
    // the second one signs the generation after the one that added him
    assert_eq!(judge(&history.texts[3], 2), Ok(()));
    // a machine that saw him removed does not accept his old proof
    assert!(judge(&history.texts[3], 3).is_err());

    // a third one, for whom the second one vouched, stays when the second one is removed
    let step = |text: &[u8], by: u8, act: &dyn Fn(&mut Vault)| {
        let mut vault = open(text).unwrap();
        vault.sign_with(key(by));
        act(&mut vault);
        vault.next_text(&history.lockset, &remember()).unwrap()
    };
    let third = step(&history.texts[3], 2, &|vault| vault.add_signer("Third", key(3).public()).unwrap());
    let signed = step(&third, 3, &|vault| vault.remove("a00001"));
    assert_eq!(judge(&signed, 2), Ok(()));
    let without = step(&third, 1, &|vault| drop(vault.remove_signer("Second").unwrap()));
    let signed = step(&without, 3, &|vault| vault.remove("a00001"));
    assert_eq!(judge(&signed, 2), Ok(()));
    // the one who was removed cannot sign any more
    let mut vault = open(&without).unwrap();
    vault.sign_with(key(2));
    assert!(matches!(vault.next_text(&history.lockset, &remember()), Err(Error::NotASigner { .. })));
}

#[test]
fn the_last_signed_generation_turns_signatures_off() {
    let history = History::new(VAULT, 8);
    let mut vault = open(history.last()).unwrap();
    vault.sign_with(key(1));
    vault.end_signing().unwrap();
    let off = vault.next_text(&history.lockset, &remember()).unwrap();
    assert!(history.accepts(&off));
    let mut vault = open(&off).unwrap();
    assert!(vault.signers().is_empty() && vault.signed().is_some());
    // the one that follows is not signed: a machine that missed the step does not accept it
    vault.remove("a00001");
    let unsigned = vault.next_text(&history.lockset, &remember()).unwrap();
    assert!(open(&unsigned).unwrap().signed().is_none());
    assert!(!history.accepts(&unsigned));
}
