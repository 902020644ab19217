//! The clipboard: a secret goes in, and out again after a while unless something else is there then.

use std::thread;
use std::time::Duration;

use credctl::kind::rule::encoding;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::child;
use super::context::Context;
use super::error::{Error, Kind};

/// The programs of one kind of desktop.
struct Tools {
    copy: &'static [&'static str],
    paste: &'static [&'static str],
    clear: &'static [&'static str],
}

const WAYLAND: Tools =
    Tools { copy: &["wl-copy"], paste: &["wl-paste", "--no-newline"], clear: &["wl-copy", "--clear"] };
const XCLIP: Tools = Tools {
    copy: &["xclip", "-selection", "clipboard", "-in"],
    paste: &["xclip", "-selection", "clipboard", "-out"],
    clear: &["xclip", "-selection", "clipboard", "-in"],
};
const XSEL: Tools = Tools {
    copy: &["xsel", "--clipboard", "--input"],
    paste: &["xsel", "--clipboard", "--output"],
    clear: &["xsel", "--clipboard", "--clear"],
};
const MAC: Tools = Tools { copy: &["pbcopy"], paste: &["pbpaste"], clear: &["pbcopy"] };

/// Most that is looked at in a clipboard.
const LIMIT: u64 = 16 * 1024 * 1024;
/// Words of the hidden verb that clears the clipboard, which is this program once more.
pub const CLEAR: &str = "clear-clipboard";

/// Those that may work here, in order.
fn tools(context: &Context) -> Vec<&'static Tools> {
    let is_set =
        |name| context.variable(name).is_some_and(|value| value.is_ok_and(|value| !value.is_empty()));
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

/// Puts a value into the clipboard and sees to it that it goes again.
pub fn copy(context: &Context, value: &[u8], after: Duration) -> Result<(), Error> {
    let is_copied = |tools: &&&Tools| child::feed(tools.copy, value).unwrap_or(false);
    if tools(context).iter().find(is_copied).is_none() {
        return Err(Error::new(Kind::Io, "there is no clipboard that can be reached")
            .hint("wl-copy, xclip, xsel or pbcopy is needed; --osc52 asks the terminal"));
    }
    let key = Zeroizing::new(Uuid::new_v4().into_bytes());
    let mut memory = Zeroizing::new(key.to_vec());
    memory.extend_from_slice(&fingerprint(&*key, value));
    child::detached_self(&[CLEAR, &after.as_secs().to_string()], &memory)?;
    context.notice(&format!("copied; it is cleared in {} seconds", after.as_secs()));
    Ok(())
}

/// The escape that asks a terminal to take a value into its clipboard, also from far away.
pub fn osc52(value: &[u8]) -> Zeroizing<Vec<u8>> {
    let encoded = encoding::encode(value);
    let mut escape = Zeroizing::new(Vec::with_capacity(encoded.len() + 16));
    escape.extend_from_slice(b"\x1b]52;c;");
    escape.extend_from_slice(encoded.expose().as_bytes());
    escape.push(0x07);
    escape
}

/// Waits, and clears the clipboard if it still holds what was put in. Only a fingerprint was handed on.
pub fn clear(context: &Context, after: Duration) -> Result<(), Error> {
    let memory = context.stdin_data()?;
    let (key, expected) =
        memory.split_at_checked(16).ok_or_else(|| Error::usage("nothing to compare with"))?;
    thread::sleep(after);
    for tools in tools(context) {
        let Ok(Some(held)) = child::ask(tools.paste, LIMIT) else { continue };
        if fingerprint(key, &held) == expected {
            child::feed(tools.clear, b"")?;
        }
        return Ok(());
    }
    Ok(())
}

fn fingerprint(key: &[u8], value: &[u8]) -> Vec<u8> {
    // a key of any length is taken
    Hmac::<Sha256>::new_from_slice(key).map_or_else(
        |_| Vec::new(),
        |mut mac| {
            mac.update(value);
            mac.finalize().into_bytes().to_vec()
        },
    )
}
