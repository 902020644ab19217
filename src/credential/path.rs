//! The path of a member or of a part of it: `username`, `labels.env`, `keyStore.apikey`,
//! `properties.query.method`, `custom.plan`.

use crate::kind::{ENVELOPE, Field, Kind, Shape};

/// A path, split at its dots. The name of an entry, a tag, a label or an own field is one step, even with dots
/// in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldPath<'a> {
    steps: Vec<&'a str>,
    list: NamedList,
}

/// The list of names in which the path ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NamedList {
    None,
    Labels,
    OwnFields,
}

impl<'a> FieldPath<'a> {
    /// Splits a path as a type means it. A path whose first step is no member of the type has a step for every
    /// dot.
    #[must_use]
    pub fn parse(kind: &Kind, path: &'a str) -> Self {
        let shape = |name: &str| member(kind, name).map(|field| field.shape);
        match path.split_once('.').map(|(first, rest)| (first, rest, shape(first))) {
            Some((first, rest, Some(Shape::Labels))) => {
                Self { steps: vec![first, rest], list: NamedList::Labels }
            }
            Some((first, rest, Some(Shape::Custom))) => {
                Self { steps: vec![first, rest], list: NamedList::OwnFields }
            }
            Some((first, rest, Some(Shape::Store(_) | Shape::Tags | Shape::Variables))) => {
                Self { steps: vec![first, rest], list: NamedList::None }
            }
            _ => Self { steps: path.split('.').collect(), list: NamedList::None },
        }
    }

    /// Returns the names of the members on the way to the value; there is at least one.
    #[must_use]
    pub fn steps(&self) -> &[&'a str] {
        &self.steps
    }

    /// Returns true if the path leads to a member or into it.
    #[must_use]
    pub fn is_in(&self, field: &Field) -> bool {
        self.steps.first().is_some_and(|first| field.is_called(first))
    }

    /// Returns the name of the label that the path leads to, if it leads to one.
    #[must_use]
    pub fn label(&self) -> Option<&'a str> {
        self.steps.last().copied().filter(|_| self.list == NamedList::Labels)
    }

    /// Returns the name of the own field that the path leads to, if it leads to one.
    #[must_use]
    pub fn own_field(&self) -> Option<&'a str> {
        self.steps.last().copied().filter(|_| self.list == NamedList::OwnFields)
    }
}

/// Finds the member of a type that goes by this name.
pub(super) fn member(kind: &Kind, name: &str) -> Option<&'static Field> {
    kind.field(name).or_else(|| ENVELOPE.iter().find(|field| field.is_called(name)))
}

/// Returns true if a path leads to the part of this name, or into it.
pub(super) fn is_at(name: &str, path: &str) -> bool {
    path.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

#[cfg(test)]
mod tests {
    use super::FieldPath;
    use crate::kind;

    #[test]
    fn names_of_entries_tags_labels_and_own_fields_are_one_step() {
        for (kind, path, steps) in [
            ("generic", "keyStore.db.user", &["keyStore", "db.user"][..]),
            ("login", "tags.a.b", &["tags", "a.b"]),
            ("env", "variables.a.b", &["variables", "a.b"]),
            ("login", "labels.a.b", &["labels", "a.b"]),
            ("generic", "custom.a. b", &["custom", "a. b"]),
            ("connector", "properties.query.method", &["properties", "query", "method"]),
            ("login", "username", &["username"]),
            ("login", "colour.of.it", &["colour", "of", "it"]),
        ] {
            let kind = kind::find(kind).unwrap().kind;
            let found = FieldPath::parse(kind, path);
            assert_eq!(found.steps(), steps, "{path}");
            assert_eq!(found.label().is_some(), path.starts_with("labels"), "{path}");
            assert_eq!(found.own_field().is_some(), path.starts_with("custom"), "{path}");
        }
    }
}
