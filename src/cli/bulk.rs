//! Several items in one call: a result for each, in the order in which they came.

use std::time::{Duration, Instant};

use credctl::kind::System;
use credctl::value::{Object, Value};
use credctl::vault::Vault;
use indicatif::ProgressBar;

use super::context::Context;
use super::deployment::Deployment;
use super::error::{Error, Kind, discreet};
use super::output;

/// Results of the items so far.
pub struct Bulk {
    progress: Progress,
    /// What is said of an item that went well: `added`, `updated`, `deleted`.
    done: &'static str,
    results: Vec<Object>,
    failed: Vec<Error>,
    extra: Object,
}

impl Bulk {
    pub fn new(done: &'static str) -> Self {
        Self {
            progress: Progress::new(),
            done,
            results: Vec::new(),
            failed: Vec::new(),
            extra: Object::new(),
        }
    }

    /// Adds the result of an item; `extra` are members beside its id.
    pub fn add(&mut self, id: Option<&str>, result: Result<Object, Error>) {
        let mut shown = Object::new();
        // what is the id of nothing may be a secret that slipped into its place
        let unknown = |error: &Error| matches!(error.kind(), Kind::NotFound | Kind::Usage);
        let is_slip = result.as_ref().is_err_and(unknown);
        if let Some(id) = id {
            let id = if is_slip { discreet::message(id) } else { id.into() };
            shown.insert("id", Value::text(id.as_ref()));
        }
        shown.insert(self.done, result.is_ok());
        match result {
            Ok(extra) => extra.into_iter().for_each(|(name, value)| drop(shown.insert(name, value))),
            Err(error) => {
                shown.insert("error", error.document());
                self.failed.push(error);
            }
        }
        self.results.push(shown);
        self.progress.step(self.results.len());
    }

    /// Whether there are items, and not one of them was done.
    pub fn all_failed(&self) -> bool {
        !self.results.is_empty() && self.failed.len() == self.results.len()
    }

    /// Adds a member to the answer.
    pub fn with(mut self, name: &str, value: Value) -> Self {
        self.extra.insert(name, value);
        self
    }

    /// With `atomic`, an item that failed takes the others with it: no change is left to be saved.
    pub fn settle(&mut self, vault: &mut Vault, atomic: bool) {
        if atomic && !self.failed.is_empty() {
            vault.discard();
            self.abandon();
        }
    }

    /// Says of every item that it was not done.
    pub fn abandon(&mut self) {
        for result in &mut self.results {
            result.insert(self.done, false);
            result.remove("action");
            result.remove("created");
        }
    }

    /// Prints the results; the status is the item's own if there was one, else that of a partial
    /// failure.
    pub fn finish(self, context: &Context, dry_run: bool, deployment: &Deployment) -> Result<(), Error> {
        let total = self.results.len();
        let is_done = |result: &&Object| result.get(self.done) == Some(&Value::Bool(true));
        let done = self.results.iter().filter(is_done).count();
        let would = if dry_run { " (dry run, nothing was written)" } else { "" };
        let message = format!("{done} of {total} {}{would}", self.done);
        let mut results = self.results;
        if context.foreign() == Some(System::Aspire) {
            for error in results.iter_mut().filter_map(|result| result.get_mut("error")) {
                if let Value::Object(error) = error {
                    as_aspire(error);
                }
            }
        }
        // an import names the format of the file; its answer is ours
        if context.foreign() == Some(System::Aspire) && self.done != "imported" {
            let answer = if self.done == "deleted" {
                // its answer has nothing but this text to name what failed
                let lines = std::iter::once(message).chain(failures(&results));
                Object::from_iter([("message", Value::text(lines.collect::<Vec<_>>().join("; ")))])
            } else {
                let results = results.into_iter().map(|result| aspire(result, self.done)).collect();
                Object::from_iter([("credential", Value::List(results))])
            };
            output::document(context, &answer)?;
            return status(total, self.failed);
        }
        let mut answer = self.extra;
        answer.insert("results", Value::List(results.into_iter().map(Value::Object).collect()));
        answer.insert("message", Value::text(message.as_str()));
        answer.insert("deploymentResult", deployment.document());
        if dry_run {
            answer.insert("dryRun", true);
        }
        print(context, &answer, &message)?;
        status(total, self.failed)
    }
}

