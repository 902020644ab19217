//! The definition of a rule, and its result for a text that it accepts.

use std::borrow::Cow;
use std::fmt;
use std::panic::RefUnwindSafe;

use crate::secret::Secret;

/// The judgement of a text: the form to store, or the reason for a refusal.
pub type RuleCheck = dyn Fn(&str) -> Result<Accepted, Cow<'static, str>> + Sync + RefUnwindSafe;

/// A requirement for a text.
pub struct Rule {
    /// The name of the rule in definitions of types.
    pub name: &'static str,
    /// The expected text, as a noun phrase for prompts, help and `types`: "an e-mail address".
    pub expects: &'static str,
    /// The function that judges a text. It refuses one with the reason. The rules of a vault's own types carry
    /// their limits with them.
    pub check: &'static RuleCheck,
    /// The form of the texts that it accepts.
    pub form: TextForm,
}

/// The form of a text, as far as the treatment of a field depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextForm {
    /// Any text, so that there is nothing to say about it.
    Plain,
    /// The seed of one-time passwords.
    Seed,
    /// A form of its own.
    Special,
}

impl Rule {
    /// Makes a rule for texts of a form of their own.
    #[must_use]
    pub const fn new(name: &'static str, expects: &'static str, check: &'static RuleCheck) -> Self {
        Self { name, expects, check, form: TextForm::Special }
    }

    /// Sets the form of the texts.
    #[must_use]
    pub const fn form(mut self, form: TextForm) -> Self {
        self.form = form;
        self
    }
}

/// The result of a rule for a text that it accepts.
#[derive(Debug, Default, PartialEq)]
pub struct Accepted {
    /// The form to store, where that is not the text itself.
    pub normalised: Option<Secret>,
    /// Something the operator should know although the text is accepted.
    pub warning: Option<Cow<'static, str>>,
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rule")
            .field("name", &self.name)
            .field("expects", &self.expects)
            .finish_non_exhaustive()
    }
}

impl Accepted {
    /// Accepts a text that is stored as it is.
    #[must_use]
    pub fn verbatim() -> Self {
        Self::default()
    }

    /// Accepts a text that is stored in this form instead.
    #[must_use]
    pub fn normalised(text: impl Into<Secret>) -> Self {
        Self { normalised: Some(text.into()), warning: None }
    }

    /// Adds a warning.
    #[must_use]
    pub fn warn(mut self, warning: impl Into<Cow<'static, str>>) -> Self {
        self.warning = Some(warning.into());
        self
    }
}
