//! The ids that the caller chooses for the items of an import: one id, or a beginning for all of them.

use std::collections::HashMap;

use uuid::Uuid;

use super::item::{Import, Item};
use crate::credential::LOGIN;
use crate::value::Value;

impl Import {
    /// Gives the only item of the import this id. Returns false if there are several.
    pub fn identify(&mut self, id: &str) -> bool {
        let [item] = &mut self.items[..] else { return false };
        let before = item.id.clone();
        item.rename(id);
        // the caller names it, so it is no entry that is known by its title
        (item.base, item.has_made_id) = (None, false);
        let renamed = before.into_iter().map(|before| (before, id.to_owned())).collect();
        self.follow(&renamed);
        true
    }

    /// Puts a text in front of the id of every item. What belongs to an item follows, and so do the references.
    /// An item whose id is one of its fields keeps it, which a notice says.
    pub fn prefix_ids(&mut self, prefix: &str) {
        prefix.clone_into(&mut self.prefix);
        let mut renamed = HashMap::new();
        for item in &mut self.items {
            if let Some(field) = item.id_field() {
                let id = item.id.as_deref().unwrap_or("an item");
                self.notices.push(format!("{id} keeps its id, which is its {field}"));
                continue;
            }
            let before = item.id.clone();
            let id = format!("{prefix}{}", before.clone().unwrap_or_else(|| Uuid::new_v4().to_string()));
            item.prefix(prefix, &id);
            renamed.extend(before.map(|before| (before, id)));
        }
        self.follow(&renamed);
    }

    /// Makes references, and items that belong to another, name it by its new id.
    pub(super) fn follow(&mut self, renamed: &HashMap<String, String>) {
        for reference in &mut self.references {
            if let Some(id) = renamed.get(&reference.credential) {
                reference.credential.clone_from(id);
            }
        }
        for item in &mut self.items {
            if let Some(id) = item.login().and_then(|login| renamed.get(login)) {
                item.set_login(id);
            }
        }
    }
}

impl Item {
    /// Returns the field whose value is the id, if the type of the item has one.
    pub(super) fn id_field(&self) -> Option<&'static str> {
        self.incoming.as_ref().ok()?.kind.id_field
    }

    fn prefix(&mut self, prefix: &str, id: &str) {
        let own = self.id.clone().unwrap_or_default();
        self.rename(id);
        self.base = self.base.take().map(|base| format!("{prefix}{base}"));
        let beside = self.beside.iter_mut().filter(|one| one.id_field().is_none());
        for (one, before) in beside.filter_map(|one| one.id.clone().map(|before| (one, before))) {
            // the others have followed already
            if !before.starts_with(id) && !before.starts_with(&own) {
                one.set_id(&format!("{prefix}{before}"));
            }
        }
    }

    fn set_login(&mut self, id: &str) {
        if let Ok(incoming) = &mut self.incoming
            && let Some(Value::Object(tags)) = incoming.draft.members.get_mut("tags")
        {
            tags.insert(LOGIN, Value::text(id));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::import::tests::{read, shown};

    const TWO: &str = "title,username,password,note\nMail,ada,pw,n\nShop,ada,pw,\n";

    #[test]
    fn a_prefix_is_in_front_of_every_id_and_what_belongs_together_follows() {
        let mut import = read("csv", TWO);
        import.prefix_ids("work/");
        let shown = shown(&import);
        assert!(shown[0].starts_with("UsernamePassword work/Mail {name: Mail,"), "{shown:?}");
        assert!(shown.iter().all(|one| one.contains(" work/")), "{shown:?}");
        let mut accounts = read("apinizer-csv", "u#p\n");
        accounts.prefix_ids("work/");
        assert_eq!(accounts.items[0].id.as_deref(), Some("u"));
        assert_eq!(accounts.notices, ["u keeps its id, which is its username"]);
    }

    #[test]
    fn only_a_single_item_gets_an_id() {
        assert!(!read("csv", TWO).identify("x"));
        let mut one = read("csv", "title,username,password,note\nMail,ada,pw,n\n");
        assert!(one.identify("x"));
        assert!(shown(&one)[0].starts_with("UsernamePassword x {name: Mail,"));
    }
}
