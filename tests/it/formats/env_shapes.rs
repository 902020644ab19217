//! Shapes of files of variables, made from the rules of their dialects: each becomes one credential, is exported
//! as a `.env` file, and that file has the same names and values in the same order.

use credctl::credential::Change;
use credctl::export::{ExportData, ExportFormat, ExportOptions, ExportReport};
use credctl::import::{ImportFacts, ImportFormat};
use credctl::syntax::dotenv;
use credctl::text;

use crate::support::lab::Lab;

/// A file and the variables that its dialect says are in it.
struct Shape {
    what: String,
    format: &'static str,
    file: Vec<u8>,
    expected: Vec<(String, String)>,
}

/// Texts that may stand behind `=`.
const CONTENTS: [&str; 42] = [
    "abc",
    "",
    "a b  c",
    "  a  ",
    "a\tb",
    "a#b",
    "a #b",
    "#FF00",
    "a=b==",
    "it's",
    "say \"x\" now",
    "a`b`c",
    r"a\nb",
    r"a\tb\rc",
    r#"a\"b"#,
    r"a\'b",
    r"a\\b",
    r"C:\x\",
    r"a\qb\d+",
    "$HOME/x",
    "x${HOME}y",
    "${HOME",
    r"cost \$5",
    "P@$$w0rd",
    "$(id -u)",
    "a;b&c|d<e>f(g)*?![h]",
    "~/a%20b^c",
    "{\"a\": [1, \"b#c\"]}",
    "https://u:p%40@h.example:5432/x?y=z&w=1#top",
    "Server=h,1433;User Id=sa;Password=p@ss;",
    "dG9rZW4+Lw==",
    r"C:\new\table",
    "Grüße, 日本 🔑",
    "0123",
    "null",
    "a\nb",
    "a\n# b\nc=d",
    "-----BEGIN X-----\nYWJj\nZGVm\n-----END X-----\n",
    "${cred://db/password}",
    "cred://db/password",
    "postgres://app:{{ cred://db/password }}@h/db",
    "\u{1b}[31m red \u{7f}",
];

