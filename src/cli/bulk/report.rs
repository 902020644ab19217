//! The answer of a bulk call. It is written item by item, so that it takes no more memory than its longest
//! item.

use crate::cli::{deployment, diff};
use credctl::store::Deployment;
use std::borrow::Cow;
use std::io::{self, Write};

use credctl::system::{BulkAnswer, ForeignSystem};
use credctl::value::json::JsonView;
use credctl::value::{Object, Value, yaml};
use serde::ser::{Serialize, SerializeMap as _, Serializer};

use super::results::{Bulk, BulkItem};
use super::summary::summary;
use crate::cli::context::{Settings, Ui};
use crate::cli::error::{Error, Failure};
use crate::cli::options::Form;
use crate::cli::output;

/// The number of items that a terminal shows one by one.
const FEW: usize = 10;

/// The printable answer of a bulk call.
pub(super) struct BulkReport<'a> {
    settings: &'a Settings,
    ui: &'a Ui,
    bulk: &'a Bulk,
    message: String,
    /// The members that follow the results.
    rest: Object,
}

impl<'a> BulkReport<'a> {
    pub fn new(
        settings: &'a Settings,
        ui: &'a Ui,
        bulk: &'a Bulk,
        dry_run: bool,
        deployment: &Deployment,
    ) -> Self {
        let total = bulk.results.len();
        let done = bulk.results.iter().filter(|item| bulk.is_done(item)).count();
        let message = if dry_run {
            format!("dry run: {done} of {total} would be {}; nothing was written", bulk.done)
        } else {
            format!("{done} of {total} {}", bulk.done)
        };
        let mut rest = Object::new();
        rest.insert("message", Value::text(message.as_str()));
        rest.insert("deploymentResult", deployment::document(deployment));
        if dry_run {
            rest.insert("dryRun", true);
        }
        Self { settings, ui, bulk, message, rest }
    }

    pub fn print(&self) -> Result<(), Error> {
        // `--format` of an import is the format of the file; the answer has credctl's own shape
        let system = self.settings.foreign().filter(|_| self.bulk.done != "imported");
        if let Some(answer) = system.and_then(|system| self.foreign(system)) {
            return output::document(self.settings, &answer);
        }
        match self.settings.form {
            Form::Table | Form::Wide => output::with_stdout(|out| self.for_people(out)),
            Form::Name | Form::Env | Form::Csv | Form::Tsv | Form::Jsonl => {
                let wide: &[&str] = if self.bulk.extra.get("format").is_some() {
                    &["id", "imported", "action", "error"]
                } else {
                    &["id", "added", "updated", "deleted", "error"]
                };
                output::rows(
                    self.settings,
                    self.ui,
                    self.results(),
                    &output::Columns { table: &["id"], wide },
                )
            }
            Form::Json => output::with_stdout(|out| output::serialized(self, out)),
            Form::Yaml => output::with_stdout(|out| self.yaml(out)),
        }
    }

    /// Writes the fields that would change, the failures and the sentence. A terminal shows only the first ones,
    /// and counts by what became of the items.
    fn for_people(&self, out: &mut dyn Write) -> io::Result<()> {
        let is_brief = self.ui.is_brief();
        let most = if is_brief { FEW } else { usize::MAX };
        let mut differing = self.bulk.differing.iter();
        for (position, changes) in differing.by_ref().take(most) {
            let id = self.bulk.results.get(*position).and_then(BulkItem::shown_id).unwrap_or_default();
            let lines = diff::lines(self.settings, self.ui, changes, &[]);
            write!(out, "{}\n{lines}", output::sanitize::line(&id))?;
        }
        more(out, differing.count(), "would change")?;
        let mut failures = self.failures();
        for failure in failures.by_ref().take(most) {
            writeln!(out, "{}", output::sanitize::line(&format!("failed {failure}")))?;
        }
        more(out, failures.count(), "failed")?;
        let summary = is_brief.then(|| summary(self.bulk, self.rest.get("dryRun").is_some()));
        writeln!(out, "{}", summary.as_ref().unwrap_or(&self.message))
    }

