//! Completion by the program: what it answers, and what bash, zsh, fish and elvish make of that.

mod answers;
mod quiet;
mod shell;
mod shells;

use crate::support::Scene;

/// A vault with ids that have slashes, colons and signs that shells read, and beside it a file that begins like an id.
fn scene() -> Scene {
    let scene = Scene::new();
    let documents = r#"[
        {"id":"prod/db/orders-rw","type":"UsernamePassword","username":"svc-orders","password":"canary-1",
         "labels":[{"name":"env","value":"production"}],"tags":{"url":"https://pg.example.org"}},
        {"id":"prod/db/users-ro","type":"UsernamePassword","username":"svc-users","password":"canary-2"},
        {"id":"prod/queue","type":"UsernamePassword","username":"svc-queue","password":"canary-3"},
        {"id":"ns:cache:main","type":"UsernamePassword","username":"cache","password":"canary-4"},
        {"id":"R&D","name":"two words","type":"UsernamePassword","username":"two","password":"canary-5"},
        {"id":"deploy","type":"Aws","accessKeyId":"AKIAIOSFODNN7EXAMPLE",
         "secretAccessKey":"canary-6/canary-6/canary-6/canary-6/cana"},
        {"id":"statuspage","type":"apikey","keyStore":{"apikey":"Y2FuYXJ5LTc="}}]"#;
    scene.run_with(["add", "-q", "-f", "-"], documents).ok();
    scene.file("prod-plan.txt", "");
    scene
}

/// The candidates behind a line, as fish would get them, without their descriptions. The line is split at its
/// blanks.
fn complete(scene: &Scene, line: &str) -> Vec<String> {
    let words = ["__complete", "fish", "credctl"].into_iter().chain(line.split(' '));
    let outcome = scene.run(words).ok();
    assert_eq!(outcome.stderr, "", "{line}");
    let values = outcome.stdout().lines().map(|line| line.split('\t').next().unwrap().to_owned());
    values.collect()
}
