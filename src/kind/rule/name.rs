//! Distinguished names: from DER to the text of RFC 4514, and the texts that people and tools write.
//!
//! This file must not know where a name stands.

use std::char::{REPLACEMENT_CHARACTER, decode_utf16};

use const_oid::ObjectIdentifier;
use const_oid::db::DB;

use super::der::{Der, DerElement, SEQUENCE, SET, dotted};

/// The attribute of common names.
pub(super) const COMMON_NAME: &str = "2.5.4.3";

/// Names of attributes that .NET, the Windows certificate store and OpenSSL use and the table of RFC 4519
/// lacks.
const OTHER_NAMES: [(&str, &str); 12] = [
    ("E", "1.2.840.113549.1.9.1"),
    ("G", "2.5.4.42"),
    ("GN", "2.5.4.42"),
    ("I", "2.5.4.43"),
    ("S", "2.5.4.8"),
    ("T", "2.5.4.12"),
    ("POBox", "2.5.4.18"),
    ("Phone", "2.5.4.20"),
    ("organizationIdentifier", "2.5.4.97"),
    ("jurisdictionL", "1.3.6.1.4.1.311.60.2.1.1"),
    ("jurisdictionST", "1.3.6.1.4.1.311.60.2.1.2"),
    ("jurisdictionC", "1.3.6.1.4.1.311.60.2.1.3"),
];

/// Returns a name, given as the contents of its sequence, in the form of RFC 4514. Returns `None` if it is
/// broken.
pub(super) fn text(name: &[u8]) -> Option<String> {
    let mut parts = relative(name)?
        .iter()
        .map(|attributes| attributes.iter().map(shown).collect::<Vec<_>>().join("+"))
        .collect::<Vec<_>>();
    // the most specific part comes last in DER and first in the text
    parts.reverse();
    Some(parts.join(","))
}

/// Returns the common name nearest to the subject, unescaped, if there is one.
pub(super) fn common_name(name: &[u8]) -> Option<String> {
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
            let value: String = value.whole.iter().map(|byte| format!("{byte:02x}")).collect();
            format!("{}=#{value}", dotted(identifier))
        }
    }
}

/// Reads a value of one of the string types.
pub(super) fn string(value: &DerElement<'_>) -> Option<String> {
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
pub(super) fn narrow(bytes: &[u8]) -> String {
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

/// Reads the attributes of a name as RFC 4514, OpenSSL and .NET write it. Each object identifier becomes a
/// dotted number, each value loses its quotes and escapes. Returns `None` for a text that is no such name.
pub(super) fn parse(text: &str) -> Option<Vec<(String, String)>> {
    let mut attributes = Vec::new();
    let mut rest = text;
    loop {
        let (name, value) = rest.split_once('=')?;
        let (value, behind) = read_value(value.trim_start())?;
        attributes.push((identifier(name.trim())?, value));
        let behind = behind.trim_start();
        if behind.is_empty() {
            return Some(attributes);
        }
        rest = behind.strip_prefix([',', '+'])?;
    }
}

fn identifier(name: &str) -> Option<String> {
    let prefixed = name.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("OID."));
    let name = if prefixed { &name[4..] } else { name };
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        return (name.contains('.') && name.split('.').all(is_number)).then(|| name.to_owned());
    }
    let other = OTHER_NAMES.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
    other
        .map(|(_, identifier)| (*identifier).to_owned())
        .or_else(|| DB.by_name(name).map(ObjectIdentifier::to_string))
}

/// Reads the value that a text begins with. Returns it and the rest of the text.
fn read_value(text: &str) -> Option<(String, &str)> {
    if let Some(quoted) = text.strip_prefix('"') {
        return read_quoted(quoted);
    }
    let mut value = Vec::new();
    // the length of the value without the blanks at its end
    let mut kept = 0;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        match c {
            ',' | '+' => break,
            '"' | ';' | '<' | '>' => return None,
            '\\' => {
                let (byte, behind) = read_escape(&rest[1..])?;
                value.push(byte);
                kept = value.len();
                rest = behind;
                continue;
            }
            _ => value.extend_from_slice(&rest.as_bytes()[..c.len_utf8()]),
        }
        if c != ' ' {
            kept = value.len();
        }
        rest = &rest[c.len_utf8()..];
    }
    value.truncate(kept);
    let is_hex = |hex: &str| {
        !hex.is_empty() && hex.len().is_multiple_of(2) && hex.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    if text.strip_prefix('#').is_some_and(|_| !is_hex(&String::from_utf8_lossy(&value[1..]))) {
        return None;
    }
    Some((String::from_utf8_lossy(&value).into_owned(), rest))
}

