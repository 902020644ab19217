//! The variables of a program, and the files in memory that some of them name.

use std::collections::BTreeMap;
use std::os::fd::AsRawFd as _;

use credctl::credential::{Credential, Grantee, GranteeKind};
use credctl::export::{Variable, variables_with};
use credctl::kind::rule::variable::is_name;
use credctl::secret::Secret;
use credctl::store::{Filled, ResolvedField, Resolver, ValueReader};
use credctl::text::has_reference;
use credctl::vault::{Kept, Vault};

use super::args::Args;
use super::names;
use crate::cli::context::{self, Context, Settings};
use crate::cli::error::{Error, Failure};
use crate::cli::{child, pick};

const KUBECONFIG: &str = "KUBECONFIG";

const AS_FILE: &str = "--env-as-file passes it as a file";

/// The most bytes of the secrets to mask. Each is looked for in some twenty encodings.
const MASKABLE: usize = 1024 * 1024;

/// The most bytes of the credentials of one API proxy. Linux takes no more than 6 MiB of variables, and usually 2.
const TOGETHER: usize = 4 * 1024 * 1024;

/// Fails if the system starts no program with a variable of this length. A value may be most of a vault, so this
/// is known before the value is copied.
pub(super) fn check_length(name: &str, length: usize) -> Result<(), Error> {
    let most = child::longest_variable();
    if name.len() + "=".len() + length < most {
        return Ok(());
    }
    let what = format!("the value for {name} has {length} bytes, and the system takes {most} for a variable");
    Err(Error::new(Failure::Invalid, what).hint(AS_FILE))
}

/// Makes the resolver of references for a program.
pub(super) fn resolver<'a>(settings: &'a Settings, args: &Args, vault: &'a mut Vault) -> Resolver<'a> {
    Resolver::new(&settings.terms, args.force, vault).with_codes_at(context::now())
}

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
    pub variables: BTreeMap<String, Secret>,
    /// The secrets to mask; for a file, the content. None unless they are masked.
    pub secrets: Vec<Secret>,
    /// The length of all of them.
    masked: usize,
    pub files: Vec<rustix::fd::OwnedFd>,
}

impl ChildEnvironment {
    pub fn put(&mut self, args: &Args, name: &str, value: Secret) -> Result<(), Error> {
        check_name(args, name)?;
        if value.expose().contains('\0') {
            return Err(Error::usage(format!("the value for {name} contains a zero byte")).hint(AS_FILE));
        }
        check_length(name, value.len())?;
        // the last one counts, as in a shell
        self.variables.insert(name.to_owned(), value);
        Ok(())
    }

    /// Puts a value into a file without a name on any disk, and the path of the file into the variable.
    pub fn put_file(&mut self, args: &Args, name: &str, value: &ResolvedField) -> Result<(), Error> {
        let path = self.file(args, value)?;
        self.put(args, name, Secret::from(path))
    }

    /// Makes a file in memory with this value and returns its path. The program has our process id, so that
    /// programs it starts find the file too. A masked program has its own id, and inherits the file.
    fn file(&mut self, args: &Args, value: &ResolvedField) -> Result<String, Error> {
        let file = child::in_memory(|out| value.write(out))?;
        let process = if args.mask { "self".to_owned() } else { std::process::id().to_string() };
        let path = format!("/proc/{process}/fd/{}", file.as_raw_fd());
        self.files.push(file);
        self.mask(args, value)?;
        Ok(path)
    }

    /// Returns a text with its references resolved as the value of a variable, and notes its fields for masking.
    pub fn filled(&mut self, args: &Args, name: &str, filled: &Filled<'_>) -> Result<Secret, Error> {
        check_length(name, filled.len())?;
        filled.fields().try_for_each(|field| self.mask(args, field))?;
        filled.to_secret().ok_or_else(not_text)
    }

