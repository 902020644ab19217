//! `credctl` alone where there is no vault: four questions, and nothing on the disk before the last answer.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::terminal::{Ended, Terminal, emulator};
use crate::support::{Outcome, PROGRAM, Run as _, Scene, lab};

const PASSPHRASE: &str = "tulip gravel anvil 94 morning";

/// The program alone, in a home without a vault, with bash as the shell.
fn alone(scene: &Scene) -> Command {
    let mut command = Command::new(PROGRAM);
    command.current_dir(scene.path("."));
    scene.environment(&mut command);
    command.env_remove("CREDCTL_VAULT").env("SHELL", "/bin/bash");
    command
}

/// A later call, without a variable or an option that names the vault or its key.
fn later(scene: &Scene, words: &[&str]) -> Outcome {
    scene.command(words).env_remove("CREDCTL_VAULT").outcome("")
}

/// Goes through the dialogue.
fn answers(command: &Command, answers: &[(&str, &str)]) -> Ended {
    let mut terminal = Terminal::start(command, "");
    for (prompt, answer) in answers {
        terminal.answer(prompt, answer);
    }
    terminal.end()
}

/// Every file below a folder, with its content.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path));
            files.insert(path.display().to_string(), Vec::new());
        } else {
            files.insert(path.display().to_string(), fs::read(&path).unwrap());
        }
    }
    files
}

const ENTER: [(&str, &str); 4] = [("> 1. ", ""), ("2/4", ""), ("3/4", ""), ("4/4", "")];

#[test]
fn enter_at_every_question_makes_a_vault_that_opens_without_a_variable() {
    let scene = Scene::bare();
    let ended = answers(&alone(&scene), &ENTER);
    assert!(ended.status == 0 && ended.restored, "{ended:?}");
    for said in ["Keep a copy of these", "Try:", "credctl add login github username=ada"] {
        assert!(ended.shown.contains(said), "{said}: {ended:?}");
    }
    for name in ["home/config/credctl/identity.txt", "home/data/credctl/vault.age"] {
        assert_eq!(scene.mode(name), 0o600, "{name}");
    }
    assert!(!scene.path("home/config/credctl/config.toml").exists());
    let installed = fs::read_to_string(scene.path("home/data/bash-completion/completions/credctl")).unwrap();
    assert_eq!(installed, scene.run(["completions", "bash"]).ok().stdout());
    later(&scene, &["add", "Simple", "first", "value=env:HOME"]).ok();
    assert_eq!(later(&scene, &["list", "-o", "name"]).ok().stdout(), "first\n");
    // a vault is there now: no question
    let ended = Terminal::start(&alone(&scene), "").end();
    assert!(ended.status == 0 && !ended.shown.contains("1/4"), "{ended:?}");
}

#[test]
fn the_dialogue_fits_a_screen_of_80_columns() {
    let scene = Scene::bare();
    let mut terminal = Terminal::sized(&alone(&scene), 80);
    for (prompt, answer) in ENTER {
        terminal.answer(prompt, answer);
    }
    let mut screen = emulator(50, 80, 0);
    screen.process(terminal.end().shown.as_bytes());
    let rows: Vec<_> = screen.screen().rows(0, 80).map(|row| row.trim_end().to_owned()).collect();
    let text = rows.join("\n");
    assert_eq!(text.trim(), SCREEN.trim());
}

const SCREEN: &str = "
There is no vault yet. Answer four questions to make one.
Enter accepts a suggestion. Esc or Ctrl-C ends the dialogue.
credctl writes nothing before the last answer.

1/4  Unlock the vault with: 1. a key file on this machine, nothing to type
2/4  File of the vault [~/data/credctl/vault.age]:
3/4  Import a file or a folder [none]:
4/4  Install completions for bash [yes]:
made the vault ~/data/credctl/vault.age
installed completions in ~/data/bash-completion/completions/credctl

Keep a copy of these in a safe place outside of this machine:
  ~/data/credctl/vault.age  the vault, encrypted
  ~/config/credctl/identity.txt  the key
Without the key, the vault cannot be opened.

Try:
  credctl add login github username=ada
  credctl list
  credctl get github --field password";

