//! The one gate: it makes a valid credential of members, or reports everything that is wrong with them.

use uuid::Uuid;

use super::envelope::MEMBERS;
use super::head::{Envelope, Head};
use super::judge::Gate;
use super::stamp::Stamp;
use super::touched::Touched;
use super::violation::Violations;
use super::whole::Credential;
use crate::kind::rule::account;
use crate::kind::{Class, DefaultValue, ENTRIES, Field, Kind, Shape, TypeOrigin, entry_name};
use crate::secret::Secret;
use crate::value::{Object, Value, json};

/// The rules that the gate needs and that no table holds.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// The policy for the password of a user.
    pub password: &'a account::PasswordPolicy,
}

/// Judges members and makes a credential of them. `violations` holds those that were found before. Notices are
/// about values that the change touches.
pub(super) fn admit(
    kind: &'static Kind,
    mut members: Object,
    stamp: Stamp,
    rules: Rules<'_>,
    touched: Touched<'_>,
    violations: Violations,
    notices: &mut Vec<String>,
) -> Result<Credential, Violations> {
    if kind.origin == TypeOrigin::Unknown {
        let reason = "has no definition in this vault, so nothing can change the credential";
        return Err(Violations::one("type", format!("{} {reason}", kind.name)));
    }
    let mut gate = Gate { kind, violations, notices, warnings: Vec::new() };
    gate.count(&members);
    gate.take_identity(&mut members);
    let mut valid = Object::new();
    for field in kind.members() {
        match members.remove(field.name) {
            Some(value) if is_absent(kind, field, &value) => gate.missing(field),
            Some(value) => {
                if let Some(value) = gate.judge(field.shape, field.name, value) {
                    valid.insert(field.name, value);
                }
            }
            None => gate.missing(field),
        }
    }
    // what the definition has no longer; nothing that is given gets here under a name that is unknown
    for (name, value) in members {
        if kind.origin != TypeOrigin::BuiltIn {
            valid.insert(name, value);
        }
    }
    gate.tell_warnings(&touched);
    gate.hash_password(&mut valid, rules);
    gate.finish(valid, stamp, &touched)
}

impl Credential {
    /// Judges the credential by today's rules, which may differ from those when it was made.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn judge(&self, rules: &Rules<'_>) -> Result<(), Violations> {
        let stamp = self.head.stamp.clone();
        let mut violations = Violations::default();
        for (name, _) in self.undefined() {
            violations.add(name, format!("is not a field of {} any more", self.head.kind.name));
        }
        admit(self.head.kind, self.members(), stamp, *rules, Touched::ALL, violations, &mut Vec::new())
            .map(drop)
    }
}

