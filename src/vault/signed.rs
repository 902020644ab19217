//! The verification of a signed vault as it is opened: its signature, and the digests with which its text is
//! compared as it is read.

use super::chunk_list::ChunkList;
use super::damage::Damage;
use super::error::Error;
use super::layout::{self, Index, opening};
use super::plain::Plain;
use super::signature_problem::SignatureProblem;
use super::signing::SignedGeneration;
use super::statement::Statement;
use super::wire::{Header, Section};
use crate::digest::ContentDigest;
use crate::signature::SshSignature;

/// The longest section of recipients, in bytes: a roster has at most 1024 lines.
const MAX_RECIPIENTS: u64 = 4 * 1024 * 1024;

/// The room before the digests for the lines that open and close the sections before them, which are usually empty.
const FRAMES: u64 = 512;

/// Reads the digests of a signed text, if they can be those of it. Comes right after the index, and keeps what follows
/// them, because the digests of a large text reach into the block before the last one.
///
/// # Errors
/// Fails if the text cannot be read.
pub(super) fn read_list(plain: &mut Plain, index: &Index) -> Result<Option<ChunkList>, Error> {
    let (begin, end) = index.range(Section::Chunks);
    let covered = begin.saturating_sub(opening(Section::Chunks).len() as u64);
    // before it is read: the offsets come from the file and could ask for all of it
    if index.signature().is_none() || end - begin != ChunkList::size(covered) {
        return Ok(None);
    }
    plain.keep_tail(begin.saturating_sub(FRAMES))?;
    Ok(ChunkList::new(plain.long_part((begin, end))?, covered))
}

/// Verifies the signature of a vault, and has everything compared that is read of it from now on. Returns the
/// first line, and nothing beside it for a vault that is not signed and has no signers.
///
/// # Errors
/// [`SignatureProblem`], or an error of reading the text.
pub(super) fn verify(
    plain: &mut Plain,
    header: Header,
    index: &Index,
    chunks: Option<ChunkList>,
) -> Result<(Header, Option<SignedGeneration>), Error> {
    let Some(signature) = index.signature() else {
        return match (header.signers.is_empty(), index.is_empty(Section::Chunks)) {
            (true, true) => Ok((header, None)),
            (true, false) => Err(problem(SignatureProblem::Chunks)),
            (false, _) => Err(problem(SignatureProblem::Missing)),
        };
    };
    let signature = SshSignature::parse(signature).map_err(SignatureProblem::Bad).map_err(problem)?;
    let recipients = index.range(Section::Recipients);
    let line_end = recipients.0.saturating_sub(opening(Section::Recipients).len() as u64);
    if recipients.1 - recipients.0 > MAX_RECIPIENTS {
        return Err(problem(SignatureProblem::Content));
    }
    let line = plain.range((0, line_end))?;
    // once more, from the very bytes whose digest is signed
    let header = layout::first_line(&line, index).ok_or_else(|| problem(SignatureProblem::Content))?;
    let key = signature.signer();
    // the generation that turns signatures off has no signers any more
    if !header.signers.is_empty() && !header.signers.iter().any(|signer| signer.has_key(key)) {
        return Err(problem(SignatureProblem::Stranger));
    }
    let chunks = chunks.ok_or_else(|| problem(SignatureProblem::Chunks))?;
    let statement = Statement {
        header: &header,
        first_line: ContentDigest::of(&line),
        recipients: ContentDigest::of(&plain.range(recipients)?),
        length: chunks.covered(),
        chunks: chunks.digest(),
        index: index.digest(),
        replaced: index.replaced(),
    };
    let statement = statement.to_string();
    signature.verify(statement.as_bytes()).map_err(SignatureProblem::Bad).map_err(problem)?;
    plain.check_against(chunks)?;
    Ok((header, Some(SignedGeneration { signature, statement })))
}

fn problem(problem: SignatureProblem) -> Error {
    Damage::Signature(problem).into()
}
