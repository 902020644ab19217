//! `credential_process`: one JSON object.

use credctl::secret::Buffer;
use credctl::store::ValueReader;
use credctl::time;
use credctl::value::{Object, Value, json};

use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::{output, session};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The id of a credential of the type Aws
    id: String,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let credential = context.settings.scope().find(&mut session::read(context)?, &args.id, true)?;
    let kind = credential.kind();
    let field = |variable| kind.fields.iter().find(|field| field.variable == Some(variable));
    if field("AWS_ACCESS_KEY_ID").is_none() {
        return Err(Error::usage(format!("{} is not of the type Aws", credential.id())));
    }
    ValueReader::new(&context.settings.terms, false).check_usable(&credential)?;
    let mut answer = Object::from_iter([("Version", Value::from(1))]);
    let fields = [
        ("AccessKeyId", "AWS_ACCESS_KEY_ID"),
        ("SecretAccessKey", "AWS_SECRET_ACCESS_KEY"),
        ("SessionToken", "AWS_SESSION_TOKEN"),
    ];
    for (name, variable) in fields {
        if let Some(value) = field(variable).and_then(|field| credential.fields().get(field.name)) {
            answer.insert(name, value.clone());
        }
    }
    if let Some(until) = credential.head().envelope.valid_until {
        answer.insert("Expiration", Value::text(time::format(until)));
    }
    let mut out = Buffer::with_capacity(512);
    json::write(&answer.into(), &mut out)?;
    output::bytes(&out.into_bytes())
}
