//! `list`: lists the metadata of credentials, and never a secret.

use std::collections::HashMap;

use credctl::credential::Head;
use credctl::dialect::{self, View};
use credctl::query::{Asked, Include, Order, Page, PageSlice};
use credctl::store::Conditions;
use credctl::system::ForeignSystem;
use credctl::time;
use credctl::value::{Object, Value};
use credctl::vault::{Reference, Vault};

use crate::cli::context::{Context, Settings, Ui};
use crate::cli::error::Error;
use crate::cli::options::Form;
use crate::cli::output::{self, Columns, List};
use crate::cli::{assign, deployment, document, select, session, words};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Filters compare metadata, labels.NAME, tags.NAME and public fields; never a
secret one. Operators: eq, ne, lt, gt, lte, gte, in, contains, startswith,
joined by and, or, not, parentheses; a comma means and.

Examples:
  credctl list
  credctl ls --type Aws -o wide
  credctl ls --type aspire:filesystem -o json
  credctl ls --filter \"state ne 'Ok' or validUntil lt '2027-01-01'\"
  credctl ls --filter \"username startswith 'svc-' and labels.env eq 'prod'\" --order-by updatedAt
  credctl ls --expiring 30d
      includes certificates by their own dates
  credctl ls --limit 100 -o json
      --continue TOKEN returns the next page
  credctl ls -o name | fzf | xargs credctl get")]
pub struct Args {
    /// Only credentials of TYPE; aspire:TYPE is a connector of that connector type
    #[arg(
        long = "type",
        value_name = "TYPE",
        value_parser = words::types(),
        hide_possible_values = true
    )]
    kind: Option<String>,
    /// Only credentials that match EXPR, such as "type eq 'Aws' and enabled eq true"
    #[arg(long, value_name = "EXPR")]
    filter: Option<String>,
    /// Only credentials that a filter document selects: {"ids", "type", "description", "throttlePolicy"}; -
    /// is stdin
    #[arg(long, value_name = "DOC")]
    filter_json: Option<String>,
    /// Only these members of each credential, in this order
    #[arg(long, value_name = "F,...")]
    include: Option<String>,
    /// Sort by member F; add desc to sort downwards
    #[arg(long, value_name = "F [desc]", conflicts_with_all = ["sort_by", "sort_mode"])]
    order_by: Option<String>,
    /// Sort by member F
    #[arg(long, value_name = "F")]
    sort_by: Option<String>,
    /// Sort upwards or downwards: asc or desc
    #[arg(long, value_name = "MODE", requires = "sort_by")]
    sort_mode: Option<String>,
    /// Return at most N credentials, with a token for the next ones
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    limit: Option<String>,
    /// The token of the previous page
    #[arg(long = "continue", value_name = "TOKEN")]
    resume: Option<String>,
    /// Skip the first N credentials
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    from: Option<String>,
    /// Return at most N credentials
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    size: Option<String>,
    /// Print the total count, where the system reports it only on request
    #[arg(long)]
    count: bool,
    /// Only credentials that expire by T, themselves or a certificate in them: 30d, or a date
    #[arg(long, value_name = "T", conflicts_with_all = [
        "include", "order_by", "sort_by", "limit", "resume", "from", "size", "filter_json"
    ])]
    expiring: Option<String>,
    /// The version of the documents, with --format network-controller
    #[arg(long, value_name = "VERSION")]
    nc_version: Option<String>,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, input } = context;
    if let Some(until) = &args.expiring {
        return expiring(context, args, until);
    }
    let (kind, filter) = (args.kind.as_deref(), args.filter.as_deref());
    let conditions = select::conditions(ui, input, kind, filter, args.filter_json.as_deref())?;
    let include = args.include.as_deref().map(|text| columns(settings, text)).transpose()?;
    let order = order(args)?;
    let asked = Asked {
        limit: args.limit.as_deref(),
        resume: args.resume.as_deref(),
        from: args.from.as_deref(),
        size: args.size.as_deref(),
    };
    // a token is valid for the same query only
    let question =
        format!("{:?}", (&args.kind, &args.filter, &args.filter_json, &settings.terms.scope.project));
    let page = Page::new(asked, order.unwrap_or_default(), &question)?;
    let version = document::version(args.nc_version.as_deref())?;
    let mut vault = session::read(context)?;
    deployment::tell(ui, session::store(context)?.reach(&mut vault, |_| true)?);
    let pages = [&args.limit, &args.resume, &args.from, &args.size].into_iter().any(Option::is_some);
    let plain = conditions.filter.is_none() && order.is_none() && !pages;
    if let Some(system) = settings.foreign() {
        let mut heads = conditions.heads(&settings.terms, &mut vault)?;
        let before = heads.len();
        heads.retain(|head| system.knows(head, version));
        if heads.len() < before {
            let name = system.name();
            ui.notice(&format!(
                "{} left out, because {name} does not know their types",
                before - heads.len()
            ));
        }
        let cut = page.cut(heads);
        let answer = foreign(settings, args, system, &mut vault, &cut, include.as_deref(), version)?;
        more_follow(ui, &cut, system.lists_token());
        return output::document(settings, &answer);
    }
    if plain && settings.form == Form::Name && conditions.is_empty() && settings.scope().is_admin() {
        return names(&mut vault);
    }
    output::with_stdout_at_end(|out| {
        let mut list = List::new(settings, ui, out, include.as_deref())?;
        let told = if plain {
            stream(settings, &conditions, &mut vault, &mut list)?;
            None
        } else {
            let cut = page.cut(conditions.heads(&settings.terms, &mut vault)?);
            cut.items.iter().try_for_each(|head| list.add(head))?;
            // only the answer in JSON has a member for the token
            more_follow(ui, &cut, settings.form == Form::Json);
            Some(output::Page { size: cut.page_size as u64, total: cut.total as u64, token: cut.token })
        };
        if list.is_empty() && matches!(settings.form, Form::Table | Form::Wide) {
            ui.notice("there are no such credentials");
        }
        list.finish(told).map_err(Error::from)
    })
}

