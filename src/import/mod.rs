//! Files of other programs, taken apart into credentials to be. Nothing is judged here, and nothing is dropped
//! without a word.

mod archive;
mod authenticator;
mod aws_credentials;
mod azure_cli;
mod bitwarden;
mod bitwarden_csv;
mod chrome;
mod columns;
mod content;
mod csv;
mod dashlane;
mod docker_env;
mod documents;
mod dotenv;
mod enpass;
mod enpass_csv;
mod entries;
mod entry;
mod entry_files;
mod envio;
mod environment;
mod firefox;
mod foreign;
mod format;
mod formats;
mod ids;
mod item;
mod json_text;
mod kbs2;
mod kdbx;
mod keepass;
mod keepass_entry;
mod keepass_files;
mod keepass_otp;
mod keepass_reference;
mod keepassxc;
mod key;
mod known;
mod kubeconfig;
mod kubernetes;
mod kubernetes_secret;
mod lastpass;
mod lifting;
mod lines;
mod lone_seed;
mod made_id;
#[cfg(test)]
mod manager_tests;
mod mapped;
mod migration;
mod naming;
mod netrc;
mod nordpass;
mod one_password;
mod one_pux;
mod otpauth;
mod own_csv;
mod own_fields;
mod packed;
mod pass;
mod pem;
mod place;
mod placement;
mod private_key;
mod proton_csv;
mod proton_json;
mod sops;
mod stranger;
mod stray_addresses;
mod table;
mod xml;

pub use archive::{ArchiveError, ExportArchive};
pub use content::{IncomingAttachment, IncomingContent};
pub use documents::first_listed;
pub use foreign::{foreign, foreign_folder};
pub use format::{ImportFacts, ImportFormat};
pub use formats::FORMATS;
pub use item::{Import, Incoming, Item};
pub use kdbx::{KdbxError, KeepassDatabase, KeepassKey};
pub use lifting::{LiftError, LiftedDocument, lift};
pub use mapped::{ColumnMap, MapError};
pub use packed::{PackedFile, PackedFiles};
pub use pass::{PASS, PassFile, pass_store};
pub use placement::Placement;
pub use stranger::stranger;
pub(crate) use stray_addresses::keep_stray_addresses;

#[cfg(test)]
mod tests {
    use super::{Import, ImportFacts, ImportFormat};
    use crate::base64;
    use crate::value::Object;
    use crate::value::Value;

    /// Returns the name of the format as which a text is recognised.
    pub fn recognised(text: &str) -> Option<&'static str> {
        ImportFormat::recognise(text).map(|format| format.name)
    }

    /// Reads a text that is of a format.
    pub fn read(format: &str, text: &str) -> Import {
        ImportFormat::find(format).unwrap().read(text, &ImportFacts::default()).unwrap()
    }

    /// Returns each item on a line: type, id and members, with key stores decoded, or the faults of the item.
    pub fn shown(import: &Import) -> Vec<String> {
        let item = |item: &super::Item| {
            let id = item.id.as_deref().unwrap_or("-");
            let incoming = match &item.incoming {
                Ok(incoming) => incoming,
                Err(violations) => return format!("{id}: {violations}"),
            };
            assert!(incoming.draft.violations.is_empty(), "{:?}", incoming.draft.violations);
            let mut members = incoming.draft.members.clone();
            assert_eq!(members.remove("id"), Some(Value::text(id)));
            let dropped = match &incoming.dropped[..] {
                [] => String::new(),
                dropped => format!(" dropped {}", dropped.join(", ")),
            };
            format!("{} {id} {}{dropped}", incoming.kind.name, object(&members, false))
        };
        let all = import.items.iter().flat_map(|one| std::iter::once(one).chain(&one.beside));
        all.map(item).collect()
    }

    fn object(members: &Object, encoded: bool) -> String {
        let member =
            |(name, value): (&str, &Value)| format!("{name}: {}", text(value, encoded || name == "keyStore"));
        format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(", "))
    }

    fn text(value: &Value, encoded: bool) -> String {
        match value {
            Value::Text(text) if encoded => {
                String::from_utf8(base64::decode(text.expose()).unwrap().to_vec()).unwrap()
            }
            Value::Text(text) => text.expose().to_owned(),
            Value::Object(members) => object(members, encoded),
            Value::List(items) => {
                format!("[{}]", items.iter().map(|item| text(item, encoded)).collect::<Vec<_>>().join(", "))
            }
            Value::Bool(flag) => flag.to_string(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn documents_of_systems_are_left_to_them() {
        for document in [
            r#"{"credctl":"export","version":1,"credentials":[]}"#,
            r#"{"id":"a","type":"login","username":"u","password":"p"}"#,
            "id: a\ntype: login\nusername: u\npassword: A=b\n",
            r#"{"export":{"credentials":{"credential":[]}}}"#,
            r#"{"resourceId":"a","properties":{"type":"usernamePassword","userName":"u","value":"p"}}"#,
            r#"{"type":"application/astra-credential","version":"1.1","name":"n","keyStore":{"a":"YQ=="}}"#,
            r#"{"type":"application/astra-credentials","items":[]}"#,
            r#"{"email":"a@b.example","username":"u","password":"p"}"#,
            "{\"id\":\"a\",\"type\":\"Simple\",\"value\":\"A=b\"}\n{\"id\":\"b\"}\n",
            "user#password\n",
        ] {
            assert_eq!(recognised(document), None, "{document}");
        }
    }
}
