//! The reader of filter texts: it finds words first, then conditions, then the joins between them.
//!
//! This file must not quote the text in an error, except for the name that is wrong.

use winnow::combinator::{alt, delimited, repeat};
use winnow::error::EmptyError;
use winnow::prelude::*;
use winnow::stream::LocatingSlice;
use winnow::token::{any, take_till, take_while};

use super::condition::{Node, Operand, Operator, Test};
use super::error::{QueryError, shown};
use super::member::Member;
use crate::credential::Scalar;
use crate::kind::KnownTypes;

/// Longest expression, in bytes.
const MAX_TEXT: usize = 16 * 1024;
/// Most parentheses and `not`s inside one another.
const MAX_DEPTH: usize = 64;
/// Most values in one expression.
const MAX_TERMS: usize = 1000;

/// Reads a whole expression.
pub(super) fn parse(text: &str, types: &KnownTypes) -> Result<Node, QueryError> {
    if text.len() > MAX_TEXT {
        return Err(QueryError::new("filter", "is longer than 16 KiB"));
    }
    let mut reader = FilterReader { text, types, tokens: tokens(text), next: 0, depth: 0, terms: 0 };
    let root = reader.list()?;
    match reader.peek() {
        None => Ok(root),
        Some(_) => Err(reader.expected("and, or, a comma or the end")),
    }
}

/// A word of the expression, and the byte at which it begins.
struct FilterToken {
    at: usize,
    lexeme: Lexeme,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Lexeme {
    /// A name, a keyword, or a value without quotes.
    Word(String),
    /// The text between two quotes.
    Quoted(String),
    /// A quote that is never closed.
    Unclosed,
    /// Any other character.
    Sign(char),
}

fn tokens(text: &str) -> Vec<FilterToken> {
    let mut input = LocatingSlice::new(text);
    let located = lexeme.with_span().map(|(lexeme, span)| FilterToken { at: span.start, lexeme });
    // every character is some lexeme or a blank, so this ends where the text ends
    repeat(0.., delimited(blanks, located, blanks)).parse_next(&mut input).unwrap_or_default()
}

fn blanks<'a>(input: &mut LocatingSlice<&'a str>) -> Result<&'a str, EmptyError> {
    take_while(0.., char::is_whitespace).parse_next(input)
}

fn lexeme(input: &mut LocatingSlice<&str>) -> Result<Lexeme, EmptyError> {
    alt((
        word.map(Lexeme::Word),
        quoted.map(Lexeme::Quoted),
        // after `quoted`, so only for a quote without an end; it takes the rest of the text
        ('\'', take_while(0.., |_| true)).value(Lexeme::Unclosed),
        any.map(Lexeme::Sign),
    ))
    .parse_next(input)
}

/// Reads a run of characters that mean nothing by themselves. Behind a dot a quoted part may follow.
fn word(input: &mut LocatingSlice<&str>) -> Result<String, EmptyError> {
    let plain = |c: char| !c.is_whitespace() && !"'\"(),=<>!".contains(c);
    let mut word = take_while(1.., plain).parse_next(input)?.to_owned();
    if word.ends_with('.') {
        word.push_str(&winnow::combinator::opt(quoted).parse_next(input)?.unwrap_or_default());
    }
    Ok(word)
}

fn quoted(input: &mut LocatingSlice<&str>) -> Result<String, EmptyError> {
    let part = alt((take_till(1.., '\''), "''".value("'")));
    let inside = repeat(0.., part).fold(String::new, |mut text, part: &str| {
        text.push_str(part);
        text
    });
    delimited('\'', inside, '\'').parse_next(input)
}

/// A reader of conditions from the words, from the least binding join inwards.
struct FilterReader<'a> {
    text: &'a str,
    types: &'a KnownTypes,
    tokens: Vec<FilterToken>,
    next: usize,
    depth: usize,
    terms: usize,
}

