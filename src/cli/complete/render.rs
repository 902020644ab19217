//! The answer to a shell: one candidate a line, in the form that its script reads.

use clap_complete::Shell;

use super::candidate::Candidate;
use super::posix::{Quote, quoted};
use super::request::ShellRequest;
use crate::cli::output::sanitize;

/// The longest description, in characters. Longer ones are cut, so that one stays on a line.
const HELP: usize = 60;

/// Writes the candidates for a shell. Leaves out those that would not show as they are.
pub fn render(request: &ShellRequest, candidates: &[Candidate]) -> String {
    let shown = candidates.iter().filter(|one| sanitize::line(&one.value) == one.value);
    let width = shown.clone().map(|one| one.value.chars().count()).max().unwrap_or_default();
    shown.filter_map(|one| line(request, one, width)).map(|line| line + "\n").collect()
}

fn line(request: &ShellRequest, one: &Candidate, width: usize) -> Option<String> {
    let value = &one.value;
    let help = brief(&one.help);
    Some(match request.shell {
        Shell::Bash => return of_bash(request, one),
        Shell::Fish if help.is_empty() => value.clone(),
        Shell::Fish => format!("{value}\t{help}"),
        Shell::Zsh if help.is_empty() => format!("{value}\t"),
        Shell::Zsh => format!("{value}\t{value:width$}  -- {help}"),
        Shell::Elvish => {
            let suffix = if one.is_open() { "" } else { " " };
            let shown = if help.is_empty() { value.clone() } else { format!("{value} ({help})") };
            format!("{value}\t{suffix}\t{shown}")
        }
        Shell::PowerShell => {
            let plain = |c: char| c.is_alphanumeric() || "_-./:=+".contains(c);
            let word = if value.chars().all(plain) {
                value.clone()
            } else {
                format!("'{}'", value.replace('\'', "''"))
            };
            let help = if help.is_empty() { value } else { &help };
            format!("{word}\t{value}\t{help}")
        }
        _ => return None,
    })
}

/// Returns what bash puts in the place of the piece that it completes, with the blank behind it.
fn of_bash(request: &ShellRequest, one: &Candidate) -> Option<String> {
    let (kept, quote) = &request.kept;
    let rest = one.value.strip_prefix(kept.as_str())?;
    // a home folder that was typed with `~` stays so
    let home = kept.is_empty() && request.word.starts_with("~/") && rest.starts_with("~/");
    let mut line = if home { format!("~{}", quoted(&rest[1..], *quote)?) } else { quoted(rest, *quote)? };
    if *quote == Quote::None && !one.is_open() {
        line.push(' ');
    }
    Some(line)
}

/// Returns the first line of a description, cut where it is long.
fn brief(help: &str) -> String {
    let first = help.lines().next().unwrap_or_default();
    let clean = sanitize::line(first);
    match clean.char_indices().nth(HELP) {
        Some((at, _)) => format!("{}…", clean[..at].trim_end()),
        None => clean.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::candidate::Candidate;
    use super::super::request::ShellRequest;
    use super::render;

    fn rendered(arguments: &[&str], candidates: &[Candidate]) -> String {
        let arguments: Vec<String> = arguments.iter().map(|word| (*word).to_owned()).collect();
        render(&ShellRequest::read(&arguments).unwrap(), candidates)
    }

    #[test]
    fn bash_gets_the_rest_quoted_with_a_blank() {
        let bash = |line, piece, value: &str| rendered(&["bash", line, piece], &[Candidate::new(value)]);
        assert_eq!(bash("credctl get a", "a", "a b$"), "a\\ b\\$ \n");
        assert_eq!(bash("credctl get 'a", "a", "a b$"), "a b$\n");
        assert_eq!(bash("credctl add login x us", "us", "username="), "username=\n");
        assert_eq!(bash("credctl get ns:a", "a", "ns:ab"), "ab \n");
        assert_eq!(bash("credctl -i ~/k", "~/k", "~/key dir/"), "~/key\\ dir/\n");
        assert_eq!(bash("credctl get ", "", "~x"), "\\~x \n");
    }

    #[test]
    fn other_shells_get_values_and_descriptions() {
        let all = [Candidate::with_help("get", "Show"), Candidate::with_help("list", "List\nmore")];
        assert_eq!(rendered(&["fish", "credctl", ""], &all), "get\tShow\nlist\tList\n");
        assert_eq!(rendered(&["zsh", "credctl", ""], &all), "get\tget   -- Show\nlist\tlist  -- List\n");
        assert_eq!(rendered(&["elvish", "credctl", ""], &all[..1]), "get\t \tget (Show)\n");
        let quoted = [Candidate::new("it's")];
        assert_eq!(rendered(&["powershell", "credctl", "."], &quoted), "'it''s'\tit's\tit's\n");
    }

    #[test]
    fn what_moves_the_cursor_is_left_out() {
        let all = ["a\tb", "a\nb", "\x1b[1m", "fine"].map(Candidate::new);
        assert_eq!(rendered(&["fish", "credctl", ""], &all), "fine\n");
    }
}
