//! Tests of what is in the folder after a write, and after one that failed.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, chown, symlink};
use std::path::PathBuf;
use std::process::Command;

use super::{AMPLE, Scene, names, writes};
use crate::disk::{Backup, FileError, FileKind, Location, write_new_private};

#[test]
fn the_backup_is_the_generation_before() {
    let scene = Scene::with_vault("1");
    let lock = scene.lock();
    assert_eq!(scene.names(), ["v", "v.lock"]);
    for (text, before) in [("2", "1"), ("3", "2"), ("4", "3")] {
        lock.replace(Backup::Keep, writes(text)).unwrap();
        assert_eq!((scene.text("v").as_str(), scene.text("v.bak").as_str()), (text, before));
        assert_eq!(scene.names(), ["v", "v.bak", "v.lock"]);
    }
    lock.replace(Backup::Leave, writes("5")).unwrap();
    assert_eq!((scene.text("v"), scene.text("v.bak")), ("5".to_owned(), "3".to_owned()));
}

#[test]
fn a_backup_goes_by_its_mark_and_no_other() {
    let scene = Scene::with_vault("1");
    let lock = scene.lock();
    let first = lock.mark().unwrap();
    lock.replace(Backup::Supersede, writes("2")).unwrap();
    assert_eq!(scene.text("v.bak"), "1");
    assert!(!lock.discard_backup(&lock.mark().unwrap()).unwrap());
    // somebody is writing, so who only reads leaves it
    assert!(!scene.location().discard_backup(&first).unwrap());
    assert_eq!(scene.names(), ["v", "v.bak", "v.lock"]);
    drop(lock);
    assert!(scene.location().discard_backup(&first).unwrap());
    assert_eq!(scene.names(), ["v", "v.lock"]);
    assert!(!scene.location().discard_backup(&first).unwrap());
}

/// Tests the files that a writer leaves that is killed before its rename, or behind it.
#[test]
fn a_killed_writer_leaves_what_can_be_completed() {
    for (linked, replaced) in [(true, false), (true, true), (false, false), (false, true)] {
        let scene = Scene::with_vault("1");
        let lock = scene.lock();
        lock.replace(Backup::Keep, writes("2")).unwrap();
        let mark = lock.mark().unwrap();
        drop(lock);
        scene.set_mode("v", 0o644);
        if linked {
            fs::hard_link(scene.path("v"), scene.path(".v.bak.tmp")).unwrap();
        } else {
            fs::copy(scene.path("v"), scene.path(".v.bak.tmp")).unwrap();
        }
        if replaced {
            fs::write(scene.path("new"), "3").unwrap();
            fs::rename(scene.path("new"), scene.path("v")).unwrap();
        }
        let before = if replaced { "2" } else { "1" };
        let backup = std::io::read_to_string(scene.location().open_backup().unwrap()).unwrap();
        assert_eq!(backup, before, "{linked} {replaced}");
        // the mark is known, whichever name the file has
        if replaced {
            let other = Scene::with_vault("1");
            for name in ["v", "v.bak", ".v.bak.tmp"] {
                fs::copy(scene.path(name), other.path(name)).unwrap();
            }
            assert!(other.location().discard_backup(&mark).unwrap());
            assert_eq!(other.names(), ["v", "v.lock"]);
        }
        drop(scene.lock());
        assert_eq!(scene.text("v.bak"), before, "{linked} {replaced}");
        assert_eq!(scene.mode("v.bak"), 0o600);
        assert_eq!(scene.names(), ["v", "v.bak", "v.lock"]);
    }
}

#[test]
fn a_backup_left_by_a_killed_writer_is_no_obstacle() {
    let scene = Scene::with_vault("1");
    fs::hard_link(scene.path("v"), scene.path("v.bak")).unwrap();
    scene.lock().replace(Backup::Keep, writes("2")).unwrap();
    assert_eq!((scene.text("v"), scene.text("v.bak")), ("2".to_owned(), "1".to_owned()));
    assert_eq!(scene.names(), ["v", "v.bak", "v.lock"]);
}

#[test]
fn a_write_that_fails_changes_nothing() {
    let scene = Scene::with_vault("old");
    let lock = scene.lock();
    lock.replace(Backup::Keep, writes("newer")).unwrap();
    let before = fs::metadata(scene.path("v")).unwrap();
    let refused = FileError::Exists { path: "a reason of the writer".into() };
    let result = lock.replace(Backup::Keep, |out| {
        out.write_all(&vec![7; 300_000]).unwrap();
        Err(refused)
    });
    assert!(matches!(result, Err(FileError::Exists { .. })));
    let after = fs::metadata(scene.path("v")).unwrap();
    assert_eq!((before.ino(), before.mtime_nsec()), (after.ino(), after.mtime_nsec()));
    assert_eq!((scene.text("v"), scene.text("v.bak")), ("newer".to_owned(), "old".to_owned()));
    assert_eq!(scene.names(), ["v", "v.bak", "v.lock"]);
}