impl FilterReader<'_> {
    fn list(&mut self) -> Result<Node, QueryError> {
        self.joined(|reader| reader.takes_sign(','), Self::either, Node::All)
    }

    fn either(&mut self) -> Result<Node, QueryError> {
        self.joined(|reader| reader.takes_word("or"), Self::both, Node::Any)
    }

    fn both(&mut self) -> Result<Node, QueryError> {
        self.joined(|reader| reader.takes_word("and"), Self::single, Node::All)
    }

    fn joined(
        &mut self,
        joins: impl Fn(&mut Self) -> bool,
        part: impl Fn(&mut Self) -> Result<Node, QueryError>,
        join: fn(Vec<Node>) -> Node,
    ) -> Result<Node, QueryError> {
        let first = part(self)?;
        if !joins(self) {
            return Ok(first);
        }
        let mut parts = vec![first, part(self)?];
        while joins(self) {
            parts.push(part(self)?);
        }
        Ok(join(parts))
    }

    fn single(&mut self) -> Result<Node, QueryError> {
        if self.depth == MAX_DEPTH {
            return Err(self.error("has more than 64 levels"));
        }
        // `not` and parentheses recurse, so deep nesting would overflow the stack
        self.depth += 1;
        let node = if self.takes_word("not") {
            Node::Not(Box::new(self.single()?))
        } else if self.takes_sign('(') {
            let inner = self.list()?;
            if !self.takes_sign(')') {
                return Err(self.expected("and, or, a comma or )"));
            }
            inner
        } else {
            Node::Test(self.test()?)
        };
        self.depth -= 1;
        Ok(node)
    }

    fn test(&mut self) -> Result<Test, QueryError> {
        let Some(Lexeme::Word(name)) = self.peek() else { return Err(self.expected("a name, not or (")) };
        let member = Member::find(name, self.types).map_err(|reason| self.error(reason).about_a_name())?;
        let name = shown(name);
        self.next += 1;
        let operator = self.operator()?;
        if !operator.applies_to(&member) {
            // the error points at the operator
            self.next -= 1;
            return Err(self.error(format!("this operator does not apply to {name}")));
        }
        let mut values = Vec::new();
        if operator != Operator::In {
            values.push(self.value(&member, operator)?);
            return Ok(Test { member, operator, values });
        }
        if !self.takes_sign('(') {
            return Err(self.expected("( and values"));
        }
        loop {
            values.push(self.value(&member, operator)?);
            if self.takes_sign(')') {
                return Ok(Test { member, operator, values });
            }
            if !self.takes_sign(',') {
                return Err(self.expected("a comma or )"));
            }
        }
    }

    fn operator(&mut self) -> Result<Operator, QueryError> {
        let found = match self.peek() {
            Some(Lexeme::Word(word)) => {
                Operator::NAMES.iter().find(|(_, name)| word.eq_ignore_ascii_case(name))
            }
            _ => None,
        };
        let Some((operator, _)) = found else {
            return Err(self.expected("an operator: eq ne lt gt lte gte in contains startswith"));
        };
        self.next += 1;
        Ok(*operator)
    }

    fn value(&mut self, member: &Member, operator: Operator) -> Result<Operand, QueryError> {
        let text = match self.peek() {
            Some(Lexeme::Quoted(text)) => text,
            Some(Lexeme::Word(word)) if is_literal(word) => word,
            Some(Lexeme::Unclosed) => return Err(self.error("this quote is never closed")),
            _ => return Err(self.expected("a value in single quotes, a number, true or false")),
        };
        let operand = operand(self.types, member, operator, text).map_err(|reason| self.error(reason))?;
        self.next += 1;
        self.terms += 1;
        if self.terms > MAX_TERMS {
            return Err(self.error("has more than 1,000 terms"));
        }
        Ok(operand)
    }

    fn peek(&self) -> Option<&Lexeme> {
        self.tokens.get(self.next).map(|token| &token.lexeme)
    }

    fn takes_word(&mut self, keyword: &str) -> bool {
        let taken = matches!(self.peek(), Some(Lexeme::Word(word)) if word.eq_ignore_ascii_case(keyword));
        self.next += usize::from(taken);
        taken
    }

    fn takes_sign(&mut self, sign: char) -> bool {
        let taken = self.peek() == Some(&Lexeme::Sign(sign));
        self.next += usize::from(taken);
        taken
    }

    fn expected(&self, what: &str) -> QueryError {
        self.error(format!("expected {what}"))
    }

    /// Makes an error at the next word, or at the end.
    fn error(&self, reason: impl Into<String>) -> QueryError {
        let at = self.tokens.get(self.next).map_or(self.text.len(), |token| token.at);
        QueryError::new("filter", reason).at(self.text, at)
    }
}

/// Returns true if a word may stand as a value without quotes.
fn is_literal(word: &str) -> bool {
    // the standard library also reads `.5`, `+1`, `nan` and `infinity`
    let number = word.starts_with(|c: char| c.is_ascii_digit() || c == '-') && word.parse::<f64>().is_ok();
    // "-inf" is a number for the standard library only
    let plain = !word.contains(|c: char| c.is_ascii_alphabetic() && !matches!(c, 'e' | 'E'));
    (number && plain) || word.eq_ignore_ascii_case("true") || word.eq_ignore_ascii_case("false")
}

fn operand(types: &KnownTypes, member: &Member, operator: Operator, text: &str) -> Result<Operand, String> {
    match member {
        // a text that names no type selects nothing
        Member::Meta(meta) if meta.name() == "type" && operator.is_equality() => {
            Ok(types.find(text).map_or_else(|| Operand::TypeName(text.to_owned()), Operand::Type))
        }
        Member::Meta(meta) => meta.parse(text).map(Operand::Key).map_err(std::borrow::Cow::into_owned),
        _ => Ok(Operand::Key(Scalar::Text(text.to_owned().into()))),
    }
}
