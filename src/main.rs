//! The credctl program: everything but the start is in [`cli`].

mod cli;

use std::process::ExitCode;

// the allocator of musl maps and unmaps every buffer of age anew, which doubles the time of long lists
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

fn main() -> ExitCode {
    cli::harden::process();
    cli::run()
}
