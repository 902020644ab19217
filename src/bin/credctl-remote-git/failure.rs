//! The failures of git: their kind, and the one line of its messages that says why. No text has the credentials
//! of an address, or what the server printed.

use credctl::remote::{EngineFailure, FailureKind};

/// Words in the messages of git and ssh, by what they mean. The first that is found decides.
const SIGNS: [(FailureKind, &[&str]); 4] = [
    (FailureKind::Refused, &["transport '", "hash algorithm", "larger than"]),
    (
        FailureKind::Denied,
        &[
            "permission denied",
            "authentication failed",
            "could not read username",
            "could not read password",
            "returned error: 401",
            "returned error: 403",
            "access denied",
            "permission to ",
            "insufficient permission",
            "read-only",
            "read only",
            "dubious ownership",
        ],
    ),
    (
        FailureKind::Refused,
        &["not appear to be a git repository", "not found", "does not exist", "returned error: 404"],
    ),
    (
        FailureKind::Unreachable,
        &[
            "could not resolve",
            "connection refused",
            "connection reset",
            "connection closed",
            "connection to ",
            "timed out",
            "timeout",
            "no route to host",
            "network is unreachable",
            "failed to connect",
            "couldn't connect",
            "could not connect",
            "certificate",
            "ssl",
            "tls",
            "returned error: 429",
            "returned error: 5",
            "rpc failed",
            "empty reply",
            "broken pipe",
            "early eof",
            "unexpected disconnect",
            "hung up",
            "could not read from remote repository",
        ],
    ),
];
/// Words that git and ssh say only if there never was a connection.
const NEVER_CONNECTED: [&str; 7] = [
    "ssh: connect to host",
    "could not resolve",
    "failed to connect",
    "couldn't connect",
    "could not connect",
    "host key verification failed",
    "certificate",
];
/// The beginnings of lines that are no reason, or that come from the server.
const OTHERS: [&str; 4] = ["remote:", "hint:", "warning:", "**"];

/// Makes the failure of a run of git out of its messages. `task` is what failed, such as "git cannot read the
/// repository".
pub fn git_failure(task: &str, messages: &str) -> EngineFailure {
    if let Some(text) = wrong_host_key(messages) {
        return EngineFailure::new(FailureKind::Refused, &format!("{task}: {text}"));
    }
    let (kind, line) = kind_and_line(messages);
    match line.map(harmless).filter(|line| !line.is_empty()) {
        Some(line) => EngineFailure::new(kind, &format!("{task}: {line}")),
        None => EngineFailure::new(kind, task),
    }
}

/// Returns what is wrong with the host key of a server, if ssh refused it. That is no matter of the network: somebody may
/// be in between.
fn wrong_host_key(messages: &str) -> Option<&'static str> {
    let messages = messages.to_lowercase();
    if !messages.contains("host key verification failed") {
        return None;
    }
    Some(if messages.contains("identification has changed") {
        "the server has another host key than the one that ssh knows; somebody may have taken its place"
    } else {
        "ssh does not know the host key of the server; connect once with ssh to accept it"
    })
}

/// Returns true if the server never got a request of the run.
pub fn never_connected(messages: &str) -> bool {
    lines(messages).any(|line| {
        let line = line.to_lowercase();
        NEVER_CONNECTED.iter().any(|sign| line.contains(sign))
    })
}

fn kind_and_line(messages: &str) -> (FailureKind, Option<&str>) {
    for (kind, signs) in SIGNS {
        let has_sign = |line: &&str| {
            let line = line.to_lowercase();
            signs.iter().any(|sign| line.contains(sign))
        };
        if let Some(line) = lines(messages).find(has_sign) {
            return (kind, Some(line));
        }
    }
    let fatal = lines(messages).find(|line| line.starts_with("fatal:") || line.starts_with("error:"));
    (FailureKind::Internal, fatal)
}

fn lines(messages: &str) -> impl Iterator<Item = &str> {
    let lines = messages.lines().map(str::trim);
    lines.filter(|line| !OTHERS.iter().any(|start| line.starts_with(start)))
}

/// Returns a line of git without its sign, its end and the credentials in its addresses.
pub fn harmless(line: &str) -> String {
    let line = line.trim_start_matches("fatal: ").trim_start_matches("error: ").trim_end_matches(['.', '\r']);
    let mut parts = line.split("://");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| c == '/' || c == '\'' || c.is_whitespace()).unwrap_or(part.len());
        let (authority, rest) = part.split_at(end);
        text.extend(["://", authority.rsplit('@').next().unwrap_or_default(), rest]);
    }
    text
}

#[cfg(test)]
mod tests {
    use credctl::remote::FailureKind;

    use super::{git_failure, never_connected};

    #[test]
    fn the_kind_and_the_reason_come_from_the_messages() {
        for (messages, kind, text) in [
            (
                "git@h: Permission denied (publickey).\r\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.\n",
                FailureKind::Denied,
                "t: git@h: Permission denied (publickey)",
            ),
            (
                "ssh: Could not resolve hostname h: Name or service not known\nfatal: Could not read from remote repository.\n",
                FailureKind::Unreachable,
                "t: ssh: Could not resolve hostname h: Name or service not known",
            ),
            (
                "fatal: unable to access 'https://tok:pw@h/r/': The requested URL returned error: 403\n",
                FailureKind::Denied,
                "t: unable to access 'https://h/r/': The requested URL returned error: 403",
            ),
            (
                "fatal: could not read Password for 'https://tok@h': terminal prompts disabled\n",
                FailureKind::Denied,
                "t: could not read Password for 'https://h': terminal prompts disabled",
            ),
            (
                "fatal: unable to access 'https://h/r/': The requested URL returned error: 503\n",
                FailureKind::Unreachable,
                "t: unable to access 'https://h/r/': The requested URL returned error: 503",
            ),
            (
                "remote: token hunter2 denied, permission denied\nfatal: repository 'https://h/r/' not found\n",
                FailureKind::Refused,
                "t: repository 'https://h/r/' not found",
            ),
            (
                "Host key verification failed.\r\nfatal: Could not read from remote repository.\n",
                FailureKind::Refused,
                "t: ssh does not know the host key of the server; connect once with ssh to accept it",
            ),
            (
                "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\r\nHost key verification failed.\r\n",
                FailureKind::Refused,
                "t: the server has another host key than the one that ssh knows; somebody may have taken its place",
            ),
            ("fatal: transport 'ext' not allowed\n", FailureKind::Refused, "t: transport 'ext' not allowed"),
            ("fatal: the odd thing\n", FailureKind::Internal, "t: the odd thing"),
            ("", FailureKind::Internal, "t"),
        ] {
            let failure = git_failure("t", messages);
            assert_eq!((failure.kind, failure.text.as_str()), (kind, text));
        }
    }

    #[test]
    fn a_connection_that_broke_was_one() {
        assert!(never_connected("ssh: connect to host h port 22: Connection refused\n"));
        assert!(never_connected("fatal: unable to access 'https://h/': Failed to connect to h port 443\n"));
        assert!(!never_connected("Connection to h closed by remote host.\nfatal: the remote end hung up\n"));
        assert!(!never_connected("remote: could not resolve host\n"));
    }
}