/// Returns the text that python-dotenv reads between quotes, by its two lists of escapes; none if the quotes close
/// early.
fn unquoted(content: &str, quote: char) -> Option<String> {
    let (mut out, mut rest) = (String::new(), content);
    while let Some(c) = rest.chars().next() {
        let next = rest[c.len_utf8()..].chars().next();
        let escaped = match (c, next) {
            ('\\', None) => return None,
            ('\\', Some(next @ ('\\' | '\''))) => Some(next),
            ('\\', Some(next)) if quote == '"' => match next {
                '"' => Some('"'),
                'n' => Some('\n'),
                'r' => Some('\r'),
                't' => Some('\t'),
                _ => None,
            },
            _ if c == quote => return None,
            _ => None,
        };
        match (escaped, c, next) {
            (Some(escaped), _, Some(next)) => {
                out.push(escaped);
                rest = &rest[1 + next.len_utf8()..];
            }
            // a pair that is no escape stays, and its second character ends nothing
            (None, '\\', Some(next)) => {
                out.extend(['\\', next]);
                rest = &rest[1 + next.len_utf8()..];
            }
            _ => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    Some(out)
}

/// Returns the text that python-dotenv reads without quotes; none if it has several lines or begins with a quote.
fn bare(content: &str) -> Option<String> {
    if content.contains('\n') || content.trim_start().starts_with(['\'', '"']) {
        return None;
    }
    let value = content.trim();
    let comment = value.char_indices().find(|(at, c)| *c == '#' && value[..*at].ends_with([' ', '\t']));
    let is_comment = content.starts_with([' ', '\t']) && value.starts_with('#');
    let value = comment.map_or(value, |(at, _)| &value[..at]).trim_end();
    Some(if is_comment { String::new() } else { value.to_owned() })
}

/// Returns the text that Docker reads: the rest of the line.
fn verbatim(content: &str) -> Option<String> {
    (!content.contains('\n')).then(|| content.to_owned())
}

/// Lines of all dialects that mean the same to each, with the name and the value.
const LINES: [(&str, &str, &str); 34] = [
    ("A = b", "A", "b"),
    ("A\t=\tb", "A", "b"),
    ("A ='b'", "A", "b"),
    ("   A=b", "A", "b"),
    ("A='b'   ", "A", "b"),
    ("export A=b", "A", "b"),
    ("export  A='b c'", "A", "b c"),
    ("export\tA=\"b c\"", "A", "b c"),
    ("  export A='b'", "A", "b"),
    ("export=b", "export", "b"),
    ("lower_case=b", "lower_case", "b"),
    ("mixedCase=b", "mixedCase", "b"),
    ("A1_2=b", "A1_2", "b"),
    ("_A=b", "_A", "b"),
    ("'A'=b", "A", "b"),
    ("A=", "A", ""),
    ("A=''", "A", ""),
    ("A=\"\"", "A", ""),
    ("A= # c", "A", ""),
    ("# a comment\nA=b", "A", "b"),
    ("  # a comment\nA=b", "A", "b"),
    ("#A=c\nA=b", "A", "b"),
    ("A=b # c", "A", "b"),
    ("A='b' # c", "A", "b"),
    ("A=\"b # c\" # d", "A", "b # c"),
    ("A='b'#c", "A", "b"),
    ("A=b # it's \"c\"", "A", "b"),
    ("\n\n  \n\t\nA=b\n\n", "A", "b"),
    ("A=b'c d'e", "A", "b'c d'e"),
    ("A==b", "A", "=b"),
    ("A=b; B=c", "A", "b; B=c"),
    ("A=\"line 1\nline 2\"", "A", "line 1\nline 2"),
    ("A='line 1\nline 2\n'", "A", "line 1\nline 2\n"),
    ("A=$A:${A}", "A", "$A:${A}"),
];

/// Every shape, between two plain variables, so that a reader which loses its place shows.
fn shapes() -> Vec<Shape> {
    let mut shapes = Vec::new();
    let mut add = |what: String, format, line: &str, name: &str, value: Option<String>| {
        let Some(value) = value else { return };
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        shapes.push(Shape {
            what,
            format,
            file: format!("FIRST=1\n{line}\nLAST=2\n").into_bytes(),
            expected: vec![pair("FIRST", "1"), pair(name, &value), pair("LAST", "2")],
        });
    };
    for content in CONTENTS {
        add(format!("{content:?} bare"), "dotenv", &format!("A={content}"), "A", bare(content));
        add(format!("{content:?} docker"), "docker-env", &format!("A={content}"), "A", verbatim(content));
        for quote in ['\'', '"'] {
            let line = format!("A={quote}{content}{quote}");
            add(format!("{content:?} in {quote}"), "dotenv", &line, "A", unquoted(content, quote));
        }
    }
    for (line, name, value) in LINES {
        add(format!("{line:?}"), "dotenv", line, name, Some(value.to_owned()));
    }
    let long = "0123456789".repeat(800);
    add("very long".to_owned(), "dotenv", &format!("A={long}"), "A", Some(long.clone()));
    let (unix, windows) =
        ("B='ü'\nA=\"2\"\n# c\nexport c=3\nEMPTY=\n", "B='ü'\r\nA=\"2\"\r\n# c\r\nexport c=3\r\nEMPTY=\r\n");
    let utf16 = |text: &str, swap: bool| -> Vec<u8> {
        let units = std::iter::once('\u{feff}').chain(text.chars()).collect::<String>();
        units
            .encode_utf16()
            .flat_map(|unit| if swap { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect()
    };
    for (what, file) in [
        ("line feeds", unix.as_bytes().to_vec()),
        ("CRLF", windows.as_bytes().to_vec()),
        ("no line break at the end", unix.trim_end().as_bytes().to_vec()),
        ("byte order mark", format!("\u{feff}{unix}").into_bytes()),
        ("UTF-16, little endian", utf16(windows, false)),
        ("UTF-16, big endian", utf16(unix, true)),
    ] {
        let expected = [("B", "ü"), ("A", "2"), ("c", "3"), ("EMPTY", "")];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        shapes.push(Shape { what: what.to_owned(), format: "dotenv", file, expected });
    }
    shapes
}

/// Imports a file as one credential, and returns the `.env` file that is exported of it.
fn through(shape: &Shape) -> String {
    let file = text::decode(&shape.file).unwrap();
    let facts = ImportFacts { variables_as: Some("shop"), ..ImportFacts::default() };
    let format = ImportFormat::find(shape.format).unwrap();
    let mut import = format.read(&file, &facts).unwrap_or_else(|error| panic!("{}: {error}", shape.what));
    assert_eq!(import.items.len(), 1, "{}", shape.what);
    let incoming = import.items.remove(0).incoming.unwrap();
    let lab = Lab::with_store();
    let credential = lab.make(&Change::Create(incoming.kind), incoming.draft).unwrap().credential;
    let names: Vec<_> = credential.secret_names();
    let expected: Vec<_> = shape.expected.iter().map(|(name, _)| format!("variables.{name}")).collect();
    assert_eq!(names, expected, "{}", shape.what);
    let data = ExportData { credentials: [&credential].into_iter().collect(), ..ExportData::default() };
    let options = ExportOptions {
        now: lab.act.now,
        secrets: true,
        access: false,
        version: credctl::dialect::ApiVersion::NEWEST,
        without_ids: false,
        email: None,
        full_name: None,
    };
    let (mut out, mut report) = (Vec::new(), ExportReport::default());
    (ExportFormat::find("dotenv").unwrap().write)(&data, &options, &mut report, &mut out).unwrap();
    assert_eq!(report.failed, [], "{}", shape.what);
    String::from_utf8(out).unwrap()
}

#[test]
fn every_shape_keeps_its_names_values_and_order() {
    let shapes = shapes();
    assert!(shapes.len() >= 165, "only {} shapes", shapes.len());
    for shape in shapes {
        let exported = through(&shape);
        let read = dotenv::variables(&exported).unwrap().assignments;
        let read: Vec<_> = read.into_iter().map(|one| (one.name, one.value.expose().to_owned())).collect();
        assert_eq!(read, shape.expected, "{}:\n{exported}", shape.what);
    }
}

#[test]
fn what_a_file_cannot_mean_is_refused_and_not_guessed() {
    let facts = ImportFacts { variables_as: Some("shop"), ..ImportFacts::default() };
    for text in ["A='b''c'\n", "A='b' c\n", "A='b\n", "A=\"b\n", "=b\n", "A B=c\n", "free words\n"] {
        let read = ImportFormat::find("dotenv").unwrap().read(text, &facts);
        assert!(read.is_err(), "{text:?}");
    }
}
