//! The merge of the members of one record: three values in, one value out, and the paths where both sides have set
//! different ones.

use crate::value::{Object, Value};

/// The value of the common ancestor.
#[derive(Debug, Clone, Copy)]
pub(super) enum BaseValue<'a> {
    /// No ancestor is known, so nothing tells which side has changed.
    Unknown,
    /// The value of the ancestor, if it had one.
    Known(Option<&'a Value>),
}

/// The merge of members.
#[derive(Debug, Default)]
pub(super) struct FieldMerge {
    /// The paths at which both sides differ and neither has the value of the ancestor.
    pub clashes: Vec<String>,
    /// The paths at which their value is taken.
    pub takes: TakenPaths,
}

/// The paths at which somebody has decided for the value of their side.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub enum TakenPaths {
    /// None of them.
    #[default]
    Nothing,
    /// These, with everything below them.
    Paths(Vec<String>),
    /// All of them.
    Everything,
}

impl TakenPaths {
    /// Returns true if a path, or one that it leads to, is taken.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        let leads_to = |from: &str, to: &str| {
            to.strip_prefix(from).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        match self {
            Self::Nothing => false,
            Self::Everything => true,
            Self::Paths(paths) => paths.iter().any(|taken| leads_to(taken, path) || leads_to(path, taken)),
        }
    }
}

impl BaseValue<'_> {
    fn child(self, name: &str) -> Self {
        match self {
            Self::Unknown => Self::Unknown,
            Self::Known(value) => Self::Known(value.and_then(Value::as_object).and_then(|all| all.get(name))),
        }
    }

    /// Returns true if objects can be merged member by member.
    fn has_members(self) -> bool {
        matches!(self, Self::Unknown | Self::Known(None | Some(Value::Object(_))))
    }
}

impl FieldMerge {
    /// Begins a merge that takes their values at some paths.
    pub(super) fn taking(takes: TakenPaths) -> Self {
        Self { clashes: Vec::new(), takes }
    }

    /// Returns the value of one side where both differ, and notes the path if nobody has decided.
    pub(super) fn clash<T>(&mut self, path: String, ours: Option<T>, theirs: Option<T>) -> Option<T> {
        if self.takes.has(&path) {
            return theirs;
        }
        self.clashes.push(path);
        ours
    }

    /// Merges the members of two objects. Where both sides have set different values, ours stay.
    pub(super) fn members(
        &mut self,
        path: &str,
        base: BaseValue<'_>,
        ours: &Object,
        theirs: &Object,
    ) -> Object {
        let is_new = |name: &str| ours.get(name).is_none();
        let names = ours.iter().chain(theirs.iter().filter(|(name, _)| is_new(name))).map(|(name, _)| name);
        let mut merged = Object::new();
        for name in names {
            let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
            let value = self.value(path, base.child(name), ours.get(name), theirs.get(name));
            if let Some(value) = value {
                merged.insert(name, value);
            }
        }
        merged
    }

    fn value(
        &mut self,
        path: String,
        base: BaseValue<'_>,
        ours: Option<&Value>,
        theirs: Option<&Value>,
    ) -> Option<Value> {
        if ours == theirs {
            return ours.cloned();
        }
        if let BaseValue::Known(base) = base {
            if ours == base {
                return theirs.cloned();
            }
            if theirs == base {
                return ours.cloned();
            }
        }
        match (ours, theirs) {
            (Some(Value::Object(ours)), Some(Value::Object(theirs))) if base.has_members() => {
                Some(self.members(&path, base, ours, theirs).into())
            }
            _ => self.clash(path, ours.cloned(), theirs.cloned()),
        }
    }
}

/// Returns a list of named items as an object, so that each item is merged by itself. `None` if two have one name.
pub(super) fn by_name(list: &Value) -> Option<Object> {
    let mut named = Object::new();
    for item in list.as_list()? {
        let name = item.text_at(&["name"])?;
        if named.insert(name, item.clone()).is_some() {
            return None;
        }
    }
    Some(named)
}

/// Returns the items of [`by_name`] as a list.
pub(super) fn as_list(named: Object) -> Value {
    Value::List(named.into_iter().map(|(_, item)| item).collect())
}

#[cfg(test)]
mod tests {
    use super::{BaseValue, FieldMerge};
    use crate::value::json::parse;
    use crate::value::{Object, Value};

    fn object(text: &str) -> Object {
        let Ok(Value::Object(object)) = parse(text.as_bytes()) else { panic!("{text}") };
        object
    }

    /// Merges both ways round, which must agree but for the label of the sides.
    fn merged(base: Option<&str>, ours: &str, theirs: &str) -> (Object, Vec<String>) {
        let base = base.map(|text| Value::from(object(text)));
        let known = || base.as_ref().map_or(BaseValue::Unknown, |base| BaseValue::Known(Some(base)));
        let (mut one, mut other) = (FieldMerge::default(), FieldMerge::default());
        let result = one.members("", known(), &object(ours), &object(theirs));
        let turned = other.members("", known(), &object(theirs), &object(ours));
        if one.clashes.is_empty() {
            assert_eq!(result, turned);
        }
        one.clashes.sort();
        other.clashes.sort();
        assert_eq!(one.clashes, other.clashes);
        (result, one.clashes)
    }

    #[test]
    fn each_side_brings_what_it_changed() {
        let base = Some(r#"{"a":"1","b":"1","c":"1","d":{"x":"1","y":"1"}}"#);
        let (result, clashes) = merged(
            base,
            r#"{"a":"2","b":"1","c":"1","d":{"x":"2","y":"1"}}"#,
            r#"{"a":"1","b":"2","d":{"x":"1","y":"2"},"e":"1"}"#,
        );
        assert_eq!(result, object(r#"{"a":"2","b":"2","d":{"x":"2","y":"2"},"e":"1"}"#));
        assert!(clashes.is_empty());
    }

    #[test]
    fn two_changes_of_one_value_clash_and_ours_stays() {
        let base = Some(r#"{"a":"1","b":{"x":"1"}}"#);
        let (result, clashes) = merged(base, r#"{"a":"2","b":{"x":"2"}}"#, r#"{"a":"3","b":{}}"#);
        assert_eq!(result, object(r#"{"a":"2","b":{"x":"2"}}"#));
        assert_eq!(clashes, ["a", "b.x"]);
        // the same change on both sides is one
        assert_eq!(merged(base, r#"{"a":"2"}"#, r#"{"a":"2"}"#), (object(r#"{"a":"2"}"#), Vec::new()));
    }

    #[test]
    fn without_an_ancestor_every_difference_clashes() {
        let (result, clashes) = merged(None, r#"{"a":"1","b":"1"}"#, r#"{"a":"1","b":"2","c":"1"}"#);
        assert_eq!(result, object(r#"{"a":"1","b":"1"}"#));
        assert_eq!(clashes, ["b", "c"]);
    }
}
