//! A credential as the editor shows it: members by the names of assignments, secrets behind a mask, and entries
//! of key stores as plain text.

use std::borrow::Cow;
use std::collections::HashMap;

use credctl::base64;
use credctl::credential::{Credential, MEMBERS};
use credctl::kind::{Class, ENTRIES, ENVELOPE, Field, KeyStoreShape, Kind, Secrecy, Shape};
use credctl::secret::Secret;
use credctl::value::{Object, Value};

use crate::cli::output::HIDDEN;

/// A member that has a line of its own.
#[derive(Clone, Copy)]
pub(super) struct MemberLine {
    /// The field of the type or of the envelope, or the entry of a key store.
    pub field: &'static Field,
    /// True for an entry of a key store.
    pub is_entry: bool,
}

impl MemberLine {
    /// Returns the name in front of the colon.
    pub fn name(self) -> &'static str {
        name(self.field)
    }

    /// Returns the path that messages have for the member.
    pub fn path(self) -> Cow<'static, str> {
        if self.is_entry { format!("{ENTRIES}.{}", self.field.name).into() } else { self.field.name.into() }
    }

    /// Returns true if a credential of this type cannot do without the member.
    pub fn is_required(self, kind: &Kind) -> bool {
        match self.field.shape {
            Shape::Store(store) => store.entries.is_empty(),
            _ if self.is_entry => self.field.class == Class::Required,
            _ => kind.needs(self.field),
        }
    }
}

/// The members of a credential, as they are stored and as the editor shows them.
pub(super) struct ShownMembers {
    /// The values as the editor would show them without a mask.
    pub stored: Object,
    /// The values with the mask in the place of the secrets.
    pub masked: Object,
}

impl ShownMembers {
    /// Takes a credential apart. Secrets stay behind the mask unless `reveal` is set.
    pub fn of(credential: &Credential, reveal: bool) -> Self {
        let (mut stored, mut masked) = (Object::new(), Object::new());
        let mut put = |name: &str, value: Value, mask: &dyn Fn(&Value) -> Value| {
            masked.insert(name, mask(&value));
            stored.insert(name, value);
        };
        let plain = |value: &Value| value.clone();
        let kind = credential.kind();
        put("id", Value::text(credential.id()), &plain);
        put("type", Value::text(kind.name), &plain);
        for field in kind.every_field().filter(|field| is_editable(kind, field)) {
            let Some(value) = credential.fields().get(field.name) else { continue };
            if let (Shape::Store(store), Value::Object(entries)) = (field.shape, value) {
                let mut others = (Object::new(), Object::new());
                for (name, value) in entries.iter() {
                    let known = store.entries.iter().find(|entry| entry.name == name);
                    let (value, is_text) = decoded(value);
                    let shows = is_text && (reveal || known.is_some_and(|entry| !entry.is_secret()));
                    let mask = |value: &Value| if shows { value.clone() } else { hidden() };
                    if let Some(entry) = known {
                        put(self::name(entry), value, &mask);
                    } else {
                        others.1.insert(name, mask(&value));
                        others.0.insert(name, value);
                    }
                }
                if !others.0.is_empty() {
                    let mask = others.1;
                    put(field.name, others.0.into(), &|_| mask.clone().into());
                }
                continue;
            }
            // one by one, so that each keeps its name
            let inside = if matches!(field.shape, Shape::Variables) {
                Secrecy::SecretExcept(&[])
            } else {
                field.secrecy
            };
            let secrecy = if reveal { Secrecy::Public } else { inside };
            put(field.name, value.clone(), &|value| masked_by(secrecy, value));
        }
        let head = credential.head();
        for field in envelope(kind) {
            let member = MEMBERS.iter().find(|member| member.name() == field.name);
            // none of them depends on the clock
            let value = member.and_then(|member| member.value(head, head.stamp.updated_at));
            if let Some(value) = value {
                put(field.name, if field.name == "labels" { pairs(value) } else { value }, &plain);
            }
        }
        Self { stored, masked }
    }
}

