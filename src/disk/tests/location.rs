//! The location of a vault: its folder, its links, and what is no vault.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;

use super::super::error::{FileError, FileKind};
use super::super::location::{Location, MAX_SIZE};

fn kind_at(path: &Path) -> FileKind {
    match Location::resolve(path).and_then(|location| location.open()) {
        Err(FileError::NotRegular { what, .. }) => what,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_vault_need_not_exist_but_its_folder_must() {
    let folder = tempfile::tempdir().unwrap();
    let location = Location::resolve(&folder.path().join("v")).unwrap();
    assert_eq!(location.path(), folder.path().join("v"));
    assert!(!location.exists().unwrap());
    assert!(matches!(location.open(), Err(FileError::NotFound { .. })));
    let missing = Location::resolve(&folder.path().join("missing/v"));
    assert!(matches!(missing, Err(FileError::NotFound { .. })));
    assert!(matches!(Location::resolve(Path::new("")), Err(FileError::NotFound { .. })));
}

#[test]
fn missing_folders_are_made_for_the_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    Location::resolve_or_create(&folder.path().join("a/b/v")).unwrap();
    for made in ["a", "a/b"] {
        assert_eq!(fs::metadata(folder.path().join(made)).unwrap().permissions().mode() & 0o777, 0o700);
    }
    Location::resolve_or_create(&folder.path().join("a/b/v")).unwrap();
}

#[test]
fn only_regular_files_are_vaults_and_nothing_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("folder")).unwrap();
    rustix::fs::mkfifoat(rustix::fs::CWD, path("pipe"), 0o600.into()).unwrap();
    let _listener = UnixListener::bind(path("socket")).unwrap();
    assert_eq!(kind_at(&path("folder")), FileKind::Folder);
    assert_eq!(kind_at(&path("pipe")), FileKind::NamedPipe);
    assert_eq!(kind_at(&path("socket")), FileKind::Socket);
    assert_eq!(kind_at(Path::new("/dev/null")), FileKind::Device);
    assert!(matches!(
        Location::resolve(Path::new("/")),
        Err(FileError::NotRegular { what: FileKind::Folder, .. })
    ));
    // a link that appears after the path was resolved
    let location = Location::resolve(&path("v")).unwrap();
    symlink("folder", path("v")).unwrap();
    assert!(location.exists().unwrap());
    assert!(matches!(location.open(), Err(FileError::NotRegular { what: FileKind::Link, .. })));
}

#[test]
fn a_vault_behind_links_is_known_by_both_paths() {
    let folder = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(folder.path()).unwrap();
    fs::create_dir(root.join("a")).unwrap();
    symlink("a", root.join("b")).unwrap();
    symlink("v", root.join("a/link")).unwrap();
    for (given, known) in [
        ("a/v", vec!["a/v"]),
        ("a/./v", vec!["a/v"]),
        ("b/v", vec!["a/v", "b/v"]),
        ("a/link", vec!["a/v", "a/link"]),
        ("b/link", vec!["a/v", "b/link"]),
    ] {
        let known: Vec<_> = known.into_iter().map(|known| root.join(known)).collect();
        assert_eq!(Location::resolve(&root.join(given)).unwrap().known_paths(), known, "{given}");
    }
    // links into a removed folder cannot be resolved, so only the given path is left
    let location = Location::resolve(&root.join("b/v")).unwrap();
    fs::remove_dir_all(root.join("a")).unwrap();
    assert_eq!(location.known_paths(), [root.join("b/v")]);
}

#[test]
fn a_file_beyond_the_limit_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("v");
    fs::File::create(&path).unwrap().set_len(MAX_SIZE).unwrap();
    let location = Location::resolve(&path).unwrap();
    location.open().unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_len(MAX_SIZE + 1).unwrap();
    assert!(matches!(location.open(), Err(FileError::TooLarge { limit: MAX_SIZE, .. })));
}
