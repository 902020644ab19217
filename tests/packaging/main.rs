//! The packages: unpacked, installed, used, removed, and told from packages that somebody changed.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "tests make files and run programs")]

#[cfg(feature = "remote")]
mod remote;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_credctl");
const TARGET: &str = "x86_64-unknown-linux-musl";
/// The time of the release in the tests, in seconds.
const EPOCH: &str = "1796000000";
/// The names by which other programs call credctl: links, or scripts where a package knows no links.
const NAMES: [&str; 4] =
    ["git-credential-credctl", "docker-credential-credctl", "credctl-askpass", "credctl-ansible-client"];

#[test]
fn the_tarball_installs_a_program_that_works_with_its_manual_and_completions() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    fs::create_dir_all(home.join(".local")).unwrap();
    let tarball = tarball(folder.path());
    run(Command::new("tar")
        .args(["-xzf"])
        .arg(&tarball)
        .args(["--strip-components=1", "-C"])
        .arg(home.join(".local")));
    works(&home.join(".local/bin"), &home);
    #[cfg(feature = "remote")]
    remote::the_second_tarball_puts_the_helpers_beside_credctl(folder.path(), &home);
    // where `cargo binstall` looks for the program
    let manifest = fs::read_to_string(source("Cargo.toml")).unwrap();
    let place = manifest.split("bin-dir = \"").nth(1).unwrap().split('"').next().unwrap();
    let fill =
        [("name", "credctl"), ("version", "0"), ("target", TARGET), ("bin", "credctl"), ("binary-ext", "")];
    let place = fill
        .iter()
        .fold(place.to_owned(), |place, (name, value)| place.replace(&format!("{{ {name} }}"), value));
    let listed = run(Command::new("tar").arg("-tzf").arg(&tarball));
    let listed = String::from_utf8(listed.stdout).unwrap();
    assert!(listed.lines().any(|line| line == place), "{place}");
    for file in [
        "share/man/man1/credctl-get.1",
        "share/man/man1/git-credential-credctl.1",
        "share/man/man7/credctl-filter.7",
        "share/bash-completion/completions/credctl",
        "share/zsh/site-functions/_credctl",
        "share/fish/vendor_completions.d/credctl.fish",
        "share/doc/credctl/THIRD-PARTY.txt",
        "share/doc/credctl/LICENSE-MIT",
        "share/doc/credctl/guide/unlocking.md",
    ] {
        assert!(home.join(".local").join(file).is_file(), "{file}");
    }
}

#[test]
fn the_scripts_of_a_package_find_the_program_through_links_and_by_every_way_to_start_them() {
    let folder = tempfile::tempdir().unwrap();
    let (programs, links) = (folder.path().join("programs"), folder.path().join("links"));
    fs::create_dir_all(&programs).unwrap();
    fs::create_dir_all(&links).unwrap();
    fs::copy(PROGRAM, programs.join("credctl")).unwrap();
    for name in NAMES {
        fs::copy(source("packaging/wrappers").join(name), programs.join(name)).unwrap();
        std::os::unix::fs::symlink(programs.join(name), links.join(name)).unwrap();
        for script in ["\"$0\" --help", "sh \"$0\" --help", "cd \"${0%/*}\" && sh \"${0##*/}\" --help"] {
            let mut command = Command::new("sh");
            let answer = run(command.arg("-c").arg(script).arg(links.join(name)));
            assert!(String::from_utf8_lossy(&answer.stdout).contains("credctl"), "{name}: {script}");
        }
    }
}

#[test]
fn equal_files_make_equal_tarballs() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (first, second) = (tarball(one.path()), tarball(two.path()));
    assert!(fs::read(first).unwrap() == fs::read(second).unwrap());
}

