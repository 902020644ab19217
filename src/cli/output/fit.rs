//! The widths of columns on a terminal that is too narrow for the whole table.

use super::column::{ColumnFit, TableColumn};

/// The number of blanks between two columns.
pub const GAP: usize = 2;
/// The least widths of the column that identifies the row, and of a column that is cut: comfortable, and tight.
const LEAST: [(usize, usize); 2] = [(36, 12), (24, 6)];
/// The width down to which a column is wrapped.
const WRAPPED: usize = 17;
/// The widest column that keeps its width.
const FIRM: usize = 20;

/// Returns the width of each column for a terminal of `width`; 0 for a column that is left out. `natural` has
/// the widths of the longest texts.
///
/// Columns are cut and wrapped first. If that is not enough, the last columns are left out, but never a state.
/// The first column, which identifies the row, gets what it needs before the others get more than their least.
/// With `is_key_whole`, it is not shortened for another column.
#[must_use]
pub fn fit(columns: &[TableColumn], natural: &[usize], is_key_whole: bool, width: usize) -> Vec<usize> {
    let mut shown: Vec<usize> = natural.to_vec();
    loop {
        if total(&shown) <= width {
            return shown;
        }
        for (key, cut) in LEAST {
            let key = if is_key_whole { usize::MAX } else { key };
            let least = columns.iter().zip(&shown).map(|(column, &natural)| floor(column, natural, key, cut));
            let floors: Vec<usize> = least.collect();
            if total(&floors) <= width {
                return share(columns, &shown, &floors, width);
            }
        }
        let spare = |&at: &usize| at > 0 && shown[at] > 0 && !columns[at].is_state;
        let Some(last) = (0..shown.len()).rev().find(spare) else {
            // nothing but the key, and perhaps a state
            let others: usize =
                shown.iter().skip(1).filter(|&&width| width > 0).map(|width| width + GAP).sum();
            shown[0] = shown[0].min(width.saturating_sub(others)).max(1);
            return shown;
        };
        shown[last] = 0;
    }
}

/// Shares the room that the least widths leave: first to the key, then to the narrowest of the others.
fn share(columns: &[TableColumn], natural: &[usize], floors: &[usize], width: usize) -> Vec<usize> {
    let mut widths = floors.to_vec();
    let mut room = width - total(floors);
    let key = natural[0].min(widths[0] + room);
    room -= key - widths[0];
    widths[0] = key;
    while room > 0 {
        let can_grow = |&at: &usize| widths[at] < natural[at] && columns[at].fit != ColumnFit::Key;
        let Some(narrowest) = (1..widths.len()).filter(can_grow).min_by_key(|&at| widths[at]) else { break };
        widths[narrowest] += 1;
        room -= 1;
    }
    widths
}

/// Returns the least width of a column whose longest text has a width.
fn floor(column: &TableColumn, natural: usize, key: usize, cut: usize) -> usize {
    match column.fit {
        ColumnFit::Key => natural.min(key),
        ColumnFit::Firm if natural <= FIRM => natural,
        ColumnFit::Firm | ColumnFit::Cut => natural.min(cut),
        ColumnFit::Wrapped => natural.min(WRAPPED),
    }
}

/// Returns the width of a table: its columns, and the blanks between them.
fn total(widths: &[usize]) -> usize {
    widths.iter().filter(|&&width| width > 0).map(|width| width + GAP).sum::<usize>().saturating_sub(GAP)
}

#[cfg(test)]
mod tests {
    use super::fit;
    use crate::cli::output::column::TableColumn;

    fn list(natural: [usize; 5], width: usize) -> Vec<usize> {
        fit(&TableColumn::all(&["id", "type", "user", "expires", "updatedAt"]), &natural, false, width)
    }

    #[test]
    fn the_id_is_whole_while_the_others_have_their_least() {
        assert_eq!(list([40, 5, 22, 7, 8], 80), [40, 5, 12, 7, 8]);
        assert_eq!(list([45, 5, 22, 7, 8], 80), [40, 5, 12, 7, 8]);
        assert_eq!(list([45, 5, 22, 7, 8], 64), [30, 5, 6, 7, 8]);
        assert_eq!(list([12, 5, 22, 7, 8], 80), [12, 5, 22, 7, 8]);
    }

    #[test]
    fn columns_at_the_end_are_left_out_before_texts_are_useless() {
        assert_eq!(list([17, 5, 11, 10, 8], 40), [17, 5, 11, 0, 0]);
        assert_eq!(list([60, 5, 11, 10, 8], 20), [20, 0, 0, 0, 0]);
    }

    #[test]
    fn a_state_stays() {
        let columns = TableColumn::all(&["id", "type", "user", "state", "updatedAt"]);
        assert_eq!(fit(&columns, &[30, 5, 11, 8, 12], false, 20), [10, 0, 0, 8, 0]);
    }

    #[test]
    fn an_explanation_gets_the_rest() {
        let columns = TableColumn::all(&["id", "check", "member", "detail"]);
        assert_eq!(fit(&columns, &[10, 8, 12, 200], false, 80), [10, 8, 12, 44]);
    }
}
