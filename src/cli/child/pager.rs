//! The pager: a program that shows a long answer on the terminal page by page.

use std::io::{self, Write as _};
use std::process::{Child, Command, ExitStatus, Stdio};

use super::program::OWN;
use super::signals::Waiting;
use crate::cli::harden::as_we_were;

/// The characters for which a command needs a shell.
const OF_A_SHELL: &str = "|&;<>()$`\\\"'*?[#~=%\t\n";
/// The statuses of a shell that found no such program, or may not run it.
const NOT_STARTED: [Option<i32>; 2] = [Some(126), Some(127)];

/// Shows a text with the pager. Returns false if the pager cannot be started, so that nothing was shown. A
/// pager that ends before it has read everything is no error.
pub fn page(pager: &str, text: &[u8]) -> bool {
    let Ok(signals) = Waiting::begin() else { return false };
    let mut command = command(pager);
    let Ok(mut child) = as_we_were(|| command.spawn()) else { return false };
    // Ctrl-C is a key of the pager, which must not outlive us
    let forwarding = signals.forward(child.id(), true, || ());
    let status = feed(&mut child, text);
    drop(forwarding);
    !status.is_ok_and(|status| NOT_STARTED.contains(&status.code()))
}

fn feed(child: &mut Child, text: &[u8]) -> io::Result<ExitStatus> {
    if let Some(mut stdin) = child.stdin.take() {
        // the pager may have seen enough
        let _ = stdin.write_all(text);
    }
    child.wait()
}

/// Makes the command of a pager. The pager gets nothing that unlocks the vault, and `less` neither starts
/// programs nor writes files.
fn command(pager: &str) -> Command {
    let mut command = match pager.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>()[..] {
        [program, ref words @ ..] if !pager.contains(|c| OF_A_SHELL.contains(c)) => {
            let mut command = Command::new(program);
            command.args(words);
            command
        }
        _ => {
            let mut command = Command::new("/bin/sh");
            command.args(["-c", pager]);
            command
        }
    };
    for name in OWN.into_iter().chain(["LESSSECURE_ALLOW"]) {
        command.env_remove(name);
    }
    command.env("LESSSECURE", "1").env("LESSHISTFILE", "-");
    // short texts end at once, colours stay, and the screen is left as it is
    for (name, value) in [("LESS", "FRX"), ("LV", "-c")] {
        if std::env::var_os(name).is_none() {
            command.env(name, value);
        }
    }
    command.stdin(Stdio::piped());
    command
}

#[cfg(test)]
mod tests {
    use super::command;

    #[test]
    fn words_are_split_and_everything_else_is_for_the_shell() {
        for (pager, program, words) in [
            ("less", "less", &[][..]),
            (" less  -R ", "less", &["-R"]),
            ("LESS=-R less", "/bin/sh", &["-c", "LESS=-R less"]),
            ("less | cat", "/bin/sh", &["-c", "less | cat"]),
        ] {
            let command = command(pager);
            assert_eq!(command.get_program(), program);
            assert!(command.get_args().eq(words.iter().copied()), "{command:?}");
        }
    }

    #[test]
    fn a_pager_inherits_nothing_that_unlocks_the_vault_and_runs_in_its_secure_mode() {
        let command = command("less");
        let value = |name: &str| command.get_envs().find(|(known, _)| *known == name).map(|(_, value)| value);
        for name in super::OWN {
            assert_eq!(value(name), Some(None), "{name}");
        }
        assert_eq!(value("LESSSECURE"), Some(Some("1".as_ref())));
        assert_eq!(value("LESSHISTFILE"), Some(Some("-".as_ref())));
    }
}
