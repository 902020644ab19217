//! Definitions of types: no panic, and what is accepted comes back from its document. A type that is made of one
//! judges texts and describes itself.
#![no_main]

use credctl::kind::Shape;
use credctl::kind::own::TypeDefinition;
use credctl::value::{Value, json};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &[u8]| {
    let Ok(Value::Object(document)) = json::parse(text) else { return };
    let Ok(definition) = TypeDefinition::read(&document) else {
        // what the form of a built-in type has beside it must not panic either
        let _ = TypeDefinition::read_built_in(&document);
        return;
    };
    let again = TypeDefinition::read(&definition.document()).expect("what was accepted is accepted again");
    assert_eq!(again, definition);
    drop(definition.schema());
    // a type stays in memory, once for each definition
    let kind = definition.kind();
    assert!(std::ptr::eq(kind, again.kind()));
    assert_eq!(kind.name, definition.name());
    for field in kind.fields {
        assert!(!field.expects().is_empty() && !field.label().is_empty());
        if let Shape::Line(rule) | Shape::Text(rule) | Shape::List(rule) | Shape::Number(rule) = field.shape {
            for text in ["", "a", "5432", kind.summary] {
                let _ = (rule.check)(text);
            }
        }
    }
});
