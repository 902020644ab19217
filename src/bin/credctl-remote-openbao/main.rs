//! `credctl-remote-openbao`: a secret of the engine KV, version 2, of OpenBao or Vault as an object of the protocol
//! of remote helpers. Its condition is the `cas` of the engine.
//!
//! It has no code for vaults, and no cryptography but that of TLS. `docs/remote-protocol.md` defines the protocol.

mod address;
mod answers;
mod environment;
mod object;
mod probing;
mod secret;
mod server;
mod settings;

use std::io;
use std::process::ExitCode;

use credctl::remote::{HelperProgram, HelperStreams};

use environment::{arguments, streams};
use object::open;

/// The help of the program.
const HELP: &str = "\
Keep one object in OpenBao or Vault for credctl

Usage: credctl-remote-openbao ADDRESS

credctl starts this program for a vault at one of these addresses:
  openbao://MOUNT/PATH
  vault://MOUNT/PATH

MOUNT is an engine KV of version 2. A mount with slashes has %2F in their place.
Server and credentials come from the variables of the program `bao`:
BAO_ADDR, BAO_TOKEN, BAO_TOKEN_PATH, BAO_NAMESPACE, BAO_CACERT, or the same
with VAULT_ in the place of BAO_. Without a token, ~/.vault-token is read.

Options:
  -h, --help     Print help
  -V, --version  Print version";

fn main() -> ExitCode {
    let program =
        HelperProgram { name: "credctl-remote-openbao", version: env!("CARGO_PKG_VERSION"), help: HELP };
    let (mut input, mut output) = streams();
    let streams = HelperStreams { input: &mut input, output: &mut output, errors: &mut io::stderr() };
    program.run(arguments(), streams, open).map_or(ExitCode::FAILURE, ExitCode::from)
}
