//! The conversion of `FIELD=VALUE` words and envelope options to a draft.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use credctl::credential::{Draft, EnvelopeMember, Target, Violations};
use credctl::kind::{self, Class, Generation, KINDS, Shape};
use credctl::time;
use credctl::value::Value;

use super::context::{Context, Settings};
use super::error::Error;
use super::options::EnvelopeArgs;
use super::value_source::{GENERATE, is_source, read};

/// One word of the form `FIELD=VALUE`.
struct FieldAssignment {
    target: Target,
    value: String,
}

impl FieldAssignment {
    /// Returns true if the value is a secret that every process can see.
    fn is_bare_secret(&self) -> bool {
        let nothing = self.target.field.class == Class::Empty && self.value.is_empty();
        // an own field is public if everybody can see it
        self.target.is_secret() && !self.target.is_own_field() && !is_source(&self.value) && !nothing
    }
}

/// Splits words into those that are not assignments for a type, and those that are.
pub fn split(kind: &kind::Kind, words: &[String]) -> (Vec<String>, Vec<String>) {
    words.iter().cloned().partition(|word| assignment(kind, word).is_none())
}

/// Removes the word `keyType=NAME`, which gives a key type to a key store without one. Returns that type, and
/// the other words.
pub fn take_key_type(words: &[String]) -> Result<(Option<&'static kind::Kind>, Vec<String>), Error> {
    let is_one = |word: &&String| word.split_once('=').is_some_and(|(name, _)| name == "keyType");
    let rest = words.iter().filter(|word| !is_one(word)).cloned().collect();
    let mut named = words.iter().filter(is_one);
    let Some(word) = named.next() else { return Ok((None, rest)) };
    if named.next().is_some() {
        return Err(Violations::one("keyType", "given twice").into());
    }
    let name = word.split_once('=').map_or("", |(_, name)| name);
    let found = kind::find(name).map(|named| named.kind).filter(|kind| kind.key_type);
    let known = || KINDS.iter().filter(|kind| kind.key_type).map(|kind| kind.name).collect::<Vec<_>>();
    let unknown = || Violations::one("keyType", format!("must be one of {}", known().join(", ")));
    Ok((Some(found.ok_or_else(unknown)?), rest))
}

/// Returns true if a word may be an assignment for some type. Then the catalogue knows the name, or the value
/// is more than the padding that ids may end in.
pub fn may_be_one(word: &str) -> bool {
    let Some((name, value)) = word.split_once('=') else { return false };
    let known = |kind: &kind::Kind| {
        Target::of(kind, name).is_some_and(|target| target.entry.is_some() || target.leaf.is_empty())
    };
    !value.trim_matches('=').is_empty() || KINDS.iter().any(known)
}

/// Parses assignments for a type. Records a violation for each word that is not one.
///
/// # Errors
/// Mistakes of the call, whatever the values are. They are a secret that every process can see, two fields to
/// read from stdin, and a generated password of which the type keeps only the hash.
fn parse(
    kind: &kind::Kind,
    words: &[String],
    violations: &mut Violations,
) -> Result<Vec<FieldAssignment>, Error> {
    let mut assignments = Vec::new();
    for word in words {
        match assignment(kind, word) {
            Some(assignment) => assignments.push(assignment),
            None => {
                let name = word.split_once('=').map_or(word.as_str(), |(name, _)| name);
                violations.add(name, format!("is not a field of {}", kind.name));
            }
        }
    }
    if assignments.iter().filter(|one| one.value == "-").count() > 1 {
        return Err(Error::usage("only one field can be read from stdin").hint("FIELD=@FILE reads another"));
    }
    if let Some(bare) = assignments.iter().find(|one| one.is_bare_secret()) {
        let path = bare.target.path();
        // an entry of a key store goes by its own name
        let name = kind.bare_name(&path);
        return Err(Error::usage(format!(
            "{path} is secret and must not be an argument, because every process can read arguments"
        ))
        .hint(format!("{name}=-  reads it from stdin, or asks on a terminal"))
        .hint(format!("{name}=@FILE  reads it from a file"))
        .hint(format!("{name}=generate  makes one"))
        .hint(format!("{name}=env:NAME  takes it from the environment variable NAME")));
    }
    let is_made_elsewhere =
        |one: &&FieldAssignment| one.value == GENERATE && one.target.field.generate == Generation::Never;
    if let Some(one) = assignments.iter().find(is_made_elsewhere) {
        let what = format!("{} is made elsewhere, so credctl does not generate it", one.target.path());
        return Err(Error::usage(what));
    }
    if kind.keeps_hash_only() && assignments.iter().any(|one| one.value == GENERATE && one.target.is_secret())
    {
        return Err(never_seen());
    }
    Ok(assignments)
}

