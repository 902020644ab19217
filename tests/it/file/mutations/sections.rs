//! Records and sections in the wrong place, and an index that does not fit.

use serde_json::{Value, json};

use super::lathe::Lathe;
use super::text_parts::TextParts;
use super::{beginning, odd_values, scene, some_of};

#[test]
fn sections_and_the_index_are_judged_as_a_whole() {
    let scene = scene();
    let text = scene.text();
    let parts = TextParts::of(&text);
    let mut lathe = Lathe::of(scene);
    for (section, (name, records)) in parts.sections.iter().enumerate() {
        for odd in [
            "garbage",
            "null",
            "{}",
            "[]",
            "5",
            "\"x\"",
            "",
            "{\"id\":\"zzz\"}",
            " {}",
            "{},{}",
            "{\"a\":1,\"a\":2}",
        ] {
            for at in some_of(vec![0, records.len()], section) {
                let with = parts.with_records(section, |records| records.insert(at, odd.to_owned()));
                lathe.both(&format!("{name}: {odd:?} at {at}"), &with);
            }
        }
        if let Some(first) = records.first() {
            lathe
                .both(&format!("{name}: twice"), &parts.with_records(section, |all| all.push(first.clone())));
        }
        lathe.both(&format!("{name}: reversed"), &parts.with_records(section, |all| all.reverse()));
        let mut without = parts.clone();
        without.sections.remove(section);
        lathe.both(&format!("{name}: missing"), &without);
        let mut twice = parts.clone();
        twice.sections.insert(section, parts.sections[section].clone());
        lathe.both(&format!("{name}: twice as a whole"), &twice);
        for odd in ["null", "{}", "\"x\"", "5"] {
            let whole = parts.by_hand().replacen(
                &format!("\"{name}\":[\n"),
                &format!("\"{name}\":{odd},\"x\":[\n"),
                1,
            );
            lathe.turn(&format!("{name} is {odd}"), &whole);
        }
    }
    let sound = parts.laid_out();
    let (before, index) = sound.split_at(sound.rfind("\"index\":").unwrap());
    let index: Value = serde_json::from_str(&format!("{{{index}")).unwrap();
    let index = index["index"].clone();
    let mut turn = |name: String, index: &Value| {
        let text = format!("{before}\"index\":{index}}}\n");
        lathe.turn(&format!("index: {name}"), &text);
    };
    for member in ["version", "at", "sections", "replaced", "signature", "x"] {
        for odd in odd_values() {
            let mut index = index.clone();
            index[member] = odd.clone();
            turn(format!("{member} {}", beginning(&odd.to_string())), &index);
        }
    }
    for section in 0..parts.sections.len() {
        for end in [0, 1] {
            for shift in [-1000_i64, -1, 1, 66, i64::MAX / 2] {
                let mut index = index.clone();
                let place = &mut index["sections"][section][end];
                let moved = place.as_i64().unwrap().saturating_add(shift);
                *place = json!(moved);
                turn(format!("{section} {end} {shift}"), &index);
            }
        }
    }
    assert!(lathe.refused > lathe.count / 3, "{} of {}", lathe.refused, lathe.count);
}
