//! Variables in a `.env` file.

use std::ops::Range;

use super::edits::Edits;
use super::merged::{MergeDraft, MergeError, wrong};
use crate::secret::Secret;
use crate::syntax::dotenv::variables;

struct PlacedVariable<'a> {
    name: &'a str,
    /// The offset at which its first line begins.
    line: usize,
    value: Range<usize>,
    /// The offset behind its last line.
    end: usize,
}

pub(super) fn merge(file: &str, export: &str) -> Result<MergeDraft, MergeError> {
    let (old, new) = (assignments(file)?, assignments(export)?);
    let mut edits = Edits::of(file);
    let mut draft = MergeDraft::default();
    for variable in &new {
        let value = &export[variable.value.clone()];
        let known: Vec<_> = old.iter().filter(|known| known.name == variable.name).collect();
        if known.is_empty() {
            edits.insert_line(file.len(), &export[variable.line..variable.end]);
            draft.added.push(variable.name.to_owned());
            continue;
        }
        // readers differ in which one of several counts, so all of them get the value
        let others = known.into_iter().filter(|known| !is_same(&file[known.value.clone()], value));
        let before = edits.len();
        others.for_each(|known| edits.replace(known.value.clone(), value));
        if edits.len() > before {
            draft.replaced.push(variable.name.to_owned());
        }
    }
    draft.text = edits.finish();
    Ok(draft)
}

/// Returns true if two values are read alike, however they are quoted.
fn is_same(one: &str, other: &str) -> bool {
    let read = |value: &str| -> Option<Secret> {
        let line = zeroize::Zeroizing::new(format!("A={value}\n"));
        variables(&line).ok()?.assignments.into_iter().next().map(|variable| variable.value)
    };
    one == other || read(one).is_some_and(|one| read(other).is_some_and(|other| one == other))
}

fn assignments(text: &str) -> Result<Vec<PlacedVariable<'_>>, MergeError> {
    let mut variables = Vec::new();
    let mut at = text.len() - text.trim_start_matches('\u{feff}').len();
    loop {
        at += text[at..].len() - text[at..].trim_start().len();
        let rest = &text[at..];
        if rest.is_empty() {
            return Ok(variables);
        }
        let line_end = at + rest.find('\n').map_or(rest.len(), |length| length + 1);
        if rest.starts_with('#') {
            at = line_end;
            continue;
        }
        let line = &text[at..line_end];
        let word = line.strip_prefix("export").filter(|rest| rest.starts_with([' ', '\t']));
        let word = word.map_or(line, str::trim_start);
        let Some((name, value)) = word.split_once('=') else {
            // a name without a value is left as it is
            if is_name(word.split('#').next().unwrap_or_default().trim()) {
                at = line_end;
                continue;
            }
            return Err(wrong(text, at, "must be NAME=VALUE or a comment"));
        };
        let name = name.trim();
        if !is_name(name) {
            return Err(wrong(text, at, "must be NAME=VALUE or a comment"));
        }
        let blanks = value.len() - value.trim_start_matches([' ', '\t']).len();
        let begin = line_end - value.len() + blanks;
        let length = match text[begin..].chars().next() {
            Some(quote @ ('\'' | '"')) => quoted(&text[begin..], quote)
                .ok_or_else(|| wrong(text, at, "has a quote that is not closed"))?,
            _ => bare(&text[begin..line_end]),
        };
        let end = begin + length;
        let rest = text[end..].split_inclusive('\n').next().unwrap_or_default();
        if !(rest.trim().is_empty() || rest.trim_start().starts_with('#')) {
            return Err(wrong(text, at, "has something behind its value"));
        }
        variables.push(PlacedVariable { name, line: at, value: begin..end, end: end + rest.len() });
        at = end + rest.len();
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c.is_control() || "'\"`$#".contains(c))
}

/// Returns the length of a value in quotes, the quotes included.
fn quoted(text: &str, quote: char) -> Option<usize> {
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            c if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Returns the length of a value without quotes: up to a comment, or to the end of its line.
fn bare(line: &str) -> usize {
    let mut blank = false;
    let comment = line.char_indices().find(|(_, c)| {
        let begins = *c == '#' && blank;
        blank = c.is_whitespace();
        begins
    });
    line[..comment.map_or(line.len(), |(at, _)| at)].trim_end().len()
}
