//! The rounds of the editor: until the text is valid, or given up.

use credctl::credential::{Change, ChangeError, Credential, Draft, change};
use credctl::disk::Scratch;
use credctl::secret::Secret;
use credctl::value::{Object, Value};

use super::reading::{Misread, Reading, read};
use super::remark::Remarks;
use super::sheet::sheet;
use super::shown::{MemberLine, ShownMembers, length, lines, masked_again};
use crate::cli::child;
use crate::cli::context::{self, Context};
use crate::cli::error::{Error, Failure};
use crate::cli::output::HIDDEN;
use crate::cli::prompt::{self, Noted};

/// The largest text, in bytes. Nobody edits more by hand, and YAML takes several times as much memory.
const LIMIT: usize = 1024 * 1024;
/// The largest credential, in bytes, with the values that the editor does not show.
const LARGEST: usize = 4 * 1024 * 1024;
/// The number of texts that credctl refuses before it gives up, where nobody looks at the terminal.
const ROUNDS: usize = 3;

/// The result of editing.
pub(super) enum Edited {
    /// A text without a change.
    Nothing,
    /// A valid change.
    Change(Draft),
}

/// The text in the editor, and the file that it is in.
pub(super) struct Editing<'a> {
    context: &'a Context,
    reveal: bool,
    shown: ShownMembers,
    /// The values of the text that was valid, by the names of its lines.
    values: Object,
    /// The text for the next round.
    text: Secret,
    remarks: Remarks,
    /// True if the text is a change already, so that the operator need not touch it.
    is_offered: bool,
    scratch: Scratch,
    // dropped last: a signal ends the process only when the file is gone
    signals: Noted,
}

impl<'a> Editing<'a> {
    /// Prepares the text of a credential, and the file in memory.
    pub fn begin(context: &'a Context, stored: &Credential, reveal: bool) -> Result<Self, Error> {
        let signals = prompt::note();
        let folders = context::memory_folders();
        if Scratch::remove_abandoned(&folders) > 0 {
            context.ui.notice("removed a file in memory that a killed `credctl edit` had left");
        }
        let scratch = Scratch::new(&folders, "credential.yaml").map_err(|error| {
            Error::from(error).hint("`credctl patch ID FIELD=-` changes a field without a file")
        })?;
        if length(stored.fields()) + length(&stored.head().members()) > LARGEST {
            return Err(too_long(stored.id(), LARGEST));
        }
        let shown = ShownMembers::of(stored, reveal);
        let text = text_of(stored, &shown.masked)?;
        let (values, remarks) = (Object::new(), Remarks::default());
        Ok(Self { context, reveal, shown, values, text, remarks, is_offered: false, scratch, signals })
    }

    /// Runs the editor until the text is a valid change of the credential, or none.
    pub fn edit(&mut self, stored: &Credential) -> Result<Edited, Error> {
        let (mut refused, mut rounds): (Option<Error>, usize) = (None, 0);
        loop {
            self.run()?;
            let edited = self.read()?;
            if edited.expose() == self.text.expose() && !std::mem::take(&mut self.is_offered) {
                return refused.map_or(Ok(Edited::Nothing), |error| Err(error.hint(unchanged(stored))));
            }
            let own = Secret::from(self.remarks.take_from(edited.expose()));
            let error = match self.judge(stored, own.expose()) {
                Ok(edited) => return Ok(edited),
                Err(error) => error,
            };
            rounds += 1;
            if self.context.ui.prompter().is_none() && rounds == ROUNDS {
                return Err(error.hint(unchanged(stored)));
            }
            self.context.ui.notice(&format!("{}; the editor opens again", error.detail()));
            self.text = self.remarks.put_into(own.expose()).into_secret().unwrap_or(own);
            refused = Some(error);
        }
    }

    /// Brings the text up to the credential as somebody else has changed it meanwhile. What the operator has
    /// changed stays, and comments say where both have changed the same.
    pub fn rebase(&mut self, stored: &Credential) -> Result<(), Error> {
        let now = ShownMembers::of(stored, self.reveal);
        let (mut values, mut both) = (now.masked.clone(), Vec::new());
        for name in lines(stored.kind()).map(MemberLine::name) {
            let (own, old) = (self.values.get(name), self.shown.stored.get(name));
            if own == old {
                continue;
            }
            if old != now.stored.get(name) {
                both.push(name);
            }
            match own {
                Some(own) => drop(values.insert(name, masked_again(own, old, self.shown.masked.get(name)))),
                None => drop(values.remove(name)),
            }
        }
        let text = text_of(stored, &values)?;
        self.remarks = Remarks::default();
        // a comment is a plain text, so it never has a secret, whatever the operator wants to see
        let harmless = ShownMembers::of(stored, false).masked;
        for name in both {
            self.remarks.add(text.expose(), name, &theirs(name, harmless.get(name)));
        }
        self.text = self.remarks.put_into(text.expose()).into_secret().unwrap_or(text);
        self.shown = now;
        self.is_offered = true;
        Ok(())
    }

