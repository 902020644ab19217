//! The choice between a vault at an address and its queue, and the way of queued changes to the engine.

use std::rc::Rc;

use chrono::{DateTime, Utc};

use super::bundles::{Bundles, Deployment};
use super::change::{ATTEMPTS, Outcome, Refused, pause};
use super::error::Error;
use super::judging::{Judged, VaultUse};
use super::keeper::{Keeper, Notice};
use super::opening::Store;
use super::places::{Contact, EngineError, Queue, StaleCopy};
use super::scope::{Scope, Writes};
use super::terms::Terms;
use crate::disk::Location;
use crate::vault::{self, Key, MergeReport, Vault};

/// The use of a vault at an address, as far as its queue is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum QueueUse {
    /// A change that is tried and not made. Nothing is stored for it.
    Try,
    /// A read.
    Read,
    /// A change.
    Change,
}

/// The result of asking the engine about a queue.
pub enum QueueContact<E> {
    /// The vault at the address is used. Nothing is queued.
    Direct,
    /// The vault at the address is used, which has the changes of the queue now.
    Stored(Box<StoredQueue>),
    /// The queue is used, because the engine was not asked or did not answer.
    Queue {
        /// The age of the copy, and the reason.
        copy: StaleCopy,
        /// The time when the queue was begun; `None` if there is none yet.
        since: Option<DateTime<Utc>>,
    },
    /// The vault at the address is read. The changes stay in the queue, for this reason.
    Kept(E),
}

/// A queue that the engine has now.
pub struct StoredQueue {
    /// The merge of the changes.
    pub outcome: Outcome<MergeReport>,
    /// The key of the vault.
    pub key: Rc<Key>,
}

impl<K: Keeper> Store<K> {
    /// Chooses between the vault at the address and its queue, and brings the changes of the queue to the engine if it
    /// answers. Changes nothing about a vault in a file. Call it before each use of the vault.
    ///
    /// # Errors
    /// An engine that refuses, or that does not answer although it must; for a change, an error of the merge. Nothing of
    /// the queue is lost.
    pub fn contact(&mut self, wanted: QueueUse) -> Result<QueueContact<K::Error>, K::Error> {
        let Some(copy) = self.terms.copy(self.path()) else { return Ok(QueueContact::Direct) };
        let queue = copy.queue();
        let (is_pending, contact) = (queue.is_pending(), copy.contact());
        let may_queue = wanted == QueueUse::Change && self.terms.queues && contact != Contact::Fresh;
        if !is_pending && !may_queue {
            return Ok(QueueContact::Direct);
        }
        let since = queue.since();
        if wanted == QueueUse::Try {
            self.queue = Some(queue);
            return Ok(QueueContact::Queue {
                copy: StaleCopy { since: copy.compared(), reason: None },
                since,
            });
        }
        if let Some(copy) = copy.silence(wanted == QueueUse::Change, may_queue)? {
            if may_queue || wanted == QueueUse::Read && contact != Contact::Fresh {
                self.queue = Some(queue);
                return Ok(QueueContact::Queue { copy, since });
            }
            let address = queue.address().to_owned();
            return Err(Error::from(match copy.reason {
                None => EngineError::Offline { address },
                Some(text) => EngineError::Unreachable { address, text },
            })
            .into());
        }
        if !is_pending {
            return Ok(QueueContact::Direct);
        }
        match self.store_queue(&queue) {
            Ok(None) => Ok(QueueContact::Direct),
            Ok(Some(stored)) => Ok(QueueContact::Stored(Box::new(stored))),
            Err(error) if wanted == QueueUse::Change => Err(error),
            Err(error) => Ok(QueueContact::Kept(error)),
        }
    }

    /// Returns true if the queue is used in the place of the vault at the address.
    #[must_use]
    pub fn uses_queue(&self) -> bool {
        self.queue.is_some()
    }

    /// Uses the queue in the place of the vault at the address, as [`Store::contact`] chose before.
    #[must_use]
    pub fn with_queue(mut self) -> Self {
        self.queue = self.terms.copy(self.path()).map(|copy| copy.queue());
        self
    }

    /// Merges the queue into the vault at the address, and removes it. Returns `None` if another process was faster.
    fn store_queue(&self, queue: &Queue) -> Result<Option<StoredQueue>, K::Error> {
        // who may only read stores nothing; of a project, each change was checked when it was made
        self.terms.scope.check(Writes::Credentials)?;
        let location = queue.location().map_err(vault::Error::from).map_err(Error::from)?;
        // all the time, so that no change comes into the queue between the merge and its end
        let lock = location.lock(self.terms.lock_timeout).map_err(vault::Error::from).map_err(Error::from)?;
        if !queue.is_pending() {
            return Ok(None);
        }
        let terms = Terms { scope: Scope::default(), ..self.terms.clone() };
        let whole = Store::new(self.path(), &self.keeper, terms);
        let mut attempt = 1;
        let (outcome, key) = loop {
            let (open, report) = whole.open_merged(&queue.path(), queue.base_there().as_deref())?;
            let key = Rc::clone(&open.key);
            if !report.is_changed {
                break (Outcome { answer: report, deployment: Deployment::default() }, key);
            }
            match open.save(&whole, Bundles::default()).map_err(Refused::<K::Error>::of) {
                Ok(deployment) => break (Outcome { answer: report, deployment }, key),
                Err(Refused::Outpaced(_)) if attempt < ATTEMPTS => {
                    self.keeper.hear(Notice::Again);
                    pause(attempt);
                    attempt += 1;
                }
                Err(Refused::Outpaced(error)) => return Err(error.into()),
                Err(Refused::Other(error)) => return Err(error),
            }
        };
        // a kill before this leaves a queue of which the next merge finds nothing new
        queue.end(&lock).map_err(vault::Error::from).map_err(Error::from)?;
        Ok(Some(StoredQueue { outcome, key }))
    }

    /// Fails if the queue is used: what changes keys or other files needs the engine.
    pub(super) fn refuse_in_queue(&self, what: &'static str) -> Result<(), Error> {
        self.queue.as_ref().map_or(Ok(()), |queue| Err(queue.refusal(what)))
    }

    /// Removes a queue that was begun for a change that came to nothing.
    pub(super) fn forget_empty_queue(&self) {
        let Some(queue) = self.queue.as_ref().filter(|queue| !queue.is_pending()) else { return };
        // an empty one that stays counts as none
        if let Ok(lock) = queue.location().and_then(|location| location.lock(self.terms.lock_timeout))
            && !queue.is_pending()
        {
            drop(queue.end(&lock));
        }
    }

    /// Judges the queue as a generation of the vault at the address. It is not remembered: the engine does not have it.
    pub(super) fn judge_queue(
        &self,
        location: &Location,
        vault: Vault,
        wanted: VaultUse,
    ) -> Result<Judged, vault::Error> {
        let judged = self.terms.recall(location, &vault).map(|memory| {
            // a missing memory refuses nothing
            memory.map_or(Ok(()), |memory| memory.judge(&vault).or_else(|_| memory.judge_branch(&vault)))
        });
        match judged {
            Some(Err(distrust)) if wanted == VaultUse::Read && self.terms.accept_older => {
                self.keeper.hear(Notice::Distrusted(&distrust));
                Ok(Judged { distrust: Some(distrust), ..Judged::of(vault) })
            }
            Some(Err(distrust)) => Err(distrust.into()),
            Some(Ok(())) | None => Ok(Judged::of(vault)),
        }
    }
}
