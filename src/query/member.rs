//! The meaning of a name in a filter, and the check in the catalogue that a filter may read it.

use crate::credential::{Credential, FieldPath};
use crate::kind::{CUSTOM, Class, Field, Kind, KnownTypes, Secrecy, Shape};
use crate::value::Value;

use super::error::shown;
use super::meta::Meta;

/// The member with the labels.
const LABELS: &str = "labels";
/// The member with the tags.
const TAGS: &str = "tags";

/// The members that are lists of named values, of which a condition names one, as in `labels.env`.
pub const NAME_LISTS: [&str; 3] = [LABELS, TAGS, CUSTOM];

/// A member that a condition can be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Member {
    /// A member that every credential has.
    Meta(Meta),
    /// The values of the labels of this name.
    Label(String),
    /// The tag of this name.
    Tag(String),
    /// A public field of some types, by its path.
    Field(String),
    /// A fact that the fields of some types tell.
    Fact(String),
}

/// The meaning of a path for one type.
enum PathMeaning<'a> {
    Unknown,
    Secret,
    /// An object that holds values and is none itself.
    Object,
    Public(&'static Field, Vec<&'a str>),
    /// An own field, which only some credentials have, and some of those as a secret.
    Own(&'a str),
}

impl Member {
    /// Finds the member that a name stands for.
    ///
    /// # Errors
    /// Fails with the reason if the member cannot be searched.
    pub(super) fn find(name: &str, types: &KnownTypes) -> Result<Self, String> {
        if let Some(meta) = Meta::find(name) {
            return Ok(Self::Meta(meta));
        }
        // Astra's answers have the labels in their metadata
        let in_metadata = name.strip_prefix("metadata.").and_then(in_list);
        match in_metadata.filter(|(list, _)| *list == LABELS).or_else(|| in_list(name)) {
            Some((LABELS, label)) if !label.is_empty() => Ok(Self::Label(label.to_owned())),
            Some((TAGS, tag)) if !tag.is_empty() => Ok(Self::Tag(tag.to_owned())),
            _ if NAME_LISTS.contains(&name) => {
                Err(format!("{name} is not one value; name one of them, as in {name}.NAME"))
            }
            _ => Self::field(name, name.strip_prefix("fields.").unwrap_or(name), types),
        }
    }

    fn field(name: &str, path: &str, types: &KnownTypes) -> Result<Self, String> {
        let (mut secret, mut object) = (false, false);
        for kind in types.stored() {
            match access(kind, path) {
                PathMeaning::Public(..) | PathMeaning::Own(_) => return Ok(Self::Field(path.to_owned())),
                PathMeaning::Secret => secret = true,
                PathMeaning::Object => object = true,
                PathMeaning::Unknown => {}
            }
        }
        if types.stored().any(|kind| kind.fact_names().contains(&path)) {
            return Ok(Self::Fact(path.to_owned()));
        }
        let name = shown(name);
        Err(if secret {
            format!("{name} is secret and cannot be searched")
        } else if object {
            format!("{name} is not one value; name one of its members, as in {name}.NAME")
        } else {
            format!("{name} is not a name that can be searched")
        })
    }
}

/// Splits the name of one value of a list, such as `labels.env`. The name behind the dot may be empty.
#[must_use]
pub fn in_list(name: &str) -> Option<(&str, &str)> {
    name.split_once('.').filter(|(list, _)| NAME_LISTS.contains(list))
}

/// Returns the value of a field by its path, if it is set and public for the credential's type.
pub(super) fn public_value<'a>(credential: &'a Credential, path: &str) -> Option<&'a Value> {
    match access(credential.kind(), path) {
        PathMeaning::Public(field, leaf) => credential.fields().get(field.name)?.at(&leaf),
        PathMeaning::Own(name) => {
            credential.own_field(name).filter(|field| !field.is_secret).map(|field| field.value)
        }
        _ => None,
    }
}

fn access<'a>(kind: &'static Kind, path: &'a str) -> PathMeaning<'a> {
    let path = FieldPath::parse(kind, path);
    let Some((first, rest)) = path.steps().split_first() else { return PathMeaning::Unknown };
    match kind.field(first) {
        Some(field) => within(field, rest.to_vec()),
        // an entry of the key store by its own name
        None if rest.is_empty() => kind
            .fields
            .iter()
            .filter(|field| matches!(field.shape, Shape::Store(_)))
            .map(|field| within(field, vec![*first]))
            // an open store would claim every unknown name as one of its secret entries
            .find(|access| !matches!(access, PathMeaning::Secret) || is_entry(kind, first))
            .unwrap_or(PathMeaning::Unknown),
        None => PathMeaning::Unknown,
    }
}

