use super::opened;
use crate::credential::own::judged;
use crate::credential::{
    Act, Change, ChangeError, Changed, Credential, Draft, Part, Rules, Target, Violations, Withheld, change,
    differences,
};
use crate::kind::rule::account::PasswordPolicy;
use crate::kind::{self, CUSTOM, Kind};
use crate::secret::Secret;
use crate::value::{Object, Value, json};

fn login() -> &'static Kind {
    kind::find("login").unwrap().kind
}

fn parse(text: &str) -> Value {
    json::parse(text.as_bytes()).unwrap()
}

fn draft(custom: &str) -> Draft {
    let members = format!(r#"{{"id":"a","username":"u","password":"p","custom":{custom}}}"#);
    let Value::Object(members) = parse(&members) else { panic!() };
    Draft::from_members(login(), members)
}

fn make(verb: &Change<'_>, draft: Draft) -> Result<Changed, ChangeError> {
    let act = Act {
        now: chrono::DateTime::UNIX_EPOCH,
        actor: uuid::Uuid::nil(),
        actor_name: None,
        project: "admin".to_owned(),
    };
    change(verb, draft, &act, &Rules { password: &PasswordPolicy::default() })
}

fn credential(custom: &str) -> Credential {
    make(&Change::Create(login()), draft(custom)).unwrap().credential
}

/// Returns the own fields on a line, secret ones with a `*`.
fn told(credential: &Credential) -> String {
    let field = |field: crate::credential::OwnField<'_>| {
        let star = if field.is_secret { "*" } else { "" };
        format!("{star}{}={}", field.name, field.value.as_text().unwrap().expose())
    };
    credential.own_fields().map(field).collect::<Vec<_>>().join(" ")
}

const BOTH: &str = r#"[{"name":"plan","value":"team","secret":false},{"name":"pin","value":"1234"}]"#;

fn assign(draft: &mut Draft, name: &str, text: &str, is_shown: bool) {
    let target = Target::of(login(), name).unwrap();
    assert!(target.is_own_field() && target.is_secret());
    let text = Secret::from(text);
    let value = if is_shown { target.shown(&text) } else { target.encode(&text) };
    draft.assign(&target, value);
}

