//! Several machines that change one vault at a time: what was acknowledged is stored, and nothing else.

use std::collections::BTreeSet;
use std::thread;

use super::Office;
use crate::objects::server::{Server, variables};

const ADDRESS: &str = "s3://team/vault.age";
/// The machines.
const MACHINES: usize = 6;

/// The changes of each machine: those that `CREDCTL_TEST_WRITES` names, or few.
fn changes() -> usize {
    std::env::var("CREDCTL_TEST_WRITES").map_or(4, |count| count.parse().unwrap())
}

#[test]
fn acknowledged_changes_of_many_machines_are_stored() {
    let Some(server) = Server::seaweedfs() else { return };
    let (office, changes) = (Office::new(), changes());
    let machine =
        |number: usize| office.machine(&format!("machine{number}"), ADDRESS, &variables(server.port));
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
