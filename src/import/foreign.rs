//! Files of other programs that cannot be imported, above all ciphertext: the name of each, and the command
//! that makes a file of it that can be imported.

use crate::text::Nature;
use crate::value::{Object, Value, json};

/// Recognises a text whose values are encrypted, or that another program writes for itself only.
#[must_use]
pub fn foreign(text: &str) -> Option<Nature> {
    let text = text.trim_start_matches('\u{feff}').trim();
    // before JSON: each entry is an object, with this line between them
    if text.contains(SEPARATOR_1PIF) {
        return Some(plain("an export of 1Password in its format 1PIF", CSV_1PASSWORD));
    }
    if text.starts_with('{') {
        return of_json(text);
    }
    // a list in JSON, or a section of an INI file
    let first = text.lines().next().unwrap_or_default().trim_end();
    let is_section = first.ends_with(']') && !first.contains(['{', '"', ',']);
    if text.starts_with('[') && !is_section { None } else { of_lines(text) }
}

/// Recognises a folder that is no store of pass, by the ending of its name.
#[must_use]
pub fn foreign_folder(ending: &str) -> Option<Nature> {
    match ending {
        "opvault" | "agilekeychain" => Some(encrypted("a vault of 1Password", CSV_1PASSWORD)),
        "1pif" => Some(plain("an export of 1Password in its format 1PIF", CSV_1PASSWORD)),
        _ => None,
    }
}

const CSV_1PASSWORD: &str = "export the vault as CSV in 1Password";
const SEPARATOR_1PIF: &str = "***5642bee8-a5ff-11dc-8314-0800200c9a66***";
const SOPS: (&str, &str) = ("a file encrypted by sops", "`sops decrypt FILE` prints it");
const BITWARDEN: &str = "export the vault as .json, not as .json (encrypted)";
const SEALED: (&str, &str) = (
    "a SealedSecret, which only its cluster can decrypt",
    "`kubectl get secret NAME -o yaml` shows the secret there",
);

fn encrypted(name: &'static str, hint: &'static str) -> Nature {
    Nature { name: name.into(), hint: Some(hint), encrypted: true }
}

fn plain(name: &'static str, hint: &'static str) -> Nature {
    Nature { name: name.into(), hint: Some(hint), encrypted: false }
}

/// Members of which every document that is recognised here has one. Only a document with one is read a second
/// time.
const WORDS: [&str; 11] = [
    "\"sops\"",
    "\"encrypted\"",
    "\"_public_key\"",
    "\"SealedSecret\"",
    "\"encryptedPassword\"",
    "\"servicesEncrypted\"",
    "\"header\"",
    "\"vault\"",
    "\"records\"",
    "\"AUTHENTIFIANT\"",
    "\"encrypted_data\"",
];

fn of_json(text: &str) -> Option<Nature> {
    if !WORDS.iter().any(|word| text.contains(word)) {
        return None;
    }
    let Ok(Value::Object(document)) = json::parse(text.as_bytes()) else { return None };
    let has = |name: &str| document.get(name).is_some();
    let is = |name: &str, value: &str| {
        document.get(name).and_then(Value::as_text).is_some_and(|own| own.expose() == value)
    };
    let says = |name: &str| document.get(name) == Some(&Value::Bool(true));
    if has("sops") && text.contains("ENC[") {
        return Some(encrypted(SOPS.0, SOPS.1));
    }
    if says("passwordProtected") && has("data") {
        return Some(encrypted("an export of Bitwarden that is encrypted with a password", BITWARDEN));
    }
    if says("encrypted") && ["items", "data", "encKeyValidation_DO_NOT_EDIT"].into_iter().any(has) {
        return Some(encrypted(
            "an export of Bitwarden that is encrypted with the key of its account",
            BITWARDEN,
        ));
    }
    if has("_public_key") && text.contains("\"EJ[1:") {
        return Some(encrypted("a file encrypted by ejson", "`ejson decrypt FILE` prints it"));
    }
    if is("kind", "SealedSecret") {
        return Some(encrypted(SEALED.0, SEALED.1));
    }
    if has("logins") && text.contains("\"encryptedPassword\"") {
        return Some(encrypted("the store of Firefox", "export the passwords as CSV from about:logins"));
    }
    if has("servicesEncrypted") {
        return Some(encrypted("an encrypted backup of 2FAS", "export the backup without a password"));
    }
    if has("header") && document.get("db").is_some_and(|db| db.as_text().is_some()) {
        return Some(encrypted("an encrypted backup of Aegis", "export the backup without a password"));
    }
    if document.iter().any(|(_, value)| value.at(&["encrypted_data"]).is_some()) {
        return Some(encrypted("an encrypted data bag of Chef", "`knife data bag show` decrypts it"));
    }
    if is("credctl", "vault") {
        let hint = "`credctl --vault FILE export` writes what import reads";
        return Some(plain("the text of a credctl vault", hint));
    }
    of_managers(&document)
}

