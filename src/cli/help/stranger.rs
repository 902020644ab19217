//! Answers to a word that is no verb: the verb that a word of another tool means here, or the verb that was
//! mistyped. A guess that may mislead is worse than none.
//!
//! A word that works like a verb of credctl is an alias of that verb, in `command/mod.rs`, and not here.

use credctl::text::suggest;

use super::topic::Topic;
use crate::cli::error::{Error, discreet};

/// Words of other tools that have one meaning, the answer, and the commands for it.
struct ForeignWords {
    words: &'static [&'static str],
    says: &'static str,
    hints: &'static [&'static str],
}

/// The words, the most usual ones first.
const STRANGERS: &[ForeignWords] = &[
    ForeignWords {
        words: &["reveal", "cat", "print", "peek"],
        says: "`get` prints a value on request",
        hints: &["credctl get ID --field FIELD", "credctl get ID --reveal"],
    },
    ForeignWords {
        words: &["clip", "cb", "paste", "pbcopy"],
        says: "`get --clip` copies a secret to the clipboard",
        hints: &["credctl get ID --clip"],
    },
    ForeignWords {
        words: &["totp", "hotp", "2fa", "mfa"],
        says: "`otp` prints the code of a one-time password",
        hints: &["credctl otp ID", "credctl add otp ID totp=-"],
    },
    ForeignWords {
        words: &["set", "modify", "change", "write", "annotate", "label", "tag"],
        says: "`patch` changes the fields that are given, `update` replaces all of them",
        hints: &["credctl patch ID FIELD=VALUE"],
    },
    ForeignWords {
        words: &["apply", "save", "store"],
        says: "`put` replaces a credential, or adds it if there is none",
        hints: &["credctl add TYPE ID FIELD=VALUE", "credctl put -f FILE"],
    },
    ForeignWords {
        words: &["destroy", "erase", "shred", "wipe"],
        says: "`delete` keeps earlier versions, and `purge` deletes them for good",
        hints: &["credctl delete ID", "credctl purge ID"],
    },
    ForeignWords {
        words: &["item", "items", "secret", "secrets", "kv", "vault", "entry", "credential", "credentials"],
        says: "verbs of credctl come first, without a noun",
        hints: &["credctl list", "credctl get ID", "credctl add TYPE"],
    },
    ForeignWords {
        words: &["login", "signin", "unseal", "open", "unlocked", "auth", "agent", "account"],
        says: "`unlock` asks for the key of the vault once",
        hints: &["credctl unlock", "credctl help unlocking"],
    },
    ForeignWords {
        words: &["logout", "signout", "seal", "close", "stop-agent"],
        says: "`lock` locks the vault that `unlock` has opened",
        hints: &["credctl lock --all"],
    },
    ForeignWords {
        words: &["audit", "fsck", "lint"],
        says: "`check` checks every credential of the vault, `doctor` everything around it",
        hints: &["credctl check", "credctl doctor", "credctl list --expiring 30d"],
    },
    ForeignWords {
        words: &["health", "whoami", "info"],
        says: "`status` shows which vault is used, and what opens it",
        hints: &["credctl status", "credctl doctor"],
    },
    ForeignWords {
        words: &["sync", "push", "pull", "clone", "fetch", "remote", "commit", "mount"],
        says: "credctl has no server: the vault is one encrypted file, which you may copy as any other",
        hints: &["credctl git setup", "credctl merge OTHER", "credctl recipients add R"],
    },
    ForeignWords {
        words: &["recipient", "authorize", "share", "team", "keys"],
        says: "`recipients` lists and changes the people and machines that can open the vault",
        hints: &[
            "credctl recipients list",
            "credctl recipients add R --name N",
            "credctl recipients remove N",
        ],
    },
    ForeignWords {
        words: &["attachment", "document", "fscopy", "fsmove", "binary"],
        says: "`attach` stores a file with a credential",
        hints: &["credctl attach ID FILE", "credctl get ID --attachment NAME --out FILE"],
    },
    ForeignWords {
        words: &["config", "configure", "settings"],
        says: "the configuration is a file, config.toml; its keys are the names of options",
        hints: &["credctl help options"],
    },
    ForeignWords {
        words: &["grep"],
        says: "`find` finds the credential that has a value, `list --filter` compares public fields",
        hints: &["credctl find --value-stdin", "credctl help filters"],
    },
    ForeignWords {
        words: &["log", "logs", "versions", "revisions"],
        says: "`history` lists the earlier versions of a credential",
        hints: &["credctl history ID"],
    },
    ForeignWords {
        words: &["rollout", "revert", "undelete", "recover", "trash"],
        says: "`undo` undoes the last change, `rollback` and `restore` bring back one credential",
        hints: &["credctl undo", "credctl rollback ID --revision N", "credctl restore ID"],
    },
    ForeignWords {
        words: &["backup", "dump", "archive"],
        says: "`export` writes everything into a file, and encrypts it if you name a recipient",
        hints: &["credctl export --encrypt-to R --out FILE"],
    },
    ForeignWords {
        words: &["rotate", "renew", "password"],
        says: "`passwd` changes the password of a credential",
        hints: &["credctl passwd ID --generate"],
    },
    ForeignWords {
        words: &["tree", "index", "count", "ids"],
        says: "`list` lists the credentials",
        hints: &["credctl list", "credctl list -o name"],
    },
    ForeignWords {
        words: &["env-file", "template", "tpl", "render"],
        says: "`inject` puts secrets into a template, `run --env-file` into variables",
        hints: &["credctl inject TEMPLATE", "credctl run --env-file FILE -- PROGRAM"],
    },
    ForeignWords {
        words: &["ssh", "ssh-add", "docker", "docker-credential", "aws", "kubectl", "ansible", "askpass"],
        says: "`helper` answers other programs that ask for credentials",
        hints: &["credctl helper --help"],
    },
    ForeignWords {
        words: &["setup", "register", "setup-wizard", "new-vault"],
        says: "`init` makes a vault",
        hints: &["credctl init --generate-identity FILE"],
    },
];

