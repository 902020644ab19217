//! The whole life of a credential in each of the five systems, told with that system's own documents and
//! answered in its own shapes.

mod apinizer;
mod aspire;
mod astra;
mod citrix;
mod network_controller;

use serde_json::Value;

use crate::support::{Outcome, Run as _, Scene};

/// A vault that is used as one system would use it.
struct Life {
    scene: Scene,
    system: &'static str,
}

impl Life {
    fn of(system: &'static str) -> Self {
        Self { scene: crate::rules::seeds::scripted(), system }
    }

    fn run(&self, words: &[&str], stdin: &str) -> Outcome {
        self.scene.command(words.iter().chain(&["--format", self.system])).outcome(stdin)
    }

    /// The answer in the shape of the system.
    #[track_caller]
    fn ask(&self, words: &[&str]) -> Value {
        self.run(words, "").ok().json()
    }

    /// The answer to a document, which holds none of its secrets.
    #[track_caller]
    fn send(&self, words: &[&str], document: &Value, secrets: &[&str]) -> Value {
        let words = [words, &["-f", "-"]].concat();
        let outcome = self.run(&words, &document.to_string()).ok();
        secrets.iter().fold(outcome, |outcome, secret| outcome.hides(secret)).json()
    }

    /// What a consumer finds under a name of ours.
    #[track_caller]
    fn field(&self, id: &str, field: &str) -> String {
        self.scene.run(["get", id, "--field", field]).ok().stdout().to_owned()
    }
}
