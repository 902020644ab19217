//! Rules for the seeds of one-time passwords.

use std::borrow::Cow;

use super::definition::{Accepted, Rule, TextForm};
use crate::otp::{Moving, OneTimePassword, OtpParameters, is_address};
use crate::secret::Secret;

/// A seed of one-time passwords by time or by a counter. An address is stored as it is, and base32 in capital letters
/// without blanks.
pub const TOTP: Rule = Rule::new("totp", "base32 or an otpauth address", &totp).form(TextForm::Seed);

/// A seed of one-time passwords by a counter. Base32 alone begins at the counter 0.
pub const HOTP: Rule =
    Rule::new("hotp", "base32 or an otpauth address with a counter", &hotp).form(TextForm::Seed);

fn totp(text: &str) -> Result<Accepted, Cow<'static, str>> {
    let password = OneTimePassword::parse(text).map_err(|error| error.to_string())?;
    let form = password.stored(text);
    Ok(accepted(&password, text, form))
}

fn hotp(text: &str) -> Result<Accepted, Cow<'static, str>> {
    let password = OneTimePassword::parse(text).map_err(|error| error.to_string())?;
    let form = password.stored(text);
    if matches!(password.moving(), Moving::Counter(_)) {
        return Ok(accepted(&password, text, form));
    }
    if is_address(form.expose()) {
        return Err("must be of the type `hotp`, whose codes follow a counter".into());
    }
    let counted =
        OneTimePassword::of(&OtpParameters::new("hotp", &form)).map_err(|error| error.to_string())?;
    Ok(accepted(&counted, text, counted.uri()))
}

fn accepted(password: &OneTimePassword, text: &str, form: Secret) -> Accepted {
    let accepted = if form.expose() == text { Accepted::verbatim() } else { Accepted::normalised(form) };
    match password.warning() {
        Some(warning) => accepted.warn(warning),
        None => accepted,
    }
}

#[cfg(test)]
mod tests {
    use super::super::assertions::{judges, stores, warns};
    use super::{HOTP, TOTP};

    const SEED: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn seeds() {
        let totp = format!("otpauth://totp/ACME:me?secret={SEED}&issuer=ACME");
        let hotp = format!("otpauth://hotp/ACME:me?secret={SEED}&counter=4");
        let steam = format!("steam://{SEED}");
        judges(
            &TOTP,
            &[SEED, &totp, &hotp, &steam],
            &[
                "",
                "GEZD1NBVGY3TQOJQGEZDGNBVGY3TQOJQ",
                "otpauth://totp/x?secret=0",
                "https://example.org/",
                "123456",
            ],
        );
        stores(&TOTP, "gezd gnbv-gy3t qojq gezd gnbv gy3t qojq==", SEED);
        stores(&TOTP, &format!(" {totp} "), &totp);
        warns(&TOTP, "JBSWY3DPEHPK3PXP");
    }

    #[test]
    fn seeds_with_a_counter() {
        let hotp = format!("otpauth://hotp/?secret={SEED}&counter=0");
        judges(
            &HOTP,
            &[&hotp],
            &["", &format!("otpauth://totp/x?secret={SEED}"), &format!("steam://{SEED}")],
        );
        stores(&HOTP, &SEED.to_lowercase(), &hotp);
        warns(&HOTP, "JBSWY3DPEHPK3PXP");
    }
}
