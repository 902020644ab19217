//! The packages of the helpers for vaults at addresses: installed beside credctl, used, and removed.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{EPOCH, TARGET, bash, deb, dpkg, generate_rpm, rpm, run, source};

const HELPERS: [(&str, &str); 3] = [
    ("credctl-remote-git", env!("CARGO_BIN_EXE_credctl-remote-git")),
    ("credctl-remote-openbao", env!("CARGO_BIN_EXE_credctl-remote-openbao")),
    ("credctl-remote-s3", env!("CARGO_BIN_EXE_credctl-remote-s3")),
];

/// Unpacks the helpers beside credctl, and uses them.
pub fn the_second_tarball_puts_the_helpers_beside_credctl(folder: &Path, home: &Path) {
    let programs = folder.join("helpers");
    fs::create_dir(&programs).unwrap();
    for (name, program) in HELPERS {
        fs::copy(program, programs.join(name)).unwrap();
    }
    let mut command = Command::new("tar");
    command.arg("-xzf").arg(tarball(&programs, folder)).args(["--strip-components=1", "-C"]);
    run(command.arg(home.join(".local")));
    works_at_an_address(&home.join(".local/bin"), home);
    for file in ["man/man1/credctl-remote-s3.1", "doc/credctl-remote/THIRD-PARTY.txt"] {
        assert!(home.join(".local/share").join(file).is_file(), "{file}");
    }
}

#[test]
fn equal_helpers_make_equal_tarballs() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let pack = |folder: &Path| {
        for (name, _) in HELPERS {
            fs::write(folder.join(name), name).unwrap();
        }
        fs::read(tarball(folder, folder)).unwrap()
    };
    assert!(pack(one.path()) == pack(two.path()));
}

/// Makes the tarball of the helpers in a folder.
fn tarball(programs: &Path, out: &Path) -> PathBuf {
    let notices = out.join("THIRD-PARTY.txt");
    fs::write(&notices, "notices\n").unwrap();
    let mut command = Command::new(source("packaging/remote/tarball"));
    command.arg(programs).args([TARGET, "0"]).arg(&notices).arg(out);
    run(command.env("SOURCE_DATE_EPOCH", EPOCH));
    out.join(format!("credctl-remote-0-{TARGET}.tar.gz"))
}

#[test]
fn a_release_without_a_c_compiler_for_a_target_ends_before_anything_is_built() {
    let folder = tempfile::tempdir().unwrap();
    let programs = folder.path().join("bin");
    fs::create_dir(&programs).unwrap();
    for tool in ["auditable", "deb", "generate-rpm", "cyclonedx", "about"] {
        let tool = programs.join(format!("cargo-{tool}"));
        fs::write(&tool, "#!/bin/sh\nexit 70\n").unwrap();
        fs::set_permissions(&tool, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
    let out = folder.path().join("out");
    let mut command = Command::new(source("packaging/dist"));
    command.arg(&out).env("PATH", path).env("CC_aarch64_unknown_linux_musl", "no-such-clang");
    let output = command.output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(
        told.contains("aarch64-unknown-linux-musl needs a C compiler, and no-such-clang does not"),
        "{told}"
    );
    assert!(told.contains("CC_aarch64_unknown_linux_musl"), "{told}");
    assert!(!out.exists());
}

/// Installs the helpers in a system that has credctl, uses and removes them.
pub fn the_second_debian_package_comes_and_goes(folder: &Path, sources: &Path, root: &Path) {
    prepare(sources);
    let package = folder.join("credctl-remote.deb");
    deb(sources, &package, &["--variant", "remote"]);
    // the version of credctl that is installed is the one that the helpers need
    run(dpkg(root, &["-i"]).arg(package));
    works_at_an_address(&root.join("usr/bin"), folder);
    for file in ["man/man1/credctl-remote-s3.1.gz", "doc/credctl-remote/THIRD-PARTY.txt"] {
        assert!(root.join("usr/share").join(file).is_file(), "{file}");
    }
    for file in ["copyright", "changelog.Debian.gz"] {
        assert!(root.join("usr/share/doc/credctl-remote").join(file).is_file(), "{file}");
    }
    let refused = dpkg(root, &["-P", "credctl"]).output().unwrap();
    assert!(!refused.status.success(), "the helpers need credctl");
    run(&mut dpkg(root, &["-P", "credctl-remote"]));
    assert!(!root.join("usr/bin/credctl-remote-git").exists());
    assert!(root.join("usr/bin/credctl").exists());
}

/// The same with RPM.
pub fn the_second_rpm_comes_and_goes(folder: &Path, sources: &Path, root: &Path) {
    prepare(sources);
    let package = folder.join("credctl-remote.rpm");
    generate_rpm(sources, &package, &["--variant", "remote"]);
    run(rpm(root, &["--install", "--nosignature"]).arg(package));
    works_at_an_address(&root.join("usr/bin"), folder);
    for file in [
        "man/man1/credctl-remote-s3.1",
        "doc/credctl-remote/THIRD-PARTY.txt",
        "licenses/credctl-remote/LICENSE-MIT",
    ] {
        assert!(root.join("usr/share").join(file).is_file(), "{file}");
    }
    let refused = rpm(root, &["--erase", "credctl"]).output().unwrap();
    assert!(!refused.status.success(), "the helpers need credctl");
    run(&mut rpm(root, &["--erase", "credctl-remote"]));
    assert!(!root.join("usr/bin/credctl-remote-git").exists());
    assert!(root.join("usr/bin/credctl").exists());
}

/// Puts helpers and notices where the packagers look for them: the tested one for git, and scripts in the place of
/// the large ones, because packagers built without optimisation take long for each megabyte.
fn prepare(sources: &Path) {
    let programs = sources.join("target/release");
    for (name, program) in HELPERS {
        let path = programs.join(name);
        if name.ends_with("-git") {
            fs::copy(program, path).unwrap();
        } else {
            fs::write(path, format!("#!/bin/sh\necho {name} {}\n", env!("CARGO_PKG_VERSION"))).unwrap();
        }
    }
    let notices = sources.join("target/notices/remote");
    fs::create_dir_all(&notices).unwrap();
    fs::write(notices.join("THIRD-PARTY.txt"), "notices\n").unwrap();
}

/// Makes a vault in a git repository with the installed programs, with the key of `works`, and reads a secret.
fn works_at_an_address(programs: &Path, home: &Path) {
    let script = r#"
        set -eu
        git init --quiet --bare --initial-branch=main "$HOME/team.git"
        export CREDCTL_IDENTITY=$HOME/key CREDCTL_VAULT=git+file://$HOME/team.git#team.age
        credctl init --recipient "$(grep -o 'age1.*' "$HOME/key")" >/dev/null
        echo s3cret | credctl add login db username=app password=- >/dev/null
        test "$(credctl get db --field password --fresh)" = s3cret
        test "$(git -C "$HOME/team.git" log --format=%s main | sort -u)" = 'Write team.age'
        for helper in git openbao s3; do credctl-remote-$helper --version; done"#;
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
    let mut command = bash(script);
    let output = run(command.env_clear().env("PATH", path).env("HOME", home).stdin(Stdio::null()));
    let versions: String =
        HELPERS.iter().map(|(name, _)| format!("{name} {}\n", env!("CARGO_PKG_VERSION"))).collect();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), versions);
}
