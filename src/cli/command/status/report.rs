//! The report: what a look at the vault has found, and its document for programs.

use chrono::{DateTime, Utc};
use credctl::disk::Location;
use credctl::time;
use credctl::value::{Object, Value};
use credctl::vault::{OpenConflict, Pins, RosterMember, Vault};

use super::queued::QueuedChanges;
use crate::cli::agent::AgentState;
use crate::cli::context::{Origin, Settings};
use crate::cli::error::{Error, Failure};
use crate::cli::health::{IdentityState, Survey, WayIn};
use crate::cli::rekeying;
use crate::cli::signing::SigningKeyAtHand;

/// The facts that only an open vault tells.
pub struct Inside {
    pub id: String,
    pub generation: u64,
    pub format: u64,
    pub credentials: u64,
    pub members: Vec<RosterMember>,
    /// The credentials that need a new secret, because a removed recipient could read the old one.
    pub rotate_required: u64,
    /// The conflicts that a merge has left open.
    pub conflicts: usize,
    pub bundle: Option<String>,
    pub memory: Remembered,
    /// The name of the one who signed it, if it is signed.
    pub signed_by: Option<String>,
    /// The names of those who may change it, if it is signed.
    pub signers: Vec<String>,
    /// The key that would sign the next write, if the vault is signed.
    pub signing_key: Option<SigningKeyAtHand>,
}

/// The memory of this machine about the vault.
pub enum Remembered {
    Kept {
        generation: u64,
        since: Option<DateTime<Utc>>,
        /// The reason why nothing more can be kept, if there is one.
        trouble: Option<String>,
    },
    /// Nothing is kept, for this reason.
    Nothing(String),
}

/// The facts about a vault.
pub struct Report {
    pub state: &'static str,
    pub size: Option<u64>,
    pub modified: Option<DateTime<Utc>>,
    /// The time when the engine last answered that its object is equal to the copy of this machine.
    pub compared: Option<DateTime<Utc>>,
    /// The changes that the engine does not have yet.
    pub queued: Option<QueuedChanges>,
    pub has_passphrase: bool,
    /// The keys that the header names, counted by kind.
    pub keys: Option<String>,
    pub way: WayIn,
    pub inside: Option<Inside>,
    pub identities: Vec<(String, IdentityState)>,
    pub findings: usize,
}

