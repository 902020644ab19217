//! Members of records and of the first line with odd values.

use super::lathe::Lathe;
use super::text_parts::{Members, TextParts, members_of, record_of};
use super::{beginning, odd_values, scene, some_of};

#[test]
fn every_member_of_every_record_takes_odd_values() {
    let scene = scene();
    let text = scene.text();
    let parts = TextParts::of(&text);
    let mut lathe = Lathe::of(scene);
    assert!(lathe.turn("nothing changed", &parts.laid_out()) && lathe.turn("by hand", &parts.by_hand()));
    for (section, (name, records)) in parts.sections.iter().enumerate() {
        for (at, record) in records.iter().enumerate() {
            for (number, (member, value)) in members_of(record).iter().enumerate() {
                let told = |what: &str| format!("{name} {at}, {member}: {what}");
                let with = |change: &dyn Fn(&mut Members)| {
                    let mut members = members_of(record);
                    change(&mut members);
                    parts.with_records(section, |records| records[at] = record_of(&members))
                };
                for odd in some_of(odd_values(), at + number) {
                    let odd = odd.to_string();
                    let changed = with(&|members| members[number].1.clone_from(&odd));
                    lathe.both(&told(&beginning(&odd)), &changed);
                }
                lathe.both(&told("missing"), &with(&|members| drop(members.remove(number))));
                let twice = (member.clone(), value.clone());
                lathe.both(&told("twice"), &with(&|members| members.push(twice.clone())));
            }
        }
    }
    assert!(lathe.count > 500 && lathe.refused > lathe.count / 3, "{} of {}", lathe.refused, lathe.count);
}

#[test]
fn every_member_of_the_first_line_takes_odd_values() {
    let scene = scene();
    let parts = TextParts::of(&scene.text());
    let mut lathe = Lathe::of(scene);
    let members = [
        "credctl",
        "version",
        "id",
        "generation",
        "seal",
        "formerSeals",
        "parents",
        "signers",
        "bundle",
        "x",
    ];
    for member in members {
        for odd in odd_values() {
            let odd = odd.to_string();
            let set = |members: &mut Vec<(String, String)>| {
                members.retain(|(name, _)| name != member);
                members.push((member.to_owned(), odd.clone()));
            };
            lathe.both(&format!("{member}: {}", beginning(&odd)), &parts.with_first(set));
        }
        let missing = parts.with_first(|members| members.retain(|(name, _)| name != member));
        lathe.both(&format!("{member}: missing"), &missing);
        let twice = parts.with_first(|members| members.extend(vec![(member.to_owned(), "1".to_owned()); 2]));
        lathe.both(&format!("{member}: twice"), &twice);
    }
    assert!(lathe.refused > lathe.count / 2, "{} of {}", lathe.refused, lathe.count);
}
