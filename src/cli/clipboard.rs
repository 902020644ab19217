//! The clipboard. credctl puts a secret there, and clears it after a while unless something else is there
//! then.

use std::io::{self, Read as _};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use credctl::base64;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::context::{self, Ui};
use super::error::{Error, Failure};
use super::options::ClipArgs;
use super::{child, output};

/// The programs of one kind of desktop.
struct Tools {
    name: &'static str,
    copy: &'static [&'static str],
    paste: &'static [&'static str],
    clear: &'static [&'static str],
}

const WAYLAND: Tools = Tools {
    name: "wayland",
    copy: &["wl-copy"],
    paste: &["wl-paste", "--no-newline"],
    clear: &["wl-copy", "--clear"],
};
const XCLIP: Tools = Tools {
    name: "xclip",
    copy: &["xclip", "-selection", "clipboard", "-in"],
    paste: &["xclip", "-selection", "clipboard", "-out"],
    clear: &["xclip", "-selection", "clipboard", "-in"],
};
const XSEL: Tools = Tools {
    name: "xsel",
    copy: &["xsel", "--clipboard", "--input"],
    paste: &["xsel", "--clipboard", "--output"],
    clear: &["xsel", "--clipboard", "--clear"],
};
const MAC: Tools = Tools { name: "mac", copy: &["pbcopy"], paste: &["pbpaste"], clear: &["pbcopy"] };
const ALL: [&Tools; 4] = [&WAYLAND, &XCLIP, &XSEL, &MAC];

/// The largest content of a clipboard that credctl reads.
const LIMIT: u64 = 16 * 1024 * 1024;
/// The hidden command that clears the clipboard, in another process of this program.
pub const CLEAR: &str = "clear-clipboard";

/// Returns the tools that may work here, in order.
fn tools() -> Vec<&'static Tools> {
    let is_set =
        |name| context::variable(name).is_some_and(|value| value.is_ok_and(|value| !value.is_empty()));
    let mut tools = Vec::new();
    if is_set("WAYLAND_DISPLAY") {
        tools.push(&WAYLAND);
    }
    if is_set("DISPLAY") {
        tools.extend([&XCLIP, &XSEL]);
    }
    if cfg!(target_os = "macos") {
        tools.push(&MAC);
    }
    tools
}

/// A copy that the operator asks for.
#[derive(Debug, Clone)]
pub struct Clip {
    after: Duration,
    through_terminal: bool,
}

impl Clip {
    /// Reads the options. Returns `None` if the operator asks for no copy. Fails if the copy is certain to fail,
    /// so that nothing is changed before.
    pub fn asked(ui: &Ui, args: &ClipArgs) -> Result<Option<Self>, Error> {
        if !args.clip {
            return Ok(None);
        }
        let after = humantime::parse_duration(&args.clip_time)
            .map_err(|_| Error::usage("--clip-time is not a time such as 45s"))?;
        if args.osc52 && ui.prompter().is_none() {
            return Err(no_terminal());
        }
        if !args.osc52 && tools().is_empty() {
            return Err(no_clipboard());
        }
        Ok(Some(Self { after, through_terminal: args.osc52 }))
    }

    /// Clears the clipboard after this time at the latest.
    pub fn at_most(self, after: Duration) -> Self {
        Self { after: self.after.min(after), ..self }
    }

    /// Copies a value to the clipboard, or to that of the terminal. Says what was copied, where to and until
    /// when.
    pub fn copy(&self, ui: &Ui, what: &str, value: &[u8]) -> Result<(), Error> {
        if self.through_terminal {
            ui.prompter().ok_or_else(no_terminal)?.send(&osc52(value))?;
            ui.notice(&format!(
                "copied {what} to the clipboard of the terminal, which credctl does not clear"
            ));
            return Ok(());
        }
        let program = copy(value, self.after)?;
        let (at, after) = (context::local_time(self.after), seconds(self.after));
        ui.notice(&format!("copied {what} to the clipboard by {program}; cleared at {at} (in {after})"));
        Ok(())
    }
}

fn no_terminal() -> Error {
    Error::usage("there is no terminal to copy through")
}

