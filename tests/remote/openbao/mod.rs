//! The helper for OpenBao, with a real server in memory: the program `bao`, or the one that `CREDCTL_TEST_BAO` names.
//! Without it, these tests are skipped.

mod conditions;
mod lost;
mod refusals;

use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::harness::{Helper, Outcome, Run as _, skipped};

const HELPER: &str = env!("CARGO_BIN_EXE_credctl-remote-openbao");
const ADDRESS: &str = "openbao://secret/team.age";
/// The token that may do everything.
pub const ROOT: &str = "t0k3n-0f-r00t";

/// A server in memory, which ends with this.
pub struct Server {
    folder: TempDir,
    process: Child,
    pub address: String,
}

impl Server {
    /// Starts a server; `None` if there is no program.
    pub fn start() -> Option<Self> {
        Self::start_with(&[])
    }

    fn start_with(options: &[&str]) -> Option<Self> {
        let program = std::env::var_os("CREDCTL_TEST_BAO").unwrap_or_else(|| "bao".into());
        if Command::new(&program).arg("version").stdout(Stdio::null()).status().is_err() {
            skipped("there is no OpenBao server (program `bao`)");
            return None;
        }
        let folder = tempfile::Builder::new().prefix("credctl-bao-").tempdir().unwrap();
        // free until somebody else takes it, which the wait below notices
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = Command::new(&program);
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap()).env("HOME", folder.path());
        command.args(["server", "-dev", "-dev-no-store-token", "-dev-root-token-id", ROOT]);
        command.arg(format!("-dev-listen-address=127.0.0.1:{port}")).args(options);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let process = command.spawn().unwrap();
        let scheme = if options.contains(&"-dev-tls") { "https" } else { "http" };
        let server = Self { folder, process, address: format!("{scheme}://127.0.0.1:{port}") };
        let until = Instant::now() + Duration::from_secs(60);
        while TcpStream::connect(("127.0.0.1", port)).is_err() || (scheme == "http" && !server.is_ready()) {
            assert!(Instant::now() < until, "the server does not start");
            thread::sleep(Duration::from_millis(50));
        }
        Some(server)
    }

    fn is_ready(&self) -> bool {
        self.bao(&["kv", "list", "secret"], "").status != Some(1)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs the program `bao` as the one who may do everything.
    fn bao(&self, words: &[&str], stdin: &str) -> Outcome {
        let mut command = Command::new(std::env::var_os("CREDCTL_TEST_BAO").unwrap_or_else(|| "bao".into()));
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap()).env("HOME", self.folder.path());
        command.env("BAO_ADDR", &self.address).env("BAO_TOKEN", ROOT).args(words).outcome(stdin)
    }

    /// A token with a policy of these rules.
    #[track_caller]
    fn token(&self, name: &str, policy: &str) -> String {
        self.bao(&["policy", "write", name, "-"], policy).ok();
        let made = self.bao(&["token", "create", "-policy", name, "-field", "token"], "").ok();
        made.stdout.trim().to_owned()
    }

    /// A helper with a token.
    fn helper(&self, address: &str, token: &str) -> Command {
        let mut command = Command::new(HELPER);
        command.arg(address).env_clear().env("HOME", self.folder.path());
        command.env("BAO_ADDR", &self.address).env("BAO_TOKEN", token);
        command
    }

    #[track_caller]
    fn open(&self) -> Helper {
        Helper::start(&mut self.helper(ADDRESS, ROOT))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
