//! Many clients at a time, and a lock between them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::AgentScene;

#[test]
fn eight_times_a_hundred_reads_during_a_lock_are_right_or_locked() {
    let scene = Arc::new(AgentScene::with_protected_identity());
    scene.unlock(&[]);
    let (opened, locked) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let begun = Instant::now();
    let readers: Vec<_> = (0..8)
        .map(|_| {
            let (scene, opened, locked) = (Arc::clone(&scene), Arc::clone(&opened), Arc::clone(&locked));
            thread::spawn(move || {
                for _ in 0..100 {
                    let outcome = scene.get();
                    match outcome.status() {
                        Some(0) => {
                            assert_eq!(outcome.stdout(), "S-fixture");
                            opened.fetch_add(1, Ordering::Relaxed);
                        }
                        Some(7) => drop(locked.fetch_add(1, Ordering::Relaxed)),
                        _ => panic!("{outcome:?}"),
                    }
                }
            })
        })
        .collect();
    while opened.load(Ordering::Relaxed) < 100 {
        thread::sleep(Duration::from_millis(5));
    }
    scene.run(&["lock"]).ok();
    // whatever began after the lock is locked
    scene.is_locked();
    for reader in readers {
        reader.join().unwrap();
    }
    let (opened, locked) = (opened.load(Ordering::Relaxed), locked.load(Ordering::Relaxed));
    assert_eq!(opened + locked, 800);
    assert!(locked > 0, "{opened} were opened");
    assert!(begun.elapsed() < Duration::from_secs(120));
    scene.ends();
}
