//! Tests of signatures: of keys in files and on security keys, and of bytes that are none.

use ed25519_dalek::{Signer as _, SigningKey as Ed25519Key};
use sha2::{Digest as _, Sha256};

use super::{
    BadSignature, KeyFileProblem, SignatureKeyFile, SignerKey, SigningKey as _, SshSignature, signed_data,
};
use crate::secret::Secret;

/// The seed of a key that only the tests have.
const SEED: [u8; 32] = [7; 32];

fn string(bytes: &[u8]) -> Vec<u8> {
    [&u32::try_from(bytes.len()).unwrap().to_be_bytes()[..], bytes].concat()
}

/// An Ed25519 key in software.
fn plain_key() -> SignerKey {
    let public = Ed25519Key::from_bytes(&SEED).verifying_key().to_bytes();
    SignerKey::from_bytes(&[string(b"ssh-ed25519"), string(&public)].concat()).unwrap()
}

/// A security key in software.
fn security_key(application: &str) -> SignerKey {
    let public = Ed25519Key::from_bytes(&SEED).verifying_key().to_bytes();
    let parts = [string(b"sk-ssh-ed25519@openssh.com"), string(&public), string(application.as_bytes())];
    SignerKey::from_bytes(&parts.concat()).unwrap()
}

fn plain_signature(message: &[u8]) -> SshSignature {
    let signature = Ed25519Key::from_bytes(&SEED).sign(&signed_data(message)).to_bytes();
    SshSignature::new(&plain_key(), &[string(b"ssh-ed25519"), string(&signature)].concat()).unwrap()
}

/// The signature of a security key in software: of the digests of application and message, flags and counter.
fn touched(application: &str, message: &[u8], flags: u8) -> SshSignature {
    let trailer = [&[flags][..], &41_u32.to_be_bytes()].concat();
    let seen = [
        Sha256::digest(application).to_vec(),
        trailer.clone(),
        Sha256::digest(signed_data(message)).to_vec(),
    ];
    let signature = Ed25519Key::from_bytes(&SEED).sign(&seen.concat()).to_bytes();
    let answer = [string(b"sk-ssh-ed25519@openssh.com"), string(&signature), trailer].concat();
    SshSignature::new(&security_key(application), &answer).unwrap()
}

#[test]
fn a_signature_matches_one_message() {
    for signature in
        [plain_signature(b"message"), touched("ssh:", b"message", 1), touched("ssh:", b"message", 5)]
    {
        assert_eq!(signature.verify(b"message"), Ok(()));
        assert_eq!(signature.verify(b"messagf"), Err(BadSignature::Mismatch));
        assert_eq!(signature.verify(b""), Err(BadSignature::Mismatch));
        let read = SshSignature::parse(&signature.to_text()).unwrap();
        assert_eq!(read, signature);
        assert_eq!(read.verify(b"message"), Ok(()));
        // the armored text has the same bytes
        let pem = signature.to_pem();
        let armored: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
        assert_eq!(armored, signature.to_text());
    }
}

#[test]
fn a_security_key_must_be_touched_and_be_the_one_of_its_application() {
    for flags in [0, 4, 0xfe] {
        assert_eq!(touched("ssh:", b"message", flags).verify(b"message"), Err(BadSignature::Absent));
    }
    let text = touched("ssh:", b"message", 1).to_text();
    let bytes = crate::base64::decode(&text).unwrap();
    let at = bytes.windows(4).position(|part| part == b"ssh:").unwrap();
    let mut other = bytes.to_vec();
    other[at + 3] = b';';
    let other = SshSignature::parse(crate::base64::encode(&other).expose()).unwrap();
    assert_eq!(other.verify(b"message"), Err(BadSignature::Mismatch));
}

#[test]
fn every_changed_byte_is_noticed() {
    for signature in [plain_signature(b"message"), touched("ssh:", b"message", 1)] {
        let bytes = crate::base64::decode(&signature.to_text()).unwrap();
        for at in 0..bytes.len() {
            for change in [1, 0x80, 0xff] {
                let mut other = bytes.to_vec();
                other[at] ^= change;
                let read = SshSignature::parse(crate::base64::encode(&other).expose());
                let accepted = read.is_ok_and(|read| read.verify(b"message").is_ok());
                assert!(!accepted, "byte {at}");
            }
        }
        for length in 0..bytes.len() {
            assert!(
                SshSignature::parse(crate::base64::encode(&bytes[..length]).expose()).is_err(),
                "{length}"
            );
        }
        let longer = [&bytes[..], b"x"].concat();
        assert!(SshSignature::parse(crate::base64::encode(&longer).expose()).is_err());
    }
}