/// Prints how to get the next page, if there is one.
fn more_follow(ui: &Ui, cut: &PageSlice, tells_token: bool) {
    if let Some(token) = cut.token.as_ref().filter(|_| !tells_token) {
        ui.notice_token("more follow with --continue", token);
    } else if let Some(from) = cut.next_from {
        ui.notice(&format!("more follow with --from {from}"));
    }
}

/// Lists the credentials that expire by an instant, sorted by expiry. Includes those that have expired.
fn expiring(context: &Context, args: &Args, until: &str) -> Result<(), Error> {
    let Context { settings, ui, input } = context;
    if settings.foreign().is_some() {
        return Err(Error::usage("--expiring cannot be used with the format of another system"));
    }
    let until = assign::time(settings, "expiring", until)?;
    let conditions = select::conditions(ui, input, args.kind.as_deref(), args.filter.as_deref(), None)?;
    let mut found = Vec::new();
    let mut vault = session::read(context)?;
    deployment::tell(ui, session::store(context)?.reach(&mut vault, |_| true)?);
    vault.credentials(|credential| {
        let meant = conditions.takes_whole(&settings.terms, &credential);
        if let Some(end) = credential.expiry().filter(|end| meant && *end <= until) {
            let mut shown = output::metadata(credential.head(), settings.terms.now);
            shown.insert("expiresAt", Value::text(time::format(end)));
            found.push((end, shown));
        }
    })?;
    found.sort_by_key(|(end, _)| *end);
    let count = Value::from(found.len() as u64);
    let answer = Object::from_iter([
        ("items", Value::Null),
        ("pageSize", count.clone()),
        ("totalItems", count),
        ("continuationToken", Value::Null),
    ]);
    let columns = Columns {
        table: &["id", "type", "name", "project", "state", "expiresAt"],
        wide: &[
            "id",
            "type",
            "connectorType",
            "name",
            "project",
            "state",
            "expiresAt",
            "validUntil",
            "updatedAt",
        ],
    };
    output::items(
        settings,
        ui,
        answer,
        "items",
        found.into_iter().map(|(_, shown)| shown).collect(),
        &columns,
    )
}

fn order(args: &Args) -> Result<Option<Order>, Error> {
    let text = match (&args.order_by, &args.sort_by) {
        (Some(text), _) => text.clone(),
        (None, Some(field)) => format!("{field} {}", args.sort_mode.as_deref().unwrap_or("asc")),
        (None, None) => return Ok(None),
    };
    Ok(Some(Order::parse(&text)?))
}

/// Prints the ids. Skips the rest of each line, because nothing else is needed.
fn names(vault: &mut Vault) -> Result<(), Error> {
    let mut out = String::new();
    vault.ids(|id| {
        out.push_str(&output::sanitize::line(id));
        out.push('\n');
    })?;
    output::text(&out)
}

/// Returns the columns of `--include`: our metadata, or the members of the system's own items.
fn columns(settings: &Settings, text: &str) -> Result<Vec<&'static str>, Error> {
    let own = settings.foreign().map_or(&[][..], ForeignSystem::columns);
    let named: Option<Vec<_>> =
        text.split(',').map(|name| own.iter().copied().find(|known| *known == name.trim())).collect();
    match named {
        Some(named) => Ok(named),
        None => Ok(Include::parse(text)?),
    }
}

/// Writes items to the list as they are read.
fn stream(
    settings: &Settings,
    conditions: &Conditions,
    vault: &mut Vault,
    list: &mut List<'_>,
) -> Result<(), Error> {
    let mut result = Ok(());
    vault.heads(|head: Head| {
        if result.is_ok() && conditions.takes(settings.scope(), &head) {
            result = list.add(&head);
        }
    })?;
    Ok(result?)
}

/// Makes the list in the shape of another system. The caller has left out what that system does not know.
fn foreign(
    settings: &Settings,
    args: &Args,
    system: &dyn ForeignSystem,
    vault: &mut Vault,
    cut: &PageSlice,
    include: Option<&[&'static str]>,
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
        let view = View { now: settings.terms.now, version, reveal: false, networks: &networks };
        let item = system.item(&credential, &view)?;
        items.push(match include {
            None => item.into(),
            Some(columns) => {
                let own = output::metadata(head, settings.terms.now);
                let column = |name: &&str| {
                    if system.columns().contains(name) { item.get(name) } else { own.get(name) }
                };
                let row = columns.iter().map(|name| column(name).cloned().unwrap_or(Value::Null));
                Value::List(row.collect())
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
