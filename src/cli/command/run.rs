//! `run`: starts a program with secrets in its environment, and nowhere else.

use std::ffi::OsString;
use std::os::fd::AsRawFd as _;
use std::path::PathBuf;

use credctl::credential::{Credential, Grantee, GranteeKind};
use credctl::export::variables;
use credctl::secret::Secret;
use credctl::vault::Vault;
use credctl::vault::file::read_named;
use rustix::fs::{MemfdFlags, SealFlags};
use zeroize::Zeroizing;

use crate::cli::child::{self, Program};
use crate::cli::context::Context;
use crate::cli::error::{Error, Kind};
use crate::cli::fetch::{self, Path, SCHEME};
use crate::cli::mask::Mask;
use crate::cli::session;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The program takes our place: signals and the exit status are its own; 126 and 127 say that it could not
be started. It does not inherit what unlocks the vault. --all gives variables their usual names (AWS_ACCESS_KEY_ID, AZURE_CLIENT_ID, ...), or else
the id and the field (DB_PASSWORD). A service account key and a kubeconfig are given as files that are
in memory only: GOOGLE_APPLICATION_CREDENTIALS, KUBECONFIG. An env file has NAME=VALUE lines in which a
value may be cred://ID/FIELD.

Examples:
  credctl run --env PGPASSWORD=db/password -- psql -h db.example.org
  credctl run --all deploy -- aws s3 ls
  credctl run --env-file .env.credctl --mask -- make deploy
  credctl run --for-api-proxy Payments -- ./smoke-test")]
pub struct Args {
    /// A variable and the value it gets
    #[arg(short, long, value_name = "VAR=ID/FIELD")]
    env: Vec<String>,
    /// A variable and the value in a file in memory, whose path it gets
    #[arg(long, value_name = "VAR=ID/FIELD")]
    env_as_file: Vec<String>,
    /// All fields of a credential
    #[arg(long, value_name = "ID")]
    all: Vec<String>,
    /// All fields of all that is granted to an API proxy
    #[arg(long, value_name = "NAME")]
    for_api_proxy: Vec<String>,
    /// A file of variables, with references in the place of secrets
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    env_file: Vec<PathBuf>,
    /// Give it nothing else but PATH, HOME and the like
    #[arg(long)]
    clean_env: bool,
    /// Mask the secrets in what it prints
    #[arg(long)]
    mask: bool,
    /// Allow a variable that makes programs load code, such as LD_PRELOAD
    #[arg(long, value_name = "NAME")]
    allow_env: Vec<String>,
    /// The program and its words
    #[arg(last = true, required = true, value_name = "COMMAND", value_hint = clap::ValueHint::CommandWithArguments)]
    command: Vec<OsString>,
}

/// Variables by which a program can be made to load or run something else.
const REFUSED: [&str; 22] = [
    "BASH_ENV",
    "ENV",
    "SHELLOPTS",
    "BASHOPTS",
    "PS4",
    "PROMPT_COMMAND",
    "IFS",
    "PATH",
    "PYTHONSTARTUP",
    "PYTHONPATH",
    "PYTHONHOME",
    "PERL5OPT",
    "PERL5LIB",
    "PERLLIB",
    "RUBYOPT",
    "RUBYLIB",
    "NODE_OPTIONS",
    "NODE_PATH",
    "JAVA_TOOL_OPTIONS",
    "GIT_SSH_COMMAND",
    "GIT_EXTERNAL_DIFF",
    "LESSOPEN",
];
const REFUSED_PREFIXES: [&str; 4] = ["LD_", "DYLD_", "BASH_FUNC_", "GIT_CONFIG_"];

/// Largest env file.
const LIMIT: u64 = 1024 * 1024;