/// Needs `cargo deb` and `dpkg`.
#[test]
fn the_debian_package_installs_works_and_leaves_nothing_when_it_is_removed() {
    if !has("cargo-deb") || !has("dpkg") {
        return skip("cargo-deb or dpkg is not installed");
    }
    let folder = tempfile::tempdir().unwrap();
    let sources = sources(folder.path());
    let package = folder.path().join("credctl.deb");
    deb(&sources, &package, &[]);
    // a system of its own, so that the test neither needs root nor changes this one
    let root = folder.path().join("root");
    let database = root.join("var/lib/dpkg");
    for place in ["info", "updates", "triggers"] {
        fs::create_dir_all(database.join(place)).unwrap();
    }
    for file in ["status", "available"] {
        fs::write(database.join(file), "").unwrap();
    }
    let before = files(&root);
    run(dpkg(&root, &["--force-depends", "-i"]).arg(package));
    works(&root.join("usr/bin"), folder.path());
    assert!(root.join("usr/share/man/man1/credctl-get.1.gz").is_file());
    assert!(root.join("usr/share/doc/credctl/copyright").is_file());
    #[cfg(feature = "remote")]
    remote::the_second_debian_package_comes_and_goes(folder.path(), &sources, &root);
    run(&mut dpkg(&root, &["-P", "credctl"]));
    let left: Vec<_> = files(&root).into_iter().filter(|file| !before.contains(file)).collect();
    let own = |file: &&PathBuf| !file.starts_with("var/lib/dpkg");
    assert_eq!(left.iter().find(own), None);
}

/// Packs the sources as a Debian package.
fn deb(sources: &Path, package: &Path, options: &[&str]) {
    let packer = ["--maintainer", "A Packer <packer@example.org>"];
    run(Command::new("cargo")
        // what is compressed here is thrown away a moment later
        .args(["deb", "--quiet", "--no-build", "--no-strip", "--fast"])
        .args(packer)
        .args(options)
        .arg("-o")
        .arg(package)
        .env_remove("CARGO_TARGET_DIR")
        .env("SOURCE_DATE_EPOCH", EPOCH)
        .current_dir(sources));
}

fn dpkg(root: &Path, words: &[&str]) -> Command {
    let mut command = Command::new("dpkg");
    command.arg("--root").arg(root).args(["--force-not-root", "--log=/dev/null"]).args(words);
    command
}

/// Needs `cargo generate-rpm` and `rpm`, and root, without whom rpm does not use another root.
#[test]
fn the_rpm_installs_works_and_leaves_no_file_when_it_is_removed() {
    if !has("cargo-generate-rpm") || !has("rpm") {
        return skip("cargo-generate-rpm or rpm is not installed");
    }
    if !run(&mut bash("id -u")).stdout.starts_with(b"0") {
        return skip("rpm needs root");
    }
    let folder = tempfile::tempdir().unwrap();
    let sources = sources(folder.path());
    let package = folder.path().join("credctl.rpm");
    generate_rpm(&sources, &package, &[]);
    // a system of its own; everything belongs to whoever runs the test
    let root = folder.path().join("root");
    fs::create_dir_all(&root).unwrap();
    run(&mut rpm(&root, &["--initdb", "--quiet"]));
    let before = files(&root);
    run(rpm(&root, &["--install", "--nodeps", "--nosignature"]).arg(package));
    works(&root.join("usr/bin"), folder.path());
    for file in
        ["man/man1/git-credential-credctl.1", "doc/credctl/THIRD-PARTY.txt", "man/man7/credctl-filter.7"]
    {
        assert!(root.join("usr/share").join(file).is_file(), "{file}");
    }
    #[cfg(feature = "remote")]
    remote::the_second_rpm_comes_and_goes(folder.path(), &sources, &root);
    run(&mut rpm(&root, &["--erase", "credctl"]));
    let left: Vec<_> = files(&root).into_iter().filter(|file| !before.contains(file)).collect();
    // folders of the system, which a package does not own, and the database stay
    let own = |file: &&PathBuf| root.join(file).is_file() && !file.to_string_lossy().contains("rpm");
    assert_eq!(left.iter().find(own), None);
}

