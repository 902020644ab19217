//! Names for files that cannot be read as what was expected.

use std::borrow::Cow;

/// The nature of a file, for messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nature {
    /// A noun with its article: `an age file`.
    pub name: Cow<'static, str>,
    /// A command to type, or the reader of the file.
    pub hint: Option<&'static str>,
    /// True for ciphertext, which no format reads.
    pub encrypted: bool,
}

const VARIABLES: &str = "a list of variables";
const XML: Option<&str> = Some("--format keepass-xml reads the XML of KeePass and KeePassXC");
const UNZIP: Option<&str> = Some("unpack the archive and name a file in it");

/// The first bytes of files, each with the name and the hint of the kind of file.
const BEGINNINGS: &[(&[u8], &str, Option<&str>)] = &[
    (
        b"PK\x03\x04",
        "a zip archive",
        Some(
            "`credctl import FILE` reads those of 1Password, Bitwarden, Dashlane and Proton; unpack the archive of any other program",
        ),
    ),
    (b"\x1f\x8b", "a gzip archive", UNZIP),
    (b"BZh", "a bzip2 archive", UNZIP),
    (b"\xfd7zXZ\0", "an xz archive", UNZIP),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", UNZIP),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", UNZIP),
    (b"%PDF-", "a PDF document", None),
    (b"\x89PNG", "a PNG image", None),
    (b"\xff\xd8\xff", "a JPEG image", None),
    (b"SQLite format 3\0", "an SQLite database", None),
    (b"\x7fELF", "a program", None),
    (b"\xfe\xed\xfe\xed", "a Java key store", None),
    (b"\x30\x82", "a DER file, such as a certificate or a PKCS#12 store", None),
    (b"-----BEGIN PGP P", "an OpenPGP key", None),
    (
        b"PuTTY-User-Key-File-",
        "a private key of PuTTY",
        Some("`puttygen FILE -O private-openssh -o KEY` writes a key that `credctl import KEY` reads"),
    ),
    (b"AGE-SECRET-KEY-", "an age identity", None),
    (b"ssh-", "an SSH public key", None),
    (b"ecdsa-sha2-", "an SSH public key", None),
    (b"<!doctype html", "an HTML page", None),
    (b"<html", "an HTML page", None),
    (b"<?xml", "an XML document", XML),
    (b"<", "an XML document", XML),
];

/// The first bytes of ciphertext, each with the name and the hint of the kind of file.
const ENCRYPTED: &[(&[u8], &str, Option<&str>)] = &[
    (
        b"\x03\xd9\xa2\x9a",
        "a KeePass database",
        Some("`credctl import FILE` asks for the password, and imports the entries"),
    ),
    (b"PWS3", "a Password Safe database", Some("export the database as XML or CSV")),
    (b"age-encryption.org/", "an age file", Some("`age -d -i IDENTITY FILE` decrypts it")),
    (b"-----BEGIN AGE ENCRYPTED FILE", "an armored age file", Some("`age -d -i IDENTITY FILE` decrypts it")),
    (b"-----BEGIN PGP MESSAGE", "a file encrypted by gpg", Some("`gpg -d FILE` decrypts it")),
    (b"$ANSIBLE_VAULT;", "a file encrypted by ansible-vault", Some("`ansible-vault view FILE` decrypts it")),
    (b"\0GITCRYPT\0", "a file encrypted by git-crypt", Some("`git-crypt unlock` decrypts it")),
    (b"LPAV", "the vault of LastPass", Some("export the vault as CSV in LastPass")),
    (b"GnomeKeyring\n", "a keyring of GNOME", Some("`secret-tool lookup` shows one secret")),
    (b"KWALLET\n", "a wallet of KDE", Some("`kwallet-query` shows one secret")),
    (b"b~>buttercup/", "a vault of Buttercup", Some("export the vault as CSV in Buttercup")),
    (b"Salted__", "a file encrypted by openssl", Some("`openssl enc -d` decrypts it")),
];

/// The contents of a PEM file, by the end of the label of its first block.
const PEM: &[(&str, &str, Option<&str>)] = &[
    ("CERTIFICATE REQUEST", "a certificate request (PEM), which has no secret", None),
    ("CERTIFICATE", "a certificate (PEM)", IMPORT),
    ("PRIVATE KEY", "a private key (PEM)", IMPORT),
    ("PUBLIC KEY", "a public key (PEM), which is no secret", None),
    ("X509 CRL", "a list of revoked certificates (PEM)", None),
    ("PKCS7", "a PKCS#7 file (PEM)", PKCS7),
    ("CMS", "a CMS file (PEM)", PKCS7),
];
const IMPORT: Option<&str> = Some("`credctl import FILE` imports it");
const PKCS7: Option<&str> =
    Some("`openssl pkcs7 -print_certs -in FILE` prints the certificates, which `credctl import -` reads");

