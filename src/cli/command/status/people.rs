//! The report for people: one fact a row, with the source of each setting.

use credctl::value::{Object, Value};

use super::queued::QueuedChanges;
use super::report::{Inside, Remembered, Report};
use crate::cli::agent::AgentState;
use crate::cli::context::{self, Origin, Settings, Ui};
use crate::cli::health::{IdentityState, WayIn};
use crate::cli::output::{Clock, size};
use crate::cli::signing::SigningKeyAtHand;
use crate::cli::{conflicting, queueing, rotation};

/// The widest text of a recipient on a terminal; longer ones are cut in the middle.
const WIDEST: usize = 64;

/// Returns the rows, each with its name.
pub fn rows(settings: &Settings, ui: &Ui, report: &Report, held: &AgentState) -> Object {
    let mut rows = Object::new();
    let mut row = |name: &str, text: String| drop(rows.insert(name, Value::text(text)));
    let origins = &settings.origins;
    let vault = settings.vault().map(context::short).unwrap_or_default();
    row("vault", sourced(settings, &vault, origins.vault));
    row("state", state(report));
    if let Some(text) = file(settings, ui, report) {
        row("file", text);
    }
    if let Some(queued) = &report.queued {
        row("queued", changes(settings, ui, queued));
    }
    if let Some(inside) = &report.inside {
        let bundle = inside.bundle.as_ref().map(|name| format!("; the bundle of the environment {name}"));
        row("credentials", format!("{}{}", inside.credentials, bundle.unwrap_or_default()));
        let memory = match &inside.memory {
            Remembered::Kept { generation, since, trouble } => {
                let since = since.map(|at| format!("first seen {}, ", Clock::of(settings, ui).text(at)));
                let known = format!("{}highest generation {generation}", since.unwrap_or_default());
                let trouble = trouble.as_ref().map(|reason| format!("\ncannot be written: {reason}"));
                known + &trouble.unwrap_or_default()
            }
            Remembered::Nothing(reason) => format!("none, so credctl cannot notice an older copy: {reason}"),
        };
        row("memory", memory);
        row(
            "signed",
            match &inside.signed_by {
                Some(name) => format!("by {name}; these can change it: {}", inside.signers.join(", ")),
                None => "no: anyone who can read it can change it, whatever the role".to_owned(),
            },
        );
        if let Some(key) = &inside.signing_key {
            row("signing key", signing_key(key));
        }
    }
    if let Some(Inside { rotate_required: count @ 1.., .. }) = report.inside {
        row("rotation", format!("{}\n`{}` lists them", rotation::words(count), rotation::LISTING));
    }
    if let Some(Inside { conflicts: count @ 1.., .. }) = report.inside {
        row("conflicts", format!("{}\n`{}` lists them", conflicting::words(count), conflicting::LISTING));
    }
    if let Some(keys) = unlocked_by(ui, report) {
        row("unlocked by", keys);
    }
    for (number, (path, state)) in report.identities.iter().enumerate() {
        let path = sourced(settings, &context::short(path.as_ref()), origins.identities);
        let name = if number == 0 { "identity".to_owned() } else { format!("identity {}", number + 1) };
        row(&name, format!("{path}: {}", words(state)));
    }
    if origins.passphrase != Origin::Default {
        row("passphrase", format!("not tried {}", source(settings, origins.passphrase)));
    }
    row("project", sourced(settings, &settings.scope().project, origins.project));
    row("role", sourced(settings, settings.scope().role.name(), origins.role));
    row("agent", agent(settings, held));
    row(
        "attention",
        match report.findings {
            0 if report.inside.as_ref().is_some_and(|inside| inside.rotate_required > 0) => {
                "rotation".to_owned()
            }
            0 if report.inside.as_ref().is_some_and(|inside| inside.conflicts > 0) => "conflicts".to_owned(),
            0 => "nothing".to_owned(),
            1 => "1 finding; `credctl doctor` shows it".to_owned(),
            count => format!("{count} findings; `credctl doctor` shows them"),
        },
    );
    rows
}

fn state(report: &Report) -> String {
    let why = match &report.way {
        WayIn::Identity(_) if report.state == "open" => "an identity opens it".to_owned(),
        WayIn::Passphrase => "a passphrase is set, which was not tried".to_owned(),
        WayIn::Agent => "the agent opens it".to_owned(),
        WayIn::Question(reason) | WayIn::Nothing(reason) => (*reason).to_owned(),
        WayIn::Identity(_) | WayIn::NoVault => return report.state.to_owned(),
    };
    format!("{}: {why}", report.state)
}

/// Returns the words for the changes that wait for the server.
fn changes(settings: &Settings, ui: &Ui, queued: &QueuedChanges) -> String {
    let count = queued.generations.map_or("changes".to_owned(), queueing::generations);
    let since = queued.since.map(|at| format!(" since {}", Clock::of(settings, ui).text(at)));
    let file = context::short(queued.path.as_ref());
    format!("{count} of this machine{}, not stored yet\n{file}", since.unwrap_or_default())
}

