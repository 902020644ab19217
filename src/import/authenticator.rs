//! Backups of authenticator apps in JSON, unencrypted: Aegis, andOTP and 2FAS.

use std::collections::HashMap;

use super::entries::Entries;
use super::format::{ImportFacts, ImportFormat};
use super::item::Import;
use super::json_text::list;
use super::lone_seed::LoneSeed;
use crate::credential::Violations;
use crate::otp::OtpParameters;
use crate::secret::Secret;
use crate::value::{Value, json};

pub(super) const AEGIS: ImportFormat = ImportFormat {
    name: "aegis",
    summary: "an unencrypted backup of Aegis",
    recognises: |text| {
        text.contains("\"db\"") && document(text).is_some_and(|document| aegis(&document).is_some())
    },
    read: |text, facts| read(text, facts, "must be a backup of Aegis, with db.entries", read_aegis),
};

pub(super) const ANDOTP: ImportFormat = ImportFormat {
    name: "andotp",
    summary: "an unencrypted backup of andOTP",
    recognises: |text| {
        text.contains("\"secret\"") && document(text).is_some_and(|document| andotp(&document).is_some())
    },
    read: |text, facts| read(text, facts, "must be a backup of andOTP: a list of entries", read_andotp),
};

pub(super) const TWOFAS: ImportFormat = ImportFormat {
    name: "2fas",
    summary: "an unencrypted backup of 2FAS",
    recognises: |text| {
        text.contains("\"services\"") && document(text).is_some_and(|document| twofas(&document).is_some())
    },
    read: |text, facts| read(text, facts, "must be a backup of 2FAS, with services", read_twofas),
};

fn document(text: &str) -> Option<Value> {
    text.trim_start().starts_with(['{', '[']).then(|| json::parse(text.as_bytes()).ok()).flatten()
}

fn read(
    text: &str,
    _: &ImportFacts<'_>,
    expected: &'static str,
    seeds: fn(&Value) -> Option<Vec<LoneSeed>>,
) -> Result<Import, Violations> {
    let document = json::parse(text.as_bytes());
    let document = document.map_err(|error| Violations::one("document", error.to_string()))?;
    let seeds = seeds(&document).ok_or_else(|| Violations::one("document", expected))?;
    let mut entries = Entries::default();
    for seed in seeds {
        seed.add_to(&mut entries);
    }
    Ok(entries.finish())
}

fn aegis(document: &Value) -> Option<&[Value]> {
    document.at(&["db", "entries"])?.as_list()
}

fn read_aegis(document: &Value) -> Option<Vec<LoneSeed>> {
    let groups = list(document.at(&["db", "groups"]));
    let groups: HashMap<&str, &str> = groups
        .iter()
        .filter_map(|group| Some((group.text_at(&["uuid"])?, group.text_at(&["name"])?)))
        .collect();
    let entry = |entry: &Value| {
        let part = AppEntry(entry);
        let mut seed = part.seed(&AppNames {
            kind: &["type"],
            secret: &["info", "secret"],
            algorithm: &["info", "algo"],
            digits: &["info", "digits"],
            period: &["info", "period"],
            counter: &["info", "counter"],
            issuer: &["issuer"],
            account: &["name"],
        });
        seed.notes = part.secret(&["note"]);
        if entry.at(&["icon"]).is_some_and(|icon| *icon != Value::Null) {
            seed.dropped.push("icon".to_owned());
        }
        let of_list = list(entry.at(&["groups"]));
        let ids = of_list.iter().filter_map(Value::as_text).map(Secret::expose);
        let named = ids.map(|id| groups.get(id).copied().unwrap_or(id)).chain(entry.text_at(&["group"]));
        seed.labels.extend(named.map(|name| ("group", name.to_owned())));
        if entry.at(&["favorite"]) == Some(&Value::Bool(true)) {
            seed.labels.push(("favorite", "true".to_owned()));
        }
        seed
    };
    Some(aegis(document)?.iter().map(entry).collect())
}

