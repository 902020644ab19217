//! Bodies of Apinizer, as a list.

use chrono::SecondsFormat;
use zeroize::Zeroizing;

use super::format::{ExportData, Format, Options, Report};
use super::text::list;
use crate::credential::Credential;
use crate::dialect::apinizer_access;
use crate::kind::rule::account;
use crate::value::{Object, Value};

pub(super) const FORMAT: Format = Format { name: "apinizer", summary: "Apinizer", write };

fn write(selection: &ExportData<'_>, options: &Options<'_>, report: &mut Report) -> Zeroizing<Vec<u8>> {
    let mut bodies = Vec::with_capacity(selection.credentials.len());
    for credential in &selection.credentials {
        match body(credential, options) {
            Ok(body) => {
                report.dropped(credential, &["description", "enabled", "validUntil", "access"]);
                if credential.fields().get("domain").is_some() {
                    report.notices.push(format!("{}: domain left out", credential.id()));
                }
                bodies.push(body);
            }
            Err(why) => report.fail(credential, why),
        }
    }
    list(bodies)
}

fn body(credential: &Credential, options: &Options<'_>) -> Result<Object, String> {
    let (head, envelope) = (credential.head(), &credential.head().envelope);
    let fields = credential.stored_fields(options.secrets);
    let given = |option: Option<&str>, name: &str| {
        option
            .map(Value::text)
            .ok_or_else(|| format!("{} has no {name}; give it as an option", head.kind.name))
    };
    let (email, full_name) = match head.kind.name {
        "apiCredential" => (None, None),
        "UsernamePassword" => {
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
    let until = envelope.valid_until.map(|until| until.to_rfc3339_opts(SecondsFormat::Millis, true));
    let mut body = Object::from_iter([
        ("email", email.or_else(|| field("email")).unwrap_or(Value::Null)),
        ("fullName", full_name.or_else(|| field("fullName")).unwrap_or(Value::Null)),
    ]);
    if let Some(description) = &envelope.description {
        body.insert("description", Value::text(description.as_str()));
    }
    body.insert("username", field("username").unwrap_or(Value::Null));
    if options.secrets {
        body.insert("password", field("password").unwrap_or(Value::Null));
    }
    body.insert("roleNameList", field("roleNameList").unwrap_or_else(empty));
    body.insert("enabled", Value::text(envelope.enabled.to_string()));
    body.insert("ipList", field("ipList").unwrap_or_else(empty));
    body.insert("expireDate", until.map_or(Value::Null, Value::text));
    if options.access {
        let grants = envelope.granted(options.now).map(apinizer_access).map(Value::Object);
        let mut grants: Vec<Value> = grants.collect();
        // the same may be granted from several projects
        grants.dedup();
        body.insert("credentialAccessList", Value::List(grants));
    }
    Ok(body)
}
