//! The steps of an import: first what credentials depend on, then the credentials, then what refers to them.

use super::item::Importer;
use super::options::{ImportOptions, OnConflict};
use super::residents::{add_references, add_shared, check_types, detach, known};
use super::result::{ImportReport, ImportSummary, ItemResult};
use crate::import::Import;
use crate::store::error::Error;
use crate::store::resident_error::ResidentError;
use crate::store::transaction::Transaction;
use crate::vault::{MAX_TYPES, Policy, TypeRecord, User};

impl Transaction<'_> {
    /// Imports everything that a file of another program holds. An item and what belongs to it come in together,
    /// or not at all. An item that fails does not keep the others out, unless the import is atomic.
    ///
    /// If all credentials fail, or if one fails and the import is atomic, every change of the transaction is
    /// discarded, also those from before the import. The notices of the file stay with the caller, in
    /// [`Import::notices`].
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/store.rs"));
    /// # fn main() -> Result<(), Failure> {
    /// # let (store, _folder) = new_vault()?;
    /// use credctl::import::{Import, ImportFacts, ImportFormat};
    /// use credctl::store::{ImportAction, OnConflict};
    ///
    /// let read = || -> Result<Import, Failure> {
    ///     let text = "name,url,username,password\nMail,https://m.example,ada,hunter2\n";
    ///     let format = ImportFormat::recognise(text).ok_or("a browser writes this")?;
    ///     Ok(format.read(text, &ImportFacts::default())?)
    /// };
    /// for action in [ImportAction::Created, ImportAction::Skipped] {
    ///     let import = read()?;
    ///     let report = store.change(|vault| vault.import(import, OnConflict::Skip))?.answer;
    ///     let result = report.results().next().ok_or("one for each credential")?;
    ///     assert_eq!(result.id.as_deref(), Some("Mail"));
    ///     assert!(result.outcome.as_ref().is_ok_and(|outcome| outcome.action == action));
    /// }
    /// // the login is there already, so nothing is imported
    /// let import = read()?;
    /// let report = store.change(|vault| vault.import(import, OnConflict::Fail))?.answer;
    /// assert!(report.summary.all_failed());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Fails if the vault cannot be read. The errors of single credentials are in their results.
    pub fn import(
        &mut self,
        import: Import,
        options: impl Into<ImportOptions>,
    ) -> Result<ImportReport, Error> {
        let mut items = Vec::with_capacity(import.items.len());
        let summary = self.import_each(import, options, |item| items.push(item))?;
        Ok(ImportReport { items, summary })
    }

    /// Imports as [`Transaction::import`] does, and calls `each` with every result as soon as there is one.
    ///
    /// # Errors
    /// As [`Transaction::import`].
    pub fn import_each(
        &mut self,
        mut import: Import,
        options: impl Into<ImportOptions>,
        mut each: impl FnMut(ItemResult),
    ) -> Result<ImportSummary, Error> {
        let ImportOptions { on_conflict, atomic } = options.into();
        let terms = self.terms();
        // before the credentials, which are judged by them
        check_types(self, &import.types, on_conflict)?;
        let types = add_shared::<TypeRecord>(self, std::mem::take(&mut import.types), on_conflict)?;
        if self.residents::<TypeRecord>()?.len() > MAX_TYPES {
            return Err(ResidentError::TooManyTypes { most: MAX_TYPES }.into());
        }
        let policies = add_shared::<Policy>(self, std::mem::take(&mut import.policies), on_conflict)?;
        let users = add_shared::<User>(self, std::mem::take(&mut import.users), on_conflict)?;
        let mut placement = import.place(self, &terms.scope.project, on_conflict == OnConflict::Rename)?;
        let notices = std::mem::take(&mut placement.notices);
        let mut summary = ImportSummary { types, policies, users, notices, ..ImportSummary::default() };
        let mut importer = Importer::new(on_conflict, placement);
        for item in import.items {
            let result = importer.item(self, item);
            summary.count(&result);
            each(result);
        }
        detach(self, &importer.removed)?;
        let (references, left_out) = known(self, import.references, &importer.failed);
        summary.left_out = left_out;
        summary.references = add_references(self, references, on_conflict)?;
        // an import in which every credential fails changes nothing
        if summary.failed > 0 && (atomic || summary.all_failed()) {
            self.discard();
            summary.is_discarded = true;
        }
        Ok(summary)
    }
}
