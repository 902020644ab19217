//! One object in a bucket. The storage itself checks the conditions. A write without an answer is reported as unknown.

use std::sync::Arc;
use std::thread::sleep;
use std::time::Duration;

use credctl::remote::{
    EngineFailure, FailureKind, Fetched, MAX_OBJECT, Probed, PutCondition, Ranged, RemoteObject, Stored,
};
use object_store::path::Path;
use object_store::{
    Error, GetOptions, GetRange, ObjectMeta, ObjectStore, ObjectStoreExt as _, PutMode, PutPayload, PutResult,
};
use tokio::runtime::{Builder, Runtime};

use super::address::StorageProvider;
use super::exchange::{ExchangeLog, ExchangeResult};
use super::probing::{ProbedObject, probe};
use super::tag::StorageVersion;

/// The pauses before a write that S3 refused because of another one at the same time.
const PAUSES: [u64; 3] = [50, 150, 450];

/// One object in a bucket.
pub struct BucketObject {
    store: Arc<dyn ObjectStore>,
    log: ExchangeLog,
    provider: StorageProvider,
    key: Path,
    runtime: Arc<Runtime>,
}

impl BucketObject {
    /// Names an object of a store.
    ///
    /// # Errors
    ///
    /// If the system gives too little for a runtime.
    pub fn new(
        store: Arc<dyn ObjectStore>,
        log: ExchangeLog,
        provider: StorageProvider,
        key: Path,
    ) -> Result<Self, EngineFailure> {
        let no_runtime = |_| EngineFailure::new(FailureKind::Internal, "the system gives no runtime");
        let runtime = Builder::new_current_thread().enable_time().build().map_err(no_runtime)?;
        Ok(Self { store, log, provider, key, runtime: Arc::new(runtime) })
    }

    /// Names an object beside this one, by the end of its key.
    fn beside(&self, end: &str) -> Option<Self> {
        Some(Self {
            store: self.store.clone(),
            log: self.log.clone(),
            provider: self.provider,
            key: Path::parse(format!("{}{end}", self.key)).ok()?,
            runtime: self.runtime.clone(),
        })
    }

    fn tag_of(&self, meta: &ObjectMeta) -> Result<String, EngineFailure> {
        StorageVersion::tag(self.provider, meta.e_tag.clone(), meta.version.clone())
            .ok_or_else(|| EngineFailure::new(FailureKind::Unsupported, "the server gives the object no tag"))
    }

    /// Asks for the object, and reads all of the answer.
    fn read(&self, options: GetOptions) -> Result<(ObjectMeta, Vec<u8>), Error> {
        self.log.begin();
        self.runtime.block_on(async {
            let result = self.store.get_opts(&self.key, options).await?;
            let meta = result.meta.clone();
            Ok((meta, result.bytes().await?.to_vec()))
        })
    }

    /// Returns true if the last answer says that there is no object. An answer without a code may come from a
    /// server that is no storage.
    fn is_absent(&self) -> bool {
        matches!(self.log.answer(), Some((404, Some(code))) if is_missing_object(&code))
    }

    /// Returns an empty part, for a range behind the end of the object or one without bytes.
    fn empty_part(&self, tag: Option<&str>) -> Result<Ranged, EngineFailure> {
        self.log.begin();
        match self.runtime.block_on(self.store.head(&self.key)) {
            Ok(meta) => self.part(tag, &meta, Vec::new()),
            // an answer to HEAD has no text with a code
            Err(Error::NotFound { .. }) => Ok(Ranged::Absent),
            Err(_) => Err(self.log.failure()),
        }
    }

    fn part(
        &self,
        wanted: Option<&str>,
        meta: &ObjectMeta,
        content: Vec<u8>,
    ) -> Result<Ranged, EngineFailure> {
        let tag = self.tag_of(meta)?;
        // some servers ignore the condition of a read
        Ok(match wanted {
            Some(wanted) if wanted != tag => Ranged::Changed,
            _ => Ranged::Part { tag, size: meta.size, content },
        })
    }

    /// Returns the answer for the end of a write.
    fn written(
        &self,
        result: Result<PutResult, Error>,
        end: Option<ExchangeResult>,
    ) -> Result<Stored, EngineFailure> {
        let failure = || self.log.failure();
        match (result, end) {
            (Ok(result), _) => Ok(StorageVersion::tag(self.provider, result.e_tag, result.version)
                .map_or_else(
                    || Stored::unknown("the server gives the object no tag"),
                    |tag| Stored::Stored { tag },
                )),
            (Err(_), Some(ExchangeResult::Answered { status, code })) => match status {
                304 | 409 | 412 => Ok(Stored::Changed),
                404 if code.as_deref().is_some_and(is_missing_object) => Ok(Stored::Changed),
                503 if code.as_deref() == Some("SlowDown") => Err(failure()),
                501 => Err(failure()),
                // the content was accepted, or the server failed on its way to the disk
                200..300 | 500.. => Ok(Stored::unknown(&failure().text)),
                _ => Err(failure()),
            },
            (Err(_), Some(ExchangeResult::Lost(_) | ExchangeResult::TooLarge)) => {
                Ok(Stored::unknown(&failure().text))
            }
            (Err(_), None | Some(ExchangeResult::NotSent(_) | ExchangeResult::Plain)) => Err(failure()),
        }
    }
}