/// Columns of the key that the AWS console gives.
const AWS: [&str; 2] = ["access key id", "secret access key"];

/// Names of columns that say that the first line is a header.
const COLUMNS: [&str; 22] = [
    "url",
    "username",
    "user name",
    "user",
    "login",
    "password",
    "title",
    "name",
    "notes",
    "note",
    "totp",
    "group",
    "account",
    "email",
    "website",
    "web site",
    "host",
    "uri",
    "folder",
    "type",
    "grouping",
    "extra",
];

impl Nature {
    /// Finds the nature of these bytes, if it can be said.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let named = |name: &'static str, hint| Self { name: name.into(), hint, encrypted: false };
        let trimmed = bytes.strip_prefix(super::encoding::MARK).unwrap_or(bytes).trim_ascii();
        if trimmed.is_empty() {
            return Some(named("empty", None));
        }
        let begins = |(start, ..): &&(&[u8], &str, _)| {
            trimmed.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start))
        };
        if let Some((_, name, hint)) = ENCRYPTED.iter().find(begins) {
            return Some(Self { encrypted: true, ..named(name, *hint) });
        }
        if trimmed.starts_with(b"PK\x03\x04")
            && trimmed[..trimmed.len().min(512)].windows(11).any(|own| own == b"export.data")
        {
            return Some(named("an export of 1Password in its format 1PUX", IMPORT));
        }
        if let Some((_, name, hint)) = BEGINNINGS.iter().find(begins) {
            return Some(named(name, *hint));
        }
        match std::str::from_utf8(trimmed) {
            Ok(text) => of_text(text),
            // the packets that OpenPGP messages begin with: a session key for somebody or a passphrase
            Err(_) if matches!(trimmed[0], 0x84..=0x87 | 0x8c..=0x8f | 0xc1 | 0xc3) => Some(Self {
                encrypted: true,
                ..named("a file encrypted by gpg", Some("`gpg -d FILE` decrypts it"))
            }),
            Err(_) => None,
        }
    }

    /// Returns true for a list of variables, which may have a line that is none.
    #[must_use]
    pub fn is_variables(&self) -> bool {
        self.name == VARIABLES
    }
}

fn of_text(text: &str) -> Option<Nature> {
    let named = |name: &'static str, hint| Nature { name: name.into(), hint, encrypted: false };
    let lines =
        || text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with(['#', ';']));
    if let Some(label) = text.strip_prefix("-----BEGIN ").and_then(|rest| rest.split("-----").next()) {
        let known = PEM.iter().find(|(end, ..)| label.ends_with(end));
        return Some(known.map_or(named("a PEM file", None), |(_, name, hint)| named(name, *hint)));
    }
    if text.len() > 1 && text.bytes().all(|b| b.is_ascii_digit() || b"+-._eE".contains(&b)) {
        return text.contains(|c: char| c.is_ascii_digit()).then(|| named("a number", None));
    }
    if lines().next().is_some_and(|line| line.starts_with("AGE-SECRET-KEY-")) {
        return Some(named("an age identity", None));
    }
    let is_section = |line: &str| line.starts_with('[') && line.ends_with(']') && !line.contains([',', '"']);
    if lines().next().is_some_and(is_section) && lines().any(|line| line.contains('=')) {
        return Some(named("an INI file", None));
    }
    let is_variable = |line: &str| {
        let name =
            line.strip_prefix("export ").unwrap_or(line).split_once('=').map(|(name, _)| name.trim_end());
        name.is_some_and(|name| {
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'.')
        })
    };
    if lines().next().is_some_and(is_variable) {
        return Some(named(VARIABLES, Some("`credctl import --format dotenv FILE` reads .env files")));
    }
    table(text)
}

