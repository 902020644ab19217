//! One credential as people read it: a title, its fields decoded to what they say, and the rest in one dim line.
//!
//! `print.rs` puts the view together: `title.rs` has the first line and the last one, `fields.rs` the values of the type, `envelope.rs` what every
//! credential has, and `names.rs` the names of people and policies. Secrets are a mark unless they are revealed.

mod envelope;
mod fields;
mod names;
mod print;
mod screen;
mod title;

pub use names::Names;
pub use print::view;
pub use screen::CredentialView;
