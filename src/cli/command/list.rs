//! `list`: metadata of all credentials. Never a secret, whatever is asked.

use credctl::credential::{ADMIN, Head};
use credctl::kind;

use crate::cli::args::Form;
use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::output::{self, List};
use crate::cli::{document, session, words};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  credctl list
  credctl ls --type Aws -o wide
  credctl ls --type aspire:filesystem -o json
  credctl ls -o name | fzf | xargs credctl get")]
pub struct Args {
    /// Only this type; aspire:TYPE is a connector of that connector type
    #[arg(long = "type", value_name = "TYPE", value_parser = words::types(), hide_possible_values = true)]
    kind: Option<String>,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let named =
        args.kind.as_deref().map(|name| kind::find(name).ok_or_else(|| document::unknown_type_option(name)));
    let named = named.transpose()?;
    let mut vault = session::read(context)?;
    if context.form == Form::Name && named.is_none() && context.project == ADMIN {
        // nothing but the ids is needed: the rest of the lines is not looked at
        let mut out = String::new();
        vault.ids(|id| {
            out.push_str(&output::sanitize::line(id));
            out.push('\n');
        })?;
        return output::text(&out);
    }
    let wanted = |head: &Head| {
        named.as_ref().is_none_or(|named| {
            *head.kind == *named.kind
                && (named.connector_type.is_none() || head.envelope.connector_type == named.connector_type)
        }) && (context.project == ADMIN || head.envelope.project == context.project)
    };
    output::with_stdout(|out| {
        let mut list = List::new(context, out)?;
        let mut result = Ok(());
        vault.heads(|head| {
            if result.is_ok() && wanted(&head) {
                result = list.add(&head);
            }
        })?;
        result?;
        if list.is_empty() && matches!(context.form, Form::Table | Form::Wide) {
            context.notice("there are no credentials; `credctl add --help` shows how to add one");
        }
        list.finish().map_err(Error::from)
    })
}
