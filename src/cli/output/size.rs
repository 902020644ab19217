//! Numbers of bytes, as people read them.

/// Returns a number of bytes in the largest unit that is not vague.
pub fn size(bytes: u64) -> String {
    const KIB: u64 = 1024;
    let (unit, name) = match bytes {
        0..KIB => return format!("{bytes} bytes"),
        KIB..1_048_576 => (KIB, "KiB"),
        1_048_576..1_073_741_824 => (KIB * KIB, "MiB"),
        _ => (KIB * KIB * KIB, "GiB"),
    };
    format!("{}.{} {name}", bytes / unit, bytes % unit * 10 / unit)
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_short() {
        let sizes = [0, 1023, 1024, 1536, (1 << 20) - 1, 3 << 20, 5 << 30].map(size);
        assert_eq!(
            sizes,
            ["0 bytes", "1023 bytes", "1.0 KiB", "1.5 KiB", "1023.9 KiB", "3.0 MiB", "5.0 GiB"]
        );
    }
}
