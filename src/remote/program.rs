//! The main function of a helper, without its streams and its arguments: `--help`, `--version`, and one address.

use std::ffi::OsString;
use std::io::{self, Read, Write};

use super::engine::{EngineFailure, RemoteObject, UnusableObject};
use super::message::FailureKind;
use super::serving::serve;

/// One helper program.
#[derive(Debug, Clone, Copy)]
pub struct HelperProgram {
    /// The name of the program, such as `credctl-remote-s3`.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// Its help: the forms of its addresses, and where the credentials of the engine come from.
    pub help: &'static str,
}

/// The streams of a helper.
pub struct HelperStreams<'a> {
    /// Standard input.
    pub input: &'a mut dyn Read,
    /// Standard output.
    pub output: &'a mut dyn Write,
    /// Standard error.
    pub errors: &'a mut dyn Write,
}

impl HelperProgram {
    /// Serves the object at the address that is the only argument. Returns the exit status: 0, 1 if a stream
    /// failed or broke the protocol, 2 for wrong arguments. `arguments` has no name of the program.
    ///
    /// # Errors
    ///
    /// If help, version or an error cannot be written.
    pub fn run(
        self,
        arguments: impl IntoIterator<Item = OsString>,
        streams: HelperStreams<'_>,
        open: impl FnOnce(&str) -> Result<Box<dyn RemoteObject>, EngineFailure>,
    ) -> io::Result<u8> {
        let HelperStreams { input, output, errors } = streams;
        let Self { name, version, help } = self;
        let mut arguments = arguments.into_iter();
        let (Some(argument), None) = (arguments.next(), arguments.next()) else {
            writeln!(errors, "usage: {name} ADDRESS")?;
            return Ok(2);
        };
        match argument.to_str() {
            Some("--help" | "-h") => writeln!(output, "{help}").map(|()| 0),
            Some("--version" | "-V") => writeln!(output, "{name} {version}").map(|()| 0),
            Some(option) if option.starts_with('-') => {
                writeln!(errors, "unknown option\nusage: {name} ADDRESS")?;
                Ok(2)
            }
            address => {
                let no_text = || EngineFailure::new(FailureKind::Refused, "the address is not UTF-8");
                let opened = address.ok_or_else(no_text).and_then(open);
                // the reason reaches the operator as the reply to each request
                let mut object = opened.unwrap_or_else(|failure| Box::new(UnusableObject(failure)));
                let served = serve(object.as_mut(), &format!("{name} {version}"), input, output);
                Ok(u8::from(served.is_err()))
            }
        }
    }
}
