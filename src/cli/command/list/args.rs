//! The arguments of `list`, and the credentials that they select.

use credctl::query::Words;
use credctl::store::Conditions;

use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::select;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Every WORD must occur, in any letter case: in the id, name, type or description,
in a label or tag, or in a public field. A secret is never searched; credctl
find searches those.

Filters compare metadata, labels.NAME, tags.NAME and public fields; never a
secret one. Operators: eq, ne, lt, gt, lte, gte, in, contains, startswith,
joined by and, or, not, parentheses; a comma means and.

Examples:
  credctl list
  credctl list orders prod
  credctl ls --type aws --type login -o wide
  credctl ls --include id,username,labels.env,validUntil
  credctl ls --type aspire:filesystem -o json
  credctl ls --filter \"state ne 'Ok' or validUntil lt '2027-01-01'\"
  credctl ls --filter \"username startswith 'svc-' and labels.env eq 'prod'\"
  credctl ls --order-by updatedAt
  credctl ls --expiring 30d
      includes certificates by their own dates
  credctl ls --limit 100 -o json
      --continue TOKEN returns the next page
  credctl ls -o name | fzf | xargs credctl get")]
pub struct Args {
    /// Only credentials in which every WORD occurs
    #[arg(value_name = "WORD")]
    pub(super) words: Vec<String>,
    /// Only credentials of TYPE, or of several; aspire:TYPE is a connector of that connector type
    #[arg(long = "type", value_name = "TYPE")]
    pub(super) kinds: Vec<String>,
    /// Only credentials that match EXPR, such as "type eq 'Aws' and enabled eq true"
    #[arg(long, value_name = "EXPR")]
    pub(super) filter: Option<String>,
    /// Only credentials that a filter document selects: {"ids", "type", "description", "throttlePolicy"}; -
    /// is stdin
    #[arg(long, value_name = "DOC")]
    pub(super) filter_json: Option<String>,
    /// Only these columns, in this order: metadata, labels.NAME, tags.NAME, public fields
    #[arg(long, value_name = "F,...")]
    pub(super) include: Option<String>,
    /// Sort by member F; add desc to sort downwards
    #[arg(long, value_name = "F [desc]", conflicts_with_all = ["sort_by", "sort_mode"])]
    pub(super) order_by: Option<String>,
    /// Sort by member F
    #[arg(long, value_name = "F")]
    pub(super) sort_by: Option<String>,
    /// Sort upwards or downwards: asc or desc
    #[arg(long, value_name = "MODE", requires = "sort_by")]
    pub(super) sort_mode: Option<String>,
    /// Return at most N credentials, with a token for the next ones
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub(super) limit: Option<String>,
    /// The token of the previous page
    #[arg(long = "continue", value_name = "TOKEN")]
    pub(super) resume: Option<String>,
    /// Skip the first N credentials
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub(super) from: Option<String>,
    /// Return at most N credentials
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub(super) size: Option<String>,
    /// Print only the number of credentials; in the list of a system, add the total count
    #[arg(long)]
    pub(super) count: bool,
    /// Only credentials that expire by T, themselves or a certificate in them: 30d, or a date
    #[arg(long, value_name = "T", conflicts_with_all = [
        "include", "order_by", "sort_by", "limit", "resume", "from", "size", "filter_json"
    ])]
    pub(super) expiring: Option<String>,
    /// The version of the documents, with --format network-controller
    #[arg(long, value_name = "VERSION")]
    pub(super) nc_version: Option<String>,
}

impl Args {
    /// Returns the conditions for the credentials.
    pub(super) fn conditions(&self, context: &Context) -> Result<Conditions, Error> {
        let others = select::conditions(context, self.filter.as_deref(), self.filter_json.as_deref())?;
        Ok(Conditions {
            named: select::types(context, &self.kinds)?,
            words: Words::new(&self.words),
            ..others
        })
    }
}
