//! The reader of [`Value`] trees.

use std::cell::Cell;

use super::error::{JsonError, MAX_VALUES, Problem};
use super::long::{self, LONG};
use super::visit::{Bounded, Json};
use crate::value::number;
use crate::value::tree::Value;

/// Reads one JSON text.
///
/// # Errors
/// Anything that is not exactly one JSON value, with its place.
pub fn parse(text: &[u8]) -> Result<Value, JsonError> {
    let value = serde_json::from_slice::<Json>(text)?.0;
    numbers_are_kept(text)?;
    Ok(value)
}

/// Reads the JSON text of one record, which has at most [`MAX_VALUES`] values.
///
/// # Errors
/// As [`parse`], and more values.
pub fn parse_record(text: &[u8]) -> Result<Value, JsonError> {
    if text.len() < LONG {
        return Ok(serde_json::from_slice::<Bounded>(text)?.0);
    }
    Ok(long::value(serde_json::from_slice(text)?, &Cell::new(MAX_VALUES))?)
}

/// Reads JSON texts that follow one another, one a line or not.
///
/// # Errors
/// The first text that is not JSON, with its place.
pub fn parse_many(text: &[u8]) -> Result<Vec<Value>, JsonError> {
    let values = serde_json::Deserializer::from_slice(text).into_iter::<Json>();
    let values = values.map(|item| Ok(item?.0)).collect::<Result<_, JsonError>>()?;
    numbers_are_kept(text)?;
    Ok(values)
}

fn numbers_are_kept(text: &[u8]) -> Result<(), JsonError> {
    let Some(place) = number::first_rounded(text) else { return Ok(()) };
    let before = &text[..place.start];
    let last = before.split(|byte| *byte == b'\n').next_back().unwrap_or_default();
    let (line, column) = (before.split(|byte| *byte == b'\n').count(), last.len() + 1);
    Err(JsonError { line, column, problem: Problem::Number })
}
