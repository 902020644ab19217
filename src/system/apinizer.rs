//! Apinizer: accounts of API consumers, whose user name is their id. An export is a list of bodies.

#[cfg(feature = "formats")]
use std::io::{self, Write};

use chrono::{DateTime, SecondsFormat, Utc};

use super::foreign::{Evidence, ForeignSystem};
use crate::credential::{Credential, Grant, Head, Violations, Withheld};
use crate::dialect::{ApiVersion, Body, ListPage, ViewSettings};
use crate::kind::find;
#[cfg(feature = "formats")]
use crate::kind::{LOGIN_TYPE, rule::account};
#[cfg(feature = "formats")]
use crate::outgoing::{self, ExportData, ExportFormat, ExportOptions, ExportReport};
use crate::value::{Object, Value};

const KIND: &str = "apiCredential";
/// The canonical names of members, each with the name that Apinizer has for it.
const NAMES: &[(&str, &str)] = &[("validUntil", "expireDate")];

/// The member that holds a list.
const LIST: &str = "resultList";
/// Members by which a document is recognised.
const MEMBERS: [&str; 7] =
    ["fullName", "email", "roleNameList", "ipList", "expireDate", "credentialAccessList", LIST];

/// The system.
pub(super) struct Apinizer;

impl ForeignSystem for Apinizer {
    fn name(&self) -> &'static str {
        "apinizer"
    }

    fn recognise(&self, document: &Object, stored: Option<&Head>) -> Option<Evidence> {
        let has = |name: &str| document.get(name).is_some();
        if !has("type") && stored.is_some_and(has_such) {
            return Some(Evidence::Stored);
        }
        MEMBERS.into_iter().any(has).then_some(Evidence::Member)
    }

    fn is_collection(&self, document: &Object) -> bool {
        document.get(LIST).is_some()
    }

    fn read(&self, document: Object) -> Result<Body, Violations> {
        Ok(read(document))
    }

    fn knows(&self, head: &Head, _version: ApiVersion) -> bool {
        has_such(head)
    }

    fn item(&self, credential: &Credential, _view: &ViewSettings<'_>) -> Result<Object, Violations> {
        show(credential)
    }

    fn list(&self, items: Vec<Value>, _page: &ListPage) -> Object {
        list(items)
    }

    fn lists_token(&self) -> bool {
        false
    }

    fn access(&self, grants: &[&Grant]) -> Option<Object> {
        Some(list(access_list(grants.iter().copied())))
    }

    #[cfg(feature = "formats")]
    fn format(&self) -> ExportFormat {
        ExportFormat { name: self.name(), summary: "Apinizer", write }
    }

    #[cfg(feature = "formats")]
    fn wrapper(&self) -> &'static str {
        LIST
    }
}

/// Makes an answer that is a list.
fn list(items: Vec<Value>) -> Object {
    Object::from_iter([("status", Value::text("SUCCESS")), (LIST, Value::List(items))])
}

/// Takes a document apart.
fn read(mut document: Object) -> Body {
    // its answers have the password as null
    let is_answer = matches!(document.get("password"), Some(Value::Null));
    if is_answer {
        document.remove("password");
    }
    let withheld = if is_answer { Withheld::Surely } else { Withheld::Nothing };
    Body::new(find(KIND), None, document).without_secrets(withheld).spelled(NAMES)
}

/// Returns true if Apinizer has accounts such as this credential.
fn has_such(head: &Head) -> bool {
    head.kind.name == KIND
}

/// Returns grants as Apinizer lists them.
fn access_list<'a>(grants: impl Iterator<Item = &'a Grant>) -> Vec<Value> {
    let mut grants: Vec<_> = grants.map(access).map(Value::Object).collect();
    // the same may be granted from several projects
    grants.dedup();
    grants
}

