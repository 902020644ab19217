//! Has the unwinder of GCC linked into the program. Loading it as a library of its own, which is what
//! happens otherwise, takes a tenth of a short command's time. Finds the origin of the build, too: the commit,
//! its date and the target, for `--version`. Nothing here fails the build.

#![expect(clippy::disallowed_methods, reason = "it asks the build for its settings, and the compiler")]

use std::env;
use std::path::Path;
use std::process::Command;

const UNWINDER: &str = "libgcc_eh.a";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let origin = [commit(), date(), env::var("TARGET").ok()];
    let origin: Vec<String> = origin.into_iter().flatten().filter(|part| is_plain(part)).collect();
    println!("cargo::rustc-env=CREDCTL_BUILD={}", origin.join(" "));
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

/// The commit that is built, or the one that the environment names.
fn commit() -> Option<String> {
    named("CREDCTL_BUILD_COMMIT").or_else(|| git(&["rev-parse", "--short=12", "HEAD"]))
}

/// The date of the commit, so that the same commit makes the same program on every day.
fn date() -> Option<String> {
    let named = named("CREDCTL_BUILD_DATE").or_else(|| day(named("SOURCE_DATE_EPOCH")?.parse().ok()?));
    named.or_else(|| git(&["show", "--no-patch", "--format=%cs", "HEAD"]))
}

fn named(variable: &str) -> Option<String> {
    println!("cargo::rerun-if-env-changed={variable}");
    env::var(variable).ok().filter(|value| !value.is_empty())
}

/// What git says of the folder, if the folder is the work tree of a repository. A build for development does
/// not ask: it would compile everything again after each commit.
fn git(words: &[&str]) -> Option<String> {
    let folder = env::var("CARGO_MANIFEST_DIR").ok()?;
    if !is("PROFILE", "release") || !Path::new(&folder).join(".git").exists() {
        return None;
    }
    let ask = |words: &[&str]| {
        let output = Command::new("git").arg("-C").arg(&folder).args(words).output().ok()?;
        let text = String::from_utf8(output.stdout).ok().filter(|_| output.status.success())?;
        Some(text.trim().to_owned())
    };
    // the head moves with each commit, and with each change of the branch
    let log = ask(&["rev-parse", "--path-format=absolute", "--git-path", "logs/HEAD"]);
    if let Some(log) = log.filter(|log| Path::new(log).exists()) {
        println!("cargo::rerun-if-changed={log}");
    }
    ask(words)
}

/// The day in UTC of a number of seconds since 1970.
fn day(seconds: i64) -> Option<String> {
    // counted from the first of March of the year 0, so that a leap day ends its year
    let days = seconds.div_euclid(86_400) + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (1970..10_000).contains(&year).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// Whether a part of the origin can be shown: a word of letters, digits and few signs.
fn is_plain(part: &str) -> bool {
    !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "-_.:+".contains(c))
}
