//! Drives the program on a pseudo-terminal of its own: prompts answered, keys pressed, modes compared.
//!
//! Two habits of rexpect to know: it switches echo off before the program starts, so `Terminal::start`
//! switches it on again through `sh`; and a line ends in `\n`, which the prompts take as Enter.

use std::num::NonZero;
use std::process::Command;

use rexpect::process::WaitStatus;
use rexpect::session::{PtySession, spawn_command};

/// Runs the program in its arguments and says how it ended, and how it left the terminal.
const SCRIPT: &str = "before=$(stty -g); \"$@\" REDIRECTIONS; status=$?; \
    test \"$before\" = \"$(stty -g)\" && modes=same || modes=changed; stty sane; \
    echo \"[ended $status $modes]\"";

/// A program on its own terminal.
pub struct Terminal {
    session: PtySession,
    seen: String,
}

/// How a program on a terminal ended.
#[derive(Debug)]
pub struct Ended {
    /// Exit status of the program.
    pub status: i32,
    /// All that the terminal showed, prompts and echo included.
    pub shown: String,
    /// Whether the terminal's modes were the same before and after.
    pub restored: bool,
}

impl Terminal {
    /// Starts `program`; `redirections` is shell syntax, such as `<data.json >out 2>err`, or empty.
    /// Environment and folder are those of `command`, which must be cleared by the caller.
    pub fn start(program: &Command, redirections: &str) -> Self {
        Self::shell(program, &format!("stty echo; {}", SCRIPT.replace("REDIRECTIONS", redirections)))
    }

    /// Starts `program` on a terminal of a width.
    pub fn sized(program: &Command, columns: usize) -> Self {
        Self::of_size(program, 50, columns)
    }

    /// Starts `program` on a terminal of a size.
    pub fn of_size(program: &Command, rows: usize, columns: usize) -> Self {
        let size = format!("stty echo cols {columns} rows {rows}; ");
        Self::shell(program, &(size + &SCRIPT.replace("REDIRECTIONS", "")))
    }

    fn shell(program: &Command, script: &str) -> Self {
        let mut shell = Command::new("/bin/sh");
        shell.arg("-c").arg(script).arg("sh").arg(program.get_program()).args(program.get_args());
        shell.env_clear().env("PATH", "/usr/bin:/bin");
        for (name, value) in program.get_envs() {
            if let Some(value) = value {
                shell.env(name, value);
            }
        }
        if let Some(folder) = program.get_current_dir() {
            shell.current_dir(folder);
        }
        // a second of scrypt on a busy machine must not look like a hang
        let session = spawn_command(shell, Some(30_000)).expect("a pseudo-terminal");
        Self { session, seen: String::new() }
    }

    /// Waits for a prompt; fails with what is on the screen if it does not come.
    pub fn expect(&mut self, prompt: &str) -> &mut Self {
        match self.session.exp_string(prompt) {
            Ok(before) => {
                self.seen.push_str(&before);
                self.seen.push_str(prompt);
            }
            Err(error) => panic!("no {prompt:?} after {:?}: {error}", self.seen),
        }
        self
    }

    /// Waits for a prompt and answers it with a line. Never types ahead: hidden prompts throw away
    /// what was typed before they stood there.
    pub fn answer(&mut self, prompt: &str, line: &str) -> &mut Self {
        self.expect(prompt);
        self.session.send_line(line).expect("to type");
        self
    }

    /// Presses keys.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        self.session.send(keys).expect("to type");
        self.session.flush().expect("to type");
        self
    }

    /// Waits for a prompt, types some text without Enter and presses Ctrl and a letter.
    pub fn control(&mut self, prompt: &str, text: &str, letter: char) -> &mut Self {
        self.expect(prompt);
        self.session.send(text).expect("to type");
        self.session.send_control(letter).expect("to press Ctrl");
        self
    }

    /// Waits for a number in square brackets.
    pub fn number(&mut self) -> u32 {
        let (before, number) = self.session.exp_regex(r"\[\d+\]").expect("a number");
        self.seen.push_str(&before);
        number.trim_matches(['[', ']']).parse().expect("a number")
    }

    /// Waits for the end.
    pub fn end(mut self) -> Ended {
        let (before, ended) = self
            .session
            .exp_regex(r"\[ended \d+ (same|changed)\]")
            .unwrap_or_else(|error| panic!("no end after {:?}: {error}", self.seen));
        self.seen.push_str(&before);
        assert!(matches!(self.session.process().wait(), Ok(WaitStatus::Exited(_, 0))));
        let mut words = ended.trim_matches(['[', ']']).split(' ').skip(1);
        let status = words.next().and_then(|word| word.parse().ok()).expect("a status");
        Ended { status, shown: text(&self.seen), restored: words.next() == Some("same") }
    }
}

/// Returns what was shown as UTF-8. rexpect makes a character of every byte.
fn text(seen: &str) -> String {
    let bytes: Vec<u8> = seen.chars().map(|byte| u8::try_from(byte).expect("a byte")).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Makes a terminal of this size in memory, which replays what a program wrote.
pub fn emulator(rows: u16, columns: u16, scrollback: usize) -> vt100::Parser {
    let [rows, columns] = [rows, columns].map(|size| NonZero::new(size).expect("a size"));
    vt100::Parser::new(rows, columns, scrollback)
}
