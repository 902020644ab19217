//! Accounts as lines of `user#password`, as Apinizer takes them in bulk.

use super::format::ImportFormat;
use super::item::{Import, Item, item};
use crate::credential::Violations;
use crate::value::{Object, Value};

/// The format of accounts in lines. The first `#` separates, so a password may have more of them. The full name
/// is the user name, and the e-mail address is the one that is given. Nothing tells such lines from others, so
/// the operator must name the format.
pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "apinizer-csv",
    summary: "accounts of Apinizer as lines of user#password",
    recognises: |_| false,
    read: |text, options| {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        Ok(Import { items: lines.map(|line| account(line, options.email)).collect(), ..Import::default() })
    },
};

fn account(line: &str, email: Option<&str>) -> Item {
    let Some((user, password)) = line.split_once('#') else {
        // the line may be a password, so nothing of it is told
        let incoming = Err(Violations::one("line", "must be a user name, # and a password"));
        return Item::new(None, incoming);
    };
    let mut members = Object::from_iter([
        ("username", Value::text(user)),
        ("password", Value::text(password)),
        ("fullName", Value::text(user)),
    ]);
    if let Some(email) = email {
        members.insert("email", Value::text(email));
    }
    item("apiCredential", Some(user), members, Vec::new())
}
