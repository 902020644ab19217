//! OpenSSH beside the program under test: key pairs, and an agent. It must be installed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use super::Scene;

impl Scene {
    /// Makes a key pair in the folder of the scene, and gives the public key.
    #[track_caller]
    pub fn ssh_key(&self, kind: &str, name: &str, comment: &str, passphrase: &str) -> String {
        let mut command = Command::new("ssh-keygen");
        command.args(["-q", "-t", kind, "-N", passphrase, "-C", comment, "-f"]).arg(self.path(name));
        if kind == "rsa" {
            // the smallest that age takes: larger ones take seconds
            command.args(["-b", "2048"]);
        }
        assert!(command.status().expect("ssh-keygen is not installed").success());
        fs::read_to_string(self.path(&format!("{name}.pub"))).unwrap().trim().to_owned()
    }
}

/// An ssh-agent that ends with the test.
pub struct SshAgent {
    child: Child,
    socket: PathBuf,
}

impl SshAgent {
    pub fn start(socket: PathBuf) -> Self {
        let mut command = Command::new("ssh-agent");
        let child = command.arg("-D").arg("-a").arg(&socket).stdout(Stdio::null()).spawn();
        let child = child.expect("ssh-agent is not installed");
        for _ in 0..500 {
            if socket.exists() {
                break;
            }
            thread::sleep(Duration::from_millis(10));
        }
        Self { child, socket }
    }

    /// Adds a private key.
    pub fn add(&self, key: &Path) {
        let mut add = Command::new("ssh-add");
        add.arg("-q").arg(key).env("SSH_AUTH_SOCK", &self.socket).stderr(Stdio::null());
        assert!(add.status().expect("ssh-add is not installed").success());
    }
}

impl Drop for SshAgent {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