/// The variables of the program, and the files that some of them name.
#[derive(Default)]
struct Environment {
    variables: Vec<(String, Secret)>,
    /// What is masked; of a file its content.
    secrets: Vec<Secret>,
    files: Vec<rustix::fd::OwnedFd>,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let lines = args.env_file.iter().map(|path| lines(path)).collect::<Result<Vec<_>, _>>()?.concat();
    let needs_vault = !args.env.is_empty()
        || !args.env_as_file.is_empty()
        || !args.all.is_empty()
        || !args.for_api_proxy.is_empty()
        || lines.iter().any(|(_, value)| value.starts_with(SCHEME));
    let mut environment = Environment::default();
    let mut vault = if needs_vault { Some(session::read(context)?) } else { None };
    for (name, value) in &lines {
        match &mut vault {
            Some(vault) if value.starts_with(SCHEME) => {
                let secret = fetched(context, vault, value)?;
                environment.put(args, name, secret, true)?;
            }
            _ => environment.put(args, name, Secret::from(value.as_str()), false)?,
        }
    }
    if let Some(vault) = &mut vault {
        environment.all(context, args, vault)?;
        for pair in &args.env {
            let (name, path) = pair_of(pair, "--env")?;
            let secret = fetched(context, vault, path)?;
            environment.put(args, name, secret, true)?;
        }
        for pair in &args.env_as_file {
            let (name, path) = pair_of(pair, "--env-as-file")?;
            let value = Path::parse(path)?.fetch(context, vault)?;
            environment.put_file(args, name, &value)?;
        }
    }
    drop(vault);
    let Environment { variables, secrets, files } = environment;
    let program = Program { words: args.command.clone(), variables, clean: args.clean_env };
    if !args.mask {
        let error = program.become_it();
        drop(files);
        return Err(error);
    }
    let status = program.run_masked(&Mask::new(&secrets))?;
    drop(files);
    match child::status(status) {
        0 => Ok(()),
        status => Err(Error::new(Kind::Child(status), "")),
    }
}

impl Environment {
    fn put(&mut self, args: &Args, name: &str, value: Secret, is_secret: bool) -> Result<(), Error> {
        let is_name = |name: &str| {
            !name.is_empty()
                && !name.starts_with(|c: char| c.is_ascii_digit())
                && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        };
        if !is_name(name) {
            return Err(Error::usage(format!("{name} cannot be the name of a variable")));
        }
        let loads_code =
            REFUSED.contains(&name) || REFUSED_PREFIXES.iter().any(|start| name.starts_with(start));
        if loads_code && !args.allow_env.iter().any(|allowed| allowed == name) {
            return Err(Error::usage(format!("{name} makes programs load or run something else"))
                .hint(format!("--allow-env {name} allows it")));
        }
        if value.expose().contains('\0') {
            return Err(Error::usage(format!("the value for {name} has a zero byte in it"))
                .hint("--env-as-file gives it as a file"));
        }
        if is_secret {
            self.secrets.push(value.clone());
        }
        // the last one counts, as in a shell
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.to_owned(), value));
        Ok(())
    }

    /// Puts a value into a file that has no name on any disk, and its path into the variable.
    fn put_file(&mut self, args: &Args, name: &str, value: &[u8]) -> Result<(), Error> {
        let file = in_memory(value)?;
        let path = format!("/proc/self/fd/{}", file.as_raw_fd());
        self.files.push(file);
        if let Ok(text) = Secret::from_utf8(value.to_vec()) {
            self.secrets.push(text);
        }
        self.put(args, name, Secret::from(path), false)
    }

    /// The variables of whole credentials.
    fn all(&mut self, context: &Context, args: &Args, vault: &mut Vault) -> Result<(), Error> {
        let mut credentials: Vec<Credential> = Vec::new();
        for id in &args.all {
            credentials.push(session::find(context, vault, id, true)?);
        }
        for name in &args.for_api_proxy {
            let to = Grantee::new(GranteeKind::ApiProxy, name)?;
            let before = credentials.len();
            vault.credentials(|credential| {
                let head = credential.head();
                let granted = head
                    .envelope
                    .granted(context.now)
                    .any(|grant| grant.to == to && grant.reaches(&context.project));
                if granted && session::sees(context, head) {
                    credentials.push(credential);
                }
            })?;
            if credentials.len() == before {
                return Err(Error::new(
                    Kind::NotFound,
                    format!("nothing is granted to the API proxy {name}"),
                ));
            }
        }
        for credential in &credentials {
            fetch::usable(context, false, credential)?;
        }
        let files: Vec<&Credential> =
            credentials.iter().filter(|credential| file_variable(credential).is_some()).collect();
        for credential in files {
            let Some((name, field)) = file_variable(credential) else { continue };
            let value = fetch::value(context, false, credential, &[], field)?;
            self.put_file(args, name, &value)?;
        }
        let others: Vec<&Credential> =
            credentials.iter().filter(|credential| file_variable(credential).is_none()).collect();
        let (named, failed) = variables(&others, true);
        if let Some((id, why)) = failed.first() {
            return Err(Error::new(Kind::Invalid, format!("{id}: {why}")));
        }
        for variable in named {
            let credential = others.iter().find(|credential| credential.id() == variable.id);
            let is_secret = credential.is_none_or(|one| one.secret_names().contains(&variable.path));
            self.put(args, &variable.name, variable.value, is_secret)?;
        }
        Ok(())
    }
}