/// At five keys a second, sixty seconds are three hundred keys.
#[test]
fn the_first_secret_takes_less_than_a_minute_of_typing() {
    let scene = Scene::bare();
    let mut keys = "credctl\n".len() + ENTER.iter().map(|(_, answer)| answer.len() + 1).sum::<usize>();
    assert_eq!(answers(&alone(&scene), &ENTER).status, 0);
    let words = ["add", "login", "github", "username=ada"];
    let mut command = alone(&scene);
    command.args(words);
    let prompts = [("Password: ", "correct-horse-9"), ("(again): ", "correct-horse-9")];
    assert_eq!(answers(&command, &prompts).status, 0);
    keys += "credctl ".len() + words.join(" ").len() + 1;
    keys += prompts.iter().map(|(_, answer)| answer.len() + 1).sum::<usize>();
    assert!(keys <= 300, "{keys} keys");
    let secret = later(&scene, &["get", "github", "--field", "password"]).ok();
    assert_eq!(secret.stdout(), "correct-horse-9");
}

#[test]
fn a_key_file_can_have_a_passphrase_on_it() {
    let scene = Scene::bare();
    let questions = [
        ("> 1. ", "2"),
        ("New passphrase for the key file: ", PASSPHRASE),
        ("(again): ", PASSPHRASE),
        ("2/4", ""),
        ("3/4", ""),
        ("4/4", "no"),
    ];
    let ended = answers(&alone(&scene), &questions);
    assert!(ended.status == 0 && !ended.shown.contains("tulip"), "{ended:?}");
    assert!(ended.shown.contains("strong: about 10^"), "{ended:?}");
    let identity = fs::read_to_string(scene.path("home/config/credctl/identity.txt")).unwrap();
    assert!(identity.starts_with("-----BEGIN AGE ENCRYPTED FILE-----"), "{identity}");
    assert!(!scene.path("home/data/bash-completion").exists());
    later(&scene, &["list"]).exits(7);
    let file = scene.file("passphrase", PASSPHRASE);
    later(&scene, &["list", "--passphrase-file", &file]).ok();
}

#[test]
fn a_key_file_with_a_passphrase_that_is_there_is_offered_and_used() {
    let scene = Scene::bare();
    let first = [
        ("> 1. ", "2"),
        ("key file: ", PASSPHRASE),
        ("(again): ", PASSPHRASE),
        ("2/4", ""),
        ("3/4", ""),
        ("4/4", ""),
    ];
    assert_eq!(answers(&alone(&scene), &first).status, 0);
    let identity = fs::read(scene.path("home/config/credctl/identity.txt")).unwrap();
    fs::remove_dir_all(scene.path("home/data/credctl")).unwrap();
    fs::write(scene.path("home/.netrc"), "machine example.org login ada password p\n").unwrap();
    let second = [
        ("> 1. the key file ~/config/credctl/identity.txt, with its passphrase", ""),
        ("Passphrase for ", "wrong"),
        ("Passphrase for ", PASSPHRASE),
        ("2/4", ""),
        ("3/4", "all"),
        ("4/4", ""),
    ];
    let ended = answers(&alone(&scene), &second);
    assert!(ended.status == 0 && ended.restored && !ended.shown.contains("tulip"), "{ended:?}");
    for said in ["the passphrase is wrong", "the key, and its passphrase"] {
        assert!(ended.shown.contains(said), "{said}: {ended:?}");
    }
    assert_eq!(fs::read(scene.path("home/config/credctl/identity.txt")).unwrap(), identity);
    let file = scene.file("passphrase", PASSPHRASE);
    let listed = later(&scene, &["list", "-o", "name", "--passphrase-file", &file]).ok();
    assert_eq!(listed.stdout().lines().count(), 1, "{listed:?}");
    // the vault is locked to the recipient of the key and not to the passphrase
    let vault = fs::read(scene.path("home/data/credctl/vault.age")).unwrap();
    let header = String::from_utf8_lossy(&vault[..200]).into_owned();
    assert!(header.contains("-> X25519 ") && !header.contains("scrypt"), "{header}");
}

#[test]
fn a_passphrase_alone_locks_the_vault_and_a_weak_one_is_asked_about_once_more() {
    let scene = Scene::bare();
    let mut terminal = Terminal::start(&alone(&scene), "");
    terminal.expect("> 1. ").keys("every call").answer("> 3. a passphrase", "");
    terminal.answer("New passphrase for the vault: ", "abc").answer("(again): ", "abc");
    terminal.answer("Use it anyway? [y/N] ", "n");
    terminal.answer("New passphrase for the vault: ", PASSPHRASE).answer("(again): ", PASSPHRASE);
    terminal.answer("2/4", "").answer("3/4", "").answer("4/4", "");
    let ended = terminal.end();
    assert!(ended.status == 0 && ended.shown.contains("strong: about 10^"), "{ended:?}");
    assert!(!scene.path("home/config").exists(), "{ended:?}");
    later(&scene, &["list"]).exits(7);
    let file = scene.file("passphrase", PASSPHRASE);
    later(&scene, &["list", "--passphrase-file", &file]).ok();
}

