//! The conversion of the errors of the store.

use credctl::credential::Violations;
use credctl::store::{self, ConflictError, EngineError, RecipientError, ResidentError};

use super::{Error, Failure};

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Vault(error) => error.into(),
            store::Error::Change(error) => error.into(),
            error => Self::from_store(&error).describing(error),
        }
    }
}

/// Lists ids, as many as a line can have.
fn several(ids: &[String]) -> String {
    const SHOWN: usize = 8;
    let named = ids.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    match ids.len().checked_sub(SHOWN) {
        Some(rest @ 1..) => format!("{named} and {rest} more"),
        _ => named,
    }
}

impl Error {
    /// Describes the reason why a conflict is not resolved.
    fn from_conflict(error: &ConflictError) -> Self {
        let what = error.to_string();
        match error {
            ConflictError::Ambiguous { names, .. } => {
                Self::new(Failure::Conflict, what).hint(format!("name one of them: {}", several(names)))
            }
            ConflictError::NoField { fields, .. } if !fields.is_empty() => {
                Self::new(Failure::NotFound, what).hint(format!("these are: {}", several(fields)))
            }
            ConflictError::NoField { .. } => {
                Self::new(Failure::NotFound, what).hint("--ours or --theirs decides about the whole record")
            }
            _ => Self::new(Failure::NotFound, what).hint("`credctl conflicts` lists those that are open"),
        }
    }

    /// Describes a failure of an engine.
    fn from_engine(error: &EngineError) -> Self {
        let what = error.to_string();
        match error {
            EngineError::Gone { copy, .. } => Self::new(Failure::NotFound, what)
                .hint("--offline reads the copy on this machine")
                .hint(format!(
                    "the copy is {}: put it back with the tools of the server, or remove it and run `credctl init`",
                    copy.display()
                )),
            EngineError::Offline { .. } => Self::new(Failure::Io, what)
                .hint("run it without --offline and CREDCTL_OFFLINE")
                .hint("--queue keeps a change on this machine until then"),
            EngineError::NoCopy { .. } => {
                Self::new(Failure::NotFound, what).hint("a read without --offline makes one")
            }
            EngineError::Unreachable { .. } => Self::new(Failure::Io, what)
                .hint("--offline reads the copy on this machine, if there is one")
                .hint("--queue keeps a change on this machine until the server answers"),
            EngineError::NotQueued { .. } => {
                Self::new(Failure::Io, what).hint("run it again when the server answers")
            }
            EngineError::Refused { .. } => {
                Self::new(Failure::Io, what).hint("--offline reads the copy on this machine, if there is one")
            }
            _ => Self::new(Failure::Io, what),
        }
    }

