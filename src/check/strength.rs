//! Secrets that can be guessed. Guessing takes long, so it is done beside the reading, on threads.

use std::num::NonZero;
use std::sync::{Arc, Mutex, mpsc};
use std::thread::{self, JoinHandle};

use super::estimate::Estimate;
use crate::credential::Credential;
use crate::secret::Secret;
use crate::value::Value;

/// The length in bytes of the longest secret that is judged. A longer one is a key, or a phrase that
/// cannot be guessed.
const LONGEST: usize = 32;

/// The number of characters that are judged first.
const BEGINNING: usize = 12;

/// Returns the decimal logarithm of the tries that guess a secret, if they are few. `known` holds the texts
/// that somebody would try first.
#[must_use]
pub fn guesses(secret: &Secret, known: &[&str]) -> Option<u32> {
    // a text that begins strong is strong, and a short text is judged many times faster than a long one
    let text = secret.expose();
    let beginning = text.char_indices().nth(BEGINNING).map(|(end, _)| &text[..end]);
    if beginning.is_some_and(|text| Estimate::of(text, known).is_strong) {
        return None;
    }
    let estimate = Estimate::of(text, known);
    (!estimate.is_strong).then(|| estimate.rounded())
}

/// The strength of a passphrase that is being chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strength {
    /// The decimal logarithm of the tries that guess the passphrase.
    pub tries: u32,
    /// True if these are few.
    pub is_weak: bool,
}

impl Strength {
    /// Judges a passphrase, however long it is.
    #[must_use]
    pub fn of(passphrase: &Secret) -> Self {
        let few = guesses(passphrase, &[]);
        let tries = few.unwrap_or_else(|| Estimate::of(passphrase.expose(), &[]).rounded());
        Self { tries, is_weak: few.is_some() }
    }
}

/// A secret to be judged: the id and the member where it stands, and the texts that somebody would try first.
struct Task {
    id: String,
    member: String,
    secret: Secret,
    known: Vec<String>,
}

/// A weak secret: the id and the member where it stands, and the decimal logarithm of the tries that guess it.
type Weak = (String, String, u32);

/// The most secrets that wait for a thread. With more of them the reader of a large vault has to wait, so
/// that it does not keep them all in memory.
const WAITING: usize = 256;

pub(super) struct Judge {
    tasks: mpsc::SyncSender<Task>,
    threads: Vec<JoinHandle<Vec<Weak>>>,
    /// The weak secrets that were found without a thread.
    weak: Vec<Weak>,
}

impl Judge {
    pub(super) fn begin() -> Self {
        let (tasks, queue) = mpsc::sync_channel(WAITING);
        let queue = Arc::new(Mutex::new(queue));
        let count = thread::available_parallelism().map_or(1, NonZero::get).min(8);
        let threads = (0..count).filter_map(|_| {
            let queue = Arc::clone(&queue);
            thread::Builder::new().spawn(move || judge_all(&queue)).ok()
        });
        let threads = threads.collect();
        Self { tasks, threads, weak: Vec::new() }
    }

    pub(super) fn look_at(&mut self, credential: &Credential) {
        let Some(member) = credential.kind().main_secret() else { return };
        let Some(secret) = credential.secret(&member).and_then(|held| held.plain()) else { return };
        if secret.len() > LONGEST {
            return;
        }
        let head = credential.head();
        let public = credential.kind().fields.iter().filter(|field| !field.is_secret()).filter_map(|field| {
            credential.fields().get(field.name).and_then(Value::as_text).map(|text| text.expose().to_owned())
        });
        let known = public.chain([head.id.clone(), head.envelope.name.clone()]).collect();
        let task = Task { id: head.id.clone(), member, secret, known };
        // no thread could be started, or all have panicked; `finish` passes a panic on
        if let Err(mpsc::SendError(task)) = self.tasks.send(task) {
            self.weak.extend(judge(task));
        }
    }

    pub(super) fn finish(self) -> Vec<Weak> {
        let Self { tasks, threads, mut weak } = self;
        // ends the queue, and with it the threads
        drop(tasks);
        for thread in threads {
            match thread.join() {
                Ok(found) => weak.extend(found),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        weak
    }
}

fn judge_all(queue: &Mutex<mpsc::Receiver<Task>>) -> Vec<Weak> {
    let mut weak = Vec::new();
    loop {
        let task = match queue.lock() {
            Ok(queue) => queue.recv(),
            Err(_) => return weak,
        };
        match task {
            Ok(task) => weak.extend(judge(task)),
            Err(_) => return weak,
        }
    }
}

fn judge(task: Task) -> Option<Weak> {
    let known: Vec<&str> = task.known.iter().map(String::as_str).collect();
    let tries = guesses(&task.secret, &known)?;
    Some((task.id, task.member, tries))
}
