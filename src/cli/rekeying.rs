//! A change of the keys of the vault, for `rekey` and `recipients`: the confirmation, the change, and the notices.

use credctl::store::{KeyChange, Preview, Rekeyed};
use credctl::value::{Object, Value};
use credctl::vault::{Environment, ExposedSecrets, Key, Lockset, RosterMember};

use super::context::{Context, Ui};
use super::error::Error;
use super::options::WriteArgs;
use super::{agent, answer, deployment, output, rotation, session, shell_word, unlock};

/// The result of a change of keys, or of a dry run.
#[derive(Default)]
pub struct KeyReport {
    done: Rekeyed,
    /// True if the secrets were marked.
    is_marked: bool,
    /// True if the vault is locked to other keys than before.
    is_changed: bool,
}

/// Changes the keys, after a confirmation if nobody at hand could open the vault then. Returns `None` if the
/// recipients were changed meanwhile, and the caller must begin anew.
fn change(
    context: &Context,
    mut seen: Preview,
    change: &KeyChange,
    write: &WriteArgs,
) -> Result<Option<KeyReport>, Error> {
    let Context { settings, ui, .. } = context;
    // the prompt comes before others have to wait for the lock
    require_way_in(context, write, &seen.key, &change.lockset)?;
    let report = |done| KeyReport { done, is_marked: change.marks, is_changed: true };
    if write.dry_run {
        return Ok(Some(report(change.preview(&mut seen.vault)?)));
    }
    let had_passphrase = !matches!(*seen.key, Key::Identities(_));
    let Some(done) = session::store_to_change(context, false)?.rekey(seen, change)? else { return Ok(None) };
    if had_passphrase {
        agent::forget(settings, ui);
    }
    Ok(Some(report(done)))
}

/// Changes the keys if `is_changed`. Otherwise finishes the change of a call that was killed before its end. Returns
/// `None` as [`change`] does.
pub fn change_or_settle(
    context: &Context,
    seen: Preview,
    key_change: &KeyChange,
    is_changed: bool,
    write: &WriteArgs,
) -> Result<Option<KeyReport>, Error> {
    if is_changed {
        return change(context, seen, key_change, write);
    }
    if !write.dry_run {
        session::store(context)?.settle(&seen);
    }
    Ok(Some(KeyReport::default()))
}

impl KeyReport {
    /// Adds what was done to an answer.
    pub fn put_into(&self, answer: &mut Object, write: &WriteArgs) {
        if write.dry_run {
            answer.insert("dryRun", true);
        }
        if !self.done.removed.is_empty() {
            let removed = self.done.removed.iter().map(|member| Value::Object(document(member)));
            answer.insert("removed", Value::List(removed.collect()));
            answer.insert("couldRead", self.could_read());
            answer.insert("rotateRequired", Value::Bool(self.is_marked));
        }
        answer.insert("deploymentResult", deployment::document(&self.done.deployment));
    }

    /// Returns the lines for people about what the removed recipients could read.
    pub fn lines(&self, write: &WriteArgs) -> String {
        let ExposedSecrets { ids, .. } = &self.done.exposure;
        if self.done.removed.is_empty() {
            return String::new();
        }
        let who = self.who();
        if ids.is_empty() && self.done.exposure.versions == 0 {
            return format!("{who} could read no secrets\n");
        }
        let mut text = format!("{who} could read the secrets of {}", self.counted());
        if !ids.is_empty() {
            text.push_str(&format!(": {}", answer::few(ids)));
        }
        text.push('\n');
        if self.is_marked && !write.dry_run && !ids.is_empty() {
            text.push_str("each is marked with rotateRequired until its secret is replaced\n");
        }
        output::sanitize::text(&text).into_owned()
    }

    /// Prints what the operator has to do next.
    pub fn tell(&self, ui: &Ui, write: &WriteArgs) {
        if self.is_changed && !write.dry_run {
            ui.notice(
                "the old key still opens copies of the vault, and the .bak file until credctl has opened the new vault",
            );
        }
        for Environment { name, .. } in &self.done.environments {
            ui.notice(&format!(
                "{} can still read the bundle of the environment {name}, which has recipients of its own",
                self.who()
            ));
            ui.hint(&format!("credctl environment remove {}", shell_word::quoted(name)));
        }
        if self.is_marked && !write.dry_run && !self.done.exposure.ids.is_empty() {
            ui.hint(rotation::LISTING);
        }
        if self.done.exposure.unreadable > 0 {
            ui.notice(&format!("{} damaged records could not be marked", self.done.exposure.unreadable));
            ui.hint("credctl check");
        }
    }

    fn could_read(&self) -> Object {
        let ExposedSecrets { ids, attachments, versions, .. } = &self.done.exposure;
        let environments = self.done.environments.iter().map(|environment| environment.name.as_str());
        Object::from_iter([
            ("credentials", Value::from(ids.len() as u64)),
            ("attachments", Value::from(*attachments)),
            ("versions", Value::from(*versions)),
            ("ids", Value::texts(ids.iter().map(String::as_str))),
            ("environments", Value::texts(environments)),
        ])
    }

    fn counted(&self) -> String {
        let count = |number: u64, one: &str, many: &str| match number {
            1 => format!("1 {one}"),
            number => format!("{number} {many}"),
        };
        let ExposedSecrets { ids, attachments, versions, .. } = &self.done.exposure;
        let mut text = count(ids.len() as u64, "credential", "credentials");
        let attached = (*attachments > 0).then(|| count(*attachments, "attachment", "attachments"));
        let earlier = (*versions > 0).then(|| count(*versions, "earlier version", "earlier versions"));
        match (attached, earlier) {
            (None, None) => {}
            (Some(one), None) | (None, Some(one)) => text.push_str(&format!(" and {one}")),
            (Some(one), Some(other)) => text.push_str(&format!(", {one} and {other}")),
        }
        text
    }

    fn who(&self) -> String {
        answer::few(&self.done.removed.iter().map(RosterMember::shown).collect::<Vec<_>>())
    }
}

/// Returns a recipient as answers show it.
pub fn document(member: &RosterMember) -> Object {
    let mut shown = Object::new();
    if let Some(name) = &member.name {
        shown.insert("name", Value::text(name.as_str()));
    }
    shown.insert("recipient", Value::text(member.recipient.as_str()));
    shown.insert("kind", Value::text(member.key_kind()));
    if let Some(at) = member.added_at {
        shown.insert("addedAt", Value::text(credctl::time::format(at)));
    }
    if let Some(by) = member.added_by {
        shown.insert("addedBy", Value::text(by.to_string()));
    }
    shown
}

/// Requires a confirmation if no identity at hand opens the new vault. Asks for the name of its file, because
/// people type a yes by habit, but not a name.
fn require_way_in(context: &Context, write: &WriteArgs, key: &Key, lockset: &Lockset) -> Result<(), Error> {
    const WHAT: &str = "none of your identities would open the vault";
    let Context { settings, ui, .. } = context;
    if unlock::opens_lockset(context, key, lockset)? {
        return Ok(());
    }
    let prompter = ui.prompter();
    if write.yes || (write.dry_run && prompter.is_some()) {
        ui.notice(WHAT);
        return Ok(());
    }
    let Some(prompter) = prompter else {
        return Err(Error::usage(WHAT).hint("name an identity that opens it with --identity, or use --yes"));
    };
    let name = settings.vault()?.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let question = format!("{WHAT}. To continue, type the file name of the vault, {name}");
    if prompter.text(&question, &|_| Ok(()))?.trim() == name {
        return Ok(());
    }
    Err(Error::usage("the vault was not changed"))
}
