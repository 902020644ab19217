//! The names that a definition may give: types, fields, variables.

use crate::kind::catalogue::find;
use crate::kind::envelope::ENVELOPE;

/// The longest name of a type, a field or a variable.
const MAX_NAME: usize = 64;

/// Names that documents give a meaning of their own.
const TAKEN: [&str; 3] = ["fields", "custom", "attachments"];

/// Returns true if a name can be that of a vault's own type: letters, digits, dots, dashes and underscores, with a
/// dot or a dash among them.
#[must_use]
pub fn is_type_name(name: &str) -> bool {
    may_name_a_type(name) && name.contains(['.', '-'])
}

/// Returns true if a text can be the name of any type, a built-in one of a newer version included.
pub(super) fn may_name_a_type(name: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    (1..=MAX_NAME).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.ends_with(|c: char| c.is_ascii_alphanumeric())
        && name.bytes().all(letter)
}

/// Returns the reason why a name cannot be one of a vault's own type.
pub(super) fn type_name(name: &str) -> Option<&'static str> {
    if !is_type_name(name) {
        return Some(
            "must be 1 to 64 letters, digits, `.`, `-` and `_`, with a `.` or `-` inside, such as db.postgres",
        );
    }
    find(name).is_some().then_some("is a name of a built-in type")
}

/// Returns the reason why a name cannot be that of a field.
pub(super) fn field_name(name: &str) -> Option<&'static str> {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let is_name = (1..=MAX_NAME).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(letter);
    if !is_name {
        return Some("must be 1 to 64 letters, digits, `-` and `_`, a letter first");
    }
    let is_taken = TAKEN.contains(&name) || ENVELOPE.iter().any(|member| member.is_called(name));
    is_taken.then_some("is a member that every credential has")
}

/// Returns the reason why a name cannot be that of an environment variable.
pub(super) fn variable(name: &str) -> Option<&'static str> {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let is_name = (1..=MAX_NAME).contains(&name.len())
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.bytes().all(letter);
    (!is_name).then_some("must be 1 to 64 letters, digits and `_`, no digit first")
}
