//! Profiles of the AWS tools: keys, region and endpoint in `~/.aws/config` and `~/.aws/credentials`, and the
//! program in `credential_process`. It has no code for roles and single sign-on; a `credential_process` that
//! calls `aws configure export-credentials` has it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use credctl::disk::{FileError, read_named};
use credctl::remote::{EngineFailure, FailureKind};
use credctl::secret::Secret;
use credctl::value::json;

use super::process::output_of;

/// The most bytes of a file of the AWS tools.
const LIMIT: u64 = 1024 * 1024;

/// Keys for S3.
#[derive(Debug)]
pub struct AwsKeys {
    /// The id of the key.
    pub id: String,
    /// The key.
    pub secret: Secret,
    /// The token of a session.
    pub token: Option<Secret>,
}

/// The settings of one profile.
#[derive(Debug, Default)]
pub struct AwsProfile {
    /// Its keys, if it has any.
    pub keys: Option<AwsKeys>,
    /// The region of its buckets.
    pub region: Option<String>,
    /// The address of its server.
    pub endpoint: Option<String>,
}

/// Members that the AWS tools take keys from, and this helper does not.
const ELSEWHERE: [&str; 4] = ["role_arn", "sso_session", "sso_start_url", "login_session"];

impl AwsProfile {
    /// Reads the profile that the variables name, or the default one. `wants_keys` is false if the keys come from
    /// elsewhere.
    ///
    /// # Errors
    ///
    /// If a profile that is named does not exist, its file cannot be read, or its keys cannot be had.
    pub fn read(variable: &dyn Fn(&str) -> Option<String>, wants_keys: bool) -> Result<Self, EngineFailure> {
        let named = variable("AWS_PROFILE").or_else(|| variable("AWS_DEFAULT_PROFILE"));
        let name = named.as_deref().unwrap_or("default");
        let home = variable("HOME").map(PathBuf::from);
        let place = |name: &str, file: &str| {
            variable(name).map(PathBuf::from).or_else(|| Some(home.as_ref()?.join(".aws").join(file)))
        };
        let in_credentials = section(place("AWS_SHARED_CREDENTIALS_FILE", "credentials"), &[name])?;
        let titles = [&format!("profile {name}"), name];
        let titles = if name == "default" { &titles[..] } else { &titles[..1] };
        let in_config = section(place("AWS_CONFIG_FILE", "config"), titles)?;
        if named.is_some() && in_credentials.is_none() && in_config.is_none() {
            return Err(denied(&format!("the AWS profile `{name}` does not exist")));
        }
        let (credentials, mut config) = (in_credentials.unwrap_or_default(), in_config.unwrap_or_default());
        let mut take = |name: &str| config.remove(name).map(|value| value.expose().to_owned());
        let (region, endpoint) = (take("region"), take("endpoint_url"));
        let keys = if wants_keys { keys(name, credentials, config)? } else { None };
        Ok(Self { keys, region, endpoint })
    }
}

/// The members of a section.
type Members = BTreeMap<String, Secret>;

/// Returns the keys of a profile: those in its files, or else those that its program prints.
fn keys(name: &str, credentials: Members, config: Members) -> Result<Option<AwsKeys>, EngineFailure> {
    for mut members in [credentials.clone(), config.clone()] {
        let (id, secret) = (members.remove("aws_access_key_id"), members.remove("aws_secret_access_key"));
        if let (Some(id), Some(secret)) = (id, secret) {
            let token = members.remove("aws_session_token");
            return Ok(Some(AwsKeys { id: id.expose().to_owned(), secret, token }));
        }
    }
    let members: Members = config.into_iter().chain(credentials).collect();
    if let Some(command) = members.get("credential_process") {
        let failed =
            || denied(&format!("the `credential_process` of the AWS profile `{name}` gives no credentials"));
        return printed_keys(command).map(Some).ok_or_else(failed);
    }
    match ELSEWHERE.into_iter().find(|member| members.contains_key(*member)) {
        Some(member) => Err(denied(&format!(
            "the AWS profile `{name}` has `{member}`; give it a `credential_process` that prints its credentials"
        ))),
        None => Ok(None),
    }
}

/// Runs the program of a profile, and returns the keys that it prints.
fn printed_keys(command: &Secret) -> Option<AwsKeys> {
    let mut words = words(command.expose())?.into_iter();
    let output = output_of(&words.next()?, &words.collect::<Vec<_>>())?;
    let printed = json::parse(&output).ok()?;
    let text = |name: &str| printed.text_at(&[name]).filter(|text| !text.is_empty());
    Some(AwsKeys {
        id: text("AccessKeyId")?.to_owned(),
        secret: Secret::from(text("SecretAccessKey")?),
        token: text("SessionToken").map(Secret::from),
    })
}

/// Splits a command into words as a shell does, without anything else that a shell does; `None` if a quote does
/// not end.
fn words(command: &str) -> Option<Vec<String>> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    let mut rest = command.chars();
    while let Some(c) = rest.next() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None | Some('"'), '\\') => word.get_or_insert_default().push(rest.next()?),
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

