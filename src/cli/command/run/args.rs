//! The words of `run`.

use std::ffi::OsString;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The program replaces credctl: signals and the exit status are its own. With --mask credctl stays and
passes both on. 126 and 127 mean that it could not be started. It does not inherit what unlocks the
vault.

--all gives variables their usual names (AWS_ACCESS_KEY_ID, AZURE_CLIENT_ID, ...), or else the id
and the field (DB_PASSWORD). A service account key and a kubeconfig are given as files that exist in
memory only: GOOGLE_APPLICATION_CREDENTIALS, KUBECONFIG.

An env file is read as python-dotenv reads one, without expanding variables. Values in env files and
of --env may be a reference, cred://ID/FIELD, or have references in braces: {{ cred://ID/FIELD }} or
${cred://ID/FIELD}. If one cannot be resolved, nothing is started and the exit status is 4.

Variables by which programs load or run something else, such as LD_PRELOAD, GIT_SSH, PYTHONPATH,
PAGER and HTTPS_PROXY, are refused wherever they come from, unless --allow-env names them.

Examples:
  credctl run --env PGPASSWORD=db/password -- psql -h db.example.org
  credctl run --env 'DSN=postgres://app:{{ cred://db/password }}@db/app' -- ./serve
  credctl run --all deploy -- aws s3 ls
  credctl run --env-file .env.credctl --mask -- make deploy
  credctl run --for-api-proxy Payments -- ./smoke-test")]
pub struct Args {
    /// A variable and its value: a field, or a text with references
    #[arg(short, long, value_name = "VAR=ID/FIELD")]
    pub(super) env: Vec<String>,
    /// A variable and a field; the variable gets the path of a file in memory
    #[arg(long, value_name = "VAR=ID/FIELD")]
    pub(super) env_as_file: Vec<String>,
    /// All fields of a credential, each as a variable
    #[arg(long, value_name = "ID")]
    pub(super) all: Vec<String>,
    /// All fields of all credentials granted to an API proxy
    #[arg(long, value_name = "NAME")]
    pub(super) for_api_proxy: Vec<String>,
    /// A file of variables, with references in the place of secrets
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(super) env_file: Vec<PathBuf>,
    /// Use secrets of disabled, expired or not-yet-valid credentials too
    #[arg(long)]
    pub(super) force: bool,
    /// Pass on nothing else but PATH, HOME and the like
    #[arg(long)]
    pub(super) clean_env: bool,
    /// Mask the secrets in the output of the program
    #[arg(long)]
    pub(super) mask: bool,
    /// Allow a variable that makes programs load or run code, such as LD_PRELOAD
    #[arg(long, value_name = "NAME")]
    pub(super) allow_env: Vec<String>,
    /// The program and its arguments
    #[arg(last = true, required = true, value_name = "COMMAND", value_hint = clap::ValueHint::CommandWithArguments)]
    pub(super) command: Vec<OsString>,
}