/// Packs the sources as a package of RPM.
fn generate_rpm(sources: &Path, package: &Path, options: &[&str]) {
    run(Command::new("cargo")
        .args(["generate-rpm", "--payload-compress", "none"])
        .args(options)
        .arg("-o")
        .arg(package)
        .env_remove("CARGO_TARGET_DIR")
        .env("SOURCE_DATE_EPOCH", EPOCH)
        .current_dir(sources));
}

fn rpm(root: &Path, words: &[&str]) -> Command {
    let mut command = Command::new("rpm");
    command.arg("--root").arg(root).args(words);
    command
}

#[test]
fn the_crate_has_every_file_that_it_is_built_from_and_no_key() {
    let mut command = Command::new(env!("CARGO"));
    command.args(["package", "--list", "--allow-dirty", "--offline"]);
    let listed = run(command.current_dir(env!("CARGO_MANIFEST_DIR")));
    let listed = String::from_utf8(listed.stdout).unwrap();
    let listed: Vec<&str> = listed.lines().collect();
    for name in files(&source("src")) {
        let path = format!("src/{}", name.display());
        if source(&path).is_file() && !path.contains("/testdata/") {
            assert!(listed.contains(&&*path), "{path} is not in the crate");
        }
    }
    let made_by_cargo = [".cargo_vcs_info.json", "Cargo.toml.orig"];
    for path in listed.iter().filter(|path| !made_by_cargo.contains(path)) {
        assert!(!path.contains("testdata") && !path.starts_with("tests/"), "{path}");
        let text = fs::read_to_string(source(path)).unwrap();
        assert!(!has_key(&text), "{path} has a key");
    }
    assert!(has_key("x\n-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIIHNtTnvNTZ8B1Q0V0xeZ3cQ\n"));
    assert!(has_key(&format!("AGE-SECRET-KEY-1{}", "Q".repeat(58))));
}

/// Returns true if a text has a whole key, not the line alone by which keys are known.
fn has_key(text: &str) -> bool {
    let length =
        |text: &str| text.chars().take_while(|c| c.is_ascii_alphanumeric() || "+/=".contains(*c)).count();
    let age = text.split("AGE-SECRET-KEY-1").skip(1).any(|rest| length(rest) > 40);
    let pem = text.split("PRIVATE KEY-----\n").skip(1).any(|rest| length(rest) > 40);
    age || pem
}

/// Needs `ssh-keygen` and `sha256sum`.
#[test]
fn the_commands_of_the_guide_accept_a_signed_release_and_refuse_a_changed_one() {
    if !has("ssh-keygen") || !has("sha256sum") {
        return skip("ssh-keygen or sha256sum is not installed");
    }
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path();
    let keygen = |words: &[&str]| run(Command::new("ssh-keygen").arg("-q").args(words).current_dir(place));
    for key in ["key", "other"] {
        keygen(&["-t", "ed25519", "-N", "", "-C", "", "-f", key]);
    }
    let public = fs::read_to_string(place.join("key.pub")).unwrap();
    let signers = format!("releases@credctl namespaces=\"credctl-release\" {public}");
    fs::write(place.join("allowed_signers"), signers).unwrap();
    fs::write(place.join("credctl-0.tar.gz"), "a release").unwrap();
    sign(place, "key");
    assert!(verified(place));

    fs::write(place.join("credctl-0.tar.gz"), "A release").unwrap();
    assert!(!verified(place), "a changed file");
    let sums = fs::read_to_string(place.join("SHA256SUMS")).unwrap();
    let forged = run(Command::new("sha256sum").arg("credctl-0.tar.gz").current_dir(place));
    fs::write(place.join("SHA256SUMS"), &forged.stdout).unwrap();
    assert!(!verified(place), "sums that were made anew");
    sign(place, "other");
    assert!(!verified(place), "the key of somebody else");
    fs::write(place.join("credctl-0.tar.gz"), "a release").unwrap();
    fs::write(place.join("SHA256SUMS"), sums).unwrap();
    sign(place, "key");
    assert!(verified(place));
}

