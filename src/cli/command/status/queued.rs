//! The queue of a vault at an address, in the report.

use chrono::{DateTime, Utc};
use credctl::store::Queue;
use credctl::time;
use credctl::value::{Object, Value};

/// The changes of this machine that wait for the server of the vault.
pub struct QueuedChanges {
    /// The file that has them.
    pub path: String,
    /// The time when the first of them was made.
    pub since: Option<DateTime<Utc>>,
    /// The number of their generations, if the vault is open.
    pub generations: Option<u64>,
}

impl QueuedChanges {
    pub fn of(queue: &Queue) -> Self {
        Self { path: queue.path().display().to_string(), since: queue.since(), generations: None }
    }

    pub fn document(&self) -> Object {
        let mut queued = Object::new();
        if let Some(since) = self.since {
            queued.insert("since", Value::text(time::format(since)));
        }
        if let Some(generations) = self.generations {
            queued.insert("generations", generations);
        }
        queued.insert("path", Value::text(self.path.as_str()));
        queued
    }
}
