//! What every test needs: a folder of its own, the program in a cleared environment, and its answers.

pub mod lab;
pub mod openssh;
pub mod samples;
pub mod terminal;

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_credctl");

/// A folder with everything that a run of the program touches.
pub struct Scene {
    folder: TempDir,
}

impl Scene {
    /// Nothing but a home.
    pub fn bare() -> Self {
        let folder = tempfile::Builder::new().prefix("credctl-it-").tempdir().unwrap();
        fs::create_dir(folder.path().join("home")).unwrap();
        Self { folder }
    }

    /// An empty vault and the identity that opens it.
    pub fn new() -> Self {
        let scene = Self::bare();
        scene.run(["init", "--generate-identity", &scene.text_path("identity.txt")]).ok();
        scene
    }

    /// A vault with one login: id `admin`, user `ips`, domain `test`, password `old-password`.
    pub fn with_login() -> Self {
        let scene = Self::new();
        scene.login("admin");
        scene
    }

    pub fn login(&self, id: &str) {
        let words = ["add", "UsernamePassword", id, "username=ips", "domain=test", "password=-"];
        self.run_with(words, "old-password").ok();
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn text_path(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    pub fn vault(&self) -> PathBuf {
        self.path("vault.age")
    }

    /// The vault file to the byte.
    pub fn bytes(&self) -> Vec<u8> {
        fs::read(self.vault()).unwrap()
    }

    /// The text inside of the vault.
    pub fn text(&self) -> String {
        String::from_utf8(lab::decrypt(&self.vault(), &self.path("identity.txt"))).unwrap()
    }

    /// Puts another text inside.
    pub fn set_text(&self, text: impl AsRef<[u8]>) {
        lab::encrypt(text.as_ref(), &self.vault(), &self.path("identity.txt"));
        self.forget();
    }

    /// Puts another file in the place of the vault, one that this machine would refuse if it did not forget.
    pub fn put(&self, bytes: impl AsRef<[u8]>) {
        fs::write(self.vault(), bytes).unwrap();
        self.forget();
    }

    /// Lets the machine forget which generations it saw, and which vault was where. It still knows the recipients
    /// of the vaults.
    pub fn forget(&self) {
        let pins = ["home/state/credctl/pins", "home/.local/state/credctl/pins"];
        for entry in pins.iter().flat_map(|pins| fs::read_dir(self.path(pins)).into_iter().flatten()) {
            let path = entry.unwrap().path();
            if path.file_name().unwrap().to_string_lossy().starts_with("path-") {
                fs::remove_file(path).unwrap();
                continue;
            }
            let mut pin: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
            for member in ["seal", "former_seals", "generation", "signers", "seen"] {
                pin.as_object_mut().unwrap().remove(member);
            }
            fs::write(&path, pin.to_string()).unwrap();
        }
    }

    /// Edits what is inside by hand.
    pub fn edit(&self, edit: impl FnOnce(&mut Value)) {
        let mut document: Value = serde_json::from_str(&self.text()).unwrap();
        document.as_object_mut().unwrap().remove("index");
        edit(&mut document);
        self.set_text(document.to_string());
    }

    /// Writes the configuration file.
    pub fn configure(&self, text: &str) {
        fs::create_dir_all(self.path("home/config/credctl")).unwrap();
        self.file("home/config/credctl/config.toml", text);
    }

    /// Makes an identity file and gives its recipient.
    pub fn recipient(&self, identity: &str) -> String {
        let vault = format!("{identity}.vault");
        self.run(["init", "--vault", &vault, "--generate-identity", identity]).ok();
        for suffix in ["", ".lock"] {
            fs::remove_file(self.path(&format!("{vault}{suffix}"))).unwrap();
        }
        lab::recipient(&self.path(identity))
    }

    /// The recipient of the identity that opens the vault.
    pub fn own(&self) -> String {
        lab::recipient(&self.path("identity.txt"))
    }

    /// Writes a file and gives its path.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        fs::write(self.path(name), content).unwrap();
        self.text_path(name)
    }

    pub fn mode(&self, name: &str) -> u32 {
        fs::symlink_metadata(self.path(name)).unwrap().permissions().mode() & 0o777
    }

    /// The names in the folder of the vault, sorted.
    pub fn names(&self) -> Vec<String> {
        names(self.folder.path())
    }

    /// The program with these words. It sees the vault and the identity of this folder and nothing
    /// of the environment of the tests; it asks nobody.
    pub fn command<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(words).current_dir(self.folder.path());
        self.environment(&mut command);
        command.env("CREDCTL_NON_INTERACTIVE", "1");
        command
    }

    /// The environment of [`Self::command`], which may ask.
    pub fn environment(&self, command: &mut Command) {
        let home = self.path("home");
        command.env_clear().env("PATH", "/usr/bin:/bin").env("HOME", &home);
        for name in ["CONFIG", "DATA", "STATE", "CACHE"] {
            command.env(format!("XDG_{name}_HOME"), home.join(name.to_lowercase()));
        }
        command.env("CREDCTL_VAULT", self.vault());
        if self.path("identity.txt").exists() {
            command.env("CREDCTL_IDENTITY", self.path("identity.txt"));
        }
    }

