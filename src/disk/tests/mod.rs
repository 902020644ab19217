//! Locking and replacing a vault, seen from outside: what is in the folder afterwards.

mod links;
mod location;
mod lock;
mod replace;

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;

use super::{FileError, Location, Lock};

const AMPLE: Duration = Duration::from_secs(20);

struct Scene {
    folder: TempDir,
}

impl Scene {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn with_vault(text: &str) -> Self {
        let scene = Self::new();
        scene.lock().create(writes(text)).unwrap();
        scene
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn location(&self) -> Location {
        Location::resolve(&self.path("v")).unwrap()
    }

    fn lock(&self) -> Lock {
        self.location().lock(AMPLE).unwrap()
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn names(&self) -> Vec<String> {
        names(self.folder.path())
    }

    fn mode(&self, name: &str) -> u32 {
        fs::metadata(self.path(name)).unwrap().permissions().mode() & 0o777
    }

    fn set_mode(&self, name: &str, mode: u32) {
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(mode)).unwrap();
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn writes(text: &str) -> impl FnOnce(&mut (dyn Write + Send)) -> Result<(), FileError> {
    move |out| {
        out.write_all(text.as_bytes()).unwrap();
        Ok(())
    }
}
