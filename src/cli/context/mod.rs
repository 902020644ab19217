//! The settings, the operator and the input of this run, from the environment and the standard streams, which
//! are read once. `child/` decides what programs inherit; `harden.rs` has the checks that must come first.

#![expect(clippy::disallowed_methods, reason = "others must not read them, so that this file does")]

mod clock;
mod environment;
mod input;
mod origin;
mod run;
mod settings;
mod source;
mod stdin;
mod ui;
mod values;

pub use clock::{local_time, now};
pub use environment::{
    editor, expand, home, memory_folders, named_path, short, variable, variables, wants_json, words,
};
pub use input::Input;
pub use origin::{IdleKey, Origin};
pub use run::Context;
pub use settings::{Settings, require_public};
pub use source::{KEY_FILE_LIMIT, PassphraseSource, typed_passphrase};
pub use stdin::all_of_stdin;
pub use ui::{ScreenSize, TouchNotice, Ui};
pub use values::span;
