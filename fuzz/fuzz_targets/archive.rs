//! A zip archive as a password manager exports it: any bytes, and any text in it. No panic, no text beyond the
//! limits, and every error is one that can be told.
#![no_main]

use credctl::import::{ExportArchive, ImportFacts, ImportFormat};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| {
    match ExportArchive::read(file) {
        Ok(archive) => {
            let size: usize = archive.files.iter().map(|(_, text)| text.len()).sum();
            assert!(size <= file.len() * 200 * archive.files.len() + archive.files.len() * 1024 * 1024);
            archive.files.iter().for_each(|(_, text)| read(text.expose()));
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    // the checksums of an archive stop most changes, so the text itself is tried, too
    if let Ok(text) = std::str::from_utf8(file) {
        read(text);
    }
});

fn read(text: &str) {
    for name in ["1password-1pux", "proton-pass-json", "enpass-json", "bitwarden", "dashlane-csv"] {
        let format = ImportFormat::find(name).expect("a format of this name");
        if let Err(violations) = format.read(text, &ImportFacts::default()) {
            assert!(!violations.to_string().is_empty());
        }
    }
}
