//! The text for the editor: YAML with a comment for every member, also for those that could be added.

use credctl::credential::Credential;
use credctl::kind::rule::TextForm;
use credctl::kind::{Kind, Secrecy, Shape};
use credctl::secret::Buffer;
use credctl::value::{Object, Value, yaml};

use super::shown::{MemberLine, lines};
use crate::cli::error::{Error, Failure};

/// Returns the text that shows these values of a credential.
pub(super) fn sheet(credential: &Credential, values: &Object) -> Result<Buffer, Error> {
    let (kind, id) = (credential.kind(), credential.id());
    let mut out = Buffer::with_capacity(4096);
    out.push(&format!(
        "# {}: {}\n\
         #\n\
         # Save the file and close the editor to make the change. An unchanged or empty\n\
         # file changes nothing. A secret shows as ••••••: leave it so to keep it, or\n\
         # write the new secret in its place. Put a value with a # or a colon into single\n\
         # quotes. Remove a line to remove an optional field, and the # in front of a\n\
         # name to add one.\n\n",
        kind.name, kind.summary
    ));
    out.push(match (kind.id_field, kind.identity_name) {
        (Some(_), _) | (_, true) => "# The id and the type cannot be changed.\n",
        _ => "# The id and the type stay; `credctl rename ID NEW` changes the id.\n",
    });
    for name in ["id", "type"] {
        put(name, values.get(name).unwrap_or(&Value::text(id)), &mut out)?;
    }
    let mut in_envelope = false;
    for line in lines(kind) {
        let is_own = line.is_entry || kind.field(line.name()).is_some();
        if !is_own && !std::mem::replace(&mut in_envelope, true) {
            out.push("\n# The rest is the same for every type.\n");
        }
        out.push(&format!("\n# {}\n", about(kind, line)));
        match values.get(line.name()) {
            Some(value) => put(line.name(), value, &mut out)?,
            None => out.push(&placeholder(line)),
        }
    }
    Ok(out)
}

/// Returns the description of a member, with what it takes.
fn about(kind: &Kind, line: MemberLine) -> String {
    let field = line.field;
    let need = if line.is_required(kind) { "required" } else { "optional" };
    let is_mixed = field.secrecy == Secrecy::PerItem;
    let secret = if field.is_secret() && !is_mixed { ", secret" } else { "" };
    let expects = if line.is_entry { "" } else { field.expects() };
    let expects = match field.shape {
        Shape::Store(_) | Shape::Labels | Shape::Variables => "names with a text each".to_owned(),
        Shape::Time => "2027-01-31, an RFC 3339 time, or a span such as 90d".to_owned(),
        Shape::List(_) | Shape::Several(_) => "a list".to_owned(),
        _ if field.form() == Some(TextForm::Plain) => String::new(),
        _ => expects.to_owned(),
    };
    let label = match field.shape {
        Shape::Store(_) => "Entries".to_owned(),
        Shape::Labels => "Labels".to_owned(),
        Shape::Tags => "Tags".to_owned(),
        Shape::Custom => "Own fields".to_owned(),
        _ => field.label(),
    };
    let colon = if expects.is_empty() { "" } else { ": " };
    format!("{label} ({need}{secret}){colon}{expects}")
}

/// Returns the line of a member that is not set, as a comment.
fn placeholder(line: MemberLine) -> String {
    let name = line.name();
    match line.field.shape {
        Shape::Labels | Shape::Tags | Shape::Variables | Shape::Store(_) => {
            format!("#{name}:\n#  NAME: TEXT\n")
        }
        Shape::List(_) | Shape::Several(_) => format!("#{name}:\n#  - TEXT\n"),
        Shape::Custom => format!("#{name}:\n#  - name: NAME\n#    value: TEXT\n#    secret: true\n"),
        _ => format!("#{name}:\n"),
    }
}

fn put(name: &str, value: &Value, out: &mut Buffer) -> Result<(), Error> {
    let member = Object::from_iter([(name, value.clone())]);
    yaml::write(&member.into(), out)
        .map_err(|error| Error::new(Failure::Internal, "the text cannot be made").because(error))
}
