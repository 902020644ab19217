//! The helper for object storage, against servers on this machine.

use credctl::remote::{FailureKind, Fetched, Probed, PutCondition, RemoteObject as _, Stored};

use super::server::{PROGRAM, Server, helper_at, variables};
use crate::conformance::conforms;
use crate::recorded::{Helper, assert_fails};

#[test]
fn it_conforms_with_moto() {
    let Some(server) = Server::moto() else { return };
    conforms(|| server.helper("vault.age"));
}

#[test]
fn it_conforms_with_seaweedfs() {
    let Some(server) = Server::seaweedfs() else { return };
    conforms(|| server.helper("vault.age"));
}

#[test]
fn keys_are_taken_as_they_are() {
    let Some(server) = Server::moto() else { return };
    let keys =
        ["a/b/c.age", "a b.age", "a%20b.age", "a+b.age", "ödeme 名.age", "a?b#c&d=e.age", "~a'b(c)!.age"];
    for key in keys {
        let answer = server.helper(key).object().put(PutCondition::Absent, key.as_bytes().to_vec()).unwrap();
        assert!(matches!(answer, Stored::Stored { .. }), "{key}");
    }
    // each is an object of its own
    for key in keys {
        let answer = server.helper(key).object().get(None).unwrap();
        assert!(matches!(answer, Fetched::Found { content, .. } if content == key.as_bytes()), "{key}");
    }
    for (index, key) in keys.into_iter().enumerate() {
        server.helper(key).object().delete().unwrap();
        for (other, key) in keys.into_iter().enumerate() {
            let is_there = server.helper(key).object().get(None).unwrap() != Fetched::Absent;
            assert_eq!(is_there, other > index, "{key}");
        }
    }
}

#[test]
fn a_server_that_ignores_conditions_is_unsound() {
    let Some(server) = Server::s3rver() else { return };
    let key = ("AWS_ACCESS_KEY_ID", "S3RVER".to_owned());
    let variables =
        variables(server.port).into_iter().filter(|(name, _)| *name != key.0).chain([key.clone()]);
    let mut helper = Helper::start(PROGRAM, "s3://team/vault.age", variables);
    let Ok(Probed::Unsound(text)) = helper.object().probe() else { panic!("it is unsound") };
    assert!(text.contains("If-None-Match"), "{text}");
    assert_eq!(helper.object().get(None), Ok(Fetched::Absent));
}

#[test]
fn a_missing_bucket_is_no_missing_object() {
    let Some(server) = Server::moto() else { return };
    let mut helper = Helper::start(PROGRAM, "s3://other/vault.age", variables(server.port));
    let object = helper.object();
    assert_fails(object.get(None), FailureKind::Refused, "NoSuchBucket");
    assert_fails(object.range(None, 0, 9), FailureKind::Refused, "NoSuchBucket");
    assert_fails(object.put(PutCondition::Absent, b"x".to_vec()), FailureKind::Refused, "NoSuchBucket");
    assert_fails(
        object.put(PutCondition::Unchanged("\"0\""), b"x".to_vec()),
        FailureKind::Refused,
        "NoSuchBucket",
    );
    assert_fails(object.probe(), FailureKind::Refused, "NoSuchBucket");
    assert_fails(object.delete(), FailureKind::Refused, "NoSuchBucket");
}

#[test]
fn a_server_that_is_away_is_told_at_once() {
    // nothing listens at the port of a listener that is gone
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut helper = helper_at(port, "vault.age");
    let start = std::time::Instant::now();
    assert_fails(helper.object().get(None), FailureKind::Unreachable, "refused");
    assert_fails(
        helper.object().put(PutCondition::Absent, b"x".to_vec()),
        FailureKind::Unreachable,
        "refused",
    );
    assert_fails(helper.object().delete(), FailureKind::Unreachable, "refused");
    assert!(start.elapsed().as_secs() < 4);
}
