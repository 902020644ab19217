//! Tests of symbolic links: those that lead to a vault, and those that are not followed.

use std::fs;
use std::os::unix::fs::{lchown, symlink};

use crate::disk::{FileError, Location, read_named, write_new_private};

#[test]
fn links_lead_to_the_vault() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("real")).unwrap();
    fs::write(path("real/vault"), "x").unwrap();
    symlink("real/vault", path("relative")).unwrap();
    symlink(path("relative"), path("absolute")).unwrap();
    let location = Location::resolve(&path("absolute")).unwrap();
    assert_eq!(location.path(), path("real/vault"));
    location.open().unwrap();

    symlink("real/missing", path("dangling")).unwrap();
    let location = Location::resolve(&path("dangling")).unwrap();
    assert!(!location.exists().unwrap());
    assert!(matches!(location.open(), Err(FileError::NotFound { .. })));

    symlink("unmounted/vault", path("nowhere")).unwrap();
    assert!(matches!(Location::resolve_or_create(&path("nowhere")), Err(FileError::NotFound { .. })));
    assert!(!path("unmounted").exists());
}

#[test]
fn links_in_a_circle_end() {
    let folder = tempfile::tempdir().unwrap();
    let path = |number: usize| folder.path().join(number.to_string());
    symlink(path(0), path(0)).unwrap();
    assert!(matches!(Location::resolve(&path(0)), Err(FileError::TooManyLinks { .. })));
    // link 41 leads through 41 links to a name that is none, link 40 through 40
    for number in 1..=41 {
        symlink(format!("{}x", number - 1), folder.path().join(format!("{number}x"))).unwrap();
    }
    Location::resolve(&folder.path().join("40x")).unwrap();
    let deep = Location::resolve(&folder.path().join("41x"));
    assert!(matches!(deep, Err(FileError::TooManyLinks { .. })));
}

#[test]
fn links_of_others_are_not_followed() {
    if !rustix::process::geteuid().is_root() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("v");
    symlink("victim", &path).unwrap();
    Location::resolve(&path).unwrap();
    lchown(&path, Some(65534), Some(65534)).unwrap();
    assert!(matches!(Location::resolve(&path), Err(FileError::ForeignLink { owner: 65534, .. })));
    assert!(matches!(read_named(&path, 10), Err(FileError::ForeignLink { .. })));
    // nor folders on the way, also behind a link of one's own
    fs::create_dir(folder.path().join("real")).unwrap();
    fs::write(folder.path().join("real/v"), "x").unwrap();
    symlink("real", folder.path().join("theirs")).unwrap();
    symlink("theirs", folder.path().join("mine")).unwrap();
    symlink("./theirs/../mine/v", folder.path().join("w")).unwrap();
    let ways = ["theirs/v", "mine/v", "mine/../theirs/v", "w"].map(|way| folder.path().join(way));
    for way in &ways {
        assert_eq!(Location::resolve(way).unwrap().open().unwrap().metadata().unwrap().len(), 1);
        assert_eq!(*read_named(way, 10).unwrap(), b"x");
    }
    lchown(folder.path().join("theirs"), Some(65534), Some(65534)).unwrap();
    for way in &ways {
        let refused = |error| matches!(error, FileError::ForeignLink { owner: 65534, .. });
        assert!(refused(Location::resolve(way).unwrap_err()), "{way:?}");
        assert!(refused(Location::resolve_or_create(way).unwrap_err()), "{way:?}");
        assert!(refused(read_named(way, 10).unwrap_err()), "{way:?}");
    }
    for way in &ways[..3] {
        let refused = write_new_private(&way.with_file_name("new"), b"x");
        assert!(matches!(refused, Err(FileError::ForeignLink { .. })), "{way:?}");
    }
}