impl Report {
    /// Looks at everything that takes no time. Opens the vault if that takes no question.
    pub fn of(settings: &Settings, survey: &mut Survey) -> Self {
        let findings = survey.quick_findings(settings).len();
        let (has_passphrase, keys) = match &survey.sealed {
            Some(sealed) => (sealed.has_passphrase(), Some(sealed.stanzas().to_string())),
            None => (false, None),
        };
        let way = survey.access.way.clone();
        let state = match &survey.trouble {
            None if survey.access.is_open() => "open",
            None => "locked",
            Some(error) if error.kind() == Failure::NotFound => "missing",
            Some(_) => "unusable",
        };
        let identities = survey.access.identities.iter();
        let identities =
            identities.map(|file| (file.path.display().to_string(), file.state.clone())).collect();
        let times = survey.location.as_ref().and_then(|location| location.times().ok()).unwrap_or_default();
        let own = survey.location.as_ref().map(Location::path);
        let seconds = times.into_iter().find(|(path, _)| Some(path.as_path()) == own).map(|(_, time)| time);
        let file = own.filter(|_| survey.sealed.is_some());
        let size = file.and_then(|path| Some(path.metadata().ok()?.len()));
        let compared = settings
            .vault()
            .ok()
            .and_then(|vault| settings.terms.copy(vault))
            .and_then(|copy| copy.compared());
        let mut report = Self {
            state,
            size,
            modified: seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0)),
            compared,
            queued: settings.queue().map(|queue| QueuedChanges::of(&queue)),
            has_passphrase,
            keys,
            way,
            inside: None,
            identities,
            findings,
        };
        match survey.open(settings) {
            Some(Ok((mut vault, key))) => {
                if let (Some(queued), Some(queue)) = (&mut report.queued, settings.queue()) {
                    queued.generations = queue.generations(&key);
                }
                match Inside::of(settings, survey.location.as_ref(), &mut vault) {
                    Ok(inside) => report.inside = Some(inside),
                    Err(error) => report.fail(survey, error),
                }
            }
            Some(Err(error)) => report.fail(survey, error.into()),
            None => {}
        }
        report
    }

    /// Records that the vault, which an identity opens, is damaged.
    fn fail(&mut self, survey: &mut Survey, error: Error) {
        self.state = "unusable";
        self.findings += 1;
        survey.trouble = Some(error);
    }

    /// Returns the report as programs read it.
    pub fn document(&self, settings: &Settings, agent: &AgentState) -> Object {
        let mut answer = Object::from_iter([("state", Value::text(self.state))]);
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                answer.insert(name, value);
            }
        };
        let path = settings.vault().ok().map(|path| path.display().to_string());
        put("vault", path.map(Value::text));
        put("size", self.size.map(Value::from));
        put("modifiedAt", self.modified.map(|at| Value::text(time::format(at))));
        put("comparedAt", self.compared.map(|at| Value::text(time::format(at))));
        put("queued", self.queued.as_ref().map(|queued| queued.document().into()));
        if let Some(inside) = &self.inside {
            put("id", Some(Value::text(inside.id.as_str())));
            put("generation", Some(Value::from(inside.generation)));
            put("format", Some(Value::from(inside.format)));
            put("credentials", Some(Value::from(inside.credentials)));
            put("rotateRequired", Some(Value::from(inside.rotate_required)));
            put("conflicts", Some(Value::from(inside.conflicts as u64)));
            put("bundle", inside.bundle.as_deref().map(Value::text));
            put("memory", Some(inside.memory.document().into()));
            put("signedBy", inside.signed_by.as_deref().map(Value::text));
            let signers = inside.signers.iter().map(String::as_str);
            put("signers", (!inside.signers.is_empty()).then(|| Value::texts(signers)));
            put("signingKey", inside.signing_key.as_ref().map(|key| signing_key(key).into()));
        }
        let kind = if self.has_passphrase { "passphrase" } else { "recipients" };
        put("lockedWith", self.keys.is_some().then(|| Value::text(kind)));
        put("keys", self.keys.as_deref().filter(|_| !self.has_passphrase).map(Value::text));
        if let Some(Inside { members, .. }) = self.inside.as_ref().filter(|_| !self.has_passphrase) {
            put("recipients", Some(Value::texts(members.iter().map(|member| member.recipient.as_str()))));
            let members = members.iter().map(|member| Value::Object(rekeying::document(member)));
            put("members", Some(Value::List(members.collect())));
        }
        put("openedBy", self.opened_by().map(Value::text));
        put("reason", self.reason().map(Value::text));
        put("identities", Some(Value::List(self.identities.iter().map(identity).collect())));
        let scope = settings.scope();
        put("project", Some(Value::text(scope.project.as_str())));
        put("role", Some(Value::text(scope.role.name())));
        let configuration = settings.configuration.as_ref().filter(|path| path.exists());
        put("configuration", configuration.map(|path| Value::text(path.display().to_string())));
        put("origins", Some(origins(settings).into()));
        put("agent", Some(of_agent(settings, agent).into()));
        put("findings", Some(Value::from(self.findings as u64)));
        answer
    }

    fn opened_by(&self) -> Option<&'static str> {
        if self.state != "open" {
            return None;
        }
        match self.way {
            WayIn::Identity(_) => Some("identity"),
            WayIn::Passphrase => Some("passphrase"),
            WayIn::Agent => Some("agent"),
            WayIn::Question(_) | WayIn::Nothing(_) | WayIn::NoVault => None,
        }
    }

    fn reason(&self) -> Option<&'static str> {
        match self.way {
            WayIn::Question(reason) | WayIn::Nothing(reason) => Some(reason),
            WayIn::Identity(_) | WayIn::Passphrase | WayIn::Agent | WayIn::NoVault => None,
        }
    }
}

impl Inside {
    fn of(settings: &Settings, location: Option<&Location>, vault: &mut Vault) -> Result<Self, Error> {
        let (mut credentials, mut rotate_required) = (0, 0);
        if settings.scope().is_admin() {
            credentials = vault.marked_heads(|_| rotate_required += 1)?;
        } else {
            vault.heads(|head| {
                let is_seen = settings.scope().sees(&head);
                credentials += u64::from(is_seen);
                rotate_required += u64::from(is_seen && head.stamp.rotate_required);
            })?;
        }
        Ok(Self {
            id: vault.id().to_string(),
            generation: vault.generation(),
            format: vault.format(),
            credentials,
            members: vault.members()?,
            rotate_required,
            conflicts: vault.residents::<OpenConflict>()?.len(),
            bundle: vault.bundle_of().map(str::to_owned),
            memory: Remembered::of(settings, location, vault),
            signed_by: vault.signed_by().map(|signer| signer.name.clone()),
            signers: vault.signers().iter().map(|signer| signer.name.clone()).collect(),
            signing_key: (!vault.signers().is_empty() && vault.bundle_of().is_none())
                .then(|| SigningKeyAtHand::of(settings, vault.signers())),
        })
    }
}

