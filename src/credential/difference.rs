//! The differences between two versions of a credential, by field, without the text of any secret. A diff for
//! people and the note of a replacement both come from here.

use super::attachment::Attachment;
use super::own;
use super::whole::Credential;
use crate::base64;
use crate::kind::{CUSTOM, Class, Field, Kind, Shape};
use crate::secret::{Buffer, Secret, SecretBytes};
use crate::text::PublicText;
use crate::value::{Object, Value, json};

/// One difference between two versions: a field, or the smallest part of one that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The path: `username`, `labels.env`, `tags.url`, `keyStore.apikey`, `properties.query.method`.
    pub path: String,
    /// The part before the change, if it was set.
    pub before: Option<Part>,
    /// The part after the change, if it is set.
    pub after: Option<Part>,
}

/// A part of a credential, as far as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A secret, which has no text here.
    Secret,
    /// A public value as a text.
    Public(PublicText),
}

impl FieldChange {
    /// Returns true if the part is gone.
    #[must_use]
    pub fn is_removal(&self) -> bool {
        self.after.is_none()
    }
}

/// Returns the differences between two versions of a credential, in the order of the catalogue. Labels, tags,
/// own fields and the entries of a key store are compared by name. Facts of a value, such as the subject of a
/// certificate, follow at the end. Without an old version, everything that the new one has is an addition.
///
/// ```
/// use credctl::credential::{Part, differences};
/// # use chrono::DateTime;
/// # use credctl::credential::{Act, Change, ChangeError, Credential, Draft, Rules, change};
/// # use credctl::kind::{self, rule::account::PasswordPolicy};
/// # fn login(username: &str, password: &str) -> Result<Credential, ChangeError> {
/// #     let login = kind::find("login").ok_or(ChangeError::Nothing)?.kind;
/// #     let act = Act { now: DateTime::UNIX_EPOCH, actor: uuid::Uuid::nil(), actor_name: None, project: "admin".to_owned() };
/// #     let policy = PasswordPolicy::default();
/// #     let draft = Draft::from_texts(login, [("id", "db"), ("username", username), ("password", password)]);
/// #     Ok(change(&Change::Create(login), draft, &act, &Rules { password: &policy })?.credential)
/// # }
/// # fn main() -> Result<(), ChangeError> {
/// let (old, new) = (login("admin", "hunter2")?, login("root", "hunter3")?);
/// let changes = differences(Some(&old), &new);
/// assert_eq!(changes.len(), 2);
/// assert_eq!(changes[0].before, Some(Part::Public("admin".into())));
/// assert_eq!((&*changes[1].path, &changes[1].after), ("password", &Some(Part::Secret)));
/// # Ok(())
/// # }
/// ```
#[must_use]
pub fn differences(old: Option<&Credential>, new: &Credential) -> Vec<FieldChange> {
    let (before, after) = (old.map(VersionMembers::of).unwrap_or_default(), VersionMembers::of(new));
    let mut changes = Vec::new();
    let mut has_other_hash = false;
    for field in members(old.unwrap_or(new).kind(), new.kind()) {
        let (before, after) = (before.side(field.name), after.side(field.name));
        match new.kind().class_of(field) {
            // salt, rounds and hash are one thing for people: the password
            Class::Computed => has_other_hash |= before.all != after.all,
            // a new credential says who it is elsewhere, and is enabled unless it says so
            Class::Identity if old.is_none() => {}
            Class::Defaulted if old.is_none() && after.all == Some(&Value::Bool(true)) => {}
            _ => compare(field.name.to_owned(), Some(field), before, after, &mut changes),
        }
    }
    if let Some(path) = new.kind().password.filter(|_| has_other_hash) {
        let before = old.filter(|old| old.kind().keeps_hash_only()).map(|_| Part::Secret);
        changes.retain(|change: &FieldChange| change.path != path);
        changes.push(FieldChange { path: path.to_owned(), before, after: Some(Part::Secret) });
    }
    compare_attachments(
        old.map(Credential::attachments).unwrap_or_default(),
        new.attachments(),
        &mut changes,
    );
    for name in fact_names(&before.facts, &after.facts) {
        let side = |facts| MemberSide { all: Object::get(facts, name), public: Object::get(facts, name) };
        compare(name.to_owned(), None, side(&before.facts), side(&after.facts), &mut changes);
    }
    changes
}

