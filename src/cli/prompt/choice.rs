//! The state of a choice from a list, and its picture. This file reads no keys and writes nothing.

use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::keys::TerminalKey;
use super::terminal::{edit, readable};
use crate::cli::output::sanitize;

/// The largest filter, in bytes.
const LIMIT: usize = 256;
/// The size of a terminal that does not tell its own.
const USUAL: (usize, usize) = (24, 80);
const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
const PLAIN: &str = "\u{1b}[0m";
/// The keys, for those who see the list for the first time.
const KEYS: &str = "type to filter, Enter to choose, Esc to cancel";

/// The lines to choose from, and the state of the choice.
pub(super) struct Choice<'a> {
    /// The lines above the prompt.
    heading: &'a [&'a str],
    prompt: &'a str,
    lines: &'a [String],
    filter: Vec<u8>,
    /// The position among the lines that match.
    at: usize,
    /// The number of lines that the screen shows at once.
    page: usize,
}

impl<'a> Choice<'a> {
    /// Begins a choice with the first line.
    pub fn new(prompt: &'a str, lines: &'a [String]) -> Self {
        Self { heading: &[], prompt, lines, filter: Vec::new(), at: 0, page: 1 }
    }

    /// Shows lines above the prompt, if the screen has room for them.
    pub fn below(self, heading: &'a [&'a str]) -> Self {
        Self { heading, ..self }
    }

    /// Returns the position of the chosen line among all lines.
    pub fn chosen(&self) -> Option<usize> {
        self.matching().nth(self.at).map(|(position, _)| position)
    }

    /// Moves in the list or changes the filter. Ignores keys that do neither.
    pub fn press(&mut self, key: TerminalKey) {
        const CTRL_N: u8 = 0x0e;
        const CTRL_P: u8 = 0x10;

        let last = self.matching().count().saturating_sub(1);
        match key {
            TerminalKey::Up | TerminalKey::Byte(CTRL_P) => self.at = self.at.checked_sub(1).unwrap_or(last),
            TerminalKey::Down | TerminalKey::Byte(CTRL_N) => {
                self.at = if self.at < last { self.at + 1 } else { 0 }
            }
            TerminalKey::PageUp => self.at = self.at.saturating_sub(self.page),
            TerminalKey::PageDown => self.at = (self.at + self.page).min(last),
            TerminalKey::Top => self.at = 0,
            TerminalKey::Bottom => self.at = last,
            TerminalKey::Byte(byte) if self.filter.len() < LIMIT => {
                edit(&mut self.filter, byte);
                self.at = 0;
            }
            _ => {}
        }
    }

    /// Returns the words that narrow the list down, as far as they are readable.
    fn words(&self) -> String {
        readable(&self.filter, LIMIT + 1).unwrap_or_default().to_lowercase()
    }

    /// Returns the lines that have every word of the filter, with their positions among all lines.
    fn matching(&self) -> impl Iterator<Item = (usize, &'a String)> + use<'a> {
        let words = self.words();
        let has_all = move |line: &str| words.split_whitespace().all(|word| line.contains(word));
        self.lines.iter().enumerate().filter(move |(_, line)| has_all(&line.to_lowercase()))
    }

    /// Draws the whole screen: the prompt, the count, and a window of the list around the chosen line. Leaves
    /// the cursor behind the prompt.
    pub fn drawn(&mut self, rows: usize, columns: usize) -> String {
        let rows = if rows > 3 { rows } else { USUAL.0 };
        let columns = if columns > 8 { columns } else { USUAL.1 };
        // the list itself needs the rows most
        let heading = if rows > self.heading.len() + 4 { self.heading } else { &[] };
        self.page = rows - 2 - heading.len();
        let words = self.words();
        let question = cut(&format!("{}: {words}", self.prompt), columns - 1);
        let count = self.matching().count();
        let status = format!("  {count} of {}  {KEYS}", self.lines.len());
        let above: String = heading.iter().map(|line| cut(line, columns - 1) + "\r\n").collect();
        let mut drawn =
            format!("\u{1b}[H\u{1b}[J{above}{question}\r\n{DIM}{}{PLAIN}", cut(&status, columns - 1));
        let first = (self.at + 1).saturating_sub(self.page);
        for (place, (_, line)) in self.matching().enumerate().skip(first).take(self.page) {
            let line = cut(line, columns - 3);
            // writing to a String cannot fail
            let _ = if place == self.at {
                write!(drawn, "\r\n> {line}")
            } else {
                write!(drawn, "\r\n  {}", highlighted(&line, &words))
            };
        }
        if count == 0 {
            drawn.push_str("\r\n  ");
            drawn.push_str(&cut("nothing matches; Backspace deletes a letter", columns - 3));
        }
        let _ = write!(drawn, "\u{1b}[{};{}H", heading.len() + 1, question.width() + 1);
        drawn
    }
}

/// Returns the longest beginning of a line that fits into `room` columns, made harmless.
fn cut(line: &str, room: usize) -> String {
    let mut used = 0;
    let fits = |char: &char| {
        used += char.width().unwrap_or_default();
        used <= room
    };
    sanitize::line(line).chars().take_while(fits).collect()
}

