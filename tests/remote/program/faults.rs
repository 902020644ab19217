//! A network between the program and its engine that loses, delays, cuts and replays answers.

use std::time::{Duration, Instant};

use super::{Machine, Office};
use crate::objects::network::{Fault, Network};
use crate::objects::server::{Server, variables};

const ADDRESS: &str = "s3://team/vault.age";
/// As often as anybody could ask.
const ALWAYS: usize = 1000;

/// A server with a vault, and a network before it.
struct Scene {
    office: Office,
    server: Server,
    network: Network,
}

impl Scene {
    /// A vault with the credential `first`, which the machines `one` and `two` have read; `None` without a server.
    fn start() -> Option<Self> {
        let server = Server::seaweedfs()?;
        let scene = Self { office: Office::new(), network: Network::before(server.port), server };
        let one = scene.direct("one");
        one.run(&["init", "--recipient", &scene.office.recipient], "").ok();
        add(&one, "first");
        assert_eq!(scene.direct("two").ids(), ["first"]);
        Some(scene)
    }

    /// A machine whose requests go through the network.
    fn behind(&self, name: &str) -> Machine {
        self.office.machine(name, ADDRESS, &variables(self.network.port))
    }

    /// The same machine, without the network.
    fn direct(&self, name: &str) -> Machine {
        self.office.machine(name, ADDRESS, &variables(self.server.port))
    }

    fn heals(&self) {
        self.network.fails("GET", Fault::Reset, 0);
    }
}

#[track_caller]
fn add(machine: &Machine, id: &str) {
    machine.run(&["add", "Simple", id, "value=-", "--accept-recipients"], "value").ok();
}

#[test]
fn a_change_whose_answer_is_lost_counts_once() {
    let Some(scene) = Scene::start() else { return };
    let (one, two) = (scene.behind("one"), scene.direct("two"));
    let faults = [Fault::LoseAnswer, Fault::CutAnswer(9), Fault::CutAnswer(40), Fault::LateStatus(502)];
    for (number, fault) in faults.into_iter().enumerate() {
        let (generation, requests) = (two.generation(), scene.network.requests());
        scene.network.fails("PUT", fault, 1);
        add(&one, &format!("lost-{number}"));
        assert_eq!(two.generation(), generation + 1, "{fault:?}");
        // one comparison, one write, and one look at what became of it
        assert_eq!(scene.network.requests(), requests + 3, "{fault:?}");
        // this machine knows what is stored
        assert_eq!(one.run(&["--fresh", "get", "first"], "").ok().stderr, "");
        assert_eq!(one.copies(), two.copies());
    }
    assert_eq!(two.ids().len(), 5);
    // the same with an export, which has no copy
    scene.network.fails("PUT", Fault::LoseAnswer, 1);
    let export = ["export", "--encrypt-to", &scene.office.recipient, "--out", "s3://team/all.age"];
    // the probe has lost its answer, and judges nothing
    one.run(&export, "").exits(10);
    one.run(&export, "").ok();
    scene.network.fails("PUT", Fault::LoseAnswer, 1);
    one.run(&[&export[..], &["--overwrite"]].concat(), "").ok().says("written to s3://team/all.age");
}

#[test]
fn a_change_that_does_not_arrive_is_not_stored() {
    let Some(scene) = Scene::start() else { return };
    let (one, two) = (scene.behind("one"), scene.direct("two"));
    for (number, fault) in [Fault::Reset, Fault::Status(503)].into_iter().enumerate() {
        // the object shows that the first request did not arrive, so it is safe to send it once more
        let generation = two.generation();
        scene.network.fails("PUT", fault, 1);
        add(&one, &format!("again-{number}"));
        assert_eq!(two.generation(), generation + 1, "{fault:?}");
        let (ids, copies) = (two.ids(), one.copies());
        scene.network.fails("PUT", fault, ALWAYS);
        one.run(&["add", "Simple", "never", "value=-"], "value").exits(10).says("s3://team/vault.age");
        assert_eq!((two.ids(), two.generation()), (ids, generation + 1), "{fault:?}");
        assert_eq!(one.copies(), copies, "{fault:?}");
    }
    // without an answer to the comparison, nothing is written at all
    let requests = scene.network.requests();
    scene.network.fails("GET", Fault::Reset, ALWAYS);
    one.run(&["add", "Simple", "never", "value=-"], "value").exits(10);
    assert_eq!(scene.network.requests(), requests + 3, "reads alone are repeated");
    scene.heals();
    one.run(&["--fresh", "get", "never"], "").exits(4);
    add(&one, "later");
}

