//! The own types of a vault: their definitions, and the credentials that they must fit.

use super::error::Error;
use super::resident_error::ResidentError;
use super::scope::Writes;
use super::transaction::Transaction;
use crate::credential::Changed;
use crate::kind::own::TypeDefinition;
use crate::kind::{Kind, TypeOrigin};
use crate::vault::{MAX_TYPES, TypeRecord, Vault};

/// The result of a definition.
#[derive(Debug)]
pub struct DefinedType {
    /// The type.
    pub kind: &'static Kind,
    /// True if the vault had no type of this name.
    pub is_new: bool,
    /// True if the definition differs from the one before.
    pub is_changed: bool,
    /// The number of credentials of the type.
    pub credentials: usize,
    /// The ids of those that would not pass today. They stay as they are.
    pub failing: Vec<String>,
}

/// The result of the removal of a type.
#[derive(Debug)]
pub struct UndefinedType {
    /// The number of credentials and earlier versions of the type, which keep their definition. The definition
    /// is gone if there are none.
    pub kept_for: usize,
}

impl Transaction<'_> {
    /// Defines a type, or changes its definition. Credentials of the type stay as they are, whatever the
    /// definition says.
    ///
    /// # Errors
    /// [`Error::WholeVault`] from a project; [`ResidentError::TypeNameTaken`], [`ResidentError::TooManyTypes`];
    /// [`ResidentError::SecretField`] if the values of a field that was secret would be shown.
    pub fn define_type(&mut self, definition: &TypeDefinition) -> Result<DefinedType, Error> {
        self.terms().scope.check(Writes::WholeVault("types"))?;
        self.check_definition(definition)?;
        let mut records = self.residents::<TypeRecord>()?;
        let record = TypeRecord::new(definition);
        let place = records.iter().position(|known| known.name() == definition.name());
        let (is_new, is_changed) = match place {
            Some(place) => (false, std::mem::replace(&mut records[place], record.clone()) != record),
            None if records.len() >= MAX_TYPES => {
                return Err(ResidentError::TooManyTypes { most: MAX_TYPES }.into());
            }
            None => {
                records.push(record);
                (true, true)
            }
        };
        if is_changed {
            self.set_residents(records)?;
        }
        let kind = definition.kind();
        let rules = self.terms().rules();
        let (mut credentials, mut failing) = (0, Vec::new());
        self.credentials(|credential| {
            if credential.kind() == kind {
                credentials += 1;
                failing.extend(credential.judge(&rules).is_err().then(|| credential.id().to_owned()));
            }
        })?;
        Ok(DefinedType { kind, is_new, is_changed, credentials, failing })
    }

    /// Checks that a definition takes no name of another type, and shows no value that was secret.
    ///
    /// # Errors
    /// [`ResidentError::TypeNameTaken`], [`ResidentError::SecretField`].
    pub(super) fn check_definition(&mut self, definition: &TypeDefinition) -> Result<(), Error> {
        let types = self.types()?;
        let others = || types.own().iter().filter(|kind| kind.name != definition.name());
        for name in definition.names() {
            if let Some(by) =
                others().find(|kind| kind.is_called(name) || kind.short.eq_ignore_ascii_case(name))
            {
                let (name, by) = (name.to_owned(), by.name.to_owned());
                return Err(ResidentError::TypeNameTaken { name, by }.into());
            }
        }
        let before = types.own().iter().copied().find(|kind| kind.name == definition.name());
        if let Some(field) = before.and_then(|before| revealed(before, definition.kind()))
            && uses(self, definition.name())? > 0
        {
            let name = definition.name().to_owned();
            return Err(ResidentError::SecretField { name, field }.into());
        }
        Ok(())
    }

    /// Removes a type. While credentials or their earlier versions use it, the definition stays for them, and no
    /// others are added.
    ///
    /// # Errors
    /// [`Error::WholeVault`] from a project, [`ResidentError::NoType`].
    pub fn undefine_type(&mut self, name: &str) -> Result<UndefinedType, Error> {
        self.terms().scope.check(Writes::WholeVault("types"))?;
        let mut records = self.residents::<TypeRecord>()?;
        let place = records.iter().position(|record| record.name().eq_ignore_ascii_case(name));
        let place = place.ok_or_else(|| ResidentError::NoType { name: name.to_owned() })?;
        let kept_for = uses(self, records[place].name())?;
        if kept_for == 0 {
            records.remove(place);
        } else if records[place].is_removed() {
            return Ok(UndefinedType { kept_for });
        } else {
            records[place].set_removed(true);
        }
        self.set_residents(records)?;
        Ok(UndefinedType { kept_for })
    }

    /// Checks that the vault has the type of a credential. A credential that was made by an earlier definition
    /// is judged by the one of now.
    ///
    /// # Errors
    /// [`ResidentError::NoType`]; everything that the definition of now refuses.
    pub(super) fn check_type(&mut self, changed: &mut Changed) -> Result<(), Error> {
        let kind = changed.credential.kind();
        if kind.origin == TypeOrigin::BuiltIn {
            return Ok(());
        }
        let types = self.types()?;
        let Some(known) = types.own().iter().copied().find(|own| own.name == kind.name) else {
            return Err(ResidentError::NoType { name: kind.name.to_owned() }.into());
        };
        if !std::ptr::eq(kind, known) {
            changed.credential.head.kind = known;
            changed.credential.judge(&self.terms().rules()).map_err(Error::from)?;
        }
        Ok(())
    }
}

/// Forgets the definitions of removed types that no credential and no earlier version uses any more.
pub(super) fn forget_unused(vault: &mut Vault) -> Result<(), Error> {
    let types = vault.types()?;
    if types.own().iter().all(|kind| kind.origin != TypeOrigin::Removed) {
        return Ok(());
    }
    let mut records = vault.residents::<TypeRecord>()?;
    let before = records.len();
    let mut unused = Vec::new();
    for record in records.iter().filter(|record| record.is_removed()) {
        if uses(vault, record.name())? == 0 {
            unused.push(record.name().to_owned());
        }
    }
    records.retain(|record| !unused.iter().any(|name| name == record.name()));
    if records.len() < before {
        vault.set_residents(records)?;
    }
    Ok(())
}

/// Returns the name of a field that was secret and would not be any more.
fn revealed(before: &'static Kind, after: &Kind) -> Option<&'static str> {
    let is_public = |name: &str| after.field(name).is_some_and(|field| !field.is_secret());
    before
        .fields
        .iter()
        .filter(|field| field.is_secret())
        .map(|field| field.name)
        .find(|name| is_public(name))
}

/// Returns the number of credentials and earlier versions of a type. A credential that is about to be deleted
/// counts, because it becomes an earlier version.
fn uses(vault: &mut Vault, name: &str) -> Result<usize, Error> {
    let mut count = vault.find_where(|head| head.kind.name == name)?.len();
    if count == 0 {
        vault.heads(|head| count += usize::from(head.kind.name == name))?;
    }
    vault.versions(None, |version| count += usize::from(version.credential.kind().name == name))?;
    Ok(count)
}

/// Returns the names of the own types of credentials, each once.
pub(super) fn own_types<'a>(kinds: impl Iterator<Item = &'a Kind>) -> std::collections::BTreeSet<&'a str> {
    kinds.filter(|kind| kind.origin != TypeOrigin::BuiltIn).map(|kind| kind.name).collect()
}
