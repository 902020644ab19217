// What the examples in the documentation begin with: an empty vault that is locked to a key of its own.

use std::rc::Rc;

use chrono::DateTime;
use credctl::credential::Draft;
use credctl::kind::Kind;
use credctl::store::{Store, Terms};
use credctl::vault::{Identities, Key, Lockset, Parsed, Plugins, Recipients};
use uuid::Uuid;

type Failure = Box<dyn std::error::Error>;

/// A vault that is gone with the folder.
fn new_vault() -> Result<(Store<Rc<Key>>, tempfile::TempDir), Failure> {
    let folder = tempfile::tempdir()?;
    let (secret, public) = credctl::vault::generate();
    let text = secret.expose().as_bytes().to_vec().into();
    let Parsed::Ready(identities) = Identities::parse(text, "its own", &Plugins::default())? else {
        return Err("it has no passphrase".into());
    };
    let terms = Terms::new(Uuid::nil(), DateTime::UNIX_EPOCH);
    let store = Store::new(folder.path().join("vault.age"), Key::Identities(identities).keeper(), terms);
    store.create(&Lockset::Recipients(Recipients::parse([public], &Plugins::default())?))?;
    Ok((store, folder))
}

/// The type of logins.
fn login() -> &'static Kind {
    credctl::kind::find("login").map_or(&credctl::kind::KINDS[0], |named| named.kind)
}

/// A login with the password `hunter2`.
fn db() -> Draft {
    Draft::from_texts(login(), [("id", "db"), ("username", "app"), ("password", "hunter2")])
}
