//! Values of an edited text in the forms that the vault has: secrets in the place of masks, and scalars as they are
//! written.

use credctl::kind::Shape;
use credctl::secret::Secret;
use credctl::time;
use credctl::value::{Object, Value};

use super::shown::MemberLine;
use crate::cli::output::HIDDEN;

/// Returns a value with the stored one in the place of each mask.
pub(super) fn unmasked(
    value: Value,
    masked: Option<&Value>,
    stored: Option<&Value>,
) -> Result<Value, &'static str> {
    match (value, masked, stored) {
        (Value::Text(text), masked, stored) if text.expose() == HIDDEN => match (masked, stored) {
            (Some(Value::Text(mask)), Some(stored)) if mask.expose() == HIDDEN => Ok(stored.clone()),
            _ => Err("•••••• means the stored secret, and none is stored here: write the secret itself"),
        },
        (Value::Object(members), masked, stored) => {
            let inside = |of: Option<&Value>, name: &str| of.and_then(|of| of.at(&[name])).cloned();
            let members = members.into_iter().map(|(name, value)| {
                let (masked, stored) = (inside(masked, &name), inside(stored, &name));
                Ok((name, unmasked(value, masked.as_ref(), stored.as_ref())?))
            });
            Ok(members.collect::<Result<Vec<_>, &'static str>>()?.into_iter().collect::<Object>().into())
        }
        (Value::List(items), masked, stored) => {
            // where items come or go, nothing says which masks belong to which secrets
            let of = |list: Option<&Value>| list.and_then(Value::as_list).map(<[Value]>::to_vec);
            let (masked, stored) = (of(masked).unwrap_or_default(), of(stored).unwrap_or_default());
            let same = items.len() == stored.len();
            let items = items.into_iter().enumerate().map(|(at, item)| {
                let at = |list: &[Value]| list.get(at).filter(|_| same).cloned();
                unmasked(item, at(&masked).as_ref(), at(&stored).as_ref())
            });
            Ok(Value::List(items.collect::<Result<_, _>>()?))
        }
        (value, ..) => Ok(value),
    }
}

/// Returns a value whose numbers and flags are texts, as they are written.
pub(super) fn texts(value: Value, written: Option<&Value>) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.into_iter().map(|(name, value)| {
                let written = written.and_then(|written| written.at(&[&name]));
                let value = texts(value, written);
                (name, value)
            });
            members.collect::<Object>().into()
        }
        Value::List(items) => Value::List(items.into_iter().map(|item| texts(item, None)).collect()),
        Value::Bool(flag) => written.cloned().unwrap_or_else(|| Value::text(flag.to_string())),
        Value::Number(number) => written.cloned().unwrap_or_else(|| Value::text(number.to_string())),
        value => value,
    }
}

/// Returns own fields whose names and values are texts, as they are written.
pub(super) fn own_fields(value: Value, written: Option<&Value>) -> Value {
    let Value::List(items) = value else { return texts(value, written) };
    let written = written.and_then(Value::as_list).unwrap_or_default();
    let item = |(at, item): (usize, Value)| match item {
        Value::Object(members) => {
            let members = members.into_iter().map(|(name, value)| {
                let own = written.get(at).and_then(|item| item.at(&[&name]));
                let value = if name == "secret" { value } else { texts(value, own) };
                (name, value)
            });
            members.collect::<Object>().into()
        }
        item => item,
    };
    Value::List(items.into_iter().enumerate().map(item).collect())
}

/// Drops the newline that a block of YAML adds to a text of one line.
pub(super) fn without_newline(value: Value) -> Value {
    match value {
        Value::Text(text) => match text.expose().strip_suffix('\n') {
            Some(line) => Value::Text(Secret::from(line)),
            None => Value::Text(text),
        },
        value => value,
    }
}

/// Returns true if a value is the stored one, whatever form a time has.
pub(super) fn is_same(line: MemberLine, value: &Value, stored: Option<&Value>) -> bool {
    let time = |value: &Value| value.as_text().and_then(|text| time::parse(text.expose()).ok());
    match (line.field.shape, stored) {
        (_, Some(stored)) if value == stored => true,
        (Shape::Time, Some(stored)) => time(value).is_some() && time(value) == time(stored),
        _ => false,
    }
}
