//! A count of items on the terminal, once a call takes longer than a second.

use std::time::{Duration, Instant};

use indicatif::ProgressBar;

pub(super) struct Progress {
    start: Instant,
    bar: Option<ProgressBar>,
}

impl Progress {
    pub fn new() -> Self {
        Self { start: Instant::now(), bar: None }
    }

    pub fn step(&mut self, items: usize) {
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
