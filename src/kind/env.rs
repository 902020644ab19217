//! The variables of a program: exact names with a secret text each, in their order.

use super::definition::Kind;
use super::fact::FactSource;
use super::field::{Field, Shape};
use super::headline::Headline;
use super::rule::{Fact, FactReader};

/// The field that holds the variables. An own type may call it differently, see [`Kind::variables_field`].
pub const VARIABLES: &str = "variables";

/// The fact that names the variables.
const NAMES: &str = "variableNames";

/// The variables of a program, such as those of a `.env` file. They keep their names and their order.
pub const ENV: Kind = Kind {
    title: "Environment variables",
    keywords: "the variables of a program: .env, dotenv, settings",
    headline: Headline::Fact(NAMES),
    facts: Some(FactSource { path: &[VARIABLES], encoded: false, reader: &READER }),
    ..Kind::new(
        "env",
        "the variables of a program, by their exact names",
        &[Field::required(VARIABLES, Shape::Variables, "variables by name")
            .prompt("Variables, as in a .env file")
            .secret()],
    )
};

/// The reader of the names of variables. Only their values are secret.
pub(super) const READER: FactReader =
    FactReader { name: "variables", names: &[NAMES], facts, details: None, repeats_field: true };

fn facts(names: &str) -> Vec<Fact> {
    vec![Fact { name: NAMES, text: names.replace('\n', ", ") }]
}
