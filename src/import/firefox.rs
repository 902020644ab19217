//! Passwords exported by Firefox.

use super::columns::{ImportColumn, ImportColumns, read};
use super::format::ImportFormat;
use super::table::header;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "firefox-csv",
    summary: "passwords exported by Firefox",
    recognises: |text| {
        header(text).iter().map(String::as_str).take(4).eq(["url", "username", "password", "httpRealm"])
    },
    read: |text, _| read(text, COLUMNS),
};

const COLUMNS: ImportColumns = &[
    ("url", ImportColumn::Url),
    ("username", ImportColumn::Username),
    ("password", ImportColumn::Password),
    ("httpRealm", ImportColumn::Tag),
    ("formActionOrigin", ImportColumn::Tag),
    ("guid", ImportColumn::Dropped),
    ("timeCreated", ImportColumn::Dropped),
    ("timeLastUsed", ImportColumn::Dropped),
    ("timePasswordChanged", ImportColumn::Dropped),
];

#[cfg(test)]
mod tests {
    use crate::import::tests::{read, recognised, shown};

    const FIREFOX: &str = "\"url\",\"username\",\"password\",\"httpRealm\",\"formActionOrigin\",\"guid\",\
        \"timeCreated\",\"timeLastUsed\",\"timePasswordChanged\"\r\n\
        \"https://a.example\",\"u\",\"p\",,\"https://a.example\",\"{g}\",\"1\",\"2\",\"3\"\r\n";

    #[test]
    fn logins_are_read() {
        assert_eq!(recognised(FIREFOX), Some("firefox-csv"));
        assert_eq!(
            shown(&read("firefox-csv", FIREFOX)),
            ["UsernamePassword a.example {name: a.example, tags: {host: a.example, \
              formActionOrigin: https://a.example}, url: [https://a.example], username: u, password: p} \
              dropped guid, timeCreated, timeLastUsed, timePasswordChanged"]
        );
    }
}
