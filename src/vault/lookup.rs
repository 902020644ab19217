//! Finding credentials in a vault: one by its id without reading the others, or one after another.

use std::collections::HashMap;

use memchr::memmem;

use super::collection::Vault;
use super::damage::RecordProblem;
use super::error::Error;
use super::kept::Kept;
use super::lines::{Lines, SCAN};
use super::merge::IdOrder;
use super::new_record::NewRecord;
use super::plain::Line;
use super::types::Typed;
use super::wire::{self, Outline, Section};
use crate::credential::{Credential, Head};
use crate::text::compose;

/// Number of lookups from which on going through all ids once is cheaper than searching for each.
const FEW: usize = 16;

impl Vault {
    /// Finds the credential of this id.
    ///
    /// # Errors
    /// Fails if the text cannot be read or the record is damaged.
    pub fn find(&mut self, id: &str) -> Result<Option<Credential>, Error> {
        self.find_as(id, wire::credential, NewRecord::credential)
    }

    /// Finds the credential of this id, without the fields of its type.
    ///
    /// # Errors
    /// Fails if the text cannot be read or the record is damaged.
    pub fn find_head(&mut self, id: &str) -> Result<Option<Head>, Error> {
        self.find_as(id, wire::head, NewRecord::head)
    }

    fn find_as<T: Typed>(
        &mut self,
        id: &str,
        read: fn(&[u8]) -> Result<T, RecordProblem>,
        read_new: fn(&NewRecord) -> Result<T, RecordProblem>,
    ) -> Result<Option<T>, Error> {
        let id = &*compose(id);
        let types = self.types()?;
        let problem = |problem| Error::record(Section::Credentials, 0, problem);
        if let Some(pending) = self.changes.get(id) {
            let found = pending.record.as_ref().map(read_new).transpose().map_err(problem)?;
            return Ok(found.map(|found| found.typed(&types)));
        }
        let found = self.find_line(id)?.map(|line| read(&line)).transpose().map_err(problem)?;
        if found.is_none() && !self.in_order {
            // lines out of order hide from the search: a miss counts only if they are in order
            self.ids(|_| {})?;
        }
        Ok(found.map(|found| found.typed(&types)))
    }

    /// Returns true if there is a credential of this id.
    ///
    /// # Errors
    /// Fails if the text cannot be read.
    pub fn contains(&mut self, id: &str) -> Result<bool, Error> {
        let id = &*compose(id);
        match self.changes.get(id) {
            Some(pending) => Ok(pending.record.is_some()),
            None => Ok(self.find_line(id)?.is_some()),
        }
    }