impl Remembered {
    fn of(settings: &Settings, location: Option<&Location>, vault: &Vault) -> Self {
        let recalled = location.and_then(|location| settings.terms.recall(location, vault));
        match recalled.map(|memory| memory.map(|memory| memory.pin)) {
            Some(Ok(Some(pin))) => {
                let pins = settings.terms.pins.clone().map(Pins::new);
                let trouble =
                    pins.and_then(|pins| pins.check().err()).map(|error| Error::from(error).detail());
                Self::Kept { generation: pin.generation, since: pin.since, trouble }
            }
            Some(Ok(None)) => Self::Nothing("the state folder cannot be written".to_owned()),
            Some(Err(error)) => Self::Nothing(error.to_string()),
            None => Self::Nothing("there is no state folder".to_owned()),
        }
    }

    fn document(&self) -> Object {
        let (state, more) = match self {
            Self::Kept { generation, .. } => ("kept", ("generation", Value::from(*generation))),
            Self::Nothing(reason) => ("nothing", ("reason", Value::text(reason.as_str()))),
        };
        let mut memory = Object::from_iter([("state", Value::text(state)), more]);
        if let Self::Kept { since, trouble, .. } = self {
            if let Some(since) = since {
                memory.insert("since", Value::text(time::format(*since)));
            }
            if let Some(reason) = trouble {
                memory.insert("reason", Value::text(reason.as_str()));
            }
            memory.insert("writable", trouble.is_none());
        }
        memory
    }
}

/// Returns the key that would sign the next write, for programs.
fn signing_key(key: &SigningKeyAtHand) -> Object {
    let (state, signer, path, reason) = match key {
        SigningKeyAtHand::Ready { signer, path } => ("ready", Some(signer), Some(path), None),
        SigningKeyAtHand::InAgent { signer } => ("in-agent", Some(signer), None, None),
        SigningKeyAtHand::NeedsPassphrase { signer, path } => {
            ("needs-passphrase", Some(signer), Some(path), None)
        }
        SigningKeyAtHand::Unusable { path, reason } => ("unusable", None, Some(path), Some(reason)),
        SigningKeyAtHand::None => ("none", None, None, None),
    };
    let mut answer = Object::from_iter([("state", Value::text(state))]);
    let path = path.map(|path| path.display().to_string());
    for (name, text) in [("signer", signer), ("path", path.as_ref()), ("reason", reason)] {
        if let Some(text) = text {
            answer.insert(name, Value::text(text.as_str()));
        }
    }
    answer
}

/// Returns the name of a state in answers.
pub fn state_name(state: &IdentityState) -> &'static str {
    match state {
        IdentityState::Opens => "opens",
        IdentityState::Other => "other",
        IdentityState::Ready => "ready",
        IdentityState::NeedsPassphrase => "needs-passphrase",
        IdentityState::NeedsPlugin => "needs-plugin",
        IdentityState::Missing => "missing",
        IdentityState::Unusable(_) => "unusable",
    }
}

fn identity((path, state): &(String, IdentityState)) -> Value {
    Object::from_iter([("path", Value::text(path.as_str())), ("state", Value::text(state_name(state)))])
        .into()
}

fn origins(settings: &Settings) -> Object {
    let origins = &settings.origins;
    let named = [
        ("vault", origins.vault),
        ("identities", origins.identities),
        ("passphrase", origins.passphrase),
        ("project", origins.project),
        ("role", origins.role),
        ("configuration", origins.configuration),
    ];
    named.into_iter().map(|(name, origin)| (name, Value::from(source(settings, origin)))).collect()
}

fn source(settings: &Settings, origin: Origin) -> Object {
    let configuration = || settings.configuration.as_ref().map(|path| path.display().to_string());
    let (from, name) = match origin {
        Origin::Flag(name) => ("flag", Some(name.to_owned())),
        Origin::Variable(name) => ("variable", Some(name.to_owned())),
        Origin::Configuration => ("configuration", configuration()),
        Origin::Default => ("default", None),
    };
    let mut source = Object::from_iter([("from", Value::text(from))]);
    if let Some(name) = name {
        source.insert("name", Value::text(name));
    }
    source
}

fn of_agent(settings: &Settings, agent: &AgentState) -> Object {
    let state = |name| Object::from_iter([("state", Value::text(name))]);
    match agent {
        AgentState::Absent => state("absent"),
        AgentState::Silent(_) => state("silent"),
        AgentState::Refused(reason) => {
            let mut refused = state("refused");
            refused.insert("reason", Value::text(reason.as_str()));
            refused
        }
        AgentState::Holding { until, memory, vaults } => {
            let mut holding = state("holding");
            if let Some(until) = until {
                let left = (*until - settings.terms.now).num_seconds().max(0);
                holding.insert("secondsLeft", Value::from(left.unsigned_abs()));
            }
            holding.insert("memory", Value::text(*memory));
            holding.insert("vaults", Value::from(*vaults as u64));
            holding
        }
    }
}