/// An item's own status if there was one, else that of a partial failure.
fn status(total: usize, failed: Vec<Error>) -> Result<(), Error> {
    let count = failed.len();
    match failed.into_iter().next() {
        None => Ok(()),
        Some(error) if total == 1 => Err(error),
        Some(first) => Err(first.among(count, total)),
    }
}

/// A result as Aspire tells it: what was added itself, and else whether it was done before the id.
fn aspire(mut result: Object, done: &str) -> Value {
    let mut shown = Object::new();
    let is_done = result.remove(done).unwrap_or(Value::Bool(false));
    if done != "added" || is_done == Value::Bool(false) {
        shown.insert(done, is_done);
    }
    for (name, value) in result {
        shown.insert(name, value);
    }
    shown.into()
}

/// Gives an error the status that Aspire has for a validation that failed, and for a change without any
/// field. What is wrong with a parameter of a query keeps its own.
pub fn as_aspire(error: &mut Object) {
    let is_bad_request = error.get("status") == Some(&Value::text("400"));
    if is_bad_request && error.get("invalidParams").is_none() {
        error.insert("status", Value::text("406"));
    }
}

/// The items that failed, each with its reason.
fn failures(results: &[Object]) -> impl Iterator<Item = String> {
    (1..).zip(results).filter_map(|(number, result)| {
        let detail = result.get("error")?.text_at(&["detail"])?;
        let id = result.get("id").and_then(Value::as_text);
        let id = id.map_or_else(|| format!("item {number}"), |id| id.expose().to_owned());
        Some(format!("{id}: {detail}"))
    })
}

/// A count of items on the terminal, once a call takes longer than a second.
struct Progress {
    start: Instant,
    bar: Option<ProgressBar>,
}

impl Progress {
    fn new() -> Self {
        Self { start: Instant::now(), bar: None }
    }

    fn step(&mut self, items: usize) {
        if self.bar.is_none() && self.start.elapsed() > Duration::from_secs(1) {
            // draws on stderr, and nowhere if that is no terminal
            self.bar = Some(ProgressBar::new_spinner().with_message("items"));
        }
        if let Some(bar) = &self.bar {
            bar.set_position(items as u64);
            bar.set_message(format!("{items} items"));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn print(context: &Context, answer: &Object, message: &str) -> Result<(), Error> {
    use super::args::Form;
    match context.form {
        Form::Table | Form::Wide => {
            let results = answer.get("results").and_then(Value::as_list).unwrap_or_default();
            let results: Vec<_> = results.iter().filter_map(Value::as_object).cloned().collect();
            let failed = failures(&results)
                .map(|failure| output::sanitize::line(&format!("failed {failure}")).into_owned() + "\n");
            output::text(&format!("{}{message}\n", failed.collect::<String>()))
        }
        Form::Name | Form::Csv | Form::Tsv | Form::Jsonl => {
            let results = answer.get("results").and_then(Value::as_list).unwrap_or_default();
            let items = results.iter().filter_map(Value::as_object).cloned().collect();
            let wide: &[&str] = if answer.get("format").is_some() {
                &["id", "imported", "action", "error"]
            } else {
                &["id", "added", "updated", "deleted", "error"]
            };
            let columns = output::Columns { table: &["id"], wide };
            output::rows(context, items, &columns)
        }
        Form::Json | Form::Yaml => output::object(context, answer),
    }
}

impl Error {
    /// This error as the first of those that failed.
    fn among(self, failed: usize, total: usize) -> Self {
        Self::new(
            Kind::Partial,
            format!("{failed} of {total} items failed, the first with: {}", self.detail()),
        )
        .hint("the results on stdout say which")
    }
}
