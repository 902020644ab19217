//! The credctl program: everything but the start is in [`cli`].

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::harden::process();
    cli::run()
}
