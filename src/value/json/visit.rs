//! The maker of [`Value`] trees as serde knows it.

use std::cell::Cell;
use std::fmt;

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::error::{DUPLICATE, INEXACT, MAX_VALUES, TOO_MANY};
use crate::value::tree::{Object, Value};

/// A [`Value`] as a document reader produces it. Only readers of documents name this type.
pub struct Json(pub Value);

/// A tree of JSON with at most [`MAX_VALUES`] values.
pub struct Bounded(pub Value);

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        TreeVisitor { left: &Cell::new(usize::MAX) }.deserialize(deserializer).map(Json)
    }
}

impl<'de> Deserialize<'de> for Bounded {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        TreeVisitor { left: &Cell::new(MAX_VALUES) }.deserialize(deserializer).map(Bounded)
    }
}

/// A maker of the tree of a value and those in it, which fails when there are more values than may be.
#[derive(Clone, Copy)]
pub(super) struct TreeVisitor<'a> {
    pub(super) left: &'a Cell<usize>,
}

impl<'de> DeserializeSeed<'de> for TreeVisitor<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        count::<D::Error>(self.left)?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TreeVisitor<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Value, E> {
        // an integer past 2^53 reaches us rounded: what was written is lost already
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if number.fract() == 0.0 && number.abs() >= EXACT {
            return Err(E::custom(INEXACT));
        }
        serde_json::Number::from_f64(number).map(Value::Number).ok_or_else(|| E::custom(INEXACT))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::text(text))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Object::new();
        while let Some(name) = members.next_key::<String>()? {
            let value = members.next_value_seed(self)?;
            if object.insert(name, value).is_some() {
                return Err(de::Error::custom(DUPLICATE));
            }
        }
        Ok(Value::Object(object))
    }
}

/// Counts one value.
///
/// # Errors
/// Fails if there are too many.
pub(super) fn count<E: de::Error>(left: &Cell<usize>) -> Result<(), E> {
    left.set(left.get().checked_sub(1).ok_or_else(|| E::custom(TOO_MANY))?);
    Ok(())
}