/// Compares attachments by their names. Their contents are secret.
fn compare_attachments(old: &[Attachment], new: &[Attachment], changes: &mut Vec<FieldChange>) {
    let named = |all: &[Attachment], name: &str| all.iter().position(|attachment| attachment.name == name);
    let change = |name: &str, before: bool, after: bool| FieldChange {
        path: format!("attachments.{name}"),
        before: before.then_some(Part::Secret),
        after: after.then_some(Part::Secret),
    };
    for attachment in old {
        match named(new, &attachment.name).map(|at| &new[at]) {
            Some(same) if same.sha256 == attachment.sha256 => {}
            after => changes.push(change(&attachment.name, true, after.is_some())),
        }
    }
    let is_new = |attachment: &&Attachment| named(old, &attachment.name).is_none();
    changes.extend(new.iter().filter(is_new).map(|attachment| change(&attachment.name, false, true)));
}

/// Returns the paths of what the new version lacks. A password of which only the hash is kept is not gone, and
/// what a value told by itself is not a part of its own.
pub(super) fn removed(changes: &[FieldChange], old: &Credential, new: &Credential) -> Vec<String> {
    let is_member = |path: &str| {
        let root = path.split('.').next().unwrap_or(path);
        members(old.kind(), new.kind()).any(|field| field.name == root)
    };
    let gone = changes.iter().filter(|change| change.is_removal() && is_member(&change.path));
    let is_hashed = |path: &str| new.kind().keeps_hash_only() && new.kind().password == Some(path);
    gone.map(|change| change.path.clone()).filter(|path| !is_hashed(path)).collect()
}

/// Returns the members of both types, those of the old one first.
fn members(old: &'static Kind, new: &'static Kind) -> impl Iterator<Item = &'static Field> {
    let is_new = move |field: &&Field| old.members().all(|known| known.name != field.name);
    old.members().chain(new.members().filter(is_new))
}

fn fact_names<'a>(before: &'a Object, after: &'a Object) -> impl Iterator<Item = &'a str> {
    let is_new = |name: &&str| before.get(name).is_none();
    before.iter().map(|(name, _)| name).chain(after.iter().map(|(name, _)| name).filter(is_new))
}

/// The members of a version, and what may be shown of them.
#[derive(Default)]
struct VersionMembers {
    all: Object,
    public: Object,
    facts: Object,
}

impl VersionMembers {
    fn of(credential: &Credential) -> Self {
        let (mut all, mut public) = (credential.members(), credential.head().members());
        for (name, value) in credential.stored_fields(false) {
            public.insert(name, value);
        }
        for name in ["id", "type"] {
            if let Some(value) = all.get(name) {
                public.insert(name, value.clone());
            }
        }
        for members in [&mut all, &mut public] {
            // a name that is the id means that there is none
            if members
                .get("name")
                .and_then(Value::as_text)
                .is_some_and(|name| name.expose() == credential.id())
            {
                members.remove("name");
            }
            by_name(members);
        }
        // the names of variables are compared one by one
        let is_news = !credential.facts_repeat_field();
        let facts = credential.facts().into_iter().filter(|fact| is_news && all.get(fact.name).is_none());
        let facts = facts.map(|fact| (fact.name, Value::text(fact.text))).collect();
        Self { all, public, facts }
    }

    fn side(&self, name: &str) -> MemberSide<'_> {
        MemberSide { all: self.all.get(name), public: self.public.get(name) }
    }
}

