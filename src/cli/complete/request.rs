//! The question of a shell's script: the words before the cursor, and the word at the cursor.

use clap::ValueEnum as _;
use clap_complete::Shell;

use super::posix::{Quote, ShellWords};

/// The question of a shell.
#[derive(Debug)]
pub struct ShellRequest {
    /// The shell that asks.
    pub shell: Shell,
    /// The words before the one at the cursor, the program first.
    pub before: Vec<String>,
    /// The word up to the cursor, without its quotes.
    pub word: String,
    /// The part of that word that the shell leaves as it is, without its quotes, and the quotes of the rest.
    /// Bash completes only what follows the last `=`, `:` or `@`.
    pub kept: (String, Quote),
}

impl ShellRequest {
    /// Reads the arguments that the script of a shell gives; see `scripts.rs`.
    pub fn read(arguments: &[String]) -> Option<Self> {
        let [shell, words @ ..] = arguments else { return None };
        let shell = Shell::from_str(shell, false).ok()?;
        let (mut before, word, kept) = match (shell, words) {
            (Shell::Bash, [line, piece]) => of_bash(line, piece),
            (Shell::Fish, [before @ .., word]) => {
                (before.to_vec(), ShellWords::split(word).last, Default::default())
            }
            // a last empty argument would get lost there, so the script adds a dot
            (Shell::PowerShell, [before @ .., word]) => {
                let word = word.strip_suffix('.')?.trim_start_matches(['\'', '"']);
                (before.to_vec(), word.to_owned(), Default::default())
            }
            (Shell::Zsh | Shell::Elvish, [before @ .., word]) => {
                (before.to_vec(), word.clone(), Default::default())
            }
            _ => return None,
        };
        // variables that are set for this call alone
        let program = before.iter().position(|word| !word.contains('='))?;
        before.drain(..program);
        Some(Self { shell, before, word, kept })
    }
}

/// Splits the line of bash. `piece` is the end of it that bash completes.
fn of_bash(line: &str, piece: &str) -> (Vec<String>, String, (String, Quote)) {
    let words = ShellWords::split(line);
    let kept = words.raw.strip_suffix(piece).unwrap_or_default();
    (words.before, words.last, (ShellWords::split(kept).last, words.quote))
}

#[cfg(test)]
mod tests {
    use super::{Quote, ShellRequest};

    fn read(arguments: &[&str]) -> ShellRequest {
        let arguments: Vec<String> = arguments.iter().map(|word| (*word).to_owned()).collect();
        ShellRequest::read(&arguments).unwrap()
    }

    #[test]
    fn bash_keeps_what_stands_before_its_last_break() {
        for (line, piece, word, kept, quote) in [
            ("credctl get prod/d", "prod/d", "prod/d", "", Quote::None),
            ("credctl get ns:prod:d", "d", "ns:prod:d", "ns:prod:", Quote::None),
            ("credctl add login x username=", "", "username=", "username=", Quote::None),
            ("credctl get x --field=pa", "pa", "--field=pa", "--field=", Quote::None),
            ("credctl get 'a b", "a b", "a b", "", Quote::Single),
        ] {
            let request = read(&["bash", line, piece]);
            assert_eq!((&*request.word, &*request.kept.0, request.kept.1), (word, kept, quote), "{line}");
        }
    }

    #[test]
    fn the_words_begin_with_the_program() {
        assert_eq!(read(&["zsh", "A=b", "credctl", "get", ""]).before, ["credctl", "get"]);
        assert_eq!(read(&["fish", "credctl", "get", "a\\ b"]).word, "a b");
        assert_eq!(read(&["powershell", "credctl", "get", "'a b."]).word, "a b");
        assert!(ShellRequest::read(&["cmd".to_owned(), String::new()]).is_none());
        assert!(ShellRequest::read(&[]).is_none());
    }
}