#[test]
fn a_signature_for_another_purpose_is_refused() {
    let bytes = crate::base64::decode(&plain_signature(b"message").to_text()).unwrap();
    for (from, to) in [("credctl-vault@v2", "credctl-vault@v3"), ("sha512", "sha256")] {
        let at = bytes.windows(from.len()).position(|part| part == from.as_bytes()).unwrap();
        let other = [&bytes[..at], to.as_bytes(), &bytes[at + from.len()..]].concat();
        let read = SshSignature::parse(crate::base64::encode(&other).expose());
        assert_eq!(read, Err(BadSignature::Purpose), "{to}");
    }
}

#[test]
fn bytes_that_are_no_signature_are_refused() {
    let long = "A".repeat(100_000);
    let huge = crate::base64::encode(&[b"SSHSIG\0\0\0\x01".as_slice(), &[0xff; 64]].concat());
    for text in ["", "A", "AAAA", "U1NIU0lH", &long, huge.expose(), "é"] {
        assert_eq!(SshSignature::parse(text), Err(BadSignature::Form));
        assert_eq!(SshSignature::new(&plain_key(), text.as_bytes()), Err(BadSignature::Form));
    }
    // bytes from a generator that is the same in every run
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for length in 0..2000 {
        let mut bytes = b"SSHSIG\0\0\0\x01\0\0\0\x33\0\0\0\x0bssh-ed25519".to_vec();
        bytes.truncate(length % 30);
        bytes.extend((0..length % 300).map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()[0]
        }));
        assert!(SshSignature::parse(crate::base64::encode(&bytes).expose()).is_err());
        assert!(SshSignature::new(&plain_key(), &bytes).is_err());
        assert!(SignerKey::from_bytes(&bytes).is_err());
        assert!(SignatureKeyFile::parse(&bytes).is_err());
    }
}

#[test]
fn a_signature_of_another_kind_of_key_is_none() {
    let answer = [string(b"ssh-ed25519"), string(&[1; 64])].concat();
    let signature = SshSignature::new(&security_key("ssh:"), &answer).unwrap();
    assert_eq!(signature.verify(b"message"), Err(BadSignature::Mismatch));
    // the neutral element as a key, for which anybody makes signatures
    let mut weak = [0; 32];
    weak[0] = 1;
    let weak = SignerKey::from_bytes(&[string(b"ssh-ed25519"), string(&weak)].concat()).unwrap();
    let mut forged = [0; 64];
    forged[0] = 1;
    let answer = [string(b"ssh-ed25519"), string(&forged)].concat();
    let signature = SshSignature::new(&weak, &answer).unwrap();
    assert!(signature.verify(b"any message").is_err());
}

#[test]
fn a_key_file_signs() {
    let key = ssh_key::PrivateKey::from(ssh_key::private::Ed25519Keypair::from_seed(&SEED));
    let text = key.to_openssh(ssh_key::LineEnding::LF).unwrap();
    let (file, comment) = SignatureKeyFile::parse(text.as_bytes()).unwrap();
    assert_eq!(comment, None);
    assert_eq!(file.public(), &plain_key());
    let SignatureKeyFile::Private(key) = file else { panic!("{file:?}") };
    assert_eq!(key.sign(b"message").unwrap(), plain_signature(b"message"));
    assert!(!format!("{key:?}").contains("PRIVATE"));

    let public = SignatureKeyFile::parse(format!("{} a comment\n", plain_key()).as_bytes()).unwrap();
    assert!(matches!(public, (SignatureKeyFile::Public(key), Some(comment))
        if key == plain_key() && comment == "a comment"));
    for text in ["", "x", "-----BEGIN OPENSSH PRIVATE KEY-----\n", &"x".repeat(20_000)] {
        assert!(SignatureKeyFile::parse(text.as_bytes()).is_err());
    }
}

#[test]
fn a_key_with_a_passphrase_needs_it() {
    // ssh-keygen -t ed25519 -N correct -C "" -a 4
    let text = include_str!("../../tests/doc/encrypted_signer.txt");
    let (SignatureKeyFile::Encrypted(key), None) = SignatureKeyFile::parse(text.as_bytes()).unwrap() else {
        panic!()
    };
    let wrong = key.decrypt(&Secret::from("wrong".to_owned()));
    assert!(matches!(wrong, Err(KeyFileProblem::Passphrase)));
    let SignatureKeyFile::Private(ready) = key.decrypt(&Secret::from("correct".to_owned())).unwrap() else {
        panic!()
    };
    let signature = ready.sign(b"message").unwrap();
    assert_eq!(signature.signer(), key.public());
    assert_eq!(signature.verify(b"message"), Ok(()));
}
