//! YAML as it is written, before scalars without quotes mean anything.

use indexmap::IndexMap;
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::value::RawValue;

use super::error::YamlProblem;
use super::scalar::{is_number, plain};
use super::tag;
use crate::secret::{Buffer, Secret};
use crate::value::tree::{Object, Value};

/// One node of a document.
#[derive(Clone)]
pub(super) enum YamlNode {
    Null,
    /// A scalar that is no null and has no quotes.
    Plain(Secret),
    /// A scalar with quotes, or one that is a text by its tag.
    Text(Secret),
    List(Vec<YamlNode>),
    Mapping(IndexMap<String, YamlNode>),
}

impl YamlNode {
    /// Makes the node of a scalar with a tag of YAML's own.
    pub fn tagged(text: Secret, name: &str) -> Result<Self, YamlProblem> {
        match (name, plain(text.clone())) {
            ("str" | tag::NON_SPECIFIC, _) => Ok(Self::Text(text)),
            ("null", Value::Null) => Ok(Self::Null),
            ("bool", Value::Bool(_)) | ("int" | "float", Value::Number(_)) => Ok(Self::Plain(text)),
            ("int" | "float", Value::Text(_)) => Err(YamlProblem::Number),
            _ => Err(YamlProblem::Mismatch),
        }
    }

    /// Returns the bytes that a copy takes, about.
    pub fn size(&self) -> usize {
        const NODE: usize = 16;
        NODE + match self {
            Self::Null => 0,
            Self::Plain(text) | Self::Text(text) => text.len(),
            Self::List(items) => items.iter().map(Self::size).sum(),
            Self::Mapping(members) => members.iter().map(|(name, node)| name.len() + node.size()).sum(),
        }
    }

    /// Returns the value that YAML's core schema gives, where nothing of the text is lost.
    pub fn typed(self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Plain(text) => plain(text),
            Self::Text(text) => Value::Text(text),
            Self::List(items) => Value::List(items.into_iter().map(Self::typed).collect()),
            Self::Mapping(members) => {
                members.into_iter().map(|(name, node)| (name, node.typed())).collect::<Object>().into()
            }
        }
    }

    /// Returns the value with texts in the place of all scalars but null, and of lists, which become JSON.
    pub fn texts(self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Plain(text) | Self::Text(text) => Value::Text(text),
            Self::List(_) => {
                let mut out = Buffer::default();
                // memory takes everything, and each number is one
                let _ = serde_json::to_writer(&mut out, &self);
                out.into_secret().map_or(Value::Null, Value::Text)
            }
            Self::Mapping(members) => {
                members.into_iter().map(|(name, node)| (name, node.texts())).collect::<Object>().into()
            }
        }
    }
}

/// The form as JSON, with numbers to the digit.
impl Serialize for YamlNode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Plain(text) if is_number(text.expose()) => serde_json::from_str::<&RawValue>(text.expose())
                .map_err(S::Error::custom)?
                .serialize(serializer),
            Self::Plain(text) => match plain(text.clone()) {
                Value::Bool(flag) => serializer.serialize_bool(flag),
                _ => serializer.serialize_str(text.expose()),
            },
            Self::Text(text) => serializer.serialize_str(text.expose()),
            Self::List(items) => serializer.collect_seq(items),
            Self::Mapping(members) => serializer.collect_map(members),
        }
    }
}