/// Returns the section of a file that has one of these titles; `None` if there is no file or no section.
fn section(path: Option<PathBuf>, titles: &[&str]) -> Result<Option<Members>, EngineFailure> {
    let Some(path) = path else { return Ok(None) };
    let bytes = match read_named(&path, LIMIT) {
        Ok(bytes) => bytes,
        Err(FileError::NotFound { .. }) => return Ok(None),
        Err(_) => return Err(unreadable(&path)),
    };
    let text = std::str::from_utf8(&bytes).map_err(|_| unreadable(&path))?;
    Ok(members(text, titles))
}

/// Reads the members of a section. Lines that are indented belong to the member before and are passed over.
fn members(text: &str, titles: &[&str]) -> Option<Members> {
    let mut found = None::<Members>;
    let mut is_inside = false;
    for line in
        text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with(['#', ';', ' ', '\t']))
    {
        if let Some(title) = line.strip_prefix('[') {
            let title = title.split(']').next().unwrap_or_default();
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            is_inside = titles.contains(&title.as_str());
            if is_inside {
                found.get_or_insert_default();
            }
        } else if let (true, Some((name, value)), Some(members)) =
            (is_inside, line.split_once('='), found.as_mut())
        {
            members.insert(name.trim().to_ascii_lowercase(), Secret::from(value.trim()));
        }
    }
    found
}

fn denied(text: &str) -> EngineFailure {
    EngineFailure::new(FailureKind::Denied, text)
}

fn unreadable(path: &Path) -> EngineFailure {
    denied(&format!("the file `{}` of the AWS tools cannot be read", path.display()))
}

#[cfg(test)]
mod tests {
    use super::{AwsProfile, members, words};

    const CONFIG: &str = "# of a person\n[default]\nregion = eu-central-1\n\n[profile  team ]\nregion=eu-west-1\n\
                          s3 =\n  max_concurrent_requests = 20\nendpoint_url = https://s3.test\n\
                          credential_process = printf '%s' '{\"Version\":1,\"AccessKeyId\":\"AKIA1\",\
                          \"SecretAccessKey\":\"printed\",\"SessionToken\":\"t\"}'\n[profile role]\nrole_arn=arn:x\n";
    const CREDENTIALS: &str = "[default]\naws_access_key_id = AKIA0\naws_secret_access_key = stored=1\n";

    fn read(profile: Option<&str>) -> Result<AwsProfile, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).display().to_string();
        for (name, text) in [("config", CONFIG), ("credentials", CREDENTIALS)] {
            credctl::disk::write_new_private(path(name).as_ref(), text.as_bytes()).unwrap();
        }
        let variable = |name: &str| match name {
            "AWS_PROFILE" => profile.map(str::to_owned),
            "AWS_CONFIG_FILE" => Some(path("config")),
            "AWS_SHARED_CREDENTIALS_FILE" => Some(path("credentials")),
            _ => None,
        };
        AwsProfile::read(&variable, true).map_err(|failure| failure.text)
    }

    #[test]
    fn the_default_profile_is_in_both_files() {
        let profile = read(None).unwrap();
        let keys = profile.keys.unwrap();
        assert_eq!((keys.id.as_str(), keys.secret.expose()), ("AKIA0", "stored=1"));
        assert_eq!(profile.region.as_deref(), Some("eu-central-1"));
    }

    #[test]
    fn a_program_prints_the_keys_of_a_profile() {
        let profile = read(Some("team")).unwrap();
        let keys = profile.keys.unwrap();
        assert_eq!((keys.id.as_str(), keys.secret.expose()), ("AKIA1", "printed"));
        assert_eq!(keys.token.unwrap().expose(), "t");
        assert_eq!(profile.region.as_deref(), Some("eu-west-1"));
        assert_eq!(profile.endpoint.as_deref(), Some("https://s3.test"));
    }

    #[test]
    fn profiles_without_keys_say_why() {
        assert!(read(Some("role")).unwrap_err().contains("`role_arn`"));
        assert!(read(Some("other")).unwrap_err().contains("`other` does not exist"));
    }

    #[test]
    fn a_machine_without_files_has_no_profile() {
        let profile = AwsProfile::read(&|_| None, true).unwrap();
        assert!(profile.keys.is_none() && profile.region.is_none());
    }

    #[test]
    fn commands_are_split_like_those_of_a_shell() {
        let split = |command| words(command).map(|words| words.join("|"));
        assert_eq!(
            split(r#"/opt/my\ tool  --a "b c" 'd "e"' '' f"g"h"#).unwrap(),
            r#"/opt/my tool|--a|b c|d "e"||fgh"#
        );
        assert_eq!(split("a 'b"), None);
        assert_eq!(split("a \\"), None);
    }

    #[test]
    fn a_later_section_of_the_same_title_adds_to_the_first() {
        let found = members("[a]\nx=1\n[b]\nx=2\n[a]\ny=3\n", &["a"]).unwrap();
        assert_eq!((found["x"].expose(), found["y"].expose()), ("1", "3"));
        assert!(members("[b]\nx=1\n", &["a"]).is_none());
    }
}
