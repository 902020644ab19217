//! The search for numbers of a JSON text that a double rounds. The JSON reader hands over doubles only, so
//! the text itself is looked at.

use std::ops::Range;

/// Finds the place of the first number with a fraction or an exponent that a double cannot keep. The text
/// must be valid JSON.
pub(super) fn first_rounded(text: &[u8]) -> Option<Range<usize>> {
    let mut at = 0;
    while at < text.len() {
        match text[at] {
            b'"' => at = end_of_string(text, at),
            b'-' | b'0'..=b'9' => {
                let is_part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-');
                let length = text[at..].iter().take_while(|byte| is_part(byte)).count();
                let place = at..at + length;
                if is_rounded(&text[place.clone()]) {
                    return Some(place);
                }
                at = place.end;
            }
            _ => at += 1,
        }
    }
    None
}

/// Finds the place behind a string that begins here.
fn end_of_string(text: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < text.len() {
        match text[at] {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    at
}

fn is_rounded(written: &[u8]) -> bool {
    let Ok(written) = std::str::from_utf8(written) else { return false };
    // integers are judged by the reader, and 15 digits always fit
    if written.len() <= 15 && !written.contains(['e', 'E']) || !written.contains(['.', 'e', 'E']) {
        return false;
    }
    // what would be written for it: a double may have several shortest texts
    let kept = written.parse().ok().and_then(serde_json::Number::from_f64);
    kept.is_some_and(|kept| Decimal::of(written) != Decimal::of(&kept.to_string()))
}

/// A decimal number without its sign: the digits without zeros at the ends, and the power of ten of the first.
#[derive(PartialEq)]
struct Decimal {
    digits: String,
    power: i64,
}

impl Decimal {
    fn of(written: &str) -> Option<Self> {
        let written = written.strip_prefix('-').unwrap_or(written);
        let (mantissa, exponent) = match written.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
            None => (written, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        let zeros = digits.len() - digits.trim_start_matches('0').len();
        let trimmed = digits.trim_matches('0');
        let power = if trimmed.is_empty() {
            0
        } else {
            exponent + i64::try_from(whole.len()).ok()? - i64::try_from(zeros).ok()?
        };
        Some(Self { digits: trimmed.to_owned(), power })
    }
}

#[cfg(test)]
mod tests {
    use super::first_rounded;

    #[test]
    fn only_what_a_double_rounds_is_found() {
        for kept in [
            "0.1",
            "-0.50",
            "1e3",
            "1E+20",
            "0.0",
            "-0.0e7",
            "1.7976931348623157e308",
            "12345678.12345678",
            "100000000000000000000e-20",
            "791395478213846.2",
            "0.30000000000000004",
            "123456789012345678",
            "\"0.12345678901234567890\"",
            r#""a\"0.12345678901234567890""#,
            "5e-324",
        ] {
            assert_eq!(first_rounded(kept.as_bytes()), None, "{kept}");
        }
        for rounded in
            ["0.12345678901234567890", "1.00000000000000001", "3e-324", "1e-400", "9007199254740993.0"]
        {
            let text = format!(r#"{{"a":"\\","b":[0.5,{rounded}]}}"#);
            let place = first_rounded(text.as_bytes()).unwrap();
            assert_eq!(&text[place], rounded);
        }
    }
}
