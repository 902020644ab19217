//! Logins exported by 1Password as CSV.

use super::columns::{ImportColumn, ImportColumns, read};
use super::format::ImportFormat;
use super::table::header;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "1password-csv",
    summary: "logins exported by 1Password",
    recognises: |text| {
        let header = header(text);
        ["Title", "Username", "Password", "OTPAuth"].iter().all(|name| header.iter().any(|own| own == name))
    },
    read: |text, _| read(text, COLUMNS),
};

const COLUMNS: ImportColumns = &[
    ("Title", ImportColumn::Title),
    ("Url", ImportColumn::Url),
    ("URL", ImportColumn::Url),
    ("Website", ImportColumn::Url),
    ("Username", ImportColumn::Username),
    ("Password", ImportColumn::Password),
    ("OTPAuth", ImportColumn::Totp),
    ("Favorite", ImportColumn::Flag("favorite")),
    ("Archived", ImportColumn::Flag("archived")),
    ("Tags", ImportColumn::Labels("tag")),
    ("Notes", ImportColumn::Notes),
];

#[cfg(test)]
mod tests {
    use crate::import::tests::{read, recognised, shown};

    const ONE: &str = "Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes,PIN\n\
        GitHub,https://github.com,me,pw,otpauth://totp/x?secret=ABC,true,false,work;dev,,1234\n\
        broken,row\n";

    #[test]
    fn logins_are_read() {
        assert_eq!(recognised(ONE), Some("1password-csv"));
        assert_eq!(
            shown(&read("1password-csv", ONE)),
            [
                "UsernamePassword GitHub {name: GitHub, labels: [{name: favorite, value: true}, {name: tag, value: \
                 work}, {name: tag, value: dev}], tags: {host: github.com}, url: [https://github.com], username: me, \
                 password: pw, totp: otpauth://totp/x?secret=ABC, custom: [{name: PIN, value: 1234, secret: true}]}",
                "line-3: line 3: has 2 cells, and there are 10 columns",
            ]
        );
    }
}
