//! Candidates that are fields: those of a type, those of the credential at hand, and the sources of their values.

use credctl::credential::{Credential, Envelope, MEMBERS, Target};
use credctl::kind::{self, CUSTOM, Class, Field, KINDS, Kind, Secrecy, Shape};
use credctl::store::Terms;
use credctl::store::document::full;

use super::candidate::{Candidate, beginning_with, is_safe};
use super::files::files;
use super::line::CursorLine;
use super::peek::Peek;
use super::{names, stored};

/// Returns the candidates for a word of `add`: the type, then its fields.
pub fn of_add(peek: &Peek, line: &CursorLine, word: &str) -> Vec<Candidate> {
    match line.values("words").first() {
        None => names::types(peek, word),
        Some(name) => {
            // a built-in type needs no vault
            let named = kind::find(name).or_else(|| peek.types().find(name));
            named.map_or_else(Vec::new, |named| assignments(Some(named.kind), line, word))
        }
    }
}

/// Returns the candidates for a word of a verb that changes credentials: ids, then fields. `most` is the number
/// of ids that the verb takes.
pub fn of_change(peek: &Peek, line: &CursorLine, word: &str, most: usize) -> Vec<Candidate> {
    let given = line.ids();
    let mut found = Vec::new();
    if !given.is_empty() {
        let kind = at_hand(peek, line, |found, _| Some(found.kind()));
        found.extend(assignments(kind, line, word));
    }
    // behind an id, ids would bury the fields
    if given.is_empty() || (given.len() < most && !word.is_empty()) {
        found.extend(stored::ids(peek, line, word));
    }
    found
}

/// Looks at the first credential that the line names.
fn at_hand<T: Send + 'static>(
    peek: &Peek,
    line: &CursorLine,
    look: impl FnOnce(&Credential, &Terms) -> Option<T> + Send + 'static,
) -> Option<T> {
    let id = line.ids().into_iter().next()?;
    peek.look(move |vault, terms| look(&terms.scope.find(vault, &id, true).ok()?, terms))
}

/// Returns the names of the attachments of the credential at hand.
pub fn attachments(peek: &Peek, line: &CursorLine, word: &str) -> Vec<Candidate> {
    let names = at_hand(peek, line, |found, _| {
        Some(found.attachments().iter().map(|attachment| attachment.name.clone()).collect::<Vec<_>>())
    });
    let names = names.unwrap_or_default().into_iter().filter(|name| is_safe(name));
    beginning_with(word, names.map(Candidate::new))
}

/// Returns `FIELD=` for the fields of a type that were not given yet, and the sources of a value behind one. A
/// type that is not known may have every field, so those of all types need a beginning.
fn assignments(kind: Option<&'static Kind>, line: &CursorLine, word: &str) -> Vec<Candidate> {
    if let Some((name, value)) = word.split_once('=') {
        return sources(kind, name, value);
    }
    let given = line.assigned();
    let mut found: Vec<_> = match kind {
        Some(kind) => assignable(kind).collect(),
        None => of_all_types(word),
    };
    found.retain(|one| !given.iter().any(|name| one.value.strip_suffix('=') == Some(name)));
    beginning_with(word, found)
}

/// Returns `FIELD=` for the fields of all types, each once. They are too many before a beginning is typed.
fn of_all_types(word: &str) -> Vec<Candidate> {
    if word.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<_> = KINDS.iter().flat_map(assignable).collect();
    found.sort();
    found.dedup_by(|one, other| one.value == other.value);
    found
}

/// Returns `FIELD=` for every field of a type that may be assigned.
fn assignable(kind: &'static Kind) -> impl Iterator<Item = Candidate> {
    let own = kind.every_field().filter(|field| is_given(field)).flat_map(|field| match field.shape {
        Shape::Store(store) => store.entries.iter().map(|entry| of_field(entry, '=')).collect(),
        Shape::Tree | Shape::Variables | Shape::Custom => vec![of_field(field, '.')],
        _ => vec![of_field(field, '=')],
    });
    let of_envelope =
        MEMBERS.iter().filter(move |member| member.assignable && kind.requires.contains(&member.name()));
    own.chain(of_envelope.map(|member| of_field(member.field, '=')))
}

fn of_field(field: &'static Field, end: char) -> Candidate {
    Candidate::with_help(format!("{}{end}", field.name), field.help)
}

fn is_given(field: &Field) -> bool {
    !matches!(field.class, Class::ReadOnly | Class::Computed | Class::Ignored | Class::Empty)
}

/// Returns `FIELD=` with the sources that a value may come from.
fn sources(kind: Option<&'static Kind>, name: &str, value: &str) -> Vec<Candidate> {
    let of_name = |value: Candidate| Candidate { value: format!("{name}={}", value.value), ..value };
    if let Some(path) = value.strip_prefix('@') {
        let named = |one: Candidate| of_name(Candidate { value: format!("@{}", one.value), ..one });
        return files(path, false).into_iter().map(named).collect();
    }
    let target = kind.and_then(|kind| Target::of(kind, name));
    let words: &[(&str, &str)] = match &target {
        Some(target) if target.is_secret() && kind.is_some_and(Kind::keeps_hash_only) => &SECRET[..3],
        Some(target) if target.is_secret() => SECRET,
        Some(target) if matches!(target.field.shape, Shape::Flag) => FLAG,
        _ => &[],
    };
    let choices =
        target.as_ref().filter(|target| target.leaf.is_empty()).map_or(&[][..], |one| one.field.choices);
    let words = words.iter().map(|(word, help)| Candidate::with_help(*word, *help));
    beginning_with(value, words.chain(choices.iter().map(|choice| Candidate::new(*choice))))
        .into_iter()
        .map(of_name)
        .collect()
}

