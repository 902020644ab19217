//! Servers that do not do what they are asked for: which kind of failure that is, and that no token is in a text.

use credctl::remote::{FailureKind, PutCondition, RemoteObject as _, Stored};

use super::{ADDRESS, ROOT, Server};
use crate::harness::{Helper, noise};

const CANARY: &str = "hvs.c4n4ry";

#[test]
fn refusals_are_told_apart_without_a_token() {
    let Some(server) = Server::start() else { return };
    server.bao(&["secrets", "enable", "-version=1", "-path=old", "kv"], "").ok();
    server.bao(&["kv", "put", "-mount=secret", "other", "password=x"], "").ok();
    server.bao(&["kv", "put", "-mount=secret", "wrong", "age=no base64!"], "").ok();
    let refused = |address: &str, token: &str, kind: FailureKind| {
        let mut helper = Helper::start(&mut server.helper(address, token));
        let text = helper.fails(kind);
        assert!(!text.contains(CANARY), "{text}");
        let put = helper.put(PutCondition::Unchanged("1 x"), b"x".to_vec());
        assert!(put.as_ref().is_err_and(|failure| failure.kind == kind), "{put:?}");
        // nothing tells the token a mount that does not exist from one that is forbidden
        let removed = helper.delete().unwrap_err();
        let kinds = if kind == FailureKind::Refused { vec![kind, FailureKind::Denied] } else { vec![kind] };
        assert!(kinds.contains(&removed.kind) && !removed.text.contains(CANARY), "{removed}");
    };
    refused(ADDRESS, CANARY, FailureKind::Denied);
    refused(ADDRESS, "", FailureKind::Denied);
    refused("openbao://none/team.age", ROOT, FailureKind::Refused);
    refused("openbao://secret/../sys", ROOT, FailureKind::Refused);
    for address in ["openbao://secret/other", "openbao://secret/wrong"] {
        Helper::start(&mut server.helper(address, ROOT)).fails(FailureKind::Refused);
    }
    // an engine of version 1 would store it unasked, and remove another secret
    let mut old = Helper::start(&mut server.helper("openbao://old/team.age", ROOT));
    // a condition that is not met is no proof of the engine
    assert_eq!(old.put(PutCondition::Unchanged("1 x"), b"x".to_vec()), Ok(Stored::Changed));
    server.bao(&["kv", "put", "-mount=old", "metadata/team.age", "password=x"], "").ok();
    let put = old.put(PutCondition::Absent, b"x".to_vec()).unwrap_err();
    for failure in [put, old.probe().unwrap_err(), old.delete().unwrap_err()] {
        assert_eq!(failure.kind, FailureKind::Unsupported, "{failure}");
    }
    assert_eq!(server.bao(&["kv", "list", "old"], "").ok().stdout, "Keys\n----\nmetadata/\n");
    assert_eq!(server.bao(&["kv", "list", "old/metadata"], "").ok().stdout, "Keys\n----\nteam.age\n");
    // more than the server takes
    // the server refuses it while it is sent, and the reset of the connection may be faster than the answer
    let put = |_| server.open().put(PutCondition::Absent, noise(30 * 1024 * 1024)).err();
    let large = (0..8).find_map(put).unwrap();
    assert_eq!(large.kind, FailureKind::Refused);
    assert!(large.text.contains("max_request_size"), "{large}");
    server.open().store(None, &noise(20 * 1024 * 1024));

    server.bao(&["operator", "seal"], "").ok();
    refused(ADDRESS, ROOT, FailureKind::Unreachable);
    let sealed = server.open().put(PutCondition::Absent, b"x".to_vec()).unwrap_err();
    assert_eq!((sealed.kind, sealed.text.as_str()), (FailureKind::Unreachable, "the server is sealed"));
}

#[test]
fn servers_that_are_not_there_are_unreachable() {
    let Some(server) = Server::start() else { return };
    for address in ["http://127.0.0.1:1", "https://127.0.0.1:1", "https://no-such-host.invalid"] {
        let mut command = server.helper(ADDRESS, CANARY);
        let mut helper = Helper::start(command.env("BAO_ADDR", address));
        let text = helper.fails(FailureKind::Unreachable);
        assert!(!text.contains(CANARY), "{text}");
        assert!(helper.put(PutCondition::Absent, b"x".to_vec()).is_err());
    }
    let mut command = server.helper(ADDRESS, CANARY);
    Helper::start(command.env("BAO_ADDR", "http://192.0.2.1:8200")).fails(FailureKind::Refused);
    // TLS where there is none
    let mut command = server.helper(ADDRESS, CANARY);
    let address = server.address.replace("http:", "https:");
    Helper::start(command.env("BAO_ADDR", address)).fails(FailureKind::Unreachable);
}

#[test]
fn only_the_authorities_that_are_trusted_count() {
    let folder = tempfile::tempdir().unwrap();
    let option = format!("-dev-tls-cert-dir={}", folder.path().display());
    let Some(server) = Server::start_with(&["-dev-tls", &option]) else { return };
    let text = server.open().fails(FailureKind::Unreachable);
    assert!(text.contains("certificate"), "{text}");
    let authorities = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    let authority = authorities.into_iter().find(|path| path.to_string_lossy().contains("ca")).unwrap();
    let open = |name: &str, path: &std::path::Path| {
        Helper::start(
            server.helper(ADDRESS, ROOT).env_remove("BAO_TOKEN").env("VAULT_TOKEN", ROOT).env(name, path),
        )
    };
    let tag = open("BAO_CACERT", &authority).store(None, b"content");
    assert_eq!(open("VAULT_CACERT", &authority).found(), (tag, b"content".to_vec()));
    open("BAO_CACERT", &server.path("none")).fails(FailureKind::Refused);
    open("BAO_CACERT", std::path::Path::new("/dev/null")).fails(FailureKind::Refused);
}
