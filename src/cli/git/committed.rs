//! The comparison of a vault with the commit that is checked out.

use std::ffi::OsString;
use std::fs::File;

use credctl::vault::Checkout;

use crate::cli::child;

/// Returns true if a file is byte for byte what the commit has that is checked out. The repository is the one
/// that `git setup` noted: one that is found around the file may be anybody's.
pub fn is_committed(checkout: &Checkout, file: &File) -> bool {
    let mut object = OsString::from("HEAD:");
    object.push(&checkout.name);
    child::is_git_object(&checkout.git_folder, &object, file).unwrap_or(false)
}