/// Makes the first place of each word bold, in a line whose letters have the same length in lower case.
fn highlighted(line: &str, words: &str) -> String {
    let lower = line.to_lowercase();
    if lower.len() != line.len() {
        return line.to_owned();
    }
    let found = words.split_whitespace().filter_map(|word| Some((lower.find(word)?, word.len())));
    let mut places: Vec<_> = found.map(|(begin, length)| (begin, begin + length)).collect();
    places.sort_unstable();
    let (mut out, mut done) = (String::with_capacity(line.len() + 16), 0);
    for (begin, end) in places {
        // words may overlap
        let (begin, end) = (begin.max(done), end.max(done));
        let (Some(before), Some(match_)) = (line.get(done..begin), line.get(begin..end)) else { continue };
        if !match_.is_empty() {
            let _ = write!(out, "{before}{BOLD}{match_}{PLAIN}");
            done = end;
        }
    }
    out + line.get(done..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::keys::TerminalKey;
    use super::{Choice, highlighted};

    fn numbered(count: usize) -> Vec<String> {
        (0..count).map(|number| format!("line{number}")).collect()
    }

    fn typed<'a>(lines: &'a [String], filter: &str) -> Choice<'a> {
        let mut choice = Choice::new("Type", lines);
        filter.bytes().for_each(|byte| choice.press(TerminalKey::Byte(byte)));
        choice
    }

    #[test]
    fn a_heading_stands_above_the_prompt_where_there_is_room() {
        let lines = numbered(3);
        let mut choice = typed(&lines, "").below(&["Welcome", ""]);
        let drawn = choice.drawn(24, 80);
        assert!(drawn.starts_with("\u{1b}[H\u{1b}[JWelcome\r\n\r\nType: \r\n"), "{drawn:?}");
        assert!(drawn.ends_with("\u{1b}[3;7H"), "{drawn:?}");
        assert!(!choice.drawn(6, 80).contains("Welcome"));
    }

    #[test]
    fn the_list_is_narrowed_down_by_words_in_any_letter_case() {
        let lines = ["Aws  an access key", "Azure  a principal", "apikey  an API key"].map(str::to_owned);
        for (filter, positions) in [("", &[0, 1, 2][..]), ("KEY", &[0, 2]), ("key an api", &[2]), ("zz", &[])]
        {
            let choice = typed(&lines, filter);
            assert_eq!(choice.matching().map(|(at, _)| at).collect::<Vec<_>>(), positions, "{filter}");
            assert_eq!(choice.chosen(), positions.first().copied());
        }
    }

    #[test]
    fn the_chosen_line_is_among_those_that_are_shown() {
        let lines = numbered(40);
        let mut choice = Choice::new("Type", &lines);
        (0..30).for_each(|_| choice.press(TerminalKey::Down));
        let drawn = choice.drawn(10, 40);
        assert!(
            drawn.contains("> line30") && !drawn.contains("line31") && !drawn.contains("line22\r"),
            "{drawn:?}"
        );
        assert!(drawn.ends_with("\u{1b}[1;7H"), "{drawn:?}");
    }

    #[test]
    fn pages_and_both_ends_are_a_key_away() {
        let lines = numbered(300);
        let mut choice = Choice::new("Type", &lines);
        let _ = choice.drawn(24, 80);
        for (key, chosen) in [
            (TerminalKey::PageDown, 22),
            (TerminalKey::PageDown, 44),
            (TerminalKey::PageUp, 22),
            (TerminalKey::Bottom, 299),
            (TerminalKey::PageDown, 299),
            (TerminalKey::Down, 0),
            (TerminalKey::Up, 299),
            (TerminalKey::Top, 0),
            (TerminalKey::PageUp, 0),
        ] {
            choice.press(key);
            assert_eq!(choice.chosen(), Some(chosen), "{key:?}");
        }
        assert!(choice.drawn(24, 80).contains("300 of 300"));
        assert!(typed(&lines, "line29").drawn(24, 80).contains("11 of 300"));
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let lines = [format!("{} end", "wide".repeat(40)), "wide 本番環境のデータベース".repeat(9)];
        let size = |lines| std::num::NonZeroU16::new(lines).unwrap();
        for columns in [9_u16, 20, 80] {
            let drawn = typed(&lines, "wide").drawn(24, columns.into());
            let mut screen = vt100::Parser::new(size(24), size(columns), 0);
            screen.process(drawn.as_bytes());
            let wraps = (0..24).any(|row| screen.screen().row_wrapped(row));
            assert!(!wraps && !drawn.contains("end"), "{columns}: {drawn:?}");
        }
    }

    #[test]
    fn the_words_of_the_filter_are_bold() {
        let bold = |line, words| highlighted(line, words).replace("\u{1b}[1m", "<").replace("\u{1b}[0m", ">");
        assert_eq!(bold("prod/db/Orders", "db ord"), "prod/<db>/<Ord>ers");
        assert_eq!(bold("orders", "orders order"), "<order><s>");
        assert_eq!(bold("İstanbul", "i"), "İstanbul");
        assert_eq!(bold("x", ""), "x");
    }
}
