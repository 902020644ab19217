//! Environment variables: the names that a shell can set, and the values that a program can get.

use std::borrow::Cow;

use super::definition::{Accepted, Rule};

/// The value of a variable: any text that a system can pass on.
pub const VALUE: Rule = Rule::new("variable", "a text without NUL characters", &value);

/// Returns true if a name can be that of an environment variable that a shell has set.
#[must_use]
pub fn is_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn value(text: &str) -> Result<Accepted, Cow<'static, str>> {
    // a NUL ends a variable for the system
    if text.contains('\0') {
        return Err("must not contain NUL characters, which no variable can have".into());
    }
    Ok(Accepted::verbatim())
}

#[cfg(test)]
mod tests {
    use super::super::assertions::judges;
    use super::{VALUE, is_name};

    #[test]
    fn names_are_those_of_shells() {
        for name in ["A", "_", "db_url", "A1"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "1A", "A-B", "a.b", "GRÖSSE", "A B", "A=", "A\n"] {
            assert!(!is_name(name), "{name:?}");
        }
    }

    #[test]
    fn values_are_texts_that_a_system_can_pass_on() {
        judges(&VALUE, &["", " a\nb\t", "Grüße", "\u{1b}"], &["\0", "a value with a \0 inside"]);
    }
}
