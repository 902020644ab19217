//! The built-in types in the form of a definition, and definitions that are wrong.

use super::{DefinitionFaults, TypeDefinition};
use crate::kind::rule::TextForm;
use crate::kind::{KINDS, Kind};
use crate::value::{Object, Value, json};

fn read(text: &str) -> Result<TypeDefinition, DefinitionFaults> {
    let Ok(Value::Object(document)) = json::parse(text.as_bytes()) else { panic!("no object: {text}") };
    TypeDefinition::read(&document)
}

fn reasons(text: &str) -> String {
    read(text).map_or_else(|faults| faults.to_string(), |_| String::new())
}

/// Returns everything that a type is made of, the rules by their names and words.
fn told(kind: &Kind) -> String {
    format!("{kind:#?}")
}

#[test]
fn every_built_in_type_comes_back_from_its_definition() {
    for kind in KINDS {
        let definition = TypeDefinition::of(kind);
        let again = TypeDefinition::read_built_in(&definition.document());
        let again = again.unwrap_or_else(|faults| panic!("{}: {faults}", kind.name));
        assert_eq!(again, definition, "{}", kind.name);
        assert_eq!(told(again.built_in_kind()), told(kind));
    }
}

#[test]
fn a_definition_makes_one_type() {
    let text = r#"{"name":"db.x","summary":"s","field":[{"name":"a","kind":"text","help":"h"}]}"#;
    let [one, other] = [read(text).unwrap(), read(text).unwrap()];
    assert!(std::ptr::eq(one.kind(), other.kind()));
    assert_eq!(Value::from(one.document()), json::parse(text.as_bytes()).unwrap());
}

#[test]
fn names_need_a_dot_or_dash_of_their_own() {
    let named = |name: &str| {
        reasons(&format!(
            r#"{{"name":"{name}","summary":"s","field":[{{"name":"a","kind":"text","help":"h"}}]}}"#
        ))
    };
    for name in ["db.postgres", "x-y", "a.b_c", "Acme.VPN2"] {
        assert_eq!(named(name), "", "{name}");
    }
    for name in ["postgres", ".a", "a.", "a b.c", "1.a", "a:b.c", "é.a", &format!("a.{}", "b".repeat(64))] {
        assert!(named(name).starts_with("name: must be"), "{name}");
    }
    assert_eq!(named("api-key"), "name: is a name of a built-in type");
    assert_eq!(named("Api-Key"), "name: is a name of a built-in type");
}

