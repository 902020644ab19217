//! Both ends over pipes, with an object in memory; helpers that break the protocol; programs that do.

use std::io::{self, Read as _, Write as _};
use std::thread;

use super::message::{Greeting, RemoteReply, RemoteRequest};
use super::{
    EngineFailure, FailureKind, Fetched, HelperProgram, HelperStreams, MAX_OBJECT, MAX_TEXT, Probed,
    PutCondition, Ranged, RemoteClient, RemoteObject, Stored, UnusableObject, serve,
};

/// An object in memory; its tag is its revision.
#[derive(Default)]
struct Memory {
    content: Option<Vec<u8>>,
    revision: u64,
    tag_of_puts: Option<String>,
}

impl Memory {
    fn tag(&self) -> Option<String> {
        self.content.as_ref().map(|_| self.revision.to_string())
    }
}

impl RemoteObject for Memory {
    fn get(&mut self, unless: Option<&str>) -> Result<Fetched, EngineFailure> {
        Ok(match (&self.content, self.tag()) {
            (Some(_), Some(tag)) if unless == Some(&tag) => Fetched::Unchanged,
            (Some(content), Some(tag)) => Fetched::Found { tag, content: content.clone() },
            _ => Fetched::Absent,
        })
    }

    fn range(&mut self, wanted: Option<&str>, start: u64, count: u64) -> Result<Ranged, EngineFailure> {
        let (Some(content), Some(tag)) = (&self.content, self.tag()) else { return Ok(Ranged::Absent) };
        if wanted.is_some_and(|wanted| wanted != tag) {
            return Ok(Ranged::Changed);
        }
        let part = content.iter().skip(usize::try_from(start).unwrap()).take(usize::try_from(count).unwrap());
        Ok(Ranged::Part { tag, size: content.len() as u64, content: part.copied().collect() })
    }

    fn put(&mut self, condition: PutCondition<'_>, content: Vec<u8>) -> Result<Stored, EngineFailure> {
        if condition.tag() != self.tag().as_deref() {
            return Ok(Stored::Changed);
        }
        if content == b"refuse" {
            return Err(EngineFailure::new(FailureKind::Denied, "no permission"));
        }
        self.content = Some(content);
        self.revision += 1;
        Ok(Stored::Stored { tag: self.tag_of_puts.clone().unwrap_or_else(|| self.revision.to_string()) })
    }

    fn probe(&mut self) -> Result<Probed, EngineFailure> {
        Ok(Probed::Unsound("it forgets\neverything".to_owned()))
    }

    fn delete(&mut self) -> Result<(), EngineFailure> {
        self.content = None;
        Ok(())
    }
}

/// Lets a client talk with an object over pipes.
fn talk<T>(
    object: &mut dyn RemoteObject,
    talk: impl FnOnce(&mut RemoteClient<io::PipeReader, io::PipeWriter>) -> T + Send,
) -> T
where
    T: Send,
{
    let (mut requests, to_helper) = io::pipe().unwrap();
    let (from_helper, mut replies) = io::pipe().unwrap();
    thread::scope(|scope| {
        let client = scope.spawn(|| {
            let mut client = RemoteClient::start(from_helper, to_helper).unwrap();
            assert_eq!(client.program(), "memory 1.0");
            talk(&mut client)
        });
        serve(object, "memory 1.0", &mut requests, &mut replies).unwrap();
        client.join().unwrap()
    })
}

fn tag(tag: &str) -> Stored {
    Stored::Stored { tag: tag.to_owned() }
}