#[test]
fn an_ssh_key_that_is_there_opens_the_vault() {
    let scene = Scene::bare();
    fs::create_dir(scene.path("home/.ssh")).unwrap();
    let mut keygen = Command::new("ssh-keygen");
    keygen.args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(scene.path("home/.ssh/id_ed25519"));
    assert!(keygen.status().unwrap().success());
    // a public key that does not fit opens nothing, and is not offered
    fs::copy(scene.path("home/.ssh/id_ed25519.pub"), scene.path("home/.ssh/id_rsa.pub")).unwrap();
    fs::write(scene.path("home/.ssh/id_rsa"), "no key").unwrap();
    let mut terminal = Terminal::start(&alone(&scene), "");
    terminal.expect("> 1. ").keys("ssh").answer("> 3. the SSH key ~/.ssh/id_ed25519", "");
    terminal.answer("2/4", "").answer("3/4", "").answer("4/4", "");
    let ended = terminal.end();
    assert!(ended.status == 0 && !ended.shown.contains("id_rsa"), "{ended:?}");
    let configuration = fs::read_to_string(scene.path("home/config/credctl/config.toml")).unwrap();
    let key = scene.text_path("home/.ssh/id_ed25519");
    assert_eq!(configuration, format!("identity = \"{key}\"\n"));
    later(&scene, &["list"]).ok();
}

#[test]
fn leaving_the_dialogue_at_any_question_leaves_nothing_behind() {
    let scene = Scene::bare();
    fs::write(scene.path("home/.netrc"), "machine example.org login ada password p\n").unwrap();
    let before = files(&scene.path("."));
    let questions = [
        ("> 1. ", "2"),
        ("New passphrase for the key file: ", PASSPHRASE),
        ("(again): ", PASSPHRASE),
        ("2/4", ""),
        ("3/4", "all"),
        ("4/4", ""),
    ];
    for (stage, (last, _)) in questions.iter().enumerate() {
        for (letter, status) in [('c', 130), ('[', 130), ('d', 2)] {
            let mut terminal = Terminal::start(&alone(&scene), "");
            for (prompt, answer) in &questions[..stage] {
                terminal.answer(prompt, answer);
            }
            terminal.control(last, "", letter);
            let ended = terminal.end();
            assert!(ended.status == status && ended.restored, "{stage} {letter}: {ended:?}");
            assert_eq!(files(&scene.path(".")), before, "{stage} {letter}");
        }
    }
}

#[test]
fn files_that_are_there_are_kept() {
    let scene = Scene::bare();
    let recipient = scene.recipient("home/config/credctl/identity.txt");
    scene.configure("output = \"wide\"\n");
    fs::create_dir_all(scene.path("home/data/bash-completion/completions")).unwrap();
    scene.file("home/data/bash-completion/completions/credctl", "mine");
    scene.file("other.age", "mine");
    let before = files(&scene.path("."));
    let other = scene.text_path("other.age");
    let elsewhere = scene.text_path("home/elsewhere/v.age");
    let mut terminal = Terminal::start(&alone(&scene), "");
    terminal.expect("> 1. the key file that is there").keys("\n");
    terminal.answer("2/4", &other).expect("exists").answer("2/4", &elsewhere);
    terminal.answer("3/4", "").answer("4/4  Make the vault", "");
    let ended = terminal.end();
    assert_eq!(ended.status, 0, "{ended:?}");
    // the configuration that is there is not edited: the line is shown
    assert!(ended.shown.contains(&format!("vault = \"{elsewhere}\"")), "{ended:?}");
    let after = files(&scene.path("."));
    for (name, content) in before {
        assert_eq!(after.get(&name), Some(&content), "{name}");
    }
    assert!(
        later(&scene, &["list", "--vault", &elsewhere]).ok().stderr.contains("there are no credentials yet")
    );
    assert_eq!(recipient, lab::recipient(&scene.path("home/config/credctl/identity.txt")));
}