/// Turns the lists of labels and of own fields into objects, so that they are compared by their names.
fn by_name(members: &mut Object) {
    if let Some(custom) = members.remove(CUSTOM) {
        members.insert(CUSTOM, own::by_name(&custom));
    }
    let Some(labels) = members.remove("labels") else { return };
    let pair = |label: &Value| Some((label.text_at(&["name"])?.to_owned(), label.at(&["value"])?.clone()));
    let labels: Object = labels.as_list().unwrap_or_default().iter().filter_map(pair).collect();
    members.insert("labels", labels);
}

/// A value of one version, and what may be shown of it.
#[derive(Clone, Copy)]
struct MemberSide<'a> {
    all: Option<&'a Value>,
    public: Option<&'a Value>,
}

impl<'a> MemberSide<'a> {
    /// Returns the value, unless it is a list of nothing.
    fn set(self) -> Option<&'a Value> {
        self.all.filter(|value| !value.as_list().is_some_and(<[Value]>::is_empty))
    }

    fn child(self, name: &str) -> Self {
        let of = |value: Option<&'a Value>| value?.as_object()?.get(name);
        Self { all: of(self.all), public: of(self.public) }
    }

    /// Returns true if all of the value may be shown. A list of which some items are secret is not shown at all.
    fn is_public(self) -> bool {
        self.set().is_some_and(|value| self.public == Some(value))
    }

    fn part(self, is_entry: bool) -> Option<Part> {
        let value = self.set()?;
        Some(if self.is_public() { Part::Public(text(value, is_entry)) } else { Part::Secret })
    }
}

fn compare(
    path: String,
    field: Option<&Field>,
    before: MemberSide<'_>,
    after: MemberSide<'_>,
    changes: &mut Vec<FieldChange>,
) {
    let (old, new) = (before.set(), after.set());
    let has_names = field.is_some_and(|field| {
        matches!(
            field.shape,
            Shape::Labels | Shape::Tags | Shape::Store(_) | Shape::Variables | Shape::Custom
        )
    });
    // an own field may be the same text, and no secret any more
    let is_own = field.is_some_and(|field| matches!(field.shape, Shape::Custom));
    let nothing = Object::new();
    let parts = match (old, new) {
        (Some(Value::Object(old)), Some(Value::Object(new))) => Some((old, new)),
        (None, Some(Value::Object(new))) if !new.is_empty() => Some((&nothing, new)),
        // named one by one even if all of them are gone
        (Some(Value::Object(old)), None) if has_names => Some((old, &nothing)),
        _ => None,
    };
    if let Some((old, new)) = parts {
        let names = old.iter().chain(new.iter().filter(|(name, _)| old.get(name).is_none()));
        for (name, _) in names {
            compare(format!("{path}.{name}"), field, before.child(name), after.child(name), changes);
        }
    } else if old != new || is_own && before.is_public() != after.is_public() {
        let is_entry = field.is_some_and(|field| matches!(field.shape, Shape::Store(_)));
        changes.push(FieldChange { path, before: before.part(is_entry), after: after.part(is_entry) });
    }
}

/// Returns a public value as a text; an entry of a key store as somebody typed it.
fn text(value: &Value, is_entry: bool) -> PublicText {
    match value {
        Value::Text(text) if is_entry => {
            let decoded = base64::decode(text.expose()).ok().map(SecretBytes::Made);
            decoded.and_then(SecretBytes::into_secret).unwrap_or_else(|| text.clone()).into()
        }
        // a long one is most of the version that it is in
        Value::Text(text) => text.clone().into(),
        Value::List(items) => {
            let items: Vec<PublicText> = items.iter().map(|item| self::text(item, false)).collect();
            items.iter().map(|item| &**item).collect::<Vec<&str>>().join(", ").into()
        }
        other => {
            let mut out = Buffer::default();
            // memory takes everything
            let _ = json::write(other, &mut out);
            out.into_secret().unwrap_or_else(|| Secret::from("")).into()
        }
    }
}