fn andotp(document: &Value) -> Option<&[Value]> {
    let entries = document.as_list()?;
    let is_entry =
        |entry: &Value| ["secret", "type", "label"].iter().all(|name| entry.text_at(&[name]).is_some());
    (!entries.is_empty() && entries.iter().all(is_entry)).then_some(entries)
}

fn read_andotp(document: &Value) -> Option<Vec<LoneSeed>> {
    let entry = |entry: &Value| {
        let mut seed = AppEntry(entry).seed(&AppNames {
            kind: &["type"],
            secret: &["secret"],
            algorithm: &["algorithm"],
            digits: &["digits"],
            period: &["period"],
            counter: &["counter"],
            issuer: &["issuer"],
            account: &["label"],
        });
        let tags = list(entry.at(&["tags"]));
        let tags = tags.iter().filter_map(Value::as_text);
        seed.labels.extend(tags.map(|tag| ("tag", tag.expose().to_owned())));
        seed
    };
    Some(andotp(document)?.iter().map(entry).collect())
}

fn twofas(document: &Value) -> Option<&[Value]> {
    document.at(&["schemaVersion"])?;
    document.at(&["services"])?.as_list()
}

fn read_twofas(document: &Value) -> Option<Vec<LoneSeed>> {
    let groups = list(document.at(&["groups"]));
    let groups: HashMap<&str, &str> = groups
        .iter()
        .filter_map(|group| Some((group.text_at(&["id"])?, group.text_at(&["name"])?)))
        .collect();
    let service = |service: &Value| {
        let part = AppEntry(service);
        let mut seed = part.seed(&AppNames {
            kind: &["otp", "tokenType"],
            secret: &["secret"],
            algorithm: &["otp", "algorithm"],
            digits: &["otp", "digits"],
            period: &["otp", "period"],
            counter: &["otp", "counter"],
            issuer: &["otp", "issuer"],
            account: &["otp", "account"],
        });
        if let Some(name) = service.text_at(&["name"]).filter(|name| !name.trim().is_empty()) {
            name.clone_into(&mut seed.title);
        }
        let group = service.text_at(&["groupId"]);
        seed.labels.extend(group.map(|id| ("group", groups.get(id).copied().unwrap_or(id).to_owned())));
        seed
    };
    Some(twofas(document)?.iter().map(service).collect())
}

/// The paths under which an app keeps the parameters of an entry.
struct AppNames {
    kind: &'static [&'static str],
    secret: &'static [&'static str],
    algorithm: &'static [&'static str],
    digits: &'static [&'static str],
    period: &'static [&'static str],
    counter: &'static [&'static str],
    issuer: &'static [&'static str],
    account: &'static [&'static str],
}

/// The parts of an entry.
struct AppEntry<'a>(&'a Value);

