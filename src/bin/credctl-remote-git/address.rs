//! The address of a file in a git repository, taken apart. Nothing in it can become an option of git, the name of
//! a program, or a path outside of the repository.

use credctl::remote::{EngineFailure, FailureKind};

/// The address of one file on one branch.
#[derive(Debug, PartialEq, Eq)]
pub struct GitAddress {
    /// The repository, as git gets it.
    pub url: String,
    /// The way to the repository.
    pub transport: GitTransport,
    /// The branch; `None` for the default branch.
    pub branch: Option<String>,
    /// The path of the file in the repository, as it is: a percent sign is a percent sign.
    pub path: String,
}

/// A way to a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GitTransport {
    /// The program ssh.
    Ssh,
    /// HTTP over TLS.
    Https,
    /// A folder of this machine.
    File,
}

impl GitAddress {
    /// Takes an address apart.
    ///
    /// # Errors
    /// [`FailureKind::Refused`] with the reason.
    pub fn parse(text: &str) -> Result<Self, EngineFailure> {
        let (location, path) = text.split_once('#').ok_or_else(no_file)?;
        let (url, query) =
            location.split_once('?').map_or((location, None), |(url, query)| (url, Some(query)));
        let url = url.strip_prefix("git+").ok_or_else(unknown_form)?;
        let (scheme, rest) = url.split_once("://").ok_or_else(unknown_form)?;
        let transport = match scheme {
            "ssh" => GitTransport::Ssh,
            "https" => GitTransport::Https,
            "file" => GitTransport::File,
            _ => return Err(unknown_form()),
        };
        check_place(rest, transport)?;
        let branch = query.map(branch_of).transpose()?;
        check_path(path)?;
        Ok(Self { url: url.to_owned(), transport, branch, path: path.to_owned() })
    }
}

/// Checks host and path of a repository.
fn check_place(place: &str, transport: GitTransport) -> Result<(), EngineFailure> {
    if place.contains(|c: char| c.is_control() || c.is_whitespace()) {
        return Err(refused("the address has a blank or a control character"));
    }
    let (authority, path) = place.split_once('/').ok_or_else(unknown_form)?;
    if path.is_empty() {
        return Err(refused("the address has no path of a repository"));
    }
    if transport == GitTransport::File {
        return if authority.is_empty() {
            Ok(())
        } else {
            Err(refused("the address must have three slashes: `git+file:///PATH#FILE`"))
        };
    }
    let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    if user.contains(':') {
        // an address is in command lines and in the configuration, where others can read it
        return Err(refused("the address has a password: leave the credentials to git or ssh"));
    }
    if host.is_empty() || [user, host].iter().any(|part| part.starts_with('-')) {
        return Err(refused("the address has no valid host"));
    }
    Ok(())
}

/// Returns the branch that a query names.
fn branch_of(query: &str) -> Result<String, EngineFailure> {
    let name = query.strip_prefix("branch=").filter(|name| !name.contains('&'));
    let name = name.ok_or_else(|| refused("the only option of the address is `branch`"))?;
    if is_branch(name) {
        Ok(name.to_owned())
    } else {
        Err(refused("the address has no valid name of a branch"))
    }
}

/// Returns true for a name that git accepts for a branch.
pub fn is_branch(name: &str) -> bool {
    let is_part =
        |part: &str| !part.is_empty() && !part.starts_with('.') && part.strip_suffix(".lock").is_none();
    let is_forbidden = |c: char| c.is_control() || " ~^:?*[\\".contains(c);
    name.split('/').all(is_part)
        && name != "@"
        && name != "HEAD"
        && !name.starts_with('-')
        && !name.ends_with('.')
        && !name.contains("..")
        && !name.contains("@{")
        && !name.contains(is_forbidden)
}

/// Checks the path of a file in a repository.
fn check_path(path: &str) -> Result<(), EngineFailure> {
    if path.is_empty() {
        return Err(no_file());
    }
    if path.contains(char::is_control) {
        return Err(refused("the path of the file has a control character"));
    }
    let is_wrong = |part: &str| ["", ".", ".."].contains(&part) || part.eq_ignore_ascii_case(".git");
    if path.split('/').any(is_wrong) {
        return Err(refused("the path behind `#` must be that of a file in the repository"));
    }
    Ok(())
}

fn no_file() -> EngineFailure {
    refused("the address names no file: write its path in the repository behind `#`")
}

fn unknown_form() -> EngineFailure {
    refused("the address must begin with `git+ssh://`, `git+https://` or `git+file:///`")
}

fn refused(text: &str) -> EngineFailure {
    EngineFailure::new(FailureKind::Refused, text)
}

#[cfg(test)]
mod tests {
    use super::{GitAddress, GitTransport, is_branch};

    #[test]
    fn an_address_has_a_repository_a_branch_and_a_file() {
        for (text, url, transport, branch, path) in [
            (
                "git+ssh://git@h.example:22/a/b#team.age",
                "ssh://git@h.example:22/a/b",
                GitTransport::Ssh,
                None,
                "team.age",
            ),
            ("git+https://h/r.git?branch=a/b#x", "https://h/r.git", GitTransport::Https, Some("a/b"), "x"),
            (
                "git+file:///p/r.git#d/my team%20.age",
                "file:///p/r.git",
                GitTransport::File,
                None,
                "d/my team%20.age",
            ),
            ("git+file:///p/r.git#-rf", "file:///p/r.git", GitTransport::File, None, "-rf"),
        ] {
            let expected = GitAddress {
                url: url.to_owned(),
                transport,
                branch: branch.map(str::to_owned),
                path: path.to_owned(),
            };
            assert_eq!(GitAddress::parse(text), Ok(expected));
        }
    }

    #[test]
    fn addresses_that_mean_something_else_are_refused() {
        for text in [
            "git+ssh://host/repo",
            "git+ssh://host/repo#",
            "git+ssh://host/repo#/etc/passwd",
            "git+ssh://host/repo#a/../b",
            "git+ssh://host/repo#a//b",
            "git+ssh://host/repo#a/",
            "git+ssh://host/repo#.GIT/config",
            "git+ssh://host/repo#a\nb",
            "git+ssh://host/repo#a\0b",
            "git+ssh://host/repo?branch=a&x=y#a",
            "git+ssh://host/repo?depth=1#a",
            "git+ssh://host/repo?branch=--upload-pack=x#a",
            "git+ssh://host/repo?branch=a:b#a",
            "git+ssh://host/repo?branch=#a",
            "git+ssh://-oProxyCommand=x/repo#a",
            "git+ssh://-x@host/repo#a",
            "git+ssh://git:hunter2@host/repo#a",
            "git+ssh://host#a",
            "git+ssh://host/#a",
            "git+ssh:///repo#a",
            "git+ssh://host/re po#a",
            "git+http://host/repo#a",
            "git+ext::sh -c x#a",
            "git+ext://sh#a",
            "git+file://host/repo#a",
            "git+file:repo#a",
            "ssh://host/repo#a",
            "",
        ] {
            let failure = GitAddress::parse(text).expect_err(text);
            assert!(!failure.text.contains("hunter2"), "{failure}");
        }
    }

    #[test]
    fn branches_have_the_names_that_git_accepts() {
        for name in ["main", "a/b", "a-b", "a.b", "ä", "@a"] {
            assert!(is_branch(name), "{name}");
        }
        for name in [
            "", "-a", "a b", "a..b", "a.", "a/", "/a", "a//b", ".a", "a/.b", "a.lock", "@", "a@{1}", "a\\b",
            "HEAD", "a\n",
        ] {
            assert!(!is_branch(name), "{name}");
        }
    }
}
