//! Several helpers that change one object at a time: every change that was acknowledged is there in the end.
//!
//! The server is SeaweedFS. moto compares the ETag and stores the content in two steps, and loses a change now and
//! then.

use std::thread;

use credctl::remote::{Fetched, PutCondition, RemoteObject as _, Stored};

use super::server::Server;

/// The helpers.
const HELPERS: usize = 6;
/// The changes of each.
const CHANGES: usize = 50;

/// Adds lines to one object from several processes, each by reading it, adding a line and storing it.
fn no_change_is_lost(server: &Server) {
    let mut helper = server.helper("race.txt");
    assert!(matches!(helper.object().put(PutCondition::Absent, Vec::new()), Ok(Stored::Stored { .. })));
    let add_lines = |name: usize| {
        let mut helper = server.helper("race.txt");
        let object = helper.object();
        for number in 0..CHANGES {
            loop {
                let Fetched::Found { tag, mut content } = object.get(None).unwrap() else {
                    panic!("it exists")
                };
                content.extend_from_slice(format!("{name} {number}\n").as_bytes());
                match object.put(PutCondition::Unchanged(&tag), content).unwrap() {
                    Stored::Stored { .. } => break,
                    Stored::Changed => {}
                    Stored::Unknown(text) => panic!("{text}"),
                }
            }
        }
    };
    thread::scope(|scope| {
        for name in 0..HELPERS {
            scope.spawn(move || add_lines(name));
        }
    });
    let Fetched::Found { content, .. } = helper.object().get(None).unwrap() else { panic!("it exists") };
    let text = String::from_utf8(content).unwrap();
    let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
    lines.sort();
    let mut expected: Vec<_> =
        (0..HELPERS).flat_map(|name| (0..CHANGES).map(move |number| format!("{name} {number}"))).collect();
    expected.sort();
    assert_eq!(lines, expected);
}

#[test]
fn no_change_is_lost_with_seaweedfs() {
    let Some(server) = Server::seaweedfs() else { return };
    no_change_is_lost(&server);
}

#[test]
fn one_of_several_creates_an_object() {
    let Some(server) = Server::seaweedfs() else { return };
    for round in 0..10 {
        let key = format!("new-{round}.age");
        let create = |name: usize| {
            server.helper(&key).object().put(PutCondition::Absent, name.to_string().into_bytes()).unwrap()
        };
        let answers: Vec<_> = thread::scope(|scope| {
            let helpers: Vec<_> = (0..HELPERS).map(|name| scope.spawn(move || create(name))).collect();
            helpers.into_iter().map(|helper| helper.join().unwrap()).collect()
        });
        let winners: Vec<_> =
            (0..HELPERS).filter(|name| matches!(answers[*name], Stored::Stored { .. })).collect();
        assert_eq!(winners.len(), 1, "{answers:?}");
        assert!(answers.iter().all(|answer| !matches!(answer, Stored::Unknown(_))), "{answers:?}");
        let Fetched::Found { content, .. } = server.helper(&key).object().get(None).unwrap() else {
            panic!("it exists")
        };
        assert_eq!(content, winners[0].to_string().into_bytes());
    }
}
