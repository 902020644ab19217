//! The helper for git repositories, with bare repositories on this machine.

mod hostile;
mod lost;
mod places;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::harness::{Helper, Outcome, Run as _};

const HELPER: &str = env!("CARGO_BIN_EXE_credctl-remote-git");

/// A folder with an empty bare repository, and what runs of git on it need.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { folder: tempfile::Builder::new().prefix("credctl-git-").tempdir().unwrap() };
        fs::create_dir(place.path("home")).unwrap();
        place.git(&["init", "--quiet", "--bare", "--initial-branch=main", "team.git"]).ok();
        place
    }

    /// A repository with one commit, of files that are of no concern.
    fn with_files() -> Self {
        let place = Self::new();
        place.commit("printf hello >README.md; mkdir -p docs; printf x >docs/page; printf y >zz.age");
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The address of the file `team.age` by a URL of this scheme.
    fn address(&self, scheme: &str) -> String {
        let host = if scheme == "file" { "" } else { "host" };
        format!("git+{scheme}://{host}{}#team.age", self.path("team.git").display())
    }

    fn plain(&self, mut command: Command) -> Command {
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap()).env("HOME", self.path("home"));
        command.current_dir(self.folder.path());
        command
    }

    /// A helper for an address, on a machine of its own.
    fn helper(&self, machine: &str, address: &str) -> Command {
        let mut command = self.plain(Command::new(HELPER));
        command.arg(address).env("XDG_CACHE_HOME", self.path(machine));
        command
    }

    /// A helper for the file `team.age` of the bare repository.
    #[track_caller]
    fn open(&self, machine: &str) -> Helper {
        Helper::start(&mut self.helper(machine, &self.address("file")))
    }

    /// The same, over a server that runs on this machine, with the hooks of the repository.
    #[track_caller]
    fn open_by_server(&self, machine: &str) -> Helper {
        self.open_file_by_server(machine, "team.age")
    }

    #[track_caller]
    fn open_file_by_server(&self, machine: &str, name: &str) -> Helper {
        let script = self.script("fake-ssh", "for last; do :; done\nexec sh -c \"$last\"");
        let mut command = self.helper(machine, &self.address("ssh").replace("team.age", name));
        command.env("GIT_SSH_COMMAND", script).env("GIT_SSH_VARIANT", "ssh");
        Helper::start(&mut command)
    }

    fn git(&self, words: &[&str]) -> Outcome {
        let mut command = self.plain(Command::new("git"));
        command.args(words).outcome("")
    }

    /// The output of git on the bare repository.
    #[track_caller]
    fn asked(&self, words: &[&str]) -> String {
        let outcome = self.git(&[&["--git-dir=team.git"], words].concat()).ok();
        outcome.stdout.trim_end().to_owned()
    }

    /// Runs a script in a clone, commits all that it left there, and pushes it.
    #[track_caller]
    fn commit(&self, script: &str) {
        let script = format!(
            "set -e; rm -rf clone; git clone -q team.git clone 2>&1; cd clone; {script}\n\
             git add -A; git -c user.name=other -c user.email=other@localhost commit -q -m other;\n\
             git push -q origin HEAD:main"
        );
        let mut command = self.plain(Command::new("sh"));
        command.args(["-c", &script]).outcome("").ok();
    }

    /// Writes a program and returns its path.
    fn script(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        // a script that another thread is about to run must not be open to write
        if !path.exists() {
            write_script(&path, text);
        }
        path
    }

    /// Writes a hook of the bare repository.
    fn hook(&self, name: &str, text: &str) {
        fs::create_dir_all(self.path("team.git/hooks")).unwrap();
        write_script(&self.path("team.git/hooks").join(name), text);
    }
}

fn write_script(path: &Path, text: &str) {
    let draft = path.with_extension("draft");
    fs::write(&draft, format!("#!/bin/sh\n{text}\n")).unwrap();
    fs::set_permissions(&draft, fs::Permissions::from_mode(0o755)).unwrap();
    fs::rename(draft, path).unwrap();
}
