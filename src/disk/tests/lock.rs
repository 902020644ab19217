//! Tests of the lock: who may write, and what a killed writer leaves to the next.

use std::fs;
use std::os::unix::fs::symlink;
use std::thread;
use std::time::{Duration, Instant};

use super::{AMPLE, Scene, writes};
use crate::disk::{Backup, FileError, FileKind};

#[test]
fn the_lock_excludes_and_times_out() {
    let scene = Scene::new();
    let held = scene.lock();
    assert!(matches!(scene.location().lock(Duration::ZERO), Err(FileError::LockTimeout { seconds: 0, .. })));
    let start = Instant::now();
    let late = scene.location().lock(Duration::from_secs(1));
    assert!(matches!(late, Err(FileError::LockTimeout { seconds: 1, .. })));
    assert!(start.elapsed() >= Duration::from_secs(1));
    drop(held);
    // those who gave up do not keep what they got too late
    drop(scene.lock());
    assert_eq!(scene.names(), ["v.lock"]);
    assert_eq!(scene.mode("v.lock"), 0o600);
}

#[test]
fn a_waiter_gets_the_lock_when_it_is_let_go() {
    let scene = Scene::new();
    let held = scene.lock();
    thread::scope(|scope| {
        let waiter = scope.spawn(|| scene.location().lock(AMPLE).map(drop));
        thread::sleep(Duration::from_millis(50));
        drop(held);
        waiter.join().unwrap().unwrap();
    });
}

#[test]
fn no_write_of_many_is_lost() {
    let scene = Scene::with_vault("0");
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..25 {
                    let lock = scene.lock();
                    let count: u32 = scene.text("v").parse().unwrap();
                    lock.replace(Backup::Keep, writes(&(count + 1).to_string())).unwrap();
                }
            });
        }
    });
    assert_eq!(scene.text("v"), "100");
    assert_eq!(scene.text("v.bak"), "99");
}

#[test]
fn what_is_no_lock_file_is_refused() {
    for what in [FileKind::Folder, FileKind::NamedPipe, FileKind::Link] {
        let scene = Scene::new();
        let path = scene.path("v.lock");
        match what {
            FileKind::Folder => fs::create_dir(path).unwrap(),
            FileKind::NamedPipe => {
                rustix::fs::mkfifoat(rustix::fs::CWD, path, 0o600.into()).unwrap();
            }
            _ => symlink("victim", path).unwrap(),
        }
        match scene.location().lock(AMPLE) {
            Err(FileError::NotRegular { what: found, .. }) => assert_eq!(found, what),
            other => panic!("{other:?}"),
        }
        assert!(!scene.path("victim").exists());
    }
}

#[test]
fn a_lock_file_that_vanishes_while_held_stops_the_write() {
    let scene = Scene::with_vault("old");
    let lock = scene.lock();
    fs::remove_file(scene.path("v.lock")).unwrap();
    let other = scene.lock();
    let result = lock.replace(Backup::Keep, writes("new"));
    assert!(matches!(result, Err(FileError::LockLost { .. })));
    assert_eq!(scene.text("v"), "old");
    other.replace(Backup::Keep, writes("new")).unwrap();
    assert_eq!(scene.names(), ["v", "v.bak", "v.lock"]);
}

#[test]
fn drafts_of_killed_writers_are_removed_and_nothing_else() {
    let scene = Scene::with_vault("x");
    let draft = ".v.0123456789abcdef0123456789abcdef.tmp";
    let others = [".v.tmp", ".w.0123456789abcdef0123456789abcdef.tmp", "v.tmp"];
    for name in others.iter().chain([&draft]) {
        fs::write(scene.path(name), "y").unwrap();
    }
    drop(scene.lock());
    let names = scene.names();
    assert!(!names.contains(&draft.to_owned()));
    assert_eq!(names.len(), others.len() + 2);
}
