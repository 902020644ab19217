//! Secrets of Kubernetes, one manifest each: `credctl export --format kubernetes | kubectl apply -f -`.

use std::collections::HashSet;
use std::io::{self, Write};

use super::format::{ExportData, ExportFormat, ExportOptions, ExportReport, each};
use super::leaves::{Leaf, leaves};
use super::text::{is_certificate, is_private_key};
use crate::base64;
use crate::credential::Credential;
use crate::kind::rule::key_pair::belong_together;
use crate::secret::Buffer;
use crate::syntax::kubernetes::ID_ANNOTATION;
use crate::value::{Value, json};

pub(super) const FORMAT: ExportFormat =
    ExportFormat { name: "kubernetes", summary: "Secret manifests of Kubernetes", write };

/// Longest name of an object, and of a key in its data.
const LONGEST_NAME: usize = 253;
/// The most bytes that all values of a Secret may have together.
const LARGEST: usize = 1024 * 1024;

fn write(
    selection: &ExportData<'_>,
    options: &ExportOptions<'_>,
    report: &mut ExportReport,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut taken = HashSet::new();
    each(selection, report, out, |credential, _| manifest(credential, options.secrets, &mut taken))
}

fn manifest(credential: &Credential, secrets: bool, taken: &mut HashSet<String>) -> Result<Buffer, String> {
    let leaves = leaves(credential, secrets)?;
    if leaves.iter().map(|leaf| leaf.bytes().len()).sum::<usize>() > LARGEST {
        return Err("is larger than a Secret can be, 1 MiB".to_owned());
    }
    let name = name(credential.id())?;
    let ManifestContent { kind, data } = content(credential, &leaves)?;
    if !taken.insert(name.clone()) {
        return Err(format!("would be the Secret {name}, which is another one already"));
    }
    let mut out = Buffer::with_capacity(1024);
    out.push("---\napiVersion: v1\nkind: Secret\nmetadata:\n");
    // quoted, because a name such as 1e3 would be a number
    out.push(&format!("  name: \"{name}\"\n"));
    if name != credential.id() {
        out.push(&format!("  annotations:\n    {ID_ANNOTATION}: "));
        // a text in JSON is also one in YAML
        let _ = json::write(&Value::text(credential.id()), &mut out);
        out.push("\n");
    }
    out.push(&format!("type: {kind}\n"));
    out.push(if data.is_empty() { "data: {}\n" } else { "data:\n" });
    for (key, leaf) in data {
        out.push(&format!("  \"{key}\": \""));
        out.push(base64::encode(leaf.bytes()).expose());
        out.push("\"\n");
    }
    Ok(out)
}

/// The type of a Secret, and the values in it.
struct ManifestContent<'a> {
    kind: &'static str,
    /// Values by key.
    data: Vec<(String, &'a Leaf)>,
}

fn content<'a>(credential: &Credential, leaves: &'a [Leaf]) -> Result<ManifestContent<'a>, String> {
    let is_login = credential.kind().field("username").is_some() && credential.kind().password.is_some();
    // `kubernetes.io/tls` takes its values from `tls.crt` and `tls.key` only
    let pair = pair(leaves);
    let kind = match pair {
        Some(_) => "kubernetes.io/tls",
        None if is_login => "kubernetes.io/basic-auth",
        None => "Opaque",
    };
    let mut data: Vec<(String, &Leaf)> = Vec::new();
    for leaf in leaves {
        let mut key = match pair {
            Some((certificate, _)) if certificate.path == leaf.path => "tls.crt".to_owned(),
            Some((_, key)) if key.path == leaf.path => "tls.key".to_owned(),
            _ => key(leaf.name()),
        };
        // names of own fields are free, so two of them may make one key
        let base = key.clone();
        let is_taken = |key: &str| data.iter().any(|(other, _)| other == key);
        let mut numbers = 2..;
        while leaf.is_own() && is_taken(&key) {
            key = format!("{base}_{}", numbers.next().unwrap_or(0));
        }
        // keys become files when a pod mounts the Secret
        if key.len() > LONGEST_NAME || matches!(key.as_str(), "." | "..") {
            return Err(format!("{} cannot be a key of a Secret", leaf.path));
        }
        if data.iter().any(|(other, _)| *other == key) {
            return Err(format!("{} would be {key}, which is another key already", leaf.path));
        }
        data.push((key, leaf));
    }
    Ok(ManifestContent { kind, data })
}

