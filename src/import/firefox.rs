//! Passwords exported by Firefox.

use super::columns::{Column, Columns, read};
use super::format::Format;
use super::table::header;

pub(super) const FORMAT: Format = Format {
    name: "firefox-csv",
    summary: "passwords exported by Firefox",
    recognises: |text| {
        header(text).iter().map(String::as_str).take(4).eq(["url", "username", "password", "httpRealm"])
    },
    read: |text, _| read(text, COLUMNS),
};

const COLUMNS: Columns = &[
    ("url", Column::Url),
    ("username", Column::Username),
    ("password", Column::Password),
    ("httpRealm", Column::Tag),
    ("formActionOrigin", Column::Tag),
    ("guid", Column::Dropped),
    ("timeCreated", Column::Dropped),
    ("timeLastUsed", Column::Dropped),
    ("timePasswordChanged", Column::Dropped),
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
            ["UsernamePassword a.example {name: a.example, tags: {host: a.example, url: https://a.example, \
              formActionOrigin: https://a.example}, username: u, password: p} \
              dropped guid, timeCreated, timeLastUsed, timePasswordChanged"]
        );
    }
}