    fn results(&self) -> impl Iterator<Item = Object> {
        let system = self.settings.foreign();
        self.bulk.results.iter().map(move |item| self.bulk.shown(item, system))
    }

    /// Returns the items that failed, each with its reason.
    fn failures(&self) -> impl Iterator<Item = String> {
        (1..).zip(&self.bulk.results).filter_map(|(number, item)| {
            let error = item.outcome.as_ref().err()?;
            let id = item.shown_id().map_or_else(|| format!("item {number}"), Cow::into_owned);
            Some(format!("{id}: {}", error.detail()))
        })
    }

    fn yaml(&self, out: &mut dyn Write) -> io::Result<()> {
        if !self.bulk.extra.is_empty() {
            yaml::write(&self.bulk.extra.clone().into(), out)?;
        }
        yaml::write_list("results", self.results().map(Value::Object), out)?;
        yaml::write(&self.rest.clone().into(), out)
    }

    /// Makes the answer in the shape of a system, if it has one of its own.
    fn foreign(&self, system: &dyn ForeignSystem) -> Option<Object> {
        let lines = &mut std::iter::once(self.message.clone()).chain(self.failures());
        system.bulk(BulkAnswer { done: self.bulk.done, results: &mut self.results(), lines })
    }
}

/// Writes the number of items that are not shown, and how to see them.
fn more(out: &mut dyn Write, count: usize, what: &str) -> io::Result<()> {
    match count {
        0 => Ok(()),
        count => writeln!(out, "and {count} more {what}; -v shows all, -o json every result"),
    }
}

impl Serialize for BulkReport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut answer = serializer.serialize_map(None)?;
        for (name, value) in self.bulk.extra.iter() {
            answer.serialize_entry(name, &JsonView(value))?;
        }
        answer.serialize_entry("results", &Results(self))?;
        for (name, value) in self.rest.iter() {
            answer.serialize_entry(name, &JsonView(value))?;
        }
        answer.end()
    }
}

struct Results<'a>(&'a BulkReport<'a>);

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct ShownValue(Value);
        impl Serialize for ShownValue {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                JsonView(&self.0).serialize(serializer)
            }
        }
        serializer.collect_seq(self.0.results().map(|result| ShownValue(result.into())))
    }
}

impl Bulk {
    /// Prints the results. Fails with the error of a single item, or with a partial failure if any of several
    /// items failed.
    pub fn finish(
        self,
        settings: &Settings,
        ui: &Ui,
        dry_run: bool,
        deployment: &Deployment,
    ) -> Result<(), Error> {
        BulkReport::new(settings, ui, &self, dry_run, deployment).print()?;
        let first = self.results.iter().find_map(|item| item.outcome.as_ref().err());
        match first {
            None => Ok(()),
            Some(error) if self.results.len() == 1 => Err(Error::clone(error)),
            Some(first) => Err(first.among(self.failed, self.results.len())),
        }
    }

    /// Returns true if an item was done and the call keeps the change.
    pub(super) fn is_done(&self, item: &BulkItem) -> bool {
        let says_no = |extra: &Object| extra.get(self.done) == Some(&Value::Bool(false));
        !self.abandoned && matches!(&item.outcome, Ok(extra) if !extra.as_deref().is_some_and(says_no))
    }

    /// Returns the members that the answer shows of an item.
    fn shown(&self, item: &BulkItem, system: Option<&dyn ForeignSystem>) -> Object {
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
                if let Some(system) = system {
                    system.error(&mut error);
                }
                shown.insert("error", error);
            }
        }
        shown
    }
}

impl Error {
    /// Makes the error of a partial failure, with this error as the first one.
    fn among(&self, failed: usize, total: usize) -> Self {
        Self::new(
            Failure::Partial,
            format!("{failed} of {total} items failed, the first with: {}", self.detail()),
        )
        .hint("see the results on stdout")
    }
}