/// Recognises a table of CSV or TSV. Only columns with an ordinary name are named: the first line may be no
/// header.
fn table(text: &str) -> Option<Nature> {
    let mut lines = text.lines();
    let header = lines.next()?;
    let second = lines.next();
    let hint =
        Some("`credctl import FILE --map title=COLUMN,username=COLUMN,password=COLUMN` reads it as it is");
    for (separator, name) in
        [(',', "a CSV table"), (';', "a CSV table with semicolons"), ('\t', "a TSV table")]
    {
        let cells: Vec<String> =
            header.split(separator).map(|cell| cell.trim().trim_matches('"').to_lowercase()).collect();
        if AWS.iter().all(|name| cells.iter().any(|cell| cell == name)) {
            let hint = Some("`credctl add Aws ID accessKeyId=KEYID secretAccessKey=-` adds the key");
            return Some(Nature { name: "an access key of the AWS console".into(), hint, encrypted: false });
        }
        let known: Vec<&str> =
            COLUMNS.into_iter().filter(|name| cells.iter().any(|cell| cell == name)).collect();
        if cells.len() > 1 && known.len() > 1 {
            let name = format!("{name} with the columns {}", known.join(", "));
            return Some(Nature { name: name.into(), hint, encrypted: false });
        }
        let separators = |line: &str| line.matches(separator).count();
        let is_regular = second.is_some_and(|second| separators(second) == separators(header));
        if cells.len() > 2
            && is_regular
            && !header.starts_with(['[', '{', '-', '"', '\'', '&', '!', '|', '>'])
        {
            return Some(Nature { name: name.into(), hint, encrypted: false });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::Nature;

    #[test]
    fn files_are_called_what_they_are() {
        let hint = |bytes: &[u8]| Nature::of(bytes).and_then(|nature| nature.hint).unwrap_or_default();
        assert!(hint(b"a,b,c\n1,2,3\n").contains("--map"));
        assert!(hint(b"PK\x03\x04\x14\0\x08").starts_with("`credctl import FILE`"));
        for (bytes, name) in [
            (&b"\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5\0\0"[..], "a KeePass database"),
            (b"age-encryption.org/v1\n-> X25519 \xff", "an age file"),
            (b"-----BEGIN AGE ENCRYPTED FILE-----\nYWdl", "an armored age file"),
            (b"-----BEGIN PGP MESSAGE-----\n\nhQ", "a file encrypted by gpg"),
            (b"\x85\x01\x0c\x03\xff\xfe", "a file encrypted by gpg"),
            (b"$ANSIBLE_VAULT;1.1;AES256\n3134", "a file encrypted by ansible-vault"),
            (b"PK\x03\x04\x14\0\x08", "a zip archive"),
            (b"\x1f\x8b\x08", "a gzip archive"),
            (b"-----BEGIN OPENSSH PRIVATE KEY-----\nb3", "a private key (PEM)"),
            (b"-----BEGIN CERTIFICATE-----\nMII", "a certificate (PEM)"),
            (b"-----BEGIN TRUSTED CERTIFICATE-----\nMII", "a certificate (PEM)"),
            (
                b"-----BEGIN NEW CERTIFICATE REQUEST-----\n",
                "a certificate request (PEM), which has no secret",
            ),
            (b"-----BEGIN RSA PUBLIC KEY-----\nMII", "a public key (PEM), which is no secret"),
            (b"-----BEGIN PKCS7-----\nMII", "a PKCS#7 file (PEM)"),
            (b"-----BEGIN DH PARAMETERS-----\nMII", "a PEM file"),
            (b"PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\n", "a private key of PuTTY"),
            (b"\xef\xbb\xbfAccess key ID,Secret access key\nAKIA,x\n", "an access key of the AWS console"),
            (b"# created: 2026\n# public key: age1x\nAGE-SECRET-KEY-1X\n", "an age identity"),
            (b"<!DOCTYPE html><html>", "an HTML page"),
            (b"<?xml version=\"1.0\"?><a/>", "an XML document"),
            (b"12345678901234567890123\n", "a number"),
            (b"\n \n", "empty"),
            (b"[default]\naws_access_key_id = A\n", "an INI file"),
            (b"# x\nexport A=b\n", "a list of variables"),
            (
                b"url,username,password,fav\nhttps://a,b,S-1,0\n",
                "a CSV table with the columns url, username, password",
            ),
            (b"\"Group\",\"Title\"\n", "a CSV table with the columns title, group"),
            (b"S-1,S-2,S-3\nS-4,S-5,S-6\n", "a CSV table"),
            (b"url\tpassword\n", "a TSV table with the columns url, password"),
        ] {
            assert_eq!(Nature::of(bytes).map(|nature| nature.name.into_owned()).as_deref(), Some(name));
        }
    }

    #[test]
    fn other_texts_are_called_nothing() {
        for text in
            ["a: b\n", "- a\n- b\n", "{\"a\": 1}", "[a, b, c]\n", "a, b: c\nd, e\n", "S-1\n", "a: [b\n"]
        {
            assert_eq!(Nature::of(text.as_bytes()), None, "{text}");
        }
    }
}