/// Finds a certificate and its private key, if both are there.
fn pair(leaves: &[Leaf]) -> Option<(&Leaf, &Leaf)> {
    let certificate = leaves.iter().find(|leaf| leaf.text().is_ok_and(is_certificate))?;
    let first = certificate.text().ok()?;
    let key = leaves.iter().find(|leaf| {
        leaf.text().is_ok_and(|key| {
            // `None` for keys that cannot be compared: those may belong together
            is_private_key(key) && belong_together(first, key) != Some(false)
        })
    })?;
    Some((certificate, key))
}

/// Turns an id into a name of RFC 1123: small letters, digits, `-` and `.`, each part with a letter or digit
/// at both ends.
fn name(id: &str) -> Result<String, String> {
    let fold = |c: char| match c.to_ascii_lowercase() {
        c if c.is_ascii_alphanumeric() || c == '.' => c,
        _ => '-',
    };
    let folded: String = id.chars().map(fold).collect();
    let parts = folded.split('.').map(|part| part.trim_matches('-')).filter(|part| !part.is_empty());
    let name = parts.collect::<Vec<_>>().join(".");
    if name.is_empty() || name.len() > LONGEST_NAME {
        return Err("has an id of which no name for a Secret can be made".to_owned());
    }
    Ok(name)
}

/// Turns the name of a value into a key of `data`.
fn key(name: &str) -> String {
    let fold = |c: char| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' };
    name.chars().map(fold).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{failures_of, text_of};
    use super::name;
    use crate::base64;

    #[test]
    fn names_are_those_of_dns() {
        for (id, expected) in [
            ("db", Some("db")),
            ("Work/DB_1", Some("work-db-1")),
            ("host.example.org", Some("host.example.org")),
            ("..a-.-b..", Some("a.b")),
            ("-é-x", Some("x")),
            ("名前", None),
        ] {
            assert_eq!(name(id).ok().as_deref(), expected, "{id}");
        }
        let one = r#"{"type":"Simple","id":"A","value":"v"}"#;
        let other = r#"{"type":"Simple","id":"a","value":"v"}"#;
        assert_eq!(failures_of("kubernetes", &[one, other]), ["a"]);
    }

    #[test]
    fn a_login_is_basic_auth() {
        let login = r#"{"type":"login","id":"DB","username":"u","password":"p\n"}"#;
        assert_eq!(
            text_of("kubernetes", &[login]),
            "---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: \"db\"\n  annotations:\n    \
             credctl.io/id: \"DB\"\ntype: kubernetes.io/basic-auth\ndata:\n  \"username\": \"dQ==\"\n  \
             \"password\": \"cAo=\"\n"
        );
    }

    #[test]
    fn a_certificate_with_its_key_is_tls() {
        let base64 = |text: &str| base64::encode(text.as_bytes()).expose().to_owned();
        let certificate = base64(include_str!("../kind/rule/testdata/pair_ec.crt.pem"));
        let secret = |key: &str| {
            let document = format!(
                r#"{{"type":"certificate","id":"c","keyStore":{{"certificate":"{certificate}","key":"{}"}}}}"#,
                base64(key)
            );
            text_of("kubernetes", &[&document])
        };
        let tls = secret(include_str!("../kind/rule/testdata/pair_ec.key.pem"));
        assert!(tls.contains("type: kubernetes.io/tls\n") && tls.contains("\"tls.key\": "), "{tls}");
        let other = secret(include_str!("../kind/rule/testdata/ec_pkcs8.pem"));
        assert!(other.contains("type: Opaque\n") && other.contains("\"certificate\": "), "{other}");
    }
}