impl RemoteObject for BucketObject {
    fn get(&mut self, unless: Option<&str>) -> Result<Fetched, EngineFailure> {
        let known = unless.and_then(|tag| StorageVersion::of_tag(self.provider, tag));
        let options =
            GetOptions { if_none_match: known.map(|version| version.e_tag), ..GetOptions::default() };
        match self.read(options) {
            Ok((meta, content)) => match self.tag_of(&meta)? {
                // some servers ignore the condition of a read
                tag if unless == Some(&tag) => Ok(Fetched::Unchanged),
                tag => Ok(Fetched::Found { tag, content }),
            },
            Err(Error::NotModified { .. }) if unless.is_some() => Ok(Fetched::Unchanged),
            Err(_) if self.is_absent() => Ok(Fetched::Absent),
            Err(_) => Err(self.log.failure()),
        }
    }

    fn has_ranges(&self) -> bool {
        true
    }

    fn range(&mut self, tag: Option<&str>, start: u64, count: u64) -> Result<Ranged, EngineFailure> {
        if count == 0 || start >= MAX_OBJECT {
            return self.empty_part(tag);
        }
        let if_match = match tag.map(|tag| StorageVersion::of_tag(self.provider, tag)) {
            Some(None) => return Ok(Ranged::Changed),
            known => known.flatten().map(|version| version.e_tag),
        };
        let range = Some(GetRange::Bounded(start..start.saturating_add(count.min(MAX_OBJECT))));
        match self.read(GetOptions { if_match, range, ..GetOptions::default() }) {
            Ok((meta, content)) => {
                let length = count.min(meta.size.saturating_sub(start));
                if content.len() as u64 != length {
                    let text = "the server answers with another part than the one that was requested";
                    return Err(EngineFailure::new(FailureKind::Unsupported, text));
                }
                self.part(tag, &meta, content)
            }
            // Azurite says so of an object that does not exist, too
            Err(Error::Precondition { .. }) if tag.is_some() && self.provider == StorageProvider::Azure => {
                Ok(match self.empty_part(None)? {
                    Ranged::Absent => Ranged::Absent,
                    _ => Ranged::Changed,
                })
            }
            Err(Error::Precondition { .. }) if tag.is_some() => Ok(Ranged::Changed),
            Err(_) if self.is_absent() => Ok(Ranged::Absent),
            Err(_) if matches!(self.log.answer(), Some((206 | 416, _))) => {
                let failure = self.log.failure();
                match self.empty_part(tag)? {
                    // a part that object_store does not understand: there is one
                    Ranged::Part { size, .. } if size > start => Err(failure),
                    // nothing begins there; Azurite answers 206 even then
                    part => Ok(part),
                }
            }
            Err(_) => Err(self.log.failure()),
        }
    }

    fn put(&mut self, condition: PutCondition<'_>, content: Vec<u8>) -> Result<Stored, EngineFailure> {
        let mode = match condition.tag().map(|tag| StorageVersion::of_tag(self.provider, tag)) {
            None => PutMode::Create,
            Some(Some(version)) => PutMode::Update(version.update()),
            Some(None) => return Ok(Stored::Changed),
        };
        let payload = PutPayload::from(content);
        let mut pauses = PAUSES.iter();
        loop {
            self.log.begin();
            let put = self.store.put_opts(&self.key, payload.clone(), mode.clone().into());
            let result = self.runtime.block_on(put);
            let end = self.log.put();
            // S3 says this when another write is under way, and stores nothing
            if self.provider == StorageProvider::S3
                && matches!(end, Some(ExchangeResult::Answered { status: 409, .. }))
                && let Some(pause) = pauses.next()
            {
                sleep(Duration::from_millis(*pause));
                continue;
            }
            return self.written(result, end);
        }
    }

    fn probe(&mut self) -> Result<Probed, EngineFailure> {
        probe(|end| self.beside(end))
    }

    fn delete(&mut self) -> Result<(), EngineFailure> {
        self.log.begin();
        match self.runtime.block_on(self.store.delete(&self.key)) {
            Ok(()) => Ok(()),
            Err(_) if self.is_absent() => Ok(()),
            // the answer of Azure to a batch, which has the result inside
            Err(error) if matches!(self.log.answer(), Some((202, _))) => match error {
                Error::NotFound { .. } => Ok(()),
                error => Err(self.log.failure_inside(status_inside(&error.to_string()))),
            },
            Err(_) => Err(self.log.failure()),
        }
    }
}

impl ProbedObject for BucketObject {
    fn wrong_tag(&self) -> &'static str {
        match self.provider {
            StorageProvider::S3 => "\"00000000000000000000000000000000\"",
            StorageProvider::Azure => "\"0x000000000000000\"",
            StorageProvider::Google => "1 \"00000000000000000000000000000000\"",
        }
    }
}

/// Returns the status that a text of object_store names at its end, as `(code: 403)`; 400 if it names none.
fn status_inside(text: &str) -> u16 {
    let code = text.rsplit("(code: ").next().and_then(|rest| rest.split(')').next());
    code.and_then(|code| code.parse().ok()).unwrap_or(400)
}

/// Returns true for a code that says that the bucket has no such object.
fn is_missing_object(code: &str) -> bool {
    matches!(code, "NoSuchKey" | "BlobNotFound" | "ResourceNotFound")
}