#[test]
fn a_late_or_broken_answer_leaves_the_copy() {
    let Some(scene) = Scene::start() else { return };
    let [one, two, three] = ["one", "two", "three"].map(|name| scene.behind(name));
    let here = |machine: &Machine| machine.ids_with("--offline");
    let copies = one.copies();
    add(&scene.direct("two"), "later");
    scene.network.fails("GET", Fault::Delay(Duration::from_secs(3)), ALWAYS);
    let start = Instant::now();
    let read = one.run(&["list", "-o", "name"], "").ok();
    assert!(start.elapsed() < Duration::from_millis(2500), "{:?}", start.elapsed());
    assert_eq!(read.stdout, "first\n");
    read.says("this is the copy of s3://team/vault.age from").says("no answer within 300ms");
    // who asks for the newest one waits for it
    assert_eq!(one.ids(), ["first", "later"]);
    assert_ne!(one.copies(), copies);

    add(&scene.direct("two"), "last");
    let copies = one.copies();
    // the connection ends within the object
    scene.network.fails("GET", Fault::CutAnswer(900), ALWAYS);
    one.run(&["--fresh", "list"], "").exits(10).says("s3://team/vault.age");
    one.run(&["list"], "").ok().says("this is the copy of");
    three.run(&["list"], "").exits(10);
    one.run(&["add", "Simple", "never", "value=-"], "value").exits(10);
    assert!(one.copies() == copies && three.copies().is_empty());
    // something between says that the object ends there
    scene.network.fails("GET", Fault::Shorten(500), ALWAYS);
    one.run(&["--fresh", "list"], "").exits(9);
    // a part without its length is none
    three.run(&["--fresh", "list"], "").exits(10);
    for machine in [&one, &three] {
        machine.run(&["add", "Simple", "never", "value=-"], "value").exits(9);
    }
    assert!(one.copies() == copies && three.copies().is_empty());
    assert_eq!(here(&one), ["first", "later"]);

    scene.heals();
    for machine in [&one, &two, &three] {
        assert_eq!(machine.ids(), ["first", "last", "later"]);
    }
}

#[test]
fn the_answer_of_yesterday_is_refused() {
    let Some(scene) = Scene::start() else { return };
    let (one, two) = (scene.direct("one"), scene.behind("two"));
    add(&one, "yesterday");
    assert_eq!(two.ids(), ["first", "yesterday"]);
    add(&one, "today");
    assert_eq!(scene.direct("two").ids(), ["first", "today", "yesterday"]);
    let copies = two.copies();
    scene.network.fails("GET", Fault::Replay, ALWAYS);
    two.run(&["--fresh", "list"], "").exits(9).says("credctl trust");
    two.run(&["--fresh", "get", "first"], "").exits(9);
    two.run(&["add", "Simple", "never", "value=-"], "value").exits(9).says("credctl trust");
    assert_eq!(two.copies(), copies);
    assert_eq!(two.ids_with("--offline"), ["first", "today", "yesterday"]);
    assert_eq!(one.ids(), ["first", "today", "yesterday"]);
    scene.heals();
    add(&two, "tomorrow");
    assert_eq!(one.ids(), ["first", "today", "tomorrow", "yesterday"]);
}
