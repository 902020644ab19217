//! The command-line client of Docker: what it hands to its daemon of an env-file, and how it forgets a login.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;

use serde_json::{Value, json};

use super::{consumer, skip, tried};
use crate::support::{Run as _, Scene};

/// Plays the daemon until a container is to be created, and gives what was asked for.
fn created(listener: &TcpListener) -> Value {
    loop {
        let (mut stream, _) = listener.accept().unwrap();
        if let Some(body) = served(&mut stream) {
            return body;
        }
    }
}

/// Answers the calls of one connection; the body of the one that creates a container.
fn served(stream: &mut TcpStream) -> Option<Value> {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    loop {
        let (mut request, mut length) = (String::new(), 0);
        if reader.read_line(&mut request).unwrap_or(0) == 0 {
            return None;
        }
        loop {
            let mut header = String::new();
            reader.read_line(&mut header).unwrap();
            if let Some(value) = header.to_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            if header.trim().is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        let creates = request.starts_with("POST") && request.contains("/containers/create");
        let answer = if creates { r#"{"Id":"abc","Warnings":[]}"# } else { "OK" };
        let length = if request.starts_with("HEAD") { 0 } else { answer.len() };
        let status = if creates { "201 Created" } else { "200 OK" };
        let head = format!(
            "HTTP/1.1 {status}\r\nApi-Version: 1.44\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            answer.len()
        );
        stream.write_all(&[head.as_bytes(), &answer.as_bytes()[..length]].concat()).unwrap();
        if creates {
            return serde_json::from_slice(&body).ok();
        }
    }
}

#[test]
fn docker_reads_an_env_file_to_the_byte() {
    let values =
        ["plain", "two words", " it's \"odd\" #$x\\ ", "ünï 🙂", "a=b", "'", "$(id) `id` ${HOME}", "\ttab\t"];
    let secret =
        |(index, value): (usize, &&str)| json!({"type": "Simple", "id": format!("v{index}"), "value": value});
    let documents: Vec<Value> = values.iter().enumerate().map(secret).collect();
    let (text, failed) = tried("docker-env", &documents);
    assert!(failed.is_empty(), "{failed:?}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("env");
    fs::write(&path, text).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let daemon = format!("tcp://{}", listener.local_addr().unwrap());
    if consumer("docker", ["--version"], b"").is_none() {
        return;
    }
    let asked = thread::spawn(move || created(&listener));
    let words = ["-H", &daemon, "create", "--env-file", path.to_str().unwrap(), "image"];
    consumer("docker", words, b"").unwrap().ok();
    let expected: Vec<String> =
        values.iter().enumerate().map(|(index, value)| format!("V{index}_VALUE={value}")).collect();
    assert_eq!(asked.join().unwrap()["Env"], json!(expected));
}

#[test]
fn docker_asks_the_helper_to_forget_a_login() {
    let scene = Scene::new();
    let server = "registry.example.org";
    let request = json!({"ServerURL": server, "Username": "me", "Secret": "S-token"}).to_string();
    scene.run_with(["helper", "docker", "store"], &request).ok();
    std::os::unix::fs::symlink(crate::support::PROGRAM, scene.path("docker-credential-credctl")).unwrap();
    fs::create_dir(scene.path("docker")).unwrap();
    scene.file("docker/config.json", json!({"auths": {server: {}}, "credsStore": "credctl"}).to_string());
    let mut command = std::process::Command::new("docker");
    if command.arg("--version").output().is_err() {
        skip::<()>("docker is not installed");
        return;
    }
    let mut command = std::process::Command::new("docker");
    command.args(["--config", &scene.text_path("docker"), "logout", server]);
    scene.environment(&mut command);
    let path = format!("{}:{}", scene.text_path("."), std::env::var("PATH").unwrap());
    command.env("PATH", path).env("CREDCTL_VAULT", scene.vault()).outcome("").ok();
    assert!(scene.ids().is_empty());
}