#[test]
fn both_ends_agree() {
    talk(&mut Memory::default(), |client| {
        assert_eq!(client.get(None), Ok(Fetched::Absent));
        assert_eq!(client.range(None, 0, 9), Ok(Ranged::Absent));
        assert_eq!(client.put(PutCondition::Unchanged("1"), b"early".to_vec()), Ok(Stored::Changed));
        // more than a pipe takes at a time, with line breaks in it
        let content = b"line\n".repeat(100_000);
        assert_eq!(client.put(PutCondition::Absent, content.clone()), Ok(tag("1")));
        assert_eq!(client.put(PutCondition::Absent, b"again".to_vec()), Ok(Stored::Changed));
        assert_eq!(client.get(None), Ok(Fetched::Found { tag: "1".to_owned(), content }));
        assert_eq!(client.get(Some("1")), Ok(Fetched::Unchanged));
        assert_eq!(client.put(PutCondition::Unchanged("0"), b"late".to_vec()), Ok(Stored::Changed));
        assert_eq!(client.put(PutCondition::Unchanged("1"), b"0123456789".to_vec()), Ok(tag("2")));
        let part =
            |content: &[u8]| Ok(Ranged::Part { tag: "2".to_owned(), size: 10, content: content.to_vec() });
        assert_eq!(client.range(None, 3, 4), part(b"3456"));
        assert_eq!(client.range(Some("2"), 8, 4), part(b"89"));
        assert_eq!(client.range(Some("2"), 10, 4), part(b""));
        assert_eq!(client.range(Some("2"), 99, 4), part(b""));
        assert_eq!(client.range(Some("1"), 0, 4), Ok(Ranged::Changed));
        let refused = client.put(PutCondition::Unchanged("2"), b"refuse".to_vec()).unwrap_err();
        assert_eq!((refused.kind, refused.to_string().as_str()), (FailureKind::Denied, "no permission"));
        assert_eq!(client.probe(), Ok(Probed::Unsound("it forgets everything".to_owned())));
        assert_eq!(client.put(PutCondition::Unchanged("2"), Vec::new()), Ok(tag("3")));
        assert_eq!(client.get(None), Ok(Fetched::Found { tag: "3".to_owned(), content: Vec::new() }));
        // an object that is gone already is no failure
        for _ in 0..2 {
            assert_eq!(client.delete(), Ok(()));
            assert_eq!(client.get(None), Ok(Fetched::Absent));
        }
    });
}

#[test]
fn a_helper_that_cannot_start_says_why_at_each_request() {
    let failure = EngineFailure::new(FailureKind::Refused, "no such bucket");
    talk(&mut UnusableObject(failure.clone()), |client| {
        assert_eq!(client.get(None), Err(failure.clone()));
        assert_eq!(client.range(None, 0, 1), Err(failure.clone()));
        assert_eq!(client.put(PutCondition::Absent, b"x".to_vec()), Err(failure.clone()));
        assert_eq!(client.probe(), Err(failure.clone()));
        assert_eq!(client.delete(), Err(failure.clone()));
    });
}

#[test]
fn a_tag_that_no_client_takes_becomes_an_unknown_result() {
    let mut object = Memory { tag_of_puts: Some("a\nb".to_owned()), ..Memory::default() };
    talk(&mut object, |client| {
        assert!(matches!(client.put(PutCondition::Absent, b"x".to_vec()), Ok(Stored::Unknown(_))));
        assert!(matches!(client.get(None), Ok(Fetched::Found { .. })));
    });
}

/// The output of [`serve`] for an input, behind the greeting.
fn served(input: &str) -> (io::Result<()>, String) {
    let mut output = Vec::new();
    let mut object = Memory { content: Some(b"abc".to_vec()), revision: 7, tag_of_puts: None };
    let result = serve(&mut object, "memory 1.0", &mut input.as_bytes(), &mut output);
    let output = String::from_utf8(output).unwrap();
    let greeting = "{\"protocol\":1,\"program\":\"memory 1.0\"}\n";
    (result, output.strip_prefix(greeting).unwrap().to_owned())
}

