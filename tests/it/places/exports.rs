//! Encrypted exports at addresses: nothing else is stored there, and nothing of anybody else is replaced.

use std::path::Path;
use std::time::Duration;

use credctl::disk::UploadError;
use credctl::store::{Contact, ExportObject, ExportObjectError};
use credctl::vault::{Mark, Sealer};

use super::engine::{Fault, Team};

const ADDRESS: &str = "memory://bucket/all.json.age";
const USUAL: Contact = Contact::Usual(Duration::from_millis(300));

/// An age file with the mark of an export, or without one.
fn sealed(team: &Team, is_marked: bool, text: &[u8]) -> Vec<u8> {
    let mut content = Vec::new();
    let sealer = if is_marked {
        Sealer::marked(&team.recipients(), &Mark::Export)
    } else {
        Sealer::new(&team.lockset())
    };
    let write = |out: &mut dyn std::io::Write| out.write_all(text).map_err(credctl::vault::Error::Write);
    sealer.unwrap().seal(&mut content, write).unwrap();
    content
}

fn open(team: &Team, overwrite: bool) -> Result<ExportObject, ExportObjectError> {
    let terms = team.terms("one", 0, USUAL);
    ExportObject::open(&terms, Path::new(ADDRESS), overwrite).map(Option::unwrap)
}

fn there(team: &Team) -> Option<Vec<u8>> {
    team.engine.0.borrow().object.clone()
}

#[test]
fn an_export_is_stored_where_nothing_is_and_replaced_by_request() {
    let team = Team::new();
    let (first, second) = (sealed(&team, true, b"first"), sealed(&team, true, b"second"));
    let object = open(&team, false).unwrap();
    assert_eq!(object.address(), ADDRESS);
    object.store(&first).unwrap();
    assert_eq!(there(&team).as_ref(), Some(&first));
    assert!(matches!(open(&team, false), Err(ExportObjectError::Exists { address }) if address == ADDRESS));
    open(&team, true).unwrap().store(&second).unwrap();
    assert_eq!(there(&team), Some(second));
    // once for each machine
    assert_eq!(team.engine.0.borrow().probes, 1);
}

#[test]
fn nothing_but_an_export_is_replaced() {
    let team = Team::with_vault();
    let vault = there(&team).unwrap();
    for other in [vault, sealed(&team, false, b"x"), b"of another program".to_vec(), Vec::new()] {
        team.engine.0.borrow_mut().put(other.clone());
        let puts = team.engine.0.borrow().puts;
        let refused = open(&team, true);
        assert!(matches!(refused, Err(ExportObjectError::NotAnExport { .. })), "{refused:?}");
        assert!(matches!(open(&team, false), Err(ExportObjectError::Exists { .. })));
        assert_eq!((there(&team), team.engine.0.borrow().puts), (Some(other), puts));
    }
}

#[test]
fn what_is_not_encrypted_is_not_stored() {
    let team = Team::new();
    for plain in [&b"{\"credentials\":[]}"[..], b"", b"age-encryption.org/v1\n"] {
        let refused = open(&team, false).unwrap().store(plain);
        assert!(matches!(refused, Err(ExportObjectError::NotEncrypted)), "{refused:?}");
    }
    let refused = open(&team, false).unwrap().store(&sealed(&team, false, b"x"));
    assert!(matches!(refused, Err(ExportObjectError::NotEncrypted)), "{refused:?}");
    assert_eq!((there(&team), team.engine.0.borrow().puts), (None, 0));
}

#[test]
fn what_came_meanwhile_is_not_replaced() {
    let team = Team::new();
    let export = sealed(&team, true, b"ours");
    for before in [None, Some(sealed(&team, true, b"before"))] {
        let object = open(&team, before.is_some()).unwrap();
        team.engine.0.borrow_mut().put(b"of somebody else".to_vec());
        match object.store(&export) {
            Err(ExportObjectError::Store { reason: UploadError::Outpaced, .. }) => {}
            other => panic!("{other:?}"),
        }
        assert_eq!(there(&team).as_deref(), Some(&b"of somebody else"[..]));
        team.engine.0.borrow_mut().put(sealed(&team, true, b"before"));
    }
}

#[test]
fn a_lost_answer_is_no_failure_and_without_an_engine_nothing_is_made() {
    let team = Team::new();
    let export = sealed(&team, true, b"ours");
    team.fault(Fault::LostAnswer);
    open(&team, false).unwrap().store(&export).unwrap();
    assert_eq!((there(&team), team.engine.0.borrow().puts), (Some(export.clone()), 1));
    team.fault(Fault::LostRequest);
    open(&team, true).unwrap().store(&sealed(&team, true, b"later")).unwrap();
    assert_eq!(team.engine.0.borrow().puts, 3);
    team.fault(Fault::Down);
    let down = open(&team, true);
    let is_unreachable =
        matches!(&down, Err(ExportObjectError::Store { reason: UploadError::Unreachable(_), .. }));
    assert!(is_unreachable, "{down:?}");
    let terms = team.terms("one", 0, Contact::Offline);
    let offline = ExportObject::open(&terms, Path::new(ADDRESS), true);
    assert!(matches!(offline, Err(ExportObjectError::Offline { .. })), "{offline:?}");
    // a path is no address
    assert!(ExportObject::open(&team.terms("one", 0, USUAL), Path::new("a.age"), true).unwrap().is_none());
    let unsound = Team::new();
    unsound.engine.0.borrow_mut().is_unsound = true;
    let refused = open(&unsound, false).unwrap().store(&export).unwrap_err();
    assert!(refused.to_string().contains("does not keep two writers apart"), "{refused}");
    assert!(there(&unsound).is_none());
}
