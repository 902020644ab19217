//! The text by which tables tell credentials apart, read from the line of a vault.

use credctl::kind::Headline;
use serde_json::Value;

use crate::support::{Scene, lab, samples};

#[test]
fn an_outline_reads_the_headline_of_the_whole_credential() {
    let scene = Scene::new();
    let documents: Vec<Value> = samples::all()
        .into_iter()
        .filter(|sample| sample.kind != "passwordHash")
        .map(|sample| sample.document)
        .collect();
    let count = documents.len();
    scene.run_with(["add", "-f", "-"], Value::Array(documents).to_string()).ok();
    let mut vault = lab::open(&scene.vault(), &scene.path("identity.txt")).unwrap();
    let mut seen = 0;
    let read = vault.outlines(|mut outline| {
        seen += 1;
        let alone = outline.headline()?;
        let kind = outline.head().kind;
        assert_eq!(alone, outline.credential()?.headline(), "{}", kind.name);
        assert_eq!(alone, outline.headline()?, "{}", kind.name);
        let has_none = matches!(kind.headline, Headline::None(_));
        assert_eq!(alone.is_none(), has_none, "{}: {alone:?}", kind.name);
        Ok(())
    });
    read.unwrap();
    assert_eq!(seen, count);
}