/// Recognises exports in JSON of password managers that also export CSV.
fn of_managers(document: &Object) -> Option<Nature> {
    let has = |name: &str| document.get(name).is_some();
    let first = |list: &str| document.get(list)?.as_list()?.first()?.as_object();
    if has("AUTHENTIFIANT") {
        return Some(plain("an export of Dashlane in JSON", "export the vault as CSV in Dashlane"));
    }
    let is_record = |record: &Object| ["login_url", "$type"].iter().any(|name| record.get(name).is_some());
    first("records")
        .is_some_and(is_record)
        .then(|| plain("an export of Keeper in JSON", "export the records as CSV with a header in Keeper"))
}

/// The beginnings of encrypted values, each with the name of a file that has such values and the command that
/// decrypts it.
const VALUES: [(&str, &str, &str); 8] = [
    ("ENC[AES256_GCM,", SOPS.0, SOPS.1),
    ("ENC[PKCS7,", "a file encrypted by hiera-eyaml", "`eyaml decrypt -f FILE` prints it"),
    ("ENC[GPG,", "a file encrypted by hiera-eyaml", "`eyaml decrypt -f FILE` prints it"),
    ("ENC(", "a file with values encrypted by jasypt", "decrypt the values first"),
    ("encrypted:", "a file encrypted by dotenvx", "`dotenvx decrypt --stdout` prints it"),
    ("vault:v", "a file with values encrypted by Vault", "`vault write transit/decrypt/KEY` decrypts them"),
    ("{cipher}", "a file with values encrypted by Spring", "decrypt the values first"),
    ("U2FsdGVkX1", "a file with values encrypted by openssl", "`openssl enc -d -a` decrypts them"),
];
const ANSIBLE: (&str, &str) =
    ("a file with values encrypted by ansible-vault", "`ansible-vault view FILE` decrypts them");

fn of_lines(text: &str) -> Option<Nature> {
    let first = text.lines().next().unwrap_or_default();
    // these two are one line and nothing else
    if text.len() == first.len() {
        let parts: Vec<&str> = first.split("--").collect();
        // Rails writes the text, the IV and the tag, with `--` between them
        if parts.len() == 3 && parts.iter().all(|part| is_base64(part)) {
            return Some(encrypted("the credentials of Rails", "`bin/rails credentials:show` decrypts them"));
        }
        // `{"iv":` in base64
        if first.starts_with("eyJpdiI6") && is_base64(first) {
            return Some(encrypted("a file encrypted by Laravel", "`php artisan env:decrypt` decrypts it"));
        }
    }
    // `Salted__` in base64
    if first.starts_with("U2FsdGVkX1") {
        return Some(encrypted("a file encrypted by openssl", "`openssl enc -d -a` decrypts it"));
    }
    if ["var profile={", "ld({", "loadFolders("].iter().any(|start| first.starts_with(start)) {
        return Some(encrypted("a part of a vault of 1Password", CSV_1PASSWORD));
    }
    let bare = |line: &str| line.trim_end().replace(['"', '\''], "");
    if text.lines().any(|line| line.starts_with("kind:") && bare(line).ends_with("SealedSecret")) {
        return Some(encrypted(SEALED.0, SEALED.1));
    }
    // without the tag the whole file would be encrypted, which is recognised elsewhere
    let is_tagged = text.contains("!vault");
    text.lines().map(str::trim).find_map(|line| {
        if is_tagged && line.starts_with("$ANSIBLE_VAULT;") {
            return Some(encrypted(ANSIBLE.0, ANSIBLE.1));
        }
        let (value, separator) = value_of(line)?;
        let (start, name, hint) = VALUES.iter().find(|(start, ..)| value.starts_with(start))?;
        let rest = &value[start.len()..];
        let is_one = match *start {
            // a text of Aspire begins so too, but it stands in no list of variables
            "encrypted:" => separator == '=' && rest.len() >= 16 && is_base64(rest),
            "vault:v" => rest.starts_with(|c: char| c.is_ascii_digit()) && rest.contains(':'),
            "ENC(" => rest.ends_with(')'),
            _ => true,
        };
        is_one.then(|| encrypted(name, hint))
    })
}

fn is_base64(text: &str) -> bool {
    text.len() >= 8 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte))
}

/// Returns the value of a line `NAME=VALUE` or `NAME: VALUE`, without quotes, and the separator before it.
fn value_of(line: &str) -> Option<(&str, char)> {
    let line = line.strip_prefix("export ").unwrap_or(line);
    let line = line.strip_prefix("- ").unwrap_or(line);
    let at = line.find(['=', ':'])?;
    let (name, value) = line.split_at(at);
    let is_name = |c: char| c.is_alphanumeric() || "_-. \"'".contains(c);
    if !name.chars().all(is_name) {
        return None;
    }
    let separator = value.chars().next()?;
    Some((value[1..].trim().trim_matches(['"', '\'']), separator))
}