fn is_entry(kind: &Kind, name: &str) -> bool {
    kind.store().is_some_and(|store| store.entries.iter().any(|entry| entry.is_called(name)))
}

fn within<'a>(field: &'static Field, leaf: Vec<&'a str>) -> PathMeaning<'a> {
    if matches!(field.class, Class::Ignored | Class::Empty) {
        return PathMeaning::Unknown;
    }
    match (field.shape, field.secrecy) {
        (Shape::Store(store), _) => match leaf.as_slice() {
            [] => PathMeaning::Object,
            [name] => match store.entries.iter().find(|entry| entry.is_called(name)) {
                Some(entry) if !entry.is_secret() => PathMeaning::Public(field, vec![entry.name]),
                // an entry that the catalogue does not know may be anything
                Some(_) => PathMeaning::Secret,
                None if store.open => PathMeaning::Secret,
                None => PathMeaning::Unknown,
            },
            _ => PathMeaning::Secret,
        },
        (Shape::Custom, _) | (_, Secrecy::PerItem) => match leaf.as_slice() {
            [] => PathMeaning::Object,
            [name] if !name.is_empty() => PathMeaning::Own(name),
            _ => PathMeaning::Unknown,
        },
        (_, Secrecy::Secret | Secrecy::Sealed) => PathMeaning::Secret,
        (_, Secrecy::SecretExcept(public)) => match leaf.last() {
            None => PathMeaning::Object,
            // the own name of a leaf decides, not the names on the way to it
            Some(name) if public.contains(name) => PathMeaning::Public(field, leaf),
            Some(_) => PathMeaning::Secret,
        },
        (Shape::Tree | Shape::Open(_) | Shape::Tags, Secrecy::Public) if leaf.is_empty() => {
            PathMeaning::Object
        }
        (Shape::Tree | Shape::Open(_) | Shape::Tags, Secrecy::Public) => PathMeaning::Public(field, leaf),
        (_, Secrecy::Public) if leaf.is_empty() => PathMeaning::Public(field, leaf),
        (_, Secrecy::Public) => PathMeaning::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use crate::kind::KnownTypes;

    fn find(name: &str) -> Result<super::Member, String> {
        super::Member::find(name, &KnownTypes::default())
    }

    #[test]
    fn public_fields_go_by_their_bare_names_and_aliases() {
        for name in [
            "username",
            "fields.username",
            "userName",
            "email",
            "accessKeyId",
            "awsKeyId",
            "domain",
            "tenantId",
            "roleNameList",
            "properties.user",
            "fields.properties.query.method",
            "keyStore.change",
            "change",
            "certificate",
            "value",
            "url",
            "custom.plan",
            "fields.custom.a b",
        ] {
            assert!(matches!(find(name), Ok(super::Member::Field(_))), "{name}");
        }
        assert!(matches!(find("valid"), Ok(super::Member::Meta(_))));
        assert_eq!(find("labels.a.b/c"), Ok(super::Member::Label("a.b/c".to_owned())));
    }

    #[test]
    fn secrets_cannot_be_searched() {
        for name in [
            "password",
            "fields.password",
            "pwd",
            "secretAccessKey",
            "clientSecret",
            "hash",
            "properties.password",
            "properties.user.password",
            "keyStore.cleartext",
            "keyStore.anything",
            "cleartext",
            "apikey",
            "base64",
            "serviceAccountKey",
            "notes",
            "totp",
        ] {
            assert_eq!(find(name), Err(format!("{name} is secret and cannot be searched")), "{name}");
        }
    }

    #[test]
    fn other_names_are_unknown() {
        for name in [
            "colour",
            "",
            "labels",
            "labels.",
            "tags",
            "fields",
            "fields.",
            "properties",
            "keyStore",
            "custom",
            "custom.",
            "username.x",
            "eq",
            "access",
            "instanceId",
        ] {
            let reason = find(name).unwrap_err();
            assert!(!reason.contains("secret"), "{name}: {reason}");
        }
    }
}
