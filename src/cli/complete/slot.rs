//! The kinds of places on the command line, and the arguments of the verbs that are such places.

use clap::{Arg, ValueHint};
use credctl::credential::GranteeKind;

/// A kind of place on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// The id of a credential.
    Id,
    /// The id of one credential, and no word behind it.
    OnlyId,
    /// The id of a credential that is there, or was.
    EverId,
    /// The id of a deleted credential.
    Deleted,
    /// The type of a new credential, then its fields.
    New,
    /// So many ids at most, then fields.
    Changed(usize),
    /// A type.
    Type,
    /// The name of a value of the credential at hand.
    Field,
    /// The name of something to remove from the credential at hand.
    Unset,
    /// The etag of the credential at hand.
    Etag,
    /// A revision of the credential at hand.
    Revision,
    /// An attachment of the credential at hand.
    Attachment,
    /// A variable with a field of any credential.
    Variable,
    /// A label.
    Label,
    /// A tag.
    Tag,
    /// A project.
    Project,
    /// A policy.
    Policy,
    /// A type of policies.
    PolicyType,
    /// A period of a policy.
    Period,
    /// The one who checks the password of a user.
    AuthProvider,
    /// A user.
    User,
    /// An environment.
    Environment,
    /// The name of a recipient, or its key if it has none.
    Recipient,
    /// A resource that refers to credentials.
    Resource,
    /// An API proxy or a group of them.
    Grantee(GranteeKind),
    /// A filter expression.
    Filter,
    /// Columns of a list.
    Columns,
    /// An order of a list.
    Order,
    /// A format of this verb.
    Format,
    /// A value that a column of an imported table may hold.
    Mapped,
    /// One of some words.
    OneOf(&'static [&'static str]),
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A program and its arguments.
    Program,
    /// Something new, of which credctl knows nothing.
    Nothing,
}

impl Slot {
    /// Returns the kind of place that an argument of a verb is. None if clap knows its values itself.
    pub fn of(path: &[&str], argument: &Arg) -> Option<Self> {
        let name = argument.get_id().as_str();
        let slot = if argument.is_positional() {
            Self::of_position(path, name)
        } else {
            Self::of_option(path, name)
        };
        slot.or_else(|| Self::of_hint(argument.get_value_hint()))
    }

    fn of_position(path: &[&str], name: &str) -> Option<Self> {
        Some(match (path, name) {
            (["add"], "words") => Self::New,
            (["update" | "put"], "words") => Self::Changed(1),
            (["copy"], "words") => Self::Changed(2),
            (["patch"], "words") => Self::Changed(usize::MAX),
            (["purge"], "ids") | (["history"], "id") => Self::EverId,
            (["restore"], "id") => Self::Deleted,
            (["policy" | "user", "add"], "id") | (["environment", "add"], "name") => Self::Nothing,
            (["policy", ..], "id") => Self::Policy,
            (["user", ..], "id") => Self::User,
            (["recipients", "remove"], "recipients") | (["recipients", "rename"], "recipient") => {
                Self::Recipient
            }
            (["recipients", "add"], "recipients") | (["recipients", "rename"], "name") => Self::Nothing,
            (["environment", ..], "name") | (["deploy"], "names") => Self::Environment,
            (["ref", ..], "resource") => Self::Resource,
            (["helper", "git"], "operation") => Self::OneOf(&["get", "store", "erase"]),
            (["helper", "docker"], "action") => Self::OneOf(&["get", "store", "erase", "list", "version"]),
            (["types"], "kind") => Self::Type,
            (["run"], "command") => Self::Program,
            (["list" | "find"], "words") => Self::Nothing,
            (["get" | "otp"], "words") => Self::OnlyId,
            (["attach"], "id") => Self::OnlyId,
            (["detach"], "attachment") => Self::Attachment,
            (_, "id" | "ids") => Self::Id,
            _ => return None,
        })
    }

    fn of_option(path: &[&str], name: &str) -> Option<Self> {
        Some(match (path, name) {
            (["recipients", "add"], "name") => Self::Nothing,
            (["rekey"], "remove_recipient") => Self::Recipient,
            (["policy", ..], "kind") => Self::PolicyType,
            (_, "kind" | "kinds") => Self::Type,
            (["policy", ..], "period") => Self::Period,
            (["user", ..], "auth_provider") => Self::AuthProvider,
            (_, "field") => Self::Field,
            (_, "unset") => Self::Unset,
            (_, "if_match") => Self::Etag,
            (_, "revision") => Self::Revision,
            (["import"], "as_id" | "id_prefix") => Self::Nothing,
            (["import"], "map") => Self::Mapped,
            (_, "attachment") => Self::Attachment,
            (["run"], "env" | "env_as_file") => Self::Variable,
            (["run"], "all") => Self::Id,
            (_, "label") => Self::Label,
            (_, "tag") => Self::Tag,
            (_, "project") | (["move"], "to") => Self::Project,
            (_, "throttle_policy") | (["export"], "policy") => Self::Policy,
            (_, "resource") => Self::Resource,
            (_, "api_proxy" | "for_api_proxy") => Self::Grantee(GranteeKind::ApiProxy),
            (_, "api_proxy_group") => Self::Grantee(GranteeKind::ApiProxyGroup),
            (_, "filter") => Self::Filter,
            (_, "include") => Self::Columns,
            (_, "order_by" | "sort_by") => Self::Order,
            (_, "sort_mode") => Self::OneOf(&["asc", "desc"]),
            (_, "format") => Self::Format,
            (_, "role") => Self::OneOf(&["operator", "administrator"]),
            (_, "enabled" | "must_change") => Self::OneOf(&["true", "false"]),
            _ => return None,
        })
    }

    fn of_hint(hint: ValueHint) -> Option<Self> {
        match hint {
            ValueHint::AnyPath | ValueHint::FilePath | ValueHint::ExecutablePath => Some(Self::File),
            ValueHint::DirPath => Some(Self::Folder),
            _ => None,
        }
    }
}
