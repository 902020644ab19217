//! An engine in memory that several machines share, with the faults that a network has.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use credctl::remote::{
    EngineFailure, FailureKind, Fetched, Probed, PutCondition, Ranged, RemoteObject, Stored,
};
use credctl::store::{Contact, Engines, Keeper, Notice, SharedPlaces, Store, Terms};
use credctl::vault::{Identities, Key, Lockset, Parsed, Plugins, Recipients, Sealed};
use uuid::Uuid;

pub const ADDRESS: &str = "memory://bucket/team.age";

/// A fault of the next request that it concerns.
#[derive(Debug, Clone)]
pub enum Fault {
    /// No request is answered until the fault is taken back.
    Down,
    /// The next put is stored, and its answer is lost.
    LostAnswer,
    /// The next put is lost on its way.
    LostRequest,
    /// Another machine stores this content right before the next put.
    Overtaken(Vec<u8>),
    /// The next blob is stored, and the answer is lost.
    LostBlob,
}

/// The engine and what was asked of it.
#[derive(Debug, Default)]
pub struct World {
    pub object: Option<Vec<u8>>,
    pub version: u64,
    /// The blobs beside the object, by the ends of their addresses.
    pub blobs: BTreeMap<String, Vec<u8>>,
    pub faults: VecDeque<Fault>,
    pub is_unsound: bool,
    /// True if the engine gives parts of an object.
    pub has_ranges: bool,
    pub gets: usize,
    pub ranges: usize,
    pub puts: usize,
    pub probes: usize,
    /// The bytes that reads moved.
    pub moved: usize,
}

impl World {
    pub fn put(&mut self, content: Vec<u8>) {
        self.object = Some(content);
        self.version += 1;
    }

    fn tag(&self) -> String {
        format!("\"{}\"", self.version)
    }
}

/// The engine as each machine reaches it.
#[derive(Debug, Clone, Default)]
pub struct MemoryEngine(pub Rc<RefCell<World>>);

impl Engines for MemoryEngine {
    fn open(&self, address: &str, _: Duration) -> Result<Box<dyn RemoteObject>, EngineFailure> {
        Ok(match address.strip_prefix(ADDRESS).filter(|end| !end.is_empty()) {
            Some(end) => Box::new(MemoryBlob { engine: self.clone(), name: end.to_owned() }),
            None => Box::new(self.clone()),
        })
    }
}

/// A blob beside the object.
struct MemoryBlob {
    engine: MemoryEngine,
    name: String,
}

impl RemoteObject for MemoryBlob {
    fn get(&mut self, _: Option<&str>) -> Result<Fetched, EngineFailure> {
        self.engine.up()?;
        let content = self.engine.0.borrow().blobs.get(&self.name).cloned();
        Ok(content.map_or(Fetched::Absent, |content| Fetched::Found { tag: "1".to_owned(), content }))
    }

    fn range(&mut self, _: Option<&str>, start: u64, count: u64) -> Result<Ranged, EngineFailure> {
        Ok(match self.get(None)? {
            Fetched::Found { tag, content } => Ranged::of_whole(tag, &content, start, count),
            _ => Ranged::Absent,
        })
    }

    fn put(&mut self, condition: PutCondition<'_>, content: Vec<u8>) -> Result<Stored, EngineFailure> {
        self.engine.up()?;
        assert_eq!(condition, PutCondition::Absent);
        let mut world = self.engine.0.borrow_mut();
        if world.blobs.contains_key(&self.name) {
            return Ok(Stored::Changed);
        }
        world.blobs.insert(self.name.clone(), content);
        if matches!(world.faults.front(), Some(Fault::LostBlob)) {
            world.faults.pop_front();
            return Ok(Stored::unknown("the connection was reset"));
        }
        Ok(Stored::Stored { tag: "1".to_owned() })
    }

    fn probe(&mut self) -> Result<Probed, EngineFailure> {
        panic!("the vault is probed, and no blob");
    }

    fn delete(&mut self) -> Result<(), EngineFailure> {
        self.engine.up()?;
        self.engine.0.borrow_mut().blobs.remove(&self.name);
        Ok(())
    }
}

impl MemoryEngine {
    fn up(&self) -> Result<(), EngineFailure> {
        match self.0.borrow().faults.front() {
            Some(Fault::Down) => Err(EngineFailure::new(FailureKind::Unreachable, "no answer")),
            _ => Ok(()),
        }
    }
}

impl RemoteObject for MemoryEngine {
    fn get(&mut self, unless: Option<&str>) -> Result<Fetched, EngineFailure> {
        self.up()?;
        let mut world = self.0.borrow_mut();
        world.gets += 1;
        let tag = world.tag();
        let Some(content) = world.object.clone() else { return Ok(Fetched::Absent) };
        if unless == Some(tag.as_str()) {
            return Ok(Fetched::Unchanged);
        }
        world.moved += content.len();
        Ok(Fetched::Found { tag, content })
    }

    fn has_ranges(&self) -> bool {
        self.0.borrow().has_ranges
    }

    fn range(&mut self, tag: Option<&str>, start: u64, count: u64) -> Result<Ranged, EngineFailure> {
        self.up()?;
        let mut world = self.0.borrow_mut();
        world.ranges += 1;
        let own = world.tag();
        let Some(content) = world.object.clone() else { return Ok(Ranged::Absent) };
        if tag.is_some_and(|tag| tag != own) {
            return Ok(Ranged::Changed);
        }
        let part = Ranged::of_whole(own, &content, start, count);
        if let Ranged::Part { content, .. } = &part {
            world.moved += content.len();
        }
        Ok(part)
    }

