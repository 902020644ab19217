//! The answers of the operator so far, and the questions that fill them.

use credctl::credential::{Draft, Target, Violations};
use credctl::generate::{generate, usual};
use credctl::kind::rule::url::addresses;
use credctl::kind::{Class, Field, Kind, Shape};
use credctl::secret::Secret;
use credctl::value::{Value, parse_document};

use crate::cli::context::Settings;
use crate::cli::error::{Error, Failure};
use crate::cli::output::HIDDEN;
use crate::cli::prompt::Prompter;
use crate::cli::{ask, assign};

/// The members of the envelope that the dialogue offers.
const OFFERED: [&str; 4] = ["description", "validFrom", "validUntil", "throttlePolicy"];
/// The members whose parts have a name and a text each, with the question for one part.
const PARTS: [(&str, &str); 2] = [("labels", "Label (NAME=VALUE)"), ("tags", "Tag (NAME=VALUE)")];

/// The answers so far.
pub(super) struct Answers {
    pub kind: &'static Kind,
    /// The members that were known before the first question for a field.
    start: Draft,
    given: Vec<Answer>,
}

/// The answer to one question.
struct Answer {
    target: Target,
    value: Value,
    /// The value as it may be shown.
    shown: String,
}

impl Answers {
    pub fn new(kind: &'static Kind, start: Draft) -> Self {
        Self { kind, start, given: Vec::new() }
    }

    /// Returns all answers as the request for a credential.
    pub fn draft(&self) -> Draft {
        let mut draft = self.start.clone();
        for answer in &self.given {
            draft.assign(&answer.target, answer.value.clone());
        }
        draft
    }

    /// Returns the label and the value of every answer, as they may be shown.
    pub fn shown(&self) -> impl Iterator<Item = (String, &str)> {
        self.given.iter().map(|answer| (label(self.kind, &answer.target), answer.shown.as_str()))
    }

    /// Asks for everything that the type cannot do without.
    pub fn required(&mut self, prompter: &Prompter) -> Result<(), Error> {
        for target in ask::missing(self.kind, &self.draft()) {
            self.fill(prompter, target)?;
        }
        if self.kind.store().is_some_and(|store| store.entries.is_empty()) {
            self.entry(prompter)?;
        }
        Ok(())
    }

    /// Asks again for the members that are wrong. Returns false if no question can mend one of them.
    pub fn again(
        &mut self,
        settings: &Settings,
        prompter: &Prompter,
        violations: &Violations,
    ) -> Result<bool, Error> {
        for (path, reason) in member(violations) {
            let target = Target::of(self.kind, path);
            // labels and tags are asked for one by one, so that no single one of them can be wrong
            let is_whole = |target: &Target| matches!(target.field.shape, Shape::Labels | Shape::Tags);
            let Some(target) = target.filter(|target| !is_whole(target)) else { return Ok(false) };
            prompter.refuse(&format!("{}: {reason}", label(self.kind, &target)))?;
            if target.entry.is_none()
                && target.field.class != Class::Required
                && !self.kind.needs(target.field)
            {
                self.optional(settings, prompter, target)?;
            } else {
                self.fill(prompter, target)?;
            }
        }
        Ok(true)
    }

    /// Lets the operator choose a field to change or to add, and asks for it.
    pub fn edit(&mut self, settings: &Settings, prompter: &Prompter) -> Result<(), Error> {
        let targets: Vec<Target> = self.targets().collect();
        let line = |target: &Target| {
            let given = self.given.iter().find(|answer| answer.target.path() == target.path());
            format!("{:<28} {}", label(self.kind, target), given.map_or("", |answer| answer.shown.as_str()))
        };
        let mut lines: Vec<String> = targets.iter().map(line).collect();
        lines.extend(PARTS.iter().map(|(_, question)| (*question).to_owned()));
        let is_open = self.kind.store().is_some_and(|store| store.open);
        lines.extend(is_open.then(|| "Another entry".to_owned()));
        let chosen = prompter.choose("Field", &lines)?;
        match (targets.get(chosen), PARTS.get(chosen.wrapping_sub(targets.len()))) {
            (Some(target), _) if self.is_required(target) => self.fill(prompter, target.clone()),
            (Some(target), _) => self.optional(settings, prompter, target.clone()),
            (None, Some((member, question))) => self.part(prompter, member, question),
            (None, None) => self.entry(prompter),
        }
    }

    /// Returns the fields that can be asked for, in the order of the catalogue.
    fn targets(&self) -> impl Iterator<Item = Target> + use<> {
        let kind = self.kind;
        let is_asked = |field: &&Field| {
            !matches!(field.shape, Shape::Store(_) | Shape::Tree | Shape::Open(_) | Shape::Custom)
                && matches!(field.class, Class::Required | Class::Optional | Class::Defaulted)
        };
        let own = kind.fields.iter().filter(is_asked).map(|field| field.name);
        let entries = kind.store().map_or(&[][..], |store| store.entries).iter().map(|entry| entry.name);
        let id = kind.id_field.into_iter();
        id.chain(own).chain(entries).chain(OFFERED).filter_map(move |name| Target::of(kind, name))
    }

