//! The program itself with its helpers, on several machines that share a vault on an engine.
//!
//! | file | its tests |
//! |---|---|
//! | `faults.rs` | a network that loses, delays, cuts and replays answers |
//! | `writers.rs` | several machines that change one vault at a time |
//! | `leaks.rs` | secrets in files, messages and arguments, where they must not be |

mod faults;
mod leaks;
mod writers;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::harness::{Outcome, Run as _};

const PROGRAM: &str = env!("CARGO_BIN_EXE_credctl");

/// The folder of several machines, whose operators have the same identity.
struct Office {
    folder: TempDir,
    recipient: String,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("credctl-office-").tempdir().unwrap();
        let mut office = Self { folder, recipient: String::new() };
        let words = ["init", "--vault", "own.age", "--generate-identity", "identity.txt"];
        office.machine("own", "own.age", &[]).run(&words, "").ok();
        let identity = fs::read_to_string(office.path("identity.txt")).unwrap();
        let recipient = identity.lines().find_map(|line| line.strip_prefix("# public key: "));
        recipient.unwrap().clone_into(&mut office.recipient);
        office
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The machine of this name, which uses the vault at an address with the variables of its engine.
    fn machine(&self, name: &str, address: &str, variables: &[(&str, String)]) -> Machine {
        let mut all = vec![("CREDCTL_VAULT".to_owned(), address.to_owned())];
        all.extend(variables.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        Machine { office: self.folder.path().to_owned(), home: self.path(name), variables: all }
    }
}

/// A machine, with a home of its own.
struct Machine {
    office: PathBuf,
    home: PathBuf,
    variables: Vec<(String, String)>,
}

impl Machine {
    /// The program with these words.
    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(words).current_dir(&self.office).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap()).env("HOME", &self.home);
        for name in ["CONFIG", "DATA", "STATE", "CACHE"] {
            command.env(format!("XDG_{name}_HOME"), self.home.join(name.to_lowercase()));
        }
        command.env("CREDCTL_NON_INTERACTIVE", "1").env("CREDCTL_IDENTITY", self.office.join("identity.txt"));
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    fn run(&self, words: &[&str], stdin: &str) -> Outcome {
        self.command(words).outcome(stdin)
    }

    /// The working copies of this machine, to the byte.
    fn copies(&self) -> Vec<Vec<u8>> {
        let mut copies: Vec<_> = files(&self.home.join("cache"));
        copies.retain(|path| path.ends_with("copy.age"));
        copies.into_iter().map(|path| fs::read(path).unwrap()).collect()
    }

    /// The ids in the vault on the engine, however busy this computer is.
    #[track_caller]
    fn ids(&self) -> Vec<String> {
        self.ids_with("--fresh")
    }

    #[track_caller]
    fn ids_with(&self, option: &str) -> Vec<String> {
        let words = [option, "list", "-o", "name"];
        self.run(&words, "").ok().stdout.lines().map(str::to_owned).collect()
    }

    /// The generation of the vault on the engine.
    #[track_caller]
    fn generation(&self) -> u64 {
        // which `status` does not ask
        self.ids();
        let status = self.run(&["status", "-o", "json"], "").ok();
        let generation = status.stdout.split("\"generation\": ").nth(1).unwrap();
        generation.split([',', '\n']).next().unwrap().parse().unwrap()
    }
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}
