//! The keys that the agent holds, and what to say about an agent that cannot be used.

use std::sync::Arc;

use credctl::vault::Sealed;

use crate::cli::agent::{self, Agent, KeyName, SILENT, Trouble};
use crate::cli::context::{Settings, Ui};

/// Returns the agent as the holder of keys of these names, if this run may use one.
pub(super) fn holder(settings: &Settings, ui: &Ui, names: Vec<KeyName>) -> Option<Arc<Agent>> {
    agent::holder(settings, names).map_err(|trouble| tell(ui, &trouble)).ok().map(Arc::new)
}

/// Returns true if the agent has a key that opens the vault.
pub(super) fn opens(ui: &Ui, agent: &Agent, sealed: &Sealed) -> bool {
    let opens = agent.opens(sealed);
    if let Some(trouble) = agent.trouble() {
        tell(ui, &trouble);
    }
    opens
}

/// Prints a notice about an agent that is there and cannot be used.
fn tell(ui: &Ui, trouble: &Trouble) {
    match trouble {
        Trouble::Absent => {}
        Trouble::Silent(Some(process)) => {
            ui.notice_once(&format!("{SILENT}; `{}` ends it", agent::ending(*process)));
        }
        Trouble::Silent(None) => ui.notice_once(SILENT),
        Trouble::Refused(what) => ui.notice_once(&format!("no agent is used: {what}")),
    }
}