/// The variable that programs expect the path of a file in, and the field that is in the file.
fn file_variable(credential: &Credential) -> Option<(&'static str, &'static str)> {
    match credential.kind().name {
        "Gcp" => Some(("GOOGLE_APPLICATION_CREDENTIALS", "serviceAccountKey")),
        "kubeconfig" => Some(("KUBECONFIG", "base64")),
        _ => None,
    }
}

/// A file in memory that cannot be changed any more, and that the program inherits.
fn in_memory(value: &[u8]) -> Result<rustix::fd::OwnedFd, Error> {
    let failed = |errno: rustix::io::Errno| Error::new(Kind::Io, format!("no file in memory: {errno}"));
    let file = rustix::fs::memfd_create("credctl", MemfdFlags::ALLOW_SEALING).map_err(failed)?;
    let mut rest = value;
    while !rest.is_empty() {
        let written = rustix::io::retry_on_intr(|| rustix::io::write(&file, rest)).map_err(failed)?;
        rest = &rest[written..];
    }
    rustix::fs::seek(&file, rustix::fs::SeekFrom::Start(0)).map_err(failed)?;
    let seals = SealFlags::WRITE | SealFlags::GROW | SealFlags::SHRINK | SealFlags::SEAL;
    rustix::fs::fcntl_add_seals(&file, seals).map_err(failed)?;
    Ok(file)
}

fn fetched(context: &Context, vault: &mut Vault, path: &str) -> Result<Secret, Error> {
    let mut value = Path::parse(path)?.fetch(context, vault)?;
    Secret::from_utf8(std::mem::take(&mut *value)).map_err(|_| {
        Error::new(Kind::Invalid, format!("{path} is not text")).hint("--env-as-file gives it as a file")
    })
}

fn pair_of<'a>(pair: &'a str, option: &str) -> Result<(&'a str, &'a str), Error> {
    pair.split_once('=').ok_or_else(|| Error::usage(format!("{option} takes VAR=ID/FIELD")))
}

/// `NAME=VALUE` lines. Empty lines and comments are skipped, `export` in front is dropped, and so is a
/// pair of quotes around a value.
fn lines(path: &std::path::Path) -> Result<Vec<(String, String)>, Error> {
    let bytes: Zeroizing<Vec<u8>> = read_named(path, LIMIT)?;
    let wrong = |number: usize, what: &str| {
        Error::new(Kind::Invalid, format!("{}, line {number}: {what}", path.display()))
    };
    let text = std::str::from_utf8(&bytes).map_err(|_| wrong(1, "is not UTF-8 text"))?;
    let mut pairs = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let line = line.strip_prefix("export ").unwrap_or(line);
        let (name, value) = line.split_once('=').ok_or_else(|| wrong(number, "must be NAME=VALUE"))?;
        let value = value.trim();
        let quoted = |quote| value.strip_prefix(quote).and_then(|value| value.strip_suffix(quote));
        let value = quoted('\'').or_else(|| quoted('"')).unwrap_or(value);
        pairs.push((name.trim().to_owned(), value.to_owned()));
    }
    Ok(pairs)
}
