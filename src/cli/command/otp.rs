//! `otp`: prints the code of a one-time password.

use std::time::Duration;

use chrono::{DateTime, Utc};
use credctl::credential::Credential;
use credctl::otp::{Moving, OneTimePassword};
use credctl::secret::{Buffer, Secret};
use credctl::store::{Preview, StoredSeed, ValueReader, Writes, seconds};
use credctl::value::{Object, Value};

use crate::cli::clipboard::Clip;
use crate::cli::context::{self, Context};
use crate::cli::error::{Error, Failure};
use crate::cli::options::{ClipArgs, Form};
use crate::cli::{output, pick, qr, session};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The seed is the field `totp` of a login or of a credential of type otp. Without
--field, credctl also finds the entry totp, otp, otpauth or hotp of a key store.

A time-based code is valid until its period ends. On a terminal, credctl prints
the seconds that are left. credctl prints a counter-based code
(`otpauth://hotp/…`) only once: it saves the next counter before it prints the
code.

Examples:
  credctl otp github
  credctl otp github --clip
      copies the code, and clears the clipboard when the code ends
  credctl otp github -o json
      prints code, secondsLeft and period
  credctl otp github --qr
      draws the seed for the camera of another device
  credctl add otp github totp=- issuer=GitHub username=me
      adds a seed: an `otpauth://` address, or base32 as the site shows it")]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
pub struct Args {
    /// The id, or a name that only one credential has; on a terminal, words to choose by
    #[arg(value_name = "ID")]
    words: Vec<String>,
    /// Use the seed in FIELD
    #[arg(long, value_name = "FIELD")]
    field: Option<String>,
    /// Print the code of the next period
    #[arg(long)]
    next: bool,
    #[command(flatten)]
    clip: ClipArgs,
    /// Draw the seed as a QR code on the terminal
    #[arg(long, conflicts_with_all = ["next", "clip"])]
    qr: bool,
    /// Draw the seed even if the output is not a terminal
    #[arg(long, requires = "qr")]
    reveal: bool,
    /// Print a code even of a credential that must not be used now
    #[arg(long)]
    force: bool,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let clip = Clip::asked(ui, &args.clip)?;
    if args.qr {
        check_drawing(context, args)?;
    }
    pick::check(context, &args.words)?;
    let mut seen = session::store(context)?.read_to_change()?;
    let credential = pick::credential(context, &mut seen.vault, &args.words)?;
    let reader = ValueReader::new(&settings.terms, args.force);
    check_usable(reader, &credential)?;
    let seed = seed(&mut seen, args, reader, &credential)?;
    if args.qr {
        if ui.stdout_is_terminal {
            ui.notice("the terminal now shows the seed, and may keep it in its history");
        }
        return output::bytes(&qr::draw(&address(&credential, seed.password), settings.colour, ui.size())?);
    }
    let (answer, valid_for) = match seed.password.moving() {
        Moving::Time { period } => {
            // now, and not when the call began: the operator may have been asked for a key
            let timed = TimedCode::at(&seed.password, period, context::now());
            let valid_for = timed.valid_for(args.next);
            (CodeAnswer::timed(timed, args.next), Some(valid_for))
        }
        Moving::Counter(_) if args.next => {
            return Err(Error::usage(
                "--next needs a time-based code; for a counter, the next call prints the next code",
            ));
        }
        Moving::Counter(_) => (counted(context, args, seen, credential.id(), &seed.field)?, None),
    };
    if let Some(clip) = clip {
        let clip = valid_for.map_or(clip.clone(), |valid_for| clip.at_most(valid_for));
        return clip.copy(ui, &format!("code of {}", credential.id()), answer.asked().expose().as_bytes());
    }
    answer.print(context)
}

/// Fails if the seed must not be drawn. Must come before the vault is unlocked.
fn check_drawing(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    if !matches!(settings.form, Form::Table | Form::Wide) {
        return Err(Error::usage("--qr cannot be used with --output"));
    }
    if !ui.stdout_is_terminal && !args.reveal {
        return Err(Error::usage("a QR code shows the seed, and the output is not a terminal")
            .hint("--reveal draws it anyway"));
    }
    Ok(())
}

