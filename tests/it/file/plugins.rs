//! age plugins that ask the operator.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::contract::prompts::asking;
use crate::support::terminal::Terminal;
use crate::support::{Run as _, Scene};

/// An age plugin that keeps file keys as they are, and gives them back for a PIN.
const PLUGIN: &str = r#"#!/bin/sh
text() { printf '%s' "$1" | base64 | tr -d '=\n'; }
say() { printf -- '-> %s\n%s\n' "$1" "$2"; }
answer() { read -r status; read -r body; }
while read -r line; do
    case $line in
        '-> wrap-file-key'*) read -r key ;;
        '-> recipient-stanza 0 token'*) read -r key ;;
        '-> done'*) read -r line; break ;;
    esac
done
case $1 in
    *recipient*) say 'recipient-stanza 0 token' "$key"; answer ;;
    *)
        say msg "$(text 'Put in the token')"; answer
        if [ -n "$CURIOUS" ]; then
            say "confirm $(text Yes) $(text No)" "$(text 'Is it in')"; answer
            [ "$status" = '-> ok yes' ] || exit 1
            say request-public "$(text 'Slot of the key')"; answer
            [ "$body" = "$(text 9a)" ] || exit 1
        fi
        say request-secret "$(text 'PIN of the token')"; answer
        if [ "$status" = '-> ok' ] && [ "$body" = "$(text 1234)" ]; then
            say 'file-key 0' "$key"; answer
        else
            say 'error internal' "$(text 'the PIN is wrong')"; answer
        fi ;;
esac
say 'done' ''
"#;

#[test]
fn a_plugin_asks_the_operator_for_its_pin() {
    let scene = Scene::bare();
    let plugin = scene.file("age-plugin-token", PLUGIN);
    fs::set_permissions(&plugin, fs::Permissions::from_mode(0o755)).unwrap();
    let identity = scene.file("token.txt", "AGE-PLUGIN-TOKEN-1QYPQXPQSNJ244\n");
    let path = format!("{}:/usr/bin:/bin", scene.path(".").display());
    let with_token = |words: &[&str]| {
        let mut command = asking(&scene, words);
        command.args(["--plugin", "token"]).env("PATH", &path).env("CREDCTL_IDENTITY", &identity);
        command
    };
    let init = with_token(&["init", "--recipient", "age1token1qypqxpqmkdl2a"]);
    let ended = Terminal::start(&init, "").end();
    assert_eq!(ended.status, 0, "{ended:?}");

    let data = scene.file("data", "S-password");
    let add = with_token(&["add", "login", "a", "username=u", "password=-"]);
    let mut terminal = Terminal::start(&add, &format!("<{data}"));
    terminal.expect("Put in the token");
    terminal.answer("PIN of the token: ", "1234");
    let ended = terminal.end();
    assert!(ended.status == 0 && ended.restored && !ended.shown.contains("1234"), "{ended:?}");

    let get = with_token(&["get", "a", "--field", "password"]);
    let mut terminal = Terminal::start(&get, "");
    terminal.answer("PIN of the token: ", "1234");
    let ended = terminal.end();
    assert!(ended.status == 0 && ended.shown.ends_with("S-password\r\n"), "{ended:?}");

    let mut curious = with_token(&["get", "a", "--field", "password"]);
    curious.env("CURIOUS", "1");
    let mut terminal = Terminal::start(&curious, "");
    terminal.answer("Is it in (y: Yes, n: No) [y/N] ", "y");
    terminal.answer("Slot of the key: ", "9a");
    terminal.answer("PIN of the token: ", "1234");
    assert_eq!(terminal.end().status, 0);
    // it gives up without a word
    let mut terminal = Terminal::start(&curious, "");
    terminal.answer("Is it in (y: Yes, n: No) [y/N] ", "n");
    let ended = terminal.end();
    assert!(ended.status == 7 && ended.shown.contains("the age plugin of the identity"), "{ended:?}");

    let mut terminal = Terminal::start(&get, "");
    terminal.answer("PIN of the token: ", "4321");
    let ended = terminal.end();
    assert!(ended.status == 7 && ended.restored, "{ended:?}");
    let mut terminal = Terminal::start(&get, "");
    terminal.control("PIN of the token: ", "12", 'c');
    let ended = terminal.end();
    assert!(ended.status == 130 && ended.restored, "{ended:?}");

    // where nobody can be asked, the plugin learns that
    let mut command = with_token(&["get", "a", "--field", "password", "--non-interactive"]);
    command.outcome("").exits(7).hides("S-password");
    scene.file("age-plugin-token", "#!/bin/sh\nexit 1\n");
    let again = ["init", "--vault", "new.age", "--recipient", "age1token1qypqxpqmkdl2a", "--non-interactive"];
    with_token(&again).outcome("").exits(7).says("the age plugin of a recipient");
    assert!(!scene.path("new.age").exists());
}
