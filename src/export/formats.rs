//! The list of all export formats.

use std::sync::LazyLock;

use super::format::ExportFormat;
use super::{
    aws_credentials, csv, docker_env, dotenv, fish, kubeconfig, kubernetes, native, netrc, otpauth, pem,
    powershell, shell, systemd,
};
use crate::kind::System;

/// Every format, in the order in which they are listed.
pub static FORMATS: LazyLock<Vec<ExportFormat>> = LazyLock::new(|| {
    let systems = System::ALL.into_iter().map(|system| system.documents().format());
    [native::FORMAT].into_iter().chain(systems).chain(PROGRAMS).collect()
});

/// The formats that are not a system's.
const PROGRAMS: [ExportFormat; 13] = [
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
    otpauth::FORMAT,
    csv::FORMAT,
];

impl ExportFormat {
    /// Finds the format of this name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }
}