fn no_clipboard() -> Error {
    Error::new(Failure::Io, "no clipboard was found")
        .hint("install wl-copy, xclip, xsel or pbcopy, or copy through the terminal with --osc52")
}

/// Returns a span of time for people: `45 s`, `10 min`, else as humantime writes it.
fn seconds(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..120 => format!("{seconds} s"),
        seconds if seconds.is_multiple_of(60) && seconds < 7200 => format!("{} min", seconds / 60),
        seconds => humantime::format_duration(Duration::from_secs(seconds)).to_string(),
    }
}

/// Copies a value to the clipboard, and starts a process that clears the clipboard later. Returns the name of
/// the program that copied.
fn copy(value: &[u8], after: Duration) -> Result<&'static str, Error> {
    let is_copied = |tools: &&&Tools| child::feed(tools.copy, value).unwrap_or(false);
    let tools = tools().into_iter().find(|tools| is_copied(&tools)).ok_or_else(no_clipboard)?;
    let key = Zeroizing::new(Uuid::new_v4().into_bytes());
    let mut memory = Zeroizing::new(key.to_vec());
    memory.extend_from_slice(&fingerprint(&*key, value));
    if let Err(error) = child::detached_self(&[CLEAR, tools.name, &after.as_secs().to_string()], &memory) {
        // a value must not stay if no process waits to clear it
        let _ = child::feed(tools.clear, b"");
        return Err(Error::new(Failure::Io, "the clipboard cannot be cleared later").because(error));
    }
    Ok(tools.copy.first().copied().unwrap_or(tools.name))
}

/// Returns the escape sequence that asks a terminal, even a remote one, to put a value into its clipboard.
fn osc52(value: &[u8]) -> Zeroizing<Vec<u8>> {
    let encoded = base64::encode(value);
    let mut escape = Zeroizing::new(Vec::with_capacity(encoded.len() + 16));
    escape.extend_from_slice(b"\x1b]52;c;");
    escape.extend_from_slice(encoded.expose().as_bytes());
    escape.push(0x07);
    escape
}

/// Waits, and clears the clipboard if it still holds the copied value. A signal that would end the process
/// ends the wait at once. The caller hands over only a fingerprint of the value. The process leaves the
/// session of the caller, so that it survives the end of the caller's terminal.
pub fn clear(tools: &str, after: Duration) -> Result<(), Error> {
    let memory = context::all_of_stdin()?;
    let (key, expected) =
        memory.split_at_checked(16).ok_or_else(|| Error::usage("nothing to compare with"))?;
    let tools = ALL.into_iter().find(|known| known.name == tools);
    let tools = tools.ok_or_else(|| Error::usage("there is no such clipboard"))?;
    let _ = rustix::process::setsid();
    let ended = signals()?;
    // the caller waits for this
    output::bytes(b"\n")?;
    wait(ended, after)?;
    if let Some(held) = child::ask(tools.paste, LIMIT)?
        && fingerprint(key, &held) == expected
    {
        child::feed(tools.clear, b"")?;
    }
    Ok(())
}

/// Returns a stream that becomes readable once a signal came that ends a process.
fn signals() -> io::Result<UnixStream> {
    let (ended, write) = UnixStream::pair()?;
    for signal in [SIGHUP, SIGINT, SIGQUIT, SIGTERM] {
        signal_hook::low_level::pipe::register(signal, write.try_clone()?)?;
    }
    Ok(ended)
}

/// Waits for the given time, or until a signal comes.
fn wait(mut ended: UnixStream, after: Duration) -> io::Result<()> {
    if after.is_zero() {
        return Ok(());
    }
    ended.set_read_timeout(Some(after))?;
    // the wait is over, whatever the result
    let _ = ended.read(&mut [0]);
    Ok(())
}

fn fingerprint(key: &[u8], value: &[u8]) -> Vec<u8> {
    // HMAC takes a key of any length
    Hmac::<Sha256>::new_from_slice(key).map_or_else(
        |_| Vec::new(),
        |mut mac| {
            mac.update(value);
            mac.finalize().into_bytes().to_vec()
        },
    )
}
