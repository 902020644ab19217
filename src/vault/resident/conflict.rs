//! Conflicts: the records that two branches of a vault changed in different ways, until somebody resolves them.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::document::{MemberReader, Resident, document};
use crate::credential::{Stamp, Violations};
use crate::kind::rule::text::{LINE, NAME, NONEMPTY};
use crate::time;
use crate::value::{Object, Value};
use crate::vault::wire::Section;

/// A conflict that a merge has left open.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenConflict {
    /// The sort of the record.
    pub record: ConflictedRecord,
    /// The id of the record as it is in the vault: of a reference, the id of the credential and the resource.
    pub id: String,
    /// The state of the two sides.
    pub kind: ConflictKind,
    /// The paths of the members that both sides set to different values; none if they are too many, or the record
    /// as a whole.
    pub fields: Vec<String>,
    /// The id of our credential, if both sides added one under that id.
    pub other: Option<String>,
    /// The last change on our side.
    pub ours: ConflictSide,
    /// The last change on their side.
    pub theirs: ConflictSide,
    /// The record of their side, if the vault has ours.
    pub(in crate::vault) their_record: Option<Object>,
    /// The instant of the merge.
    pub merged_at: DateTime<Utc>,
    /// The id of the operator who merged.
    pub merged_by: Uuid,
}

/// The sort of a record in conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConflictedRecord {
    /// A credential.
    Credential,
    /// A policy.
    Policy,
    /// A user.
    User,
    /// A reference to a credential.
    Reference,
    /// An environment.
    Environment,
    /// A type of the vault's own.
    Type,
}

/// The state of the two sides of a conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConflictKind {
    /// Both sides changed the record. The vault has ours.
    Changed,
    /// Only our side has the record. Their side deleted it, or nothing tells whether they ever had it.
    OursOnly,
    /// Only their side has the record, and so does the vault. Our side deleted it, or never had it.
    TheirsOnly,
    /// Both sides added a credential under one id. The vault has both; the record is theirs, under another id.
    BothAdded,
}

/// The last change of a record on one side, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConflictSide {
    /// The instant.
    pub at: Option<DateTime<Utc>>,
    /// The id of the operator.
    pub by: Option<Uuid>,
    /// The name of the operator.
    pub name: Option<String>,
}

impl ConflictedRecord {
    /// Every sort.
    pub const ALL: [Self; 6] =
        [Self::Credential, Self::Policy, Self::User, Self::Reference, Self::Environment, Self::Type];

    /// Returns the name of the sort in documents.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Credential => "credential",
            Self::Policy => "policy",
            Self::User => "user",
            Self::Reference => "reference",
            Self::Environment => "environment",
            Self::Type => "type",
        }
    }

    pub(in crate::vault) fn of(section: Section) -> Option<Self> {
        Some(match section {
            Section::Credentials => Self::Credential,
            Section::Policies => Self::Policy,
            Section::Users => Self::User,
            Section::References => Self::Reference,
            Section::Environments => Self::Environment,
            Section::Types => Self::Type,
            _ => return None,
        })
    }
}

impl ConflictKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Changed, Self::OursOnly, Self::TheirsOnly, Self::BothAdded];

    /// Returns the name of the kind in documents.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::OursOnly => "oursOnly",
            Self::TheirsOnly => "theirsOnly",
            Self::BothAdded => "bothAdded",
        }
    }
}

impl ConflictSide {
    /// Returns the last change of a credential.
    #[must_use]
    pub fn of(stamp: &Stamp) -> Self {
        Self { at: Some(stamp.updated_at), by: Some(stamp.modified_by), name: stamp.modified_by_name.clone() }
    }

    fn document(&self) -> Option<Value> {
        let members = document([
            ("at", self.at.map(|at| Value::text(time::format(at)))),
            ("by", self.by.map(|by| Value::text(by.to_string()))),
            ("byName", self.name.as_deref().map(Value::text)),
        ]);
        (!members.is_empty()).then(|| members.into())
    }
}

impl OpenConflict {
    /// Returns true if this is the conflict of a record of this id.
    #[must_use]
    pub fn is_of(&self, record: ConflictedRecord, id: &str) -> bool {
        self.record == record && self.id == id
    }

    /// Returns true if this is the conflict of a resident.
    #[must_use]
    pub fn is_about<R: Resident>(&self, resident: &R) -> bool {
        ConflictedRecord::of(R::SECTION) == Some(self.record) && self.id == conflict_id(resident)
    }

    /// Returns the name by which the conflict is resolved: the id of a credential, or `policy/fast`.
    #[must_use]
    pub fn name(&self) -> String {
        match self.record {
            ConflictedRecord::Credential => self.id.clone(),
            record => format!("{}/{}", record.name(), self.id),
        }
    }

    /// Returns true if another conflict is about the same values, whenever it arose.
    pub(in crate::vault) fn is_same_as(&self, other: &Self) -> bool {
        (self.record, &self.id, self.kind) == (other.record, &other.id, other.kind)
            && self.their_record == other.their_record
            && self.fields == other.fields
    }

    /// Returns the record of their side, if the vault has ours.
    #[must_use]
    pub fn their_record(&self) -> Option<&Object> {
        self.their_record.as_ref()
    }
}

/// Returns the id of a resident in conflicts: its key, and of a reference also the resource.
pub(in crate::vault) fn conflict_id<R: Resident>(resident: &R) -> String {
    let (first, second) = resident.key();
    format!("{first}{second}")
}

impl MemberReader {
    fn instant(&mut self, name: &str) -> Option<DateTime<Utc>> {
        let text = self.text(name, &LINE)?;
        let instant = time::parse(&text).ok();
        if instant.is_none() {
            self.wrong(name, "must be a time");
        }
        instant
    }

