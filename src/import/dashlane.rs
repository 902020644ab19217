//! The CSV files that Dashlane exports, one for each kind of entry.

use super::columns::{ImportColumn, ImportColumns, fits, read_entries};
use super::format::ImportFormat;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "dashlane-csv",
    summary: "the CSV files that Dashlane exports, alone or in their zip archive",
    recognises: |text| find(text).is_some(),
    read: |text, _| {
        let columns = find(text).map_or(FILES[0].0, |(columns, _)| columns);
        read_entries(text, columns, |entry| {
            if entry.title.is_empty() {
                // a payment without an account has its kind alone
                let kind = entry.tags.iter().find(|(name, _)| name == "type").map(|(_, kind)| kind.clone());
                entry.title = kind.unwrap_or_default();
            }
            true
        })
    },
};

/// The columns of a file, and those that every such file has.
type DashlaneFile = (ImportColumns, &'static [&'static str]);

fn find(text: &str) -> Option<&'static DashlaneFile> {
    FILES.iter().find(|(columns, required)| fits(text, columns, required))
}

const FILES: [DashlaneFile; 5] = [
    (CREDENTIALS, &["username", "username2", "title", "password", "note", "url", "category"]),
    (NOTES, &["title", "note"]),
    (PAYMENTS, &["type", "account_name", "cc_number", "code"]),
    (IDS, &["type", "number", "name", "issue_date", "expiration_date"]),
    (PERSON, &["type", "first_name", "last_name", "email", "phone_number"]),
];

const CREDENTIALS: ImportColumns = &[
    ("username", ImportColumn::Username),
    ("username2", ImportColumn::Shown),
    ("username3", ImportColumn::Shown),
    ("title", ImportColumn::Title),
    ("password", ImportColumn::Password),
    ("note", ImportColumn::Notes),
    ("url", ImportColumn::Url),
    ("category", ImportColumn::Label("folder")),
    ("otpSecret", ImportColumn::Totp),
    ("otpUrl", ImportColumn::Totp),
];
const NOTES: ImportColumns = &[
    ("title", ImportColumn::Title),
    ("note", ImportColumn::Notes),
    ("category", ImportColumn::Label("folder")),
];
const PAYMENTS: ImportColumns = &[
    ("type", ImportColumn::Tag),
    ("account_name", ImportColumn::Title),
    ("account_holder", ImportColumn::Shown),
    ("cc_number", ImportColumn::Field),
    ("code", ImportColumn::Field),
    ("expiration_month", ImportColumn::Shown),
    ("expiration_year", ImportColumn::Shown),
    ("routing_number", ImportColumn::Field),
    ("account_number", ImportColumn::Field),
    ("country", ImportColumn::Shown),
    ("issuing_bank", ImportColumn::Shown),
    ("note", ImportColumn::Notes),
    ("name", ImportColumn::Shown),
];
const IDS: ImportColumns = &[
    ("type", ImportColumn::Title),
    ("number", ImportColumn::Field),
    ("name", ImportColumn::Shown),
    ("issue_date", ImportColumn::Shown),
    ("expiration_date", ImportColumn::Shown),
    ("place_of_issue", ImportColumn::Shown),
    ("state", ImportColumn::Shown),
];
const PERSON: ImportColumns = &[
    ("type", ImportColumn::Tag),
    ("item_name", ImportColumn::Title),
    ("title", ImportColumn::Shown),
    ("first_name", ImportColumn::Shown),
    ("middle_name", ImportColumn::Shown),
    ("last_name", ImportColumn::Shown),
    ("login", ImportColumn::Shown),
    ("date_of_birth", ImportColumn::Shown),
    ("place_of_birth", ImportColumn::Shown),
    ("email", ImportColumn::Shown),
    ("email_type", ImportColumn::Shown),
    ("phone_number", ImportColumn::Shown),
    ("address", ImportColumn::Shown),
    ("country", ImportColumn::Shown),
    ("state", ImportColumn::Shown),
    ("city", ImportColumn::Shown),
    ("zip", ImportColumn::Shown),
    ("address_recipient", ImportColumn::Shown),
    ("address_building", ImportColumn::Shown),
    ("address_apartment", ImportColumn::Shown),
    ("address_floor", ImportColumn::Shown),
    ("address_door_code", ImportColumn::Field),
    ("job_title", ImportColumn::Shown),
    ("url", ImportColumn::Shown),
];