    fn find_line(&mut self, id: &str) -> Result<Option<Line<'_>>, Error> {
        self.lookups += 1;
        if self.lookups > FEW {
            let place = self.directory()?.get(id).copied();
            return place.map(|(begin, end)| self.plain.line((begin, end))).transpose();
        }
        let range = self.index.range(Section::Credentials);
        // what the search passes is not used, so that its place is of no interest
        self.plain.search(range, id, |line| {
            wire::raw_id(line).map_err(|problem| Error::record(Section::Credentials, 0, problem))
        })
    }

    fn directory(&mut self) -> Result<&HashMap<String, (u64, u64)>, Error> {
        if self.directory.is_none() {
            let mut directory = HashMap::new();
            self.lines(|range, id, _| {
                directory.insert(id.to_owned(), range);
                Ok(())
            })?;
            self.in_order = true;
            self.directory = Some(directory);
        }
        Ok(self.directory.get_or_insert_default())
    }

    /// Finds the credentials of this name, as they will be saved.
    ///
    /// # Errors
    /// Fails if the text cannot be read or a record is damaged.
    pub fn find_by_name(&mut self, name: &str) -> Result<Vec<Head>, Error> {
        let name = compose(name);
        self.find_where(|head| head.envelope.name == name)
    }

    /// Finds the credentials that are named after the user of this id, as they will be saved. The id is a
    /// UUID, which is the same in capitals.
    ///
    /// # Errors
    /// Fails if the text cannot be read or a record is damaged.
    pub fn of_user(&mut self, id: &str) -> Result<&[Head], Error> {
        if self.of_users.is_none() {
            // many are looked up when many are added, so all are found at once
            let mut of_users: HashMap<_, Vec<_>> = HashMap::new();
            for head in self.find_where(|head| head.kind.identity_name)? {
                of_users.entry(head.envelope.name.to_ascii_lowercase()).or_default().push(head);
            }
            self.of_users = Some(of_users);
        }
        let of_users = self.of_users.as_ref().and_then(|all| all.get(&id.to_ascii_lowercase()));
        Ok(of_users.map(Vec::as_slice).unwrap_or_default())
    }

    /// Finds the credentials that have this tag and for which `is_meant` holds, as they will be saved. The
    /// name of the tag needs no escape in JSON. The others are passed without being read.
    ///
    /// # Errors
    /// Fails if the text cannot be read or a record is damaged.
    pub fn find_tagged(&mut self, tag: &str, is_meant: impl Fn(&Head) -> bool) -> Result<Vec<Head>, Error> {
        let member = format!("\"{tag}\":");
        let member = memmem::Finder::new(&member);
        self.find_lines(|line| member.find(line).is_some(), is_meant)
    }

    /// Finds the credentials that have a text somewhere and for which `is_meant` holds, as they will be saved. The
    /// text needs no escape in JSON. The others are passed without being read.
    ///
    /// # Errors
    /// Fails if the text cannot be read or a record is damaged.
    pub fn find_containing(
        &mut self,
        text: &str,
        is_meant: impl Fn(&Head) -> bool,
    ) -> Result<Vec<Head>, Error> {
        let text = memmem::Finder::new(text);
        self.find_lines(|line| text.find(line).is_some(), is_meant)
    }

    /// Finds the credentials for which `is_meant` holds, as they will be saved.
    ///
    /// # Errors
    /// Fails if the text cannot be read or a record is damaged.
    pub fn find_where(&mut self, is_meant: impl Fn(&Head) -> bool) -> Result<Vec<Head>, Error> {
        self.find_lines(|_| true, is_meant)
    }

    fn find_lines(
        &mut self,
        may_be_meant: impl Fn(&[u8]) -> bool,
        is_meant: impl Fn(&Head) -> bool,
    ) -> Result<Vec<Head>, Error> {
        let (types, mut heads) = (self.types()?, Vec::new());
        self.lines(|_, _, line| {
            if may_be_meant(line) {
                heads.extend(Some(wire::head(line)?.typed(&types)).filter(&is_meant));
            }
            Ok(())
        })?;
        // a change counts instead of the stored line, also a deletion
        heads.retain(|head| !self.changes.contains_key(&head.id));
        for record in self.changes.values().filter_map(|pending| pending.record.as_ref()) {
            let head = match record {
                NewRecord::Line(line) if !may_be_meant(line) => continue,
                record => record.head(),
            };
            let head = head.map_err(|problem| Error::record(Section::Credentials, 0, problem))?;
            heads.extend(Some(head.typed(&types)).filter(&is_meant));
        }
        Ok(heads)
    }

    /// Goes through the ids in ascending order, without reading more of the credentials.
    ///
    /// # Errors
    /// Fails if the text cannot be read.
    pub fn ids(&mut self, mut each: impl FnMut(&str)) -> Result<(), Error> {
        self.lines(|_, id, _| {
            each(id);
            Ok(())
        })?;
        self.in_order = true;
        Ok(())
    }

    /// Goes through all credentials in ascending order of ids, without the fields of their types.
    ///
    /// # Errors
    /// Fails if the text cannot be read or a record is damaged.
    pub fn heads(&mut self, mut each: impl FnMut(Head)) -> Result<(), Error> {
        let types = self.types()?;
        self.lines(|_, _, line| wire::head(line).map(|head| each(head.typed(&types))))
    }

    /// Goes through all credentials in ascending order of ids, with their fields where somebody asks for them.
    ///
    /// # Errors
    /// Fails if the text cannot be read or a record is damaged.
    pub fn outlines(
        &mut self,
        mut each: impl FnMut(Outline<'_>) -> Result<(), RecordProblem>,
    ) -> Result<(), Error> {
        let types = self.types()?;
        self.lines(|_, _, line| each(Outline::read(line)?.typed(&types)))
    }

    /// Goes through all credentials in ascending order of ids, with their fields.
    ///
    /// # Errors
    /// Fails if the text cannot be read or a record is damaged.
    pub fn credentials(&mut self, mut each: impl FnMut(Credential)) -> Result<(), Error> {
        let types = self.types()?;
        self.lines(|_, _, line| wire::credential(line).map(|credential| each(credential.typed(&types))))
    }

    /// Goes through all credentials in ascending order of ids, and keeps those for which `is_wanted` holds.
    ///
    /// # Errors
    /// Fails if the text cannot be read or a record is damaged.
    pub fn keep(&mut self, mut is_wanted: impl FnMut(&Credential) -> bool) -> Result<Vec<Kept>, Error> {
        let (types, mut kept) = (self.types()?, Vec::new());
        self.lines(|_, _, line| {
            let credential = wire::credential(line)?.typed(&types);
            if is_wanted(&credential) {
                kept.push(Kept::new(line, credential));
            }
            Ok(())
        })?;
        Ok(kept)
    }

    /// Goes through the lines of the credentials: the offsets at which each begins and ends, its id, its
    /// text.
    pub(super) fn lines(
        &mut self,
        mut each: impl FnMut((u64, u64), &str, &[u8]) -> Result<(), RecordProblem>,
    ) -> Result<(), Error> {
        let range = self.index.range(Section::Credentials);
        let mut lines = Lines::new(&mut self.plain, range, SCAN)?;
        let mut order = IdOrder::default();
        loop {
            let begin = lines.position();
            let Some((line, end)) = lines.next_with_end()? else { return Ok(()) };
            let id = order.next(begin, line)?;
            each((begin, end), &id, line)
                .map_err(|problem| Error::record(Section::Credentials, begin, problem))?;
        }
    }
}
