//! The place of the agent: never one that somebody else can use, and never somebody else at the other end.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, chown, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Command, Stdio};

use super::AgentScene;
use crate::support::{PROGRAM, Run as _};

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[test]
fn the_place_is_private() {
    let scene = AgentScene::with_passphrase();
    scene.unlock(&[]);
    for (path, mode) in [("", 0o700), ("agent.lock", 0o600), ("agent.sock", 0o700)] {
        let found = fs::metadata(scene.folder().join(path)).unwrap().permissions().mode() & 0o777;
        assert_eq!(found & 0o077, 0, "{path}: {found:o}");
        assert_eq!(found & 0o700, mode & 0o700, "{path}");
    }
}

#[test]
fn a_place_of_somebody_else_is_refused() {
    let scene = AgentScene::with_passphrase();
    let unlock = || scene.command(&["unlock", "--passphrase-stdin"]).outcome("fixture\n");
    // a file
    fs::write(scene.folder(), "mine").unwrap();
    unlock().exits(10);
    assert_eq!(fs::read(scene.folder()).unwrap(), b"mine");
    scene.get().exits(7);
    fs::remove_file(scene.folder()).unwrap();
    // a folder that others can use
    fs::create_dir(scene.folder()).unwrap();
    for mode in [0o777, 0o750] {
        set_mode(&scene.folder(), mode);
        unlock().exits(10).says("others may use it");
        scene.get().exits(7).says("no agent is used");
    }
    fs::remove_dir(scene.folder()).unwrap();
    // a link
    fs::create_dir(scene.scene.path("elsewhere")).unwrap();
    set_mode(&scene.scene.path("elsewhere"), 0o700);
    symlink(scene.scene.path("elsewhere"), scene.folder()).unwrap();
    unlock().exits(10).says("a symbolic link");
    fs::remove_file(scene.folder()).unwrap();
    unlock().ok();
    scene.opens();
}

#[test]
fn something_else_in_the_place_of_the_socket_is_left_alone() {
    let scene = AgentScene::with_passphrase();
    fs::create_dir(scene.folder()).unwrap();
    set_mode(&scene.folder(), 0o700);
    let socket = scene.folder().join("agent.sock");
    let unlock = || scene.command(&["unlock", "--passphrase-stdin"]).outcome("fixture\n");
    fs::write(&socket, "mine").unwrap();
    unlock().exits(10);
    assert_eq!(fs::read(&socket).unwrap(), b"mine");
    fs::remove_file(&socket).unwrap();
    symlink(scene.scene.path("target"), &socket).unwrap();
    unlock().exits(10);
    assert!(!scene.scene.path("target").exists());
    fs::remove_file(&socket).unwrap();
    // one that listens and says nothing: readers do not ask it, because no agent lives there
    let listener = UnixListener::bind(&socket).unwrap();
    scene.is_locked();
    unlock().exits(10).says("does not answer");
    drop(listener);
    unlock().ok();
    scene.opens();
}

#[test]
fn a_folder_of_the_session_that_is_not_private_is_passed_over() {
    let scene = AgentScene::with_passphrase();
    set_mode(&scene.scene.path("run"), 0o755);
    scene.unlock(&[]);
    assert!(!scene.folder().exists());
    let own = scene.scene.path("home/state/credctl/run");
    let of_system = format!("/run/user/{}/credctl", rustix::process::geteuid().as_raw());
    scene.opens();
    scene.run(&["lock", "--all"]).ok();
    assert!(own.join("agent.lock").exists() || Path::new(&of_system).join("agent.lock").exists());
}

/// The number of a user who is somebody else.
const OTHER: u32 = 65534;

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Runs the program as the other user, on the same files.
fn as_other(scene: &AgentScene, words: &[&str]) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--reuid", &OTHER.to_string(), "--regid", &OTHER.to_string(), "--clear-groups"]);
    command.arg(PROGRAM).args(words).current_dir("/");
    scene.scene.environment(&mut command);
    command.env("XDG_RUNTIME_DIR", scene.scene.path("run")).env("CREDCTL_NON_INTERACTIVE", "1");
    command
}