    fn uuid(&mut self, name: &str) -> Option<Uuid> {
        let text = self.text(name, &LINE)?;
        let id = text.parse().ok();
        if id.is_none() {
            self.wrong(name, "must be a UUID");
        }
        id
    }

    fn object(&mut self, name: &str) -> Option<Object> {
        match self.take(name)? {
            Value::Object(object) => Some(object),
            other => {
                self.wrong(name, format!("must be an object, not {}", other.shape()));
                None
            }
        }
    }

    fn side(&mut self, name: &str) -> ConflictSide {
        let Some(members) = self.object(name) else { return ConflictSide::default() };
        let mut reader = Self::new(members);
        let side = ConflictSide {
            at: reader.instant("at"),
            by: reader.uuid("by"),
            name: reader.text("byName", &NAME),
        };
        match reader.finish(side) {
            Ok(side) => side,
            Err(_) => {
                self.wrong(name, "must have a time, a UUID and a name");
                ConflictSide::default()
            }
        }
    }

    fn one_of<T>(
        &mut self,
        name: &str,
        all: impl IntoIterator<Item = T>,
        called: fn(&T) -> &'static str,
    ) -> Option<T> {
        let text = self.required(name, &LINE);
        let found = all.into_iter().find(|one| called(one) == text);
        if found.is_none() {
            self.wrong(name, "must be one of the names that the format has");
        }
        found
    }
}

impl Resident for OpenConflict {
    const SECTION: Section = Section::Conflicts;
    const NAME: &str = "conflict";

    fn key(&self) -> (&str, &str) {
        (&self.id, self.record.name())
    }

    fn document(&self) -> Object {
        let fields = (!self.fields.is_empty()).then(|| Value::texts(self.fields.iter().map(String::as_str)));
        document([
            ("id", Some(Value::text(self.id.as_str()))),
            ("record", Some(Value::text(self.record.name()))),
            ("kind", Some(Value::text(self.kind.name()))),
            ("fields", fields),
            ("other", self.other.as_deref().map(Value::text)),
            ("ours", self.ours.document()),
            ("theirs", self.theirs.document()),
            ("mergedAt", Some(Value::text(time::format(self.merged_at)))),
            ("mergedBy", Some(Value::text(self.merged_by.to_string()))),
            ("theirRecord", self.their_record.clone().map(Value::from)),
        ])
    }

    fn read(members: Object) -> Result<Self, Violations> {
        let mut reader = MemberReader::new(members);
        let id = reader.required("id", &LINE);
        let record = reader.one_of("record", ConflictedRecord::ALL, |one| one.name());
        let kind = reader.one_of("kind", ConflictKind::ALL, |one| one.name());
        let fields = reader.texts("fields", &NONEMPTY);
        let other = reader.text("other", &LINE);
        let (ours, theirs) = (reader.side("ours"), reader.side("theirs"));
        let (merged_at, merged_by) = (reader.instant("mergedAt"), reader.uuid("mergedBy"));
        let their_record = reader.object("theirRecord");
        if merged_at.is_none() || merged_by.is_none() {
            reader.wrong("mergedAt", "and mergedBy are required");
        }
        if (kind == Some(ConflictKind::Changed)) != their_record.is_some() {
            reader.wrong("theirRecord", "must be there after two changes, and only then");
        }
        // the stand-ins are never seen: `finish` fails, because something was noted
        reader.finish(Self {
            record: record.unwrap_or(ConflictedRecord::Credential),
            id,
            kind: kind.unwrap_or(ConflictKind::Changed),
            fields,
            other,
            ours,
            theirs,
            their_record,
            merged_at: merged_at.unwrap_or_default(),
            merged_by: merged_by.unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use uuid::Uuid;

    use super::{ConflictKind, ConflictSide, ConflictedRecord, OpenConflict};
    use crate::value::{Object, Value};
    use crate::vault::resident::Resident as _;

    fn conflict() -> OpenConflict {
        let side = ConflictSide {
            at: Some(DateTime::UNIX_EPOCH),
            by: Some(Uuid::nil()),
            name: Some("Büro".to_owned()),
        };
        OpenConflict {
            record: ConflictedRecord::Credential,
            id: "db".to_owned(),
            kind: ConflictKind::Changed,
            fields: vec!["password".to_owned(), "tags.url".to_owned()],
            other: None,
            ours: side.clone(),
            theirs: ConflictSide { name: None, ..side },
            their_record: Some(Object::from_iter([("id", Value::text("db"))])),
            merged_at: DateTime::UNIX_EPOCH,
            merged_by: Uuid::nil(),
        }
    }

    #[test]
    fn a_conflict_is_read_as_it_is_written() {
        let mut conflict = conflict();
        assert_eq!(OpenConflict::read(conflict.document()).unwrap(), conflict);
        conflict.kind = ConflictKind::OursOnly;
        conflict.their_record = None;
        conflict.ours = ConflictSide::default();
        assert_eq!(OpenConflict::read(conflict.document()).unwrap(), conflict);
    }

    #[test]
    fn a_conflict_of_another_form_is_refused() {
        let with = |name: &str, value: Value| {
            let mut document = conflict().document();
            document.insert(name, value);
            document
        };
        for refused in [
            with("record", Value::text("vault")),
            with("kind", Value::text("other")),
            with("kind", Value::text("oursOnly")),
            with("mergedAt", Value::text("yesterday")),
            with("mergedBy", Value::text("me")),
            with("ours", Value::text("me")),
            with("ours", Object::from_iter([("byName", Value::text("a\nb"))]).into()),
            with("id", Value::text("a\nb")),
            with("other", Value::Bool(true)),
            with("more", Value::Bool(true)),
        ] {
            assert!(OpenConflict::read(refused).is_err());
        }
    }
}
