//! The index of a git repository: the names of the tracked files. Read here, because git runs programs that a
//! repository names.

/// The lengths of the digests that a repository may use: SHA-1 and SHA-256.
const DIGESTS: [usize; 2] = [20, 32];
/// The bytes of an entry before its digest: times, device, mode, owner, size.
const STAT: usize = 40;
/// The bits of the flags that tell of more flags, and of the length of the name.
const EXTENDED: u16 = 0x4000;
const LENGTH: u16 = 0x0fff;

/// Returns the names of the tracked files, from the top of the repository on. `None` if the bytes are no index
/// that is known here, or only a part of one.
pub fn names(bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    DIGESTS.into_iter().find_map(|digest| read(bytes, digest))
}

fn read(bytes: &[u8], digest: usize) -> Option<Vec<Vec<u8>>> {
    let mut rest = bytes.strip_prefix(b"DIRC")?;
    let (version, count) = (number(&mut rest)?, number(&mut rest)?);
    if !(2..=4).contains(&version) {
        return None;
    }
    let mut names: Vec<Vec<u8>> = Vec::new();
    for _ in 0..count {
        let entry = rest.len();
        take(&mut rest, STAT + digest)?;
        let flags = u16::from_be_bytes(take(&mut rest, 2)?.try_into().ok()?);
        if flags & EXTENDED != 0 {
            take(&mut rest, 2)?;
        }
        let mut name = Vec::new();
        if version == 4 {
            let before = names.last().map_or(&[][..], Vec::as_slice);
            let kept = before.len().checked_sub(varint(&mut rest)?)?;
            name.extend_from_slice(&before[..kept]);
        }
        let end = rest.iter().position(|byte| *byte == 0)?;
        name.extend_from_slice(take(&mut rest, end)?);
        // the wrong length of digests shows here
        let length = usize::from(flags & LENGTH);
        if name.is_empty() || (length < usize::from(LENGTH) && length != name.len()) {
            return None;
        }
        let padding = if version == 4 { 1 } else { 8 - (entry - rest.len()) % 8 };
        take(&mut rest, padding)?;
        names.push(name);
    }
    (!is_split(rest)).then_some(names)
}

/// Returns true if extensions follow of which one names another file with the rest of the index.
fn is_split(mut rest: &[u8]) -> bool {
    while let (Some(name), Some(length)) = (take(&mut rest, 4), number(&mut rest)) {
        if name == b"link" {
            return true;
        }
        if take(&mut rest, length as usize).is_none() {
            return false;
        }
    }
    false
}

fn take<'a>(rest: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, left) = rest.split_at_checked(length)?;
    *rest = left;
    Some(taken)
}

fn number(rest: &mut &[u8]) -> Option<u32> {
    Some(u32::from_be_bytes(take(rest, 4)?.try_into().ok()?))
}

/// Reads a number of seven bits a byte, in which every byte but the last adds one.
fn varint(rest: &mut &[u8]) -> Option<usize> {
    let mut value = 0_usize;
    loop {
        let byte = take(rest, 1)?[0];
        value |= usize::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some(value);
        }
        value = value.checked_add(1)?.checked_mul(128)?;
    }
}

#[cfg(test)]
mod tests {
    use super::names;

    /// Makes an index of a version with these names, each with the number of bytes that it drops of the name
    /// before.
    fn index(version: u32, digest: usize, entries: &[(&str, u8, &str)]) -> Vec<u8> {
        let mut bytes = b"DIRC".to_vec();
        bytes.extend(version.to_be_bytes());
        bytes.extend(u32::try_from(entries.len()).unwrap().to_be_bytes());
        for (name, drop, part) in entries {
            let start = bytes.len();
            bytes.extend(vec![7; 40 + digest]);
            bytes.extend(u16::try_from(name.len()).unwrap().to_be_bytes());
            if version == 4 {
                bytes.push(*drop);
                bytes.extend(part.as_bytes());
                bytes.push(0);
            } else {
                bytes.extend(name.as_bytes());
                bytes.extend(vec![0; 8 - (bytes.len() - start) % 8]);
            }
        }
        bytes.extend([9; 20]);
        bytes
    }

    #[test]
    fn the_names_of_every_version_and_digest_are_read() {
        let entries = [("a", 0, "a"), ("a/vault.age", 0, "/vault.age"), ("a/vault.age.bak", 0, ".bak")];
        let more = [("a/vault.age.lock", 3, "lock")];
        let entries = [&entries[..], &more].concat();
        let expected: Vec<_> = entries.iter().map(|(name, ..)| name.as_bytes().to_vec()).collect();
        for version in 2..=4 {
            for digest in [20, 32] {
                assert_eq!(names(&index(version, digest, &entries)), Some(expected.clone()), "{version}");
            }
        }
    }

    #[test]
    fn what_is_no_index_has_no_names() {
        let whole = index(2, 20, &[("name", 0, "")]);
        for bytes in [&b"DIRC"[..], b"", &whole[..30], &index(5, 20, &[]), &index(4, 20, &[("x", 9, "x")])] {
            assert_eq!(names(bytes), None, "{bytes:?}");
        }
        assert_eq!(names(&index(2, 20, &[])), Some(Vec::new()));
    }
}
