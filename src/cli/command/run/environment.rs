//! The variables of a program, and the files in memory that some of them name.

use std::os::fd::AsRawFd as _;

use credctl::credential::{Credential, Grantee, GranteeKind};
use credctl::export::{Variable, variables_with};
use credctl::kind::rule::variable::is_name;
use credctl::secret::Secret;
use credctl::store::{Resolver, ValueReader};
use credctl::text::has_reference;
use credctl::vault::Vault;
use zeroize::Zeroizing;

use super::args::Args;
use super::names;
use crate::cli::context::Context;
use crate::cli::error::{Error, Failure};
use crate::cli::{child, pick};

/// Returns a resolved value as the text that a variable must have.
pub(super) fn as_text(mut value: Zeroizing<Vec<u8>>) -> Result<Secret, Error> {
    Secret::from_utf8(std::mem::take(&mut *value)).map_err(|_| {
        Error::new(Failure::Invalid, "the value is not text").hint("--env-as-file passes it as a file")
    })
}

const KUBECONFIG: &str = "KUBECONFIG";

/// Refuses text that cannot be the name of a variable, and names that do more than give a program a value.
pub(super) fn check_name(args: &Args, name: &str) -> Result<(), Error> {
    if !is_name(name) {
        return Err(Error::usage(
            "a variable needs a name of letters, digits and `_`, without a digit first",
        ));
    }
    if names::is_dangerous(name) && !args.allow_env.iter().any(|allowed| allowed == name) {
        let what = format!("`{name}` can make programs load or run something else");
        return Err(Error::usage(what).hint(format!("--allow-env {name} allows it")));
    }
    Ok(())
}

/// The variables of the program, and the files that some of them name.
#[derive(Default)]
pub(super) struct ChildEnvironment {
    pub variables: Vec<(String, Secret)>,
    /// The secrets to mask; for a file, the content.
    pub secrets: Vec<Secret>,
    pub files: Vec<rustix::fd::OwnedFd>,
}

impl ChildEnvironment {
    pub fn put(&mut self, args: &Args, name: &str, value: Secret) -> Result<(), Error> {
        check_name(args, name)?;
        if value.expose().contains('\0') {
            return Err(Error::usage(format!("the value for {name} contains a zero byte"))
                .hint("--env-as-file passes it as a file"));
        }
        // the last one counts, as in a shell
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.to_owned(), value));
        Ok(())
    }

    /// Puts a value into a file without a name on any disk, and the path of the file into the variable.
    pub fn put_file(&mut self, args: &Args, name: &str, value: &[u8]) -> Result<(), Error> {
        let path = self.file(args, value)?;
        self.put(args, name, Secret::from(path))
    }

    /// Makes a file in memory with this value and returns its path. The program has our process id, so that
    /// programs it starts find the file too. A masked program has its own id, and inherits the file.
    fn file(&mut self, args: &Args, value: &[u8]) -> Result<String, Error> {
        let file = child::in_memory(value)?;
        let process = if args.mask { "self".to_owned() } else { std::process::id().to_string() };
        let path = format!("/proc/{process}/fd/{}", file.as_raw_fd());
        self.files.push(file);
        if let Ok(text) = Secret::from_utf8(value.to_vec()) {
            self.secrets.push(text);
        }
        Ok(path)
    }

    /// Adds the variables of whole credentials. On a terminal, the operator may choose them by a word.
    pub fn all(&mut self, context: &Context, args: &Args, vault: &mut Vault) -> Result<(), Error> {
        let settings = &context.settings;
        let mut credentials: Vec<Credential> = Vec::new();
        for id in args.ids.iter().chain(&args.all) {
            let found = pick::credential(context, vault, std::slice::from_ref(id))?;
            if credentials.iter().all(|known| known.id() != found.id()) {
                credentials.push(found);
            }
        }
        for name in &args.for_api_proxy {
            let to = Grantee::new(GranteeKind::ApiProxy, name)?;
            let before = credentials.len();
            vault.credentials(|credential| {
                let head = credential.head();
                let granted = head
                    .envelope
                    .granted(settings.terms.now)
                    .any(|grant| grant.to == to && grant.reaches(&settings.terms.scope.project));
                if granted && settings.scope().sees(head) {
                    credentials.push(credential);
                }
            })?;
            if credentials.len() == before {
                return Err(Error::new(
                    Failure::NotFound,
                    format!("nothing is granted to the API proxy {name}"),
                ));
            }
        }
        let prefix = |id: &str| {
            let mut prefixes = args.prefix.iter().rev();
            prefixes.find(|(known, _)| known == id).map(|(_, prefix)| prefix.as_str())
        };
        if let Some((id, _)) = args.prefix.iter().find(|(id, _)| credentials.iter().all(|one| one.id() != id))
        {
            return Err(Error::usage(format!("--prefix {id}: the program gets no variables of this id")));
        }
        let reader = ValueReader::new(&settings.terms, args.force);
        for credential in &credentials {
            reader.check_usable(credential)?;
        }
        // the credential that each file comes from
        let mut files: Vec<(String, &str)> = Vec::new();
        for credential in &credentials {
            let Some((name, field)) = credential.kind().file_variable() else { continue };
            let name = &format!("{}{name}", prefix(credential.id()).unwrap_or_default());
            let value = reader.value(credential, &[], field.name)?;
            let before = self.variables.iter().find(|(known, _)| known == name);
            let before = before.map(|(_, paths)| paths.expose().to_owned());
            match before {
                // the only one of these variables that takes several paths
                Some(paths) if name == KUBECONFIG => {
                    let path = self.file(args, &value)?;
                    self.put(args, name, Secret::from(format!("{paths}:{path}")))?;
                }
                Some(_) => {
                    let of = |(known, id): &(String, &'_ str)| (known == name).then(|| (*id).to_owned());
                    let others: Vec<String> =
                        files.iter().filter_map(of).chain([credential.id().to_owned()]).collect();
                    let what =
                        format!("{name} can name one file only, and {} have one", others.join(" and "));
                    return Err(Error::usage(what).hint("use one --env-as-file for each file, or --prefix"));
                }
                None => self.put_file(args, name, &value)?,
            }
            files.push((name.clone(), credential.id()));
        }
        let others: Vec<&Credential> =
            credentials.iter().filter(|credential| credential.kind().file_variable().is_none()).collect();
        let (named, failed) = variables_with(&others, true, prefix);
        if let Some((id, why)) = failed.first() {
            let error = Error::new(Failure::Invalid, format!("{id}: {why}"));
            return Err(if credentials.len() > 1 {
                error.hint(format!("--prefix {id}=PREFIX_ begins the variables of {id} with PREFIX_"))
            } else {
                error
            });
        }
        let has_variables: Vec<&str> =
            others.iter().filter(|one| one.kind().has_variables()).map(|one| one.id()).collect();
        let mut resolver = Resolver::new(&settings.terms, args.force, vault);
        for Variable { name, id, value, .. } in named {
            let refers = has_variables.contains(&id.as_str()) && has_reference(value.expose());
            let value = if refers {
                let filled = resolver.variable(value.expose(), &mut self.secrets);
                filled
                    .map_err(Error::from)
                    .and_then(as_text)
                    .map_err(|error| error.at(&format!("{name} of {id}")))?
            } else {
                value
            };
            self.put(args, &name, value)?;
        }
        for held in credentials.iter().flat_map(Credential::secrets) {
            self.secrets.extend(held.plain());
            self.secrets.push(held.stored());
        }
        Ok(())
    }
}
