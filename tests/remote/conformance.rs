//! The protocol, with any helper, as `docs/remote-protocol.md` defines it.

use credctl::remote::{FailureKind, Fetched, Probed, PutCondition, Ranged, RemoteObject, Stored};

use super::recorded::{Helper, skipped};

#[test]
fn a_helper_that_the_operator_names_conforms() {
    let variable = |name| std::env::var(name).ok().filter(|value: &String| !value.is_empty());
    let (Some(program), Some(address)) = (variable("CREDCTL_TEST_HELPER"), variable("CREDCTL_TEST_ADDRESS"))
    else {
        return skipped("CREDCTL_TEST_HELPER and CREDCTL_TEST_ADDRESS name no helper");
    };
    let start = || Helper::start(&program, &address, std::env::vars_os());
    stores(start);
    let mut helper = start();
    let object = helper.object();
    let before = object.get(None).unwrap();
    if object.delete().is_err_and(|failure| failure.kind == FailureKind::Unsupported) {
        assert_eq!(object.get(None).unwrap(), before, "an object that cannot be removed stays");
    } else {
        removes(start);
    }
}

fn stored(answer: Stored) -> String {
    match answer {
        Stored::Stored { tag } => tag,
        other => panic!("{other:?}"),
    }
}

/// Checks a helper, given by a function that starts it for an object that does not exist yet.
#[cfg(feature = "remote-s3")]
pub fn conforms(start: impl Fn() -> Helper) {
    stores(&start);
    removes(start);
}

/// Checks all requests but the one for a removal.
fn stores(start: impl Fn() -> Helper) {
    let (mut first, mut second) = (start(), start());
    let (a, b) = (first.object(), second.object());
    assert_eq!(a.probe().unwrap(), Probed::Sound);
    nothing_is_there(a);

    // one of two creates it
    let one = b"one\nwith a line break".to_vec();
    let tag = stored(a.put(PutCondition::Absent, one.clone()).unwrap());
    assert_eq!(b.put(PutCondition::Absent, b"other".to_vec()).unwrap(), Stored::Changed);
    assert_eq!(b.get(None).unwrap(), Fetched::Found { tag: tag.clone(), content: one });
    assert_eq!(b.get(Some(&tag)).unwrap(), Fetched::Unchanged);

    // one of two changes it
    let content: Vec<u8> = (0..700_000_u32).flat_map(u32::to_le_bytes).collect();
    let later = stored(b.put(PutCondition::Unchanged(&tag), content.clone()).unwrap());
    assert_ne!(later, tag);
    assert_eq!(a.put(PutCondition::Unchanged(&tag), b"late".to_vec()).unwrap(), Stored::Changed);
    assert_eq!(a.get(Some(&tag)).unwrap(), Fetched::Found { tag: later.clone(), content: content.clone() });

    ranges(a, &tag, &later, &content);

    // a helper that started later sees the same
    let mut third = start();
    assert_eq!(third.object().get(Some(&later)).unwrap(), Fetched::Unchanged);
    let empty = stored(third.object().put(PutCondition::Unchanged(&later), Vec::new()).unwrap());
    assert_eq!(a.get(None).unwrap(), Fetched::Found { tag: empty.clone(), content: Vec::new() });
    let part = Ranged::Part { tag: empty.clone(), size: 0, content: Vec::new() };
    assert_eq!(a.range(Some(&empty), 0, 10).unwrap(), part);
    assert_eq!(a.probe().unwrap(), Probed::Sound, "a probe beside an object that exists");
    assert_eq!(a.get(Some(&empty)).unwrap(), Fetched::Unchanged);
    third.finish();
}

/// Checks removals, of an object that exists or not.
fn removes(start: impl Fn() -> Helper) {
    let (mut first, mut second) = (start(), start());
    let (a, b) = (first.object(), second.object());
    a.delete().unwrap();
    assert_eq!(b.get(None).unwrap(), Fetched::Absent);
    let old = stored(a.put(PutCondition::Absent, b"old".to_vec()).unwrap());
    let tag = stored(b.put(PutCondition::Unchanged(&old), b"newer".to_vec()).unwrap());
    // whatever it contains by now
    a.delete().unwrap();
    for object in [&mut *a, &mut *b, start().object()] {
        nothing_is_there(object);
        assert_eq!(object.get(Some(&tag)).unwrap(), Fetched::Absent);
        assert_eq!(object.range(Some(&tag), 0, 10).unwrap(), Ranged::Absent);
        assert_eq!(object.put(PutCondition::Unchanged(&tag), b"late".to_vec()).unwrap(), Stored::Changed);
        assert_eq!(object.delete(), Ok(()), "it is absent already");
    }
    // a helper that has asked nothing before
    let tag = stored(b.put(PutCondition::Absent, b"again".to_vec()).unwrap());
    assert_eq!(a.get(None).unwrap(), Fetched::Found { tag, content: b"again".to_vec() });
    start().object().delete().unwrap();
    nothing_is_there(a);
    let tag = stored(a.put(PutCondition::Absent, b"last".to_vec()).unwrap());
    assert_eq!(b.get(None).unwrap(), Fetched::Found { tag, content: b"last".to_vec() });
    assert_eq!(b.probe().unwrap(), Probed::Sound);
    second.finish();
}

fn nothing_is_there(object: &mut dyn RemoteObject) {
    assert_eq!(object.get(None).unwrap(), Fetched::Absent);
    assert_eq!(object.range(None, 0, 10).unwrap(), Ranged::Absent);
    assert_eq!(object.range(None, 5, 0).unwrap(), Ranged::Absent);
    for tag in ["\"0\"", "0123456789012345678901234567890123456789", "7"] {
        let answer = object.put(PutCondition::Unchanged(tag), b"early".to_vec()).unwrap();
        assert_eq!(answer, Stored::Changed, "{tag}");
    }
    assert_eq!(object.get(None).unwrap(), Fetched::Absent);
}

fn ranges(object: &mut dyn RemoteObject, old: &str, tag: &str, content: &[u8]) {
    let size = content.len() as u64;
    for (start, count) in [(0, 1), (0, 64), (65_536, 100_000), (size - 10, 10), (size - 10, 90), (0, size)] {
        let end = content.len().min(usize::try_from(start + count).unwrap());
        let part = Ranged::Part {
            tag: tag.to_owned(),
            size,
            content: content[usize::try_from(start).unwrap()..end].to_vec(),
        };
        assert_eq!(object.range(None, start, count).unwrap(), part, "{start} {count}");
        assert_eq!(object.range(Some(tag), start, count).unwrap(), part, "{start} {count}");
    }
    for (start, count) in [(size, 10), (size + 99, 10), (7, 0)] {
        let part = Ranged::Part { tag: tag.to_owned(), size, content: Vec::new() };
        assert_eq!(object.range(Some(tag), start, count).unwrap(), part, "{start} {count}");
    }
    assert_eq!(object.range(Some(old), 0, 10).unwrap(), Ranged::Changed);
}
