//! Reading and writing JSON.

use std::io::Write as _;

use serde_json::value::RawValue;

use super::{Compact, MAX_VALUES, Problem, parse, parse_record, text, write};
use crate::value::Value;

fn round_trip(text: &str) -> String {
    let mut out = Vec::new();
    write(&parse(text.as_bytes()).unwrap(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn what_is_written_is_what_was_read() {
    for text in
        [r#"{"b":1,"a":[null,true,-2,0.5,"x\"\\\n\u0000"],"é":{}}"#, "[]", "\"\"", "18446744073709551615"]
    {
        assert_eq!(round_trip(text), text);
    }
}

#[test]
fn a_text_is_put_on_one_line() {
    for (text, line) in [
        (
            "{ \"a b\" :\r\n[ 1 ,\t-2.50e1, \"x \\\" y\\\\\" ] , \"\u{e9}\":{ }\n}\n",
            "{\"a b\":[1,-2.50e1,\"x \\\" y\\\\\"],\"\u{e9}\":{}}",
        ),
        (" null ", "null"),
        ("", ""),
    ] {
        for size in [1, 2, 3, 100] {
            let mut out = Vec::new();
            let mut compact = Compact::new(&mut out);
            text.as_bytes().chunks(size).for_each(|part| compact.write_all(part).unwrap());
            assert_eq!(str::from_utf8(&out).unwrap(), line);
        }
    }
}

#[test]
fn what_others_read_differently_is_refused() {
    for (text, problem) in [
        (r#"{"a":1,"a":2}"#, Problem::Duplicate),
        (r#"{"a":1,"\u0061":2}"#, Problem::Duplicate),
        ("[123456789012345678901234567890]", Problem::Number),
        ("[0.1234567890123456789]", Problem::Number),
        ("[1e999]", Problem::Syntax),
        ("{", Problem::Truncated),
        ("{}x", Problem::Syntax),
        ("{'a':1}", Problem::Syntax),
    ] {
        assert_eq!(parse(text.as_bytes()).unwrap_err().problem, problem, "{text}");
    }
    assert!(parse("[".repeat(1000).as_bytes()).is_err());
}

#[test]
fn errors_do_not_quote_the_document() {
    let error = parse(br#"{"password":"hunter2","password":"hunter2"}"#).unwrap_err();
    assert!(!error.to_string().contains("hunter2"));
}

#[test]
fn a_long_record_is_read_as_a_short_one_is() {
    let long = "x".repeat(100_000);
    for (text, is_taken) in [
        (format!(r#"{{"a":"{long}","b":[1,{{"c":"\\n{long}"}},null]}}"#), true),
        (format!(r#"["\ud83d\ude00\u00e9\/\b\f\n\r\t\"\\{long}"]"#), true),
        (format!(r#"{{"a":"{long}","a":1}}"#), false),
        (format!(r#"["\ud83d{long}"]"#), false),
        (format!(r#"["{long}",123456789012345678901234567890]"#), false),
    ] {
        assert_eq!(parse_record(text.as_bytes()).is_ok(), is_taken, "{}", &text[..20]);
        if is_taken {
            assert_eq!(parse_record(text.as_bytes()).unwrap(), parse(text.as_bytes()).unwrap());
        }
    }
    let values = |count: usize| format!("[{}]", vec!["         1"; count].join(","));
    assert!(parse_record(values(MAX_VALUES - 1).as_bytes()).is_ok());
    assert_eq!(parse_record(values(MAX_VALUES).as_bytes()).unwrap_err().problem, Problem::TooMany);
    // no stack is deep enough for this one
    let deep = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    assert!(parse_record(deep.as_bytes()).is_err());
}

#[test]
fn a_text_is_decoded_as_the_reader_does() {
    for written in [r#""""#, r#""a""#, r#""\u0000\uD834\uDD1E\\u0041""#, r#""\"""#] {
        let raw: &RawValue = serde_json::from_str(written).unwrap();
        let read = parse(written.as_bytes()).unwrap();
        assert_eq!(Value::Text(text(raw).unwrap()), read, "{written}");
    }
    for written in ["1", "null", r#"["a"]"#, r#""\udd1e""#] {
        assert!(text(serde_json::from_str(written).unwrap()).is_err(), "{written}");
    }
}
