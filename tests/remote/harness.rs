//! A helper as a program starts it, and the tests that every engine passes.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::ops::{Deref, DerefMut};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};
use std::thread;

use credctl::remote::{
    EngineFailure, FailureKind, Fetched, Probed, PutCondition, Ranged, RemoteClient, RemoteObject as _,
    Stored,
};

/// A helper, and the client that talks with it.
pub struct Helper {
    child: Child,
    client: RemoteClient<ChildStdout, ChildStdin>,
}

impl Helper {
    #[track_caller]
    pub fn start(command: &mut Command) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        let mut child = command.spawn().unwrap();
        let client = RemoteClient::start(child.stdout.take().unwrap(), child.stdin.take().unwrap()).unwrap();
        Self { child, client }
    }

    /// The id of its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends the helper as a crash would.
    pub fn kill(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }

    /// The content and its tag.
    #[track_caller]
    pub fn found(&mut self) -> (String, Vec<u8>) {
        match self.get(None) {
            Ok(Fetched::Found { tag, content }) => (tag, content),
            other => panic!("{other:?}"),
        }
    }

    /// Stores a content in the place of the one with a tag, or as the first one.
    #[track_caller]
    pub fn store(&mut self, tag: Option<&str>, content: &[u8]) -> String {
        let condition = tag.map_or(PutCondition::Absent, PutCondition::Unchanged);
        match self.put(condition, content.to_vec()) {
            Ok(Stored::Stored { tag }) => tag,
            other => panic!("{other:?}"),
        }
    }

    /// The failure of a read.
    #[track_caller]
    pub fn fails(&mut self, kind: FailureKind) -> String {
        match self.get(None) {
            Err(EngineFailure { kind: own, text }) if own == kind => text,
            other => panic!("{other:?}"),
        }
    }
}

impl Deref for Helper {
    type Target = RemoteClient<ChildStdout, ChildStdin>;

    fn deref(&self) -> &Self::Target {
        &self.client
    }
}

impl DerefMut for Helper {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.client
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Running a command to its end.
pub trait Run {
    /// Gives it this on standard input and waits.
    fn outcome(&mut self, stdin: &str) -> Outcome;
}

impl Run for Command {
    fn outcome(&mut self, stdin: &str) -> Outcome {
        self.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = self.spawn().unwrap();
        // a program that reads nothing may be gone
        drop(child.stdin.take().unwrap().write_all(stdin.as_bytes()));
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Outcome { status: status.code(), stdout: text(stdout), stderr: text(stderr) }
    }
}

/// The traces that a run of a program left.
#[derive(Debug)]
pub struct Outcome {
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Outcome {
    #[track_caller]
    pub fn ok(self) -> Self {
        self.exits(0)
    }

    #[track_caller]
    pub fn exits(self, status: i32) -> Self {
        assert_eq!(self.status, Some(status), "{}{}", self.stdout, self.stderr);
        self
    }

    /// Sees to it that stderr has this text.
    #[cfg(all(feature = "cli", feature = "remote"))]
    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "no {text:?} on stderr: {self:?}");
        self
    }
}

/// Says why a test does nothing.
#[cfg(feature = "remote-openbao")]
pub fn skipped(why: &str) {
    std::io::stderr().write_all(format!("skipped: {why}\n").as_bytes()).unwrap();
}

/// Bytes that do not get smaller, with all values in them.
pub fn noise(count: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    (0..count).map(|_| next()).collect()
}

/// The protocol, with an object that does not exist yet. `open` starts a helper, as each machine would.
pub fn conforms(open: &dyn Fn() -> Helper) {
    stores(open);
    removes(open);
}

