//! Several items in one call: a result for each, in the order in which they came.
//!
//! A document may have many small items that all fail for the same reason. Results are therefore kept small:
//! their printed form is made only when they are printed.

use std::borrow::Cow;
use std::rc::Rc;

use credctl::credential::FieldChange;
use credctl::store::Transaction;
use credctl::value::{Object, Value};

use super::progress::Progress;
use crate::cli::error::{Error, Failure, discreet};

/// Results of the items so far.
pub struct Bulk {
    pub(super) progress: Progress,
    /// The word for an item that succeeded: `added`, `updated`, `deleted`.
    pub(super) done: &'static str,
    pub(super) results: Vec<BulkItem>,
    pub(super) failed: usize,
    /// The fields that would change, in a dry run, with the positions of their results.
    pub(super) differing: Vec<(usize, Box<[FieldChange]>)>,
    /// True if the changes of all items are discarded.
    pub(super) abandoned: bool,
    /// The last distinct errors, which the results share.
    pub(super) errors: Vec<Rc<Error>>,
    pub(super) extra: Object,
}

/// The result of one item.
pub(super) struct BulkItem {
    pub(super) id: Option<Box<str>>,
    /// The members beside the id (`None` if there are none), or the error.
    pub(super) outcome: Result<Option<Box<Object>>, Rc<Error>>,
}

impl BulkItem {
    /// Returns the id as it may be shown. An unknown id may be a secret that was given by mistake.
    pub(super) fn shown_id(&self) -> Option<Cow<'_, str>> {
        let id = self.id.as_deref()?;
        let unknown = |error: &Rc<Error>| matches!(error.kind(), Failure::NotFound | Failure::Usage);
        let is_slip = self.outcome.as_ref().is_err_and(unknown);
        Some(if is_slip { discreet::message(id) } else { id.into() })
    }
}

impl Bulk {
    pub fn new(done: &'static str) -> Self {
        Self {
            progress: Progress::new(),
            done,
            results: Vec::new(),
            failed: 0,
            differing: Vec::new(),
            abandoned: false,
            errors: Vec::new(),
            extra: Object::new(),
        }
    }

    /// Adds the result of an item. The object of a success holds the members beside the id.
    pub fn add(&mut self, id: Option<&str>, result: Result<Object, impl Into<Rc<Error>>>) {
        let outcome = match result {
            Ok(extra) => Ok((!extra.is_empty()).then(|| Box::new(extra))),
            Err(error) => {
                self.failed += 1;
                Err(self.share(error))
            }
        };
        self.results.push(BulkItem { id: id.map(Into::into), outcome });
        self.progress.step(self.results.len());
    }

    /// Adds to the last result the fields that would change.
    pub fn differ(&mut self, changes: impl Into<Box<[FieldChange]>>) {
        let changes = changes.into();
        if let Some(last) = self.results.len().checked_sub(1).filter(|_| !changes.is_empty()) {
            self.differing.push((last, changes));
        }
    }

    /// Returns the ids of the items that were done.
    pub fn done_ids(&self) -> Vec<&str> {
        self.results.iter().filter(|item| self.is_done(item)).filter_map(|item| item.id.as_deref()).collect()
    }

    /// Returns one of the last errors if it is equal to this error; else keeps this error and returns it.
    pub fn share(&mut self, error: impl Into<Rc<Error>>) -> Rc<Error> {
        const DIFFERENT: usize = 8;
        let error = error.into();
        if let Some(known) = self.errors.iter().find(|known| **known == error) {
            return known.clone();
        }
        if self.errors.len() == DIFFERENT {
            self.errors.remove(0);
        }
        self.errors.push(error.clone());
        error
    }

    /// Adds a member to the answer.
    pub fn with(mut self, name: &str, value: Value) -> Self {
        self.extra.insert(name, value);
        self
    }

    /// Discards the changes of all items if `atomic` is set and one of them failed. Returns true if it did:
    /// then the notices about the changes are not true.
    #[must_use]
    pub fn settle(&mut self, vault: &mut Transaction<'_>, atomic: bool) -> bool {
        let discards = atomic && self.failed > 0;
        if discards {
            vault.discard();
            self.abandon();
        }
        discards
    }

    /// Marks every item as not done.
    pub fn abandon(&mut self) {
        self.abandoned = true;
    }
}
