//! Microsoft Network Controller: resources with `properties`, in versions that know more and more. An export is a
//! list of bodies.

#[cfg(feature = "formats")]
use std::io::{self, Write};

use super::foreign::{Evidence, ForeignSystem};
use crate::credential::{Credential, Head, Violations, Withheld};
use crate::dialect::{ApiVersion, Body, ListPage, ViewSettings, drop_echo, take_text, unknown};
use crate::kind::{Kind, LOGIN_TYPE, Named, System, find};
#[cfg(feature = "formats")]
use crate::outgoing::{self, ExportData, ExportFormat, ExportOptions, ExportReport};
use crate::value::{Object, Value};

/// Members that only the answers of Network Controller have, at the top or inside `properties`.
const ECHO: &[&str] = &["instanceId", "resourceRef", "provisioningState"];

/// The canonical names of members, each with the name that Network Controller has for it.
const NAMES: &[(&str, &str)] = &[("username", "userName"), ("password", "value"), ("id", "resourceId")];

/// The system.
pub(super) struct NetworkController;

impl ForeignSystem for NetworkController {
    fn name(&self) -> &'static str {
        "network-controller"
    }

    fn recognise(&self, document: &Object, stored: Option<&Head>) -> Option<Evidence> {
        recognise(document, stored)
    }

    fn read(&self, document: Object) -> Result<Body, Violations> {
        read(document)
    }

    fn knows(&self, head: &Head, version: ApiVersion) -> bool {
        check(head, version).is_ok()
    }

    fn item(&self, credential: &Credential, view: &ViewSettings<'_>) -> Result<Object, Violations> {
        show(credential, view)
    }

    fn list(&self, items: Vec<Value>, page: &ListPage) -> Object {
        let next = page.token.as_deref().unwrap_or_default();
        Object::from_iter([("value", Value::List(items)), ("nextLink", Value::text(next))])
    }

    #[cfg(feature = "formats")]
    fn format(&self) -> ExportFormat {
        ExportFormat { name: self.name(), summary: "Microsoft Network Controller", write }
    }

    #[cfg(feature = "formats")]
    fn wrapper(&self) -> &'static str {
        "value"
    }
}

/// Finds the strongest sign that a document is one of Network Controller.
fn recognise(document: &Object, stored: Option<&Head>) -> Option<Evidence> {
    let has = |name: &str| document.get(name).is_some();
    if is_one(document) {
        Some(Evidence::Resource)
    } else if !has("type") && has("properties") && stored.is_some_and(knows_head) {
        Some(Evidence::Stored)
    } else {
        has("resourceId").then_some(Evidence::ResourceId)
    }
}

/// Returns true if the properties name a type of Network Controller, and the document itself names none.
fn is_one(document: &Object) -> bool {
    let kind = document.get("properties").and_then(|properties| properties.at(&["type"])?.as_text());
    document.get("type").is_none()
        && kind.is_some_and(|name| find(name.expose()).is_some_and(|named| knows(&named)))
}

/// Returns true if a credential is of a type of Network Controller.
fn knows_head(head: &Head) -> bool {
    head.kind.systems.contains(&System::NetworkController)
}

fn knows(named: &Named) -> bool {
    named.kind.systems.contains(&System::NetworkController)
}

/// Takes a document apart. Its type and most members stand in the properties.
fn read(mut document: Object) -> Result<Body, Violations> {
    let outside = drop_echo(&mut document, ECHO);
    let if_match = take_text(&mut document, "etag")?;
    let id = take_text(&mut document, "resourceId")?;
    let properties = match document.remove("properties") {
        Some(Value::Object(properties)) => properties,
        Some(_) => return Err(Violations::one("properties", "must be an object")),
        None => return Err(Violations::one("properties", "is required")),
    };
    let mut members = properties;
    let networks = members.remove("networks").filter(|networks| *networks != Value::Null);
    let inside = drop_echo(&mut members, ECHO);
    let withheld = if inside == Withheld::Surely { inside } else { outside };
    let named = match take_text(&mut members, "type")? {
        None => None,
        Some(name) => {
            let named = find(&name).filter(knows);
            let known = |kind: &Kind| kind.systems.contains(&System::NetworkController);
            Some(named.ok_or_else(|| unknown("type", known))?)
        }
    };
    let mut violations = Violations::default();
    if let Some(id) = &id {
        members.insert("id", Value::text(id.as_str()));
    }
    for (name, value) in document {
        if name == "type" {
            violations.add(name, "belongs in properties");
        } else if members.get(&name).is_some() {
            violations.add(name, "given twice");
        } else {
            members.insert(name, value);
        }
    }
    violations
        .or(Body::new(named, id, members).with(if_match, networks).without_secrets(withheld).spelled(NAMES))
}

