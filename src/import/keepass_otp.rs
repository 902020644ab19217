//! Seeds of one-time passwords in KeePass databases. Each program spells them its own way; here all become an
//! `otpauth://` address.

use super::entry::ImportEntry;
use crate::base64;
use crate::hex;
use crate::otp::{OneTimePassword, OtpParameters, base32};
use crate::secret::Secret;

/// The values of KeePass 2, behind `TimeOtp` or `HmacOtp`: the seed in one of four encodings.
const SEEDS: [(&str, Decode); 4] = [
    ("-Secret-Base32", |text| Some(Secret::from(text))),
    ("-Secret", |text| Some(base32(text.as_bytes()))),
    ("-Secret-Hex", |text| Some(base32(&hex::decode(text.as_bytes())?))),
    ("-Secret-Base64", |text| Some(base32(&base64::decode(text).ok()?))),
];
/// A decoder of a seed, which returns it in base32.
type Decode = fn(&str) -> Option<Secret>;

/// The values of earlier versions of KeePassXC and of the plugin TrayTOTP: the seed; the period and the digits,
/// or `S` for Steam.
const TRAY: [&str; 2] = ["TOTP Seed", "TOTP Settings"];

/// Takes the values of a seed out of an entry, and sets the seed. Values that cannot be read stay as they are.
pub(super) fn take_seed(entry: &mut ImportEntry) {
    for take in [of_time, of_counter, of_tray] {
        if entry.totp.is_none() {
            entry.totp = take(entry);
        }
    }
}

fn of_time(entry: &mut ImportEntry) -> Option<Secret> {
    of_keepass(entry, "TimeOtp", "totp")
}

fn of_counter(entry: &mut ImportEntry) -> Option<Secret> {
    of_keepass(entry, "HmacOtp", "hotp")
}

fn of_keepass(entry: &mut ImportEntry, prefix: &str, kind: &str) -> Option<Secret> {
    let name = |suffix: &str| format!("{prefix}{suffix}");
    let (seed, secret) = SEEDS.iter().find_map(|(suffix, decode)| {
        let seed = find(entry, &name(suffix))?;
        Some((name(suffix), decode(seed)?))
    })?;
    let [digits, period, algorithm, counter] = ["-Length", "-Period", "-Algorithm", "-Counter"].map(name);
    let parameters = OtpParameters {
        digits: find(entry, &digits),
        period: find(entry, &period),
        algorithm: find(entry, &algorithm),
        counter: find(entry, &counter),
        account: Some(&entry.title),
        ..OtpParameters::new(kind, &secret)
    };
    let address = OneTimePassword::of(&parameters).ok()?.uri();
    remove(entry, &[&seed, &digits, &period, &algorithm, &counter]);
    Some(address)
}

fn of_tray(entry: &mut ImportEntry) -> Option<Secret> {
    let secret = Secret::from(find(entry, TRAY[0])?);
    let settings = find(entry, TRAY[1]).unwrap_or_default();
    let mut settings = settings.split(';').map(str::trim);
    let (period, digits) = (settings.next(), settings.next());
    let is_steam = digits == Some("S");
    let parameters = OtpParameters {
        period,
        digits: digits.filter(|_| !is_steam),
        encoder: is_steam.then_some("steam"),
        account: Some(&entry.title),
        ..OtpParameters::new("totp", &secret)
    };
    let address = OneTimePassword::of(&parameters).ok()?.uri();
    remove(entry, &TRAY);
    Some(address)
}

fn find<'a>(entry: &'a ImportEntry, name: &str) -> Option<&'a str> {
    let value = entry.values.iter().find(|value| value.name == name)?;
    Some(value.value.expose().trim())
}

fn remove(entry: &mut ImportEntry, names: &[&str]) {
    entry.values.retain(|value| !names.contains(&value.name.as_str()));
}

#[cfg(test)]
mod tests {
    use super::take_seed;
    use crate::import::entry::ImportEntry;
    use crate::secret::Secret;

    fn seed(values: &[(&str, &str)]) -> (Option<String>, usize) {
        let mut entry = ImportEntry { title: "My site".to_owned(), ..ImportEntry::default() };
        for (name, value) in values {
            entry.value(*name, Some(Secret::from(*value)));
        }
        take_seed(&mut entry);
        (entry.totp.map(|totp| totp.expose().to_owned()), entry.values.len())
    }

    #[test]
    fn every_spelling_becomes_an_address() {
        const PLAIN: &str = "otpauth://totp/My%20site?secret=GEZDGNBVGY3TQOJQ";
        for (values, expected) in [
            (&[("TimeOtp-Secret-Base32", "gezd gnbv gy3t qojq")][..], PLAIN.to_owned()),
            (&[("TimeOtp-Secret", "1234567890")], PLAIN.to_owned()),
            (&[("TimeOtp-Secret-Hex", "31323334353637383930")], PLAIN.to_owned()),
            (&[("TimeOtp-Secret-Base64", "MTIzNDU2Nzg5MA==")], PLAIN.to_owned()),
            (
                &[
                    ("TimeOtp-Secret", "1234567890"),
                    ("TimeOtp-Length", "8"),
                    ("TimeOtp-Algorithm", "HMAC-SHA-256"),
                ],
                format!("{PLAIN}&algorithm=SHA256&digits=8"),
            ),
            (
                &[("HmacOtp-Secret", "1234567890"), ("HmacOtp-Counter", "7")],
                format!("{}&counter=7", PLAIN.replace("totp", "hotp")),
            ),
            (
                &[("TOTP Seed", "GEZDGNBVGY3TQOJQ"), ("TOTP Settings", "60;8")],
                format!("{PLAIN}&digits=8&period=60"),
            ),
            (
                &[("TOTP Seed", "GEZDGNBVGY3TQOJQ"), ("TOTP Settings", "30;S")],
                format!("{PLAIN}&encoder=steam"),
            ),
            (&[("TOTP Seed", "GEZDGNBVGY3TQOJQ")], PLAIN.to_owned()),
        ] {
            assert_eq!(seed(values), (Some(expected), 0), "{values:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_stays() {
        for values in [
            &[("TimeOtp-Secret-Hex", "3")][..],
            &[("TimeOtp-Secret", "1234567890"), ("TimeOtp-Length", "99")],
            &[("TOTP Seed", "!!"), ("TOTP Settings", "30;6")],
        ] {
            assert_eq!(seed(values), (None, values.len()), "{values:?}");
        }
    }
}