impl AppEntry<'_> {
    fn seed(&self, names: &AppNames) -> LoneSeed {
        let [algorithm, digits, period, counter, issuer, account] =
            [names.algorithm, names.digits, names.period, names.counter, names.issuer, names.account]
                .map(|path| self.text(path));
        // 2FAS leaves the type out where it is the usual one
        let kind = self.text(names.kind).unwrap_or_else(|| "totp".to_owned());
        let is_steam = kind.eq_ignore_ascii_case("steam");
        LoneSeed::of(&OtpParameters {
            algorithm: algorithm.as_deref(),
            // Steam's codes have a form of their own, whatever number is there
            digits: digits.as_deref().filter(|_| !is_steam),
            period: period.as_deref(),
            counter: counter.as_deref(),
            issuer: issuer.as_deref(),
            account: account.as_deref(),
            ..OtpParameters::new(&kind, &self.secret(names.secret).unwrap_or_else(|| Secret::from("")))
        })
    }

    fn secret(&self, path: &[&str]) -> Option<Secret> {
        self.0.at(path)?.as_text().cloned()
    }

    /// Returns a text or a whole number as text.
    fn text(&self, path: &[&str]) -> Option<String> {
        match self.0.at(path)? {
            Value::Text(text) => Some(text.expose().to_owned()),
            Value::Number(number) => Some(number.as_u64()?.to_string()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::import::tests::{read, recognised, shown};

    #[test]
    fn a_backup_of_aegis() {
        let text = r#"{"version":1,"header":{"slots":null,"params":null},"db":{"version":3,"entries":[
            {"type":"totp","uuid":"u1","name":"me","issuer":"ACME","note":"codes","favorite":true,"icon":null,
             "info":{"secret":"GEZDGNBVGY3TQOJQ","algo":"SHA256","digits":8,"period":60},"groups":["g1"]},
            {"type":"hotp","uuid":"u2","name":"vpn","issuer":"","note":"","icon":"aWNvbg==","group":"Work",
             "info":{"secret":"GEZDGNBVGY3TQOJQ","algo":"SHA1","digits":6,"counter":5}},
            {"type":"steam","name":"gamer","issuer":"Steam",
             "info":{"secret":"GEZDGNBVGY3TQOJQ","algo":"SHA1","digits":5,"period":30}},
            {"type":"motp","name":"old","issuer":"Old","info":{"secret":"GEZDGNBV","digits":6,"period":10}}],
            "groups":[{"uuid":"g1","name":"Home"}]}}"#;
        assert_eq!(recognised(text), Some("aegis"));
        assert_eq!(
            shown(&read("aegis", text)),
            [
                "otp ACME {name: ACME, labels: [{name: group, value: Home}, {name: favorite, value: true}], \
                 totp: otpauth://totp/ACME:me?secret=GEZDGNBVGY3TQOJQ&issuer=ACME&algorithm=SHA256&digits=8\
                 &period=60, username: me, issuer: ACME, notes: codes}",
                "otp vpn {name: vpn, labels: [{name: group, value: Work}], \
                 totp: otpauth://hotp/vpn?secret=GEZDGNBVGY3TQOJQ&counter=5, username: vpn} dropped icon",
                "otp Steam {name: Steam, \
                 totp: otpauth://totp/Steam:gamer?secret=GEZDGNBVGY3TQOJQ&issuer=Steam&encoder=steam, \
                 username: gamer, issuer: Steam}",
                "Old: totp: must be of the type `totp`, `hotp` or `steam`",
            ]
        );
    }

    #[test]
    fn a_backup_of_andotp() {
        let text = r#"[{"secret":"GEZDGNBVGY3TQOJQ","issuer":"ACME","label":"me","digits":6,"type":"TOTP",
            "algorithm":"SHA1","thumbnail":"Default","last_used":1,"used_frequency":0,"period":30,"tags":["x"]}]"#;
        assert_eq!(recognised(text), Some("andotp"));
        assert_eq!(
            shown(&read("andotp", text)),
            ["otp ACME {name: ACME, labels: [{name: tag, value: x}], \
                 totp: otpauth://totp/ACME:me?secret=GEZDGNBVGY3TQOJQ&issuer=ACME, username: me, issuer: ACME}"]
        );
        assert_eq!(recognised(r#"[{"secret":"a","type":"TOTP"}]"#), None);
    }

    #[test]
    fn a_backup_of_2fas() {
        let text = r#"{"services":[{"name":"ACME","secret":"GEZDGNBVGY3TQOJQ","groupId":"g",
            "otp":{"account":"me","issuer":"acme.example","digits":6,"period":30,"algorithm":"SHA1",
                   "tokenType":"TOTP","counter":0},"order":{"position":0}},
            {"name":"bare","secret":"GEZDGNBVGY3TQOJQ","otp":{}}],
            "groups":[{"id":"g","name":"Home","isExpanded":true}],"schemaVersion":4}"#;
        assert_eq!(recognised(text), Some("2fas"));
        assert_eq!(
            shown(&read("2fas", text)),
            [
                "otp ACME {name: ACME, labels: [{name: group, value: Home}], \
                 totp: otpauth://totp/acme.example:me?secret=GEZDGNBVGY3TQOJQ&issuer=acme.example, \
                 username: me, issuer: acme.example}",
                "otp bare {name: bare, totp: otpauth://totp/?secret=GEZDGNBVGY3TQOJQ}",
            ]
        );
    }
}