    fn run(&self) -> Result<(), Error> {
        self.scratch.write(self.text.expose().as_bytes())?;
        let editor = context::editor();
        let name = editor.as_deref().unwrap_or("vi");
        let terminal = self.context.ui.prompter().map(prompt::Prompter::terminal);
        let failed = |status, what: String| {
            Error::new(Failure::Child(status), what)
                .hint("nothing was changed; VISUAL or EDITOR names another")
        };
        let status = child::edit(editor.as_deref(), self.scratch.path(), terminal, &self.signals)
            .map_err(|error| failed(126, format!("the editor `{name}` cannot be started")).because(error))?;
        match status {
            Some(status) if status.success() => Ok(()),
            Some(status) => match child::status(status) {
                130 => Err(Error::new(Failure::Interrupted, "interrupted")),
                status @ (126 | 127) => Err(failed(status, format!("the editor `{name}` cannot be started"))),
                status => Err(failed(status, format!("the editor `{name}` ended with status {status}"))),
            },
            None if self.signals.signal().is_some() => Err(Error::new(Failure::Interrupted, "interrupted")),
            None => Err(Error::usage("there is no editor").hint("VISUAL or EDITOR names one")),
        }
    }

    /// Reads the text. A file that is gone is an empty one.
    fn read(&self) -> Result<Secret, Error> {
        let mut bytes = match self.scratch.read(LIMIT as u64) {
            Err(credctl::disk::FileError::NotFound { .. }) => return Ok(Secret::from("")),
            read => read?,
        };
        Secret::from_utf8(std::mem::take(&mut *bytes)).map_err(|_| {
            Error::new(Failure::Invalid, "the edited text is not UTF-8").hint("nothing was changed")
        })
    }

    /// Returns the change that a text asks for. Notes the comments on a text that is refused.
    fn judge(&mut self, stored: &Credential, text: &str) -> Result<Edited, Error> {
        self.remarks = Remarks::default();
        let settings = &self.context.settings;
        let misread = match read(settings, stored.kind(), &self.shown, text) {
            Ok(Reading::Empty) => return Ok(Edited::Nothing),
            Ok(Reading::Values(draft, values)) => {
                self.values = values;
                let terms = &settings.terms;
                match change(&Change::Merge(stored, None), draft.clone(), &terms.act(), &terms.rules()) {
                    Ok(_) => return Ok(Edited::Change(draft)),
                    Err(ChangeError::Nothing) => return Ok(Edited::Nothing),
                    Err(ChangeError::Invalid(violations)) => Misread::Members(violations),
                    Err(error) => return Err(error.into()),
                }
            }
            Err(misread) => misread,
        };
        match misread {
            Misread::Yaml(error) => {
                self.remarks = Remarks::on_yaml(text, &error);
                Err(Error::from_error(Failure::Invalid, error))
            }
            Misread::Members(violations) => {
                self.remarks = Remarks::on_members(text, &violations);
                Err(violations.into())
            }
        }
    }
}

fn too_long(id: &str, most: usize) -> Error {
    let what = format!("{id} is too long for an editor: it has more than {} MiB", most / 1024 / 1024);
    Error::new(Failure::Invalid, what).hint(format!("`credctl patch {id} FIELD=-` changes a field"))
}

fn unchanged(stored: &Credential) -> String {
    format!("{} is unchanged; `credctl edit {}` begins anew", stored.id(), stored.id())
}

fn text_of(stored: &Credential, values: &Object) -> Result<Secret, Error> {
    if length(values) > LIMIT {
        return Err(too_long(stored.id(), LIMIT));
    }
    let text = sheet(stored, values)?.into_secret();
    text.ok_or_else(|| Error::new(Failure::Internal, "the text cannot be made"))
}

/// Returns the comment on a member that somebody else has changed, too.
fn theirs(name: &str, now: Option<&Value>) -> String {
    match now {
        None => format!("{name} was removed meanwhile"),
        Some(Value::Text(text)) if text.expose() != HIDDEN => format!("{name} is now {}", text.expose()),
        Some(_) => format!("{name} was changed meanwhile, too"),
    }
}
