use super::{ImportEntry, host, place};
use crate::import::entries::Entries;
use crate::import::tests::{read, shown};
use crate::secret::Secret;

#[test]
fn seeds_are_secret_whatever_shows_them() {
    for text in [
        "otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ",
        "OTPAUTH://totp/x?secret=GEZDGNBVGY3TQOJQ",
        " OtpAuth://hotp/x?secret=GEZDGNBVGY3TQOJQ&counter=1",
        "steam://GEZDGNBVGY3TQOJQ",
        "STEAM://GEZDGNBVGY3TQOJQ",
        "otpauth-migration://offline?data=CjEKCkhlbGxvId6tvu8%3D",
        "OTPAUTH-MIGRATION://offline?data=CjEKCkhlbGxvId6tvu8%3D",
    ] {
        let mut entry = ImportEntry::default();
        entry.shown("site", Some(text.into()));
        entry.shown("plan", Some("otpauth is on".into()));
        assert_eq!(entry.values.iter().map(|one| one.is_secret).collect::<Vec<_>>(), [true, false], "{text}");
    }
}

#[test]
fn seeds_are_no_addresses_tags_hosts_or_titles() {
    for seed in ["steam://GEZDGNBVGY3TQOJQ", "OTPAUTH://totp/x?secret=GEZDGNBVGY3TQOJQ"] {
        let mut entries = Entries::default();
        entries.add(ImportEntry {
            username: Some("u".into()),
            password: Some("p".into()),
            urls: vec![seed.into(), "https://a.example".into()],
            tags: vec![("type".into(), seed.into())],
            ..ImportEntry::default()
        });
        let own = format!(
            "custom: [{{name: url, value: {seed}, secret: true}}, {{name: type, value: {seed}, secret: true}}]"
        );
        assert_eq!(
            shown(&entries.finish()),
            [format!("UsernamePassword entry {{url: [https://a.example], username: u, password: p, {own}}}")]
        );
    }
}

#[test]
fn seeds_in_the_fields_and_addresses_of_any_program_are_secret() {
    let seed = "STEAM://GEZDGNBVGY3TQOJQ";
    let bitwarden = format!(
        r#"{{"encrypted":false,"items":[{{"type":1,"name":"a","fields":[{{"name":"x","value":"{seed}","type":0}}],
            "login":{{"uris":[{{"uri":"{seed}"}}],"username":"u","password":"p"}}}}]}}"#
    );
    let keepass = format!(
        "<KeePassFile><Root><Group><Name>Root</Name><Entry><String><Key>Password</Key><Value>p</Value></String>\
         <String><Key>x</Key><Value>{seed}</Value></String><String><Key>URL</Key><Value>{seed}</Value></String>\
         </Entry></Group></Root></KeePassFile>"
    );
    for (format, text) in [
        ("bitwarden", bitwarden),
        ("keepass-xml", keepass),
        ("csv", format!("name,url,username,password,x,type\n,{seed},u,p,{seed},{seed}\n")),
        ("chrome-csv", format!("name,url,username,password\n,{seed},u,p\n")),
    ] {
        let all = shown(&read(format, &text));
        let [one] = &all[..] else { panic!("{format}: {all:?}") };
        let secret = one.replace(&format!("value: {seed}, secret: true"), "");
        assert!(one.contains(seed) && !secret.contains("GEZD"), "{format}: {one}");
    }
}

#[test]
fn hosts_are_found_in_addresses() {
    for (url, expected_host, expected_place) in [
        ("https://a.example:8443/x?y@z", Some("a.example"), Some("a.example:8443")),
        ("https://a.example:443/x", Some("a.example"), Some("a.example")),
        ("http://a.example:80", Some("a.example"), Some("a.example")),
        ("http://a.example:443", Some("a.example"), Some("a.example:443")),
        ("https://a.example:8443/with blank", Some("a.example"), Some("a.example:8443")),
        ("https://u:p@a.example/", Some("a.example"), Some("a.example")),
        ("a.example:5000/x", Some("a.example"), Some("a.example:5000")),
        ("a.example:/x", Some("a.example"), Some("a.example")),
        ("https://[::1]:80/", Some("[::1]"), Some("[::1]:80")),
        ("", None, None),
        ("no host", None, None),
        ("steam://GEZDGNBVGY3TQOJQ", None, None),
    ] {
        assert_eq!((host(url), place(url).as_deref()), (expected_host, expected_place), "{url}");
    }
}

#[test]
fn a_mail_address_is_a_user_name_only_beside_a_password() {
    let told = |username: Option<&str>, password: Option<&str>, at: Option<usize>| {
        let mut entry = ImportEntry {
            username: username.map(Secret::from),
            password: password.map(Secret::from),
            ..ImportEntry::default()
        };
        entry.shown("phone", Some("1".into()));
        entry.shown("email", Some("m@a.example".into()));
        entry.mail_as_username(at);
        let names: Vec<_> = entry.values.iter().map(|value| value.name.clone()).collect();
        (entry.username.map(|name| name.expose().to_owned()), names.join(" "))
    };
    let mail = Some("m@a.example".to_owned());
    assert_eq!(told(None, Some("p"), Some(1)), (mail, "phone".to_owned()));
    for (username, password, at) in [
        (None, None, Some(1)),
        (Some("u"), Some("p"), Some(1)),
        (None, Some("p"), None),
        (None, Some("p"), Some(2)),
    ] {
        let expected = (username.map(str::to_owned), "phone email".to_owned());
        assert_eq!(told(username, password, at), expected);
    }
}
