//! The probe: a storage that ignores a condition loses changes of others, and answers as if all were well.

use credctl::random;
use credctl::remote::{EngineFailure, FailureKind, Fetched, Probed, PutCondition, RemoteObject, Stored};

/// An object that a probe makes and removes.
pub trait ProbedObject: RemoteObject {
    /// Returns a tag that no object of the storage has.
    fn wrong_tag(&self) -> &'static str;
}

/// Finds out if the storage honours conditions, by two objects, and removes them. `beside` names an object by the
/// end of its key.
///
/// # Errors
///
/// If the storage cannot be reached or refuses, or an answer was lost.
pub fn probe<T: ProbedObject>(beside: impl Fn(&str) -> Option<T>) -> Result<Probed, EngineFailure> {
    let mut random = [0; 8];
    random::fill(&mut random)
        .map_err(|error| EngineFailure::new(FailureKind::Internal, &error.to_string()))?;
    let end = format!(".probe-{:016x}", u64::from_be_bytes(random));
    let named = |end: &str| {
        beside(end).ok_or_else(|| EngineFailure::new(FailureKind::Internal, "the probe has no key"))
    };
    let (mut probed, mut absent) = (named(&end)?, named(&format!("{end}-absent"))?);
    let fault = first_fault(&mut probed, &mut absent);
    // the object is removed after every outcome; another failure is reported before a failed removal
    let removed = probed.delete().and_then(|()| absent.delete());
    match (fault?, removed) {
        (Some(text), _) => Ok(Probed::unsound(text)),
        (None, Ok(())) => Ok(Probed::Sound),
        (None, Err(failure)) => {
            let text = format!("the probe cannot remove its object `…{end}`: {}", failure.text);
            Err(EngineFailure::new(failure.kind, &text))
        }
    }
}

/// Returns the first condition that the storage ignores; `None` if it honours all.
fn first_fault(
    probed: &mut impl ProbedObject,
    absent: &mut impl ProbedObject,
) -> Result<Option<&'static str>, EngineFailure> {
    let Some(first) = put(probed, PutCondition::Absent, "first")? else {
        return Ok(Some("the server refuses a new object as if it existed"));
    };
    if put(probed, PutCondition::Absent, "again")?.is_some() {
        return Ok(Some("the server replaces an object that must not exist (it ignores If-None-Match)"));
    }
    let wrong = probed.wrong_tag();
    if put(probed, PutCondition::Unchanged(wrong), "wrong")?.is_some() {
        return Ok(Some("the server replaces an object that has changed (it ignores If-Match)"));
    }
    if put(absent, PutCondition::Unchanged(&first), "absent")?.is_some() {
        return Ok(Some("the server makes an object that must exist already (it ignores If-Match)"));
    }
    match probed.get(None)? {
        Fetched::Found { content, .. } if content == b"first" => {}
        _ => return Ok(Some("the server refuses a content and stores it")),
    }
    let Some(second) = put(probed, PutCondition::Unchanged(&first), "second")? else {
        return Ok(Some("the server refuses a change of an object that has not changed"));
    };
    if second == first {
        return Ok(Some("the server gives different contents the same tag"));
    }
    if put(probed, PutCondition::Unchanged(&first), "late")?.is_some() {
        return Ok(Some("the server replaces an object that has changed (it ignores If-Match)"));
    }
    Ok(None)
}

/// Stores a content. Returns its tag, or `None` if the condition was refused.
fn put(
    object: &mut impl RemoteObject,
    condition: PutCondition<'_>,
    content: &str,
) -> Result<Option<String>, EngineFailure> {
    match object.put(condition, content.as_bytes().to_vec())? {
        Stored::Stored { tag } => Ok(Some(tag)),
        Stored::Changed => Ok(None),
        Stored::Unknown(text) => Err(EngineFailure::new(FailureKind::Unreachable, &text)),
    }
}
