//! Addresses, credentials and profiles, and what the helper prints of them: never a credential.

use std::fs;
use std::process::Command;

use credctl::remote::{FailureKind, Fetched, PutCondition, RemoteObject as _, Stored};

use super::network::{Fault, Network};
use super::server::{CANARY, PROGRAM, Server, variables};
use crate::recorded::{Helper, assert_fails};

#[test]
fn help_and_version_fit_a_terminal() {
    let print = |argument: &str| {
        let output = Command::new(PROGRAM).arg(argument).output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(print("--version"), format!("credctl-remote-s3 {}\n", env!("CARGO_PKG_VERSION")));
    let help = print("--help");
    assert!(help.lines().count() <= 40 && help.lines().all(|line| line.chars().count() <= 80), "{help}");
    for address in ["s3://", "gs://", "az://", "AWS_PROFILE", "AWS_ALLOW_HTTP"] {
        assert!(help.contains(address), "{help}");
    }
}

#[test]
fn addresses_that_cannot_be_used_are_told_at_each_request() {
    for (address, words) in [
        ("file:///vault.age", "must begin with s3://"),
        ("s3://team", "no key"),
        ("s3://team/a//b", "empty part"),
        ("s3://user:canary-2f9c1a7be04d@team/a", "no bucket"),
    ] {
        let mut helper = Helper::start(PROGRAM, address, variables(1));
        assert_fails(helper.object().get(None), FailureKind::Refused, words);
        assert_fails(helper.object().put(PutCondition::Absent, Vec::new()), FailureKind::Refused, words);
        assert_fails(helper.object().delete(), FailureKind::Refused, words);
        let printed = helper.finish();
        assert!(!String::from_utf8_lossy(&printed).contains(CANARY), "{address}");
    }
}

#[test]
fn plain_http_beyond_this_machine_needs_a_permission() {
    // an address of documents, where nothing answers
    let endpoint = ("AWS_ENDPOINT_URL", "http://192.0.2.1:9".to_owned());
    let plain = variables(1).into_iter().filter(|(name, _)| *name != "AWS_ENDPOINT_URL").chain([endpoint]);
    let mut helper = Helper::start(PROGRAM, "s3://team/vault.age", plain);
    assert_fails(helper.object().get(None), FailureKind::Refused, "AWS_ALLOW_HTTP");
    assert_fails(
        helper.object().put(PutCondition::Absent, Vec::new()),
        FailureKind::Refused,
        "AWS_ALLOW_HTTP",
    );
}

#[test]
fn a_profile_gives_keys_and_endpoint() {
    let Some(server) = Server::moto() else { return };
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".aws");
    fs::create_dir(&folder).unwrap();
    let endpoint = format!("http://localhost:{}", server.port);
    let config = format!(
        "[default]\nregion = eu-central-1\n[profile team]\nendpoint_url = {endpoint}\n\
         credential_process = sh -c 'echo \"{{\\\"Version\\\": 1, \\\"AccessKeyId\\\": \\\"AKIA1\\\", \
         \\\"SecretAccessKey\\\": \\\"{CANARY}\\\"}}\"'\n[profile broken]\ncredential_process = sh -c 'exit 3'\n"
    );
    fs::write(folder.join("config"), config).unwrap();
    let path = std::env::var("PATH").unwrap();
    let start = |profile: &str| {
        let variables = [("HOME", home.path().to_str().unwrap()), ("AWS_PROFILE", profile), ("PATH", &path)];
        Helper::start(PROGRAM, "s3://team/profile.age", variables)
    };
    let mut helper = start("team");
    let answer = helper.object().put(PutCondition::Absent, b"x".to_vec());
    assert!(matches!(answer, Ok(Stored::Stored { .. })), "{answer:?}");
    assert!(!String::from_utf8_lossy(&helper.finish()).contains(CANARY));
    assert_fails(start("broken").object().get(None), FailureKind::Denied, "`credential_process`");
    assert_fails(start("other").object().get(None), FailureKind::Denied, "`other` does not exist");
}

#[test]
fn no_credential_is_printed_whatever_happens() {
    let Some(server) = Server::moto() else { return };
    let network = Network::before(server.port);
    let token = ("AWS_SESSION_TOKEN", format!("token-{CANARY}"));
    let mut helper =
        Helper::start(PROGRAM, "s3://team/vault.age", variables(network.port).into_iter().chain([token]));
    let object = helper.object();
    for method in ["PUT", "GET", "HEAD", "DELETE"] {
        for fault in
            [Fault::LoseAnswer, Fault::CutAnswer(20), Fault::Reset, Fault::Status(403), Fault::Status(500)]
        {
            network.fails(method, fault, 9);
            // whatever the answers are, they are in the record
            let answers = (object.get(None), object.range(None, 0, 0), object.delete());
            let more = (object.put(PutCondition::Absent, b"x".to_vec()), object.probe());
            assert!(
                !format!("{answers:?} {more:?}").contains(CANARY),
                "{method} {fault:?}: {answers:?} {more:?}"
            );
        }
    }
    network.fails("GET", Fault::Reset, 0);
    assert!(matches!(object.get(None), Ok(Fetched::Found { .. })));
    let printed = String::from_utf8(helper.finish()).unwrap();
    assert!(printed.contains("does not answer") && printed.contains("denies access"), "{printed}");
    assert!(
        !printed.contains(CANARY) && !printed.contains("Signature") && !printed.contains("AKIATEST"),
        "{printed}"
    );
}
