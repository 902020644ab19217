//! Several items in one call: a result for each, in the order in which they came.
//!
//! A document may have many small items that all fail for the same reason, so that a result is kept small:
//! what is shown of it is made when it is printed.

mod progress;
mod report;

use credctl::store::Deployment;
use std::borrow::Cow;
use std::rc::Rc;

use credctl::kind::System;
use credctl::value::{Object, Value};
use credctl::vault::Vault;

use super::context::Context;
use super::error::{Error, Kind, discreet};
use progress::Progress;
use report::Report;

pub use report::as_aspire;

/// Results of the items so far.
pub struct Bulk {
    progress: Progress,
    /// What is said of an item that went well: `added`, `updated`, `deleted`.
    done: &'static str,
    results: Vec<Item>,
    failed: usize,
    /// Whether what was done is undone.
    abandoned: bool,
    /// The last errors that differ.
    errors: Vec<Rc<Error>>,
    extra: Object,
}

/// What became of one item.
struct Item {
    id: Option<Box<str>>,
    /// Members beside the id, none if there are none.
    outcome: Result<Option<Box<Object>>, Rc<Error>>,
}

impl Item {
    /// The id as it may be shown: what is the id of nothing may be a secret that slipped into its place.
    fn shown_id(&self) -> Option<Cow<'_, str>> {
        let id = self.id.as_deref()?;
        let unknown = |error: &Rc<Error>| matches!(error.kind(), Kind::NotFound | Kind::Usage);
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
            abandoned: false,
            errors: Vec::new(),
            extra: Object::new(),
        }
    }

    /// Adds the result of an item; `extra` are members beside its id.
    pub fn add(&mut self, id: Option<&str>, result: Result<Object, impl Into<Rc<Error>>>) {
        let outcome = match result {
            Ok(extra) => Ok((!extra.is_empty()).then(|| Box::new(extra))),
            Err(error) => {
                self.failed += 1;
                Err(self.share(error))
            }
        };
        self.results.push(Item { id: id.map(Into::into), outcome });
        self.progress.step(self.results.len());
    }

    /// The error itself, or one of the last that says the same.
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

    /// Whether there are items, and not one of them was done.
    pub fn all_failed(&self) -> bool {
        !self.results.is_empty() && self.failed == self.results.len()
    }

    /// Adds a member to the answer.
    pub fn with(mut self, name: &str, value: Value) -> Self {
        self.extra.insert(name, value);
        self
    }

    /// With `atomic`, an item that failed takes the others with it: no change is left to be saved.
    pub fn settle(&mut self, vault: &mut Vault, atomic: bool) {
        if atomic && self.failed > 0 {
            vault.discard();
            self.abandon();
        }
    }

    /// Says of every item that it was not done.
    pub fn abandon(&mut self) {
        self.abandoned = true;
    }

    /// Prints the results; the status is the item's own if there was one, else that of a partial
    /// failure.
    pub fn finish(self, context: &Context, dry_run: bool, deployment: &Deployment) -> Result<(), Error> {
        Report::new(context, &self, dry_run, deployment).print()?;
        let first = self.results.iter().find_map(|item| item.outcome.as_ref().err());
        match first {
            None => Ok(()),
            Some(error) if self.results.len() == 1 => Err(Error::clone(error)),
            Some(first) => Err(first.among(self.failed, self.results.len())),
        }
    }

    /// Whether an item was done, and stays so.
    fn is_done(&self, item: &Item) -> bool {
        let says_no = |extra: &Object| extra.get(self.done) == Some(&Value::Bool(false));
        !self.abandoned && matches!(&item.outcome, Ok(extra) if !extra.as_deref().is_some_and(says_no))
    }

    /// What is shown of an item.
    fn shown(&self, item: &Item, system: Option<System>) -> Object {
        let mut shown = Object::new();
        if let Some(id) = item.shown_id() {
            shown.insert("id", Value::text(id.as_ref()));
        }
        shown.insert(self.done, self.is_done(item));
        match &item.outcome {
            Ok(extra) => {
                let undone = |name: &str| name == self.done || name == "action" || name == "created";
                for (name, value) in extra.iter().flat_map(|extra| extra.iter()) {
                    if !self.abandoned || !undone(name) {
                        shown.insert(name, value.clone());
                    }
                }
            }
            Err(error) => {
                let mut error = error.document();
                if system == Some(System::Aspire) {
                    as_aspire(&mut error);
                }
                shown.insert("error", error);
            }
        }
        shown
    }
}

impl Error {
    /// This error as the first of those that failed.
    fn among(&self, failed: usize, total: usize) -> Self {
        Self::new(
            Kind::Partial,
            format!("{failed} of {total} items failed, the first with: {}", self.detail()),
        )
        .hint("the results on stdout say which")
    }
}
