//! XML as a tree of elements, in which every text is a secret. Entities that a document defines itself are not
//! known.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::credential::Violations;
use crate::secret::{Buffer, Secret, SecretBytes};

/// Most elements inside one another.
const DEPTH: usize = 256;
/// The most elements and attributes of a document. Each takes more room than its text, so the size of the file
/// is no bound. Tests have fewer, because so many take long without optimisation.
const PARTS: usize = if cfg!(test) { 4_000 } else { 4_000_000 };

/// One element.
#[derive(Debug, Default)]
pub(super) struct XmlElement {
    pub name: String,
    /// Its attributes.
    pub attributes: Vec<(String, Secret)>,
    /// All text that stands directly in it.
    pub text: Option<Secret>,
    /// The bytes of a text that was encrypted by itself.
    pub bytes: Option<SecretBytes>,
    pub children: Vec<XmlElement>,
}

impl XmlElement {
    /// Reads a document.
    pub fn read(text: &str) -> Result<Self, Violations> {
        Self::read_with(text, |_| false)
    }

    /// Reads a document, and passes each element on as soon as it is complete, in the order of their ends. The
    /// callback returns true if it took the children out of the children of the element.
    pub fn read_with(text: &str, mut finish: impl FnMut(&mut Self) -> bool) -> Result<Self, Violations> {
        let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
        let mut open: Vec<(Self, Buffer)> = vec![(Self::default(), Buffer::default())];
        let mut count: usize = 0;
        let mut counts = Vec::new();
        loop {
            let at = open.len() - 1;
            match reader.read_event().map_err(|_| wrong())? {
                // bounded, because the tree is dropped and walked by recursion
                Event::Start(start) if at < DEPTH => {
                    open.push((Self::begin(&start, &mut count)?, Buffer::default()));
                    counts.push(count);
                }
                Event::Empty(start) => {
                    let mut element = Self::begin(&start, &mut count)?;
                    finish(&mut element);
                    open[at].0.children.push(element);
                }
                Event::End(_) if at > 0 => {
                    let Some((mut element, text)) = open.pop() else { return Err(wrong()) };
                    element.text = text.into_secret();
                    let before = counts.pop().unwrap_or_default();
                    if finish(&mut element) {
                        count = before + element.children.iter().map(Self::parts).sum::<usize>();
                    }
                    open[at - 1].0.children.push(element);
                }
                Event::Text(text) => push_lines(&text, &mut open[at].1),
                Event::CData(text) => push_lines(&text, &mut open[at].1),
                Event::GeneralRef(entity) => {
                    let c = match entity.resolve_char_ref().map_err(|_| wrong())? {
                        Some(c) => c,
                        None => named(&entity).ok_or_else(wrong)?,
                    };
                    open[at].1.push_char(c);
                }
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof if at == 0 => break,
                // a document type could name entities; none of these formats has one
                Event::DocType(_) | Event::Start(_) | Event::End(_) | Event::Eof => return Err(wrong()),
            }
        }
        let root = open.pop().and_then(|(mut holder, _)| holder.children.pop());
        root.ok_or_else(wrong)
    }

    /// Begins an element, and counts it with its attributes.
    fn begin(start: &BytesStart<'_>, count: &mut usize) -> Result<Self, Violations> {
        let mut counted = || {
            *count += 1;
            if *count <= PARTS { Ok(()) } else { Err(many()) }
        };
        counted()?;
        let mut element = Self { name: start.name().as_ref().to_owned(), ..Self::default() };
        for attribute in start.attributes() {
            // before it takes room, because one element may have all of them
            counted()?;
            let attribute = attribute.map_err(|_| wrong())?;
            element.attributes.push((attribute.key.as_ref().to_owned(), attribute.value.as_ref().into()));
        }
        Ok(element)
    }

    /// Counts the element, its attributes, and everything in it.
    fn parts(&self) -> usize {
        1 + self.attributes.len() + self.children.iter().map(Self::parts).sum::<usize>()
    }

