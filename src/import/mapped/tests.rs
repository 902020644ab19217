use super::{ColumnMap, MapError};
use crate::import::Import;
use crate::import::tests::shown;

fn map(words: &str, has_header: bool) -> Result<ColumnMap, MapError> {
    ColumnMap::parse(&words.split(',').map(str::to_owned).collect::<Vec<_>>(), has_header)
}

fn read(text: &str, words: &str) -> Import {
    Import::mapped(text, &map(words, true).unwrap()).unwrap()
}

#[test]
fn columns_are_named_by_their_header_or_number() {
    let text = "Name;Created;Secret;Who\nMail;2020;\"p;w\";ada\n";
    let import = read(text, "title=Name,password=#3,username=who");
    assert_eq!(shown(&import), ["UsernamePassword Mail {name: Mail, username: ada, password: p;w}"]);
    assert_eq!(import.notices, ["columns left out: Created"]);
    let tabs = read("Name\tSecret\nMail, or so\tpw\n", "title=Name,password=Secret");
    assert_eq!(shown(&tabs), ["Simple Mail,-or-so {name: Mail, or so, value: pw}"]);
    let numbers = map("id=#1,password=#2", false).unwrap();
    assert_eq!(
        shown(&Import::mapped("a,1\nb,2\n", &numbers).unwrap()),
        ["Simple a {value: 1}", "Simple b {value: 2}"]
    );
}

#[test]
fn a_column_of_types_makes_any_credential() {
    let text = "what,key,a,b\nAws,k,AKIA,s\napikey,t,,\nnonsense,x,,\n";
    let import = read(text, "type=what,id=key,accessKeyId=a,secretAccessKey=b");
    let all = shown(&import);
    assert_eq!(all[0], "Aws k {accessKeyId: AKIA, secretAccessKey: s}");
    assert_eq!(all[1..], ["apikey t {}", "x: line 4: has no known type"]);
    let own = read("t,v,n\nSimple,x,y\n", "type=t,value=v,custom.PIN=n");
    assert!(
        shown(&own)[0].starts_with("Simple secret {value: x, custom: [{name: PIN, "),
        "{:?}",
        shown(&own)
    );
    let wrong = read("t,v\nAws,x\n", "type=t,keyStore.a=v");
    assert_eq!(shown(&wrong), ["aws: keyStore.a: is not a field of Aws"]);
}

#[test]
fn words_that_are_no_map_are_refused() {
    for (words, error) in [
        ("title", MapError::NoColumn),
        ("=x", MapError::NoColumn),
        ("title=a,title=b", MapError::Twice("title".into())),
        ("custom.=a", MapError::NoColumn),
        ("colour=a", MapError::Unknown("colour".into())),
    ] {
        assert_eq!(map(words, true).unwrap_err(), error, "{words}");
    }
    assert_eq!(
        MapError::Unknown("colour".into()).to_string(),
        "names colour, which is none of title, username, password, url, notes, totp, id, type and custom.NAME"
    );
    assert_eq!(map("title=Name", false).unwrap_err(), MapError::NeedsNumber);
    let error = Import::mapped("a,b\n1,2\n", &map("title=Name", true).unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "title: is in a column that the file does not have");
}
