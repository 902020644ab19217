//! Zip archives that password managers export, from the file to the vault.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use rawzip::{CompressionMethod, ZipArchiveWriter};

use crate::support::Scene;

/// Makes an archive of files.
pub fn zip<C: AsRef<[u8]>>(files: &[(&str, C)]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut out);
    for (name, content) in files {
        let file = archive.new_file(*name).compression_method(CompressionMethod::DEFLATE);
        let (mut entry, config) = file.start().unwrap();
        let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::default()));
        writer.write_all(content.as_ref()).unwrap();
        let (encoder, descriptor) = writer.finish().unwrap();
        encoder.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    out
}

#[test]
fn the_archive_of_1password() {
    let scene = Scene::new();
    let data = r#"{"accounts":[{"attrs":{"name":"A"},"vaults":[{"attrs":{"name":"Private"},"items":[
        {"uuid":"1","state":"active","details":{"loginFields":[
          {"value":"ada","name":"u","designation":"username"},{"value":"S-pw","name":"p","fieldType":"P","designation":"password"}],
          "notesPlain":"S-note","sections":[{"title":"","fields":[{"title":"PIN","id":"p","value":{"concealed":"S-1234"}},
          {"title":"plan","id":"f","value":{"file":{"fileName":"plan.pdf","documentId":"d","decryptedSize":4}}}]}]},
         "overview":{"title":"Shop","url":"https://a.example","tags":["work"]}}]}]}]}"#;
    let file = zip(&[
        ("export.attributes", "{}"),
        ("export.data", data),
        ("files/d___plan.pdf", "%PDF"),
        ("files/other", "%PDF"),
        ("readme.txt", ""),
    ]);
    scene.file("export.1pux", &file);
    let answer = scene.run(["import", "export.1pux", "-o", "json"]).ok();
    assert_eq!(answer.json()["format"], "1password-1pux");
    answer.says("2 other files in the archive");
    assert_eq!(scene.run(["get", "Shop", "--attachment", "plan.pdf"]).ok().stdout(), "%PDF");
    let shop = scene.get("Shop");
    assert_eq!(shop["fields"]["password"], "S-pw");
    let text = scene.text();
    for secret in ["S-note", "S-1234"] {
        assert!(text.contains(secret), "{secret}");
    }
    // the text in the archive by itself, and the archive from stdin
    scene.file("export.data", data);
    let alone = scene.run(["import", "export.data", "--on-conflict", "replace"]).ok();
    alone.says("attachment plan.pdf left out");
    // where the file has none, those that are stored stay
    assert_eq!(scene.run(["get", "Shop", "--attachment", "plan.pdf"]).ok().stdout(), "%PDF");
    scene.run_with(["import", "-", "--on-conflict", "skip"], &file).ok();
    assert_eq!(scene.ids(), ["Shop"]);
}

#[test]
fn the_archive_of_dashlane_is_one_import() {
    let scene = Scene::new();
    let file = zip(&[
        (
            "credentials.csv",
            "username,username2,username3,title,password,note,url,category,otpSecret\nada,,,Shop,S-pw,S-n,https://a.example,Work,\n",
        ),
        ("securenotes.csv", "title,note\nShop,S-code\n"),
        ("ids.csv", "type,number,name,issue_date,expiration_date,place_of_issue,state\n"),
        ("wifi.csv", "ssid,key,thing\nnet,S-x,1\n"),
    ]);
    let answer = scene.run_with(["import", "-", "-o", "json"], &file).ok();
    assert_eq!(answer.json()["format"], "dashlane-csv");
    answer.says("wifi.csv in the archive is of no known format");
    assert_eq!(scene.ids(), ["Shop", "Shop-2"]);
    assert!(scene.text().contains("S-code") && scene.text().contains("S-pw"));
}

#[test]
fn archives_that_cannot_be_read_are_named() {
    let scene = Scene::new();
    let refused = |file: &[u8]| scene.refuses(3, ["import", "-"], file);
    refused(&zip(&[("Proton Pass/data.pgp", "x")]))
        .says("encrypted with a passphrase")
        .says("without a passphrase");
    refused(&zip(&[("readme.txt", "x")])).says("is a zip archive").says("unpack the archive");
    let mut cut = zip(&[("export.data", "{}")]);
    cut.truncate(40);
    refused(&cut).says("is a damaged zip archive");
    refused(&zip(&[("export.data", &" ".repeat(4 * 1024 * 1024))])).says("compressed beyond measure");
}

#[test]
fn an_archive_that_would_fill_the_disk_is_refused_and_leaves_nothing() {
    let scene = Scene::new();
    let data = r#"{"accounts":[{"attrs":{"name":"A"},"vaults":[{"attrs":{"name":"V"},"items":[
        {"uuid":"1","state":"active","details":{"documentAttributes":{"fileName":"a","documentId":"d"}},
         "overview":{"title":"Shop"}}]}]}]}"#;
    let names: Vec<_> = (0..300).map(|at| format!("files/d{at}___a")).collect();
    let mut files = vec![("export.data", data)];
    files.extend(names.iter().map(|name| (name.as_str(), "x")));
    let mut file = zip(&files);
    // as the archive lists them, each has 1 MiB
    let records: Vec<_> = (0..file.len()).filter(|at| file[*at..].starts_with(b"PK\x01\x02")).collect();
    for at in records.into_iter().filter(|at| file[at + 46..].starts_with(b"files/")).collect::<Vec<_>>() {
        file[at + 24..at + 28].copy_from_slice(&(1024_u32 * 1024).to_le_bytes());
    }
    scene.file("export.1pux", &file);
    let before = scene.names();
    scene.refuses(3, ["import", "export.1pux"], "").says("more than 256 MiB").says("credctl attach");
    scene.refuses(3, ["import", "-"], &file).says("more than 256 MiB");
    assert_eq!(scene.names(), before);
}
