//! CSV files of logins whose columns are known by their names, whichever program wrote them, and the table
//! that our own export writes.

use super::columns::{ImportColumn, logins};
use super::format::ImportFormat;
use super::item::Import;
use super::own_csv;
use super::table::{ImportTable, header};
use crate::credential::{SEED_NAMES, Violations};

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "csv",
    summary: "logins in named columns, whichever program wrote them, and our own export",
    recognises: |text| {
        let header = header(text);
        own_csv::is_own(&header) || is_logins(&header)
    },
    read: |text, _| read(text),
};

/// The meaning of columns by their names, in small letters without blanks and signs. Of several columns that
/// mean the same, the one whose name comes first here counts.
const NAMES: &[(ImportColumn, &[&str])] = &[
    (ImportColumn::Title, &["title", "name", "entryname", "itemname", "account", "accountname", "service"]),
    (
        ImportColumn::Url,
        &["url", "website", "websiteurl", "loginurl", "uri", "site", "link", "matchurl", "domain"],
    ),
    (ImportColumn::Urls, &["loginuri", "urls", "uris", "websites"]),
    (
        ImportColumn::Username,
        &[
            "username",
            "loginusername",
            "loginname",
            "login",
            "user",
            "userid",
            "email",
            "emailaddress",
            "mail",
        ],
    ),
    (ImportColumn::Password, &["password", "loginpassword", "pwd", "pass", "passwd"]),
    (ImportColumn::Notes, &["notes", "note", "extra", "comments", "comment"]),
    (ImportColumn::Totp, &SEED_NAMES),
    (ImportColumn::Totp, &["otpsecret", "otpurl", "logintotp", "totpsecret", "authenticatorkey"]),
    (
        ImportColumn::Label("folder"),
        &["folder", "group", "grouping", "category", "vault", "collection", "collections"],
    ),
    (ImportColumn::Labels("tag"), &["tags", "tag"]),
    (ImportColumn::Flag("favorite"), &["favorite", "favourite", "fav"]),
    (ImportColumn::Flag("archived"), &["archived"]),
    (ImportColumn::Tag, &["type"]),
    (
        ImportColumn::Dropped,
        &[
            "icon",
            "created",
            "createtime",
            "modified",
            "modifytime",
            "lastmodified",
            "timecreated",
            "timelastused",
            "timepasswordchanged",
            "guid",
            "reprompt",
            "id",
            "uuid",
        ],
    ),
];

/// Finds the meaning of a column, and its rank among those that mean the same.
fn column(name: &str) -> Option<(ImportColumn, usize)> {
    let bare: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let all = NAMES.iter().flat_map(|(column, names)| names.iter().map(|own| (*column, *own)));
    all.enumerate().find(|(_, (_, own))| *own == bare).map(|(rank, (column, _))| (column, rank))
}

fn is_logins(header: &[String]) -> bool {
    let has =
        |wanted: ImportColumn| header.iter().any(|name| column(name).is_some_and(|(own, _)| own == wanted));
    has(ImportColumn::Password)
        && has(ImportColumn::Username)
        && [ImportColumn::Title, ImportColumn::Url, ImportColumn::Urls].into_iter().any(has)
}

fn read(text: &str) -> Result<Import, Violations> {
    let table = ImportTable::read(text)?;
    // first, because the columns of our own export also look like those of logins
    if own_csv::is_own(&table.header) {
        return Ok(own_csv::read(&table));
    }
    let columns = table.header.iter().map(|name| column(name)).collect::<Vec<_>>();
    logins(table, &columns)
}

#[cfg(test)]
mod tests {
    use super::column;
    use crate::credential::SEED_NAMES;
    use crate::import::columns::ImportColumn;
    use crate::import::tests::{read, recognised, shown};

    #[test]
    fn a_seed_has_any_of_its_names_and_the_usual_one_counts_first() {
        let ranks = SEED_NAMES.into_iter().chain(["OTP secret", "Authenticator Key"]).map(|name| {
            let (found, rank) = column(name).unwrap();
            assert!(found == ImportColumn::Totp, "{name}");
            rank
        });
        assert!(ranks.is_sorted());
    }

    #[test]
    fn the_columns_of_a_program_without_a_format_of_its_own_are_read() {
        // RoboForm
        let text = "Name,Url,MatchUrl,Login,Pwd,Note,Folder\nShop,https://a.example,,ada,pw,,\n";
        assert_eq!(recognised(text), Some("csv"));
        assert_eq!(
            shown(&read("csv", text)),
            [
                "UsernamePassword Shop {name: Shop, tags: {host: a.example}, url: [https://a.example], username: ada, \
              password: pw}"
            ]
        );
    }

    #[test]
    fn the_better_name_of_a_column_comes_first_and_the_other_is_kept() {
        let text = "name,email,username,password\na,a@x.example,ada,pw\nb,b@x.example,,pw\n";
        assert_eq!(
            shown(&read("csv", text)),
            [
                "UsernamePassword a {name: a, username: ada, password: pw, custom: [{name: email, value: a@x.example, \
                 secret: true}]}",
                "UsernamePassword b {name: b, username: b@x.example, password: pw}",
            ]
        );
    }

    #[test]
    fn rows_that_do_not_fit_are_told() {
        let text = "name,username,password,url,note\n\
                    short,u,p\nlong,u,p,,n,x\nend,u,p,,,,\nlost,u\nalso,u,p,\n";
        let import = read("csv", text);
        assert_eq!(
            shown(&import),
            [
                "UsernamePassword short {name: short, username: u, password: p}",
                "line-3: line 3: has 6 cells, and there are 5 columns",
                "UsernamePassword end {name: end, username: u, password: p}",
                "line-5: line 5: has 2 cells, and there are 5 columns",
                "UsernamePassword also {name: also, username: u, password: p}",
            ]
        );
        assert_eq!(
            import.notices,
            ["line 2 and 1 others: the last cells are missing, and are taken as empty"]
        );
    }
}
