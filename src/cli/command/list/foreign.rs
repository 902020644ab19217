//! `list --format SYSTEM`: the list in the shape of another system.

use std::collections::HashMap;

use credctl::dialect::{self, ViewSettings};
use credctl::query::{Column, PageSlice};
use credctl::system::ForeignSystem;
use credctl::value::{Object, Value};
use credctl::vault::{Reference, Vault};

use super::args::Args;
use super::paging;
use crate::cli::context::{Context, Settings};
use crate::cli::error::Error;
use crate::cli::{deployment, output, recognition, session};

/// A column that was asked for: a member of the system's own items, or one of ours.
enum ForeignColumn {
    Theirs(&'static str),
    Ours(Column),
}

pub(super) fn run(context: &Context, args: &Args, system: &dyn ForeignSystem) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let conditions = args.conditions(context)?;
    let include = args.include.as_deref().map(|text| columns(system, text)).transpose()?;
    let page = paging::page(settings, args)?;
    let version = recognition::version(args.nc_version.as_deref())?;
    let mut vault = session::read(context)?;
    deployment::tell(ui, session::store(context)?.reach(&mut vault, |_| true)?);
    let mut heads = conditions.heads(&settings.terms, &mut vault)?;
    let before = heads.len();
    heads.retain(|head| system.knows(head, version));
    if heads.len() < before {
        let name = system.name();
        ui.notice(&format!("{} left out, because {name} does not know their types", before - heads.len()));
    }
    let cut = page.cut(heads);
    let answer = answer(settings, args, system, &mut vault, &cut, include.as_deref(), version)?;
    paging::more_follow(ui, &cut, system.lists_token());
    output::document(settings, &answer)
}

/// Returns the columns of `--include`.
fn columns(system: &dyn ForeignSystem, text: &str) -> Result<Vec<ForeignColumn>, Error> {
    let theirs = system.columns();
    let find = |name: &str| theirs.iter().copied().find(|known| *known == name.trim());
    if let Some(all) = text.split(',').map(find).collect::<Option<Vec<_>>>() {
        return Ok(all.into_iter().map(ForeignColumn::Theirs).collect());
    }
    let ours = Column::parse_all(text)?.into_iter();
    Ok(ours
        .map(|column| find(column.name()).map_or(ForeignColumn::Ours(column), ForeignColumn::Theirs))
        .collect())
}

/// Makes the answer. The caller has left out what the system does not know.
fn answer(
    settings: &Settings,
    args: &Args,
    system: &dyn ForeignSystem,
    vault: &mut Vault,
    cut: &PageSlice,
    include: Option<&[ForeignColumn]>,
    version: dialect::ApiVersion,
) -> Result<Object, Error> {
    let mut references: HashMap<String, Vec<Reference>> = HashMap::new();
    for reference in vault.residents::<Reference>()? {
        references.entry(reference.credential.clone()).or_default().push(reference);
    }
    let mut items = Vec::with_capacity(cut.items.len());
    for head in &cut.items {
        let Some(credential) = vault.find(&head.id)? else { continue };
        let networks = Reference::networks(references.get(&head.id).map_or(&[], Vec::as_slice));
        let view = ViewSettings { now: settings.terms.now, version, reveal: false, networks: &networks };
        let item = system.item(&credential, &view)?;
        items.push(match include {
            None => item.into(),
            Some(columns) => {
                let value = |column: &ForeignColumn| match column {
                    ForeignColumn::Theirs(name) => item.get(name).cloned().unwrap_or(Value::Null),
                    ForeignColumn::Ours(column) => column.value(head, Some(&credential), settings.terms.now),
                };
                Value::List(columns.iter().map(value).collect())
            }
        });
    }
    let number = |text: &Option<String>| text.as_deref().and_then(|text| text.parse().ok());
    let offset = (args.from.is_some() || args.size.is_some())
        .then(|| (number(&args.from).unwrap_or(0), number(&args.size).unwrap_or(items.len() as u64)));
    let page = dialect::ListPage {
        size: cut.page_size as u64,
        total: cut.total as u64,
        token: cut.token.clone(),
        offset,
        count: args.count,
        made: (settings.terms.now, settings.act().actor),
    };
    Ok(system.list(items, &page))
}
