//! A word on the terminal while an engine takes its time.

use std::time::{Duration, Instant};

use indicatif::ProgressBar;

/// The time without a word.
const SILENT: Duration = Duration::from_secs(1);
/// The time between two steps of the sign that something goes on.
const STEP: Duration = Duration::from_millis(100);

/// An answer of an engine, of which the operator hears once it takes longer than a second.
pub(super) struct SlowAnswer {
    start: Instant,
    text: String,
    bar: Option<ProgressBar>,
}

impl SlowAnswer {
    pub(super) fn new(text: String) -> Self {
        Self { start: Instant::now(), text, bar: None }
    }

    /// Returns the time until there is something to show, or until `limit` if that is earlier.
    pub(super) fn until_shown(&self, limit: Duration) -> Duration {
        match self.bar {
            None => limit.min(SILENT.saturating_sub(self.start.elapsed())),
            Some(_) => limit,
        }
    }

    /// Shows what is waited for, if it is time. Returns true if that has just begun.
    pub(super) fn show(&mut self) -> bool {
        if self.bar.is_some() || self.start.elapsed() < SILENT {
            return false;
        }
        // draws on stderr, and nowhere if that is no terminal
        let bar = ProgressBar::new_spinner().with_message(std::mem::take(&mut self.text));
        bar.enable_steady_tick(STEP);
        self.bar = Some(bar);
        true
    }
}

impl Drop for SlowAnswer {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