/// Returns the field to read from stdin, if there is one. Fails if any word is wrong.
pub fn dash(kind: &kind::Kind, words: &[String]) -> Result<Option<Target>, Error> {
    let mut violations = Violations::default();
    let assignments = parse(kind, words, &mut violations)?;
    let dash = assignments.into_iter().find(|one| one.value == "-").map(|one| one.target);
    Ok(violations.or(dash)?)
}

fn assignment(kind: &kind::Kind, word: &str) -> Option<FieldAssignment> {
    let (name, value) = word.split_once('=')?;
    let target = Target::of(kind, name)?;
    // an entry of any name is only meant when something follows: ids may end in padding
    let named = target.entry.is_some() || target.leaf.is_empty() || name.contains('.');
    (named || !value.trim_matches('=').is_empty())
        .then(|| FieldAssignment { target, value: value.to_owned() })
}

/// Puts assignments and envelope options into a draft. Reads the secrets from their sources now.
pub fn apply(
    context: &Context,
    kind: &kind::Kind,
    draft: &mut Draft,
    words: &[String],
    envelope: &EnvelopeArgs,
) -> Result<(), Error> {
    let Context { settings, ui, input } = context;
    let assignments = parse(kind, words, &mut draft.violations)?;
    let mut seen = HashSet::new();
    for FieldAssignment { target, value } in assignments {
        let again = !seen.insert(target.path());
        if again && !matches!(target.field.shape, Shape::Several(_)) {
            draft.violations.add(target.path(), "given twice");
            continue;
        }
        match read(ui, input, &target, &value)? {
            Ok(Value::List(more)) if again => match draft.members.get_mut(target.field.name) {
                Some(Value::List(given)) => given.extend(more),
                _ => draft.assign(&target, Value::List(more)),
            },
            Ok(value) => draft.assign(&target, value),
            Err(reason) => draft.violations.add(target.path(), reason),
        }
    }
    self::envelope(settings, draft, envelope)
}

/// Puts envelope options into a draft.
pub fn envelope(settings: &Settings, draft: &mut Draft, args: &EnvelopeArgs) -> Result<(), Error> {
    for (name, text) in args.texts() {
        let is_time =
            EnvelopeMember::find(name).is_some_and(|member| matches!(member.field.shape, Shape::Time));
        let text = if is_time { instant(settings, text) } else { text.to_owned() };
        draft.members.insert(name, Value::text(text));
    }
    // one by one: where credctl changes a credential, the other labels and tags stay
    let labels = args.label.iter().map(|pair| ("labels", "label", pair));
    let tags = args.tag.iter().map(|pair| ("tags", "tag", pair));
    for (member, option, pair) in labels.chain(tags) {
        let (name, value) = name_and_value(option, pair)?;
        let path = format!("{member}.{name}");
        if draft.leaves.iter().any(|(leaf, _)| *leaf == path) {
            draft.violations.add(path, "given twice");
        } else {
            draft.leaves.push((path, Value::text(value)));
        }
    }
    Ok(())
}

/// Returns the instant that an option gives: a date, a time, or a span from now.
pub fn time(settings: &Settings, option: &'static str, text: &str) -> Result<DateTime<Utc>, Error> {
    time::parse(&instant(settings, text))
        .map_err(|reason| Error::usage(format!("--{option} is not a time")).param(option, reason.to_string()))
}

/// Returns the time after a span from now, if the text is a span; else the text, which the gate checks.
pub fn instant(settings: &Settings, text: &str) -> String {
    let span = humantime::parse_duration(text).ok().and_then(|span| chrono::TimeDelta::from_std(span).ok());
    span.and_then(|span| settings.terms.now.checked_add_signed(span))
        .map_or_else(|| text.to_owned(), time::format)
}

fn name_and_value<'a>(option: &str, pair: &'a str) -> Result<(&'a str, &'a str), Error> {
    pair.split_once('=').filter(|(name, _)| !name.is_empty()).ok_or_else(|| {
        Error::usage(format!("--{option} takes NAME=VALUE")).param(option, "is not of the form NAME=VALUE")
    })
}

/// Makes the error for a generated password that nobody would ever see.
pub fn never_seen() -> Error {
    Error::usage("credctl keeps only a hash of this password, so a generated one could never be shown")
        .hint("`credctl generate` makes one; pass it with --password-stdin or cleartext=-")
}
