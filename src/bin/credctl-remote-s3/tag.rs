//! The tags of the protocol, and the conditions that the storage makes of them.

use object_store::UpdateVersion;

use super::address::StorageProvider;

/// The version of an object in the words of the storage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StorageVersion {
    /// The ETag, for reading and for writing in S3 and Azure.
    pub e_tag: String,
    /// The generation, for writing in Google Cloud Storage.
    pub generation: Option<String>,
}

impl StorageVersion {
    /// Takes a tag apart; `None` if the storage can have no object with this tag.
    pub fn of_tag(provider: StorageProvider, tag: &str) -> Option<Self> {
        let (generation, e_tag) = match provider {
            StorageProvider::Google => tag.split_once(' ').map(|(number, e_tag)| (Some(number), e_tag))?,
            StorageProvider::S3 | StorageProvider::Azure => (None, tag),
        };
        // a header could name several with a comma, or any with an asterisk
        let is_one = |text: &str| {
            !text.is_empty() && text.chars().all(|c| c.is_ascii_graphic() && !matches!(c, ',' | '*'))
        };
        let is_number = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
        (is_one(e_tag) && generation.is_none_or(is_number))
            .then(|| Self { e_tag: e_tag.to_owned(), generation: generation.map(str::to_owned) })
    }

    /// Makes the tag; `None` if the storage gave too little.
    pub fn tag(
        provider: StorageProvider,
        e_tag: Option<String>,
        generation: Option<String>,
    ) -> Option<String> {
        match provider {
            StorageProvider::Google => Some(format!("{} {}", generation?, e_tag?)),
            StorageProvider::S3 | StorageProvider::Azure => e_tag,
        }
    }

    /// Returns the condition for a write.
    pub fn update(self) -> UpdateVersion {
        UpdateVersion { e_tag: Some(self.e_tag), version: self.generation }
    }
}

#[cfg(test)]
mod tests {
    use super::{StorageProvider, StorageVersion};

    #[test]
    fn tags_are_taken_apart_as_they_were_made() {
        for (provider, e_tag, generation) in [
            (StorageProvider::S3, "\"abc\"", None),
            (StorageProvider::Azure, "\"0x8D\"", None),
            (StorageProvider::Google, "\"abc\"", Some("17")),
        ] {
            let tag = StorageVersion::tag(provider, Some(e_tag.to_owned()), generation.map(str::to_owned));
            let version = StorageVersion::of_tag(provider, &tag.unwrap()).unwrap();
            assert_eq!((version.e_tag.as_str(), version.generation.as_deref()), (e_tag, generation));
        }
        assert_eq!(StorageVersion::tag(StorageProvider::Google, Some("\"a\"".to_owned()), None), None);
    }

    #[test]
    fn tags_that_would_match_more_than_one_object_are_none() {
        for tag in ["", "*", "\"a\", \"b\"", "\"a\",\"b\"", "a b", "é", "a\u{7f}"] {
            assert_eq!(StorageVersion::of_tag(StorageProvider::S3, tag), None, "{tag}");
        }
        for tag in ["\"a\"", "17", "x \"a\"", "17 *", " \"a\""] {
            assert_eq!(StorageVersion::of_tag(StorageProvider::Google, tag), None, "{tag}");
        }
    }
}
