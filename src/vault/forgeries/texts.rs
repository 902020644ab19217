//! Forgeries of the text: bytes, lines, offsets, digests and signatures that are changed, or taken from elsewhere.

use super::super::canonical::canonical;
use super::super::cipher::generate;
use super::forger::{Forger, Forgery, OTHER};
use super::history::{SEAL, VAULT, open, unsigned};

/// The ways to forge the text.
pub(super) const WAYS: &[Forgery] = &[
    ("a changed byte", changed_byte),
    ("a missing byte", missing_byte),
    ("one byte more", one_byte_more),
    ("a text that was cut", cut),
    ("a missing line", missing_line),
    ("two lines in each other's place", swapped_lines),
    ("another value of the same length", other_value),
    ("another offset", other_offset),
    ("another digest of a block", other_block_digest),
    ("the signature of an earlier generation", earlier_signature),
    ("the signature of another vault", foreign_signature),
    ("no signature", no_signature),
    ("an unsigned vault with the seal", unsigned_with_seal),
    ("a proof as the signature", proof_as_signature),
    ("an earlier content under the last first line", earlier_content),
    ("a later number", later_number),
    ("an earlier generation", earlier_generation),
    ("another vault of the same signer", other_vault),
    ("another vault with the id of this one", other_vault_with_the_id),
    ("one recipient more", one_recipient_more),
    ("a second first line", second_first_line),
];

fn changed_byte(forger: &mut Forger<'_>) -> Vec<u8> {
    let mut text = forger.history.last().to_vec();
    let at = forger.dice.below(text.len());
    text[at] ^= 1 << forger.dice.below(8);
    text
}

fn missing_byte(forger: &mut Forger<'_>) -> Vec<u8> {
    let mut text = forger.history.last().to_vec();
    text.remove(forger.dice.below(text.len()));
    text
}

fn one_byte_more(forger: &mut Forger<'_>) -> Vec<u8> {
    let mut text = forger.history.last().to_vec();
    text.insert(forger.dice.below(text.len()), b" ,\"}0"[forger.dice.below(5)]);
    text
}

fn cut(forger: &mut Forger<'_>) -> Vec<u8> {
    let text = forger.history.last();
    text[..forger.dice.below(text.len())].to_vec()
}

fn missing_line(forger: &mut Forger<'_>) -> Vec<u8> {
    let mut lines = lines(forger.history.last());
    lines.remove(forger.dice.below(lines.len()));
    lines.concat()
}

fn swapped_lines(forger: &mut Forger<'_>) -> Vec<u8> {
    let last = forger.history.last();
    let mut lines = lines(last);
    let (one, two) = (forger.dice.below(lines.len()), forger.dice.below(lines.len()));
    lines.swap(one, two);
    other_than(last, lines.concat())
}

fn other_value(forger: &mut Forger<'_>) -> Vec<u8> {
    replaced(forger.history.last(), "genuine", "forged!")
}

fn other_offset(forger: &mut Forger<'_>) -> Vec<u8> {
    let last = forger.history.last();
    let text = std::str::from_utf8(last).unwrap();
    let at = text.rfind("\"index\"").unwrap();
    let digits: Vec<_> = text[at..].char_indices().filter(|(_, c)| c.is_ascii_digit()).collect();
    let (digit, _) = digits[forger.dice.below(digits.len().min(60))];
    let mut forged = last.to_vec();
    forged[at + digit] = b'0' + u8::try_from(forger.dice.below(10)).unwrap();
    other_than(last, forged)
}

fn other_block_digest(forger: &mut Forger<'_>) -> Vec<u8> {
    const LIST: &str = "\"chunks\":[\n\"";
    let mut text = forger.history.last().to_vec();
    let list = std::str::from_utf8(&text).unwrap().rfind(LIST).unwrap();
    let at = list + LIST.len() + forger.dice.below(64);
    text[at] = if text[at] == b'0' { b'1' } else { b'0' };
    text
}