/// Signs as `packaging/dist` does.
fn sign(place: &Path, key: &str) {
    let _ = fs::remove_file(place.join("SHA256SUMS.sig"));
    let script = fs::read_to_string(source("packaging/dist")).unwrap();
    let line = script.lines().find(|line| line.contains("-Y sign")).unwrap();
    if !place.join("SHA256SUMS").exists() {
        run(bash("sha256sum credctl* >SHA256SUMS").current_dir(place));
    }
    run(bash(&format!("key={key}\n{line}")).current_dir(place));
}

/// Runs the command by which the guide has a release verified.
fn verified(place: &Path) -> bool {
    let guide = fs::read_to_string(source("docs/guide/src/install.md")).unwrap();
    let block = guide.split("```sh\n").find(|block| block.starts_with("ssh-keygen -Y verify")).unwrap();
    let command = block.split("```").next().unwrap();
    bash(&format!("set -e\n{command}")).current_dir(place).output().unwrap().status.success()
}

/// Makes a copy of the sources, because the packagers take the program and the notices from its target folder.
fn sources(folder: &Path) -> PathBuf {
    let sources = folder.join("sources");
    let script = "mkdir -p $0/target/release $0/target/notices
        cp -r Cargo.* build.rs src benches man completions packaging docs *.md LICENSE-* $0
        echo notices >$0/target/notices/THIRD-PARTY.txt
        cp $1 $0/target/release/credctl";
    run(bash(script).arg(&sources).arg(PROGRAM).current_dir(env!("CARGO_MANIFEST_DIR")));
    sources
}

/// Makes the tarball of the tested program.
fn tarball(folder: &Path) -> PathBuf {
    let notices = folder.join("THIRD-PARTY.txt");
    fs::write(&notices, "notices\n").unwrap();
    let mut command = Command::new(source("packaging/tarball"));
    command.arg(PROGRAM).args([TARGET, "0"]).arg(&notices).arg(folder);
    run(command.env("SOURCE_DATE_EPOCH", EPOCH));
    folder.join(format!("credctl-0-{TARGET}.tar.gz"))
}

/// Makes a vault with an installed program, and reads a secret by the program and by one of its links.
fn works(programs: &Path, home: &Path) {
    let script = "
        set -eu
        credctl init --generate-identity \"$HOME/key\" >/dev/null
        export CREDCTL_IDENTITY=$HOME/key
        echo s3cret | credctl add login web username=me password=- --tag url=https://registry.example.org
        test \"$(credctl get web --field password)\" = s3cret
        echo https://registry.example.org | docker-credential-credctl get | grep -q s3cret
        credctl completions bash | grep -q credctl";
    let mut command = bash(script);
    let path = format!("{}:/usr/bin:/bin", programs.display());
    run(command.env_clear().env("PATH", path).env("HOME", home).stdin(Stdio::null()));
    for name in NAMES {
        assert!(programs.join(name).is_file(), "{name}");
    }
}

/// Returns the paths of all files below a folder, relative to the folder.
fn files(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            found.push(entry.path().strip_prefix(root).unwrap().to_owned());
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            }
        }
    }
    found
}

fn source(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn bash(script: &str) -> Command {
    let mut command = Command::new("bash");
    command.args(["-c", script]);
    command
}

fn has(program: &str) -> bool {
    bash(&format!("command -v {program}")).output().unwrap().status.success()
}

#[expect(clippy::print_stderr, reason = "a test that was not run must say so")]
fn skip(reason: &str) {
    eprintln!("skipped: {reason}");
}

/// Runs a command that must succeed.
fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {told}");
    output
}
