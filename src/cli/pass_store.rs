//! The stores of other programs that are folders of encrypted files: pass (gpg) and passage (age).

use std::path::Path;

use credctl::disk::{Location, files_below};
use credctl::import::{Import, PassFile, pass_store};
use credctl::text::{self, Text};
use credctl::vault::{self, Key, Sealed};
use zeroize::Zeroizing;

use super::child;
use super::context::Context;
use super::error::{Error, Failure};
use super::unlock;

/// The largest file, in bytes.
const LIMIT: u64 = 16 * 1024 * 1024;

/// Decrypts every file of a store: `.age` with the identities of this run, `.gpg` with gpg.
pub fn read(context: &Context, folder: &Path) -> Result<Import, Error> {
    let (paths, links) = files_below(folder, &["age", "gpg"])?;
    if paths.is_empty() {
        return Err(Error::new(
            Failure::Invalid,
            format!("{} contains no .gpg and no .age file", folder.display()),
        ));
    }
    // one key for all, so that nobody is asked twice
    let mut key = None;
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        let inner = path.strip_prefix(folder).unwrap_or(&path).with_extension("");
        let text = if path.extension().is_some_and(|extension| extension == "age") {
            age(context, &path, &mut key)
        } else {
            gpg(&path)
        };
        let text = match text {
            // editors of Windows put a mark in front, which is no part of the password
            Ok(bytes) => text::decode(&bytes).map(Text::into_secret).map_err(|error| error.to_string()),
            Err(error) => Err(error.detail()),
        };
        files.push(PassFile { name: inner.display().to_string(), text });
    }
    let links: Vec<_> = links.iter().map(|link| link.display().to_string()).collect();
    Ok(pass_store(files, &links))
}

fn age(context: &Context, path: &Path, key: &mut Option<Key>) -> Result<Zeroizing<Vec<u8>>, Error> {
    let file = Location::resolve(path).and_then(|location| location.open()).map_err(vault::Error::from)?;
    let sealed = Sealed::inspect(file)?;
    let key = match key {
        Some(key) => key,
        None => key.insert(unlock::key(context, &sealed)?),
    };
    let mut plain = sealed.open(key)?;
    let length = plain.length();
    if length > LIMIT {
        return Err(Error::new(Failure::Invalid, "is too large"));
    }
    Ok(plain.tail(0)?)
}

fn gpg(path: &Path) -> Result<Zeroizing<Vec<u8>>, Error> {
    let failed = || Error::new(Failure::Locked, "cannot be decrypted by gpg");
    let path = path.to_str().ok_or_else(failed)?;
    child::ask(&["gpg", "--quiet", "--decrypt", "--", path], LIMIT).ok().flatten().ok_or_else(failed)
}