/// The protocol without removals, with an object that does not exist yet.
pub fn stores(open: &dyn Fn() -> Helper) {
    let (mut one, mut two) = (open(), open());
    assert_eq!(one.get(None), Ok(Fetched::Absent));
    assert_eq!(one.get(Some("1")), Ok(Fetched::Absent));
    assert_eq!(one.range(None, 0, 9), Ok(Ranged::Absent));
    for tag in ["1", "\"no such tag\"", "0123456789012345678901234567890123456789"] {
        assert_eq!(one.put(PutCondition::Unchanged(tag), b"early".to_vec()), Ok(Stored::Changed), "{tag}");
    }
    let content = noise(300_000);
    let first = one.store(None, &content);
    assert_eq!(one.put(PutCondition::Absent, b"again".to_vec()), Ok(Stored::Changed));
    assert_eq!(two.put(PutCondition::Absent, b"again".to_vec()), Ok(Stored::Changed));
    assert_eq!(two.found(), (first.clone(), content.clone()));
    assert_eq!(two.get(Some(&first)), Ok(Fetched::Unchanged));
    assert_eq!(one.get(Some(&first)), Ok(Fetched::Unchanged));
    let part = |start: usize, end: usize| {
        let content = content[start..end].to_vec();
        Ok(Ranged::Part { tag: first.clone(), size: 300_000, content })
    };
    for client in [&mut one, &mut two, &mut open()] {
        assert_eq!(client.range(None, 0, 100), part(0, 100));
        assert_eq!(client.range(Some(&first), 299_990, 100), part(299_990, 300_000));
        assert_eq!(client.range(Some(&first), 300_000, 100), part(0, 0));
        assert_eq!(client.range(Some(&first), u64::MAX, 100), part(0, 0));
    }
    // what the other one wrote is seen, and not written over
    let second = two.store(Some(&first), b"second");
    assert_ne!(first, second);
    assert_eq!(one.range(Some(&first), 0, 10), Ok(Ranged::Changed));
    assert_eq!(one.put(PutCondition::Unchanged(&first), b"late".to_vec()), Ok(Stored::Changed));
    assert_eq!(
        one.get(Some(&first)),
        Ok(Fetched::Found { tag: second.clone(), content: b"second".to_vec() })
    );
    let third = one.store(Some(&second), b"");
    assert_eq!(two.found(), (third.clone(), Vec::new()));
    assert_eq!(two.probe(), Ok(Probed::Sound));
    assert_eq!(one.get(Some(&third)), Ok(Fetched::Unchanged), "the probe changed the object");
}

/// Removals, with an object that exists.
pub fn removes(open: &dyn Fn() -> Helper) {
    let (mut one, mut two) = (open(), open());
    let (old, _) = one.found();
    // whatever it contains by now
    let newer = two.store(Some(&old), b"newer");
    assert_eq!(one.delete(), Ok(()));
    for client in [&mut one, &mut two, &mut open()] {
        assert_eq!(client.get(None), Ok(Fetched::Absent));
        assert_eq!(client.get(Some(&newer)), Ok(Fetched::Absent));
        assert_eq!(client.range(Some(&newer), 0, 9), Ok(Ranged::Absent));
        assert_eq!(client.put(PutCondition::Unchanged(&newer), b"late".to_vec()), Ok(Stored::Changed));
        assert_eq!(client.delete(), Ok(()), "it is absent already");
    }
    // a helper that has asked nothing before
    for mut next in [open(), open()] {
        let tag = one.store(None, b"again");
        assert_eq!(two.found(), (tag, b"again".to_vec()));
        assert_eq!(next.delete(), Ok(()));
        assert_eq!(one.get(None), Ok(Fetched::Absent));
        assert_eq!(next.get(None), Ok(Fetched::Absent));
    }
    let last = two.store(None, b"last");
    assert_eq!(open().found(), (last, b"last".to_vec()));
}

/// Some helpers add a line each, again and again. Every acknowledged line is stored, and no other.
pub fn race(processes: usize, attempts: usize, open: &(dyn Fn(usize) -> Helper + Sync)) {
    open(0).store(None, b"");
    let acknowledged: Vec<BTreeSet<String>> = thread::scope(|scope| {
        let writer = |process: usize| {
            let mut helper = open(process);
            let mut acknowledged = BTreeSet::new();
            for attempt in 0..attempts {
                let (tag, mut content) = helper.found();
                let line = format!("{process} {attempt}");
                content.extend(format!("{line}\n").into_bytes());
                match helper.put(PutCondition::Unchanged(&tag), content) {
                    Ok(Stored::Stored { .. }) => assert!(acknowledged.insert(line)),
                    Ok(Stored::Changed) => {}
                    other => panic!("{other:?}"),
                }
            }
            acknowledged
        };
        let writers: Vec<_> = (0..processes).map(|process| scope.spawn(move || writer(process))).collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    });
    let acknowledged: BTreeSet<String> = acknowledged.into_iter().flatten().collect();
    let stored = String::from_utf8(open(0).found().1).unwrap();
    let lines: BTreeSet<String> = stored.lines().map(str::to_owned).collect();
    assert_eq!(stored.lines().count(), lines.len(), "a line is stored twice");
    assert_eq!(acknowledged, lines);
    assert!(acknowledged.len() >= attempts, "only {} writes in {processes} × {attempts}", acknowledged.len());
}
