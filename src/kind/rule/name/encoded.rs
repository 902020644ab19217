//! Names in DER, and their text.

use std::char::{REPLACEMENT_CHARACTER, decode_utf16};

use const_oid::ObjectIdentifier;
use const_oid::db::DB;

use crate::hex;
use crate::kind::rule::der::{Der, DerElement, SEQUENCE, SET, dotted};

/// The attribute of common names.
pub const COMMON_NAME: &str = "2.5.4.3";

/// Returns a name, given as the contents of its sequence, in the form of RFC 4514. Returns `None` if it is
/// broken.
pub fn text(name: &[u8]) -> Option<String> {
    let mut parts = relative(name)?
        .iter()
        .map(|attributes| attributes.iter().map(shown).collect::<Vec<_>>().join("+"))
        .collect::<Vec<_>>();
    // the most specific part comes last in DER and first in the text
    parts.reverse();
    Some(parts.join(","))
}

/// Returns the common name nearest to the subject, unescaped, if there is one.
pub fn common_name(name: &[u8]) -> Option<String> {
    let common = |(identifier, value): &Attribute<'_>| {
        (dotted(identifier) == COMMON_NAME).then(|| string(value)).flatten()
    };
    relative(name)?.iter().rev().flatten().find_map(common).filter(|name| !name.is_empty())
}

/// An object identifier and a value.
type Attribute<'a> = (&'a [u8], DerElement<'a>);

/// Returns the attributes of each part of a name.
fn relative(name: &[u8]) -> Option<Vec<Vec<Attribute<'_>>>> {
    let mut parts = Vec::new();
    let mut rest = Der(name);
    while !rest.0.is_empty() {
        let mut set = Der(rest.take(SET)?);
        let mut attributes = Vec::new();
        while !set.0.is_empty() {
            let mut attribute = Der(set.take(SEQUENCE)?);
            attributes.push((attribute.object_identifier()?, attribute.next()?));
            attribute.end()?;
        }
        parts.push(attributes);
    }
    Some(parts)
}

fn shown((identifier, value): &Attribute<'_>) -> String {
    let known = ObjectIdentifier::from_bytes(identifier).ok();
    let name = known.and_then(|known| DB.find_names_for_oid(known).min_by_key(|name| name.len()));
    match (name, string(value)) {
        (Some(name), Some(value)) => format!("{}={}", name.to_ascii_uppercase(), escaped(&value)),
        _ => {
            format!("{}=#{}", dotted(identifier), hex::encode(value.whole))
        }
    }
}

/// Reads a value of one of the string types.
fn string(value: &DerElement<'_>) -> Option<String> {
    const UTF8: u8 = 0x0C;
    const NUMERIC: u8 = 0x12;
    const PRINTABLE: u8 = 0x13;
    const TELETEX: u8 = 0x14;
    const IA5: u8 = 0x16;
    const VISIBLE: u8 = 0x1A;
    const UNIVERSAL: u8 = 0x1C;
    const BMP: u8 = 0x1E;
    match value.tag {
        UTF8 => String::from_utf8(value.contents.to_vec()).ok(),
        NUMERIC | PRINTABLE | TELETEX | IA5 | VISIBLE => Some(narrow(value.contents)),
        BMP => {
            let (units, []) = value.contents.as_chunks::<2>() else { return None };
            let units = units.iter().map(|unit| u16::from_be_bytes(*unit));
            Some(decode_utf16(units).map(|c| c.unwrap_or(REPLACEMENT_CHARACTER)).collect())
        }
        UNIVERSAL => {
            let (units, []) = value.contents.as_chunks::<4>() else { return None };
            units.iter().map(|unit| char::from_u32(u32::from_be_bytes(*unit))).collect()
        }
        _ => None,
    }
}

/// Reads text that should be ASCII. If it is not, people wrote UTF-8 or Latin-1 into it.
pub fn narrow(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().copied().map(char::from).collect(), str::to_owned)
}

fn escaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '#' if out.is_empty() => out.push_str("\\#"),
            ' ' if out.is_empty() || rest.peek().is_none() => out.push_str("\\ "),
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => out.extend(['\\', c]),
            '\0'..='\x1f' | '\x7f' => out.push_str(&format!("\\{:02x}", u32::from(c))),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{common_name, text};

    /// Returns a part of a name with one attribute.
    fn part(identifier: &[u8], tag: u8, value: &[u8]) -> Vec<u8> {
        let wrap =
            |tag: u8, contents: &[u8]| [&[tag, u8::try_from(contents.len()).unwrap()][..], contents].concat();
        wrap(0x31, &wrap(0x30, &[wrap(6, identifier), wrap(tag, value)].concat()))
    }

    const CN: &[u8] = &[0x55, 4, 3];
    const O: &[u8] = &[0x55, 4, 10];

    #[test]
    fn strings_of_every_type_are_text() {
        for (tag, value, shown) in [
            (0x0C, "Ö, b".as_bytes(), "CN=Ö\\, b"),
            (0x13, b" a", "CN=\\ a"),
            (0x14, &[b'M', 0xFC], "CN=Mü"),
            (0x16, b"#1", "CN=\\#1"),
            (0x1A, b"a\x01", "CN=a\\01"),
            (0x1E, &[0, b'M', 0, 0xFC, 0x6D, 0xF7], "CN=Mü混"),
            (0x1C, &[0, 0, 0, b'a', 0, 1, 0xF6, 0x00], "CN=a😀"),
            (0x0C, &[0xFF], "2.5.4.3=#0c01ff"),
            (0x1E, &[0], "2.5.4.3=#1e0100"),
            (0x04, &[1], "2.5.4.3=#040101"),
        ] {
            assert_eq!(text(&part(CN, tag, value)).as_deref(), Some(shown));
        }
        assert_eq!(text(&part(&[0x88, 0x37], 0x0C, b"a")).as_deref(), Some("2.999=#0c0161"));
        assert_eq!(text(&[part(O, 0x0C, b"o"), part(CN, 0x0C, b"c")].concat()).as_deref(), Some("CN=c,O=o"));
        assert_eq!(text(&[]).as_deref(), Some(""));
        assert_eq!(text(&[0x31, 2, 0x30, 0]), None);
    }

    #[test]
    fn the_last_common_name_counts() {
        let name = [part(CN, 0x0C, b"a"), part(O, 0x0C, b"o"), part(CN, 0x0C, b"b,c")].concat();
        assert_eq!(common_name(&name).as_deref(), Some("b,c"));
        assert_eq!(common_name(&part(O, 0x0C, b"o")), None);
        assert_eq!(common_name(&part(CN, 0x0C, b"")), None);
    }
}