/// Returns the error for a word in the place of a verb. `command` has the verbs.
pub fn unknown_verb(command: &clap::Command, word: &str) -> Error {
    if let Some(answer) = answer(word) {
        return answer;
    }
    let verbs: Vec<_> = verbs(command).collect();
    match near(word, &verbs) {
        Some(verb) => {
            Error::usage(format!("unknown verb `{word}`")).hint(format!("did you mean `credctl {verb}`?"))
        }
        None => {
            let error = Error::usage(format!("unknown verb `{}`", discreet::MASK))
                .hint("`credctl help` lists the verbs");
            // other tools show an entry by its path alone
            if word.contains('/') { error.hint("`credctl get ID` shows a credential") } else { error }
        }
    }
}

/// Returns the error for a word behind a verb that takes none, if other tools have a verb of that name which does.
pub fn needless_word(verb: &str) -> Option<Error> {
    let (says, hints): (_, &[&str]) = match verb {
        "generate" => (
            "`generate` takes no name: it prints a password and stores none",
            &["credctl add login ID username=NAME password=generate", "credctl passwd ID --generate"],
        ),
        "find" => ("`find` takes no words: it finds the credential that has a value", &["credctl list WORD"]),
        _ => return None,
    };
    Some(hints.iter().fold(Error::usage(says), |error, hint| error.hint(*hint)))
}

/// Returns the error for a word behind `help` that is neither a topic nor a verb. `command` has the verbs.
pub fn unknown_topic(command: &clap::Command, word: &str) -> Error {
    if let Some(answer) = answer(word) {
        return answer;
    }
    let mut known: Vec<&str> = Topic::names().collect();
    known.extend(verbs(command));
    match near(word, &known) {
        Some(name) => Error::usage(format!("unknown topic or verb `{word}`"))
            .hint(format!("did you mean `credctl help {name}`?")),
        None => Error::usage(format!("unknown topic or verb `{}`", discreet::MASK))
            .hint("`credctl help` lists the topics and the verbs"),
    }
}

/// Returns the answer to a word of another tool.
fn answer(word: &str) -> Option<Error> {
    let stranger = STRANGERS.iter().find(|stranger| stranger.words.contains(&word))?;
    let error = Error::usage(format!("unknown verb `{word}`: {}", stranger.says));
    Some(stranger.hints.iter().fold(error, |error, hint| error.hint(*hint)))
}

fn verbs(command: &clap::Command) -> impl Iterator<Item = &str> {
    command.get_subcommands().filter(|verb| !verb.is_hide_set()).map(clap::Command::get_name)
}

/// Returns the known word that was mistyped. A word of one or two letters is near to too many.
fn near<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    suggest(word, known.iter().copied()).filter(|_| word.chars().count() > 2)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use clap::Subcommand as _;

    use super::STRANGERS;
    use crate::cli::command::Command;

    #[test]
    fn no_word_has_two_answers() {
        let verbs = Command::augment_subcommands(clap::Command::new("credctl"));
        let mut seen: HashSet<&str> = verbs
            .get_subcommands()
            .flat_map(|verb| verb.get_all_aliases().chain([verb.get_name()]))
            .collect();
        assert!(seen.contains("attach") && seen.contains("ls") && seen.contains("exec"));
        for word in STRANGERS.iter().flat_map(|stranger| stranger.words) {
            assert!(seen.insert(word), "{word}");
        }
    }
}
