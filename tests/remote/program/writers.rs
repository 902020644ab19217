//! Several machines that change one vault at a time: what was acknowledged is stored, and nothing else.

use std::collections::BTreeSet;
use std::process::Command;
use std::thread;

use super::Office;
use crate::harness::skipped;
use crate::objects::server::{Server, variables};
use crate::openbao;

/// The machines.
const MACHINES: usize = 6;

/// The changes of each machine: those that `CREDCTL_TEST_WRITES` names, or few.
fn changes() -> usize {
    std::env::var("CREDCTL_TEST_WRITES").map_or(4, |count| count.parse().unwrap())
}

#[test]
fn acknowledged_changes_of_many_machines_are_stored_in_object_storage() {
    let Some(server) = Server::seaweedfs() else { return };
    acknowledged_is_stored(&Office::new(), "s3://team/vault.age", &variables(server.port));
}

#[test]
fn acknowledged_changes_of_many_machines_are_stored_in_git() {
    let office = Office::new();
    let repository = office.path("team.git");
    let made = Command::new("git").args(["init", "-q", "--bare", "-b", "main"]).arg(&repository).status();
    if !made.is_ok_and(|status| status.success()) {
        return skipped("there is no git");
    }
    acknowledged_is_stored(&office, &format!("git+file://{}#team.age", repository.display()), &[]);
}

#[test]
fn acknowledged_changes_of_many_machines_are_stored_in_openbao() {
    let Some(server) = openbao::Server::start() else { return };
    let variables = [("BAO_ADDR", server.address.clone()), ("BAO_TOKEN", openbao::ROOT.to_owned())];
    acknowledged_is_stored(&Office::new(), "openbao://secret/team.age", &variables);
}

fn acknowledged_is_stored(office: &Office, address: &str, variables: &[(&str, String)]) {
    let changes = changes();
    let machine = |number: usize| office.machine(&format!("machine{number}"), address, variables);
    machine(0).run(&["init", "--recipient", &office.recipient], "").ok();
    let write = |number: usize| {
        let own = machine(number);
        let mut acknowledged = BTreeSet::new();
        for change in 0..changes {
            let id = format!("w{number}-{change}");
            let words = ["add", "Simple", &id, "value=-", "--accept-recipients"];
            let outcome = own.run(&words, "value");
            match outcome.status {
                Some(0) => assert!(acknowledged.insert(id)),
                // the others were faster each time
                Some(5) => assert!(outcome.stderr.contains("nothing was written"), "{outcome:?}"),
                // git refuses each push that is not the next one
                Some(10) if outcome.stderr.contains("the repository refused") => {}
                _ => panic!("{outcome:?}"),
            }
        }
        acknowledged
    };
    let acknowledged: BTreeSet<String> = thread::scope(|scope| {
        let writers: Vec<_> = (0..MACHINES).map(|number| scope.spawn(move || write(number))).collect();
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
    });
    let stored: BTreeSet<String> = machine(MACHINES).ids().into_iter().collect();
    assert_eq!(stored, acknowledged);
    assert!(acknowledged.len() >= changes, "{} of {MACHINES} × {changes}", acknowledged.len());
    // each change is a generation of its own
    assert_eq!(machine(0).generation(), acknowledged.len() as u64 + 1);
}
