//! Has the unwinder of GCC linked into the program. Loading it as a library of its own, which is what
//! happens otherwise, takes a tenth of a short command's time.

#![expect(clippy::disallowed_methods, reason = "it asks the build for its settings, and the compiler")]

use std::env;
use std::path::Path;
use std::process::Command;

const UNWINDER: &str = "libgcc_eh.a";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=RUSTC_LINKER");
    if is("CARGO_FEATURE_CLI", "1")
        && is("CARGO_CFG_TARGET_ENV", "gnu")
        && is("CARGO_CFG_TARGET_OS", "linux")
        && is_there()
    {
        println!("cargo::rustc-link-lib=dylib:+verbatim={UNWINDER}");
    }
}

fn is(variable: &str, value: &str) -> bool {
    env::var(variable).is_ok_and(|text| text == value)
}

/// Whether the compiler driver that links has the unwinder as an archive. If it is not known, or cannot
/// tell, the program is linked as any other.
fn is_there() -> bool {
    let linker = match env::var_os("RUSTC_LINKER") {
        Some(linker) => linker,
        None if env::var_os("TARGET") == env::var_os("HOST") => "cc".into(),
        None => return false,
    };
    let Ok(output) = Command::new(linker).arg(format!("-print-file-name={UNWINDER}")).output() else {
        return false;
    };
    let path = String::from_utf8_lossy(&output.stdout).into_owned();
    // what is not found is answered with its bare name
    Path::new(path.trim()).is_absolute() && Path::new(path.trim()).is_file()
}
