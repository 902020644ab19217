//! The steps of `git setup`, for its answer.

/// The steps of a call.
#[derive(Default)]
pub struct SetupReport {
    /// The things that were changed.
    pub changed: Vec<String>,
    /// The things that the operator has to do.
    pub advice: Vec<String>,
}

impl SetupReport {
    /// Notes a change.
    pub fn change(&mut self, what: impl Into<String>) {
        self.changed.push(what.into());
    }

    /// Notes a step that credctl leaves to the operator.
    pub fn advise(&mut self, what: impl Into<String>) {
        self.advice.push(what.into());
    }
}
