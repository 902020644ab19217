//! The text of a vault, taken apart into records, changed, and laid out again.

use serde_json::json;

/// The members of a record, with their values as JSON.
pub type Members = Vec<(String, String)>;

/// A text, taken apart.
#[derive(Clone)]
pub struct TextParts {
    pub first: String,
    pub sections: Vec<(String, Vec<String>)>,
}

impl TextParts {
    pub fn of(text: &str) -> Self {
        let mut lines = text.lines();
        let mut parts = Self { first: lines.next().unwrap().to_owned(), sections: Vec::new() };
        for line in lines {
            if let Some(name) = line.strip_prefix('"').and_then(|rest| rest.strip_suffix("\":[")) {
                parts.sections.push((name.to_owned(), Vec::new()));
            } else if line != "]," && !line.starts_with("\"index\":") {
                let record = line.strip_suffix(',').unwrap_or(line).to_owned();
                parts.sections.last_mut().unwrap().1.push(record);
            }
        }
        parts
    }

    /// Lays the text out, with an index that fits.
    pub fn laid_out(&self) -> String {
        let (mut text, mut spans) = (format!("{}\n", self.first), Vec::new());
        for (name, records) in &self.sections {
            text += &format!("\"{name}\":[\n");
            let begin = text.len();
            text += &records.join(",\n");
            text += if records.is_empty() { "" } else { "\n" };
            spans.push([begin, text.len()]);
            text += "],\n";
        }
        let index = json!({"version": 2, "at": text.len(), "sections": spans});
        format!("{text}\"index\":{index}}}\n")
    }

    /// Returns the text as after an edit by hand.
    pub fn by_hand(&self) -> String {
        let text = self.laid_out();
        format!("{}\n}}\n", text[..text.rfind("\"index\"").unwrap()].trim_end_matches([',', '\n']))
    }

    pub fn with_first(&self, change: impl FnOnce(&mut Vec<(String, String)>)) -> Self {
        let mut members = members_of(&format!("{}}}", self.first.trim_end_matches(',')));
        change(&mut members);
        let text = record_of(&members);
        Self { first: format!("{},", &text[..text.len() - 1]), ..self.clone() }
    }

    pub fn with_records(&self, section: usize, change: impl FnOnce(&mut Vec<String>)) -> Self {
        let mut parts = self.clone();
        change(&mut parts.sections[section].1);
        parts
    }
}

/// Returns the members of a record in their order, each with the text of its value.
pub fn members_of(record: &str) -> Members {
    let Ok(credctl::value::Value::Object(members)) = credctl::value::json::parse(record.as_bytes()) else {
        return Vec::new();
    };
    let text = |value| {
        let mut text = Vec::new();
        credctl::value::json::write(value, &mut text).unwrap();
        String::from_utf8(text).unwrap()
    };
    members.iter().map(|(name, value)| (name.to_owned(), text(value))).collect()
}

pub fn record_of(members: &[(String, String)]) -> String {
    let members: Vec<_> = members.iter().map(|(name, value)| format!("{}:{value}", json!(name))).collect();
    format!("{{{}}}", members.join(","))
}