fn earlier_signature(forger: &mut Forger<'_>) -> Vec<u8> {
    with_signature(forger.history.last(), forger.earlier())
}

fn foreign_signature(forger: &mut Forger<'_>) -> Vec<u8> {
    with_signature(forger.history.last(), forger.other.last())
}

fn no_signature(forger: &mut Forger<'_>) -> Vec<u8> {
    let text = std::str::from_utf8(forger.history.last()).unwrap();
    let at = text.rfind(",\"signature\":").unwrap();
    format!("{}}}}}\n", &text[..at]).into_bytes()
}

fn unsigned_with_seal(forger: &mut Forger<'_>) -> Vec<u8> {
    let text = String::from_utf8(unsigned(VAULT, 5)).unwrap();
    assert!(text.contains(SEAL));
    let later = format!("\"generation\":{}", 8 + forger.dice.below(90));
    canonical(text.replacen("\"generation\":1", &later, 1).as_bytes()).unwrap().to_vec()
}

fn proof_as_signature(forger: &mut Forger<'_>) -> Vec<u8> {
    let proof = forger.old_proof().proof.unwrap();
    let text = std::str::from_utf8(forger.history.last()).unwrap();
    let at = text.rfind(SIGNATURE).unwrap() + SIGNATURE.len();
    format!("{}{proof}\"}}}}\n", &text[..at]).into_bytes()
}

fn earlier_content(forger: &mut Forger<'_>) -> Vec<u8> {
    let (last, earlier) = (forger.history.last(), forger.earlier());
    other_than(last, [&lines(last)[..1], &lines(earlier)[1..]].concat().concat())
}

fn later_number(forger: &mut Forger<'_>) -> Vec<u8> {
    let last = forger.history.last();
    let generation = open(last).unwrap().header.generation;
    let to = format!("\"generation\":{}", generation + 1 + forger.dice.below(90) as u64);
    replaced(last, &format!("\"generation\":{generation}"), &to)
}

fn earlier_generation(forger: &mut Forger<'_>) -> Vec<u8> {
    forger.history.texts[forger.dice.below(forger.history.pinned)].clone()
}

fn other_vault(forger: &mut Forger<'_>) -> Vec<u8> {
    forger.other.texts[forger.dice.below(forger.other.texts.len())].clone()
}

fn other_vault_with_the_id(forger: &mut Forger<'_>) -> Vec<u8> {
    replaced(forger.other.last(), OTHER, VAULT)
}

fn one_recipient_more(forger: &mut Forger<'_>) -> Vec<u8> {
    let stranger = format!("\"recipients\":[\n\"{}\",\n", generate().1);
    replaced(forger.history.last(), "\"recipients\":[\n", &stranger)
}

fn second_first_line(forger: &mut Forger<'_>) -> Vec<u8> {
    let mut lines = lines(forger.history.last());
    lines.insert(0, lines[0]);
    lines.concat()
}

const SIGNATURE: &str = "\"signature\":\"";

/// Takes the signature out of one text and puts it into another. A text without one stays as it is.
pub(super) fn with_signature(text: &[u8], from: &[u8]) -> Vec<u8> {
    let part = |text: &[u8]| {
        let text = String::from_utf8(text.to_vec()).unwrap();
        let at = text.rfind(SIGNATURE)? + SIGNATURE.len();
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

fn lines(text: &[u8]) -> Vec<&[u8]> {
    text.split_inclusive(|&byte| byte == b'\n').collect()
}

/// Replaces the first occurrence of a text by another of any length, where it is.
fn replaced(text: &[u8], from: &str, to: &str) -> Vec<u8> {
    String::from_utf8(text.to_vec()).unwrap().replacen(from, to, 1).into_bytes()
}

/// Returns a forgery that by chance is no other text without its first byte.
fn other_than(genuine: &[u8], forged: Vec<u8>) -> Vec<u8> {
    if forged == genuine { genuine[1..].to_vec() } else { forged }
}
