//! `credctl-remote-git`: a file on a branch of a git repository as an object of the protocol of remote helpers.
//! Its tag is the id of the blob, its condition is a push that git refuses when the branch has moved.
//!
//! It has no code for vaults, and no cryptography. `docs/remote-protocol.md` defines the protocol.

mod address;
mod change;
mod environment;
mod failure;
mod object;
mod program;
mod remote;
mod scratch;
mod settling;
mod tree;

use std::io;
use std::process::ExitCode;

use credctl::remote::{HelperProgram, HelperStreams};

use environment::{arguments, streams};
use object::open;

/// The help of the program.
const HELP: &str = "\
Keep one object in a git repository for credctl

Usage: credctl-remote-git ADDRESS

credctl starts this program for a vault at one of these addresses:
  git+ssh://[USER@]HOST[:PORT]/PATH[?branch=NAME]#FILE
  git+https://HOST[:PORT]/PATH[?branch=NAME]#FILE
  git+file:///PATH[?branch=NAME]#FILE

Without `branch`, it uses the default branch of the repository. FILE is the path
of the vault in the repository. git and ssh use their own configuration and
credentials, and never prompt.

Options:
  -h, --help     Print help
  -V, --version  Print version";

fn main() -> ExitCode {
    let program =
        HelperProgram { name: "credctl-remote-git", version: env!("CARGO_PKG_VERSION"), help: HELP };
    let (mut input, mut output) = streams();
    let streams = HelperStreams { input: &mut input, output: &mut output, errors: &mut io::stderr() };
    program.run(arguments(), streams, open).map_or(ExitCode::FAILURE, ExitCode::from)
}