    /// Returns one field as the value of a variable, and notes it for masking.
    pub fn field(&mut self, args: &Args, name: &str, field: &ResolvedField) -> Result<Secret, Error> {
        check_length(name, field.len())?;
        self.mask(args, field)?;
        field.to_secret().ok_or_else(not_text)
    }

    /// Notes a value that must not be printed, if it is text, and the fields in it.
    fn mask(&mut self, args: &Args, value: &ResolvedField) -> Result<(), Error> {
        if !args.mask {
            return Ok(());
        }
        for one in value.fields().chain([value]) {
            // before it is copied
            self.check_masked(one.len())?;
            self.mask_text(args, one.to_secret())?;
        }
        Ok(())
    }

    fn check_masked(&self, more: usize) -> Result<(), Error> {
        if self.masked.saturating_add(more) <= MASKABLE {
            return Ok(());
        }
        let what = format!("the secrets to mask have more than {} MiB", MASKABLE / 1024 / 1024);
        Err(Error::new(Failure::Invalid, what).hint("name single fields with --env, or leave out --mask"))
    }

    /// Notes texts that must not be printed. Fails if all of them together are too long.
    fn mask_text(&mut self, args: &Args, texts: impl IntoIterator<Item = Secret>) -> Result<(), Error> {
        if args.mask {
            for text in texts {
                self.check_masked(text.len())?;
                self.masked += text.len();
                self.secrets.push(text);
            }
        }
        Ok(())
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
            let granted = vault.keep(|credential| {
                let head = credential.head();
                let granted = head
                    .envelope
                    .granted(settings.terms.now)
                    .any(|grant| grant.to == to && grant.reaches(&settings.terms.scope.project));
                granted && settings.scope().sees(head)
            })?;
            // as variables they take many times as much memory, and no program accepts that many
            if granted.iter().map(Kept::length).sum::<usize>() > TOGETHER {
                let what =
                    format!("the credentials granted to the API proxy {name} are too long for variables");
                return Err(
                    Error::new(Failure::Invalid, what).hint("name single credentials, or fields with --env")
                );
            }
            if granted.is_empty() {
                return Err(Error::new(
                    Failure::NotFound,
                    format!("no credential is granted to the API proxy {name}"),
                ));
            }
            for kept in granted {
                credentials.push(kept.into_credential()?);
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
            let value = reader.value(credential, &[], field.name)?.into();
            let before = self.variables.get(name).map(|paths| paths.expose().to_owned());
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
        self.add_variables(context, args, vault, &others, named)?;
        let masked = credentials.iter().filter(|_| args.mask);
        for held in masked.flat_map(Credential::secrets) {
            self.mask_text(args, held.plain())?;
            self.mask_text(args, [held.stored()])?;
        }
        Ok(())
    }

    /// Adds named variables. References are resolved in those whose names are the operator's own.
    fn add_variables(
        &mut self,
        context: &Context,
        args: &Args,
        vault: &mut Vault,
        of: &[&Credential],
        named: Vec<Variable>,
    ) -> Result<(), Error> {
        let is_variable = |id: &str, path: &str| {
            of.iter().any(|one| one.id() == id && one.kind().variable_name(path).is_some())
        };
        let mut resolver = resolver(&context.settings, args, vault);
        for Variable { name, id, path, value } in named {
            let refers = has_reference(value.expose()) && is_variable(&id, &path);
            let value = if refers {
                let filled = resolver.variable(value.expose()).map_err(Error::from);
                let value = filled
                    .and_then(|filled| self.filled(args, &name, &filled))
                    .map_err(|error| error.at(&format!("{name} of {id}")))?;
                // the variable is secret as a whole, also the text beside its references
                self.mask_text(args, [value.clone()])?;
                value
            } else {
                value
            };
            self.put(args, &name, value)?;
        }
        Ok(())
    }
}

fn not_text() -> Error {
    Error::new(Failure::Invalid, "the value is not text").hint(AS_FILE)
}
