//! A signed vault in its generations, as honest signers wrote them, and the machine that knows one of them.

use std::io::Cursor;
use std::rc::Rc;

use chrono::DateTime;
use uuid::Uuid;

use super::super::canonical::canonical;
use super::super::cipher::{Lockset, Plugins, Recipients, generate};
use super::super::collection::Vault;
use super::super::error::Error;
use super::super::layout_writer::LayoutWriter;
use super::super::merge::copy;
use super::super::pin::Pin;
use super::super::plain::Plain;
use super::super::version::Remember;
use super::super::wire::Section;
use crate::credential::Credential;
use crate::digest::ContentDigest;
use crate::signature::{SignatureKeyFile, SigningKey};

pub(super) const VAULT: &str = "0193a5a0-0000-7000-8000-000000000001";

/// The seal of the vaults of these tests.
pub(super) const SEAL: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

/// The generations of one vault.
pub(super) struct History {
    pub(super) lockset: Lockset,
    /// The first one is not signed. The first signer signs the next one, adds a second signer, who changes something,
    /// removes that one, and changes something twice.
    pub(super) texts: Vec<Vec<u8>>,
    /// The position of the generation that the machine knows.
    pub(super) pinned: usize,
    /// The memory of the machine about it.
    pub(super) pin: Pin,
    /// The credentials of the last generation.
    genuine: Vec<Credential>,
}

impl History {
    pub(super) fn new(vault: &str, count: usize) -> Self {
        let lockset = Lockset::Recipients(Recipients::parse([generate().1], &Plugins::default()).unwrap());
        let (first, second) = (key(1), key(2));
        let mut texts = vec![unsigned(vault, count)];
        let mut step = |act: &dyn Fn(&mut Vault)| {
            let mut vault = open(texts.last().unwrap()).unwrap();
            vault.sign_with(Rc::clone(&first));
            act(&mut vault);
            texts.push(vault.next_text(&lockset, &remember()).unwrap());
        };
        step(&|vault| vault.begin_signing("First", key(1)).unwrap());
        step(&|vault| vault.add_signer("Second", second.public()).unwrap());
        step(&|vault| {
            vault.sign_with(key(2));
            touch(vault, "a00001");
        });
        step(&|vault| assert_eq!(vault.remove_signer("Second").unwrap().name, "Second"));
        step(&|vault| touch(vault, "a00002"));
        step(&|vault| touch(vault, "a00003"));
        let pinned = texts.len() - 2;
        let mut pin = Pin::default();
        pin.see(&open(&texts[pinned]).unwrap().lineage(), DateTime::UNIX_EPOCH);
        let genuine = credentials(&mut open(texts.last().unwrap()).unwrap()).unwrap();
        Self { lockset, texts, pinned, pin, genuine }
    }

    pub(super) fn last(&self) -> &[u8] {
        self.texts.last().unwrap()
    }

    /// Returns true if the machine accepts a text and can read all of it.
    pub(super) fn accepts(&self, text: &[u8]) -> bool {
        self.judged(text).and_then(|mut vault| read_all(&mut vault)).is_ok()
    }

    /// Returns true if the machine accepts a forged text as a whole, or opens it and finds a credential that is not the
    /// genuine one, or finds none without an error.
    pub(super) fn is_fooled_by(&self, text: &[u8]) -> bool {
        let Ok(mut vault) = self.judged(text) else { return false };
        // an unchanged block is read as it is
        let is_forged =
            |one: &Credential| vault.find(&one.head.id).is_ok_and(|found| found.as_ref() != Some(one));
        self.genuine.iter().any(is_forged) || read_all(&mut vault).is_ok()
    }

    fn judged(&self, text: &[u8]) -> Result<Vault, Error> {
        let vault = open(text)?;
        self.pin.judge(&vault.lineage())?;
        // what `Pins` compares before it looks for the pin
        if vault.id().to_string() == VAULT {
            Ok(vault)
        } else {
            Err(super::super::Damage::OtherDocument.into())
        }
    }
}

/// A key that signs.
pub(super) fn key(seed: u8) -> Rc<dyn SigningKey> {
    let pair = ssh_key::private::Ed25519Keypair::from_seed(&[seed; 32]);
    let text = ssh_key::PrivateKey::from(pair).to_openssh(ssh_key::LineEnding::LF).unwrap();
    let (file, _) = SignatureKeyFile::parse(text.as_bytes()).unwrap();
    let SignatureKeyFile::Private(key) = file else { panic!() };
    Rc::new(key)
}

pub(super) fn remember() -> Remember {
    Remember { versions: 10, at: DateTime::UNIX_EPOCH, by: Uuid::nil() }
}

/// Opens the text of a file whose header, like that of every file, occurs once.
pub(super) fn open(text: &[u8]) -> Result<Vault, Error> {
    let plain = Plain::new(Box::new(Cursor::new(text.to_vec())), text.len() as u64);
    let age_header = Some(ContentDigest::of(text).as_bytes().to_vec());
    Ok(Vault { age_header, ..Vault::read(plain)? })
}

/// The text of a vault with credentials that is not signed.
pub(super) fn unsigned(vault: &str, count: usize) -> Vec<u8> {
    let record = |at: usize| {
        let id = Uuid::from_u128(at as u128);
        format!(
            r#"{{"id":"a{at:05}","type":"Simple","name":"n","project":"admin","enabled":true,"createdAt":"2026-01-01T00:00:00.000000Z","createdBy":"{id}","updatedAt":"2026-01-01T00:00:00.000000Z","modifiedBy":"{id}","etag":"{id}","revision":1,"instanceId":"{id}","fields":{{"value":"genuine"}}}}"#
        )
    };
    let records: Vec<_> = (0..count).map(record).collect();
    let document = format!(
        r#"{{"credctl":"vault","version":2,"id":"{vault}","generation":1,"seal":"{SEAL}","credentials":[{}]}}"#,
        records.join(",")
    );
    canonical(document.as_bytes()).unwrap().to_vec()
}

fn touch(vault: &mut Vault, id: &str) {
    let credential = vault.find(id).unwrap().unwrap();
    vault.put(&credential).unwrap();
}

fn read_all(vault: &mut Vault) -> Result<(), Error> {
    credentials(vault)?;
    vault.members()?;
    let mut copied = LayoutWriter::new(Vec::new(), &vault.header)?;
    Section::ALL
        .into_iter()
        .try_for_each(|section| copy(&mut vault.plain, vault.index.range(section), &mut copied))
}

/// Finds each credential as the program does.
fn credentials(vault: &mut Vault) -> Result<Vec<Credential>, Error> {
    let mut ids = Vec::new();
    vault.ids(|id| ids.push(id.to_owned()))?;
    let found = ids.iter().map(|id| vault.find(id)).collect::<Result<Vec<_>, _>>()?;
    Ok(found.into_iter().flatten().collect())
}

/// Random numbers that are the same in every run.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % limit.max(1)
    }
}
