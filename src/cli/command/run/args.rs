//! The arguments of `run`.

use std::ffi::OsString;
use std::path::PathBuf;

use credctl::kind::rule::variable::is_name;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The program replaces credctl, with its own signals and exit status. With --mask,
credctl stays and passes both on. 126 and 127 mean that the program could not be
started. The program inherits nothing that unlocks the vault.

The variables of a credential have their usual names (AWS_ACCESS_KEY_ID,
AZURE_CLIENT_ID, ...) if it is the only one of its type, or else names from the
id and the field (DB_PASSWORD). If two credentials make the same name, credctl
starts nothing; --prefix gives one of them other names. credctl passes a service
account key and a kubeconfig as files that exist in memory only:
GOOGLE_APPLICATION_CREDENTIALS, KUBECONFIG.

The variables of a credential of type env keep their own names.

credctl reads an env file as python-dotenv does, without expanding variables.
Values in env files, of --env and of type env may be a reference,
cred://ID/FIELD, or have references in braces: {{ cred://ID/FIELD }} or
${cred://ID/FIELD}. If credctl cannot resolve a reference, it starts nothing and
exits with 4.

credctl refuses variables by which programs load or run something else, such as
LD_PRELOAD, GIT_SSH, PYTHONPATH, PAGER and HTTPS_PROXY, wherever they come from,
unless --allow-env names them.

Examples:
  credctl run --env PGPASSWORD=db/password -- psql -h db.example.org
  credctl run --env 'DSN=pg://app:{{ cred://db/password }}@db/app' -- ./serve
  credctl run shop -- ./serve
  credctl run deploy -- aws s3 ls
  credctl run db-main db-copy --prefix db-copy=REPLICA_ -- ./migrate
  credctl run --env-file .env.credctl --mask -- make deploy
  credctl run --for-api-proxy Payments -- ./smoke-test")]
pub struct Args {
    /// The credentials whose fields the program gets, each as a variable; on a terminal, words to choose by
    #[arg(value_name = "ID")]
    pub(super) ids: Vec<String>,
    /// A variable and its value: a field, or a text with references
    #[arg(short, long, value_name = "VAR=ID/FIELD")]
    pub(super) env: Vec<String>,
    /// A variable and a field; the variable gets the path of a file in memory with the field
    #[arg(long, value_name = "VAR=ID/FIELD")]
    pub(super) env_as_file: Vec<String>,
    /// All fields of a credential, each as a variable: the same as ID
    #[arg(long, value_name = "ID")]
    pub(super) all: Vec<String>,
    /// Begin the variables of the credential ID with PREFIX, in place of their usual names
    #[arg(long, value_name = "ID=PREFIX", value_parser = prefix)]
    pub(super) prefix: Vec<(String, String)>,
    /// All fields of all credentials that are granted to an API proxy
    #[arg(long, value_name = "NAME")]
    pub(super) for_api_proxy: Vec<String>,
    /// A file of variables, with references in place of secrets
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(super) env_file: Vec<PathBuf>,
    /// Use secrets of disabled, expired or not-yet-valid credentials too
    #[arg(long)]
    pub(super) force: bool,
    /// Pass on only PATH, HOME and similar variables
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

/// Reads an id and the prefix of its variables. The id may contain `=`, the prefix may not.
fn prefix(word: &str) -> Result<(String, String), &'static str> {
    let (id, prefix) = word.rsplit_once('=').ok_or("an ID and a PREFIX are needed: ID=PREFIX")?;
    if id.is_empty() || !(prefix.is_empty() || is_name(prefix)) {
        return Err("a prefix has letters, digits and `_`, without a digit first");
    }
    Ok((id.to_owned(), prefix.to_owned()))
}