/// Returns the name of a line: that of the field, unless that says only how the value is kept.
fn name(field: &'static Field) -> &'static str {
    field.aliases.iter().find(|alias| **alias == "kubeconfig").unwrap_or(&field.name)
}

/// Returns the lines that a type can have, in the order of the sheet, without id and type.
pub(super) fn lines(kind: &'static Kind) -> impl Iterator<Item = MemberLine> {
    let own = kind.every_field().filter(move |field| is_editable(kind, field)).flat_map(|field| {
        let entries = match field.shape {
            Shape::Store(store) => store.entries,
            _ => &[],
        };
        let whole = !matches!(field.shape, Shape::Store(KeyStoreShape { open: false, .. }));
        let field = whole.then_some(MemberLine { field, is_entry: false });
        entries.iter().map(|entry| MemberLine { field: entry, is_entry: true }).chain(field)
    });
    own.chain(envelope(kind).map(|field| MemberLine { field, is_entry: false }))
}

/// Finds the line of this name or alias.
pub(super) fn line(kind: &'static Kind, name: &str) -> Option<MemberLine> {
    lines(kind).find(|line| line.field.is_called(name))
}

/// Returns true if a line may stand for a member of a class. The others are computed, or have to be empty.
fn is_editable(kind: &Kind, field: &Field) -> bool {
    let class = kind.class_of(field);
    !matches!(class, Class::ReadOnly | Class::Computed | Class::Ignored | Class::Empty | Class::Identity)
        && kind.id_field != Some(field.name)
}

/// Returns the members of the envelope that can be changed.
fn envelope(kind: &'static Kind) -> impl Iterator<Item = &'static Field> {
    ENVELOPE.iter().filter(move |field| is_editable(kind, field))
}

/// Returns an entry of a key store as text, and true; or its base64, if it is no text.
fn decoded(value: &Value) -> (Value, bool) {
    let plain = value.as_text().and_then(|text| base64::decode(text.expose()).ok());
    let text = plain.and_then(|mut bytes| Secret::from_utf8(std::mem::take(&mut *bytes)).ok());
    text.map_or_else(|| (value.clone(), false), |text| (Value::Text(text), true))
}

/// Returns labels as names with a text each, unless a name has two values.
fn pairs(labels: Value) -> Value {
    let pair = |label: &Value| Some((label.text_at(&["name"])?.to_owned(), label.at(&["value"])?.clone()));
    let items = labels.as_list().unwrap_or_default();
    let pairs: Option<Object> = items.iter().map(pair).collect::<Option<Vec<_>>>().map(Object::from_iter);
    pairs.filter(|pairs| pairs.len() == items.len()).map_or(labels, Value::Object)
}

/// Returns a value of the operator with the mask in the place of every secret that is the stored one.
pub(super) fn masked_again(own: &Value, stored: Option<&Value>, masked: Option<&Value>) -> Value {
    match (own, stored, masked) {
        (own, Some(stored), Some(masked)) if own == stored => masked.clone(),
        (Value::Object(own), ..) => {
            let inside = |of: Option<&Value>, name: &str| of.and_then(|of| of.at(&[name])).cloned();
            let members = own.iter().map(|(name, value)| {
                let (stored, masked) = (inside(stored, name), inside(masked, name));
                (name, masked_again(value, stored.as_ref(), masked.as_ref()))
            });
            members.collect::<Object>().into()
        }
        (Value::List(items), Some(stored), Some(masked)) if items.iter().any(is_named) => {
            let (stored, masked) = (aligned(stored, own), aligned(masked, own));
            let pairs = stored.as_list().unwrap_or_default().iter().zip(masked.as_list().unwrap_or_default());
            let items = items.iter().zip(pairs);
            Value::List(
                items.map(|(own, (stored, masked))| masked_again(own, Some(stored), Some(masked))).collect(),
            )
        }
        (Value::List(own), Some(Value::List(stored)), Some(Value::List(masked)))
            if own.len() == stored.len() && own.len() == masked.len() =>
        {
            let items = own.iter().zip(stored.iter().zip(masked));
            Value::List(
                items.map(|(own, (stored, masked))| masked_again(own, Some(stored), Some(masked))).collect(),
            )
        }
        (own, ..) => own.clone(),
    }
}

fn is_named(item: &Value) -> bool {
    item.text_at(&["name"]).is_some()
}

/// Returns the items of a list of names in the order of another list. A name that is not there is null.
pub(super) fn aligned(list: &Value, order: &Value) -> Value {
    let items = list.as_list().unwrap_or_default().iter();
    let by_name: HashMap<&str, &Value> =
        items.filter_map(|item| Some((item.text_at(&["name"])?, item))).collect();
    let find = |wanted: &Value| by_name.get(wanted.text_at(&["name"])?).map(|item| Value::clone(item));
    Value::List(
        order.as_list().unwrap_or_default().iter().map(|one| find(one).unwrap_or(Value::Null)).collect(),
    )
}

/// Returns the length of all names and texts in bytes.
pub(super) fn length(members: &Object) -> usize {
    members.iter().map(|(name, value)| name.len() + length_of(value)).sum()
}

fn length_of(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.len(),
        Value::List(items) => items.iter().map(length_of).sum(),
        Value::Object(members) => length(members),
        _ => 0,
    }
}

fn masked_by(secrecy: Secrecy, value: &Value) -> Value {
    match secrecy {
        Secrecy::Public => value.clone(),
        Secrecy::SecretExcept(public) => masked_leaves(value, false, public),
        Secrecy::PerItem => masked_items(value),
        Secrecy::Secret | Secrecy::Sealed => hidden(),
    }
}

/// Masks the values of the own fields that are secret.
fn masked_items(value: &Value) -> Value {
    let masked = |item: &Value| match item {
        Value::Object(members) if item.at(&["secret"]) != Some(&Value::Bool(false)) => {
            let mut members = members.clone();
            members.insert("value", hidden());
            members.into()
        }
        item => item.clone(),
    };
    Value::List(value.as_list().unwrap_or_default().iter().map(masked).collect())
}

fn masked_leaves(value: &Value, is_public: bool, public: &[&str]) -> Value {
    match value {
        Value::Object(members) => {
            let masked = members
                .iter()
                .map(|(name, value)| (name, masked_leaves(value, public.contains(&name), public)));
            masked.collect::<Object>().into()
        }
        Value::List(items) => {
            Value::List(items.iter().map(|item| masked_leaves(item, is_public, public)).collect())
        }
        leaf if is_public => leaf.clone(),
        _ => hidden(),
    }
}

fn hidden() -> Value {
    Value::text(HIDDEN)
}