/// Makes the body of a request, in a version, of a credential with these fields.
fn body(head: &Head, fields: &Object, version: ApiVersion) -> Result<Object, Violations> {
    check(head, version)?;
    let mut properties = Object::from_iter([("type", Value::text(type_name(head.kind.name)))]);
    if let Some(user) = user_name(fields) {
        properties.insert("userName", Value::text(user));
    }
    let value = fields.get("value").or_else(|| fields.get("password")).cloned();
    // a type without a secret says so with an empty text
    let empty = head.kind.main_secret().is_none() && fields.get("value").is_none();
    if let Some(value) = value.or_else(|| empty.then(|| Value::text(""))) {
        properties.insert("value", value);
    }
    if let Some(settings) = head.envelope.auditing_settings.as_ref().filter(|_| version >= ApiVersion(3, 0)) {
        properties.insert("auditingSettings", settings.clone());
    }
    let mut body =
        Object::from_iter([("resourceId", Value::text(head.id.as_str())), ("properties", properties.into())]);
    if !head.envelope.tags.is_empty() {
        body.insert("tags", head.envelope.tags.clone());
    }
    if let Some(metadata) = &head.envelope.resource_metadata {
        body.insert("resourceMetadata", metadata.clone());
    }
    Ok(body)
}

/// Checks that a version has such a credential.
fn check(head: &Head, version: ApiVersion) -> Result<(), Violations> {
    if !knows_head(head) {
        return Err(Violations::one("type", "is not a type of Network Controller"));
    }
    if head.kind.name == "X509CertificateSubjectName" && version < ApiVersion::NEWEST {
        return Err(Violations::one("type", "needs version v6.1 of Network Controller"));
    }
    Ok(())
}

/// Returns the user with the domain in front.
fn user_name(fields: &Object) -> Option<String> {
    let user = fields.get("username").and_then(Value::as_text)?;
    Some(match fields.get("domain").and_then(Value::as_text) {
        Some(domain) => format!("{}\\{}", domain.expose(), user.expose()),
        None => user.expose().to_owned(),
    })
}

/// Returns a credential as the answer of Network Controller shows it in a version.
fn show(credential: &Credential, view: &ViewSettings<'_>) -> Result<Object, Violations> {
    let version = view.version;
    let head = credential.head();
    check(head, version)?;
    let mut properties = Object::new();
    properties.insert("provisioningState", Value::text("Succeeded"));
    properties.insert("type", Value::text(type_name(head.kind.name)));
    let fields = credential.public_fields();
    if let Some(user) = user_name(&fields) {
        properties.insert("userName", Value::text(user));
    }
    // a password is never given; a community string only when it is asked for
    let value = if view.reveal { credential.fields().get("value") } else { fields.get("value") };
    match value {
        Some(value) => drop(properties.insert("value", value.clone())),
        None if head.kind.password.is_none() && credential.fields().get("value").is_none() => {
            properties.insert("value", Value::text(""));
        }
        None => {}
    }
    if version >= ApiVersion(2, 0) {
        properties.insert("networks", view.networks.clone());
    }
    if let Some(settings) = head.envelope.auditing_settings.as_ref().filter(|_| version >= ApiVersion(3, 0)) {
        properties.insert("auditingSettings", settings.clone());
    }
    let mut shown = Object::new();
    shown.insert("resourceRef", Value::text(format!("/credentials/{}", head.id)));
    shown.insert("resourceId", Value::text(head.id.as_str()));
    shown.insert("etag", Value::text(format!("W/\"{}\"", head.stamp.etag)));
    shown.insert("instanceId", Value::text(head.stamp.instance_id.to_string()));
    if !head.envelope.tags.is_empty() {
        shown.insert("tags", head.envelope.tags.clone());
    }
    if let Some(metadata) = &head.envelope.resource_metadata {
        shown.insert("resourceMetadata", metadata.clone());
    }
    shown.insert("properties", properties);
    Ok(shown)
}

/// Returns the spelling that Network Controller has for a type.
fn type_name(name: &'static str) -> &'static str {
    if name == LOGIN_TYPE { "usernamePassword" } else { name }
}

/// Returns the spelling of a credential's type in a device that refers to the credential.
#[must_use]
pub fn credential_type(kind: &Kind) -> &'static str {
    type_name(kind.name)
}

/// Writes the bodies.
#[cfg(feature = "formats")]
fn write(
    selection: &ExportData<'_>,
    options: &ExportOptions<'_>,
    report: &mut ExportReport,
    out: &mut dyn Write,
) -> io::Result<()> {
    let body = |credential: &Credential| {
        let fields = credential.stored_fields(options.secrets);
        match body(credential.head(), &fields, options.version) {
            Ok(body) => {
                report.dropped_with_ours(credential, &["tags", "resourceMetadata", "auditingSettings"]);
                Some(body)
            }
            Err(violations) => {
                report.fail(credential, violations.to_string());
                None
            }
        }
    };
    outgoing::list(&selection.credentials, body, out)
}