    pub fn run<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Outcome {
        self.command(words).outcome("")
    }

    pub fn run_with<S: AsRef<OsStr>>(
        &self,
        words: impl IntoIterator<Item = S>,
        stdin: impl AsRef<[u8]>,
    ) -> Outcome {
        self.command(words).outcome(stdin)
    }

    /// What a run that ends well answers with `-o json`.
    #[track_caller]
    pub fn answer<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Value {
        self.command(words).args(["-o", "json"]).outcome("").ok().json()
    }

    /// Everything that `get -o json --reveal` says.
    #[track_caller]
    pub fn get(&self, id: &str) -> Value {
        self.run(["get", id, "--reveal", "--force", "-o", "json"]).ok().json()
    }

    /// The ids in the vault.
    #[track_caller]
    pub fn ids(&self) -> Vec<String> {
        let outcome = self.run(["list", "-o", "name"]).ok();
        outcome.stdout().lines().map(str::to_owned).collect()
    }

    /// Runs a change that must fail with a status, and sees to it that the vault stays as it is.
    #[track_caller]
    pub fn refuses<S: AsRef<OsStr>>(
        &self,
        status: i32,
        words: impl IntoIterator<Item = S>,
        stdin: impl AsRef<[u8]>,
    ) -> Outcome {
        let before = self.bytes();
        let outcome = self.run_with(words, stdin).exits(status);
        assert!(before == self.bytes(), "the vault was changed: {outcome:?}");
        outcome
    }
}

/// The program on another machine, which has a memory of its own.
pub fn on(scene: &Scene, machine: &str, words: &[&str]) -> Command {
    let mut command = scene.command(words);
    command.env("XDG_STATE_HOME", scene.path("home").join(machine));
    command
}

pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Running a command to its end.
pub trait Run {
    /// Gives it this on stdin and waits.
    fn outcome(&mut self, stdin: impl AsRef<[u8]>) -> Outcome;
}

impl Run for Command {
    fn outcome(&mut self, stdin: impl AsRef<[u8]>) -> Outcome {
        let mut child =
            self.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut pipe = child.stdin.take().unwrap();
        let input = stdin.as_ref().to_vec();
        // on a thread, so that a program that does not read cannot stop us; it may also be gone
        let writer = std::thread::spawn(move || drop(pipe.write_all(&input)));
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        writer.join().unwrap();
        let stderr = String::from_utf8(stderr).unwrap();
        Outcome {
            words: format!("{:?}", self.get_args().collect::<Vec<_>>()),
            status: status.code(),
            stdout,
            stderr,
        }
    }
}

/// What a run of the program left.
#[derive(Debug)]
pub struct Outcome {
    words: String,
    status: Option<i32>,
    pub stdout: Vec<u8>,
    pub stderr: String,
}

impl Outcome {
    #[track_caller]
    pub fn exits(self, status: i32) -> Self {
        assert_eq!(
            self.status,
            Some(status),
            "{}\nstdout: {}\nstderr: {}",
            self.words,
            String::from_utf8_lossy(&self.stdout),
            self.stderr
        );
        self
    }

    #[track_caller]
    pub fn ok(self) -> Self {
        self.exits(0)
    }

    /// The exit status, none after a signal.
    pub fn status(&self) -> Option<i32> {
        self.status
    }

    #[track_caller]
    pub fn stdout(&self) -> &str {
        std::str::from_utf8(&self.stdout).unwrap()
    }

    /// The one JSON document on stdout.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The error document on the last line of stderr.
    #[track_caller]
    pub fn error(&self) -> Value {
        let last = self.stderr.lines().last().unwrap_or_default();
        serde_json::from_str(last).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Sees to it that stderr has this text.
    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "no {text:?} on stderr: {self:?}");
        self
    }

    /// Sees to it that stdout has this text.
    #[track_caller]
    pub fn prints(self, text: &str) -> Self {
        assert!(self.stdout().contains(text), "no {text:?} on stdout: {self:?}");
        self
    }

    /// Sees to it that a text is nowhere in what was printed.
    #[track_caller]
    pub fn hides(self, secret: &str) -> Self {
        let stdout = String::from_utf8_lossy(&self.stdout);
        assert!(!stdout.contains(secret) && !self.stderr.contains(secret), "{secret:?} shows: {self:?}");
        self
    }
}

/// The names of an object's members, in their order in the document.
#[track_caller]
pub fn members(value: &Value) -> Vec<&str> {
    value.as_object().unwrap_or_else(|| panic!("no object: {value}")).keys().map(String::as_str).collect()
}

/// The texts of a list.
#[track_caller]
pub fn texts(value: &Value) -> Vec<&str> {
    value
        .as_array()
        .unwrap_or_else(|| panic!("no list: {value}"))
        .iter()
        .map(|item| item.as_str().unwrap())
        .collect()
}

/// The names of the `invalidFields` of an error document.
#[track_caller]
pub fn invalid_fields(error: &Value) -> Vec<&str> {
    error["invalidFields"]
        .as_array()
        .unwrap_or_else(|| panic!("no invalidFields: {error}"))
        .iter()
        .map(|field| field["name"].as_str().unwrap())
        .collect()
}
