//! The clipboard, with programs in its place that keep it in a file.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::support::terminal::Terminal;
use crate::support::{Run as _, Scene, samples};

/// A scene with an `xclip` that reads and writes the file `clipboard`.
fn scene() -> Scene {
    let scene = Scene::with_login();
    let clipboard = scene.text_path("clipboard");
    let script = format!(
        "#!/bin/sh\ncase $* in\n  '-selection clipboard -in') cat > {clipboard};;\n  \
         '-selection clipboard -out') cat {clipboard};;\n  *) exit 9;;\nesac\n"
    );
    fs::create_dir(scene.path("bin")).unwrap();
    scene.file("bin/xclip", script);
    fs::set_permissions(scene.path("bin/xclip"), fs::Permissions::from_mode(0o755)).unwrap();
    scene
}

fn clip(scene: &Scene, words: &[&str]) -> Command {
    let mut command = scene.command([&["get", "admin", "--clip"], words].concat());
    command.env("DISPLAY", ":0").env("PATH", format!("{}:/usr/bin:/bin", scene.text_path("bin")));
    command
}

fn clipboard(scene: &Scene) -> String {
    fs::read_to_string(scene.path("clipboard")).unwrap_or_default()
}

/// Waits until the clipboard is this.
fn becomes(scene: &Scene, wanted: &str) {
    let start = Instant::now();
    while clipboard(scene) != wanted {
        assert!(start.elapsed() < Duration::from_secs(20), "it is {:?}", clipboard(scene));
        sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_secret_goes_in_and_out_again() {
    let scene = scene();
    let outcome = clip(&scene, &["--clip-time", "1s"])
        .outcome("")
        .ok()
        .says("copied password of admin to the clipboard by xclip; cleared at ")
        .says("(in 1 s)");
    assert_eq!(outcome.hides("old-password").stdout(), "");
    assert_eq!(clipboard(&scene), "old-password");
    becomes(&scene, "");
}

#[test]
fn a_clipboard_that_was_changed_meanwhile_is_not_cleared() {
    let scene = scene();
    clip(&scene, &["--field", "username", "--clip-time", "1s"]).outcome("").ok();
    assert_eq!(clipboard(&scene), "ips");
    scene.file("clipboard", "mine");
    sleep(Duration::from_secs(3));
    assert_eq!(clipboard(&scene), "mine");
}

#[test]
fn a_missing_clipboard_and_a_disabled_credential_are_refused() {
    let scene = scene();
    scene.run(["get", "admin", "--clip"]).exits(10).says("--osc52");
    scene.run(["get", "admin", "--clip-time", "1s"]).exits(2);
    clip(&scene, &["--clip-time", "soon"]).outcome("").exits(2);
    scene.run(["patch", "admin", "--enabled=false"]).ok();
    clip(&scene, &[]).outcome("").exits(6);
    assert_eq!(clipboard(&scene), "");
}

/// A call of a verb that makes a secret and copies it.
fn made(scene: &Scene, words: &[&str]) -> Command {
    let mut command = scene.command([words, &["--clip"]].concat());
    command.env("DISPLAY", ":0").env("PATH", format!("{}:/usr/bin:/bin", scene.text_path("bin")));
    command
}

#[test]
fn a_secret_that_was_made_is_copied_and_not_printed() {
    let scene = scene();
    let made_ = made(&scene, &["generate"])
        .outcome("")
        .ok()
        .says("copied the generated password to the clipboard by xclip");
    assert_eq!(made_.stdout(), "");
    assert_eq!(clipboard(&scene).len(), 24);
    let added = made(&scene, &["add", "login", "web", "username=u", "password=generate"]).outcome("").ok();
    let stored = scene.run(["get", "web", "--field", "password"]).ok().stdout().to_owned();
    assert_eq!(clipboard(&scene), stored);
    added.says("copied password of web").hides(&stored);
    let changed = made(&scene, &["passwd", "web", "--generate"]).outcome("").ok().says("password of web");
    let stored = scene.run(["get", "web", "--field", "password"]).ok().stdout().to_owned();
    assert_eq!(clipboard(&scene), stored);
    changed.hides(&stored);
    scene.file("clipboard", "mine");
    made(&scene, &["passwd", "web", "--generate", "--dry-run"]).outcome("").ok();
    assert_eq!(clipboard(&scene), "mine", "a dry run copies nothing");
}

#[test]
fn nothing_is_written_if_the_copy_is_certain_to_fail() {
    let scene = Scene::with_login();
    scene.refuses(10, ["passwd", "admin", "--generate", "--clip"], "").says("no clipboard");
    scene.refuses(10, ["add", "login", "x", "username=u", "password=generate", "--clip"], "");
    scene.refuses(2, ["passwd", "admin", "--generate", "--clip", "--osc52"], "").says("no terminal");
    let documents =
        r#"[{"type":"login","username":"u","password":"p"},{"type":"login","username":"u","password":"p"}]"#;
    scene.refuses(2, ["add", "-f", "-", "--clip"], documents).says("--clip");
}

#[test]
fn a_terminal_can_be_asked_to_take_it() {
    let scene = Scene::with_login();
    let mut command = scene.command(["get", "admin", "--clip", "--osc52"]);
    command.env_remove("CREDCTL_NON_INTERACTIVE");
    let ended = Terminal::start(&command, "").end();
    assert_eq!(ended.status, 0, "{ended:?}");
    let escape = format!("\u{1b}]52;c;{}\u{7}", samples::base64("old-password"));
    assert!(ended.shown.contains(&escape), "{ended:?}");
}

/// The process that waits for so many seconds: no other test waits as long.
#[cfg(target_os = "linux")]
fn waiter(seconds: &str) -> Option<String> {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let mut numbers = processes.map(|process| process.file_name().into_string().unwrap());
    numbers.find(|number| {
        let words = fs::read(format!("/proc/{number}/cmdline")).unwrap_or_default();
        words.ends_with(format!("clear-clipboard\0xclip\0{seconds}\0").as_bytes())
    })
}

#[test]
#[cfg(target_os = "linux")]
fn the_process_that_waits_has_nothing_that_unlocks_and_clears_before_it_is_ended() {
    for (signal, seconds) in [("TERM", "4711"), ("HUP", "4712"), ("INT", "4713"), ("QUIT", "4714")] {
        let scene = scene();
        let script = fs::read_to_string(scene.path("bin/xclip")).unwrap();
        let log = scene.text_path("environment");
        scene.file("bin/xclip", script.replace("#!/bin/sh\n", &format!("#!/bin/sh\nenv > {log}\n")));
        let mut command = clip(&scene, &["--clip-time", &format!("{seconds}s")]);
        command.env("CREDCTL_PASSPHRASE", "S-passphrase").outcome("").ok();
        assert_eq!(clipboard(&scene), "old-password");
        let process = waiter(seconds).expect("a process that waits");
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
        let session = stat.rsplit(')').next().unwrap().split_whitespace().nth(3);
        assert_eq!(session, Some(process.as_str()), "a session of its own");
        Command::new("kill").args(["-s", signal, &process]).outcome("").ok();
        becomes(&scene, "");
        let environment = fs::read_to_string(log).unwrap();
        assert!(environment.contains("DISPLAY=") && !environment.contains("CREDCTL_"), "{environment}");
    }
}

#[test]
fn a_code_stays_no_longer_than_it_lives() {
    let scene = scene();
    let seed = format!("otpauth://totp/x?secret={}&period=3", samples::SEED);
    scene.run_with(["patch", "admin", "totp=-"], seed).ok();
    let mut command = clip(&scene, &[]);
    command = {
        let mut otp = scene.command(["otp", "admin", "--clip"]);
        otp.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
        otp
    };
    let outcome = command.outcome("").ok().says("copied code of admin to the clipboard by xclip");
    assert_eq!(outcome.stdout(), "");
    let code = clipboard(&scene);
    assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()), "{code:?}");
    assert!(
        ["(in 1 s)", "(in 2 s)", "(in 3 s)"].iter().any(|after| outcome.stderr.contains(after)),
        "{outcome:?}"
    );
    becomes(&scene, "");
    // what `get --clip` copies of it would be the seed
    scene.run_with(["add", "otp", "alone", "totp=-"], samples::SEED).ok();
    let mut get = scene.command(["get", "alone", "--clip"]);
    get.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    get.outcome("").exits(2).says("credctl otp alone --clip");
}