#[test]
fn a_document_gives_own_fields_that_are_secret_unless_it_says_no() {
    let both = credential(BOTH);
    assert_eq!(told(&both), "plan=team *pin=1234");
    assert_eq!(both.secret_names(), ["password", "custom.pin"]);
    assert_eq!(both.secret("custom.pin").unwrap().stored().expose(), "1234");
    let public = both.public_fields();
    assert_eq!(public.get(CUSTOM), Some(&parse(r#"[{"name":"plan","value":"team","secret":false}]"#)));
    assert_eq!(told(&credential(r#"{"PIN of it":"1\n2","empty":""}"#)), "*PIN of it=1\n2 *empty=");
    // composed, as it is looked up
    let composed = credential("[{\"name\":\"o\u{308}\",\"value\":\"v\"}]");
    assert!(composed.own_field("o\u{308}").is_some() && composed.own_field("ö").is_some());
}

#[test]
fn what_is_no_own_field_is_refused_without_its_value() {
    for (custom, reason) in [
        ("1", "custom must be a list"),
        ("[1]", "custom[0] must be an object"),
        (r#"[{"value":"S"}]"#, "custom[0].name is required"),
        (r#"[{"name":"","value":"S"}]"#, "custom[0].name must not be empty"),
        (r#"[{"name":" a","value":"S"}]"#, "custom[0].name must not begin or end with a blank"),
        (r#"[{"name":"a\u001b","value":"S"}]"#, "custom[0].name must not contain control"),
        (r#"[{"name":"a"}]"#, "custom.a is required"),
        (r#"[{"name":"a","value":1}]"#, "custom.a must be a text"),
        (r#"[{"name":"a","value":"S","secret":"no"}]"#, "custom.a must have true or false"),
        (r#"[{"name":"a","value":"S","kind":"x"}]"#, "custom.a has only the members"),
        (r#"[{"name":"a","value":"S\u001b","secret":false}]"#, "custom.a must not contain control"),
        (r#"[{"name":"a","value":"S"},{"name":"a","value":"T"}]"#, "custom.a given twice"),
    ] {
        let mut violations = Violations::default();
        let _ = judged(CUSTOM, parse(custom), &mut violations);
        let told: Vec<_> = violations.iter().map(|one| format!("{} {}", one.name, one.reason)).collect();
        assert!(told.len() == 1 && told[0].starts_with(reason), "{custom}: {told:?}");
        assert!(!told[0].contains('S'), "{told:?}");
    }
    let long = format!(r#"[{{"name":"{}","value":"v"}}]"#, "x".repeat(128));
    assert!(make(&Change::Create(login()), draft(&long)).is_err());
}

#[test]
fn a_replacement_drops_what_it_does_not_give_and_a_merge_keeps_it() {
    let stored = credential(BOTH);
    let mut given = Draft::from_texts(login(), [("username", "u"), ("password", "p")]);
    assign(&mut given, "custom.plan", "free", true);
    let replaced = make(&Change::Replace(&stored, None), given).unwrap();
    assert_eq!(told(&replaced.credential), "plan=free");
    assert_eq!(replaced.removed, ["custom.pin"]);

    let mut given = Draft::default();
    assign(&mut given, "custom.no. of it", "7", false);
    assign(&mut given, "custom.plan", "free", true);
    let merged = make(&Change::Merge(&stored, None), given).unwrap();
    assert_eq!(told(&merged.credential), "plan=free *pin=1234 *no. of it=7");
    assert!(merged.notices.is_empty());

    let unset = |names: &[&str]| {
        let unset = names.iter().map(|name| (*name).to_owned()).collect();
        make(&Change::Merge(&stored, None), Draft { unset, ..Draft::default() })
    };
    assert_eq!(told(&unset(&["custom.pin"]).unwrap().credential), "plan=team");
    assert_eq!(unset(&["custom"]).unwrap().credential.fields().get(CUSTOM), None);
    assert_eq!(unset(&["custom.pin", "custom.plan"]).unwrap().credential.fields().get(CUSTOM), None);
    assert!(unset(&["custom.none"]).is_err());
}

#[test]
fn a_secret_that_becomes_public_is_told() {
    let stored = credential(BOTH);
    let mut given = Draft::default();
    assign(&mut given, "custom.pin", "1234", true);
    let merged = make(&Change::Merge(&stored, None), given).unwrap();
    assert_eq!(merged.notices, ["a: custom.pin was secret and is public now"]);
    assert_eq!(opened(&stored, &merged.credential), ["custom.pin"]);
    let changes = differences(Some(&stored), &merged.credential);
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].path, "custom.pin");
    assert_eq!(changes[0].before, Some(Part::Secret));
    assert_eq!(changes[0].after, Some(Part::Public("1234".into())));
}

#[test]
fn differences_are_told_by_name_and_without_secrets() {
    let (old, new) =
        (credential(BOTH), credential(r#"[{"name":"pin","value":"9"},{"name":"x","value":"y"}]"#));
    let changes = differences(Some(&old), &new);
    let told: Vec<_> = changes.iter().map(|one| (one.path.as_str(), &one.before, &one.after)).collect();
    let (team, secret) = (Some(Part::Public("team".into())), Some(Part::Secret));
    assert_eq!(
        told,
        [("custom.plan", &team, &None), ("custom.pin", &secret, &secret), ("custom.x", &None, &secret)]
    );
}

#[test]
fn a_document_without_secrets_deletes_none() {
    let stored = credential(BOTH);
    let shown = stored.public_fields();
    let given =
        |shown: &Object| Draft { withheld: Withheld::Surely, ..Draft::from_members(login(), shown.clone()) };
    let merged = make(&Change::Merge(&stored, None), given(&shown)).unwrap();
    assert_eq!(told(&merged.credential), "plan=team *pin=1234");
    let ChangeError::Invalid(refused) = make(&Change::Replace(&stored, None), given(&shown)).unwrap_err()
    else {
        panic!()
    };
    assert!(refused.iter().any(|one| one.name == "custom.pin" || one.name == "password"));
    let mut whole = shown;
    whole.insert("password", Value::text("p"));
    let ChangeError::Invalid(refused) = make(&Change::Replace(&stored, None), given(&whole)).unwrap_err()
    else {
        panic!()
    };
    assert_eq!(refused.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["custom.pin"]);
}

#[test]
fn a_document_merges_by_name() {
    let stored = credential(BOTH);
    let merge = |custom: &str| {
        let Value::Object(members) = parse(&format!(r#"{{"custom":{custom}}}"#)) else { panic!() };
        make(&Change::Merge(&stored, None), Draft::from_members(login(), members))
    };
    for (custom, expected) in [
        (r#"[{"name":"plan","value":"free","secret":false}]"#, "plan=free *pin=1234"),
        (r#"{"pin":"9","x":"y"}"#, "plan=team *pin=9 *x=y"),
        (r#"[{"name":"plan","value":""}]"#, "*plan= *pin=1234"),
        ("null", ""),
    ] {
        assert_eq!(told(&merge(custom).unwrap().credential), expected, "{custom}");
    }
    assert!(merge(r#"[{"name":"pin","value":"1"},{"name":"pin","value":"2"}]"#).is_err());
    assert!(merge(r#"["pin"]"#).is_err());
}
