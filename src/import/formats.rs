//! The list of all import formats.

use super::format::ImportFormat;
use super::{
    authenticator, aws_credentials, azure_cli, bitwarden, chrome, csv, dotenv, envio, firefox, kbs2, keepass,
    kubeconfig, lines, netrc, one_password, otpauth, pem, sops,
};

/// Every format that is not a system's documents, in the order in which they are recognised.
pub const FORMATS: &[ImportFormat] = &[
    // the ones with clear signs first; what looks like anything comes last
    kubeconfig::FORMAT,
    bitwarden::FORMAT,
    authenticator::AEGIS,
    authenticator::TWOFAS,
    authenticator::ANDOTP,
    otpauth::FORMAT,
    azure_cli::FORMAT,
    kbs2::FORMAT,
    keepass::FORMAT,
    one_password::FORMAT,
    chrome::FORMAT,
    firefox::FORMAT,
    csv::FORMAT,
    aws_credentials::FORMAT,
    netrc::FORMAT,
    pem::FORMAT,
    sops::FORMAT,
    dotenv::FORMAT,
    envio::FORMAT,
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
