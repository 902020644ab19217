//! A vault in a git repository, with the real git.

mod branches;
mod check;
mod merges;
mod setup;
mod textconv;

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{installed, search_path};
use crate::support::{Outcome, Run as _, Scene};

/// A repository with the vault `v.age` in it, and the identity that opens it outside of it.
pub struct GitScene {
    pub scene: Scene,
}

impl GitScene {
    /// A repository with the vault in its first commit, on the branch `main`. `None` without git.
    pub fn new() -> Option<Self> {
        installed("git")?;
        let git = Self { scene: Scene::new() };
        fs::create_dir(git.scene.path("work")).unwrap();
        fs::rename(git.scene.vault(), git.scene.path("work/v.age")).unwrap();
        git.scene.forget();
        git.git(&["init", "-q", "-b", "main"]);
        fs::write(git.scene.path("work/.gitignore"), "*.bak\n*.lock\n").unwrap();
        fs::write(git.scene.path("work/.gitattributes"), "v.age merge=credctl diff=credctl\n").unwrap();
        git.add("base", "S-base");
        git.commit("base");
        Some(git)
    }

    /// A repository in which `git setup` was run before the first commit.
    pub fn with_setup() -> Option<Self> {
        let git = Self::new()?;
        git.credctl(&["git", "setup"]).ok();
        git.git(&["add", "-A"]);
        git.git(&["commit", "-qm", "setup"]);
        Some(git)
    }

    /// Runs git in the repository, and returns what it printed.
    #[track_caller]
    pub fn git(&self, words: &[&str]) -> String {
        self.try_git(words).ok().stdout().to_owned()
    }

    /// Runs git in the repository.
    pub fn try_git(&self, words: &[&str]) -> Outcome {
        self.git_at("work", words)
    }

    /// Runs git in a folder of the scene.
    pub fn git_at(&self, folder: &str, words: &[&str]) -> Outcome {
        self.command("git", folder).args(words).outcome("")
    }

    /// A command in a folder of the scene, without the configuration of the person who runs the tests.
    pub fn command(&self, program: &str, folder: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.scene.path(folder));
        self.scene.environment(&mut command);
        command.env("PATH", search_path()).env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_TERMINAL_PROMPT", "0");
        for name in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{name}_NAME"), "n").env(format!("GIT_{name}_EMAIL"), "e@example.org");
        }
        command.env("CREDCTL_NON_INTERACTIVE", "1").env("GIT_EDITOR", "true").env_remove("CREDCTL_VAULT");
        command
    }

    /// Runs credctl in the repository, with its vault.
    pub fn credctl(&self, words: &[&str]) -> Outcome {
        self.credctl_with(words, "")
    }

    pub fn credctl_with(&self, words: &[&str], stdin: &str) -> Outcome {
        let words = ["--vault", "v.age"].iter().chain(words);
        self.command(crate::support::PROGRAM, "work").args(words).outcome(stdin)
    }

    /// Adds a credential.
    #[track_caller]
    pub fn add(&self, id: &str, value: &str) {
        self.credctl_with(&["add", "Simple", id, "value=-"], value).ok();
    }

    /// Commits everything.
    #[track_caller]
    pub fn commit(&self, message: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-qm", message]);
    }

    /// Adds a credential on a new branch from `main`, and commits it.
    #[track_caller]
    pub fn branch_with(&self, branch: &str, id: &str) {
        self.git(&["checkout", "-q", "-b", branch, "main"]);
        self.add(id, &format!("S-{id}"));
        self.commit(branch);
    }

    /// The ids in the vault of the working tree.
    #[track_caller]
    pub fn ids(&self) -> Vec<String> {
        let outcome = self.credctl(&["list", "-o", "name"]).ok();
        outcome.stdout().lines().map(str::to_owned).collect()
    }

    /// Everything that git keeps, each object as it is.
    pub fn objects(&self) -> Vec<u8> {
        let words = ["cat-file", "--batch-all-objects", "--batch", "--unordered"];
        self.try_git(&words).ok().stdout
    }

    /// Removes the driver and the hooks, as a clone has none.
    pub fn remove_driver(&self) {
        self.git(&["config", "--remove-section", "merge.credctl"]);
        for hook in ["pre-commit", "pre-merge-commit"] {
            fs::remove_file(self.scene.path("work/.git/hooks").join(hook)).unwrap();
        }
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.scene.path("work").join(Path::new(name))).unwrap()
    }
}