#[test]
fn the_messages_are_those_of_the_page() {
    let (result, output) = served(concat!(
        "{\"do\":\"get\",\"later\":[1]}\n",
        "{\"unless\":\"7\",\"do\":\"get\"}\n",
        "{\"do\":\"dance\",\"length\":3}\nabc",
        "{\"do\":\"range\",\"start\":1,\"count\":9}\n",
        "{\"do\":\"range\",\"tag\":\"6\",\"start\":1,\"count\":9}\n",
        "{\"do\":\"put\",\"length\":2}\nde",
        "{\"do\":\"put\",\"if\":\"7\",\"length\":2}\nde",
        "{\"do\":\"probe\"}\n",
    ));
    result.unwrap();
    let expected = concat!(
        "{\"is\":\"found\",\"tag\":\"7\",\"length\":3}\nabc",
        "{\"is\":\"unchanged\"}\n",
        "{\"is\":\"failed\",\"kind\":\"unsupported\",\"text\":\"the helper does not know this request\"}\n",
        "{\"is\":\"part\",\"tag\":\"7\",\"size\":3,\"length\":2}\nbc",
        "{\"is\":\"changed\"}\n",
        "{\"is\":\"changed\"}\n",
        "{\"is\":\"stored\",\"tag\":\"8\"}\n",
        "{\"is\":\"unsound\",\"text\":\"it forgets everything\"}\n",
    );
    assert_eq!(output, expected);
}

#[test]
fn a_program_that_breaks_the_protocol_ends_the_helper() {
    for input in [
        "x\n",
        "[]\n",
        "{}\n",
        "{\"do\":\"get\"}",
        "{\"do\":\"range\",\"start\":-1,\"count\":1}\n",
        "{\"do\":\"put\",\"length\":3}\nab",
        "{\"do\":\"put\",\"length\":268435457}\nab",
        "{\"do\":\"put\"}\n",
        &format!("{{\"do\":\"get\",\"unless\":\"{}\"}}\n", "x".repeat(5000)),
    ] {
        let (result, output) = served(input);
        assert!(result.is_err() && output.is_empty(), "{input}: {output}");
    }
}

/// A client whose helper answers with these bytes, whatever it is asked.
fn client(replies: &[u8]) -> RemoteClient<io::Cursor<Vec<u8>>, io::Sink> {
    let greeting = b"{\"protocol\":1,\"program\":\"hostile\",\"later\":{}}\n";
    RemoteClient::start(io::Cursor::new([greeting, replies].concat()), io::sink()).unwrap()
}

#[test]
fn greetings_are_checked() {
    let start = |greeting: &[u8]| {
        RemoteClient::start(io::Cursor::new(greeting.to_vec()), io::sink())
            .map(|client| client.program().to_owned())
    };
    assert_eq!(start(b"{\"protocol\":1,\"program\":\"a\\nb\"}\n"), Ok("a b".to_owned()));
    let long = format!("{{\"protocol\":1,\"program\":\"{}\"}}\n", "x".repeat(3000));
    assert_eq!(start(long.as_bytes()).map(|name| name.len()), Ok(MAX_TEXT));
    let later = start(b"{\"protocol\":2,\"program\":\"a\"}\n").unwrap_err();
    assert_eq!(later.kind, FailureKind::Unsupported);
    let endless = vec![b'x'; 1_000_000];
    for greeting in [&b""[..], b"usage\n", b"{\"protocol\":1}\n", b"{\"protocol\":1", &endless] {
        assert_eq!(start(greeting).unwrap_err().kind, FailureKind::Internal, "{}", greeting.len());
    }
}