/// Returns a grant as Apinizer shows one. It does not know who granted it, nor where.
fn access(grant: &Grant) -> Object {
    let mut shown = Object::from_iter([
        ("name", Value::text(grant.to.name.as_str())),
        ("type", Value::text(grant.to.kind.name())),
    ]);
    if let Some(until) = grant.expires {
        shown.insert("expireTime", Value::text(millis(until)));
    }
    shown
}

/// Returns a credential as the answer of Apinizer shows it.
fn show(credential: &Credential) -> Result<Object, Violations> {
    let head = credential.head();
    if !has_such(head) {
        return Err(Violations::one("type", "is not a type of Apinizer"));
    }
    let fields = credential.public_fields();
    let field = |name: &str| fields.get(name).cloned().unwrap_or(Value::Null);
    let description = head.envelope.description.clone().map_or(Value::Null, Value::text);
    let until = head.envelope.valid_until.map(millis);
    Ok(Object::from_iter([
        ("email", field("email")),
        ("fullName", field("fullName")),
        ("description", description),
        ("username", field("username")),
        ("password", Value::Null),
        ("roleNameList", field("roleNameList")),
        ("enabled", Value::text(head.envelope.enabled.to_string())),
        ("ipList", field("ipList")),
        ("expireDate", until.map_or(Value::Null, Value::text)),
    ]))
}

/// Writes an instant as Apinizer does.
fn millis(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// Writes the bodies.
#[cfg(feature = "formats")]
fn write(
    selection: &ExportData<'_>,
    options: &ExportOptions<'_>,
    report: &mut ExportReport,
    out: &mut dyn Write,
) -> io::Result<()> {
    let body = |credential: &Credential| match body(credential, options) {
        Ok(body) => {
            report.dropped_with_ours(credential, &["description", "enabled", "validUntil", "access"]);
            if credential.fields().get("domain").is_some() {
                report.notices.push(format!("{}: domain left out", credential.id()));
            }
            Some(body)
        }
        Err(why) => {
            report.fail(credential, why);
            None
        }
    };
    outgoing::list(&selection.credentials, body, out)
}

#[cfg(feature = "formats")]
fn body(credential: &Credential, options: &ExportOptions<'_>) -> Result<Object, String> {
    let (head, envelope) = (credential.head(), &credential.head().envelope);
    let fields = credential.stored_fields(options.secrets);
    let given = |option: Option<&str>, name: &str| {
        option
            .map(Value::text)
            .ok_or_else(|| format!("{} has no {name}; give it as an option", head.kind.name))
    };
    let (email, full_name) = match head.kind.name {
        KIND => (None, None),
        LOGIN_TYPE => {
            let email = options.email.map(|text| (account::EMAIL.check)(text));
            if let Some(Err(reason)) = email {
                return Err(format!("email {reason}"));
            }
            let full_name = options.full_name.filter(|text| !text.is_empty());
            (Some(given(options.email, "email")?), Some(given(full_name, "fullName")?))
        }
        other => return Err(format!("{other} is not a type of Apinizer")),
    };
    let field = |name: &str| fields.get(name).cloned();
    let empty = || Value::List(Vec::new());
    let until = envelope.valid_until.map(millis);
    let mut body = Object::from_iter([
        ("email", email.or_else(|| field("email")).unwrap_or(Value::Null)),
        ("fullName", full_name.or_else(|| field("fullName")).unwrap_or(Value::Null)),
    ]);
    if let Some(description) = &envelope.description {
        body.insert("description", Value::text(description.clone()));
    }
    body.insert("username", field("username").unwrap_or(Value::Null));
    if options.secrets {
        body.insert("password", field("password").unwrap_or(Value::Null));
    }
    body.insert("roleNameList", field("roleNameList").unwrap_or_else(empty));
    // a text: Apinizer has no flag here
    body.insert("enabled", Value::text(envelope.enabled.to_string()));
    body.insert("ipList", field("ipList").unwrap_or_else(empty));
    body.insert("expireDate", until.map_or(Value::Null, Value::text));
    if options.access {
        body.insert("credentialAccessList", Value::List(access_list(envelope.granted(options.now))));
    }
    Ok(body)
}
