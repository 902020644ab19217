//! The outlet of an answer that somebody else reads: a file, or a stream, which is written to and never
//! replaced.

use std::fs::File;
use std::io::{self, IsTerminal as _, Write};
use std::path::{Component, Path, PathBuf};

use rustix::fs::{FileType, Mode, OFlags};
use rustix::io::retry_on_intr;

use super::error::{Action, FileError, FileKind};
use super::location::{Location, Magic};
use super::walk::require_own;
use crate::secret::Batched;

/// A place for an answer.
#[derive(Debug)]
pub enum Outlet {
    /// A file, which may be there already.
    File(Location),
    /// An open descriptor, a named pipe or a character device.
    Stream(OutletStream),
}

/// An open file that bytes go into, after what went there before.
#[derive(Debug)]
pub struct OutletStream {
    file: File,
    path: PathBuf,
}

impl Outlet {
    /// Finds out what a path stands for. Descriptors of this process (`/dev/stdout`, `/dev/fd/5`,
    /// `/proc/self/fd/5`) and links to them are used as they are open, so that a file that a shell
    /// appends to is appended to.
    ///
    /// Opens pipes, which waits for their reader.
    ///
    /// # Errors
    /// [`FileError::NotFound`] if the folder is missing, [`FileError::ForeignLink`],
    /// [`FileError::NotRegular`] for folders, sockets and block devices, [`FileError::Io`].
    pub fn open(path: &Path) -> Result<Self, FileError> {
        if let Some(number) = descriptor(path) {
            return OutletStream::of_descriptor(number, path).map(Self::Stream);
        }
        let location = Location::resolve_with(path, Magic::Stop)?;
        // a link of the operator may lead to a descriptor, too
        if let Some(number) = descriptor(location.path()) {
            return OutletStream::of_descriptor(number, path).map(Self::Stream);
        }
        let Some(stat) = location.folder().stat(location.name())? else { return Ok(Self::File(location)) };
        match FileType::from_raw_mode(stat.st_mode) {
            FileType::RegularFile => Ok(Self::File(location)),
            FileType::Fifo => {
                // who made a pipe may read it
                require_own(location.folder(), location.name(), &stat)?;
                OutletStream::of(&location).map(Self::Stream)
            }
            // a link that is left here is a descriptor of another process
            FileType::CharacterDevice | FileType::Symlink => OutletStream::of(&location).map(Self::Stream),
            other => Err(FileError::NotRegular { path: path.to_owned(), what: FileKind::from(other) }),
        }
    }
}

impl OutletStream {
    /// Returns true if the stream is a terminal, which a person looks at.
    #[must_use]
    pub fn is_terminal(&self) -> bool {
        self.file.is_terminal()
    }

    /// Writes to the stream what `write` writes.
    ///
    /// # Errors
    /// [`FileError::Io`].
    pub fn write(mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), FileError> {
        let mut out = Batched::new(&mut self.file);
        let written = write(&mut out).and_then(|()| out.flush());
        written.map_err(|error| FileError::io(Action::Write, self.path, error))
    }

    fn of(location: &Location) -> Result<Self, FileError> {
        let flags = OFlags::WRONLY | OFlags::APPEND | OFlags::NOCTTY | OFlags::CLOEXEC;
        let (folder, name) = (location.folder(), location.name());
        let fd = retry_on_intr(|| rustix::fs::openat(&folder.fd, name, flags, Mode::empty()))
            .map_err(|errno| folder.error(Action::Open, name, errno))?;
        Ok(Self { file: fd.into(), path: location.path().to_owned() })
    }

    fn of_descriptor(number: i32, path: &Path) -> Result<Self, FileError> {
        let file = duplicate(number).map_err(|error| FileError::io(Action::Open, path, error))?;
        Ok(Self { file, path: path.to_owned() })
    }
}

/// Finds the number of the descriptor of this process that a path names.
fn descriptor(path: &Path) -> Option<i32> {
    let own = rustix::process::getpid().to_string();
    let mut words = path.components();
    if words.next() != Some(Component::RootDir) {
        return None;
    }
    let words: Option<Vec<&str>> = words.map(|word| word.as_os_str().to_str()).collect();
    let number = match words?[..] {
        ["dev", "stdin"] => "0",
        ["dev", "stdout"] => "1",
        ["dev", "stderr"] => "2",
        ["dev", "fd", number] | ["proc", "self" | "thread-self", "fd", number] => number,
        ["proc", process, "fd", number] if process == own => number,
        _ => return None,
    };
    number.parse().ok().filter(|number| *number >= 0)
}

