//! The tree itself: a value, and the members of an object.

use indexmap::IndexMap;
use serde_json::Number;
use zeroize::Zeroizing;

use crate::secret::{Buffer, Secret};

/// One value of a credential or a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// JSON's `null`: treated as "not given" wherever a member may be left out.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number that is kept exactly.
    Number(Number),
    /// A text; sensitive until the catalogue says otherwise.
    Text(Secret),
    /// A list in its order.
    List(Vec<Value>),
    /// Members in their order.
    Object(Object),
}

/// The members of an object, unique by name, in the order they were given. An empty one takes one word, because
/// hostile documents have millions of them.
#[derive(Clone, Debug, Default)]
pub struct Object(Option<Box<IndexMap<String, Value>>>);

impl Value {
    /// Makes a text value from plain text.
    #[must_use]
    pub fn text(text: impl Into<Secret>) -> Self {
        Self::Text(text.into())
    }

    /// Makes a list of texts.
    pub fn texts<T: Into<Secret>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::List(texts.into_iter().map(Self::text).collect())
    }

    /// Returns the text, if the value is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&Secret> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the members, if the value is an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    /// Returns the items, if the value is a list.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Value]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// Returns the name that JSON has for this kind of value, for messages.
    #[must_use]
    pub fn shape(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
        }
    }

    /// Finds the value at a path of member names, `properties.query.method` split at its dots.
    #[must_use]
    pub fn at<'a>(&'a self, path: &[&str]) -> Option<&'a Value> {
        path.iter().try_fold(self, |value, name| value.as_object()?.get(name))
    }

    /// Finds the text at a path, for a text that is known to be no secret.
    #[must_use]
    pub fn text_at<'a>(&'a self, path: &[&str]) -> Option<&'a str> {
        Some(self.at(path)?.as_text()?.expose())
    }

    /// Returns the texts of a list on lines of their own, without a newline at the end.
    #[must_use]
    pub fn lines(&self) -> Zeroizing<Vec<u8>> {
        let mut out = Buffer::with_capacity(64);
        for (index, text) in self.as_list().unwrap_or_default().iter().filter_map(Self::as_text).enumerate() {
            out.push(if index == 0 { "" } else { "\n" });
            out.push(text.expose());
        }
        out.into_bytes()
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Number(number.into())
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        Self::Object(object)
    }
}

impl Object {
    /// Makes an object without members.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns true if there are no members.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the number of members.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |members| members.len())
    }

    fn members(&mut self) -> &mut IndexMap<String, Value> {
        self.0.get_or_insert_default()
    }

    /// Finds the member of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_ref()?.get(name)
    }

    /// Finds the member of this name, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        self.0.as_mut()?.get_mut(name)
    }

    /// Sets a member. Returns the one that it replaces, whose place it takes.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.members().insert(name.into(), value.into())
    }

    /// Takes a member out and keeps the order of the others.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        self.0.as_mut()?.shift_remove(name)
    }

    /// Takes out the members for whose names `keep` returns false, and keeps the order of the others.
    pub fn retain(&mut self, mut keep: impl FnMut(&str) -> bool) {
        if let Some(members) = &mut self.0 {
            members.retain(|name, _| keep(name));
        }
    }

    /// Returns the members in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().flat_map(|members| members.iter()).map(|(name, value)| (name.as_str(), value))
    }

    /// Sets the leaf at a path and makes the objects on the way to it.
    ///
    /// # Errors
    /// The name of the member on the way that is not an object.
    pub fn set_at(&mut self, path: &[&str], value: Value) -> Result<(), String> {
        let Some((name, rest)) = path.split_first() else { return Ok(()) };
        if rest.is_empty() {
            self.insert(*name, value);
            return Ok(());
        }
        let next = self.members().entry((*name).to_owned()).or_insert_with(|| Self::new().into());
        match next {
            Value::Object(object) => object.set_at(rest, value),
            _ => Err((*name).to_owned()),
        }
    }
}

impl IntoIterator for Object {
    type Item = (String, Value);
    type IntoIter = indexmap::map::IntoIter<String, Value>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.map(|members| *members).unwrap_or_default().into_iter()
    }
}

impl PartialEq for Object {
    /// Compares the members, whatever their order.
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(name, value)| other.get(name) == Some(value))
    }
}

impl<N: Into<String>, V: Into<Value>> FromIterator<(N, V)> for Object {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(members: I) -> Self {
        let mut object = Self::new();
        for (name, value) in members {
            object.insert(name, value);
        }
        object
    }
}
