//! `generate`: makes random passwords and passphrases.

use credctl::generate::{CharacterClass, Recipe, generate};
use credctl::value::{Object, Value};

use crate::cli::clipboard::Clip;
use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::options::{ClipArgs, Form};
use crate::cli::output;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Without options, credctl makes a password of 24 letters, digits and symbols. It
prints the strength of the password in bits, on stderr.
`credctl add login db username=app password=generate` stores such a password
without showing it.

Examples:
  credctl generate
  credctl generate --length 16 --class lower --class digit
  credctl generate --words 6
  credctl generate --clip
      copies the password instead of printing it
  credctl generate --hex 32")]
pub struct Args {
    /// The number of characters
    #[arg(long, value_name = "N", default_value_t = 24)]
    length: usize,
    /// Use only these classes, each at least once: lower, upper, digit, symbol
    #[arg(long, value_name = "CLASS", value_parser = classes())]
    class: Vec<CharacterClass>,
    /// Make N words instead of characters
    #[arg(long, value_name = "N", conflicts_with_all = ["class", "hex", "base64", "uuid"])]
    words: Option<usize>,
    /// The text between words
    #[arg(long, value_name = "TEXT", default_value = "-", requires = "words")]
    separator: String,
    /// Make N random bytes in hexadecimal
    #[arg(long, value_name = "N", conflicts_with_all = ["class", "base64", "uuid"])]
    hex: Option<usize>,
    /// Make N random bytes in base64
    #[arg(long, value_name = "N", conflicts_with_all = ["class", "uuid"])]
    base64: Option<usize>,
    /// Make a random UUID
    #[arg(long, conflicts_with = "class")]
    uuid: bool,
    #[command(flatten)]
    clip: ClipArgs,
}

fn classes() -> impl clap::builder::TypedValueParser<Value = CharacterClass> {
    use clap::builder::{PossibleValuesParser, TypedValueParser as _};
    PossibleValuesParser::new(CharacterClass::ALL.map(CharacterClass::name)).try_map(|name| {
        CharacterClass::ALL.into_iter().find(|class| class.name() == name).ok_or("not a class")
    })
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let clip = Clip::asked(ui, &args.clip)?;
    let recipe = match (args.words, args.hex, args.base64, args.uuid) {
        (Some(count), ..) => Recipe::Words { count, separator: args.separator.clone() },
        (_, Some(bytes), ..) => Recipe::Hex(bytes),
        (_, _, Some(bytes), _) => Recipe::Base64(bytes),
        (_, _, _, true) => Recipe::Uuid,
        _ if args.class.is_empty() => {
            Recipe::Characters { length: args.length, classes: CharacterClass::ALL.to_vec() }
        }
        _ => Recipe::Characters { length: args.length, classes: args.class.clone() },
    };
    let generated = generate(&recipe)
        .map_err(|error| Error::usage(error.to_string()).param("length", "is out of bounds"))?;
    ui.notice(&format!("{} bits", generated.bits));
    if let Some(clip) = &clip {
        let what = match recipe {
            Recipe::Characters { .. } => "the generated password",
            Recipe::Words { .. } => "the generated passphrase",
            Recipe::Hex(_) | Recipe::Base64(_) | Recipe::Uuid => "the generated secret",
        };
        return clip.copy(ui, what, generated.value.expose().as_bytes());
    }
    if matches!(settings.form, Form::Json | Form::Jsonl | Form::Yaml) {
        let answer = Object::from_iter([
            ("value", Value::Text(generated.value)),
            ("bits", Value::from(u64::from(generated.bits))),
        ]);
        return output::object(settings, &answer);
    }
    output::bytes(generated.value.expose().as_bytes())?;
    output::text("\n")
}
