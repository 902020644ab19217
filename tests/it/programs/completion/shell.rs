//! An interactive shell on a terminal, with the script of the program, in which Tab is pressed.

use std::fs;
use std::path::Path;
use std::process::Command;

use rexpect::session::{PtySession, spawn_command};

use crate::programs::{installed, search_path};
use crate::support::terminal::emulator;
use crate::support::{Run as _, Scene};

/// The columns and rows of the terminal.
const SIZE: (u16, u16) = (40, 120);

/// A shell that waits for keys.
pub struct Shell {
    session: PtySession,
    screen: vt100::Parser,
}

impl Shell {
    /// Starts a shell in the folder of the scene; none if it is not installed.
    pub fn start(name: &str, scene: &Scene) -> Option<Self> {
        let program = installed(name)?;
        let home = scene.path("home");
        let script = scene.path(&format!("home/script.{name}"));
        fs::write(&script, scene.run(["completions", name]).ok().stdout()).unwrap();
        let words = match name {
            "bash" => {
                let rc = format!("PS1='READY> '; unset HISTFILE; source {}", script.display());
                fs::write(home.join("rc"), rc).unwrap();
                format!("--noprofile --rcfile {} -i", home.join("rc").display())
            }
            _ => {
                let rc = format!(
                    "PS1='READY> '; unset HISTFILE; unset zle_bracketed_paste; unsetopt prompt_sp; \
                     autoload -Uz compinit; compinit -u -D; source {}",
                    script.display()
                );
                fs::write(home.join(".zshrc"), rc).unwrap();
                "-i".to_owned()
            }
        };
        let mut shell = Command::new("/bin/sh");
        // bash shows what is typed only on a terminal that echoes, and rexpect switches that off
        let line = format!("stty echo rows {} cols {}; exec {} {words}", SIZE.0, SIZE.1, program.display());
        shell.arg("-c").arg(line).current_dir(scene.path("."));
        scene.environment(&mut shell);
        shell.env("PATH", search_path()).env("TERM", "xterm").env("ZDOTDIR", &home).env("LC_ALL", "C.UTF-8");
        let session = spawn_command(shell, Some(30_000)).expect("a pseudo-terminal");
        let mut started = Self { session, screen: emulator(SIZE.0, SIZE.1, 0) };
        started.wait("READY> ");
        Some(started)
    }

    /// Types a line, presses Tab, and returns the line as it stands then.
    pub fn tab(&mut self, line: &str) -> String {
        self.press(line, "\t")
    }

    /// Types a line, presses keys, and returns the line as it stands then. Clears it afterwards.
    pub fn press(&mut self, line: &str, keys: &str) -> String {
        self.send(line);
        self.send(keys);
        self.send("QZ");
        self.wait("QZ");
        let rows: Vec<String> = self.screen.screen().rows(0, SIZE.1).collect();
        let row = rows.iter().rev().find(|row| row.contains("QZ")).expect("the line").clone();
        // clears the line, and shows when the shell is ready again
        self.send("\u{15}echo EN''D\n");
        self.wait("END\r\n");
        self.wait("READY> ");
        row.split_once("READY> ").map_or(row.clone(), |(_, line)| line.to_owned())
    }

    fn send(&mut self, keys: &str) {
        self.session.send(keys).expect("to type");
        self.session.flush().expect("to type");
    }

    fn wait(&mut self, text: &str) {
        let before = self
            .session
            .exp_string(text)
            .unwrap_or_else(|error| panic!("no {text:?} on {:?}: {error}", self.screen.screen().contents()));
        self.screen.process(before.as_bytes());
        self.screen.process(text.as_bytes());
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        // an interactive shell ignores the signal by which rexpect ends it
        let _ = self.session.send("\u{15}exit\n").and_then(|_| self.session.flush());
    }
}

/// Reads the script into elvish, which knows the commands of its editor only on a terminal, and asks for the
/// candidates behind the words.
const ELVISH: &str = "
    var candidate~ = {|value &code-suffix='' &display=''| put $value }
    var edit: = (ns [&complex-candidate~=$candidate~ &completion:=(ns [&arg-completer=[&]])])
    eval (slurp < $args[0]) &ns=(ns [&edit:=$edit:])
    $edit:completion:arg-completer[credctl] (all $args[1..]) | each {|candidate| echo $candidate }
";

/// Returns the candidates of elvish behind words, a line each; none if elvish is not installed.
pub fn elvish(scene: &Scene, words: &[&str]) -> Option<String> {
    let program = installed("elvish")?;
    let script = scene.file("home/script.elv", scene.run(["completions", "elvish"]).ok().stdout());
    let asks = scene.file("home/asks.elv", ELVISH);
    let mut command = Command::new(program);
    command.args(["-norc", &asks, &script, "credctl"]).args(words).current_dir(scene.path("."));
    scene.environment(&mut command);
    command.env("PATH", search_path());
    let outcome = command.outcome("").ok();
    assert_eq!(outcome.stderr, "", "{words:?}");
    Some(outcome.stdout().to_owned())
}

/// Returns the candidates of fish behind a line; none if fish is not installed.
pub fn fish(scene: &Scene, line: &str) -> Option<String> {
    let program = installed("fish")?;
    let script = scene.path("home/script.fish");
    fs::write(&script, scene.run(["completions", "fish"]).ok().stdout()).unwrap();
    Some(ask(&program, scene, &script, line))
}

fn ask(program: &Path, scene: &Scene, script: &Path, line: &str) -> String {
    let mut command = Command::new(program);
    let asks = format!("source {}; complete -C {}", script.display(), quoted(line));
    command.args(["--no-config", "-c", &asks]).current_dir(scene.path("."));
    scene.environment(&mut command);
    command.env("PATH", search_path());
    let outcome = command.outcome("").ok();
    assert_eq!(outcome.stderr, "", "{line}");
    outcome.stdout().to_owned()
}

fn quoted(line: &str) -> String {
    format!("'{}'", line.replace('\\', "\\\\").replace('\'', "\\'"))
}