    /// Describes an error of the store.
    pub fn from_store(error: &store::Error) -> Self {
        use store::Error as E;
        let what = error.to_string();
        match error {
            E::Vault(error) => Self::from_vault(error),
            E::Change(error) => Self::from_change(error),
            E::Value(error) => Self::from_value(error),
            E::Engine(error) => Self::from_engine(error),
            E::Unresolved { line, source } => Self::from_unresolved(*line, source),
            E::UnusableExport { .. } => Self::new(Failure::Forbidden, what)
                .hint("--force exports it anyway; --no-secrets leaves its secrets out"),
            E::NoneSelected => Self::new(Failure::NotFound, what)
                .hint("`credctl list --filter …` shows the matches of a filter"),
            E::NoVault { .. } => Self::new(Failure::NotFound, what)
                .hint("`credctl` alone or `credctl init` makes one; --vault or CREDCTL_VAULT names another"),
            E::Replaced => {
                Self::new(Failure::Stale, what).hint("`credctl trust` shows the file that is there now")
            }
            E::NotAVault(_) => Self::new(Failure::Damaged, what),
            E::Conflict(error) => Self::from_conflict(error),
            E::Resident(error) => Self::from_resident(error),
            E::Recipient(error) => Self::from_recipient(error),
            E::NotFound { near, .. } if !near.is_empty() => {
                Self::new(Failure::NotFound, what).hint(format!("did you mean {}?", near.join(" or ")))
            }
            E::NotFound { id, .. } => Self::not_found(id),
            E::Exists { id } => Self::exists(id),
            E::IdInUse { id } => Self::new(Failure::Conflict, what).hint(format!(
                "choose another id; `credctl get {id}` shows the credential that has this one"
            )),
            E::Ambiguous { ids, .. } => Self::new(Failure::Conflict, what)
                .hint(format!("name one of them by its id: {}", several(ids))),
            E::Global { .. } => Self::new(Failure::Forbidden, what).hint("leave out --project to change it"),
            E::Stale { .. } => Self::new(Failure::Stale, what).hint("get it again, and use its new etag"),
            E::NoSuchUser => Self::from(Violations::one("name", "must be the id of a user in this vault"))
                .hint("`credctl user add` makes one, `credctl user list` shows them"),
            E::NoPassword { kind } => {
                Self::from(Violations::one("password", format!("{kind} has no password")))
                    .hint("`credctl patch ID FIELD=-` changes another secret")
            }
            E::ReadOnly => Self::new(Failure::Forbidden, what)
                .hint("the role comes from --role, CREDCTL_ROLE or config.toml"),
            E::WholeVault { .. } => {
                Self::new(Failure::Forbidden, what).hint("leave out --project to change the whole vault")
            }
            E::Bundle { .. } => {
                Self::new(Failure::Forbidden, what).hint("change the vault that it is made from")
            }
            E::NoRevision { id, .. } => {
                Self::new(Failure::NotFound, what).hint(format!("`credctl history {id}` shows its revisions"))
            }
            E::NotDeleted { .. } => Self::new(Failure::Conflict, what)
                .hint("`credctl rollback` makes an earlier version of it the current one"),
            E::NoneDeleted { .. } => {
                Self::new(Failure::NotFound, what).hint("`credctl history` shows the deleted credentials")
            }
            E::NothingToUndo => Self::new(Failure::NotFound, what)
                .hint("`credctl history ID` shows the earlier versions of one credential"),
            E::OnlyCodes { id } => Self::new(Failure::NotFound, what)
                .hint(format!("`credctl patch {id} FIELD=-` sets the seed with another counter"))
                .hint("`credctl history ID` shows the earlier versions of one credential"),
            E::NoReference { id, .. } => Self::new(Failure::NotFound, what)
                .hint(format!("`credctl ref list {id}` shows the resources that do")),
            E::NoVersions { .. } => Self::new(Failure::NotFound, what),
            E::AttachmentExists { .. } => Self::new(Failure::Conflict, what)
                .hint("--overwrite replaces it; --as NAME gives another name"),
            E::NoAttachment { names, .. } if !names.is_empty() => {
                Self::new(Failure::NotFound, what).hint(format!("it has {}", several(names)))
            }
            E::NoAttachment { id, .. } => {
                Self::new(Failure::NotFound, what).hint(format!("`credctl attach {id} FILE` attaches one"))
            }
            E::TooManyAttachments { .. } => Self::new(Failure::Conflict, what),
            E::PurgeAll => Self::new(Failure::Forbidden, what),
            E::AmbiguousEntry { ids } => {
                let example = ids.first().map(|id| format!(", such as {id}")).unwrap_or_default();
                Self::new(Failure::Conflict, what)
                    .hint(format!("`credctl passwd ID` changes one of them{example}"))
                    .hint(
                        "`credctl patch ID --tag url=URL --label folder=FOLDER` adds what the file says of one",
                    )
            }
            E::Beside { id, source } => Self::from_store(source).at(id),
            E::LoginNotImported { .. } => Self::new(Failure::Conflict, what),
            E::FixedId { .. } | E::NameTaken { .. } => Self::new(Failure::Conflict, what),
            _ => Self::new(Failure::Internal, what),
        }
    }

    /// Describes an error of a recipient.
    fn from_recipient(error: &RecipientError) -> Self {
        use RecipientError as E;
        let what = error.to_string();
        match error {
            E::Passphrase => Self::new(Failure::Usage, what)
                .hint("`credctl rekey --recipient R` locks it to recipients instead of the passphrase"),
            E::NotFound { known, .. } => {
                Self::new(Failure::NotFound, what).hint(format!("it has {}", several(known)))
            }
            E::Ambiguous { recipients, .. } => Self::new(Failure::Conflict, what)
                .hint(format!("name one of them by its key: {}", several(recipients))),
            E::NameTaken { .. } => Self::new(Failure::Conflict, what)
                .hint("`credctl recipients list` shows the recipients with their names"),
            E::OtherName { .. } => {
                Self::new(Failure::Conflict, what).hint("`credctl recipients rename R NAME` changes it")
            }
            E::Last => {
                Self::new(Failure::Usage, what).hint("`credctl recipients add R` adds another one first")
            }
            _ => Self::new(Failure::Internal, what),
        }
    }

    /// Describes an error of a user, a policy, a type or an environment.
    fn from_resident(error: &ResidentError) -> Self {
        use ResidentError as E;
        let what = error.to_string();
        match error {
            E::NoUser { .. } => Self::new(Failure::NotFound, what).hint("`credctl user list` shows them"),
            E::PasswordOfUser { user, .. } => Self::new(Failure::Conflict, what)
                .hint(format!("`credctl user delete {user}` deletes the user first")),
            E::NoEnvironment { .. } => {
                Self::new(Failure::NotFound, what).hint("`credctl environment list` shows them")
            }
            E::PolicyExists { .. } => {
                Self::new(Failure::Conflict, what).hint("`credctl policy update` changes it")
            }
            E::NoPolicy { .. } => Self::new(Failure::NotFound, what).hint("`credctl policy list` shows them"),
            E::PolicyUsed { .. } => Self::new(Failure::Conflict, what).hint("--force deletes it anyway"),
            E::NoType { .. } => Self::new(Failure::NotFound, what).hint("`credctl types` lists the types"),
            E::PolicyType
            | E::TypeNameTaken { .. }
            | E::TooManyTypes { .. }
            | E::SecretField { .. }
            | E::EnvironmentExists { .. }
            | E::UserExists { .. }
            | E::Taken { .. }
            | E::Precious { .. } => Self::new(Failure::Conflict, what),
            E::DamagedBundle(_) => Self::new(Failure::Damaged, what),
            _ => Self::new(Failure::Internal, what),
        }
    }
}