#[test]
fn a_vault_in_another_place_is_found_by_its_configuration() {
    let scene = Scene::bare();
    let questions = [("> 1. ", ""), ("2/4", "~/vaults/mine.age"), ("3/4", ""), ("4/4", "")];
    let ended = answers(&alone(&scene), &questions);
    assert_eq!(ended.status, 0, "{ended:?}");
    assert_eq!(scene.mode("home/vaults/mine.age"), 0o600);
    later(&scene, &["list"]).ok();
}

#[test]
fn stores_and_files_in_their_places_are_offered_with_counts() {
    let scene = Scene::bare();
    for folder in [".aws", ".password-store/work", ".kube"] {
        fs::create_dir_all(scene.path("home").join(folder)).unwrap();
    }
    let key = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = S-canary\n";
    scene.file("home/.aws/credentials", format!("[default]\n{key}[prod]\n{key}"));
    scene.file("home/.netrc", "machine example.org login ada password S-canary\n");
    scene.file("home/.password-store/work/db.gpg", "no gpg");
    scene.file("home/.kube/config", "no kubeconfig");
    scene.file(".env", "TOKEN=S-canary\n");
    let questions = [("> 1. ", ""), ("2/4", ""), ("3/4", "2 3"), ("4/4", "")];
    let ended = answers(&alone(&scene), &questions);
    assert_eq!(ended.status, 0, "{ended:?}");
    for line in [
        "1  ~/.password-store: 1 entry, pass",
        "2  ~/.aws/credentials: 2 entries, aws-credentials",
        "3  ~/.netrc: 1 entry, netrc",
        "4  .env: 1 entry, dotenv",
    ] {
        assert!(ended.shown.contains(line), "{line}: {ended:?}");
    }
    assert!(!ended.shown.contains("kubeconfig") && !ended.shown.contains("canary"), "{ended:?}");
    assert_eq!(later(&scene, &["list", "-o", "name"]).ok().stdout().lines().count(), 3);
}

#[test]
fn an_import_that_fails_leaves_the_vault_and_names_the_command() {
    let scene = Scene::bare();
    let file = scene.file("export", "what is this");
    let questions = [("> 1. ", ""), ("2/4", ""), ("3/4", file.as_str()), ("4/4", "")];
    let ended = answers(&alone(&scene), &questions);
    assert!(ended.status == 0 && ended.shown.contains("credctl import "), "{ended:?}");
    later(&scene, &["list"]).ok();
}

#[test]
fn completions_go_where_the_shell_looks_for_them() {
    for (shell, made, said) in [
        ("/usr/bin/fish", Some("home/config/fish/completions/credctl.fish"), "installed completions"),
        ("/bin/zsh", None, "fpath"),
        ("/bin/unknown", None, "Try:"),
    ] {
        let scene = Scene::bare();
        let ended = answers(alone(&scene).env("SHELL", shell), &ENTER);
        assert!(ended.status == 0 && ended.shown.contains(said), "{shell}: {ended:?}");
        assert!(made.is_none_or(|path| scene.path(path).exists()), "{shell}");
    }
    let scene = Scene::bare();
    fs::create_dir(scene.path("home/.zfunc")).unwrap();
    assert_eq!(answers(alone(&scene).env("SHELL", "/bin/zsh"), &ENTER).status, 0);
    assert!(scene.path("home/.zfunc/_credctl").exists());
}

#[test]
fn without_a_terminal_nothing_is_asked_and_nothing_is_made() {
    let scene = Scene::bare();
    let before = files(&scene.path("."));
    let outcome = alone(&scene).outcome("").ok();
    assert!(outcome.stdout().contains("init"), "{outcome:?}");
    for redirection in ["</dev/null", ">/dev/null", "| cat"] {
        let ended = Terminal::start(&alone(&scene), redirection).end();
        assert!(ended.status == 0 && !ended.shown.contains("1/4"), "{redirection}: {ended:?}");
    }
    let ended = Terminal::start(alone(&scene).env("CREDCTL_NON_INTERACTIVE", "1"), "").end();
    assert!(ended.status == 0 && !ended.shown.contains("1/4"), "{ended:?}");
    assert_eq!(files(&scene.path(".")), before);
    // the backup of a vault that is gone is no empty place
    fs::create_dir_all(scene.path("home/data/credctl")).unwrap();
    scene.file("home/data/credctl/vault.age.bak", "old");
    let ended = Terminal::start(&alone(&scene), "").end();
    assert!(ended.status == 0 && !ended.shown.contains("1/4"), "{ended:?}");
}
