//! Our own tables in CSV: their columns, and the guard that keeps a spreadsheet from running a cell.

/// The columns that every credential has.
pub const ENVELOPE: [&str; 5] = ["id", "type", "name", "project", "description"];

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
    fn the_sign_in_front_comes_off_again() {
        for cell in ["=x", "'=x", "''=x", "'x", "'", "x", "-s3cret", "", "=", "'+", "\t"] {
            let written = if super::is_formula(cell) { format!("'{cell}") } else { cell.to_owned() };
            assert_eq!(super::unguarded(&written), cell);
        }
    }
}
