//! Passwords exported by Chrome and its relatives.

use super::columns::{ImportColumn, ImportColumns, read};
use super::format::ImportFormat;
use super::table::header;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "chrome-csv",
    summary: "passwords exported by Chrome, Edge and Brave",
    recognises: |text| {
        let header = header(text);
        let names = ["name", "url", "username", "password", "note"];
        header == names[..4] || header == names
    },
    read: |text, _| read(text, COLUMNS),
};

const COLUMNS: ImportColumns = &[
    ("name", ImportColumn::Title),
    ("url", ImportColumn::Url),
    ("username", ImportColumn::Username),
    ("password", ImportColumn::Password),
    ("note", ImportColumn::Notes),
];

#[cfg(test)]
mod tests {
    use crate::import::tests::{read, recognised, shown};

    const CHROME: &str = "name,url,username,password,note\n\
        Shop,https://shop.example/login,ada,\"p,\"\"w\",\n,https://x.example/,bob,=1+1,call me\n";

    #[test]
    fn logins_are_read() {
        assert_eq!(recognised(CHROME), Some("chrome-csv"));
        assert_eq!(recognised("name,url,username,password\n"), Some("chrome-csv"));
        assert_eq!(recognised("id,type,name,username\n"), None);
        assert_eq!(
            shown(&read("chrome-csv", CHROME)),
            [
                "UsernamePassword Shop {name: Shop, tags: {host: shop.example}, url: [https://shop.example/login], \
                 username: ada, password: p,\"w}",
                "UsernamePassword x.example {name: x.example, tags: {host: x.example}, url: [https://x.example/], \
                 username: bob, password: =1+1, notes: call me}",
            ]
        );
    }
}
