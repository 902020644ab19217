//! A list without credentials.

use crate::cli::context::Ui;

/// Tells that the list is empty, and the next command. `owned` is the number of all credentials.
pub(super) fn nothing(ui: &Ui, owned: u64) {
    if owned == 0 {
        ui.notice("there are no credentials yet");
        ui.hint("`credctl add login NAME` adds one, `credctl import FILE` imports many");
    } else {
        ui.notice("no credential matches");
        ui.hint("`credctl list` shows all credentials");
    }
}
