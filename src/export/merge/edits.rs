//! Changes to a text at places in it. Everything else in the text stays the same to the byte.

use std::ops::Range;

use crate::secret::{Buffer, Secret};

/// Changes that wait to be made. Their places do not overlap.
pub(super) struct Edits<'a> {
    text: &'a str,
    changes: Vec<(Range<usize>, Secret)>,
}

impl<'a> Edits<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { text, changes: Vec::new() }
    }

    /// Returns the line break that this text has.
    pub(super) fn newline(&self) -> &'static str {
        match self.text.find('\n') {
            Some(at) if self.text[..at].ends_with('\r') => "\r\n",
            _ => "\n",
        }
    }

    /// Puts another text in the place of a part.
    pub(super) fn replace(&mut self, place: Range<usize>, text: impl Into<Secret>) {
        self.changes.push((place, text.into()));
    }

    /// Puts lines, each of which ends with `\n`, in the place of whole lines.
    pub(super) fn replace_lines(&mut self, place: Range<usize>, lines: &str) {
        let text = self.with_own_ends(lines);
        self.changes.extend(text.map(|text| (place, text)));
    }

    fn with_own_ends(&self, lines: &str) -> Option<Secret> {
        let mut out = Buffer::with_capacity(lines.len() * 2);
        for line in lines.split_inclusive('\n') {
            out.push(line.trim_end_matches('\n'));
            out.push(self.newline());
        }
        out.into_secret()
    }

    /// Puts in a line that may have line breaks of its own, which stay as they are.
    pub(super) fn insert_line(&mut self, at: usize, line: &str) {
        // only ends a last line that has no line break
        self.insert_lines(at, "");
        let mut out = Buffer::with_capacity(line.len() + 2);
        out.push(line.trim_end_matches('\n'));
        out.push(self.newline());
        self.changes.extend(out.into_secret().map(|text| (at..at, text)));
    }

    /// Puts in lines, each of which ends with `\n`, at the start of a line or at the end of the text.
    pub(super) fn insert_lines(&mut self, at: usize, lines: &str) {
        // a last line without a line break gets one first
        if at > 0 && !self.text[..at].ends_with('\n') && !self.inserts_at(at) {
            self.replace(at..at, self.newline());
        }
        let text = self.with_own_ends(lines);
        self.changes.extend(text.map(|text| (at..at, text)));
    }

    /// Returns the number of changes.
    pub(super) fn len(&self) -> usize {
        self.changes.len()
    }

    /// Returns true if a text is already put in here. It then ends with a line break.
    fn inserts_at(&self, at: usize) -> bool {
        self.changes.iter().any(|(place, _)| *place == (at..at))
    }

    /// Returns the text with all changes, if there are any.
    pub(super) fn finish(mut self) -> Option<Secret> {
        if self.changes.is_empty() {
            return None;
        }
        // the sort is stable, so texts that are put in at one place keep their order
        self.changes.sort_by_key(|(place, _)| place.start);
        let mut out = Buffer::with_capacity(self.text.len() * 2);
        let mut at = 0;
        for (place, text) in &self.changes {
            out.push(&self.text[at..place.start]);
            out.push(text.expose());
            at = place.end;
        }
        out.push(&self.text[at..]);
        out.into_secret()
    }
}