#[cfg(test)]
mod tests {
    use super::{foreign, foreign_folder};

    #[test]
    fn ciphertext_is_called_by_its_program() {
        for (text, name) in [
            (
                "TOKEN=ENC[AES256_GCM,data:abc,iv:x]\nsops_mac=ENC[AES256_GCM,data:x]\nsops_version=3.9\n",
                "encrypted by sops",
            ),
            ("[db]\npassword = ENC[AES256_GCM,data:abc]\n[sops]\nmac = x\n", "encrypted by sops"),
            ("db:\n    password: ENC[AES256_GCM,data:x]\nsops:\n    mac: x\n", "encrypted by sops"),
            ("- ENC: x\n- a: \"ENC[AES256_GCM,data:x]\"\n", "encrypted by sops"),
            (r#"{"a":"ENC[AES256_GCM,data:x]","sops":{"mac":"x"}}"#, "encrypted by sops"),
            (
                r#"{"encrypted":true,"passwordProtected":true,"salt":"x","data":"2.a|b"}"#,
                "Bitwarden that is encrypted with a password",
            ),
            (
                r#"{"encrypted": true, "encKeyValidation_DO_NOT_EDIT":"x","items":[]}"#,
                "the key of its account",
            ),
            (r#"{"_public_key":"x","a":"EJ[1:x]"}"#, "ejson"),
            (
                "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nspec:\n  encryptedData:\n    a: Ag\n",
                "SealedSecret",
            ),
            (r#"{"kind":"SealedSecret","spec":{}}"#, "SealedSecret"),
            (
                "#/---\nDOTENV_PUBLIC_KEY=\"03ab\"\nTOKEN=\"encrypted:BDqDBibm4wsYqMpCjTQ6BsDHmMadg9K3\"\n",
                "dotenvx",
            ),
            ("TOKEN=vault:v1:AbCd\n", "Vault"),
            ("a: ENC[PKCS7,Mii]\n", "hiera-eyaml"),
            ("spring.password={cipher}AQ\n", "Spring"),
            ("a: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  3134\n", "ansible-vault"),
            ("aGVsbG8gd29ybGQ=--aGVsbG8gdw==--aGVsbG8gdw==\n", "Rails"),
            ("U2FsdGVkX1+abc\n", "openssl"),
            (r#"{"nextId":2,"logins":[{"hostname":"h","encryptedPassword":"x"}]}"#, "Firefox"),
            (r#"{"version":1,"header":{"slots":[]},"db":"x"}"#, "Aegis"),
            (r#"{"services":[],"servicesEncrypted":"x"}"#, "2FAS"),
            ("var profile={\"salt\":\"x\"};", "1Password"),
        ] {
            let nature = foreign(text).unwrap_or_else(|| panic!("{text}"));
            assert!(nature.encrypted && nature.name.contains(name), "{text}: {nature:?}");
        }
        assert!(foreign_folder("opvault").is_some_and(|nature| nature.encrypted));
    }

    #[test]
    fn other_exports_are_called_by_their_program() {
        for (text, name) in [
            ("{\"uuid\":\"x\"}\n***5642bee8-a5ff-11dc-8314-0800200c9a66***\n", "1PIF"),
            (r#"{"AUTHENTIFIANT":[]}"#, "Dashlane"),
            (r#"{"records":[{"$type":"login","title":"t"}]}"#, "Keeper"),
            (r#"{"credctl":"vault","version":1}"#, "credctl vault"),
        ] {
            let nature = foreign(text).unwrap_or_else(|| panic!("{text}"));
            assert!(!nature.encrypted && nature.name.contains(name), "{text}: {nature:?}");
        }
        assert_eq!(foreign_folder("git"), None);
    }

    #[test]
    fn what_only_speaks_of_ciphertext_is_left_alone() {
        for text in [
            "A=b\n# ENC[AES256_GCM,data:x]\n",
            "NOTE=see ENC[AES256_GCM,data:x]\n",
            "A=encrypted:no\n",
            "password: encrypted:8DBA0123456789abcdef\n",
            r#"{"id":"a","type":"Simple","value":"ENC[AES256_GCM,data:x]"}"#,
            r#"{"credctl":"export","version":1,"credentials":[{"id":"sops","fields":{"value":"ENC["}}]}"#,
            r#"{"encrypted":false,"items":[]}"#,
            "vault:\n  url: x\n",
        ] {
            assert_eq!(foreign(text), None, "{text}");
        }
    }
}
