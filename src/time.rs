//! Points in time: one way to read them, one way to write them.
//!
//! Must not read the clock.

use chrono::{DateTime, Datelike as _, NaiveDate, SecondsFormat, TimeDelta, Utc};

/// Reasons why a text is no point in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TimeError {
    /// A text of another form.
    #[error("must be a date (2027-01-31) or an RFC 3339 time (2027-01-31T12:00:00Z)")]
    Form,
    /// A date or a time of day that no calendar has.
    #[error("must be a date and a time of day that exist")]
    Missing,
}

/// Reads `YYYY-MM-DD`, which is midnight UTC, or an RFC 3339 time: capital `T` and `Z`, or an
/// offset such as `+02:00`; up to nine fraction digits after a point or a comma.
///
/// # Errors
/// A text of another form; or a date or time of day that does not exist, a leap second among them, or one
/// outside the years 0000 to 9999 in UTC.
pub fn parse(text: &str) -> Result<DateTime<Utc>, TimeError> {
    Fields::read(text).ok_or(TimeError::Form)?.instant().ok_or(TimeError::Missing)
}

/// Writes RFC 3339 in UTC with `Z` and six fraction digits, or nine where six do not hold the instant.
#[must_use]
pub fn format(instant: DateTime<Utc>) -> String {
    let exact = instant.timestamp_subsec_nanos().is_multiple_of(1000);
    instant.to_rfc3339_opts(if exact { SecondsFormat::Micros } else { SecondsFormat::Nanos }, true)
}

/// Writes RFC 3339 in UTC with `Z` and always six fraction digits, as Citrix and Astra do; the rest is cut
/// off.
#[must_use]
pub fn format_micros(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// The numbers of a time as they were written.
#[derive(Default)]
struct Fields {
    year: i32,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
    second: u32,
    nanosecond: u32,
    /// Minutes east of UTC.
    offset: i64,
}

impl Fields {
    fn read(text: &str) -> Option<Self> {
        let mut rest = Rest(text.as_bytes());
        let mut fields = Self { year: rest.digits(4)?.cast_signed(), ..Self::default() };
        fields.month = rest.after(b'-')?.digits(2)?;
        fields.day = rest.after(b'-')?.digits(2)?;
        if rest.0.is_empty() {
            return Some(fields);
        }
        fields.hour = rest.after(b'T')?.digits(2)?;
        fields.minute = rest.after(b':')?.digits(2)?;
        fields.second = rest.after(b':')?.digits(2)?;
        fields.nanosecond = rest.fraction()?;
        fields.offset = rest.offset()?;
        rest.0.is_empty().then_some(fields)
    }

    fn instant(&self) -> Option<DateTime<Utc>> {
        NaiveDate::from_ymd_opt(self.year, self.month, self.day)?
            .and_hms_nano_opt(self.hour, self.minute, self.second, self.nanosecond)?
            .and_utc()
            .checked_sub_signed(TimeDelta::try_minutes(self.offset)?)
            // an offset may carry the first and the last day out of what four digits can write
            .filter(|instant| (0..=9999).contains(&instant.year()))
    }
}

/// The bytes that are left to read.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn digits(&mut self, count: usize) -> Option<u32> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        digits
            .iter()
            .try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0')))
    }

    fn after(&mut self, byte: u8) -> Option<&mut Self> {
        self.0 = self.0.strip_prefix(&[byte])?;
        Some(self)
    }

    /// Reads the nanoseconds of a fraction; 0 if there is no fraction.
    fn fraction(&mut self) -> Option<u32> {
        let Some((b'.' | b',', digits)) = self.0.split_first() else { return Some(0) };
        let count = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.0 = digits;
        let scale = 10_u32.pow(9_usize.checked_sub(count)?.try_into().ok()?);
        (count > 0).then(|| self.digits(count))?.map(|number| number * scale)
    }

    /// Reads the offset in minutes east of UTC.
    fn offset(&mut self) -> Option<i64> {
        let (sign, rest) = self.0.split_first()?;
        self.0 = rest;
        let sign = match sign {
            b'Z' => return Some(0),
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        let hours = self.digits(2).filter(|hours| *hours < 24)?;
        let minutes = self.after(b':')?.digits(2).filter(|minutes| *minutes < 60)?;
        Some(sign * i64::from(hours * 60 + minutes))
    }
}

#[cfg(test)]
mod tests {
    use super::{TimeError, format, parse};

    #[test]
    fn every_form_is_read_as_an_instant() {
        for (text, instant) in [
            ("2027-01-31", "2027-01-31T00:00:00.000000Z"),
            ("2024-02-29T23:59:59Z", "2024-02-29T23:59:59.000000Z"),
            ("2999-08-14T00:00:00.000Z", "2999-08-14T00:00:00.000000Z"),
            ("2027-01-31T12:00:00,5Z", "2027-01-31T12:00:00.500000Z"),
            ("2027-01-31T12:00:00.1234567Z", "2027-01-31T12:00:00.123456700Z"),
            ("2027-01-31T12:00:00.999999999Z", "2027-01-31T12:00:00.999999999Z"),
            ("2027-01-31T00:30:00+02:00", "2027-01-30T22:30:00.000000Z"),
            ("2027-12-31T23:30:00-00:45", "2028-01-01T00:15:00.000000Z"),
            ("0000-01-01", "0000-01-01T00:00:00.000000Z"),
            ("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z"),
        ] {
            assert_eq!(parse(text).map(format).as_deref(), Ok(instant), "{text}");
            assert_eq!(parse(instant).map(format).as_deref(), Ok(instant), "{text}");
        }
    }

    #[test]
    fn instants_keep_nanoseconds() {
        let [early, late] = ["2027-01-31T12:00:00.000000001Z", "2027-01-31T12:00:00,000000002Z"].map(parse);
        assert!(early.unwrap() < late.unwrap());
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "yesterday",
            "21-01-01",
            "2021-1-1",
            "2021-01-01 ",
            "2021-01-01T00:00:00",
            "2021-01-01T00:00Z",
            "2021-01-01t00:00:00Z",
            "2021-01-01T00:00:00z",
            "2021-01-01 00:00:00Z",
            "2021-01-01T00:00:00.Z",
            "2021-01-01T00:00:00.1234567890Z",
            "2021-01-01T00:00:00+2400",
            "2021-01-01T00:00:00+24:00",
            "2021-01-01T00:00:00+02:60",
            "2021-01-01T00:00:00ZZ",
            "+2021-01-01",
            "-021-01-01",
            "２０２１-01-01",
        ] {
            assert_eq!(parse(text), Err(TimeError::Form), "{text}");
        }
        for text in [
            "2021-02-30T00:00:00Z",
            "2021-02-29",
            "2021-13-01",
            "2021-00-10",
            "2021-01-01T24:00:00Z",
            "2021-01-01T23:60:00Z",
            "2016-12-31T23:59:60Z",
            "0000-01-01T00:00:00+00:01",
            "9999-12-31T23:59:59-00:01",
        ] {
            assert_eq!(parse(text), Err(TimeError::Missing), "{text}");
        }
    }
}
