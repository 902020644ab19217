//! The columns of tables for people: their titles, and their treatment on a narrow terminal.

use credctl::credential::EnvelopeMember;

/// The members of other records than credentials that are points in time.
const TIMES: &[&str] =
    &["changedAt", "replacedAt", "addedAt", "grantedAt", "expireTime", "expiresAt", "expires"];
/// The members of other records that are explanations or lists, which lose their sense if they are cut.
const PROSE: &[&str] = &[
    "detail",
    "expects",
    "required",
    "optional",
    "aliases",
    "members",
    "changed",
    "apiProxies",
    "apiProxyGroups",
    "recipients",
    "managementAddresses",
];
/// The members of other records whose values are words or numbers of a few characters, or useless if they are
/// cut.
const FIRM: &[&str] = &[
    "current",
    "deleted",
    "need",
    "secret",
    "check",
    "reached",
    "credentials",
    "period",
    "value",
    "authProvider",
    "short",
    "by",
];

/// The treatment of a column on a terminal that is too narrow for the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnFit {
    /// The column identifies the row, and is the last to be shortened.
    Key,
    /// The column keeps its width, or is left out.
    Firm,
    /// The texts of the column are cut.
    Cut,
    /// The texts of the column take several lines.
    Wrapped,
}

/// One column of a table.
#[derive(Debug, Clone)]
pub struct TableColumn {
    /// The title, in capitals.
    pub title: String,
    /// The treatment where there is little room.
    pub fit: ColumnFit,
    /// True if the texts are states, which have colours.
    pub is_state: bool,
}

impl TableColumn {
    /// Makes the column of a member.
    #[must_use]
    pub fn of(member: &str) -> Self {
        Self { title: title(member), fit: fit(member), is_state: member == "state" }
    }

    /// Makes the columns of members, of which the first identifies the row.
    #[must_use]
    pub fn all(members: &[&str]) -> Vec<Self> {
        let mut columns: Vec<_> = members.iter().map(|member| Self::of(member)).collect();
        if let Some(key) = columns.first_mut() {
            key.fit = ColumnFit::Key;
        }
        columns
    }
}

/// Returns true if a member is a point in time.
#[must_use]
pub fn is_time(member: &str) -> bool {
    envelope(member).map_or_else(|| TIMES.contains(&member), EnvelopeMember::is_time)
}

/// Returns the treatment of a member that does not identify the row.
fn fit(member: &str) -> ColumnFit {
    let own = envelope(member);
    let is_prose = own.map_or_else(|| PROSE.contains(&member), EnvelopeMember::is_long);
    let is_short = |own: &EnvelopeMember| own.closed || own.is_flag() || own.is_number();
    if is_prose {
        ColumnFit::Wrapped
    } else if is_time(member) || own.map_or_else(|| FIRM.contains(&member), is_short) {
        ColumnFit::Firm
    } else {
        ColumnFit::Cut
    }
}

/// Returns the member of a credential by its own name. Tables of other systems may have its aliases.
fn envelope(member: &str) -> Option<&'static EnvelopeMember> {
    EnvelopeMember::find(member).filter(|own| own.name() == member)
}

/// Returns the title of a member: its words in capitals, as in `API PROXIES`. All ends have one title.
fn title(member: &str) -> String {
    if matches!(member, "expireTime" | "expiresAt") {
        return "EXPIRES".to_owned();
    }
    let mut title = String::new();
    let mut before = ' ';
    for char in member.chars() {
        if char.is_ascii_uppercase() && before.is_ascii_lowercase() {
            title.push(' ');
        }
        title.extend(char.to_uppercase());
        before = char;
    }
    match title.strip_suffix(" AT") {
        Some(verb) => verb.to_owned(),
        None => title,
    }
}

#[cfg(test)]
mod tests {
    use super::{ColumnFit, FIRM, PROSE, TIMES, TableColumn, envelope, is_time};

    #[test]
    fn titles_are_words() {
        let title = |member| TableColumn::of(member).title;
        assert_eq!(["id", "apiProxies", "updatedAt"].map(title), ["ID", "API PROXIES", "UPDATED"]);
    }

    #[test]
    fn the_table_of_the_envelope_tells_how_its_members_are_shown() {
        let mut others = TIMES.iter().chain(PROSE).chain(FIRM);
        assert_eq!(others.find(|member| envelope(member).is_some()), None);
        assert!(
            ["createdAt", "updatedAt", "validFrom", "validUntil", "expiresAt"].iter().all(|m| is_time(m))
        );
        let fits = ["type", "state", "revision", "validUntil"].map(|member| TableColumn::of(member).fit);
        assert_eq!(fits, [ColumnFit::Firm; 4]);
        assert_eq!(TableColumn::of("description").fit, ColumnFit::Wrapped);
        assert!(!is_time("expireDate"), "it is the word of another system");
    }

    #[test]
    fn the_first_column_is_the_key() {
        let fits: Vec<_> =
            TableColumn::all(&["id", "type", "name", "detail"]).iter().map(|c| c.fit).collect();
        assert_eq!(fits, [ColumnFit::Key, ColumnFit::Firm, ColumnFit::Cut, ColumnFit::Wrapped]);
    }
}
