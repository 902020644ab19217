//! The engines that addresses name, reached by helper programs.

mod limit;
mod waiting;

use std::process::ChildStdin;
use std::time::Duration;

use indicatif::HumanBytes;

use credctl::remote::{
    EngineFailure, FailureKind, Fetched, Probed, PutCondition, Ranged, RemoteClient, RemoteObject, Stored,
};
use credctl::store::Engines;

use super::child::{find_helper, start_helper};
use limit::{LimitedReader, Watchdog};

/// Schemes whose helper has another name.
const ALIASES: [(&str, &str); 3] = [("gs", "s3"), ("az", "s3"), ("vault", "openbao")];
/// Bytes that every connection takes in a second; a slower one counts as dead.
const SLOWEST: u64 = 16 * 1024;

/// The engines for which there is a helper program.
#[derive(Debug)]
pub struct HelperEngines;

impl Engines for HelperEngines {
    fn open(&self, address: &str, limit: Duration) -> Result<Box<dyn RemoteObject>, EngineFailure> {
        let scheme = address.split_once("://").map_or("", |(scheme, _)| scheme);
        let family = scheme.split('+').next().unwrap_or_default();
        let name = ALIASES.iter().find(|(alias, _)| *alias == family).map_or(family, |(_, name)| name);
        let name = format!("credctl-remote-{name}");
        let Some(program) = find_helper(&name) else {
            let text = format!(
                "there is no program {name} beside credctl or on PATH; the package credctl-remote has it"
            );
            return Err(EngineFailure::new(FailureKind::Unsupported, &text));
        };
        let helper = start_helper(&program, address).map_err(|error| {
            EngineFailure::new(FailureKind::Internal, &format!("{name} cannot be started: {error}"))
        })?;
        let watchdog = Watchdog::new(helper.child, limit);
        let reader = LimitedReader::new(helper.output, watchdog.clone());
        let guard = watchdog.watch(limit, format!("waiting for {name}"));
        let client =
            RemoteClient::start(reader, helper.input).map_err(|failure| watchdog.failure(failure))?;
        drop(guard);
        Ok(Box::new(LimitedObject { client, watchdog, limit }))
    }
}

/// An object behind a helper that must begin to answer within a time.
struct LimitedObject {
    client: RemoteClient<LimitedReader, ChildStdin>,
    watchdog: Watchdog,
    limit: Duration,
}

impl LimitedObject {
    fn ask<T>(
        &mut self,
        text: &str,
        more: Duration,
        ask: impl FnOnce(&mut RemoteClient<LimitedReader, ChildStdin>) -> Result<T, EngineFailure>,
    ) -> Result<T, EngineFailure> {
        let _guard = self.watchdog.watch(self.limit + more, text.to_owned());
        ask(&mut self.client).map_err(|failure| self.watchdog.failure(failure))
    }
}

impl RemoteObject for LimitedObject {
    fn get(&mut self, unless: Option<&str>) -> Result<Fetched, EngineFailure> {
        self.ask("reading from the server", Duration::ZERO, |client| client.get(unless))
    }

    fn has_ranges(&self) -> bool {
        self.client.has_ranges()
    }

    fn range(&mut self, tag: Option<&str>, start: u64, count: u64) -> Result<Ranged, EngineFailure> {
        self.ask("reading from the server", Duration::ZERO, |client| client.range(tag, start, count))
    }

    fn put(&mut self, condition: PutCondition<'_>, content: Vec<u8>) -> Result<Stored, EngineFailure> {
        let more = Duration::from_secs(content.len() as u64 / SLOWEST);
        let text = format!("storing {} on the server", HumanBytes(content.len() as u64));
        self.ask(&text, more, |client| client.put(condition, content))
    }

    fn probe(&mut self) -> Result<Probed, EngineFailure> {
        // several requests
        self.ask("trying whether the server keeps two writers apart", self.limit * 4, RemoteClient::probe)
    }

    fn delete(&mut self) -> Result<(), EngineFailure> {
        self.ask("removing from the server", Duration::ZERO, RemoteClient::delete)
    }
}
