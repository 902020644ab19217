//! The rule of a field with limits of its own: a length, a range, a pattern, a choice.

use std::borrow::Cow;
use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};

use super::definition::{FieldDefinition, Limits};
use super::field_kind::FieldKind;
use crate::kind::rule::{Accepted, Rule, TextForm, number};
use crate::secret::Secret;

/// The most memory of one pattern, in bytes.
const MAX_PROGRAM: usize = 1 << 20;

/// The most repetitions and groups inside one another.
const MAX_NESTING: u32 = 32;

/// A rule with limits.
struct Constraint {
    base: &'static Rule,
    limits: Limits,
    is_number: bool,
    /// The pattern, compiled when a text first needs it. None if that is impossible.
    pattern: OnceLock<Option<Regex>>,
}

/// Compiles a pattern, which has to match a whole text.
///
/// # Errors
/// The reason why it is no pattern, without the words of the library, which quote it on several lines.
pub(super) fn pattern(text: &str) -> Result<Regex, String> {
    let compile = |text: &str| {
        RegexBuilder::new(text)
            .size_limit(MAX_PROGRAM)
            .dfa_size_limit(MAX_PROGRAM)
            .nest_limit(MAX_NESTING)
            .build()
    };
    // by itself first: a parenthesis too many would get out of the group that the anchors stand around
    let compiled = compile(text).and_then(|_| compile(&format!(r"\A(?:{text})\z")));
    compiled.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => "must be a smaller regular expression".to_owned(),
        _ => {
            // the last line of the message says what is wrong
            let error = error.to_string();
            let reason = error.lines().last().unwrap_or_default().trim().trim_start_matches("error: ");
            format!("must be a regular expression: {reason}")
        }
    })
}

/// Makes the rule of a field that stays in memory until the process ends.
pub(super) fn rule(field: &FieldDefinition) -> &'static Rule {
    let base = field.base();
    if field.limits.is_empty() {
        return base;
    }
    let kind = if field.kind == FieldKind::List { field.of } else { field.kind };
    let expects: &'static str = expects(base, &field.limits, kind).leak();
    let constraint = Constraint::new(field);
    let check = Box::leak(Box::new(move |text: &str| constraint.check(text)));
    // the limits are something to say about a plain text
    let form = if base.form == TextForm::Plain { TextForm::Special } else { base.form };
    Box::leak(Box::new(Rule::new(base.name, expects, check).form(form)))
}

/// Returns the check of a field's texts, to be used while its definition is judged.
pub(super) fn rule_for(
    field: &FieldDefinition,
) -> impl Fn(&str) -> Result<Accepted, Cow<'static, str>> + use<> {
    let constraint = Constraint::new(field);
    move |text| constraint.check(text)
}

impl Constraint {
    fn new(field: &FieldDefinition) -> Self {
        Self {
            base: field.base(),
            limits: field.limits.clone(),
            is_number: field.kind == FieldKind::Number,
            pattern: OnceLock::new(),
        }
    }

    fn check(&self, text: &str) -> Result<Accepted, Cow<'static, str>> {
        let accepted = (self.base.check)(text)?;
        let kept = accepted.normalised.as_ref().map_or(text, Secret::expose);
        self.limit(kept)?;
        Ok(accepted)
    }

    fn limit(&self, text: &str) -> Result<(), Cow<'static, str>> {
        let Limits { min, max, pattern: written, choices } = &self.limits;
        if !choices.is_empty() && !choices.iter().any(|choice| choice == text) {
            return Err(format!("must be one of {}", choices.join(", ")).into());
        }
        let (size, what) = if self.is_number {
            (number::number(text)?, "")
        } else {
            // a text that long has been refused before
            (f64::from(u32::try_from(text.chars().count()).unwrap_or(u32::MAX)), " characters long")
        };
        let least = min.as_ref().and_then(serde_json::Number::as_f64);
        let most = max.as_ref().and_then(serde_json::Number::as_f64);
        if let (Some(min), Some(_)) = (min, least.filter(|least| size < *least)) {
            return Err(format!("must be at least {min}{what}").into());
        }
        if let (Some(max), Some(_)) = (max, most.filter(|most| size > *most)) {
            return Err(format!("must be at most {max}{what}").into());
        }
        let Some(written) = written else { return Ok(()) };
        match self.pattern.get_or_init(|| pattern(written).ok()) {
            Some(pattern) if pattern.is_match(text) => Ok(()),
            Some(_) => Err(format!("must match {written}").into()),
            None => Err("cannot be checked: the pattern of its type is none".into()),
        }
    }
}

/// Returns a noun phrase for the expected text.
fn expects(base: &Rule, limits: &Limits, kind: FieldKind) -> String {
    if !limits.choices.is_empty() {
        return format!("one of {}", limits.choices.join(", "));
    }
    let unit = if kind == FieldKind::Number { "" } else { " characters" };
    let size = match (&limits.min, &limits.max) {
        (Some(min), Some(max)) => format!(" from {min} to {max}{unit}"),
        (Some(min), None) => format!(" of at least {min}{unit}"),
        (None, Some(max)) => format!(" of at most {max}{unit}"),
        (None, None) => String::new(),
    };
    let base = if base.form == TextForm::Plain { "a text" } else { base.expects };
    match &limits.pattern {
        Some(pattern) => format!("{base}{size} that matches {pattern}"),
        None => format!("{base}{size}"),
    }
}