/// Reads a value behind its opening quote. .NET doubles a quote inside, others escape it.
fn read_quoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut rest = text;
    loop {
        let end = rest.find(['"', '\\'])?;
        value.push_str(&rest[..end]);
        let behind = &rest[end + 1..];
        rest = match (rest.as_bytes()[end], behind.chars().next()) {
            (b'"', Some('"')) | (b'\\', Some('"' | '\\')) => {
                value.push_str(&behind[..1]);
                &behind[1..]
            }
            (b'"', _) => return Some((value, behind)),
            _ => {
                value.push('\\');
                behind
            }
        };
    }
}

/// Reads the escape behind a backslash. Returns the byte that it stands for, and the rest of the text.
fn read_escape(text: &str) -> Option<(u8, &str)> {
    let first = *text.as_bytes().first()?;
    if matches!(first, b' ' | b'"' | b'#' | b'+' | b',' | b';' | b'<' | b'=' | b'>' | b'\\') {
        return Some((first, &text[1..]));
    }
    let (digits, behind) = text.split_at_checked(2)?;
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    Some((u8::from_str_radix(digits, 16).ok().filter(|_| is_hex)?, behind))
}

#[cfg(test)]
mod tests {
    use super::{common_name, parse, text};

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

    #[test]
    fn names_are_read_as_tools_write_them() {
        let read = |name| {
            let attributes = parse(name)?;
            Some(
                attributes
                    .iter()
                    .map(|(name, value)| format!("{name}={value}"))
                    .collect::<Vec<_>>()
                    .join("|"),
            )
        };
        for (name, attributes) in [
            ("CN=a,O=b", "2.5.4.3=a|2.5.4.10=b"),
            ("C = DE, O = \"a, b\", CN = c", "2.5.4.6=DE|2.5.4.10=a, b|2.5.4.3=c"),
            (r#"O="a ""b"" c", CN=d"#, r#"2.5.4.10=a "b" c|2.5.4.3=d"#),
            (r#"O = "a \"b\" \\ c", CN = d"#, r#"2.5.4.10=a "b" \ c|2.5.4.3=d"#),
            (r#"O="C:\temp, x""#, r"2.5.4.10=C:\temp, x"),
            ("OID.2.5.4.15=x, oid.1.2.3=y, 2.999.1=z", "2.5.4.15=x|1.2.3=y|2.999.1=z"),
            (
                "E=a@b.example, S=WA, T=x, G=y, I=z, SN=w",
                "1.2.840.113549.1.9.1=a@b.example|2.5.4.8=WA|2.5.4.12=x|2.5.4.42=y|2.5.4.43=z|2.5.4.4=w",
            ),
            (r"CN=a\ ,O=\4D\c3\bc \, b", "2.5.4.3=a |2.5.4.10=Mü , b"),
            ("OU=a+CN=b=c", "2.5.4.11=a|2.5.4.3=b=c"),
            ("O=,CN=#0c0161", "2.5.4.10=|2.5.4.3=#0c0161"),
        ] {
            assert_eq!(read(name).as_deref(), Some(attributes), "{name}");
        }
        for name in [
            "a",
            "CN=a,",
            "=a",
            "nonsense=a",
            "CN=a;O=b",
            "CN=\"a\"b",
            "CN=\"a",
            "CN=\"a\\\"",
            "CN=a\\",
            "CN=a\\4",
            "CN=a\\x1",
            "CN=#",
            "CN=#0",
            "CN=#xx",
            "OID.=a",
            "1=a",
            "1..2=a",
            "CN=a<b",
            "CN=\\é",
        ] {
            assert_eq!(read(name), None, "{name}");
        }
    }
}
