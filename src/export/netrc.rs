//! Logins as curl, git and Python read them from `~/.netrc`.

use std::collections::HashSet;

use zeroize::Zeroizing;

use super::format::{ExportData, ExportFormat, ExportOptions, ExportReport};
use crate::credential::Credential;
use crate::secret::{Buffer, Secret};
use crate::site::{Site, Sites};
use crate::value::Value;

pub(super) const FORMAT: ExportFormat = ExportFormat { name: "netrc", summary: "logins for ~/.netrc", write };

/// The tag that says which machine a login is for.
const HOST: &str = "host";

fn write(
    selection: &ExportData<'_>,
    options: &ExportOptions<'_>,
    report: &mut ExportReport,
) -> Zeroizing<Vec<u8>> {
    let mut out = Buffer::with_capacity(4096);
    let mut taken = HashSet::new();
    for credential in &selection.credentials {
        match entry(credential, options.secrets, &mut taken) {
            Ok(entry) => {
                report.dropped(credential, &[]);
                let machine = machine(credential);
                if Site::parse(&machine).is_some_and(|site| site.names_port()) {
                    let id = credential.id();
                    let what = "many programs do not know ports in a netrc and skip it";
                    report.notices.push(format!("{id}: the login is for {machine}; {what}"));
                }
                let fields = credential.stored_fields(options.secrets);
                let left = |name: &&str| !matches!(*name, "username" | "password");
                let left: Vec<&str> = fields.iter().map(|(name, _)| name).filter(left).collect();
                if !left.is_empty() {
                    report.notices.push(format!("{}: {} left out", credential.id(), left.join(", ")));
                }
                out.extend(&entry.into_bytes());
            }
            Err(why) => report.fail(credential, why),
        }
    }
    out.into_bytes()
}

fn entry(
    credential: &Credential,
    secrets: bool,
    taken: &mut HashSet<(String, String)>,
) -> Result<Buffer, String> {
    let kind = credential.kind();
    if kind.password != Some("password") || kind.field("username").is_none() {
        return Err(format!("{} is not a login", kind.name));
    }
    let machine = machine(credential);
    let fields = credential.stored_fields(secrets);
    let mut out = Buffer::with_capacity(256);
    out.push("machine ");
    word("the host", &machine, &mut out)?;
    for (name, field) in [("login", "username"), ("password", "password")] {
        if let Some(value) = fields.get(field).and_then(Value::as_text) {
            out.push(&format!("\n  {name} "));
            word(field, value.expose(), &mut out)?;
        }
    }
    out.push("\n\n");
    let login = fields.get("username").and_then(Value::as_text).map_or("", |login| login.expose());
    // readers differ in which of two alike they take
    if !taken.insert((machine.clone(), login.to_owned())) {
        return Err(format!("there is another login for {machine} with this user name"));
    }
    Ok(out)
}

/// Returns the machine that a login is for: its host, with the port that its `url` names, or else its id.
fn machine(credential: &Credential) -> String {
    let tags = &credential.head().envelope.tags;
    let Some(host) = tags.get(HOST).and_then(Value::as_text).map(Secret::expose) else {
        return credential.id().to_owned();
    };
    // a host with a port of its own needs none from the url
    let site = Site::parse(host).filter(|site| !site.names_port());
    let url = site.and_then(|site| Sites::of(tags).own_port(&site).map(Site::authority));
    url.unwrap_or_else(|| host.to_owned())
}

/// Writes a word, in quotes if it would not be one otherwise. Fails if line breaks are in it, because no reader
/// takes them.
fn word(name: &str, text: &str, out: &mut Buffer) -> Result<(), String> {
    if text.contains(|c: char| c.is_control() && c != '\t') {
        return Err(format!(
            "{name} has line breaks or control characters in it, which a netrc cannot contain"
        ));
    }
    // a `#` is not among them: some readers begin a comment at it
    let plain = |c: char| c.is_alphanumeric() || "-_./:@%+=,~^*!?&()[]{}<>|$;".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        out.push(text);
        return Ok(());
    }
    out.push("\"");
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            out.push("\\");
        }
        out.push_char(c);
    }
    out.push("\"");
    Ok(())
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