    /// Returns the children of this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// Finds the first element on a path of names.
    pub fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |element, name| element.children.iter().find(|child| child.name == *name))
    }

    /// Returns the text of the first element on a path of names, empty if there is none.
    pub fn text_at(&self, path: &[&str]) -> &str {
        self.at(path).and_then(|element| element.text.as_ref()).map_or("", |text| text.expose())
    }

    /// Returns the value of the first attribute of this name.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.expose())
    }

    /// Returns true if the attribute of this name has the value `true`, in any letter case.
    pub fn says(&self, name: &str) -> bool {
        self.attributes.iter().any(|(own, value)| own == name && value.expose().eq_ignore_ascii_case("true"))
    }
}

fn wrong() -> Violations {
    Violations::one("document", "is not XML that can be read")
}

fn many() -> Violations {
    Violations::one("document", format!("has more than {PARTS} elements and attributes"))
}

/// Adds a text with the line ends of XML: a line feed alone.
fn push_lines(text: &str, out: &mut Buffer) {
    for (index, part) in text.split("\r\n").enumerate() {
        out.push(if index == 0 { "" } else { "\n" });
        out.push(part);
    }
}

fn named(entity: &str) -> Option<char> {
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{PARTS, XmlElement};

    #[test]
    fn text_is_put_together_from_its_parts() {
        let root = XmlElement::read("\u{feff}<?xml version=\"1.0\"?><a><b x=\"True\">1&amp;2<![CDATA[<3>]]>&#x34;\r\n</b><!-- --><c/></a>")
            .unwrap();
        assert_eq!(root.text_at(&["b"]), "1&2<3>4\n");
        assert!(root.at(&["b"]).unwrap().says("x") && !root.at(&["b"]).unwrap().says("y"));
        assert_eq!((root.name.as_str(), root.all("c").count(), root.text_at(&["c", "d"])), ("a", 1, ""));
    }

    #[test]
    fn what_is_no_plain_xml_is_refused() {
        let deep = "<a>".repeat(300);
        for text in
            ["", "x", "<a>", "<a></b>", "<!DOCTYPE a [<!ENTITY e \"x\">]><a>&e;</a>", "<a>&e;</a>", &deep]
        {
            assert!(XmlElement::read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn elements_and_attributes_are_counted_together() {
        let attributes = |count: usize| (0..count).map(|n| format!(" a{n}=\"\"")).collect::<String>();
        let files = |parts: usize| {
            [
                format!("<a>{}</a>", "<b/>".repeat(parts - 1)),
                format!("<a{}/>", attributes(parts - 1)),
                format!("<a{}></a>", attributes(parts - 1)),
                format!("<a>{}<b/></a>", "<b c=\"\"></b>".repeat(parts / 2 - 1)),
            ]
        };
        for file in files(PARTS) {
            assert!(XmlElement::read(&file).is_ok());
        }
        for file in files(PARTS + 2) {
            let error = XmlElement::read(&file).unwrap_err().to_string();
            assert!(error.contains(&format!("has more than {PARTS} elements and attributes")), "{error}");
        }
    }

    #[test]
    fn what_was_taken_out_counts_no_more_but_what_stays_does() {
        // of each version stays one element with its attributes
        let prune = |element: &mut XmlElement| {
            for version in &mut element.children {
                version.children = Vec::new();
            }
            element.name == "old"
        };
        let whole = format!("<v>{}</v>", "<w x=\"\" y=\"\"/>".repeat(100));
        let named = "<v x=\"\" y=\"\"/>";
        for (versions, lists, is_read) in [
            (whole.repeat(13), 1, true),
            (whole.repeat(14), 1, false),
            (whole.clone(), PARTS / 3, true),
            (named.to_owned(), PARTS / 3, false),
        ] {
            let file = format!("<a>{}</a>", format!("<old>{versions}</old>").repeat(lists));
            assert_eq!(
                XmlElement::read_with(&file, prune).is_ok(),
                is_read,
                "{lists} of {}",
                &versions[..20]
            );
        }
    }
}
