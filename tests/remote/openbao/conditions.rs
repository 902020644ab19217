//! Reads and writes: the conditions, races, deleted versions, and what a policy must permit.

use credctl::remote::{FailureKind, Fetched, Probed, PutCondition, RemoteObject as _, Stored};

use super::{ADDRESS, ROOT, Server};
use crate::harness::{Helper, conforms, race, stores};

/// The policies of the guide.
const GUIDE: &str = include_str!("../../../docs/guide/src/places.md");

/// The policy of the guide under a name.
fn policy(name: &str) -> &'static str {
    let begin = format!("```hcl\n# {name}\n");
    let (_, rest) = GUIDE.split_once(&begin).unwrap();
    rest.split_once("```").unwrap().0
}

#[test]
fn openbao_conforms_to_the_protocol() {
    let Some(server) = Server::start() else { return };
    conforms(&|| server.open());
    let listed = server.bao(&["kv", "list", "secret"], "").ok();
    assert!(!listed.stdout.contains("probe"), "{listed:?}");
    // the same for one that may not even read or remove metadata
    let token = server.token(
        "bare",
        "path \"secret/data/bare.age*\" { capabilities = [\"create\", \"update\", \"read\", \"delete\"] }",
    );
    conforms(&|| Helper::start(&mut server.helper("openbao://secret/bare.age", &token)));
    conforms(&|| Helper::start(&mut server.helper("vault://secret/deep/a b?c#d%/é", ROOT)));
}

#[test]
fn writers_have_the_rights_of_the_guide() {
    let Some(server) = Server::start() else { return };
    let token = server.token("writers", policy("writers"));
    let open = |address: &str| Helper::start(&mut server.helper(address, &token));
    stores(&|| open(ADDRESS));
    // a vault cannot be removed, and the content of an attachment can
    let before = open(ADDRESS).found();
    assert_eq!(open(ADDRESS).delete().unwrap_err().kind, FailureKind::Denied);
    assert_eq!(open(ADDRESS).found(), before);
    conforms(&|| open("openbao://secret/team.age.d/0123.age"));
    open("openbao://secret/team.age.d/0123.age").delete().unwrap();
    let listed = server.bao(&["kv", "list", "secret/team.age.d"], "");
    assert_eq!(listed.status, Some(2), "all versions are gone: {listed:?}");
}

#[test]
fn acknowledged_writes_of_many_processes_are_stored() {
    let Some(server) = Server::start() else { return };
    race(6, 50, &|_| server.open());
}

#[test]
fn readers_only_read() {
    let Some(server) = Server::start() else { return };
    let tag = server.open().store(None, b"content");
    let token = server.token("readers", policy("readers"));
    let mut reader = Helper::start(&mut server.helper(ADDRESS, &token));
    assert_eq!(reader.found(), (tag.clone(), b"content".to_vec()));
    assert_eq!(reader.get(Some(&tag)), Ok(Fetched::Unchanged));
    let put = reader.put(PutCondition::Unchanged(&tag), b"x".to_vec()).unwrap_err();
    assert_eq!(put.kind, FailureKind::Denied);
    assert_eq!(reader.probe().unwrap_err().kind, FailureKind::Denied);
    assert_eq!(reader.delete().unwrap_err().kind, FailureKind::Denied);
    assert_eq!(reader.get(Some(&tag)), Ok(Fetched::Unchanged));
    let content = "openbao://secret/team.age.d/0123.age";
    let tag = Helper::start(&mut server.helper(content, ROOT)).store(None, b"long");
    let mut reader = Helper::start(&mut server.helper(content, &token));
    assert_eq!(reader.found(), (tag.clone(), b"long".to_vec()));
    assert_eq!(reader.get(Some(&tag)), Ok(Fetched::Unchanged));
    assert_eq!(reader.delete().unwrap_err().kind, FailureKind::Denied);
    assert_eq!(reader.found().0, tag);
    let token = server.token("others", "path \"secret/data/other\" { capabilities = [\"read\"] }");
    Helper::start(&mut server.helper(ADDRESS, &token)).fails(FailureKind::Denied);
}

#[test]
fn a_deleted_version_is_absent_and_its_number_counts() {
    let Some(server) = Server::start() else { return };
    let mut helper = server.open();
    let first = helper.store(None, b"one");
    for (words, number) in [
        (&["kv", "delete", "-mount=secret", "team.age"][..], "2 "),
        (&["kv", "destroy", "-mount=secret", "-versions=2", "team.age"], "3 "),
    ] {
        let (tag, content) = helper.found();
        server.bao(words, "").ok();
        assert_eq!(helper.get(Some(&tag)), Ok(Fetched::Absent));
        assert_eq!(server.open().get(None), Ok(Fetched::Absent));
        assert_eq!(helper.put(PutCondition::Unchanged(&tag), b"x".to_vec()), Ok(Stored::Changed));
        let tag = helper.store(None, &content);
        assert!(tag.starts_with(number), "{tag}");
        assert_eq!(server.open().put(PutCondition::Absent, b"x".to_vec()), Ok(Stored::Changed));
    }
    // a secret that is gone for good begins at 1, which is no reason to take the old one for it
    server.bao(&["kv", "metadata", "delete", "-mount=secret", "team.age"], "").ok();
    let again = helper.store(None, b"other");
    assert!(again.starts_with("1 ") && again != first, "{again}");
    assert_eq!(helper.put(PutCondition::Unchanged(&first), b"x".to_vec()), Ok(Stored::Changed));
    assert!(matches!(helper.get(Some(&first)), Ok(Fetched::Found { .. })));
    // a removal takes deleted versions along
    server.bao(&["kv", "delete", "-mount=secret", "team.age"], "").ok();
    assert_eq!(helper.delete(), Ok(()));
    assert!(helper.store(None, b"anew").starts_with("1 "));
    // with the right to remove the newest version only, the others stay
    let rule = "path \"secret/data/team.age\" { capabilities = [\"read\", \"delete\"] }";
    let token = server.token("newest", rule);
    let mut newest = Helper::start(&mut server.helper(ADDRESS, &token));
    assert_eq!((newest.delete(), newest.delete()), (Ok(()), Ok(())));
    assert_eq!((newest.get(None), helper.get(None)), (Ok(Fetched::Absent), Ok(Fetched::Absent)));
    assert!(helper.store(None, b"next").starts_with("2 "));
    // one that only has metadata, and versions that end by themselves
    server.bao(&["kv", "metadata", "put", "-mount=secret", "-custom-metadata=a=b", "new.age"], "").ok();
    let mut new = Helper::start(&mut server.helper("openbao://secret/new.age", ROOT));
    assert_eq!(new.get(None), Ok(Fetched::Absent));
    server.bao(&["kv", "metadata", "put", "-mount=secret", "-delete-version-after=1h", "new.age"], "").ok();
    let tag = new.store(None, b"for an hour");
    assert_eq!(new.get(Some(&tag)), Ok(Fetched::Unchanged));
    new.store(Some(&tag), b"for another hour");
    assert_eq!(new.probe(), Ok(Probed::Sound));
}
