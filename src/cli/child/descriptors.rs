//! The file descriptors that a key comes from. Programs that credctl starts must not inherit them, because
//! what was read from a file can be read again.

use std::fs::read_dir;
use std::path::Path;

/// Returns the descriptor that a path names: `/dev/fd/3`, `/proc/self/fd/3`, `/dev/stdin`.
pub fn named_by(path: &Path) -> Option<u32> {
    if path == Path::new("/dev/stdin") {
        return Some(0);
    }
    let folders = ["/dev/fd", "/proc/self/fd", "/proc/thread-self/fd"];
    let number = folders.into_iter().find_map(|folder| path.strip_prefix(folder).ok())?;
    number.to_str()?.parse().ok()
}

/// Marks a descriptor to be closed in every program that starts from now on. The standard streams stay open.
pub fn keep_from_programs(number: u32) {
    let Some(number) = i32::try_from(number).ok().filter(|number| *number > 2) else { return };
    let others = read_dir("/dev/fd").into_iter().flatten().filter_map(|entry| {
        let open: i32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
        (open > number).then_some(open)
    });
    let others: Vec<i32> = others.collect();
    close_fds::set_fds_cloexec(number, &others);
}

#[cfg(test)]
mod tests {
    use super::named_by;
    use std::path::Path;

    #[test]
    fn paths_of_descriptors_are_known() {
        for (path, number) in [
            ("/dev/fd/3", Some(3)),
            ("/proc/self/fd/63", Some(63)),
            ("/dev/stdin", Some(0)),
            ("/dev/fd/x", None),
            ("/dev/fd", None),
            ("/etc/passwd", None),
        ] {
            assert_eq!(named_by(Path::new(path)), number, "{path}");
        }
    }
}
