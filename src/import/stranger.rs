//! Documents in JSON or YAML that other programs write for themselves, and that hold credentials: the name of
//! each, and the command that takes over its content.

use crate::text::Nature;
use crate::value::{Object, Value};

/// A kind of document.
struct ForeignDocument {
    is: fn(&Object) -> bool,
    name: &'static str,
    hint: &'static str,
}

const AWS: &str = "`credctl add Aws ID accessKeyId=KEYID secretAccessKey=-` adds the key";

const IMPORT: &str = "`credctl import FILE` imports it";

const STRANGERS: [ForeignDocument; 8] = [
    ForeignDocument {
        is: |document| document.get("auths").is_some_and(|auths| auths.as_object().is_some()),
        name: "a configuration of docker",
        hint: "`docker login` stores a login in the vault with {\"credsStore\": \"credctl\"} in the configuration",
    },
    ForeignDocument {
        is: |document| has_text(document, &["AccessKey", "AccessKeyId"]),
        name: "an access key as `aws iam create-access-key` prints it",
        hint: AWS,
    },
    ForeignDocument {
        is: |document| has_text(document, &["AccessKeyId"]) && has_text(document, &["SecretAccessKey"]),
        name: "an access key as the AWS tools get it from a credential process",
        hint: AWS,
    },
    ForeignDocument {
        is: |document| has_text(document, &["Credentials", "SecretAccessKey"]),
        name: "a temporary access key as `aws sts` prints it",
        hint: "`aws configure export-credentials --format env | credctl import - --format dotenv` imports it",
    },
    ForeignDocument {
        is: |document| is(document, "kind", "Secret"),
        name: "a Secret of Kubernetes",
        hint: IMPORT,
    },
    ForeignDocument {
        is: |document| document.get("sops").is_some_and(|sops| sops.as_object().is_some()),
        name: "a file of sops",
        hint: "`sops decrypt FILE --output-type yaml | credctl import - --format sops-yaml` imports it",
    },
    ForeignDocument {
        is: |document| {
            let accounts = document.get("accounts").and_then(Value::as_list).unwrap_or_default();
            accounts.first().is_some_and(|account| account.at(&["vaults"]).is_some())
        },
        name: "the data of an export of 1Password in its format 1PUX",
        hint: IMPORT,
    },
    ForeignDocument {
        is: |document| is(document, "type", "service_account") && document.get("private_key").is_some(),
        name: "the key file of a Google Cloud service account",
        hint: "`credctl add Gcp ID serviceAccountKey=@FILE` adds it",
    },
];

/// Recognises a document that is none of ours, if it is one of those that are met.
#[must_use]
pub fn stranger(document: &Object) -> Option<Nature> {
    // a key of PuTTY is made of names and values, too
    if document.iter().next().is_some_and(|(name, _)| name.starts_with("PuTTY-User-Key-File-")) {
        return Nature::of(b"PuTTY-User-Key-File-");
    }
    let ForeignDocument { name, hint, .. } = STRANGERS.iter().find(|stranger| (stranger.is)(document))?;
    Some(Nature { name: (*name).into(), hint: Some(hint), encrypted: false })
}

fn has_text(document: &Object, path: &[&str]) -> bool {
    text(document, path).is_some()
}

fn is(document: &Object, name: &str, value: &str) -> bool {
    text(document, &[name]) == Some(value)
}

fn text<'a>(document: &'a Object, path: &[&str]) -> Option<&'a str> {
    let (first, rest) = path.split_first()?;
    document.get(first)?.text_at(rest)
}

#[cfg(test)]
mod tests {
    use super::stranger;
    use crate::value::parse_document;

    #[test]
    fn documents_of_other_programs_are_called_what_they_are() {
        for (text, name) in [
            (r#"{"auths":{"https://index.docker.io/v1/":{"auth":"dTpw"}}}"#, Some("docker")),
            (
                r#"{"AccessKey":{"UserName":"u","AccessKeyId":"A","SecretAccessKey":"s"}}"#,
                Some("create-access-key"),
            ),
            (r#"{"Version":1,"AccessKeyId":"A","SecretAccessKey":"s"}"#, Some("credential process")),
            (r#"{"Credentials":{"AccessKeyId":"A","SecretAccessKey":"s"}}"#, Some("aws sts")),
            ("apiVersion: v1\nkind: Secret\ntype: Opaque\ndata:\n  a: YQ==\n", Some("Kubernetes")),
            (r#"{"a":"b","sops":{"mac":"x"}}"#, Some("sops")),
            (r#"{"accounts":[{"attrs":{},"vaults":[]}]}"#, Some("1PUX")),
            (r#"{"type":"service_account","private_key":"k"}"#, Some("Google Cloud")),
            ("PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n", Some("PuTTY")),
            (r#"{"id":"a","type":"Simple","value":"v"}"#, None),
            (r#"{"kind":"Pod"}"#, None),
        ] {
            let values = parse_document(text).unwrap();
            let nature = stranger(values[0].as_object().unwrap());
            assert_eq!(nature.is_some(), name.is_some(), "{text}");
            if let (Some(nature), Some(name)) = (nature, name) {
                assert!(nature.name.contains(name) && nature.hint.is_some(), "{text}: {nature:?}");
            }
        }
    }
}
