//! `helper`: speaks the protocols by which other programs ask for credentials. A vault that cannot be
//! opened is an error in each of them, never an empty answer.

mod ansible;
mod askpass;
mod aws;
mod docker;
mod git;
mod install;
mod kubernetes;
mod site;

use std::ffi::{OsStr, OsString};

use crate::cli::context::Context;
use crate::cli::error::Error;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The tags `url` (https://git.example.org/team) and `host` (git.example.org) of a
login name its site; `url-2` and so on name further sites. A login for a port
matches only that port. If several logins match, credctl takes the one with the
longest path, then the one that changed last. A tag without a protocol matches
https and ssh; a login for another protocol must name that protocol
(http://intranet.example). git sends the path only with credential.useHttpPath.
Without the path, credctl takes a login for a path if it is the only login for
the host.

A link to credctl with the name git-credential-credctl,
docker-credential-credctl, credctl-askpass or credctl-ansible-client runs that
helper.

askpass answers questions for the passphrase of a key, with the field that
CREDCTL_ASKPASS names, and questions of git and ssh for the user name or
password at a site.

Examples:
  credctl helper git --install
  credctl add login work username=me password=- --tag url=https://example.org
  docker login registry.example.org
      with {\"credsStore\": \"credctl\"} in ~/.docker/config.json
  credctl helper aws deploy
      as credential_process in ~/.aws/config
  credctl helper kubernetes staging
      as exec command of a kubeconfig
  export SSH_ASKPASS=credctl-askpass SSH_ASKPASS_REQUIRE=force
  CREDCTL_ASKPASS=key/password ssh-add
  ansible-playbook --vault-id prod@credctl-ansible-client site.yml")]
pub struct Args {
    #[command(subcommand)]
    helper: Helper,
}

#[derive(Debug, clap::Subcommand)]
enum Helper {
    /// Speak git-credential: get, store, erase
    Git(git::Args),
    /// Speak docker-credential: get, store, erase, list, version
    Docker(docker::Args),
    /// Answer `credential_process` of the AWS tools
    Aws(aws::Args),
    /// Print the ExecCredential of Kubernetes clients
    Kubernetes(kubernetes::Args),
    /// Answer SSH_ASKPASS and GIT_ASKPASS
    Askpass(askpass::Args),
    /// Print a vault password for Ansible
    Ansible(ansible::Args),
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    match &args.helper {
        Helper::Git(args) => git::run(context, args),
        Helper::Docker(args) => docker::run(context, args),
        Helper::Aws(args) => aws::run(context, args),
        Helper::Kubernetes(args) => kubernetes::run(context, args),
        Helper::Askpass(args) => askpass::run(context, args),
        Helper::Ansible(args) => ansible::run(context, args),
    }
}

/// Returns the arguments of a helper if the program is called through a link that has the helper's name.
pub fn by_name(mut words: Vec<OsString>) -> Vec<OsString> {
    let name = words.first().map(std::path::Path::new).and_then(std::path::Path::file_name);
    let helper = match name.and_then(OsStr::to_str) {
        Some("git-credential-credctl") => "git",
        Some("docker-credential-credctl") => "docker",
        Some("credctl-askpass") => "askpass",
        Some("credctl-ansible-client") => "ansible",
        _ => return words,
    };
    let rest = words.split_off(1);
    words.extend(["helper".into(), helper.into()]);
    // docker's own helpers have an option for this
    let is_version = helper == "docker" && rest.first().is_some_and(|word| word == "--version");
    if is_version {
        words.push("version".into());
    } else {
        words.extend(rest);
    }
    words
}
