//! Our own tables in CSV: their columns, and the guard that keeps a spreadsheet from running a cell.

/// The columns that every credential has.
pub const ENVELOPE: [&str; 5] = ["id", "type", "name", "project", "description"];

/// The mark behind the name of an own field that is public.
const PUBLIC: &str = ":public";
/// The mark behind the name of an own field that is secret, and whose name ends like a mark.
const SECRET: &str = ":secret";

/// Returns the column of an own field: its path, with a mark if the field is public.
#[must_use]
pub fn own_column(path: &str, is_secret: bool) -> String {
    let mark = match is_secret {
        false => PUBLIC,
        true if path.ends_with(PUBLIC) || path.ends_with(SECRET) => SECRET,
        true => "",
    };
    format!("{path}{mark}")
}

/// Takes the mark off the column of an own field. Returns its path, and true if the field is secret.
#[must_use]
pub fn own_path(column: &str) -> (&str, bool) {
    match column.strip_suffix(PUBLIC) {
        Some(path) => (path, false),
        None => (column.strip_suffix(SECRET).unwrap_or(column), true),
    }
}

/// Returns true for a cell that gets a `'` in front, because a spreadsheet would run it as a formula. A formula
/// that has a `'` of its own gets another one. Otherwise its own would be taken off when it is read back.
#[must_use]
pub fn is_formula(cell: &str) -> bool {
    let bare = cell.trim_start_matches('\'');
    bare.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

/// Returns a cell as it was before a `'` was put in front.
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|_| is_formula(cell)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_column_of_an_own_field_says_if_it_is_public() {
        for (path, is_secret, column) in [
            ("custom.plan", false, "custom.plan:public"),
            ("custom.plan", true, "custom.plan"),
            ("custom.a:public", true, "custom.a:public:secret"),
            ("custom.a:public", false, "custom.a:public:public"),
            ("custom.a:secret", true, "custom.a:secret:secret"),
        ] {
            assert_eq!(super::own_column(path, is_secret), column);
            assert_eq!(super::own_path(column), (path, is_secret));
        }
    }

    #[test]
    fn the_sign_in_front_comes_off_again() {
        for cell in ["=x", "'=x", "''=x", "'x", "'", "x", "-s3cret", "", "=", "'+", "\t"] {
            let written = if super::is_formula(cell) { format!("'{cell}") } else { cell.to_owned() };
            assert_eq!(super::unguarded(&written), cell);
        }
    }
}
