//! `types`: the types, one type field by field, and the definitions of the vault's own ones.

mod change;
mod shown;

use std::path::PathBuf;

use credctl::kind::own::TypeDefinition;
use credctl::kind::{Kind, TypeOrigin};
use credctl::store::Writes;
use credctl::vault::TypeRecord;

use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::options::WriteArgs;
use crate::cli::{definition, output, own_types, recognition, session};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  credctl types
  credctl types Aws
  credctl types kubeconfig -o json
  credctl types Aws --toml
  credctl types --define postgres.toml
  credctl types db.postgres --schema

A type of your own is defined in TOML, and kept in the vault. See the chapter
`Types of your own` of the guide.")]
pub struct Args {
    /// The type to explain
    #[arg(value_name = "TYPE")]
    kind: Option<String>,
    /// Define a type of your own, or change its definition
    #[arg(long, value_name = "FILE", conflicts_with_all = ["kind", "undefine", "schema", "toml"])]
    define: Option<PathBuf>,
    /// Remove a type of your own; its credentials keep the definition
    #[arg(long, value_name = "NAME", conflicts_with_all = ["kind", "schema", "toml"])]
    undefine: Option<String>,
    /// Print the JSON Schema of the type's documents
    #[arg(long, requires = "kind", conflicts_with = "toml")]
    schema: bool,
    /// Print the definition of the type in TOML
    #[arg(long, requires = "kind")]
    toml: bool,
    #[command(flatten)]
    write: WriteArgs,
}

impl Args {
    /// Returns the part of the vault that the call changes.
    pub fn writes(&self) -> Writes {
        let changes = self.define.is_some() || self.undefine.is_some();
        if changes { Writes::WholeVault("types") } else { Writes::Nothing }
    }
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    if let Some(path) = &args.define {
        return change::define(context, path, args.write.dry_run);
    }
    if let Some(name) = &args.undefine {
        return change::undefine(context, name, args.write.dry_run);
    }
    let Some(name) = &args.kind else {
        let types = own_types::quiet(context);
        if types.is_none() {
            ui.notice("the vault is locked, so its own types are not listed");
        }
        return shown::list(settings, ui, &types.unwrap_or_default());
    };
    let named = own_types::find(context, name)?.ok_or_else(|| recognition::unknown_type_option(name))?;
    if args.toml {
        return output::text(&definition::write(&of(context, named.kind)?.document()));
    }
    if args.schema {
        return output::document(settings, &of(context, named.kind)?.schema());
    }
    shown::one(settings, ui, named.kind)
}

/// Returns the definition of a type.
fn of(context: &Context, kind: &'static Kind) -> Result<TypeDefinition, Error> {
    if kind.origin == TypeOrigin::BuiltIn {
        return Ok(TypeDefinition::of(kind));
    }
    let records = session::read(context)?.residents::<TypeRecord>()?;
    let record = records.iter().find(|record| record.name() == kind.name);
    let definition = record.and_then(|record| TypeDefinition::read(record.definition()?).ok());
    definition.ok_or_else(|| recognition::unknown_type_option(kind.name))
}
