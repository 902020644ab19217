//! An env-file of Docker and Podman: `docker run --env-file FILE`. It has no quotes and no escapes, so
//! there are values that it cannot hold.

use std::io::{self, Write};

use super::format::ExportFormat;
use super::variables::{Variable, lines};

pub(super) const FORMAT: ExportFormat = ExportFormat {
    name: "docker-env",
    summary: "an env-file for docker and podman run",
    write: |data, options, report, out| {
        lines(data, options, report, Some(check), |variable| line(variable, out))
    },
};

/// The limit of a line in bytes: Docker reads only shorter ones.
const LONGEST: usize = 64 * 1024;

fn check(variable: &Variable) -> Result<(), String> {
    let value = variable.value.expose();
    if value.contains(['\n', '\r']) {
        return Err(format!("{} has a line break in it, which an env-file cannot contain", variable.path));
    }
    // with `=` and the line feed
    if variable.name.len() + value.len() + 2 > LONGEST {
        return Err(format!("{} is longer than a line of an env-file can be, 64 KiB", variable.path));
    }
    Ok(())
}

fn line(variable: &Variable, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{}=", variable.name)?;
    out.write_all(variable.value.expose().as_bytes())?;
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::super::tests::{failures_of, text_of};

    #[test]
    fn values_stand_as_they_are() {
        let document = r##"{"type":"Simple","id":"a","value":" 'it' \"#$x\\ "}"##;
        assert_eq!(text_of("docker-env", &[document]), "A_VALUE= 'it' \"#$x\\ \n");
    }

    #[test]
    fn what_has_no_place_on_a_line_fails() {
        let long = format!(r#"{{"type":"Simple","id":"l","value":"{}"}}"#, "x".repeat(65_536));
        let newline = r#"{"type":"Simple","id":"n","value":"a\nb"}"#;
        let carriage = r#"{"type":"Simple","id":"r","value":"a\r"}"#;
        assert_eq!(failures_of("docker-env", &[&long, newline, carriage]), ["l", "n", "r"]);
    }
}
