//! The helper for object storage with `az://`, against Azurite.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::Utc;
use credctl::remote::{FailureKind, Fetched, PutCondition, RemoteObject as _, Stored};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use super::server::{CANARY, PROGRAM, Server};
use crate::conformance::conforms;
use crate::recorded::{Helper, assert_fails};

/// The account that Azurite has, with its published key.
const ACCOUNT: &str = "devstoreaccount1";
const KEY: &str = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

/// Starts Azurite with a container `team`; `None` if it is not installed.
fn azurite() -> Option<Server> {
    let words = |port: u16, folder: &str| {
        ["--silent", "--location", folder, "--blobPort", &port.to_string()].map(str::to_owned).to_vec()
    };
    Server::start_until("azurite-blob", words, |server| {
        let path = format!("/{ACCOUNT}/team?restype=container");
        matches!(server.ask("PUT", &path, &signed("/team", "\nrestype:container")), Some(201 | 409))
    })
}

/// The header of a `PUT` without a body, signed with the key of the account.
fn signed(path: &str, query: &str) -> String {
    let date = Utc::now().format("%a, %d %b %Y %H:%M:%S GMT");
    let own = format!("x-ms-date:{date}\nx-ms-version:2021-08-06\n");
    let text = format!("PUT{}{own}/{ACCOUNT}/{ACCOUNT}{path}{query}", "\n".repeat(12));
    let mut mac = Hmac::<Sha256>::new_from_slice(&STANDARD.decode(KEY).unwrap()).unwrap();
    mac.update(text.as_bytes());
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    format!("{}Authorization: SharedKey {ACCOUNT}:{signature}\r\n", own.replace('\n', "\r\n"))
}

fn helper(server: &Server, key: &str, secret: &str) -> Helper {
    let endpoint = format!("http://127.0.0.1:{}/{ACCOUNT}", server.port);
    let variables = [
        ("AZURE_STORAGE_ACCOUNT_NAME", ACCOUNT.to_owned()),
        ("AZURE_STORAGE_ACCOUNT_KEY", secret.to_owned()),
        ("AZURE_STORAGE_ENDPOINT", endpoint),
    ];
    Helper::start(PROGRAM, &format!("az://team/{key}"), variables)
}

#[test]
fn it_conforms_with_azurite() {
    let Some(server) = azurite() else { return };
    conforms(|| helper(&server, "vault.age", KEY));
    for key in ["a b%20c+d.age", "ödeme 名?b#c&d=e.age"] {
        let stored = helper(&server, key, KEY).object().put(PutCondition::Absent, key.as_bytes().to_vec());
        assert!(matches!(stored, Ok(Stored::Stored { .. })), "{stored:?}");
        let found = helper(&server, key, KEY).object().get(None);
        assert!(matches!(found, Ok(Fetched::Found { content, .. }) if content == key.as_bytes()), "{key}");
        assert_eq!(helper(&server, key, KEY).object().delete(), Ok(()));
    }
    // the answer of no other server has the result inside a batch
    let wrong = STANDARD.encode(CANARY);
    assert_fails(helper(&server, "x", &wrong).object().get(None), FailureKind::Denied, "denies access");
    let failure = helper(&server, "x", &wrong).object().delete().unwrap_err();
    assert_eq!(failure.kind, FailureKind::Denied, "{failure}");
    assert!(!failure.text.contains(&wrong) && !failure.text.contains(CANARY));
}
