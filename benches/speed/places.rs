//! The cost of an address: beside the same vault as a file, with a server that answers and with one that is gone, and
//! the bytes that are moved. The server is a file on this machine, behind a helper that is this program.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::{env, io};

use credctl::digest::ContentDigest;
use credctl::remote::{
    EngineFailure, FailureKind, Fetched, Probed, PutCondition, Ranged, RemoteObject, Stored, serve,
};

use super::measure::{in_turn, ms, ratio, task, time};
use super::vault::Vault;

/// The name by which the program finds this one as a helper.
const HELPER: &str = "credctl-remote-bench";

/// An object that is a file, and a file beside it to which the number of moved bytes is added.
struct FileObject(PathBuf);

impl FileObject {
    /// Opens the object. A generation of a vault has a file key of its own in the header, which makes the tag.
    fn open(&self) -> Result<(String, File), EngineFailure> {
        if self.0.with_extension("gone").exists() {
            return Err(EngineFailure::new(FailureKind::Unreachable, "the server is gone"));
        }
        let mut file = File::open(&self.0).unwrap();
        let mut begin = Vec::new();
        Read::by_ref(&mut file).take(4096).read_to_end(&mut begin).unwrap();
        Ok((ContentDigest::of(&begin).to_string(), file))
    }

    /// Reads a part of the object.
    fn part(&self, mut file: File, start: u64, count: u64) -> Vec<u8> {
        let mut part = Vec::new();
        file.seek(SeekFrom::Start(start)).unwrap();
        file.take(count).read_to_end(&mut part).unwrap();
        self.moved(part.len());
        part
    }

    fn moved(&self, count: usize) {
        let file = OpenOptions::new().append(true).create(true).open(self.0.with_extension("moved"));
        writeln!(file.unwrap(), "{count}").unwrap();
    }
}

impl RemoteObject for FileObject {
    fn get(&mut self, unless: Option<&str>) -> Result<Fetched, EngineFailure> {
        let (tag, file) = self.open()?;
        if unless == Some(&tag) {
            return Ok(Fetched::Unchanged);
        }
        Ok(Fetched::Found { tag, content: self.part(file, 0, u64::MAX) })
    }

    fn has_ranges(&self) -> bool {
        true
    }

    fn range(&mut self, wanted: Option<&str>, start: u64, count: u64) -> Result<Ranged, EngineFailure> {
        let (tag, file) = self.open()?;
        if wanted.is_some_and(|wanted| wanted != tag) {
            return Ok(Ranged::Changed);
        }
        let size = file.metadata().unwrap().len();
        Ok(Ranged::Part { tag, size, content: self.part(file, start, count) })
    }

    fn put(&mut self, _: PutCondition<'_>, _: Vec<u8>) -> Result<Stored, EngineFailure> {
        Err(EngineFailure::new(FailureKind::Unsupported, "nothing is written here"))
    }

    fn probe(&mut self) -> Result<Probed, EngineFailure> {
        Ok(Probed::Sound)
    }
}

/// Serves as the helper if this program was started as one. Returns true then.
pub fn served() -> bool {
    let mut words = env::args();
    if !words.next().is_some_and(|name| name.ends_with(HELPER)) {
        return false;
    }
    let address = words.next().unwrap();
    let path = address.strip_prefix("bench://").unwrap().into();
    serve(&mut FileObject(path), HELPER, &mut io::stdin(), &mut io::stdout()).unwrap();
    true
}

/// Measures a `get` at an address beside one of the same file, and the bytes that it moves.
pub fn address(folder: &Path, sizes: &[usize]) {
    let programs = folder.join("programs");
    fs::create_dir(&programs).unwrap();
    std::os::unix::fs::symlink(env::current_exe().unwrap(), programs.join(HELPER)).unwrap();
    println!("the same vault as a file, and at an address whose server is on this machine:\n");
    println!(
        "| credentials | get of the file | at the address, unchanged | server gone | bytes moved by a get without a copy | of |"
    );
    println!("|---|---|---|---|---|---|");
    for &size in sizes {
        let inner = folder.join(format!("places-{size}"));
        fs::create_dir(&inner).unwrap();
        let vault = Vault::make_random(&inner, size);
        let id = Vault::random_id(size / 2);
        let get = |cache: &str, name: &Path| {
            let mut command = vault.command(&["get", &id, "--field", "password", "--vault"]);
            command.arg(name).env("PATH", &programs).env("XDG_CACHE_HOME", inner.join(cache));
            command
        };
        let address = PathBuf::from(format!("bench://{}", vault.file.display()));
        let moved = vault.file.with_extension("moved");
        time(&mut get("none", &address));
        let bytes: u64 =
            fs::read_to_string(&moved).unwrap().lines().map(|line| line.parse::<u64>().unwrap()).sum();
        // the second read makes the copy
        for _ in 0..2 {
            time(&mut get("copy", &address));
        }
        fs::remove_file(&moved).unwrap();
        let rounds = if size > 10_000 { 21 } else { 101 };
        let reached = in_turn(rounds, &mut [task(get("copy", &vault.file)), task(get("copy", &address))]);
        assert!(!moved.exists(), "an unchanged object moves nothing");
        fs::write(vault.file.with_extension("gone"), "").unwrap();
        let gone = in_turn(rounds, &mut [task(get("copy", &vault.file)), task(get("copy", &address))]);
        println!(
            "| {size} | {} | {} ({:.2}) | {} (+{}) | {bytes} | {} |",
            ms(reached[0]),
            ms(reached[1]),
            ratio(reached[1], reached[0]),
            ms(gone[1]),
            ms(gone[1].saturating_sub(gone[0])),
            fs::metadata(&vault.file).unwrap().len()
        );
    }
    println!();
}
