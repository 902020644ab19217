//! The rule for points in time.

use std::borrow::Cow;

use super::definition::{Accepted, Rule};
use crate::time::{format, parse};

/// A date or an RFC 3339 time, stored as [`format()`] writes it.
pub const TIMESTAMP: Rule =
    Rule::new("timestamp", "a date (2027-01-31) or an RFC 3339 time (2027-01-31T12:00:00Z)", &timestamp);

fn timestamp(text: &str) -> Result<Accepted, Cow<'static, str>> {
    let form = format(parse(text).map_err(|error| error.to_string())?);
    Ok(if form == text { Accepted::verbatim() } else { Accepted::normalised(form) })
}

#[cfg(test)]
mod tests {
    use super::super::assertions::{judges, stores};
    use super::TIMESTAMP;

    #[test]
    fn times_are_stored_in_one_form() {
        judges(
            &TIMESTAMP,
            &["2027-01-31T12:00:00.000000Z", "2027-01-31T12:00:00.123456Z", "2027-01-31T12:00:00.999999999Z"],
            &["", "yesterday", "2021-02-29", "2021-01-01T00:00:00", "2021-01-01 00:00:00Z"],
        );
        stores(&TIMESTAMP, "2027-01-31", "2027-01-31T00:00:00.000000Z");
        stores(&TIMESTAMP, "2027-01-31T00:30:00+02:00", "2027-01-30T22:30:00.000000Z");
    }
}
