//! A network that loses answers. A write whose answer is lost may be stored, and the helper says so; it never
//! takes its own write for that of somebody else.

use std::time::Duration;

use credctl::remote::{FailureKind, Fetched, Probed, PutCondition, Ranged, RemoteObject as _, Stored};

use super::network::{Fault, Network};
use super::server::{Server, helper_at};
use crate::recorded::{Helper, assert_fails};

/// A server with an object, and a helper behind a network.
fn scene() -> Option<(Server, Network, Helper, String)> {
    let server = Server::moto()?;
    let network = Network::before(server.port);
    let mut helper = helper_at(network.port, "vault.age");
    let Ok(Stored::Stored { tag }) = helper.object().put(PutCondition::Absent, b"first".to_vec()) else {
        panic!("nothing is lost yet")
    };
    Some((server, network, helper, tag))
}

/// The content as another helper sees it.
fn content(server: &Server) -> Vec<u8> {
    match server.helper("vault.age").object().get(None).unwrap() {
        Fetched::Found { content, .. } => content,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_write_whose_answer_is_lost_is_unknown() {
    let Some((server, network, mut helper, mut tag)) = scene() else { return };
    // no byte, a part of the status, a head without its end, and words of something between
    for fault in [Fault::LoseAnswer, Fault::CutAnswer(9), Fault::CutAnswer(40), Fault::LateStatus(502)] {
        let before = network.requests();
        network.fails("PUT", fault, 9);
        let answer = helper.object().put(PutCondition::Unchanged(&tag), format!("{fault:?}").into_bytes());
        assert!(matches!(answer, Ok(Stored::Unknown(_))), "{fault:?}: {answer:?}");
        assert_eq!(network.requests(), before + 1, "{fault:?}: a write is not repeated");
        assert_eq!(content(&server), format!("{fault:?}").into_bytes(), "the server has stored it");
        // reading tells what became of it
        let Ok(Fetched::Found { tag: later, .. }) = helper.object().get(Some(&tag)) else {
            panic!("it changed")
        };
        tag = later;
    }
}

#[test]
fn a_new_object_whose_answer_is_lost_is_unknown() {
    let Some((server, network, _, _)) = scene() else { return };
    network.fails("PUT", Fault::LoseAnswer, 1);
    let answer = helper_at(network.port, "new.age").object().put(PutCondition::Absent, b"new".to_vec());
    assert!(matches!(answer, Ok(Stored::Unknown(_))), "{answer:?}");
    assert!(matches!(server.helper("new.age").object().get(None), Ok(Fetched::Found { .. })));
}

#[test]
fn a_write_that_nothing_tells_of_is_unknown_even_if_the_server_never_had_it() {
    let Some((server, network, mut helper, tag)) = scene() else { return };
    network.fails("PUT", Fault::Status(503), 9);
    let answer = helper.object().put(PutCondition::Unchanged(&tag), b"second".to_vec());
    assert!(matches!(answer, Ok(Stored::Unknown(_))), "{answer:?}");
    assert_eq!(content(&server), b"first");
}

#[test]
fn a_write_that_was_not_sent_completely_is_not_stored() {
    let Some((server, network, mut helper, tag)) = scene() else { return };
    network.fails("PUT", Fault::Reset, 9);
    // more than the buffers of a connection take
    let answer = helper.object().put(PutCondition::Unchanged(&tag), vec![b'x'; 32 * 1024 * 1024]);
    assert_fails(answer, FailureKind::Unreachable, "the connection is cut");
    assert_eq!(content(&server), b"first");
}

#[test]
fn a_late_answer_is_an_answer() {
    let Some((_server, network, mut helper, tag)) = scene() else { return };
    network.fails("PUT", Fault::Delay(Duration::from_secs(2)), 1);
    let answer = helper.object().put(PutCondition::Unchanged(&tag), b"second".to_vec());
    assert!(matches!(answer, Ok(Stored::Stored { .. })), "{answer:?}");
}

#[test]
fn reads_are_repeated_twice() {
    let Some((_server, network, mut helper, tag)) = scene() else { return };
    let found = Fetched::Found { tag: tag.clone(), content: b"first".to_vec() };
    for fault in
        [Fault::LoseAnswer, Fault::CutAnswer(60), Fault::Reset, Fault::Status(503), Fault::Status(429)]
    {
        network.fails("GET", fault, 2);
        assert_eq!(helper.object().get(None).as_ref(), Ok(&found), "{fault:?}");
        network.fails("GET", fault, 1);
        let part = Ranged::Part { tag: tag.clone(), size: 5, content: b"irs".to_vec() };
        assert_eq!(helper.object().range(Some(&tag), 1, 3), Ok(part), "{fault:?}");
        let before = network.requests();
        network.fails("GET", fault, 9);
        assert_fails(helper.object().get(None), FailureKind::Unreachable, "`127.0.0.1`");
        assert_eq!(network.requests(), before + 3, "{fault:?}");
        network.fails("GET", fault, 0);
    }
}

#[test]
fn an_answer_that_is_cut_is_no_object() {
    let Some((_server, network, mut helper, tag)) = scene() else { return };
    let content = vec![b'x'; 100_000];
    let Ok(Stored::Stored { tag }) = helper.object().put(PutCondition::Unchanged(&tag), content.clone())
    else {
        panic!("nothing is lost yet")
    };
    network.fails("GET", Fault::CutAnswer(50_000), 9);
    assert_fails(helper.object().get(None), FailureKind::Unreachable, "the connection is cut");
    network.fails("GET", Fault::CutAnswer(50_000), 2);
    assert_eq!(helper.object().get(None), Ok(Fetched::Found { tag, content }));
}

#[test]
fn a_probe_whose_answer_is_lost_judges_nothing() {
    let Some((_server, network, mut helper, _)) = scene() else { return };
    network.fails("PUT", Fault::LoseAnswer, 1);
    assert_fails(helper.object().probe(), FailureKind::Unreachable, "`127.0.0.1`");
    assert_eq!(helper.object().probe(), Ok(Probed::Sound));
}

#[test]
fn a_removal_whose_answer_is_lost_is_no_success() {
    let Some((server, network, mut helper, tag)) = scene() else { return };
    for (fault, is_removed) in [
        (Fault::Reset, false),
        (Fault::Status(503), false),
        (Fault::LoseAnswer, true),
        (Fault::CutAnswer(9), true),
        (Fault::LateStatus(502), true),
    ] {
        network.fails("DELETE", fault, 9);
        let before = network.requests();
        assert_fails(helper.object().delete(), FailureKind::Unreachable, "`127.0.0.1`");
        assert_eq!(network.requests(), before + 1, "{fault:?}: a removal is not repeated");
        let found = server.helper("vault.age").object().get(None).unwrap();
        assert_eq!(found == Fetched::Absent, is_removed, "{fault:?}: {found:?}");
        // the next removal finds nothing any more, which is no failure
        network.fails("DELETE", fault, 0);
        if is_removed {
            assert_eq!(helper.object().delete(), Ok(()), "{fault:?}");
            let answer = helper.object().put(PutCondition::Absent, b"first".to_vec());
            assert!(matches!(answer, Ok(Stored::Stored { .. })), "{answer:?}");
        }
    }
    network.fails("DELETE", Fault::Status(403), 9);
    assert_fails(helper.object().delete(), FailureKind::Denied, "denies access");
    assert!(matches!(helper.object().get(Some(&tag)), Ok(Fetched::Unchanged)));
}
