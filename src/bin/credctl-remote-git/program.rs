//! The program `git`. It runs without a shell, without prompts, without hooks, and with the transport of the
//! address alone. The only repositories whose settings it reads are scratch repositories of this helper.

use std::ffi::OsString;
use std::io::{self, Read, Write as _};
use std::os::fd::OwnedFd;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use credctl::remote::{EngineFailure, FailureKind, MAX_OBJECT};
use credctl::secret::read_all;

use super::address::GitTransport;
use super::environment::{foreign_variables, has_ssh_program};

/// The most bytes of messages of git that are kept.
const MESSAGES: u64 = 64 * 1024;
/// Settings of each run. Those of the operator or of a repository have no effect on them.
const SETTINGS: [&str; 18] = [
    // nothing that a repository names is run
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.alternateRefsCommand=true",
    "core.askPass=",
    "credential.interactive=false",
    // a dead connection ends
    "http.lowSpeedLimit=1",
    "http.lowSpeedTime=30",
    // what arrives is checked, and kept in few files. Encrypted content does not get smaller
    "fetch.fsckObjects=true",
    "fetch.unpackLimit=1",
    "fetch.writeCommitGraph=false",
    "core.compression=0",
    "core.bigFileThreshold=1",
    "core.fsync=committed,loose-object",
    // nothing else happens beside it
    "gc.auto=0",
    "maintenance.auto=false",
    "push.gpgSign=false",
    "push.pushOption=",
    "push.negotiate=false",
];
/// The program that git uses for ssh, unless the operator chose another.
const SSH: &str =
    "ssh -o BatchMode=yes -o ConnectTimeout=15 -o ServerAliveInterval=10 -o ServerAliveCountMax=3";

/// The program git with its environment.
#[derive(Debug)]
pub struct GitProgram {
    removed: Vec<OsString>,
    transport: GitTransport,
    has_ssh_program: bool,
}

/// The standard input of a run.
#[derive(Debug)]
pub enum GitInput<'a> {
    /// Nothing.
    Nothing,
    /// Bytes to read.
    Bytes(&'a [u8]),
    /// The lock on the scratch repository, which nothing reads. It stays locked until git ends, even if this
    /// process is killed before.
    Lock(OwnedFd),
}

/// The result of a run.
#[derive(Debug)]
pub struct GitOutput {
    /// True if git succeeded.
    pub is_success: bool,
    /// Its output.
    pub output: Vec<u8>,
    /// Its messages.
    pub messages: String,
}

impl GitOutput {
    /// Returns the first line of the output.
    pub fn line(&self) -> Option<String> {
        let line = self.output.split(|byte| *byte == b'\n').next()?;
        std::str::from_utf8(line).ok().map(str::to_owned)
    }
}

impl GitProgram {
    /// Finds out how to run git.
    pub fn new(transport: GitTransport) -> Self {
        let mut program = Self { removed: foreign_variables(), transport, has_ssh_program: true };
        program.has_ssh_program =
            transport != GitTransport::Ssh || has_ssh_program() || program.is_set("core.sshCommand");
        program
    }

    /// Returns true if the operator configured git so.
    fn is_set(&self, name: &str) -> bool {
        let run = self.run(Path::new("/"), None, &["config", "--get", name], GitInput::Nothing);
        run.is_ok_and(|output| output.is_success)
    }

    /// Runs git with these words in a folder, on a repository or on none, and waits for its end.
    ///
    /// # Errors
    /// [`FailureKind::Internal`] if git cannot be started; [`FailureKind::Refused`] if its output is too large.
    pub fn run(
        &self,
        folder: &Path,
        repository: Option<&Path>,
        words: &[&str],
        input: GitInput<'_>,
    ) -> Result<GitOutput, EngineFailure> {
        let mut command = self.command(folder, repository);
        command.args(words).stdout(Stdio::piped()).stderr(Stdio::piped());
        let bytes = match input {
            GitInput::Nothing => None,
            GitInput::Lock(lock) => {
                command.stdin(Stdio::from(lock));
                None
            }
            GitInput::Bytes(bytes) => {
                command.stdin(Stdio::piped());
                Some(bytes)
            }
        };
        let failed = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => internal("the program `git` is not installed, or not on the PATH"),
            _ => internal(&format!("git cannot be run: {error}")),
        };
        let mut child = command.spawn().map_err(failed)?;
        // the handle of the lock in it would keep the lock
        drop(command);
        let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (messages, output) = thread::scope(|scope| {
            let messages = scope.spawn(|| stderr.map(messages).unwrap_or_default());
            let output = scope.spawn(|| stdout.map(|out| read_all(out, 0, MAX_OBJECT)).transpose());
            if let Some((mut stdin, bytes)) = stdin.zip(bytes) {
                // git that does not read it says why
                drop(stdin.write_all(bytes));
            }
            let output = output.join();
            if !matches!(output, Ok(Ok(Some(Some(_))))) {
                drop(child.kill());
            }
            (messages.join().unwrap_or_default(), output)
        });
        let status = child.wait().map_err(failed)?;
        match output {
            Ok(Ok(Some(Some(mut output)))) => {
                Ok(GitOutput { is_success: status.success(), output: std::mem::take(&mut *output), messages })
            }
            Ok(Ok(_)) => Err(EngineFailure::new(FailureKind::Refused, "the object is larger than 256 MiB")),
            Ok(Err(error)) => Err(failed(error)),
            Err(_) => Err(internal("the output of git cannot be read")),
        }
    }

    #[expect(clippy::disallowed_methods, reason = "the one place of this program that runs another")]
    fn command(&self, folder: &Path, repository: Option<&Path>) -> Command {
        let mut command = Command::new("git");
        for name in &self.removed {
            command.env_remove(name);
        }
        // an empty GIT_ASKPASS keeps git from those of ssh and of the configuration
        command.envs([
            ("GIT_TERMINAL_PROMPT", "0"),
            ("GIT_ASKPASS", ""),
            ("GCM_INTERACTIVE", "never"),
            ("GIT_NO_LAZY_FETCH", "1"),
            ("GIT_NO_REPLACE_OBJECTS", "1"),
            ("GIT_LITERAL_PATHSPECS", "1"),
            ("LC_ALL", "C"),
        ]);
        command.env(
            "GIT_ALLOW_PROTOCOL",
            // addresses of one may be rewritten to the other by the configuration of the operator
            if self.transport == GitTransport::File { "file" } else { "https:ssh" },
        );
        if !self.has_ssh_program {
            command.env("GIT_SSH_COMMAND", SSH);
        }
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        match repository {
            Some(repository) => {
                let mut word = OsString::from("--git-dir=");
                word.push(repository);
                command.arg(word);
            }
            // no folder above is searched for a repository
            None => drop(command.env("GIT_CEILING_DIRECTORIES", folder.parent().unwrap_or(folder))),
        }
        command.current_dir(folder).stdin(Stdio::null());
        command
    }
}

/// Reads the messages of git to their end, and returns their beginning.
fn messages(mut stderr: impl Read) -> String {
    let mut bytes = Vec::new();
    let read = stderr.by_ref().take(MESSAGES).read_to_end(&mut bytes);
    if read.is_ok() {
        // git must not wait for a reader of the rest, which has no effect here
        drop(io::copy(&mut stderr, &mut io::sink()));
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn internal(text: &str) -> EngineFailure {
    EngineFailure::new(FailureKind::Internal, text)
}
