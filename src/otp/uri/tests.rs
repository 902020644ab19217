//! Tests of the texts of seeds.

use super::{holds_seed, is_address, with_counter};
use crate::otp::{Algorithm, CodeForm, Moving, OneTimePassword, SeedError};

const SEED: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

fn parse(text: &str) -> OneTimePassword {
    OneTimePassword::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn base32_is_read_as_people_type_it() {
    for text in [
        SEED,
        &SEED.to_lowercase(),
        "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ",
        "gezd-gnbv-gy3t-qojq-gezd-gnbv-gy3t-qojq",
        "  GEZDGNBVGY3TQOJQ GEZDGNBVGY3TQOJQ== ",
    ] {
        let password = parse(text);
        assert_eq!(password.code(0).expose(), "755224", "{text}");
        assert_eq!(password.stored(text).expose(), SEED, "{text}");
    }
}

#[test]
fn addresses_are_read_and_kept_as_they_are() {
    for (text, issuer, account) in [
        ("otpauth://totp/ACME:me?secret=S&issuer=ACME", Some("ACME"), Some("me")),
        ("otpauth://totp/ACME%20Co:%20me%40x.org?secret=S", Some("ACME Co"), Some("me@x.org")),
        ("otpauth://totp/ACME%3Ame?secret=S", Some("ACME"), Some("me")),
        ("otpauth://totp/Old:me+x?secret=S&issuer=New+Co", Some("New Co"), Some("me+x")),
        ("OTPAUTH://TOTP/me?SECRET=S&Digits=6", None, Some("me")),
        ("otpauth://totp/?issuer=ACME&secret=S&image=https%3A%2F%2Fx", Some("ACME"), None),
        ("otpauth://totp?secret=S#fragment", None, None),
        ("otpauth://totp/a%3Ab?secret=S&issuer=a%3Ab", Some("a:b"), None),
        ("otpauth://totp/%F0%9F%99%82%1B:%00?secret=S", Some("🙂"), None),
        ("otpauth://totp/me?secret=S&account=", None, Some("me")),
        ("otpauth://totp/?secret=S&account=you", None, Some("you")),
    ] {
        let text = text.replace("=S", &format!("={SEED}"));
        let password = parse(&text);
        assert_eq!((password.issuer(), password.account()), (issuer, account), "{text}");
        assert_eq!(password.code(0).expose(), "755224", "{text}");
        assert_eq!(password.stored(&text).expose(), text);
    }
}

#[test]
fn parameters_change_the_code() {
    let text = format!("otpauth://totp/x?secret={SEED}&algorithm=SHA256&digits=8&period=60");
    let password = parse(&text);
    assert_eq!(password.algorithm(), Algorithm::Sha256);
    assert_eq!(password.form(), CodeForm::Digits(8));
    assert_eq!(password.moving(), Moving::Time { period: 60 });
    let counted = parse(&format!("otpauth://hotp/x?secret={SEED}&counter=9"));
    assert_eq!(counted.moving(), Moving::Counter(9));
    assert_eq!(counted.code(9).expose(), "520489");
}

#[test]
fn steam_is_read_in_every_way_in_which_it_is_written() {
    for text in [
        format!("steam://{SEED}"),
        format!("otpauth://steam/Steam:me?secret={SEED}"),
        format!("otpauth://totp/Steam:me?secret={SEED}&issuer=Steam&period=30&digits=5&encoder=steam"),
    ] {
        let password = parse(&text);
        assert_eq!(
            (password.form(), password.moving()),
            (CodeForm::Steam, Moving::Time { period: 30 }),
            "{text}"
        );
        assert_eq!(password.stored(&text).expose(), text);
    }
}

#[test]
fn the_form_of_keeotp_becomes_an_address() {
    let text = format!("key={SEED}&step=60&size=8&otpHashMode=Sha256");
    let stored = parse(&text).stored(&text);
    let address = format!("otpauth://totp/?secret={SEED}&algorithm=SHA256&digits=8&period=60");
    assert_eq!(stored.expose(), address);
    let text = format!("type=Hotp&key={SEED}%3D&counter=3");
    assert_eq!(parse(&text).stored(&text).expose(), format!("otpauth://hotp/?secret={SEED}&counter=3"));
}

#[test]
fn a_reason_names_what_is_wrong_and_not_the_seed() {
    for (text, error) in [
        ("", SeedError::Empty),
        (" - ", SeedError::Empty),
        ("GEZD1NBV", SeedError::NotBase32 { place: 5 }),
        ("hunter2!", SeedError::NotBase32 { place: 8 }),
        ("123456", SeedError::Code),
        ("234567", SeedError::Code),
        ("GEZD\nGNBV", SeedError::Control),
        ("https://example.org/?secret=GEZD", SeedError::Scheme),
        ("otpauth-migration://offline?data=GEZD", SeedError::Migration),
        ("otpauth://totp/x", SeedError::NoSecret),
        ("otpauth://totp/x?secret=", SeedError::NoSecret),
        ("otpauth://totp/x?secret=GE%31D", SeedError::NotBase32 { place: 3 }),
        ("otpauth://totp/x?secret=GE%FFD", SeedError::NotBase32 { place: 1 }),
        ("otpauth://totp/x?secret=GEZD&secret=GEZD", SeedError::Twice("secret")),
        ("otpauth://motp/x?secret=GEZD", SeedError::Type),
        ("otpauth:///x?secret=GEZD", SeedError::Type),
        ("otpauth://totp/x?secret=GEZD&algorithm=MD5", SeedError::Algorithm),
        ("otpauth://totp/x?secret=GEZD&digits=10", SeedError::Digits),
        ("otpauth://totp/x?secret=GEZD&period=0", SeedError::Period),
        ("otpauth://hotp/x?secret=GEZD&counter=x", SeedError::Counter),
        ("otpauth://totp/x?secret=GEZD&encoder=x", SeedError::Encoder),
        ("steam://", SeedError::Empty),
        ("key=", SeedError::Empty),
    ] {
        let found = OneTimePassword::parse(text).err();
        assert_eq!(found, Some(error), "{text}");
        assert!(!error.to_string().contains("GEZD"), "{text}");
    }
    assert_eq!(OneTimePassword::parse(&"A".repeat(8193)).err(), Some(SeedError::TooLong));
    assert!(OneTimePassword::parse(&"A".repeat(8192)).is_ok());
}

#[test]
fn a_counter_is_changed_in_its_place() {
    for (before, after) in [
        ("otpauth://hotp/a:b?secret=S&counter=9&issuer=a", "otpauth://hotp/a:b?secret=S&counter=10&issuer=a"),
        ("otpauth://hotp/a?COUNTER=9&secret=S", "otpauth://hotp/a?counter=10&secret=S"),
        ("otpauth://hotp/a?secret=S", "otpauth://hotp/a?secret=S&counter=10"),
        ("otpauth://hotp/a?secret=S#x", "otpauth://hotp/a?secret=S&counter=10#x"),
    ] {
        let [before, after] = [before, after].map(|text| text.replace("=S", &format!("={SEED}")));
        let changed = with_counter(&before, 10).unwrap();
        assert_eq!(changed.expose(), after);
        assert_eq!(parse(changed.expose()).moving(), Moving::Counter(10));
    }
    for text in [SEED, &format!("otpauth://totp/a?secret={SEED}&counter=1"), "otpauth://hotp/a"] {
        assert!(with_counter(text, 1).is_none(), "{text}");
    }
}

#[test]
fn an_address_is_told_by_its_scheme() {
    for text in ["otpauth://totp/x", "OTPAuth://x", "steam://x"] {
        assert!(is_address(text), "{text}");
    }
    for text in ["", "otpauth:/totp", "otpauth-migration://x", "steam", SEED, "é://"] {
        assert!(!is_address(text), "{text}");
    }
}

#[test]
fn a_seed_in_a_text_is_found_in_any_letter_case_and_place() {
    let encoded = "https://x.example/qr?chl=otpauth%3A%2F%2Ftotp%2Fx%3Fsecret%3DGEZD";
    for text in [
        "otpauth://totp/x?secret=GEZD",
        "OTPAUTH://totp/x?secret=GEZD",
        "app: OtpAuth:/hotp/x",
        "otpauth-migration://offline?data=CjEK",
        "OTPAUTH-MIGRATION://offline?data=CjEK",
        " steam://GEZD",
        "STEAM://GEZD/",
        encoded,
        &encoded.to_lowercase(),
    ] {
        assert!(holds_seed(text), "{text}");
    }
    for text in [
        "",
        "otpauth is on",
        "otpauth: on",
        "é:// é%3A",
        "%",
        "%3",
        "steam://",
        "steam://rungameid/440",
        "https://example.org/steam",
        SEED,
    ] {
        assert!(!holds_seed(text), "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_or_refused_and_its_stored_form_is_read_again(text in "(otpauth://(totp|hotp|steam)/)?\\PC{0,40}(secret=[A-Z2-7]{0,20}&)?\\PC{0,20}") {
        let Ok(password) = OneTimePassword::parse(&text) else { return Ok(()) };
        let stored = password.stored(&text);
        let again = parse(stored.expose());
        proptest::prop_assert_eq!(again.code(3), password.code(3));
        proptest::prop_assert_eq!(again.stored(stored.expose()), stored);
        proptest::prop_assert_eq!(parse(password.uri().expose()).code(3), password.code(3));
    }
}
