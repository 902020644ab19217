//! Rules for texts that encode something: base64 and UUIDs.

use std::borrow::Cow;

use uuid::{Uuid, Variant};
use zeroize::Zeroizing;

use super::definition::{Accepted, Rule};
use crate::secret::Secret;
use crate::{base64, text};

/// Base64 in the standard alphabet, padded, without blanks or line breaks; the empty text too.
pub const BASE64: Rule = Rule::new("base64", "base64", &|text| decode(text).map(|_| Accepted::verbatim()));

/// Base64 of at least one byte.
pub const BASE64_NONEMPTY: Rule =
    Rule::new("base64-nonempty", "base64 of a value that is not empty", &nonempty);

/// Base64 of `true` or `false`.
pub const BOOLEAN_BASE64: Rule = Rule::new("boolean-base64", "base64 of true or false", &boolean);

/// A UUID of any version in its form of five groups.
pub const UUID: Rule = Rule::new("uuid", "a UUID", &any_uuid);

/// A UUID of version 4, the random one, in its form of five groups.
pub const UUID4: Rule = Rule::new("uuid4", "a UUID of version 4", &random_uuid);

const NO_TEXT: &str = "must be base64 of a text in UTF-8";

/// Decodes a base64 text, hands the text inside it to `read`, and wipes it afterwards.
pub(super) fn within<T>(
    base64: &str,
    read: impl FnOnce(&str) -> Result<T, Cow<'static, str>>,
) -> Result<T, Cow<'static, str>> {
    let bytes = decode(base64)?;
    read(&text::decode(&bytes).map_err(|_| NO_TEXT)?)
}

/// Judges the text inside a base64 text. The stored form is the one that the rule makes of it, in UTF-8 and
/// without a byte order mark, in base64 again.
pub(super) fn judged(
    base64: &str,
    check: impl FnOnce(&str) -> Result<Accepted, Cow<'static, str>>,
) -> Result<Accepted, Cow<'static, str>> {
    let bytes = decode(base64)?;
    let text = text::decode(&bytes).map_err(|_| NO_TEXT)?;
    let accepted = check(&text)?;
    let form = accepted.normalised.as_ref().map_or(&*text, Secret::expose);
    let normalised = (form.as_bytes() != bytes.as_slice()).then(|| base64::encode(form.as_bytes()));
    Ok(Accepted { normalised, ..accepted })
}

/// Returns the reason for refusing a base64 text if it encodes DER, the binary form of certificates and keys.
/// `command` is the command of openssl that converts it.
pub(super) fn der(base64: &str, command: &str) -> Option<Cow<'static, str>> {
    // a sequence of more than 127 bytes
    let is_der = matches!(base64::decode(base64).ok()?.as_slice(), [0x30, 0x81 | 0x82, ..]);
    is_der.then(|| {
        format!("must be base64 of PEM, not of DER; `openssl {command} -inform der -in FILE` converts it")
            .into()
    })
}

fn decode(text: &str) -> Result<Zeroizing<Vec<u8>>, Cow<'static, str>> {
    base64::decode(text).map_err(|error| error.to_string().into())
}

fn nonempty(text: &str) -> Result<Accepted, Cow<'static, str>> {
    if decode(text)?.is_empty() {
        return Err("must be base64 of a value that is not empty".into());
    }
    Ok(Accepted::verbatim())
}

fn boolean(text: &str) -> Result<Accepted, Cow<'static, str>> {
    match decode(text)?.as_slice() {
        b"true" | b"false" => Ok(Accepted::verbatim()),
        _ => Err("must be base64 of true (dHJ1ZQ==) or false (ZmFsc2U=)".into()),
    }
}

fn any_uuid(text: &str) -> Result<Accepted, Cow<'static, str>> {
    uuid(text)
        .map(|_| Accepted::verbatim())
        .ok_or_else(|| "must be a UUID such as 123e4567-e89b-42d3-a456-426614174000".into())
}

fn random_uuid(text: &str) -> Result<Accepted, Cow<'static, str>> {
    uuid(text)
        .filter(|uuid| uuid.get_version_num() == 4 && uuid.get_variant() == Variant::RFC4122)
        .map(|_| Accepted::verbatim())
        .ok_or_else(|| "must be a UUID of version 4 such as 123e4567-e89b-42d3-a456-426614174000".into())
}

/// Reads a UUID of five groups. The library also takes braces, `urn:uuid:` and bare digits, which are refused
/// here.
pub(super) fn uuid(text: &str) -> Option<Uuid> {
    const FIVE_GROUPS: usize = 36;
    if text.len() == FIVE_GROUPS { Uuid::try_parse(text).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::super::assertions::judges;
    use super::{BASE64, BASE64_NONEMPTY, BOOLEAN_BASE64, UUID, UUID4};

    const NOT_BASE64: [&str; 13] = [
        "a",
        "ab",
        "abc",
        "YQ",
        "YQ=",
        "YQ===",
        "=",
        "====",
        "YQ==\n",
        "Y Q==",
        "YQ==YQ==",
        "-_==",
        "aGVs\nbG8=",
    ];

    #[test]
    fn base64() {
        judges(&BASE64, &["", "YQ==", "YWI=", "YWJj", "+/+/", "QR=="], &NOT_BASE64);
        judges(&BASE64_NONEMPTY, &["YQ==", "AA=="], &NOT_BASE64);
        judges(&BASE64_NONEMPTY, &[], &[""]);
        judges(&BOOLEAN_BASE64, &["dHJ1ZQ==", "ZmFsc2U="], &["", "true", "VHJ1ZQ==", "dHJ1ZQo=", "MQ=="]);
    }

    #[test]
    fn uuids() {
        let others = [
            "",
            "6b1551dbb7fa473da05c43524badb11b",
            "{6b1551db-b7fa-473d-a05c-43524badb11b}",
            "urn:uuid:6b1551db-b7fa-473d-a05c-43524badb11b",
            "6b1551db-b7fa-473d-a05c-43524badb11",
            "6b1551db-b7fa-473d-a05c-43524badb11g",
            "6b1551db+b7fa+473d+a05c+43524badb11b",
            "6b1551db-b7fa-473d-a05c-43524badb1é",
        ];
        let random = ["6b1551db-b7fa-473d-a05c-43524badb11b", "6B1551DB-B7FA-473D-A05C-43524BADB11B"];
        let time_based = "2ed6657d-e927-11ec-8fea-0242ac120002";
        let wrong_variant = "6b1551db-b7fa-473d-c05c-43524badb11b";
        judges(&UUID, &[random[0], random[1], time_based, wrong_variant], &others);
        judges(&UUID4, &random, &others);
        judges(&UUID4, &[], &[time_based, wrong_variant, "00000000-0000-0000-0000-000000000000"]);
    }
}
