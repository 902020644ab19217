//! Lists of `otpauth://` addresses, one a line, and the exports of Google Authenticator among them.

use std::collections::BTreeMap;

use super::entries::Entries;
use super::format::ImportFormat;
use super::item::Import;
use super::lone_seed::LoneSeed;
use super::migration::{self, MigrationBatch};
use crate::credential::Violations;
use crate::otp::{is_address, is_migration};

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "otpauth",
    summary: "otpauth:// addresses, also of Google Authenticator",
    recognises: |text| lines(text).next().is_some_and(|(_, line)| is_address(line) || is_migration(line)),
    read: |text, _| Ok(read(text)),
};

/// Returns the lines that are not empty, with their numbers.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let text = text.trim_start_matches('\u{feff}');
    (1..).zip(text.lines().map(str::trim)).filter(|(_, line)| !line.is_empty())
}

fn read(text: &str) -> Import {
    let mut entries = Entries::default();
    let mut batches: BTreeMap<u64, Vec<MigrationBatch>> = BTreeMap::new();
    for (number, line) in lines(text) {
        let mut fail = |reason: String| {
            // the line may be a seed, so the message quotes none of it
            let id = entries.id(&format!("line-{number}"), "line");
            entries.fail(&id, Violations::one(format!("line {number}"), reason));
        };
        if is_migration(line) {
            match migration::read(line) {
                Ok((seeds, batch)) => {
                    batches.entry(batch.id).or_default().push(batch);
                    for seed in seeds {
                        seed.add_to(&mut entries);
                    }
                }
                Err(error) => fail(error.to_string()),
            }
        } else if is_address(line) {
            let seed = LoneSeed::of_address(line);
            match seed.seed {
                Err(error) => fail(error.to_string()),
                Ok(_) => seed.add_to(&mut entries),
            }
        } else {
            fail("must be an `otpauth://` address".to_owned());
        }
    }
    for batch in batches.values() {
        let missing = MigrationBatch::missing(batch);
        if missing > 0 {
            entries
                .notices
                .push(format!("{missing} of the codes that Google Authenticator showed are not in the file"));
        }
    }
    entries.finish()
}

#[cfg(test)]
mod tests {
    use crate::import::tests::{read, recognised, shown};

    const LINES: &str = "\n\
        otpauth://totp/ACME:me?secret=GEZDGNBVGY3TQOJQ&issuer=ACME\n\
        otpauth://hotp/vpn?secret=gezdgnbvgy3tqojq&counter=7\r\n\
        steam://GEZDGNBVGY3TQOJQ\n\
        otpauth://totp/ACME:you?secret=0\n\
        GEZDGNBVGY3TQOJQ\n";

    #[test]
    fn each_line_is_a_seed() {
        assert_eq!(recognised(LINES), Some("otpauth"));
        assert_eq!(
            shown(&read("otpauth", LINES)),
            [
                "otp ACME {name: ACME, totp: otpauth://totp/ACME:me?secret=GEZDGNBVGY3TQOJQ&issuer=ACME, username: me, \
                 issuer: ACME}",
                "otp vpn {name: vpn, totp: otpauth://hotp/vpn?secret=gezdgnbvgy3tqojq&counter=7, username: vpn}",
                "otp otp {totp: steam://GEZDGNBVGY3TQOJQ}",
                "line-5: line 5: must be base32 (letters and the digits 2 to 7), which character 1 of the seed is not",
                "line-6: line 6: must be an `otpauth://` address",
            ]
        );
    }

    #[test]
    fn an_export_of_google_authenticator_is_read() {
        // the public example of Google's own demonstration: one seed of `Example:alice@google.com`
        let line = "otpauth-migration://offline?data=CjEKCkhlbGxvId6tvu8SGEV4YW1wbGU6YWxpY2VAZ29vZ2xlLmNvbRoHRXhhbXBsZTAC";
        assert_eq!(recognised(line), Some("otpauth"));
        assert_eq!(
            shown(&read("otpauth", line)),
            ["otp Example {name: Example, \
                 totp: otpauth://totp/Example:alice@google.com?secret=JBSWY3DPEHPK3PXP&issuer=Example, \
                 username: alice@google.com, issuer: Example}"]
        );
        let broken = "otpauth-migration://offline?data=CjEKCkhlbGxvId6tvu8%3D\n";
        assert_eq!(
            shown(&read("otpauth", broken)),
            ["line-1: line 1: must be an export of Google Authenticator; its data is incomplete"]
        );
    }
}