/// Returns the words for the key that would sign the next write.
fn signing_key(key: &SigningKeyAtHand) -> String {
    match key {
        SigningKeyAtHand::Ready { signer, path } => {
            format!("{}: signs as {signer}", context::short(path))
        }
        SigningKeyAtHand::InAgent { signer } => format!("in the ssh-agent: signs as {signer}"),
        SigningKeyAtHand::NeedsPassphrase { signer, path } => {
            format!("{}: signs as {signer}, and needs its passphrase", context::short(path))
        }
        SigningKeyAtHand::Unusable { path, reason } => {
            format!("{}: cannot sign: {reason}", context::short(path))
        }
        SigningKeyAtHand::None => "none of a signer is here, so nothing can be changed".to_owned(),
    }
}

/// Returns the facts about the file.
fn file(settings: &Settings, ui: &Ui, report: &Report) -> Option<String> {
    let mut facts = vec![size(report.size?)];
    if let Some(inside) = &report.inside {
        facts.push(format!("generation {}", inside.generation));
        facts.push(format!("format {}", inside.format));
    }
    if let Some(at) = report.modified {
        facts.push(format!("changed {}", Clock::of(settings, ui).text(at)));
    }
    if let Some(at) = report.compared {
        facts.push(format!("compared with its server {}", Clock::of(settings, ui).text(at)));
    }
    Some(facts.join(", "))
}

fn unlocked_by(ui: &Ui, report: &Report) -> Option<String> {
    if report.has_passphrase {
        return Some("a passphrase".to_owned());
    }
    let Some(inside) = &report.inside else { return report.keys.clone() };
    let shown = inside.members.iter().map(|member| {
        let key = cut(&member.recipient, ui.stdout_is_terminal);
        match &member.name {
            Some(name) => format!("{name} ({key})"),
            None => key,
        }
    });
    Some(shown.collect::<Vec<_>>().join("\n"))
}

/// Cuts a long text in the middle, where a terminal shows it.
fn cut(text: &str, is_terminal: bool) -> String {
    if !is_terminal || text.len() <= WIDEST || !text.is_ascii() {
        return text.to_owned();
    }
    format!("{}…{}", &text[..WIDEST / 2], &text[text.len() - WIDEST / 4..])
}

fn words(state: &IdentityState) -> String {
    match state {
        IdentityState::Opens => "opens the vault".to_owned(),
        IdentityState::Other => "does not open the vault".to_owned(),
        IdentityState::Ready => "ready".to_owned(),
        IdentityState::NeedsPassphrase => "needs its passphrase".to_owned(),
        IdentityState::NeedsPlugin => "needs its plugin".to_owned(),
        IdentityState::Missing => "does not exist".to_owned(),
        IdentityState::Unusable(reason) => reason.clone(),
    }
}

fn sourced(settings: &Settings, text: &str, origin: Origin) -> String {
    format!("{text} {}", source(settings, origin))
}

/// Returns the source of a setting in parentheses.
fn source(settings: &Settings, origin: Origin) -> String {
    match origin {
        Origin::Flag(name) | Origin::Variable(name) => format!("({name})"),
        Origin::Configuration => {
            let path = settings.configuration.as_deref().map(context::short).unwrap_or_default();
            format!("({path})")
        }
        Origin::Default => "(default)".to_owned(),
    }
}

fn agent(settings: &Settings, agent: &AgentState) -> String {
    match agent {
        AgentState::Absent => "none".to_owned(),
        AgentState::Silent(_) => "does not answer".to_owned(),
        AgentState::Refused(reason) => format!("not used: {reason}"),
        AgentState::Holding { until, memory, vaults } => {
            let left = until.map(|until| until - settings.terms.now);
            holding(left.map(|left| left.num_seconds().max(0).unsigned_abs()), memory, *vaults)
        }
    }
}

/// Returns the words for an agent with keys, and for the seconds until it forgets the key of this vault.
fn holding(left: Option<u64>, memory: &str, vaults: usize) -> String {
    let plural = if vaults == 1 { "" } else { "s" };
    let own = left.map_or("not this one".to_owned(), |left| format!("this one for {}", span(left)));
    format!("holds the keys of {vaults} vault{plural}, {own}\n{memory}")
}

/// Returns a time span to the minute.
fn span(seconds: u64) -> String {
    match (seconds / 3600, seconds % 3600 / 60) {
        (0, 0) => format!("{seconds} s"),
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::{cut, holding, span};

    #[test]
    fn spans_and_long_texts_are_short() {
        assert_eq!([span(59), span(61), span(7260)], ["59 s", "1 min", "2 h 1 min"]);
        let long = "x".repeat(100);
        assert_eq!(cut(&long, false), long);
        assert_eq!(cut(&long, true).chars().count(), 49);
    }

    #[test]
    fn an_agent_says_how_long_it_keeps_the_key_of_this_vault() {
        assert_eq!(holding(Some(60), "m", 1), "holds the keys of 1 vault, this one for 1 min\nm");
        assert_eq!(holding(None, "m", 2), "holds the keys of 2 vaults, not this one\nm");
    }
}