#[test]
fn a_backup_that_cannot_be_made_stops_the_write() {
    let scene = Scene::with_vault("old");
    fs::create_dir(scene.path("v.bak")).unwrap();
    let lock = scene.lock();
    assert!(matches!(lock.replace(Backup::Keep, writes("new")), Err(FileError::Io { .. })));
    assert_eq!(scene.text("v"), "old");
    assert_eq!(scene.names(), ["v", "v.bak", "v.lock"]);
}

#[test]
fn create_takes_no_name_that_is_taken() {
    let scene = Scene::with_vault("old");
    assert!(matches!(scene.lock().create(writes("new")), Err(FileError::Exists { .. })));
    assert_eq!(scene.text("v"), "old");
    // taken while the draft is written
    fs::remove_file(scene.path("v")).unwrap();
    let result = scene.lock().create(|out| {
        fs::create_dir(scene.path("v")).unwrap();
        writes("new")(out)
    });
    assert!(matches!(result, Err(FileError::Exists { .. })));
    assert_eq!(scene.names(), ["v", "v.lock"]);
}

#[test]
fn replace_needs_a_vault() {
    let scene = Scene::new();
    let lock = scene.lock();
    assert!(matches!(lock.replace(Backup::Keep, writes("x")), Err(FileError::NotFound { .. })));
    fs::create_dir(scene.path("v")).unwrap();
    let result = lock.replace(Backup::Keep, writes("x"));
    assert!(matches!(result, Err(FileError::NotRegular { what: FileKind::Folder, .. })));
    assert_eq!(scene.names(), ["v", "v.lock"]);
}

#[test]
fn other_names_of_the_vault_keep_what_they_stand_for() {
    let scene = Scene::with_vault("old");
    fs::hard_link(scene.path("v"), scene.path("other")).unwrap();
    symlink("v", scene.path("link")).unwrap();
    let location = Location::resolve(&scene.path("link")).unwrap();
    location.lock(AMPLE).unwrap().replace(Backup::Keep, writes("new")).unwrap();
    assert_eq!((scene.text("other"), scene.text("link")), ("old".to_owned(), "new".to_owned()));
    assert_eq!(scene.names(), ["link", "other", "v", "v.bak", "v.lock"]);
}

#[test]
fn a_reader_keeps_the_generation_it_opened() {
    let scene = Scene::with_vault("old");
    let file = scene.location().open().unwrap();
    scene.lock().replace(Backup::Leave, writes("new")).unwrap();
    assert_eq!(std::io::read_to_string(file).unwrap(), "old");
    assert_eq!(std::io::read_to_string(scene.location().open().unwrap()).unwrap(), "new");
}

#[test]
fn a_new_generation_is_no_less_private() {
    for (before, after) in [(0o600, 0o600), (0o400, 0o400), (0o664, 0o600), (0o040, 0o400)] {
        let scene = Scene::with_vault("old");
        scene.set_mode("v", before);
        scene.lock().replace(Backup::Keep, writes("new")).unwrap();
        assert_eq!((scene.mode("v"), scene.mode("v.bak")), (after, after), "{before:o}");
    }
}

#[test]
fn root_leaves_the_vault_to_its_owner() {
    if !rustix::process::geteuid().is_root() {
        return;
    }
    let scene = Scene::new();
    fs::write(scene.path("v"), "old").unwrap();
    chown(scene.path("v"), Some(65534), Some(65534)).unwrap();
    scene.lock().replace(Backup::Keep, writes("new")).unwrap();
    for name in ["v", "v.bak", "v.lock"] {
        assert_eq!(fs::metadata(scene.path(name)).unwrap().uid(), 65534, "{name}");
    }
}

/// Starts another process with each umask, because the umask belongs to the process.
#[test]
fn files_are_private_whatever_the_umask() {
    let child = format!("{}::write_in_the_folder_of_the_parent", module_path!().split_once("::").unwrap().1);
    for umask in ["000", "777"] {
        let scene = Scene::new();
        let status = Command::new("sh")
            .args(["-c", "umask $0 && exec \"$@\"", umask])
            .arg(std::env::current_exe().unwrap())
            .args(["--exact", "--ignored", &child])
            .env("TEST_FOLDER", scene.folder.path())
            .output()
            .unwrap()
            .status;
        assert!(status.success());
        let folder = scene.path("a");
        assert_eq!(scene.mode("a"), 0o700);
        assert_eq!(names(&folder), ["id", "v", "v.bak", "v.lock"]);
        for name in names(&folder) {
            assert_eq!(scene.mode(&format!("a/{name}")), 0o600, "{umask} {name}");
        }
    }
}

#[test]
#[ignore = "a part of the test above"]
fn write_in_the_folder_of_the_parent() {
    let folder = PathBuf::from(std::env::var_os("TEST_FOLDER").unwrap()).join("a");
    let location = Location::resolve_or_create(&folder.join("v")).unwrap();
    let lock = location.lock(AMPLE).unwrap();
    lock.create(writes("1")).unwrap();
    lock.replace(Backup::Keep, writes("2")).unwrap();
    write_new_private(&folder.join("id"), b"key").unwrap();
}
