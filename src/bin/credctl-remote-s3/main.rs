//! The helper for object storage: S3 and servers that speak like it, Google Cloud Storage, Azure Blob Storage. It
//! speaks the protocol of `docs/remote-protocol.md`, and knows nothing of vaults.
//!
//! The crate object_store signs the requests; `connection.rs` sends them, one at a time and without threads.

mod address;
mod amazon;
mod answer;
mod bucket_object;
mod connection;
mod exchange;
mod opening;
mod probing;
mod process;
mod profile;
mod settings;
mod tag;

use std::io;
use std::process::ExitCode;

use credctl::remote::{HelperProgram, HelperStreams};

const HELP: &str = "\
Keep one object in S3, Google Cloud Storage or Azure Blob Storage for credctl

Usage: credctl-remote-s3 ADDRESS

credctl starts this program for a vault at one of these addresses:
  s3://BUCKET/KEY     S3, and servers with its interface
  gs://BUCKET/KEY     Google Cloud Storage
  az://CONTAINER/KEY  Azure Blob Storage

The key is taken as it is, with its spaces and percent signs.

Credentials for s3:
  AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN
  AWS_PROFILE, ~/.aws/config, ~/.aws/credentials, credential_process
  AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN, containers, instances
Credentials for gs:
  GOOGLE_APPLICATION_CREDENTIALS, `gcloud auth application-default login`
Credentials for az:
  AZURE_STORAGE_ACCOUNT_NAME with AZURE_STORAGE_ACCOUNT_KEY,
  AZURE_STORAGE_SAS_TOKEN, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, ...

Servers for s3:
  AWS_REGION          the region of the bucket
  AWS_ENDPOINT_URL    the address of a server other than AWS
  AWS_ALLOW_HTTP      `true` permits http:// beyond this machine
  AWS_CA_BUNDLE       certificates to trust in the place of the system's

Options:
  -h, --help     Print help
  -V, --version  Print version";

fn main() -> ExitCode {
    let program = HelperProgram { name: "credctl-remote-s3", version: env!("CARGO_PKG_VERSION"), help: HELP };
    process::without_dumps();
    let (mut input, mut output, mut errors) = (process::input(), process::output(), io::stderr());
    let streams = HelperStreams { input: &mut input, output: &mut output, errors: &mut errors };
    let open = |address: &str| {
        settings::check_variables(process::variables())?;
        opening::open(address, &process::variable)
    };
    match program.run(process::arguments(), streams, open) {
        Ok(status) => ExitCode::from(status),
        Err(_) => ExitCode::FAILURE,
    }
}
