//! git over HTTPS, which asks the helper for the password.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use super::{installed, search_path};
use crate::support::{Run as _, Scene};

/// A server of files over TLS that wants `me` and `S-git-password`.
const SERVER: &str = r#"
import base64, http.server, ssl, sys
class Handler(http.server.SimpleHTTPRequestHandler):
    def do_GET(self):
        wanted = 'Basic ' + base64.b64encode(b'me:S-git-password').decode()
        if self.headers.get('Authorization') != wanted:
            self.send_response(401)
            self.send_header('WWW-Authenticate', 'Basic realm="test"')
            self.send_header('Content-Length', '0')
            self.end_headers()
            return
        super().do_GET()
    def log_message(self, *words):
        pass
server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain('server.crt', 'server.key')
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_address[1], flush=True)
server.serve_forever()
"#;

struct Server {
    child: Child,
    port: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn git(scene: &Scene, words: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.args(words).current_dir(scene.path(""));
    scene.environment(&mut command);
    command.env("PATH", search_path()).env("GIT_TERMINAL_PROMPT", "0").env("GIT_CONFIG_NOSYSTEM", "1");
    command.env("GIT_SSL_CAINFO", scene.path("server.crt"));
    command
}

/// A repository behind a server, if what it takes is installed.
fn server(scene: &Scene) -> Option<Server> {
    for program in ["git", "python3", "openssl"] {
        installed(program)?;
    }
    let shell = "set -e
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=127.0.0.1 \
            -addext subjectAltName=IP:127.0.0.1 -keyout server.key -out server.crt
        git init -q -b main work && cd work && echo hello > file
        git add file && git -c user.name=n -c user.email=e@example.org commit -qm first
        cd .. && git clone -q --bare work team/repo.git && git -C team/repo.git update-server-info";
    let mut prepare = Command::new("sh");
    prepare.args(["-c", shell]).current_dir(scene.path(""));
    scene.environment(&mut prepare);
    prepare.env("PATH", search_path()).outcome("").ok();
    let mut python = Command::new("python3");
    python.args(["-c", SERVER]).current_dir(scene.path("")).stdout(Stdio::piped());
    let mut child = python.spawn().unwrap();
    let mut port = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut port).unwrap();
    Some(Server { child, port: port.trim().to_owned() })
}

fn add_login(scene: &Scene, server: &Server, path: &str, password: &str) {
    let url = format!("url=https://127.0.0.1:{}{path}", server.port);
    let id = format!("git{}", path.replace('/', "-"));
    let words = ["add", "login", &id, "username=me", "password=-", "--tag", &url];
    scene.run_with(words, password).ok();
}

#[test]
fn a_clone_gets_its_password_from_the_vault() {
    let scene = Scene::new();
    let Some(server) = server(&scene) else { return };
    // the one with the longer path is meant
    add_login(&scene, &server, "", "S-wrong");
    add_login(&scene, &server, "/team", "S-git-password");
    let url = format!("https://127.0.0.1:{}/team/repo.git", server.port);
    // the path is told to helpers only if git is asked to
    let words = ["-c", "credential.useHttpPath=true", "-c", "credential.helper=!credctl helper git"];
    let clone = git(&scene, &[&words[..], &["clone", "-q", &url, "cloned"]].concat()).outcome("").ok();
    assert_eq!(fs::read_to_string(scene.path("cloned/file")).unwrap(), "hello\n");
    clone.hides("S-git-password");
}

#[test]
fn a_wrong_password_is_kept_unless_git_brought_it() {
    let scene = Scene::new();
    let Some(server) = server(&scene) else { return };
    add_login(&scene, &server, "", "S-wrong");
    let url = format!("https://127.0.0.1:{}/team/repo.git", server.port);
    let words = ["-c", "credential.helper=!credctl helper git", "clone", "-q", &url, "cloned"];
    let outcome = git(&scene, &words).outcome("");
    assert_ne!(outcome.status(), Some(0));
    assert_eq!(scene.ids(), ["git"]);
}

#[test]
fn git_finds_the_helper_once_it_is_installed() {
    let scene = Scene::new();
    let Some(server) = server(&scene) else { return };
    add_login(&scene, &server, "/team/repo.git", "S-git-password");
    let mut install = scene.command(["helper", "git", "--install"]);
    install.env("PATH", search_path()).outcome("").ok();
    let url = format!("https://127.0.0.1:{}/team/repo.git", server.port);
    git(&scene, &["config", "--global", "credential.useHttpPath", "true"]).outcome("").ok();
    git(&scene, &["ls-remote", &url]).outcome("").ok();
}

#[test]
fn git_stores_gets_and_erases_a_login() {
    let scene = Scene::new();
    let request = "protocol=https\nhost=git.example.org\nusername=me\npassword=S-stored\n\n";
    scene.run_with(["helper", "git", "store"], request).ok().hides("S-stored");
    scene.run_with(["helper", "git", "store"], request).ok();
    let ids = scene.ids();
    assert_eq!(ids, ["git:me@git.example.org"]);
    let asked = "protocol=https\nhost=git.example.org\n\n";
    let answer = scene.run_with(["helper", "git", "get"], asked).ok();
    assert_eq!(answer.stdout(), "username=me\npassword=S-stored\n");
    // another password than the one that was refused
    let other = "protocol=https\nhost=git.example.org\nusername=me\npassword=S-other\n\n";
    scene.run_with(["helper", "git", "erase"], other).ok();
    assert_eq!(scene.ids(), ids);
    scene.run_with(["helper", "git", "store"], other).ok();
    assert_eq!(scene.get(&ids[0])["fields"]["password"], "S-other");
    scene.run_with(["helper", "git", "erase"], other).ok();
    assert!(scene.ids().is_empty());
    assert_eq!(scene.run_with(["helper", "git", "get"], asked).ok().stdout(), "");
}

#[test]
fn a_locked_vault_fails_and_a_disabled_login_is_not_given() {
    let scene = Scene::new();
    let asked = "protocol=https\nhost=git.example.org\n\n";
    let mut locked = scene.command(["helper", "git", "get"]);
    locked.env_remove("CREDCTL_IDENTITY").outcome(asked).exits(7).says("locked");
    // operations of later versions of git are to be ignored
    assert_eq!(scene.run_with(["helper", "git", "capability"], "").ok().stdout(), "");
    let words = ["add", "login", "g", "username=me", "password=-", "--tag", "host=git.example.org"];
    scene.run_with(words, "S-p").ok();
    scene.run(["patch", "g", "--enabled=false"]).ok();
    assert_eq!(scene.run_with(["helper", "git", "get"], asked).ok().stdout(), "");
}

#[test]
fn a_project_changes_no_global_login() {
    let scene = Scene::new();
    let store = |password: &str| {
        format!("protocol=https\nhost=git.example.org\nusername=me\npassword={password}\n\n")
    };
    scene.run_with(["helper", "git", "store"], store("S-global")).ok();
    scene.run_with(["-p", "p1", "helper", "git", "store"], store("S-own")).ok();
    let global = "git:me@git.example.org";
    assert_eq!(scene.get(global)["fields"]["password"], "S-global");
    scene.run_with(["-p", "p1", "helper", "git", "erase"], store("S-global")).exits(6);
    assert_eq!(scene.get(global)["fields"]["password"], "S-global");
}
