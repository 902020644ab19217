//! Logins in a `.netrc`.

use std::ops::Range;

use super::edits::Edits;
use super::merged::{MergeDraft, MergeError, wrong};
use crate::secret::{Buffer, Secret};

/// A word and where it stands, with its quotes.
struct PlacedWord {
    text: Secret,
    place: Range<usize>,
}

struct PlacedEntry {
    at: usize,
    host: PlacedWord,
    login: Option<PlacedWord>,
    password: Option<PlacedWord>,
    /// The offset behind its last word.
    end: usize,
}

/// The content of a file, as far as merging needs to know it.
#[derive(Default)]
struct Netrc {
    entries: Vec<PlacedEntry>,
    /// The offset of the entry for all other hosts. Programs never read what follows that entry.
    default: Option<usize>,
}

pub(super) fn merge(file: &str, export: &str) -> Result<MergeDraft, MergeError> {
    let (old, new) = (read(file)?, read(export)?);
    let mut edits = Edits::of(file);
    let mut draft = MergeDraft::default();
    for entry in &new.entries {
        let name = entry.host.text.expose().to_owned();
        let of_host = || old.entries.iter().filter(|known| known.host.text == entry.host.text);
        let user = |entry: &PlacedEntry| entry.login.as_ref().map(|word| word.text.clone());
        let Some(known) = of_host().find(|known| user(known) == user(entry)) else {
            if of_host().next().is_some() {
                draft.notices.push(format!(
                    "{name}: the file has another login for this host; programs differ in which they use"
                ));
            }
            insert(file, &old, &export[entry.at..entry.end], draft.added.is_empty(), &mut edits);
            draft.added.push(name);
            continue;
        };
        let Some(password) = &entry.password else { continue };
        let text = &export[password.place.clone()];
        match &known.password {
            Some(there) if there.text == password.text => continue,
            Some(there) => edits.replace(there.place.clone(), text),
            None => {
                let behind = known.login.as_ref().map_or(known.host.place.end, |login| login.place.end);
                let mut word = Buffer::with_capacity(text.len() + 16);
                word.push(" password ");
                word.push(text);
                edits.replace(behind..behind, word.into_secret().unwrap_or_else(|| Secret::from("")));
            }
        }
        draft.replaced.push(name);
    }
    draft.text = edits.finish();
    Ok(draft)
}

/// Puts in an entry behind all others, but before the one for all other hosts.
fn insert(file: &str, old: &Netrc, entry: &str, is_first: bool, edits: &mut Edits<'_>) {
    let Some(default) = old.default else {
        let is_apart = file.is_empty() || file.ends_with("\n\n") || file.ends_with("\n\r\n");
        if is_first && !is_apart {
            // an empty line ends a macro, too
            edits.insert_lines(file.len(), "\n");
        }
        edits.insert_lines(file.len(), entry);
        return edits.insert_lines(file.len(), "\n");
    };
    let line = file[..default].rfind('\n').map_or(0, |at| at + 1);
    let at = if file[line..default].trim().is_empty() { line } else { default };
    edits.insert_lines(at, entry);
    edits.insert_lines(at, "\n");
}

fn read(text: &str) -> Result<Netrc, MergeError> {
    let mut netrc = Netrc::default();
    let at = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut words = PlacedWords { text, at, open: None };
    let mut is_open = false;
    while let Some(word) = words.next() {
        let begin = word.place.start;
        let cut = || wrong(text, begin, "has a word without its value");
        match word.text.expose() {
            "machine" => {
                let host = words.next().ok_or_else(cut)?;
                let end = host.place.end;
                netrc.entries.push(PlacedEntry { at: begin, host, login: None, password: None, end });
                is_open = true;
            }
            "default" => {
                netrc.default.get_or_insert(begin);
                is_open = false;
            }
            "macdef" => words.skip_macro(),
            name @ ("login" | "user" | "password" | "account") => {
                let value = words.next().ok_or_else(cut)?;
                let Some(open) = netrc.entries.last_mut().filter(|_| is_open) else {
                    // a value of the entry for all other hosts
                    match netrc.default {
                        Some(_) => continue,
                        None => return Err(wrong(text, begin, "has a value without its machine")),
                    }
                };
                open.end = value.place.end;
                match name {
                    "password" => open.password = Some(value),
                    "account" => {}
                    _ => open.login = Some(value),
                }
            }
            _ => {
                return Err(wrong(text, begin, "has a word where machine, login or password must be"));
            }
        }
    }
    match words.open {
        Some(at) => Err(wrong(text, at, "has a quote that is not closed")),
        None => Ok(netrc),
    }
}

struct PlacedWords<'a> {
    text: &'a str,
    at: usize,
    /// The offset of a quote that nothing closes.
    open: Option<usize>,
}

impl PlacedWords<'_> {
    /// Passes over a macro, which an empty line ends.
    fn skip_macro(&mut self) {
        for line in self.text[self.at..].split_inclusive('\n') {
            self.at += line.len();
            if line.trim().is_empty() {
                break;
            }
        }
    }

    /// Passes over blanks and comments.
    fn skip(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            let word = rest.trim_start();
            let begins_line = {
                let blanks = &rest[..rest.len() - word.len()];
                self.at == 0 || blanks.contains('\n') || self.text[..self.at].ends_with('\n')
            };
            self.at = self.text.len() - word.len();
            if !(word.starts_with("# ") || word.starts_with('#') && begins_line) {
                return;
            }
            self.at += word.find('\n').map_or(word.len(), |length| length + 1);
        }
    }

    fn next(&mut self) -> Option<PlacedWord> {
        self.skip();
        let begin = self.at;
        let is_quoted = self.text[begin..].starts_with('"');
        let mut out = Buffer::with_capacity(32);
        let mut chars = self.text[begin..].char_indices().skip(usize::from(is_quoted));
        let mut end = self.text.len();
        if is_quoted {
            self.open = Some(begin);
        }
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => out.push_char(chars.next().map_or('\\', |(_, c)| c)),
                '"' if is_quoted => {
                    self.open = None;
                    end = begin + at + 1;
                    break;
                }
                c if !is_quoted && c.is_whitespace() => {
                    end = begin + at;
                    break;
                }
                c => out.push_char(c),
            }
        }
        self.at = end;
        (end > begin).then(|| PlacedWord {
            text: out.into_secret().unwrap_or_else(|| Secret::from("")),
            place: begin..end,
        })
    }
}
