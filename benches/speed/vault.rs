//! The vaults that are measured: logins of a usual size.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::PROGRAM;
use super::measure::time;

/// A vault, and the identity that opens it.
pub struct Vault {
    pub file: PathBuf,
    pub identity: PathBuf,
    /// The time that it took to add all of them.
    pub made_in: Duration,
}

impl Vault {
    /// A vault of logins of a usual size, added in one call, whose ids somebody chose.
    pub fn make(folder: &Path, size: usize) -> Self {
        Self::make_with(folder, size, |number| format!("c{number:06}"))
    }

    /// A vault of such logins whose ids are random.
    pub fn make_random(folder: &Path, size: usize) -> Self {
        Self::make_with(folder, size, Self::random_id)
    }

    /// The random id of the login of a number.
    pub fn random_id(number: usize) -> String {
        let bits = (number as u128 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835);
        uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid().to_string()
    }

    fn make_with(folder: &Path, size: usize, id: fn(usize) -> String) -> Self {
        let mut vault = Self {
            file: folder.join(format!("{size}.age")),
            identity: folder.join(format!("{size}.txt")),
            made_in: Duration::ZERO,
        };
        let mut init = vault.command(&["init", "--generate-identity"]);
        time(init.arg(&vault.identity));
        let mut documents = String::new();
        for number in 0..size {
            let id = id(number);
            documents.push_str(&format!(
                "{{\"id\":\"{id}\",\"type\":\"UsernamePassword\",\"username\":\"user{number}\",\"password\":\"{:032x}\"}}\n",
                (number as u128 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835)
            ));
        }
        let start = Instant::now();
        let mut add = vault.command(&["add", "-f", "-", "-o", "name"]).stdin(Stdio::piped()).spawn().unwrap();
        add.stdin.take().unwrap().write_all(documents.as_bytes()).unwrap();
        assert!(add.wait().unwrap().success());
        vault.made_in = start.elapsed();
        vault
    }

    pub fn command(&self, words: &[&str]) -> Command {
        self.command_of(Path::new(PROGRAM), words)
    }

    pub fn command_of(&self, program: &Path, words: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(words).env("CREDCTL_VAULT", &self.file).env("CREDCTL_IDENTITY", &self.identity);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }
}