#[test]
fn faults_have_their_places() {
    let field = |members: &str| {
        reasons(&format!(r#"{{"name":"a.b","summary":"s","field":[{{"name":"x","help":"h",{members}}}]}}"#))
    };
    for (members, reason) in [
        (r#""kind":"text""#, ""),
        (r#""kind":"number","min":1,"max":65535,"default":5432"#, ""),
        (r#""kind":"number","min":1,"max":10,"default":11"#, "field[0].default: must be at most 10"),
        (r#""kind":"choice","choices":["a","b"],"default":"a""#, ""),
        (r#""kind":"choice","choices":["a","b"],"default":"c""#, "field[0].default: must be one of a, b"),
        (r#""kind":"choice""#, "field[0].choices: is required: the texts to choose from"),
        (r#""kind":"text","pattern":"[a-z]+""#, ""),
        (
            r#""kind":"text","pattern":"[a-z""#,
            "field[0].pattern: must be a regular expression: unclosed character class",
        ),
        (
            r#""kind":"text","pattern":"a)|(b""#,
            "field[0].pattern: must be a regular expression: unopened group",
        ),
        (
            r#""kind":"text","pattern":"(a{500}){500}""#,
            "field[0].pattern: must be a smaller regular expression",
        ),
        (
            r#""kind":"secret","default":"x""#,
            "field[0].default: cannot be given for a secret, because everybody may see the definition",
        ),
        (
            r#""kind":"private-key","secret":false"#,
            "field[0].secret: must not be false, because a private-key is secret",
        ),
        (
            r#""kind":"text","required":true,"default":"x""#,
            "field[0].default: cannot be given for a required field, which always has a value",
        ),
        (r#""kind":"text","patern":"x""#, "field[0].patern: unknown member; did you mean pattern?"),
        (r#""kind":"text","class":"identity""#, "field[0].class: is for built-in types only"),
        (
            r#""kind":"text","env":"1A""#,
            "field[0].env: must be 1 to 64 letters, digits and `_`, no digit first",
        ),
        (r#""kind":"text","min":3,"max":2"#, "field[0].min: must not be greater than max"),
        (r#""kind":"text","generate":"ask""#, "field[0].generate: is for secrets of one line only"),
        (r#""kind":"secret","generate":"always""#, "field[0].generate: must be ask or generate or never"),
    ] {
        assert_eq!(field(members), reason, "{members}");
    }
    assert!(field(r#""kind":"txt""#).starts_with("field[0].kind: is no kind of field; there are text, "));
    assert!(
        field(r#""rule":"nope","kind":"text""#)
            .starts_with("field[0].rule: is no rule; there are nonempty, ")
    );
}

#[test]
fn members_of_the_type_name_its_fields() {
    let with = |members: &str| {
        reasons(&format!(
            r#"{{"name":"a.b","summary":"s",{members},"field":[{{"name":"user","kind":"text","help":"h"}},
            {{"name":"pass","kind":"secret","help":"h"}},{{"name":"until","kind":"date","help":"h"}}]}}"#
        ))
    };
    for members in [
        r#""headline":"user""#,
        r#""headline":["user"]"#,
        r#""password":"pass","token":"pass""#,
        r#""expires-from":"until""#,
        r#""rotate-after":"90d""#,
        r#""rotate-after":"6mo""#,
        r#""headline":{"none":"nothing is public"}"#,
    ] {
        assert_eq!(with(members), "", "{members}");
    }
    for (members, reason) in [
        (r#""headline":"pass""#, "headline: must name fields of one line that are not secret"),
        (r#""password":"user""#, "password: must be the name of a secret field with a text"),
        (r#""expires-from":"user""#, "expires-from: must be the name of a field of kind date"),
        (
            r#""rotate-after":"soon""#,
            "rotate-after: must be a number of days, weeks, months or years: 90d, 12w, 6mo, 1y",
        ),
        (
            r#""rotate-after":"0d""#,
            "rotate-after: must be a number of days, weeks, months or years: 90d, 12w, 6mo, 1y",
        ),
        (r#""systems":["nc"]"#, "systems: is for built-in types only"),
        (r#""sumary":"x""#, "sumary: unknown member; did you mean summary?"),
        (r#""facts":{"of":"user"}"#, "facts.as: is required: certificate or private-key"),
        (
            r#""aliases":["login"]"#,
            "aliases: must be 1 to 64 letters, digits, `.`, `-` and `_`, with a `.` or `-` inside, such as db.postgres",
        ),
    ] {
        assert_eq!(with(members), reason, "{members}");
    }
}

#[test]
fn fields_have_names_of_their_own() {
    let two = |one: &str, other: &str| {
        reasons(&format!(
            r#"{{"name":"a.b","summary":"s","field":[{{"name":"{one}","kind":"text","help":"h"}},{{"name":"{other}","kind":"text","help":"h"}}]}}"#
        ))
    };
    assert_eq!(two("a", "b"), "");
    assert_eq!(two("a", "a"), "field[1].name: is the name of another field, too");
    for taken in ["id", "type", "validUntil", "expireDate", "labels", "fields", "secrets"] {
        assert_eq!(two(taken, "b"), "field[0].name: is a member that every credential has", "{taken}");
    }
    assert!(two("a.b", "b").starts_with("field[0].name: must be 1 to 64"));
}

#[test]
fn sizes_are_bounded() {
    let fields = |count: usize| {
        let field = |n: usize| format!(r#"{{"name":"f{n}","kind":"text","help":"h"}}"#);
        let fields: Vec<_> = (0..count).map(field).collect();
        reasons(&format!(r#"{{"name":"a.b","summary":"s","field":[{}]}}"#, fields.join(",")))
    };
    assert_eq!(fields(64), "");
    assert!(fields(65).starts_with("field: must be a list of 1 to 64 fields"));
    assert!(fields(0).starts_with("field: must be a list of 1 to 64 fields"));
    let long = "x".repeat(64 * 1024);
    assert_eq!(reasons(&format!(r#"{{"name":"{long}"}}"#)), "definition: must have at most 64 KiB");
    let empty = TypeDefinition::read(&Object::new()).unwrap_err().to_string();
    assert!(empty.contains("name: is required") && empty.contains("summary: is required"), "{empty}");
}

#[test]
fn limits_keep_a_seed_a_seed_and_say_what_a_plain_text_may_be() {
    let definition = read(
        r#"{"name":"a.b","summary":"s","field":[
            {"name":"seed","kind":"totp","help":"h","max":64},
            {"name":"plain","kind":"text","help":"h"},
            {"name":"short","kind":"text","help":"h","max":4}]}"#,
    );
    let kind = definition.unwrap().kind();
    let field = |name: &str| kind.field(name).unwrap();
    assert!(field("seed").is_seed());
    assert_eq!(field("plain").form(), Some(TextForm::Plain));
    assert_eq!(field("short").form(), Some(TextForm::Special));
    assert_eq!(field("short").expects(), "a text of at most 4 characters");
}