    fn put(&mut self, condition: PutCondition<'_>, content: Vec<u8>) -> Result<Stored, EngineFailure> {
        self.up()?;
        let mut world = self.0.borrow_mut();
        world.puts += 1;
        let mut fault = world.faults.pop_front();
        match fault.take_if(|fault| !matches!(fault, Fault::LostAnswer)) {
            Some(Fault::LostRequest) => return Ok(Stored::unknown("the connection was reset")),
            Some(Fault::Overtaken(other)) => world.put(other),
            _ => {}
        }
        let own = world.object.as_ref().map(|_| world.tag());
        if condition.tag() != own.as_deref() {
            return Ok(Stored::Changed);
        }
        world.put(content);
        match fault {
            Some(Fault::LostAnswer) => Ok(Stored::unknown("the connection was reset")),
            _ => Ok(Stored::Stored { tag: world.tag() }),
        }
    }

    fn probe(&mut self) -> Result<Probed, EngineFailure> {
        self.up()?;
        let mut world = self.0.borrow_mut();
        world.probes += 1;
        Ok(if world.is_unsound { Probed::unsound("a wrong tag was accepted") } else { Probed::Sound })
    }
}

/// The operator of a machine, who hears everything.
pub struct Operator {
    key: Rc<Key>,
    pub heard: RefCell<Vec<String>>,
}

impl Keeper for &Operator {
    type Error = credctl::store::Error;

    fn key(&self, _: &Sealed) -> Result<Rc<Key>, Self::Error> {
        Ok(Rc::clone(&self.key))
    }

    fn hear(&self, notice: Notice<'_>) {
        let text = match notice {
            Notice::Stale { copy, .. } => format!("stale: {}", copy.reason.as_deref().unwrap_or("not asked")),
            Notice::Again => "again".to_owned(),
            Notice::Queued { address } => format!("queued: {address}"),
            _ => return,
        };
        self.heard.borrow_mut().push(text);
    }
}

/// Several machines with one engine and one key.
pub struct Team {
    pub engine: MemoryEngine,
    pub operator: Operator,
    recipient: String,
    folder: tempfile::TempDir,
}

impl Team {
    pub fn new() -> Self {
        let (secret, recipient) = credctl::vault::generate();
        let text = secret.expose().as_bytes().to_vec().into();
        let Ok(Parsed::Ready(identities)) = Identities::parse(text, "its own", &Plugins::default()) else {
            panic!("it has no passphrase");
        };
        let operator = Operator { key: Key::Identities(identities).keeper(), heard: RefCell::default() };
        Self { engine: MemoryEngine::default(), operator, recipient, folder: tempfile::tempdir().unwrap() }
    }

    /// A team whose vault exists.
    pub fn with_vault() -> Self {
        let team = Self::new();
        team.machine("one").create(&team.lockset()).unwrap();
        team
    }

    pub fn lockset(&self) -> Lockset {
        Lockset::Recipients(self.recipients())
    }

    pub fn recipients(&self) -> Recipients {
        Recipients::parse([&self.recipient], &Plugins::default()).unwrap()
    }

    /// The vault as a machine of this name uses it.
    pub fn machine(&self, name: &str) -> Store<&Operator> {
        self.machine_at(name, 0, Contact::Usual(Duration::from_millis(300)))
    }

    /// The vault as a machine uses it some seconds later.
    pub fn machine_at(&self, name: &str, seconds: i64, contact: Contact) -> Store<&Operator> {
        Store::new(Path::new(ADDRESS), &self.operator, self.terms(name, seconds, contact))
    }

    /// The terms of a machine some seconds later.
    pub fn terms(&self, name: &str, seconds: i64, contact: Contact) -> Terms {
        let now = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::seconds(seconds);
        let mut terms = Terms::new(Uuid::nil(), now);
        let home = self.folder.path().join(name);
        terms.pins = Some(home.join("state"));
        let engines = Rc::new(self.engine.clone());
        let (folder, queues) = (home.join("cache"), home.join("queues"));
        terms.places = Some(Rc::new(SharedPlaces { folder, queues, engines, contact, now }));
        terms
    }

    /// The vault as a machine uses it that keeps changes while the engine does not answer.
    pub fn queueing(&self, name: &str) -> Store<&Operator> {
        let store = self.machine(name);
        let terms = Terms { queues: true, ..store.terms().clone() };
        Store::new(Path::new(ADDRESS), &self.operator, terms)
    }

    pub fn fault(&self, fault: Fault) {
        self.engine.0.borrow_mut().faults.push_back(fault);
    }

    /// Puts a file in the place of the folder of a machine's working copies.
    pub fn block_cache(&self, name: &str) {
        let home = self.folder.path().join(name);
        fs::create_dir_all(&home).unwrap();
        fs::write(home.join("cache"), "").unwrap();
    }

    /// The folder in which a machine keeps what it knows of its working copy.
    pub fn state(&self, name: &str) -> PathBuf {
        let copies = self.folder.path().join(name).join("cache");
        fs::read_dir(copies).unwrap().next().unwrap().unwrap().path().join("state")
    }

    /// The names of the files in the folder of a machine's working copy.
    pub fn files(&self, name: &str) -> Vec<String> {
        let mut names = crate::support::names(self.state(name).parent().unwrap());
        for queue in fs::read_dir(self.folder.path().join(name).join("queues")).into_iter().flatten() {
            names.extend(crate::support::names(&queue.unwrap().path()));
        }
        names
    }

    /// Everything that the operator has heard since the last call.
    pub fn heard(&self) -> Vec<String> {
        self.operator.heard.take()
    }
}