const SECRET: &[(&str, &str)] = &[
    ("-", "from stdin, or a hidden prompt"),
    ("@", "from a file"),
    ("env:", "from an environment variable"),
    ("generate", "a new password"),
];
const FLAG: &[(&str, &str)] = &[("true", ""), ("false", "")];

/// Returns the names of the values of the credential at hand that were not asked for yet. A credential that is
/// not known may have the fields of all types.
pub fn readable(peek: &Peek, line: &CursorLine, word: &str) -> Vec<Candidate> {
    let known = at_hand(peek, line, |found, terms| Some(names_of(found, terms)));
    let mut found = known.unwrap_or_else(|| {
        let fields = of_all_types(word).into_iter();
        fields
            .filter(|one| one.value.strip_suffix('.') != Some(CUSTOM))
            .map(|one| Candidate { value: one.value.trim_end_matches(['=', '.']).to_owned(), ..one })
            .collect()
    });
    let given = line.values("field");
    found.retain(|one| !given.contains(&one.value));
    beginning_with(word, found)
}

/// Returns `ID/` for every credential, and `ID/FIELD` once the id is there.
pub fn paths(peek: &Peek, line: &CursorLine, word: &str) -> Vec<Candidate> {
    let mut found = stored::ids(peek, line, word);
    for one in &mut found {
        one.value.push('/');
    }
    if let Some((id, _)) = word.rsplit_once('/') {
        let id = id.to_owned();
        let fields = peek.look(move |vault, terms| {
            let credential = terms.scope.find(vault, &id, false).ok()?;
            let fields = names_of(&credential, terms).into_iter();
            Some(
                fields
                    .map(|one| Candidate { value: format!("{id}/{}", one.value), ..one })
                    .collect::<Vec<_>>(),
            )
        });
        found.extend(beginning_with(word, fields.unwrap_or_default()));
    }
    found
}

/// Returns the names of the single values of a credential: its secrets, its fields, the facts in them, those of
/// the envelope, its labels and tags.
fn names_of(credential: &Credential, terms: &Terms) -> Vec<Candidate> {
    let kind = credential.kind();
    let mut names: Vec<String> = credential.secret_names();
    names.extend(credential.public_fields().iter().map(|(name, _)| name.to_owned()));
    // an object is shown leaf by leaf, and what is sealed is not shown at all
    names.retain(|name| {
        kind.field(name).is_none_or(|field| {
            !matches!(field.shape, Shape::Store(_) | Shape::Custom) && field.secrecy != Secrecy::Sealed
        })
    });
    names.extend(credential.own_fields().filter(|field| !field.is_secret).map(|field| field.path()));
    let mut found: Vec<_> =
        names.iter().map(|name| kind.bare_name(name)).map(|name| named(kind, name)).collect();
    let shown = full(credential, &[], &terms.scope.project, terms.now, false);
    // lists, such as `access`, would stand in the way of `accessKeyId`
    let is_single = |name: &str| MEMBERS.iter().any(|member| member.is_scalar() && member.name() == name);
    found.extend(shown.iter().filter(|(name, _)| is_single(name)).map(|(name, _)| named(kind, name)));
    let envelope = &credential.head().envelope;
    found.extend(labels_and_tags(envelope));
    found.retain(|one| is_safe(&one.value));
    let mut seen = std::collections::HashSet::new();
    found.retain(|one| seen.insert(one.value.clone()));
    found
}

fn labels_and_tags(envelope: &Envelope) -> impl Iterator<Item = Candidate> {
    let labels = envelope.labels.iter().map(|label| format!("labels.{}", label.name));
    labels.chain(envelope.tags.iter().map(|(name, _)| format!("tags.{name}"))).map(Candidate::new)
}

fn named(kind: &Kind, name: &str) -> Candidate {
    let target = Target::of(kind, name);
    let help = target.map_or("", |target| target.entry.map_or(target.field.help, |entry| entry.help));
    Candidate::with_help(name, help)
}

/// Returns what `patch` can remove from the credential at hand: optional fields, labels and tags.
pub fn removable(peek: &Peek, line: &CursorLine, word: &str) -> Vec<Candidate> {
    let found = at_hand(peek, line, |found, _| {
        let (kind, envelope) = (found.kind(), &found.head().envelope);
        let optional = kind.fields.iter().filter(|field| {
            kind.class_of(field) == Class::Optional && found.fields().get(field.name).is_some()
        });
        let mut names: Vec<_> = optional.map(|field| Candidate::with_help(field.name, field.help)).collect();
        let paths = found.secret_names().into_iter();
        names.extend(paths.filter(|path| kind.variable_name(path).is_some()).map(Candidate::new));
        names.extend(found.own_fields().map(|field| Candidate::new(field.path())));
        names.extend(labels_and_tags(envelope));
        let set = MEMBERS.iter().filter(|member| {
            member.assignable && member.value(found.head(), chrono::DateTime::UNIX_EPOCH).is_some()
        });
        names.extend(
            set.filter(|member| member.field.class == Class::Optional)
                .map(|member| Candidate::new(member.name())),
        );
        names.retain(|one| is_safe(&one.value));
        Some(names)
    });
    beginning_with(word, found.unwrap_or_default())
}
