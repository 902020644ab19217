//! The list of all export formats.

use super::format::Format;
use super::{
    apinizer, aspire, astra, aws_credentials, citrix, csv, docker_env, dotenv, fish, kubeconfig, kubernetes,
    native, netrc, network_controller, pem, powershell, shell, systemd,
};

/// Every format, in the order in which they are listed.
pub const FORMATS: &[Format] = &[
    native::FORMAT,
    citrix::FORMAT,
    aspire::FORMAT,
    network_controller::FORMAT,
    astra::FORMAT,
    apinizer::FORMAT,
    dotenv::FORMAT,
    shell::FORMAT,
    fish::FORMAT,
    powershell::FORMAT,
    docker_env::FORMAT,
    systemd::FORMAT,
    kubernetes::FORMAT,
    aws_credentials::FORMAT,
    kubeconfig::FORMAT,
    pem::FORMAT,
    netrc::FORMAT,
    csv::FORMAT,
];

impl Format {
    /// Finds the format of this name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }
}
