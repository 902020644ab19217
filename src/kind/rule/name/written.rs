//! Names as people and tools write them.

use const_oid::ObjectIdentifier;
use const_oid::db::DB;

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

/// Reads the attributes of a name as RFC 4514, OpenSSL and .NET write it. Each object identifier becomes a
/// dotted number, each value loses its quotes and escapes. Returns `None` for a text that is no such name.
pub fn parse(text: &str) -> Option<Vec<(String, String)>> {
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
    use super::parse;

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