#[test]
fn replies_that_break_the_protocol_are_refused() {
    let long_tag = format!("{{\"is\":\"found\",\"tag\":\"{}\",\"length\":1}}\nx", "t".repeat(1025));
    let long_line = format!("{{\"is\":\"absent\",\"x\":\"{}\"}}\n", "t".repeat(5000));
    for reply in [
        "",
        "\n",
        "absent\n",
        "{\"is\":\"absent\"}",
        "{\"is\":\"absent\",\"length\":1}\nx",
        "{\"is\":\"news\"}\n",
        "{\"is\":\"unchanged\"}\n",
        "{\"is\":\"stored\",\"tag\":\"1\"}\n",
        "{\"is\":\"found\",\"tag\":\"\",\"length\":1}\nx",
        "{\"is\":\"found\",\"tag\":\"a\\u0007\",\"length\":1}\nx",
        "{\"is\":\"found\",\"tag\":\"1\",\"length\":2}\nx",
        "{\"is\":\"found\",\"tag\":\"1\",\"length\":268435457}\nx",
        "{\"is\":\"found\",\"tag\":\"1\",\"length\":-1}\nx",
        "{\"is\":\"failed\",\"text\":\"no kind\"}\n",
        &long_tag,
        &long_line,
    ] {
        let mut client = client(reply.as_bytes());
        assert_eq!(client.get(None).unwrap_err().kind, FailureKind::Internal, "{reply}");
        let after = client.get(None).unwrap_err();
        assert_eq!(after.text, "the helper cannot be used any more", "{reply}");
    }
}

#[test]
fn parts_that_were_not_asked_for_are_refused() {
    let part = |tag: &str, size: u64, body: &str| {
        format!("{{\"is\":\"part\",\"tag\":\"{tag}\",\"size\":{size},\"length\":{}}}\n{body}", body.len())
    };
    for (reply, is_fine) in [
        (part("1", 9, "5678"), true),
        (part("1", 7, "56"), true),
        (part("1", 2, ""), true),
        (part("2", 9, "5678"), false),
        (part("1", 9, "567"), false),
        (part("1", 90, "56789"), false),
        (part("1", 7, "5678"), false),
        (part("1", MAX_OBJECT + 1, "5678"), false),
    ] {
        let answer = client(reply.as_bytes()).range(Some("1"), 5, 4);
        assert_eq!(answer.is_ok(), is_fine, "{reply}");
    }
    let changed = b"{\"is\":\"changed\"}\n";
    assert_eq!(client(changed).range(Some("1"), 5, 4), Ok(Ranged::Changed));
    assert!(client(changed).range(None, 5, 4).is_err());
}

#[test]
fn a_put_whose_reply_is_lost_or_odd_is_unknown() {
    for reply in
        ["", "{\"is\":\"sto", "{\"is\":\"found\",\"tag\":\"1\",\"length\":0}\n", "{\"is\":\"absent\"}\n"]
    {
        let mut client = client(reply.as_bytes());
        let answer = client.put(PutCondition::Absent, b"x".to_vec());
        assert!(matches!(answer, Ok(Stored::Unknown(_))), "{reply}: {answer:?}");
        assert!(client.put(PutCondition::Absent, b"x".to_vec()).is_err(), "{reply}");
    }
}

#[test]
fn texts_of_a_helper_can_be_shown() {
    let text = format!("\\u001b[31m{}", "é".repeat(1000));
    let mut client =
        client(format!("{{\"is\":\"failed\",\"kind\":\"news\",\"text\":\"{text}\"}}\n").as_bytes());
    let failure = client.get(None).unwrap_err();
    assert_eq!(failure.kind, FailureKind::Internal);
    assert!(failure.text.starts_with(" [31mé") && failure.text.len() <= MAX_TEXT);
}

#[test]
fn a_helper_that_is_gone_never_had_the_content() {
    let (requests, to_helper) = io::pipe().unwrap();
    let greeting: &[u8] = b"{\"protocol\":1,\"program\":\"short\"}\n";
    let mut client = RemoteClient::start(greeting, to_helper).unwrap();
    drop(requests);
    let failure = client.put(PutCondition::Absent, vec![0; 1_000_000]).unwrap_err();
    assert_eq!(failure.text, "the helper ended before it answered");
}

#[test]
fn a_content_that_is_too_large_is_not_sent() {
    let mut output = Vec::new();
    let greeting: &[u8] = b"{\"protocol\":1,\"program\":\"large\"}\n";
    let mut client = RemoteClient::start(greeting, &mut output).unwrap();
    let content = vec![0; usize::try_from(MAX_OBJECT).unwrap() + 1];
    let failure = client.put(PutCondition::Absent, content).unwrap_err();
    assert_eq!(failure.kind, FailureKind::Refused);
    assert!(output.is_empty());
}

