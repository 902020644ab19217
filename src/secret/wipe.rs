//! Wiping what libraries leave behind.

use zeroize::Zeroizing;

/// Overwrites what finished calls left on the stack: a library may have had a key there.
#[inline(never)]
pub fn wipe_stack() {
    /// Number of bytes to overwrite: more than the frames of any call that handles a key.
    const DEPTH: usize = 16 * 1024;
    let mut frames = Zeroizing::new([0_u8; DEPTH]);
    // or the compiler could leave them out
    std::hint::black_box(&mut *frames);
}

/// Overwrites a block of memory of this size that a library gave back just now: the allocator hands it out again
/// to the next one who asks for as much.
#[inline(never)]
pub fn wipe_freed(size: usize) {
    let mut block = Zeroizing::new(Vec::<u8>::with_capacity(size));
    // or the compiler could leave it out; the whole room is wiped when it is dropped
    std::hint::black_box(&mut *block);
}