#[test]
fn another_user_gets_nothing_from_the_agent() {
    if !is_root() {
        eprintln!("skipped: only root can act as two users");
        return;
    }
    let scene = AgentScene::with_passphrase();
    scene.unlock(&[]);
    // everything that protects the place is taken away, and the agent itself still refuses
    for path in ["", "home", "run", "run/credctl", "run/credctl/agent.sock", "run/credctl/agent.lock"] {
        set_mode(&scene.scene.path(path), 0o777);
    }
    set_mode(&scene.scene.vault(), 0o644);
    as_other(&scene, &["get", "a", "--field", "value"]).outcome("").exits(7).hides("S-fixture");
    // not even its version is told: the stream ends at once
    let script = "use IO::Socket::UNIX; $SIG{PIPE} = 'IGNORE'; \
                  my $s = IO::Socket::UNIX->new(Peer => $ARGV[0]) or exit 3; \
                  syswrite $s, pack('C*', 1, 6, 0, 0, 0, 4, 0, 0, 0, 0); \
                  exit(sysread($s, my $byte, 1) ? 0 : 9)";
    let ask = |user: u32| {
        let mut ask = Command::new("setpriv");
        ask.args(["--reuid", &user.to_string(), "--clear-groups", "perl", "-e", script]);
        ask.arg(scene.folder().join("agent.sock")).outcome("")
    };
    if ask(0).status() == Some(127) {
        eprintln!("skipped: there is no perl");
    } else {
        ask(0).exits(0);
        ask(OTHER).exits(9);
    }
    for path in ["", "run/credctl", "run"] {
        set_mode(&scene.scene.path(path), 0o700);
    }
    scene.opens();
}

#[test]
fn the_agent_of_another_user_is_not_asked() {
    if !is_root() {
        eprintln!("skipped: only root can act as two users");
        return;
    }
    let scene = AgentScene::with_passphrase();
    set_mode(&scene.scene.path("."), 0o755);
    set_mode(&scene.scene.path("run"), 0o700);
    // the other user runs an agent, which root moves to where ours would be
    let foreign = |name: &str| {
        let theirs = scene.scene.path(name);
        fs::create_dir(&theirs).unwrap();
        chown(&theirs, Some(OTHER), Some(OTHER)).unwrap();
        set_mode(&theirs, 0o700);
        let folder = theirs.join("credctl");
        let mut agent = as_other(&scene, &["serve-agent", folder.to_str().unwrap()]);
        let mut agent = agent.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        std::io::Read::read_exact(&mut agent.stdout.take().unwrap(), &mut [0]).unwrap();
        let _ = fs::remove_dir_all(scene.folder());
        fs::rename(&folder, scene.folder()).unwrap();
        chown(scene.folder(), Some(0), Some(0)).unwrap();
        agent
    };
    let mut agents = vec![foreign("first")];
    scene.get().exits(7).says("another user (uid 65534)");
    agents.push(foreign("second"));
    scene.command(&["unlock", "--passphrase-stdin"]).outcome("fixture\n").exits(10).says("another user");
    for mut agent in agents {
        let _ = agent.kill();
        let _ = agent.wait();
    }
    let _ = fs::remove_dir_all(scene.folder());
    scene.unlock(&[]);
    scene.opens();
}

#[test]
fn systemd_can_make_the_socket() {
    let scene = AgentScene::with_passphrase();
    fs::create_dir(scene.folder()).unwrap();
    set_mode(&scene.folder(), 0o700);
    // what systemd does: it listens, and hands the socket over to another process as descriptor 3
    let script = "import os, socket, sys\n\
        s = socket.socket(socket.AF_UNIX)\n\
        s.bind(sys.argv[2] + '/agent.sock'); s.listen(16)\n\
        fd = s.detach()\n\
        fd == 3 or os.dup2(fd, 3)\n\
        os.set_inheritable(3, True)\n\
        child = os.fork()\n\
        if child: sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n\
        os.environ['LISTEN_PID'] = str(os.getpid()); os.environ['LISTEN_FDS'] = '1'\n\
        os.execv(sys.argv[1], [sys.argv[1], 'serve-agent', sys.argv[2]])\n";
    let mut agent = Command::new("python3");
    agent.args(["-c", script, PROGRAM]).arg(scene.folder()).stdout(Stdio::piped());
    let Ok(mut agent) = agent.spawn() else {
        eprintln!("skipped: there is no python3");
        return;
    };
    std::io::Read::read_exact(&mut agent.stdout.take().unwrap(), &mut [0]).unwrap();
    scene.unlock(&[]);
    let process = scene.process().unwrap();
    assert_ne!(process, agent.id());
    scene.opens();
    // an operator is told of the agent, and never to kill the one that made the socket
    scene.signal("STOP");
    scene.get().exits(7).says(&format!("kill -9 {process}`"));
    scene.signal("CONT");
    scene.run(&["lock"]).ok();
    assert!(agent.wait().unwrap().success());
    // the socket is not the agent's own
    assert!(scene.folder().join("agent.sock").exists());
}