#[test]
fn messages_are_written_as_they_are_read() {
    let greeting = Greeting { protocol: 1, program: "a \"b\"".to_owned(), ranges: false };
    let line = serde_json::to_string(&greeting).unwrap();
    assert_eq!(serde_json::from_str::<Greeting>(&line).unwrap(), greeting);
    for request in [
        RemoteRequest::Get { unless: None },
        RemoteRequest::Get { unless: Some("\"1\"".to_owned()) },
        RemoteRequest::Range { tag: None, start: 0, count: u64::MAX },
        RemoteRequest::Put { condition: None, length: 3 },
        RemoteRequest::Put { condition: Some("1".to_owned()), length: 3 },
        RemoteRequest::Probe,
    ] {
        let line = serde_json::to_string(&request).unwrap();
        assert_eq!(serde_json::from_str::<RemoteRequest>(&line).unwrap(), request, "{line}");
    }
    for kind in ["denied", "unreachable", "refused", "unsupported", "internal"] {
        let line = format!("{{\"is\":\"failed\",\"kind\":\"{kind}\",\"text\":\"t\"}}");
        let reply: RemoteReply = serde_json::from_str(&line).unwrap();
        assert_eq!(serde_json::to_string(&reply).unwrap(), line);
    }
}

/// Runs a helper program with arguments and without requests: its status, and what it writes.
fn run(arguments: &[&str]) -> (u8, String, String) {
    let program = HelperProgram { name: "credctl-remote-test", version: "1.2", help: "some help" };
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let streams = HelperStreams { input: &mut io::empty(), output: &mut output, errors: &mut errors };
    let open = |address: &str| -> Result<Box<dyn RemoteObject>, EngineFailure> {
        assert_eq!(address, "test://a b");
        Ok(Box::new(Memory::default()))
    };
    let status = program.run(arguments.iter().map(Into::into), streams, open).unwrap();
    (status, String::from_utf8(output).unwrap(), String::from_utf8(errors).unwrap())
}

#[test]
fn a_helper_program_knows_its_arguments() {
    assert_eq!(run(&["--help"]), (0, "some help\n".to_owned(), String::new()));
    assert_eq!(run(&["--version"]), (0, "credctl-remote-test 1.2\n".to_owned(), String::new()));
    let greeting = "{\"protocol\":1,\"program\":\"credctl-remote-test 1.2\"}\n";
    assert_eq!(run(&["test://a b"]), (0, greeting.to_owned(), String::new()));
    for wrong in [&[][..], &["--all"], &["a", "b"]] {
        let (status, output, errors) = run(wrong);
        assert_eq!((status, output.as_str()), (2, ""), "{wrong:?}");
        assert!(errors.ends_with("usage: credctl-remote-test ADDRESS\n"), "{wrong:?}: {errors}");
    }
}

#[test]
fn a_helper_leaves_what_comes_behind_a_body_alone() {
    // a pipe that stays open: the reply comes before the next request
    let (mut requests, mut to_helper) = io::pipe().unwrap();
    let (mut from_helper, mut replies) = io::pipe().unwrap();
    let helper =
        thread::spawn(move || serve(&mut Memory::default(), "memory 1.0", &mut requests, &mut replies));
    to_helper.write_all(b"{\"do\":\"put\",\"length\":2}\nde{\"do\":\"get\"}\n").unwrap();
    let expected = "{\"protocol\":1,\"program\":\"memory 1.0\"}\n{\"is\":\"stored\",\"tag\":\"1\"}\n\
                    {\"is\":\"found\",\"tag\":\"1\",\"length\":2}\nde";
    let mut output = vec![0; expected.len()];
    from_helper.read_exact(&mut output).unwrap();
    assert_eq!(String::from_utf8(output).unwrap(), expected);
    drop(to_helper);
    helper.join().unwrap().unwrap();
}
