//! A request for a credential: members under their canonical names, not yet judged.

use super::member::EnvelopeMember;
use super::own;
use super::path::{FieldPath, member};
use super::violation::Violations;
use crate::base64;
use crate::kind::rule::variable;
use crate::kind::{Field, Kind, Shape};
use crate::secret::Secret;
use crate::text;
use crate::value::{Object, Value};

/// Members of a credential to be created or changed.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// Whole members under their canonical names, the type's own beside the envelope's.
    pub members: Object,
    /// Single leaves of object members: a path such as `properties.user`, and the value.
    pub leaves: Vec<(String, Value)>,
    /// The members among them that were assigned one by one, and are not part of a document.
    pub assigned: Vec<&'static str>,
    /// Members or leaves to be removed.
    pub unset: Vec<String>,
    /// The likelihood that secrets were left out of the document.
    pub withheld: Withheld,
    /// Pairs of a canonical name and the name that the document's system has for the same member.
    pub spelled: &'static [(&'static str, &'static str)],
    /// Members that were given and have no place.
    pub left_out: Vec<String>,
    /// Violations found while the draft was put together; reported with those that the gate finds.
    pub violations: Violations,
}

/// The likelihood that secrets which a document lacks were left out when it was written. A document that only
/// looks as if it had no secrets must not delete them when it comes back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Withheld {
    /// A complete document: nothing was left out.
    #[default]
    Nothing,
    /// A document of a system that writes answers, which have no secrets, in the shape of requests.
    Perhaps,
    /// An answer, a list or an export without secrets.
    Surely,
}

/// The target of `name=value`: the meaning that the name has for a type.
#[derive(Debug, Clone)]
pub struct Target {
    /// The field that the word names, or whose member it names.
    pub field: &'static Field,
    /// Path of the leaf inside an object field; empty for the field itself.
    pub leaf: Vec<String>,
    /// The entry, when the leaf is one of a key store that the catalogue describes.
    pub entry: Option<&'static Field>,
}

impl Draft {
    /// Makes a draft whose members are these texts.
    #[must_use]
    pub fn from_texts<'a>(kind: &Kind, texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let members = texts.into_iter().map(|(name, text)| (name, Value::text(text)));
        Self::from_members(kind, members.collect())
    }

    /// Reads the members of a document for a type and resolves aliases. Notes a member that is unknown, or
    /// given under two names, among the violations.
    #[must_use]
    pub fn from_members(kind: &Kind, members: Object) -> Self {
        let mut draft = Self::default();
        for (name, value) in members {
            let Some(field) = member(kind, &name) else {
                if kind.foreign.contains(&name.as_str()) {
                    draft.left_out.push(name);
                    continue;
                }
                let target = Target::of(kind, &name).filter(|target| target.entry.is_some());
                let holder = target.map(|target| target.field.name);
                let reason = match (holder, text::suggest(&name, names(kind))) {
                    (Some(holder), _) => {
                        format!("belongs in {holder}, in base64: {{\"{holder}\": {{\"{name}\": …}}}}")
                    }
                    (None, Some(known)) => format!("unknown member; did you mean {known}?"),
                    (None, None) => format!("unknown member of {}", kind.name),
                };
                draft.violations.add(shown(&name), reason);
                continue;
            };
            if draft.members.insert(field.name, value).is_some() {
                draft.violations.add(field.name, "given twice, under two names");
            }
        }
        draft
    }

    /// Makes a draft that changes a password, with `must_change` the flag beside it, and nothing else.
    ///
    /// # Errors
    /// A type that has no password, or no flag that says whether it must be changed.
    pub fn password(kind: &Kind, password: &Secret, must_change: Option<bool>) -> Result<Self, Violations> {
        let Some(target) = kind.password.and_then(|path| Target::of(kind, path)) else {
            return Err(Violations::one("password", format!("{} has no password", kind.name)));
        };
        let mut draft = Self::default();
        draft.assign(&target, target.encode(password));
        if let Some(flag) = must_change {
            let change = Target::of(kind, "change").filter(|change| change.entry.is_some());
            let Some(change) = change else {
                return Err(Violations::one("change", format!("{} has no such flag", kind.name)));
            };
            draft.assign(&change, change.encode(&Secret::from(flag.to_string())));
        }
        Ok(draft)
    }

    /// Returns true if the draft asks for nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
            && self.leaves.is_empty()
            && self.unset.is_empty()
            && self.violations.is_empty()
    }

    /// Returns true if the draft gives the member or leaf of this name.
    #[must_use]
    pub fn names(&self, kind: &Kind, name: &str) -> bool {
        match member(kind, name) {
            Some(field) => self.members.get(field.name).is_some_and(|value| !matches!(value, Value::Null)),
            None => self.leaves.iter().any(|(path, _)| path == name),
        }
    }

    /// Sets the target of an assignment: a whole field, or one leaf of it.
    pub fn assign(&mut self, target: &Target, value: Value) {
        if target.leaf.is_empty() {
            self.members.insert(target.field.name, value);
            self.assigned.push(target.field.name);
        } else {
            self.leaves.push((target.path(), value));
        }
    }
}

