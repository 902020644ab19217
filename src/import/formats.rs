//! The list of all import formats.

use super::format::ImportFormat;
use super::{
    authenticator, aws_credentials, azure_cli, bitwarden, bitwarden_csv, chrome, csv, dashlane, docker_env,
    dotenv, enpass, enpass_csv, envio, firefox, kbs2, kdbx, keepass, keepassxc, kubeconfig, kubernetes,
    lastpass, lines, netrc, nordpass, one_password, one_pux, otpauth, pem, proton_csv, proton_json, sops,
};

/// Every format that is not a system's documents, in the order in which they are recognised.
pub const FORMATS: &[ImportFormat] = &[
    // the ones with clear signs first; what looks like anything comes last
    kubeconfig::FORMAT,
    kubernetes::FORMAT,
    bitwarden::FORMAT,
    one_pux::FORMAT,
    proton_json::FORMAT,
    enpass::FORMAT,
    authenticator::AEGIS,
    authenticator::TWOFAS,
    authenticator::ANDOTP,
    otpauth::FORMAT,
    azure_cli::FORMAT,
    kbs2::FORMAT,
    keepass::FORMAT,
    kdbx::FORMAT,
    one_password::FORMAT,
    bitwarden_csv::FORMAT,
    dashlane::FORMAT,
    keepassxc::FORMAT,
    lastpass::FORMAT,
    nordpass::FORMAT,
    proton_csv::FORMAT,
    chrome::FORMAT,
    firefox::FORMAT,
    csv::FORMAT,
    aws_credentials::FORMAT,
    netrc::FORMAT,
    pem::FORMAT,
    sops::FORMAT,
    dotenv::FORMAT,
    envio::FORMAT,
    enpass_csv::FORMAT,
    docker_env::FORMAT,
    lines::FORMAT,
];

impl ImportFormat {
    /// Finds the format of this name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// Recognises the format that a text is in.
    #[must_use]
    pub fn recognise(text: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| (format.recognises)(text))
    }
}
