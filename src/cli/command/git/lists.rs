//! The attributes and the ignore list of a repository, or of the user.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use credctl::disk::{Access, FileError, Location};
use credctl::vault;

use super::report::SetupReport;
use super::settings::GitSettings;
use crate::cli::context;
use crate::cli::error::{Error, Failure};
use crate::cli::git::{WorkingTree, attribute_pattern, ignore_pattern};

/// The attributes of a vault. Nothing may change its line ends.
const ATTRIBUTES: &str = "merge=credctl diff=credctl -text";

/// The most bytes of such a list.
const LIMIT: u64 = 1024 * 1024;

/// Adds what is missing about a vault to the lists of its repository.
pub fn in_repository(repository: &WorkingTree, name: &str, report: &mut SetupReport) -> Result<(), Error> {
    let path = Path::new(name);
    let has = |attribute: &str| {
        Ok::<_, Error>(repository.attribute(attribute, path)?.as_deref() == Some("credctl"))
    };
    if !(has("merge")? && has("diff")?) {
        let line = format!("{} {ATTRIBUTES}", attribute_pattern(name));
        add(&repository.top.join(".gitattributes"), &[line], report)?;
    }
    let mut missing = Vec::new();
    for (pattern, sample) in companions(name) {
        let words = ["check-ignore", "--quiet", "--no-index", "--"].map(OsStr::new);
        let sample = sample.as_os_str();
        if repository.ask(words.into_iter().chain([sample]))?.is_none() {
            missing.push(pattern);
        }
    }
    add(&repository.top.join(".gitignore"), &missing, report)
}

/// Adds what is missing about vaults of these names to the lists of the user.
pub fn for_all(git: &GitSettings<'_>, names: &[String], report: &mut SetupReport) -> Result<(), Error> {
    let list = |setting: &str, usual: &str| match git.get(&["--type=path", "--get", setting])? {
        Some(path) => Ok(PathBuf::from(path)),
        None => usual_folder().map(|folder| folder.join(usual)),
    };
    let anywhere = |pattern: String| pattern.replacen('/', "", 1);
    let attributes: Vec<_> =
        names.iter().map(|name| format!("{} {ATTRIBUTES}", anywhere(attribute_pattern(name)))).collect();
    add(&list("core.attributesFile", "attributes")?, &attributes, report)?;
    let ignored = names.iter().flat_map(|name| companions(name)).map(|(pattern, _)| {
        // a pattern with a folder in it would match at the top alone
        let pattern = anywhere(pattern);
        if pattern.contains('/') { format!("**/{pattern}") } else { pattern }
    });
    add(&list("core.excludesFile", "ignore")?, &ignored.collect::<Vec<_>>(), report)
}

/// Returns the folder of the lists of the user where no setting names them.
fn usual_folder() -> Result<PathBuf, Error> {
    let folder = context::named_path("XDG_CONFIG_HOME").or_else(|| Some(context::home()?.join(".config")));
    folder.map(|folder| folder.join("git")).ok_or_else(|| Error::usage("there is no home folder"))
}

/// Returns the patterns of the files beside a vault that belong to one machine, each with the name of such a file.
fn companions(name: &str) -> [(String, PathBuf); 4] {
    let (folder, own) = name.rsplit_once('/').map_or(("", name), |(folder, own)| (folder, own));
    let hidden = if folder.is_empty() { format!(".{own}") } else { format!("{folder}/.{own}") };
    [
        (ignore_pattern(name, ".bak"), format!("{name}.bak").into()),
        (ignore_pattern(name, ".lock"), format!("{name}.lock").into()),
        (ignore_pattern(&hidden, ".*.tmp"), format!("{hidden}.0.tmp").into()),
        // long attachments on their way
        (ignore_pattern(name, ".d/.*.tmp"), format!("{name}.d/.0.tmp").into()),
    ]
}

/// Adds the lines that a list lacks at its end.
fn add(path: &Path, lines: &[String], report: &mut SetupReport) -> Result<(), Error> {
    let at = |error: FileError| Error::from(vault::Error::from(error));
    let location = Location::resolve_or_create(path).map_err(at)?;
    let before = match location.read(LIMIT) {
        Err(FileError::NotFound { .. }) => Vec::new(),
        before => before
            .map_err(at)?
            .map(|mut bytes| std::mem::take(&mut *bytes))
            .ok_or_else(|| Error::new(Failure::Invalid, format!("`{}` is too large", path.display())))?,
    };
    let has = |line: &&String| {
        before.split(|byte| *byte == b'\n').any(|own| own.trim_ascii_end() == line.as_bytes())
    };
    let missing: Vec<&String> = lines.iter().filter(|line| !has(line)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let mut after = before;
    if after.last().is_some_and(|byte| *byte != b'\n') {
        after.push(b'\n');
    }
    for line in &missing {
        after.extend_from_slice(line.as_bytes());
        after.push(b'\n');
        report.change(format!("added `{line}` to {}", path.display()));
    }
    location
        .publish(Access::Public, u64::MAX, |out| out.write_all(&after).map_err(vault::Error::Write))
        .map_err(Error::from)
}
