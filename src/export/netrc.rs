//! Logins as curl, git and Python read them from `~/.netrc`.

use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};
use std::io::{self, Write};

use super::format::{ExportData, ExportFormat, ExportOptions, ExportReport};
use super::variables::backslashed;
use crate::credential::Credential;
use crate::secret::Secret;
use crate::site::{Site, Sites};
use crate::value::{Object, Value};

pub(super) const FORMAT: ExportFormat = ExportFormat { name: "netrc", summary: "logins for ~/.netrc", write };

/// The tag that says which machine a login is for.
const HOST: &str = "host";

fn write(
    selection: &ExportData<'_>,
    options: &ExportOptions<'_>,
    report: &mut ExportReport,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (mut taken, fingerprint) = (HashSet::new(), RandomState::new());
    for credential in selection.credentials.iter() {
        let credential = credential?;
        let fields = credential.stored_fields(options.secrets);
        let entry = entry(&credential, &fields).and_then(|entry| {
            let key = fingerprint.hash_one((&entry.machine, entry.login));
            // readers differ in which of two alike they take
            if taken.insert(key) { Ok(entry) } else { Err(entry.is_another()) }
        });
        match entry {
            Ok(entry) => {
                report.dropped_with_ours(&credential, &[]);
                tell(&credential, &fields, &entry.machine, report);
                entry.write(out)?;
            }
            Err(why) => report.fail(&credential, why),
        }
    }
    Ok(())
}

/// Reports what readers may not see.
fn tell(credential: &Credential, fields: &Object, machine: &str, report: &mut ExportReport) {
    let id = credential.id();
    if Site::parse(machine).is_some_and(|site| site.names_port()) {
        let what = "many programs do not know ports in a netrc and skip it";
        report.notices.push(format!("{id}: the login is for {machine}; {what}"));
    }
    let left = |name: &&str| !matches!(*name, "username" | "password");
    let left: Vec<&str> = fields.iter().map(|(name, _)| name).filter(left).collect();
    if !left.is_empty() {
        report.notices.push(format!("{id}: {} left out", left.join(", ")));
    }
}

/// One login, whose words can be written.
struct NetrcEntry<'a> {
    machine: String,
    login: &'a str,
    words: Vec<(&'static str, &'a str)>,
}

fn entry<'a>(credential: &Credential, fields: &'a Object) -> Result<NetrcEntry<'a>, String> {
    let kind = credential.kind();
    if kind.password != Some("password") || kind.field("username").is_none() {
        return Err(format!("{} is not a login", kind.name));
    }
    let machine = machine(credential);
    check("the host", &machine)?;
    let field = |name: &str| fields.get(name).and_then(Value::as_text).map(Secret::expose);
    let mut words = Vec::new();
    for (name, field_name) in [("login", "username"), ("password", "password")] {
        if let Some(value) = field(field_name) {
            check(field_name, value)?;
            words.push((name, value));
        }
    }
    Ok(NetrcEntry { machine, login: field("username").unwrap_or_default(), words })
}

impl NetrcEntry<'_> {
    fn is_another(&self) -> String {
        format!("there is another login for {} with this user name", self.machine)
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"machine ")?;
        word(&self.machine, out)?;
        for (name, value) in &self.words {
            write!(out, "\n  {name} ")?;
            word(value, out)?;
        }
        out.write_all(b"\n\n")
    }
}

/// Returns the machine that a login is for: its host, with the port that its `url` names, or the host of its first
/// address, or else its id.
fn machine(credential: &Credential) -> String {
    let tags = &credential.head().envelope.tags;
    let Some(host) = tags.get(HOST).and_then(Value::as_text).map(Secret::expose) else {
        let place = Sites::of(credential.fields(), &Object::new()).place();
        return place.unwrap_or_else(|| credential.id().to_owned());
    };
    // a host with a port of its own needs none from the url
    let site = Site::parse(host).filter(|site| !site.names_port());
    let url = site.and_then(|site| Sites::of_credential(credential).own_port(&site).map(Site::authority));
    url.unwrap_or_else(|| host.to_owned())
}

/// Fails if line breaks are in a word, because no reader takes them.
fn check(name: &str, text: &str) -> Result<(), String> {
    if text.contains(|c: char| c.is_control() && c != '\t') {
        return Err(format!(
            "{name} has line breaks or control characters in it, which a netrc cannot contain"
        ));
    }
    Ok(())
}

/// Writes a word, in quotes if it would not be one otherwise.
fn word(text: &str, out: &mut dyn Write) -> io::Result<()> {
    // a `#` is not among them: some readers begin a comment at it
    let plain = |c: char| c.is_alphanumeric() || "-_./:@%+=,~^*!?&()[]{}<>|$;".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return out.write_all(text.as_bytes());
    }
    out.write_all(b"\"")?;
    backslashed(text, &['"', '\\'], out)?;
    out.write_all(b"\"")
}

#[cfg(test)]
mod tests {
    use super::super::tests::{failures_of, text_of};

    #[test]
    fn logins_are_told_by_their_host_or_id() {
        let one = r#"{"type":"login","id":"a","username":"CORP\\me","password":"p \"x\" #","tags":{"host":"h.example"}}"#;
        let two = r#"{"type":"login","id":"b","username":"u@x","password":"p$%"}"#;
        assert_eq!(
            text_of("netrc", &[one, two]),
            "machine h.example\n  login \"CORP\\\\me\"\n  password \"p \\\"x\\\" #\"\n\n\
             machine b\n  login u@x\n  password p$%\n\n"
        );
    }

    #[test]
    fn a_login_for_a_port_is_for_no_other() {
        for tags in [
            r#""host":"h.example","url":"https://h.example:8443/x""#,
            r#""host":"h.example:8443","url":"https://h.example:8443/x""#,
        ] {
            let login =
                format!(r#"{{"type":"login","id":"a","username":"u","password":"p","tags":{{{tags}}}}}"#);
            assert_eq!(text_of("netrc", &[&login]), "machine h.example:8443\n  login u\n  password p\n\n");
        }
        let usual = r#"{"type":"login","id":"a","username":"u","password":"p","tags":{"host":"h","url":"https://h:443"}}"#;
        assert!(text_of("netrc", &[usual]).starts_with("machine h\n"));
    }

    #[test]
    fn what_no_reader_takes_fails() {
        let newline = r#"{"type":"login","id":"n","username":"u","password":"a\nb"}"#;
        let first = r#"{"type":"login","id":"h","username":"u","password":"p"}"#;
        let again = r#"{"type":"login","id":"i","username":"u","password":"q","tags":{"host":"h"}}"#;
        let other = r#"{"type":"Simple","id":"s","value":"v"}"#;
        assert_eq!(failures_of("netrc", &[newline, first, again, other]), ["n", "i", "s"]);
    }
}