    fn is_required(&self, target: &Target) -> bool {
        target.entry.map_or_else(|| self.kind.needs(target.field), |entry| entry.class == Class::Required)
    }

    /// Asks for a field that must have a value. An empty answer to a password generates one.
    fn fill(&mut self, prompter: &Prompter, target: Target) -> Result<(), Error> {
        let label = label(self.kind, &target);
        if self.kind.password != Some(&*target.path()) || self.kind.keeps_hash_only() {
            let value = ask::value(prompter, self.kind, &target, &label)?;
            let is_tree =
                target.leaf.is_empty() && matches!(target.field.shape, Shape::Tree | Shape::Open(_));
            self.put(target, if is_tree { parsed(value) } else { value }, None);
            return Ok(());
        }
        let question = format!("{label} (g or Enter generates one)");
        match prompter.optional_secret(&question, &label, &["", "g"])? {
            Some(typed) => {
                let value = target.encode(&typed);
                self.put(target, value, None);
            }
            None => {
                let made = generate(&usual()).map_err(|error| Error::from_error(Failure::Internal, error))?;
                let shown = format!("{HIDDEN} (generated, {} bits)", made.bits);
                let value = target.encode(&made.value);
                self.put(target, value, Some(shown));
            }
        }
        Ok(())
    }

    /// Asks for a field that may be left out. An empty answer leaves it out.
    fn optional(&mut self, settings: &Settings, prompter: &Prompter, target: Target) -> Result<(), Error> {
        let label = format!("{} (Enter leaves it out)", label(self.kind, &target));
        let value = if target.is_secret() {
            ask::optional(prompter, self.kind, &target, &label)?
        } else {
            let typed = prompter.optional_text(&label)?;
            (!typed.is_empty()).then(|| match target.field.shape {
                Shape::List(_) => Value::texts(typed.split(',').map(str::trim)),
                Shape::Several(_) => Value::texts(addresses(&typed)),
                Shape::Time => Value::text(assign::instant(settings, &typed)),
                _ => target.encode(&typed.into()),
            })
        };
        match value {
            Some(value) => self.put(target, value, None),
            None => self.given.retain(|answer| answer.target.path() != target.path()),
        }
        Ok(())
    }

    /// Asks for a label or a tag.
    fn part(&mut self, prompter: &Prompter, member: &str, question: &str) -> Result<(), Error> {
        let kind = self.kind;
        let of = |text: &str| {
            let (name, value) = text.split_once('=').filter(|(name, _)| !name.is_empty())?;
            Some((Target::of(kind, &format!("{member}.{name}"))?, value.to_owned()))
        };
        let check =
            |text: &str| of(text).map(drop).ok_or_else(|| "must be of the form NAME=VALUE".to_owned());
        let typed = prompter.text(question, &check)?;
        if let Some((target, value)) = of(&typed) {
            self.put(target, Value::text(value), None);
        }
        Ok(())
    }

    /// Asks for an entry of a key store, by a name that the operator chooses.
    fn entry(&mut self, prompter: &Prompter) -> Result<(), Error> {
        let kind = self.kind;
        let of = |name: &str| Target::of(kind, &format!("{}.{name}", credctl::kind::ENTRIES));
        let check = |name: &str| of(name).map(drop).ok_or_else(|| "must not have an empty part".to_owned());
        let name = prompter.text("Name of the entry", &check)?;
        if let Some(target) = of(&name) {
            let value = ask::value(prompter, self.kind, &target, &name)?;
            self.put(target, value, None);
        }
        Ok(())
    }

    fn put(&mut self, target: Target, value: Value, shown: Option<String>) {
        let shown = shown.unwrap_or_else(|| match &value {
            _ if target.is_secret() => HIDDEN.to_owned(),
            Value::List(items) => {
                let items = items.iter().filter_map(Value::as_text).map(Secret::expose);
                items.collect::<Vec<_>>().join(", ")
            }
            // a public entry is a certificate or a flag
            _ if target.is_encoded() => "(set)".to_owned(),
            value => value.as_text().map(|text| text.expose().to_owned()).unwrap_or_default(),
        });
        let answer = Answer { target, value, shown };
        match self.given.iter_mut().find(|given| given.target.path() == answer.target.path()) {
            Some(given) => *given = answer,
            None => self.given.push(answer),
        }
    }
}

/// Returns the object that a text of JSON or YAML describes, or the text itself, which the gate refuses.
fn parsed(text: Value) -> Value {
    let document = text.as_text().and_then(|text| parse_document(text.expose()).ok()?.pop());
    document.unwrap_or(text)
}

/// Returns the words of the question for a field.
fn label(kind: &Kind, target: &Target) -> String {
    match target.field.name {
        "name" if kind.identity_name => "User ID".to_owned(),
        "labels" | "tags" => target.path(),
        _ => target.label(),
    }
}

/// Returns the paths of the members that are wrong, without positions in lists, with the reasons.
fn member(violations: &Violations) -> impl Iterator<Item = (&str, &str)> {
    violations.iter().map(|one| (one.name.split('[').next().unwrap_or(&one.name), one.reason.as_ref()))
}
