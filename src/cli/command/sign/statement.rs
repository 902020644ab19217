//! The signed statement of a generation as a file, for a check with `ssh-keygen`.

use std::path::{Path, PathBuf};

use credctl::disk::Access;
use credctl::signature::NAMESPACE;
use credctl::value::{Object, Value};

use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::output::{self, Existing, OutTarget};
use crate::cli::{session, shell_word};

/// Writes what was signed to a file, and the signature beside it.
pub fn write(context: &Context, path: &Path, overwrite: bool, dry_run: bool) -> Result<(), Error> {
    let settings = &context.settings;
    let mut beside = path.as_os_str().to_owned();
    beside.push(".sig");
    let beside = PathBuf::from(beside);
    let existing = Existing::unless(overwrite);
    let (target, signature) = (OutTarget::open(path, existing)?, OutTarget::open(&beside, existing)?);
    target.apart_from(settings)?;
    signature.apart_from(settings)?;
    let vault = session::read(context)?;
    let Some(signed) = vault.signed() else {
        return Err(
            Error::usage("the vault is not signed").hint("`credctl sign --with KEY` signs it from now on")
        );
    };
    let key = signed.signature.signer();
    let name = vault.signed_by().map_or_else(|| key.fingerprint(), |signer| signer.name.clone());
    // a principal has no blanks
    let principal = name.replace(|c: char| c.is_whitespace() || "\",*?!".contains(c), "_");
    let allowed = format!("{principal} namespaces=\"{NAMESPACE}\" {key}");
    if !dry_run {
        target.write(Access::Private, signed.statement.as_bytes(), None)?;
        signature.write(Access::Private, signed.signature.to_pem().as_bytes(), None)?;
    }
    let command = format!(
        "ssh-keygen -Y verify -f allowed_signers -I {} -n {NAMESPACE} -s {} < {}",
        shell_word::quoted(&principal),
        shell_word::quoted(&beside.display().to_string()),
        shell_word::quoted(&path.display().to_string())
    );
    let mut answer = Object::from_iter([("statement", Value::text(path.display().to_string()))]);
    answer.insert("signature", Value::text(beside.display().to_string()));
    answer.insert("generation", vault.generation());
    answer.insert("allowedSigner", Value::text(allowed.as_str()));
    answer.insert("command", Value::text(command.as_str()));
    if dry_run {
        answer.insert("dryRun", true);
    }
    let details = format!(
        "line for the file allowed_signers:\n  {}\ncommand that checks the signature:\n  {}\n",
        output::sanitize::line(&allowed),
        output::sanitize::line(&command)
    );
    let done = if dry_run { "written" } else { "wrote" };
    output::message(
        settings,
        &answer,
        &format!("{done} {} and {}", path.display(), beside.display()),
        &details,
    )
}