impl Gate<'_> {
    /// Refuses members with more values than a reader of the vault takes in one record.
    fn count(&mut self, members: &Object) {
        let counts: Vec<_> = members.iter().map(|(name, value)| (count(value), name)).collect();
        let (total, most) = (counts.iter().map(|(count, _)| count).sum::<usize>(), json::MAX_VALUES);
        if let Some((_, name)) = counts.iter().max().filter(|_| total >= most) {
            self.violations.add(*name, format!("must have fewer values: a credential has less than {most}"));
        }
    }

    /// Sets the id: it comes from the type's id field where there is one, and is made where it is not given.
    fn take_identity(&mut self, members: &mut Object) {
        if let Some(field) = self.kind.id_field {
            match (members.get("id"), members.get(field)) {
                (Some(id), Some(value)) if id != value => {
                    self.violations
                        .add("id", format!("is the {field} for {} and must equal it", self.kind.name));
                }
                (None, Some(value)) => drop(members.insert("id", value.clone())),
                (Some(id), None) => drop(members.insert(field, id.clone())),
                _ => {}
            }
        } else if members.get("id").is_none() {
            members.insert("id", Value::text(Uuid::new_v4().to_string()));
        }
        if members.get("name").is_none()
            // where the name says whose the credential is, no id can stand for it
            && !self.kind.identity_name
            && let Some(id) = members.get("id").cloned()
        {
            members.insert("name", id);
        }
    }

    fn missing(&mut self, field: &Field) {
        // what was given and is wrong is not missing, too
        let is_told = self.violations.iter().any(|violation| violation.name == field.name);
        if !self.kind.needs(field) || is_told {
            return;
        }
        if let Shape::Store(store) = field.shape {
            // what is missing is better named by its entries
            let required: Vec<_> =
                store.entries.iter().map(|entry| format!("{}.{}", field.name, entry.name)).collect();
            for path in &required {
                self.violations.add(path.as_str(), "is required");
            }
            if !required.is_empty() {
                return;
            }
        }
        self.violations.add(field.name, format!("is required: {}", field.expects()));
    }

    /// Replaces the clear text of a password by its hash, for a type that keeps the hash only.
    fn hash_password(&mut self, valid: &mut Object, rules: Rules<'_>) {
        let Some(hash) = self.kind.fields.iter().find(|field| field.class == Class::Computed) else { return };
        let Some((path, name)) = self.kind.password.and_then(|path| Some((path, entry_name(path)?))) else {
            return;
        };
        let clear = match valid.get_mut(ENTRIES) {
            // taken out before anything can fail: the clear text must never be stored
            Some(Value::Object(entries)) => entries.remove(name),
            _ => return,
        };
        let Some(Value::Text(encoded)) = clear else {
            if valid.get(hash.name).is_none() {
                self.violations.add(path, "is required: the password, in base64 in a document");
            }
            return;
        };
        let plain = crate::base64::decode(encoded.expose()).ok();
        let Some(password) = plain.and_then(|plain| Secret::from_utf8(plain.to_vec()).ok()) else {
            self.violations.add(path, "must be UTF-8 text, in base64");
            return;
        };
        for reason in rules.password.violations(&password) {
            self.violations.add(path, reason);
        }
        // a hash takes time and memory, too much for something that is refused anyway
        if self.violations.is_empty() {
            match account::hash(&password) {
                Ok(phc) => drop(valid.insert(hash.name, Value::Text(phc))),
                Err(_) => self.violations.add(path, "cannot be hashed"),
            }
        }
    }

    /// Takes the end of the credential from the date field of its type that sets it.
    fn take_end(&mut self, valid: &mut Object) {
        let Some(end) = self.kind.expires_from.and_then(|field| valid.get(field)).cloned() else { return };
        if valid.get("validUntil").is_some_and(|given| *given != end) {
            let field = self.kind.expires_from.unwrap_or_default();
            self.notices.push(format!("validUntil: follows the field {field}"));
        }
        valid.insert("validUntil", end);
    }

    fn finish(
        mut self,
        mut valid: Object,
        stamp: Stamp,
        touched: &Touched<'_>,
    ) -> Result<Credential, Violations> {
        let mut head = Head { id: String::new(), kind: self.kind, envelope: Envelope::default(), stamp };
        self.take_end(&mut valid);
        for member in MEMBERS.iter().filter(|member| member.can_be_set()) {
            if let Some(value) = valid.remove(member.name()) {
                member.put(&mut head, value);
            }
        }
        let envelope = &head.envelope;
        if envelope.connector_type.is_some() && !self.kind.requires.contains(&"connectorType") {
            self.violations.add("connectorType", "only a connector has one");
        }
        if let (Some(from), Some(until)) = (envelope.valid_from, envelope.valid_until)
            && from >= until
        {
            self.violations.add("validUntil", "must be later than validFrom");
        }
        for field in self.kind.fields {
            if let Some(default) = field.default.filter(|_| valid.get(field.name).is_none()) {
                valid.insert(field.name, default_value(field, default));
            }
        }
        let notice = self.kind.notice.filter(|notice| touched.has_any(notice.fields, &valid));
        self.notices.extend(notice.and_then(|notice| (notice.check)(&valid)).map(str::to_owned));
        self.violations.or(Credential { head, fields: valid, attachments: Vec::new() })
    }
}

/// Returns the value that a field has where none is given.
fn default_value(field: &Field, default: DefaultValue) -> Value {
    match default {
        DefaultValue::Flag(flag) => Value::Bool(flag),
        DefaultValue::List(items) => Value::texts(items.iter().copied()),
        DefaultValue::Text(text) => {
            let number = matches!(field.shape, Shape::Number(_)).then(|| json::parse(text.as_bytes()).ok());
            number.flatten().unwrap_or_else(|| Value::text(text))
        }
    }
}

/// Returns the number of values in a tree.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Object(object) => object.iter().map(|(_, value)| count(value)).sum(),
        Value::List(items) => items.iter().map(count).sum(),
        _ => 0,
    }
}

/// Returns true if a value counts as not given: it is an empty text or list, and the field may be left out or
/// must be there.
fn is_absent(kind: &Kind, field: &Field, value: &Value) -> bool {
    let counts = kind.class_of(field) == Class::Optional || kind.requires.contains(&field.name);
    let is_empty = match (field.shape, value) {
        (Shape::Time, _) => false,
        (_, Value::Text(text)) => text.is_empty(),
        (Shape::Several(_) | Shape::Custom, Value::List(items)) => items.is_empty(),
        _ => false,
    };
    counts && is_empty
}