/// Fails if the credential must not be used now.
fn check_usable(reader: ValueReader<'_>, credential: &Credential) -> Result<(), Error> {
    reader.check_usable(credential).map_err(|error| {
        Error::from(error).with_hint(format!("`credctl otp --force {}` prints a code", credential.id()))
    })
}

/// Finds the seed: that of the field, or that which the credential has.
fn seed(
    seen: &mut Preview,
    args: &Args,
    reader: ValueReader<'_>,
    credential: &Credential,
) -> Result<StoredSeed, Error> {
    let Some(field) = &args.field else { return Ok(StoredSeed::find(credential)?) };
    let references = seen.vault.references_to(credential.id())?;
    let text = reader
        .value(credential, &references, field)?
        .into_secret()
        .ok_or_else(|| Error::new(Failure::Invalid, format!("the value of {field} is not text")))?;
    Ok(StoredSeed::parse(field, &text)?)
}

/// Returns the address of a seed, with the names of the credential where it has none of its own.
fn address(credential: &Credential, password: OneTimePassword) -> Secret {
    let (issuer, account) = credential.seed_names();
    password.named(issuer, account).uri()
}

/// Takes the next code of a counter. The vault has the counter after it before the code is known.
fn counted(
    context: &Context,
    args: &Args,
    seen: Preview,
    id: &str,
    field: &str,
) -> Result<CodeAnswer, Error> {
    context.settings.scope().check(Writes::Credentials)?;
    let written = session::write_previewed(context, Some(seen), false, |vault| {
        let stored = vault.stored(id, false, None)?;
        // it may have been disabled since it was read
        check_usable(ValueReader::new(vault.terms(), args.force), &stored)?;
        Ok(vault.take_code(&stored, field)?)
    })?;
    let taken = written.answer;
    Ok(CodeAnswer { code: taken.code, next: None, numbers: vec![("counter", taken.counter)], words: None })
}

/// The codes of this period and the next.
struct TimedCode {
    current: Secret,
    next: Secret,
    period: u32,
    left: u32,
}

impl TimedCode {
    fn at(password: &OneTimePassword, period: u32, now: DateTime<Utc>) -> Self {
        let seconds = seconds(now);
        let factor = password.factor(seconds);
        Self {
            current: password.code(factor),
            next: password.code(factor.saturating_add(1)),
            period,
            left: password.seconds_left(seconds).unwrap_or(period),
        }
    }

    /// Returns the time until the code ends that is asked for.
    fn valid_for(&self, next: bool) -> Duration {
        Duration::from_secs(u64::from(self.left) + if next { u64::from(self.period) } else { 0 })
    }
}

/// The code with everything that the answer says of it.
struct CodeAnswer {
    code: Secret,
    /// The code after it, if that is the one asked for.
    next: Option<Secret>,
    /// The numbers beside the code, by their names.
    numbers: Vec<(&'static str, u64)>,
    /// The words for a person.
    words: Option<String>,
}

impl CodeAnswer {
    fn timed(timed: TimedCode, next: bool) -> Self {
        let TimedCode { current, next: following, period, left } = timed;
        Self {
            code: current,
            next: next.then_some(following),
            numbers: vec![("secondsLeft", left.into()), ("period", period.into())],
            words: Some(if next { format!("valid in {left} s") } else { format!("{left} s left") }),
        }
    }

    /// Returns the code that was asked for.
    fn asked(&self) -> &Secret {
        self.next.as_ref().unwrap_or(&self.code)
    }

    fn print(self, context: &Context) -> Result<(), Error> {
        let Context { settings, ui, .. } = context;
        if matches!(settings.form, Form::Table | Form::Wide | Form::Name) {
            let words = self.words.as_ref().filter(|_| ui.stdout_is_terminal);
            let words = words.map(|words| format!("  ({words})")).unwrap_or_default();
            let mut line = Buffer::with_capacity(64);
            line.push(self.asked().expose());
            line.push(&words);
            line.push("\n");
            return output::bytes(line.bytes());
        }
        let mut answer = Object::from_iter([("code", Value::Text(self.code))]);
        for (name, number) in self.numbers {
            answer.insert(name, Value::from(number));
        }
        if let Some(next) = self.next {
            answer.insert("next", Value::Text(next));
        }
        output::object(settings, &answer)
    }
}
