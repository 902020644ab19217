use proptest::prelude::*;

use super::{YamlProblem, parse, parse_many, parse_texts, write, write_list};
use crate::value::{Object, Value, json};

fn written(value: &Value) -> String {
    let mut out = Vec::new();
    write(value, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn problem(text: &str) -> (usize, usize, YamlProblem) {
    let error = parse(text).unwrap_err();
    (error.line, error.column, error.problem)
}

/// Reads a value from JSON.
fn of_json(text: &str) -> Value {
    json::parse(text.as_bytes()).unwrap()
}

#[test]
fn what_is_known_is_read() {
    for (text, json) in [
        ("a: 1\nb: [x, 'y', \"z\"]\n", r#"{"a":1,"b":["x","y","z"]}"#),
        ("a: &x {b: 1}\nc: *x\n", r#"{"a":{"b":1},"c":{"b":1}}"#),
        ("a: &x k\n*x : v\n", r#"{"a":"k","k":"v"}"#),
        ("base: &b {x: 1, y: 2}\nown:\n  <<: *b\n  x: 3\n", r#"{"base":{"x":1,"y":2},"own":{"x":3,"y":2}}"#),
        ("a: {<<: [{x: 1}, {x: 2, y: 2}]}\n", r#"{"a":{"x":1,"y":2}}"#),
        ("\"<<\": 1\n", r#"{"<<":1}"#),
        (
            "a: !!str 1\nb: !!int 2\nc: ! 3\nd: !!timestamp 2026-01-01\n",
            r#"{"a":"1","b":2,"c":"3","d":"2026-01-01"}"#,
        ),
        ("a: !!null ~\nb: !!bool true\nc: !!seq []\nd: !!map {}\n", r#"{"a":null,"b":true,"c":[],"d":{}}"#),
        ("1: a\ntrue: b\nnull: c\n", r#"{"1":"a","true":"b","null":"c"}"#),
        (
            "pin: 0042\nver: 1.10\nyes: no\nday: 2026-01-01\n",
            r#"{"pin":"0042","ver":"1.10","yes":"no","day":"2026-01-01"}"#,
        ),
        ("a: [\n  b,\n]\n", r#"{"a":["b"]}"#),
        ("a: |\n  b\n\n  c\nd: >-\n  e\n  f\n", r#"{"a":"b\n\nc\n","d":"e f"}"#),
        ("", "null"),
        ("# nothing\n", "null"),
    ] {
        assert_eq!(parse(text).as_ref(), Ok(&of_json(json)), "{text}");
    }
}

#[test]
fn what_would_be_lost_is_refused_with_its_place() {
    for (text, line, column, expected) in [
        ("a: 1\na: 2\n", 2, 1, YamlProblem::Duplicate),
        ("a: {b: 1, \"b\": 2}\n", 1, 11, YamlProblem::Duplicate),
        ("a: !vault |\n  3439\n", 1, 4, YamlProblem::Resolved("vault".into())),
        ("a: !Ref x\n", 1, 4, YamlProblem::Resolved("Ref".into())),
        ("a: !S-1 x\n", 1, 4, YamlProblem::Tag),
        ("a: !S-1\n", 1, 4, YamlProblem::Tag),
        ("a: !<tag:example.org,2002:x> 1\n", 1, 4, YamlProblem::Tag),
        ("a: !!binary aGk=\n", 1, 4, YamlProblem::Tag),
        ("a: !!set {b}\n", 1, 4, YamlProblem::Tag),
        ("a: !!int 0x1F\n", 1, 4, YamlProblem::Number),
        ("a: !!int b\n", 1, 4, YamlProblem::Number),
        ("a: !!bool 1\n", 1, 4, YamlProblem::Mismatch),
        ("a: !!str [b]\n", 1, 4, YamlProblem::Mismatch),
        ("[a]: b\n", 1, 1, YamlProblem::Name),
        (": b\n", 1, 1, YamlProblem::Name),
        ("a: {<<: b}\n", 1, 9, YamlProblem::Merge),
        ("a: &x [*x]\n", 1, 8, YamlProblem::Recursive),
        ("a: 1\n---\nb: 2\n", 2, 1, YamlProblem::Several),
    ] {
        assert_eq!(problem(text), (line, column, expected), "{text}");
    }
    assert_eq!(problem(&"[".repeat(200)).2, YamlProblem::Syntax("brackets do not match"));
    assert_eq!(problem(&format!("{}{}", "[".repeat(200), "]".repeat(200))).2, YamlProblem::Depth);
}

#[test]
fn a_text_that_is_no_yaml_is_called_that_although_something_else_comes_first() {
    for text in [
        "a: !x b\nc: [d\n",
        "a: 1\na: 2\nc: \"d\n",
        "a: b: c\n",
        "a: *b\n",
        "a: \"b\n",
        "a: %b\n",
        "a:\n\tb: c\n",
    ] {
        assert!(matches!(problem(text).2, YamlProblem::Syntax(_)), "{text}");
    }
}

#[test]
fn messages_quote_nothing() {
    for text in [
        "S-1: S-1\nS-1: S-1\n",
        "a: !S-1 S-1\n",
        "a: *S-1\n",
        "a: \"S-1\n",
        "S-1: S-1: S-1\n",
        "%S-1\n",
        "a: @S-1\n",
    ] {
        let message = parse(text).unwrap_err().to_string();
        assert!(!message.contains("S-1"), "{message}");
    }
}

#[test]
fn aliases_do_not_multiply_the_text() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let last = format!("*a{}", level - 1);
        bomb.push_str(&format!("a{level}: &a{level} [{}]\n", vec![last; 10].join(", ")));
    }
    assert_eq!(problem(&bomb).2, YamlProblem::Expansion);
    let nested: String = (0..100).map(|level| format!("&n{level} [")).collect();
    let text = format!("{nested}{}{}", "x".repeat(1_000_000), "]".repeat(100));
    assert_eq!(problem(&text).2, YamlProblem::Expansion);
}

#[test]
fn texts_are_kept_as_they_are_written() {
    let text =
        "a: 0123\nb: True\nc: 1.10\nd: ~\ne: [0123, 1.10, 450.00, true, ~, \"1\", {f: 1e3}]\ng: {h: yes}\n";
    let (value, tags) = parse_texts(text).unwrap();
    let json = r#"{"a":"0123","b":"True","c":"1.10","d":null,"e":"[\"0123\",1.10,450.00,true,null,\"1\",{\"f\":1e3}]","g":{"h":"yes"}}"#;
    assert_eq!((value, tags), (of_json(json), Vec::new()));
    let (value, tags) = parse_texts("a: 1\nb: !x\n  c: !y d\ne: !!binary aGk=\n").unwrap();
    assert_eq!(value, of_json(r#"{"a":"1","b":{"c":"d"},"e":"aGk="}"#));
    let tags: Vec<_> = tags.iter().map(|tag| (tag.line, tag.name)).collect();
    assert_eq!(tags, [(2, None), (3, None), (4, Some("binary"))]);
    for text in ["a: !vault |\n  3439\n", "a: !S-1\n"] {
        assert!(parse_texts(text).is_err(), "{text}");
    }
}

#[test]
fn what_is_written_is_plain_where_that_is_safe() {
    let value = of_json(
        r#"{"id":"a b","no":"yes","n":12,"t":"12","d":"2026-01-01","list":["a",{"b":1,"c":[]},["d",["e"]]],"map":{"x":{}},
            "pem":"-----BEGIN\nMII\n","two":"a\n\nb","tail":"a\n\n","lead":" a\nb","e":"","~":null,"<<":"=","u":"\u200d\u0085\ufeff"}"#,
    );
    let expected = "id: a b\n\"no\": \"yes\"\n\"n\": 12\nt: \"12\"\nd: \"2026-01-01\"\nlist:\n  - a\n  - b: 1\n    c: []\n  - - d\n    - - e\n\
                    map:\n  x: {}\npem: |\n  -----BEGIN\n  MII\ntwo: |-\n  a\n\n  b\ntail: \"a\\n\\n\"\nlead: \" a\\nb\"\ne: \"\"\n\
                    \"~\": null\n\"<<\": \"=\"\nu: \"\\u200d\\x85\\ufeff\"\n";
    assert_eq!(written(&value), expected);
    assert_eq!(parse(expected), Ok(value));
    for (value, expected) in
        [("[]", "[]\n"), ("{}", "{}\n"), ("null", "null\n"), ("\"a\\nb\"", "|-\n  a\n  b\n")]
    {
        assert_eq!(written(&of_json(value)), expected);
        assert_eq!(parse(expected), Ok(of_json(value)));
    }
}

#[test]
fn a_list_that_is_written_one_by_one_is_the_same() {
    let items = of_json(r#"[{"a":[1],"b":"x"},"y",[]]"#);
    let mut out = Vec::new();
    let Value::List(list) = items.clone() else { panic!() };
    write_list("items", list.into_iter(), &mut out).unwrap();
    let whole = Value::from(Object::from_iter([("items", items)]));
    assert_eq!(String::from_utf8(out).unwrap(), written(&whole));
    let mut out = Vec::new();
    write_list("items", std::iter::empty(), &mut out).unwrap();
    assert_eq!(out, b"items: []\n");
}

/// Makes texts with everything in them that a reader of YAML takes for something else.
fn text() -> impl Strategy<Value = String> {
    let odd = "'\"\\:#-?,[]{}&*!|>%@`~=. \t\n\r\0\u{7f}\u{85}\u{a0}\u{2028}\u{2029}\u{feff}\u{200d}\u{e0001}\u{ffff}é🙂x0";
    let odd = prop::sample::select(odd.chars().collect::<Vec<_>>());
    let words = vec![
        "",
        "null",
        "~",
        "true",
        "False",
        "yes",
        "NO",
        "on",
        "y",
        "N",
        "0123",
        "1e3",
        "1_000",
        "0x1F",
        "0o17",
        "+5",
        ".5",
        "1.",
        "12:30:45",
        "2026-01-01",
        "2026-01-01T00:00:00Z",
        ".inf",
        "-.INF",
        ".nan",
        "<<",
        "=",
        "---",
        "...",
        "--- a",
        "- a",
        "? a",
        "a: b",
        "a:",
        ": a",
        "a #b",
        "#a",
        "&a",
        "*a",
        "!a",
        "!!str a",
        "|",
        ">-",
        "%YAML",
        "[a]",
        "{a: b}",
        "'a'",
        "\"a\"",
        "a\n\nb\n",
        "\na",
        "a\n ",
        "  a\nb",
        "a\n\tb",
        "a \nb",
        "99999999999999999999",
        "\"=\": ",
    ];
    prop_oneof![
        3 => prop::collection::vec(odd, 0..12).prop_map(String::from_iter),
        2 => prop::collection::vec(any::<char>(), 0..6).prop_map(String::from_iter),
        2 => prop::sample::select(words).prop_map(str::to_owned),
        1 => "[a-z ]{600,1200}",
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        6 => text().prop_map(Value::text),
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        1 => any::<u64>().prop_map(Value::from),
        1 => any::<i64>().prop_map(|number| Value::Number(number.into())),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
            prop::collection::vec((text(), inner), 0..4)
                .prop_map(|members| Object::from_iter(members).into()),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_reads_back_to_the_byte(value in value()) {
        let text = written(&value);
        prop_assert_eq!(parse(&text), Ok(value.clone()), "{}", text);
        prop_assert!(!text.contains(|c| crate::text::is_hidden(c) && c != '\n'));
        prop_assert_eq!(parse_many(&format!("---\n{text}---\n{text}")), Ok(vec![value.clone(), value]));
    }

    #[test]
    fn no_text_is_too_much_for_the_reader(text in text(), more in text()) {
        let _ = parse(&text);
        let _ = parse_texts(&format!("{text}: {more}\n"));
    }
}

#[test]
fn every_character_reads_back() {
    let every: Vec<char> = (0..=0x10_ffff).filter_map(char::from_u32).collect();
    for chunk in every.chunks(97) {
        let texts =
            chunk.iter().map(|c| format!("{c}")).chain([chunk.iter().collect(), format!("a{}b", chunk[0])]);
        let value = Value::texts(texts);
        assert_eq!(parse(&written(&value)).as_ref(), Ok(&value), "{:?}", chunk[0]);
    }
}
