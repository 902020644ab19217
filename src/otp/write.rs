//! The `otpauth://` address of a one-time password, as apps scan it.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::algorithm::Algorithm;
use super::base32;
use super::password::{CodeForm, Moving, OneTimePassword};
use crate::secret::{Buffer, Secret};

/// The characters that every reader of an address takes as they are.
const NAME: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@');

impl OneTimePassword {
    /// Returns the address. It names everything that is not as usual.
    #[must_use]
    pub fn uri(&self) -> Secret {
        let mut out = Buffer::with_capacity(256);
        out.push(match self.moving {
            Moving::Time { .. } => "otpauth://totp/",
            Moving::Counter(_) => "otpauth://hotp/",
        });
        let encoded = |name: &str| utf8_percent_encode(name, NAME).to_string();
        match (&self.issuer, &self.account) {
            (Some(issuer), Some(account)) => out.push(&format!("{}:{}", encoded(issuer), encoded(account))),
            (Some(name), None) | (None, Some(name)) => out.push(&encoded(name)),
            (None, None) => {}
        }
        out.push("?secret=");
        out.push(base32::encode(&self.seed).expose());
        if let Some(issuer) = &self.issuer {
            out.push(&format!("&issuer={}", encoded(issuer)));
        }
        if self.algorithm != Algorithm::default() {
            out.push(&format!("&algorithm={}", self.algorithm.name()));
        }
        match self.form {
            CodeForm::Digits(6) => {}
            CodeForm::Digits(digits) => out.push(&format!("&digits={digits}")),
            CodeForm::Steam => out.push("&encoder=steam"),
        }
        match self.moving {
            Moving::Time { period: 30 } => {}
            Moving::Time { period } => out.push(&format!("&period={period}")),
            Moving::Counter(counter) => out.push(&format!("&counter={counter}")),
        }
        // nothing but ASCII was written
        out.into_secret().unwrap_or_else(|| Secret::from(""))
    }
}

#[cfg(test)]
mod tests {
    use crate::otp::OneTimePassword;

    #[test]
    fn an_address_is_written_as_it_is_read() {
        for text in [
            "otpauth://totp/?secret=GEZDGNBVGY3TQOJQ",
            "otpauth://totp/ACME%20Co:me@example.org?secret=GEZDGNBVGY3TQOJQ&issuer=ACME%20Co",
            "otpauth://totp/a%3Ab%2Fc%3Fd?secret=GEZDGNBVGY3TQOJQ&issuer=a%3Ab%2Fc%3Fd&algorithm=SHA512&digits=7",
            "otpauth://hotp/x:y?secret=GEZDGNBVGY3TQOJQ&issuer=x&counter=0",
            "otpauth://totp/Steam:me?secret=GEZDGNBVGY3TQOJQ&issuer=Steam&encoder=steam&period=60",
        ] {
            let password = OneTimePassword::parse(text).unwrap();
            assert_eq!(password.uri().expose(), text);
        }
    }
}