impl Target {
    /// Finds the target of `name=value`. `name` may stand for a field of the type, a leaf in one of its
    /// object fields, or an entry of its key store.
    #[must_use]
    pub fn of(kind: &Kind, name: &str) -> Option<Self> {
        if let Some(field) = kind.field(name).or_else(|| assignable(name)) {
            return Some(Self { field, leaf: Vec::new(), entry: None });
        }
        let path = FieldPath::parse(kind, name);
        let (first, rest) = path.steps().split_first()?;
        match kind.field(first).or_else(|| assignable(first)) {
            Some(field) => Self::within(field, rest),
            // an entry of the key store, which may have dots in its name, or a variable, by its own name
            None => {
                let holds = |field: &&Field| matches!(field.shape, Shape::Store(_) | Shape::Variables);
                let field = kind.fields.iter().find(holds)?;
                Self::within(field, &[name]).filter(|target| target.entry.is_some() || takes(field, name))
            }
        }
    }

    fn within(field: &'static Field, leaf: &[&str]) -> Option<Self> {
        if leaf.iter().any(|name| name.is_empty()) {
            return None;
        }
        match (field.shape, leaf) {
            (Shape::Store(store), [name]) => {
                let entry = store.entries.iter().find(|entry| entry.is_called(name));
                let name = entry.map_or(*name, |entry| entry.name).to_owned();
                Some(Self { field, leaf: vec![name], entry })
            }
            (
                Shape::Labels | Shape::Tree | Shape::Tags | Shape::Variables | Shape::Open(_) | Shape::Custom,
                leaf,
            ) => {
                Some(Self { field, leaf: leaf.iter().map(|name| (*name).to_owned()).collect(), entry: None })
            }
            _ => None,
        }
    }

    /// Returns a plain text as the target keeps it: entries of key stores in base64, own fields as secret ones.
    #[must_use]
    pub fn encode(&self, text: &Secret) -> Value {
        if self.is_own_field() {
            own::assigned(text.clone(), true)
        } else if self.is_encoded() {
            Value::Text(base64::encode(text.expose().as_bytes()))
        } else {
            Value::Text(text.clone())
        }
    }

    /// Returns a text that was given in the open, as the target keeps it: own fields as public ones.
    #[must_use]
    pub fn shown(&self, text: &Secret) -> Value {
        if self.is_own_field() { own::assigned(text.clone(), false) } else { self.encode(text) }
    }

    /// Returns true if the target keeps its value in base64.
    #[must_use]
    pub fn is_encoded(&self) -> bool {
        matches!(self.field.shape, Shape::Store(_)) && !self.leaf.is_empty()
    }

    /// Returns true if the target is an own field, which is public if it is given as an argument and secret
    /// otherwise.
    #[must_use]
    pub fn is_own_field(&self) -> bool {
        matches!(self.field.shape, Shape::Custom) && !self.leaf.is_empty()
    }

    /// Returns the name of the target for a prompt: the label of the field or entry, or the name of the leaf.
    #[must_use]
    pub fn label(&self) -> String {
        match (self.entry, &self.leaf[..]) {
            (Some(entry), _) => entry.label(),
            (None, []) => self.field.label(),
            (None, leaf) => leaf.join("."),
        }
    }

    /// Returns the canonical path, such as `keyStore.apikey`.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = self.field.name.to_owned();
        for name in &self.leaf {
            path.push('.');
            path.push_str(name);
        }
        path
    }

    /// Returns true if the value of the target is secret, or may be. It must not be typed as an argument, unless
    /// the target is an own field.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        use crate::kind::Secrecy;
        match (self.entry, self.field.secrecy) {
            (Some(entry), _) => entry.is_secret(),
            (None, Secrecy::Public) => false,
            (None, Secrecy::SecretExcept(public)) => {
                self.leaf.last().is_none_or(|leaf| !public.contains(&leaf.as_str()))
            }
            (None, _) => true,
        }
    }
}

/// Finds a member of the envelope that an assignment may name; the others have options of their own.
fn assignable(name: &str) -> Option<&'static Field> {
    EnvelopeMember::find(name).filter(|member| member.assignable).map(|member| member.field)
}

/// Returns true if a field may have an entry of a name that the catalogue does not know.
fn takes(field: &Field, name: &str) -> bool {
    match field.shape {
        Shape::Store(store) => store.open,
        Shape::Variables => variable::is_name(name),
        _ => false,
    }
}

/// Returns every name by which a document may call a member.
fn names(kind: &Kind) -> impl Iterator<Item = &'static str> {
    kind.members().flat_map(|field| std::iter::once(&field.name).chain(field.aliases)).copied()
}

/// Returns a member name from a document, cut so that a message stays short.
fn shown(name: &str) -> String {
    name.chars().take(64).collect()
}
