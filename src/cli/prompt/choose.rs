//! The choice from a list on the terminal: arrows move, letters narrow the list, Enter accepts, Esc cancels.

use std::fmt::Write as _;

use super::keys::Key;
use super::prompter::{PromptError, Prompter};
use super::terminal::{Mode, edit, readable};
use crate::cli::output::sanitize;

/// The number of lines of the list that are shown at once.
const ROWS: usize = 12;
/// The largest filter, in bytes.
const LIMIT: usize = 256;

/// The lines to choose from, and the state of the choice.
struct Choice<'a> {
    prompt: &'a str,
    lines: &'a [String],
    filter: Vec<u8>,
    /// The position among the lines that match.
    at: usize,
}

impl Prompter {
    /// Prompts for a line of a list, and returns its position. The terminal must know escapes.
    ///
    /// # Errors
    /// Esc or Ctrl-C, Ctrl-D, or a terminal that fails.
    pub fn choose(&self, prompt: &str, lines: &[String]) -> Result<usize, PromptError> {
        let mode = Mode::hidden(&self.tty)?;
        let mut choice = Choice { prompt, lines, filter: Vec::new(), at: 0 };
        let chosen = self.chosen(&mode, &mut choice);
        // the list disappears, the prompt stays with its answer
        let answer = match &chosen {
            Ok(position) => lines.get(*position).map_or("", String::as_str),
            Err(_) => "",
        };
        self.say(&format!("\r\u{1b}[J{prompt}: {}\r\n", sanitize::line(answer)))?;
        chosen
    }

    fn chosen(&self, mode: &Mode<'_>, choice: &mut Choice<'_>) -> Result<usize, PromptError> {
        loop {
            let size = rustix::termios::tcgetwinsize(&self.tty).ok();
            let (rows, columns) = size.map_or((0, 0), |size| (size.ws_row.into(), size.ws_col.into()));
            self.say(&choice.drawn(rows, columns))?;
            let count = choice.matching().count();
            match self.key(mode)? {
                Key::Enter => {
                    if let Some((position, _)) = choice.matching().nth(choice.at) {
                        return Ok(position);
                    }
                }
                Key::Escape => return Err(PromptError::Interrupted),
                Key::End => return Err(PromptError::Closed),
                Key::Up => choice.at = choice.at.checked_sub(1).unwrap_or(count.saturating_sub(1)),
                Key::Down => choice.at = if choice.at + 1 < count { choice.at + 1 } else { 0 },
                Key::Byte(byte) if choice.filter.len() < LIMIT => {
                    edit(&mut choice.filter, byte);
                    choice.at = 0;
                }
                Key::Byte(_) | Key::Paste | Key::Pasted | Key::Other => {}
            }
        }
    }
}

impl<'a> Choice<'a> {
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

    /// Draws the prompt, and a window of the list around the chosen line. Moves the cursor back to the
    /// prompt.
    fn drawn(&self, rows: usize, columns: usize) -> String {
        let (rows, columns) = (if rows > 2 { rows } else { 24 }, if columns > 8 { columns } else { 80 });
        let room = ROWS.min(rows - 2);
        let cut = |line: &str| sanitize::line(line).chars().take(columns - 3).collect::<String>();
        let question = cut(&format!("{}: {}", self.prompt, self.words()));
        let first = (self.at + 1).saturating_sub(room);
        let mut drawn = format!("\r\u{1b}[J{question}");
        let mut below = 0;
        for (place, (_, line)) in self.matching().enumerate().skip(first).take(room) {
            let mark = if place == self.at { ">" } else { " " };
            // writing to a String cannot fail
            let _ = write!(drawn, "\r\n{mark} {}", cut(line));
            below += 1;
        }
        if below == 0 {
            drawn.push_str("\r\n  nothing matches; Backspace deletes a letter");
            below = 1;
        }
        let _ = write!(drawn, "\u{1b}[{below}A\r\u{1b}[{}C", question.chars().count());
        drawn
    }
}

#[cfg(test)]
mod tests {
    use super::Choice;

    #[test]
    fn the_list_is_narrowed_down_by_words_in_any_letter_case() {
        let lines = ["Aws  an access key", "Azure  a principal", "apikey  an API key"].map(str::to_owned);
        for (filter, positions) in [("", &[0, 1, 2][..]), ("KEY", &[0, 2]), ("key an api", &[2]), ("zz", &[])]
        {
            let choice = Choice { prompt: "Type", lines: &lines, filter: filter.into(), at: 0 };
            assert_eq!(choice.matching().map(|(at, _)| at).collect::<Vec<_>>(), positions, "{filter}");
        }
    }

    #[test]
    fn the_chosen_line_is_among_those_that_are_shown() {
        let lines: Vec<String> = (0..40).map(|number| format!("line{number}")).collect();
        let choice = Choice { prompt: "Type", lines: &lines, filter: Vec::new(), at: 30 };
        let drawn = choice.drawn(10, 40);
        assert!(
            drawn.contains("> line30") && !drawn.contains("line31") && !drawn.contains("line22\r"),
            "{drawn:?}"
        );
        assert!(drawn.ends_with("\u{1b}[8A\r\u{1b}[6C"), "{drawn:?}");
    }
}
