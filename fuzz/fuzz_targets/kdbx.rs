//! A KeePass database: any bytes as a file, and any content inside of a file of each version whose codes are
//! right. No panic, and every error is one that can be told.
#![no_main]

#[path = "../../src/import/kdbx/made.rs"]
mod made;

use credctl::import::{KeepassDatabase, KeepassKey};
use libfuzzer_sys::fuzz_target;

const PASSWORD: &str = "password";
/// The key of the stream of protected values in KDBX 3.
const STREAM: &[u8] = b"stream";

fuzz_target!(|input: &[u8]| {
    let Some((form, content)) = input.split_first() else { return };
    let file = match form % 5 {
        // the key derivation of any bytes may take its time, so that the header is all there is
        0 => return told(KeepassDatabase::parse(content).map(drop)),
        1 => made::version_4(PASSWORD, content, false),
        2 => made::version_4(PASSWORD, content, true),
        3 => made::version_4(PASSWORD, &[&made::inner_header(STREAM)[..], content].concat(), false),
        _ => made::version_3(PASSWORD, content, STREAM),
    };
    assert!(KeepassDatabase::is_one(&file));
    let database = KeepassDatabase::parse(&file).expect("a whole header");
    let wrong = database.read(&KeepassKey::default().with_password("other".into()));
    assert!(wrong.is_err_and(|error| error.is_wrong_key()), "another password opened the database");
    told(database.read(&KeepassKey::default().with_password(PASSWORD.into())).map(drop));
});

fn told(result: Result<(), credctl::import::KdbxError>) {
    assert!(result.err().is_none_or(|error| !error.is_wrong_key() && !error.to_string().is_empty()));
}
