//! Certificates and keys, read back by the programs that wrote them.

use std::fs::{Permissions, read_to_string, set_permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use super::installed;
use crate::support::{Scene, samples};

fn run(program: &str, words: &[&str]) -> String {
    let outcome = Command::new(program).args(words).output().unwrap();
    assert!(outcome.status.success(), "{words:?}: {outcome:?}");
    String::from_utf8(outcome.stdout).unwrap()
}

#[test]
fn openssh_reads_back_every_key_that_it_wrote() {
    if installed("ssh-keygen").is_none() {
        return;
    }
    let scene = Scene::new();
    let path = scene.text_path("key");
    run("ssh-keygen", &["-q", "-t", "ed25519", "-N", "", "-f", &path]);
    let (key, public) = (read_to_string(&path).unwrap(), run("ssh-keygen", &["-y", "-f", &path]));
    for (id, text) in [
        ("plain", key.clone()),
        ("bare", key.trim_end().to_owned()),
        ("windows", key.replace('\n', "\r\n")),
        ("indented", key.replace('\n', "\n    ")),
        ("commented", format!("# my key\n{key}")),
    ] {
        scene.run_with(["add", "privkey", id, "privkey=-", "-q"], text).ok();
        let back = scene.file(id, scene.run(["get", id, "--field", "privkey"]).ok().stdout());
        set_permissions(&back, Permissions::from_mode(0o600)).unwrap();
        assert_eq!(run("ssh-keygen", &["-y", "-f", &back]), public, "{id}");
    }
}

#[test]
fn openssl_reads_back_every_certificate_that_is_taken() {
    if installed("openssl").is_none() {
        return;
    }
    let scene = Scene::new();
    let certificate = samples::CERTIFICATE;
    let path = scene.file("certificate.pem", certificate);
    let print = ["x509", "-noout", "-fingerprint", "-sha256", "-in"];
    let wanted = run("openssl", &[&print[..], &[&path]].concat());
    for (id, text) in [
        ("one-line", certificate.replace('\n', "")),
        ("blanks", certificate.replace('\n', " ")),
        ("indented", certificate.replace('\n', "\n  ")),
        ("mark", format!("\u{feff}{certificate}")),
        ("text", run("openssl", &["x509", "-text", "-in", &path])),
        ("trusted", run("openssl", &["x509", "-trustout", "-addtrust", "serverAuth", "-in", &path])),
    ] {
        scene.run_with(["add", "certificate", id, "certificate=-", "-q"], text).ok();
        let back = scene.file(id, scene.run(["get", id, "--field", "certificate"]).ok().stdout());
        assert_eq!(run("openssl", &[&print[..], &[&back]].concat()), wanted, "{id}");
        let fingerprint = scene.run(["get", id, "--field", "fingerprint"]).ok();
        assert!(wanted.contains(fingerprint.stdout()), "{id}");
    }
}
