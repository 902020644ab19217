//! A service principal as `az ad sp create-for-rbac` prints it, with or without `--sdk-auth`.

use super::entries::Entries;
use super::format::{ImportFacts, ImportFormat};
use super::item::Import;
use super::json_text::{is_export, parse_export};
use crate::credential::Violations;
use crate::kind::{self, Kind};
use crate::value::{Object, Value};

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "azure-cli",
    summary: "a service principal as the Azure CLI prints it",
    recognises: |text| {
        ["\"appId\"", "\"subscriptionId\""].iter().any(|name| text.contains(name))
            && is_export(text, &[], is_one)
    },
    read,
};

fn is_one(document: &Object) -> bool {
    let has = |names: &[&str]| names.iter().all(|name| document.get(name).is_some());
    // documents of the systems have a type, and may have these names, too
    !has(&["type"])
        && (has(&["appId", "password", "tenant"])
            || has(&["clientId", "clientSecret", "tenantId", "subscriptionId"]))
}

fn read(text: &str, options: &ImportFacts<'_>) -> Result<Import, Violations> {
    let document = parse_export(text, is_one, "an object with appId, password and tenant")?;
    let known = kind::find("Azure").map(|named| named.kind);
    let is_known = |name: &str| known.and_then(|kind: &Kind| kind.field(name)).is_some();
    let title = document.get("displayName").and_then(Value::as_text);
    let title = title.map(|title| title.expose().to_owned()).or_else(|| options.title.map(str::to_owned));
    let (mut members, mut dropped) = (Object::new(), Vec::new());
    for (name, value) in document {
        match name.as_str() {
            "displayName" => {}
            known if is_known(known) => drop(members.insert(known, value)),
            _ => dropped.push(name),
        }
    }
    let mut entries = Entries::default();
    let id = entries.id(&title.unwrap_or_default(), "azure");
    entries.push("Azure", &id, members, dropped);
    Ok(entries.finish())
}

#[cfg(test)]
mod tests {
    use crate::import::tests::{read, recognised, shown};

    #[test]
    fn both_forms_are_read() {
        let plain = r#"{"appId":"a","displayName":"ci bot","password":"s","tenant":"t"}"#;
        let sdk = r#"{"clientId":"a","clientSecret":"s","subscriptionId":"x","tenantId":"t","galleryEndpointUrl":"g"}"#;
        for (text, expected) in [
            (plain, "Azure ci-bot {clientId: a, clientSecret: s, tenantId: t}"),
            (
                sdk,
                "Azure azure {clientId: a, clientSecret: s, tenantId: t} dropped subscriptionId, galleryEndpointUrl",
            ),
        ] {
            assert_eq!(recognised(text), Some("azure-cli"));
            assert_eq!(shown(&read("azure-cli", text)), [expected]);
        }
        assert_eq!(recognised(r#"{"type":"Azure","appId":"a","password":"s","tenant":"t"}"#), None);
    }
}