/// Opens another descriptor of the same open file, with the same position in it.
#[cfg(target_os = "linux")]
fn duplicate(number: i32) -> io::Result<File> {
    use rustix::process::{PidfdFlags, PidfdGetfdFlags, getpid, pidfd_getfd, pidfd_open};
    let same = pidfd_open(getpid(), PidfdFlags::empty())
        .and_then(|own| pidfd_getfd(own, number, PidfdGetfdFlags::empty()));
    match same {
        Ok(fd) => Ok(fd.into()),
        Err(rustix::io::Errno::BADF) => Err(rustix::io::Errno::BADF.into()),
        // an old kernel, or a sandbox: then the file is opened once more, at its end
        Err(_) => reopen(&format!("/proc/self/fd/{number}")),
    }
}

/// Opens another descriptor of the same open file, which opening the name gives where it is no link.
#[cfg(not(target_os = "linux"))]
fn duplicate(number: i32) -> io::Result<File> {
    reopen(&format!("/dev/fd/{number}"))
}

fn reopen(path: &str) -> io::Result<File> {
    let flags = OFlags::WRONLY | OFlags::APPEND | OFlags::NOCTTY | OFlags::CLOEXEC;
    Ok(retry_on_intr(|| rustix::fs::open(path, flags, Mode::empty()))?.into())
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make the files they need")]
mod tests {
    use std::fs;
    use std::io::Write as _;
    use std::os::fd::AsRawFd as _;
    use std::os::unix::fs::symlink;
    use std::path::Path;
    use std::thread;

    use super::{FileError, Outlet, descriptor, reopen};

    fn stream(path: &Path) -> super::OutletStream {
        match Outlet::open(path) {
            Ok(Outlet::Stream(stream)) => stream,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn descriptors_are_known_however_they_are_written() {
        for (path, number) in [
            ("/dev/stdout", Some(1)),
            ("/dev/stderr", Some(2)),
            ("//dev/./fd/5", Some(5)),
            ("/proc/self/fd/63", Some(63)),
            ("/proc/thread-self/fd/0", Some(0)),
            ("/proc/1/fd/1", None),
            ("/dev/fd", None),
            ("/dev/fd/x", None),
            ("/dev/fd/-1", None),
            ("dev/stdout", None),
            ("/dev/null", None),
        ] {
            assert_eq!(descriptor(Path::new(path)), number, "{path}");
        }
        let own = format!("/proc/{}/fd/7", std::process::id());
        assert_eq!(descriptor(Path::new(&own)), Some(7));
    }

    #[test]
    fn what_is_open_is_written_to_where_it_stands() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("f");
        let mut file = fs::File::create(&path).unwrap();
        file.write_all(b"before ").unwrap();
        symlink(format!("/dev/fd/{}", file.as_raw_fd()), folder.path().join("link")).unwrap();
        stream(Path::new(&format!("/dev/fd/{}", file.as_raw_fd())))
            .write(|out| out.write_all(b"one "))
            .unwrap();
        stream(Path::new(&format!("/proc/self/fd/{}", file.as_raw_fd())))
            .write(|out| out.write_all(b"two "))
            .unwrap();
        stream(&folder.path().join("link")).write(|out| out.write_all(b"three ")).unwrap();
        file.write_all(b"after").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "before one two three after");
        // without the call that shares the position it is the end
        reopen(&format!("/proc/self/fd/{}", file.as_raw_fd())).unwrap().write_all(b" end").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "before one two three after end");
        let closed = Outlet::open(Path::new("/dev/fd/999"));
        assert!(matches!(closed, Err(FileError::Io { .. })), "{closed:?}");
    }

    #[test]
    fn pipes_and_devices_stay_what_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, 0o600.into()).unwrap();
        let reader = thread::spawn({
            let pipe = pipe.clone();
            move || fs::read(pipe).unwrap()
        });
        stream(&pipe).write(|out| out.write_all(b"through")).unwrap();
        assert_eq!(reader.join().unwrap(), b"through");
        stream(Path::new("/dev/null")).write(|out| out.write_all(b"nowhere")).unwrap();
        assert!(matches!(Outlet::open(folder.path()), Err(FileError::NotRegular { .. })));
        assert!(matches!(Outlet::open(&folder.path().join("new")), Ok(Outlet::File(_))));
    }
}
