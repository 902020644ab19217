//! Findings about the vault and the files beside it.

use std::fs::{self, File};
use std::time::{Duration, SystemTime};

use serde_json::json;

use super::{found, found_by, mends, only, paste, restores, set_mode};
use crate::support::{Scene, lab};

#[test]
fn files_that_others_can_read_or_change_are_closed() {
    let scene = Scene::with_login();
    scene.login("second");
    set_mode(&scene, "identity.txt", 0o644);
    let command = mends(&scene, "permissions", "can be read by others (mode 0644)");
    assert_eq!(command, format!("chmod go-rwx {}", scene.text_path("identity.txt")));
    for name in ["vault.age", "vault.age.bak", "vault.age.lock"] {
        set_mode(&scene, name, 0o666);
        mends(&scene, "permissions", &format!("{name}` can be changed by others"));
    }
    set_mode(&scene, "", 0o777);
    mends(&scene, "permissions", "can be changed by others (mode 0777)");
    // a name that a shell would take apart
    fs::rename(scene.path("identity.txt"), scene.path("my key's.txt")).unwrap();
    set_mode(&scene, "my key's.txt", 0o640);
    let mut command = scene.command(["doctor", "-i", "my key's.txt"]);
    paste(&scene, &only(found_by(&mut command), "permissions", "my key's.txt"));
    assert_eq!(scene.mode("my key's.txt"), 0o600);
}

#[test]
fn a_backup_that_nothing_can_be_undone_from_is_put_aside() {
    let scene = Scene::with_login();
    let backup = scene.path("vault.age.bak");
    fs::write(&backup, "no vault").unwrap();
    mends(&scene, "backup", "cannot be used: it is not an age file");
    assert!(scene.path("vault.age.bak.old").exists(), "it is kept");
    // of another vault, of another key, and no older than the vault
    scene.run(["init", "--vault", "other.age", "--recipient", &scene.own()]).ok();
    fs::copy(scene.path("other.age"), &backup).unwrap();
    mends(&scene, "backup", "belongs to another vault");
    scene.run(["init", "--vault", "third.age", "--recipient", &scene.recipient("other.txt"), "-q"]).ok();
    fs::copy(scene.path("third.age"), &backup).unwrap();
    mends(&scene, "backup", "does not open with the key of the vault");
    fs::copy(scene.vault(), &backup).unwrap();
    mends(&scene, "backup", "is not older than the vault");
    // after a change of keys, the old one stays until the vault is opened
    scene.run(["rekey", "--recipient", &lab::recipient(&scene.path("other.txt")), "-y", "--no-rotate"]).ok();
    let mut command = scene.command(["doctor", "-i", "other.txt"]);
    assert_eq!(found_by(&mut command), []);
}

#[test]
fn what_killed_calls_have_left_is_removed_or_completed() {
    let scene = Scene::with_login();
    scene.login("second");
    let draft = format!(".vault.age.{}.tmp", "a".repeat(32));
    scene.file(&draft, "part");
    mends(&scene, "draft", "the unfinished file of a call that was killed");
    assert!(!scene.path(&draft).exists());
    let before = fs::read(scene.path("vault.age.bak")).unwrap();
    fs::rename(scene.path("vault.age.bak"), scene.path(".vault.age.bak.tmp")).unwrap();
    mends(&scene, "draft", "left without its name");
    assert_eq!(fs::read(scene.path("vault.age.bak")).unwrap(), before);
}

#[test]
fn changes_in_the_future() {
    let scene = Scene::with_login();
    let file = File::options().write(true).open(scene.vault()).unwrap();
    file.set_modified(SystemTime::now() + Duration::from_secs(86_400)).unwrap();
    mends(&scene, "clock", "was changed in the future, on 20");
    file.set_modified(SystemTime::now() + Duration::from_secs(60)).unwrap();
    assert_eq!(found(&scene), [], "clocks of two machines may differ a little");
    scene.edit(|vault| vault["credentials"][0]["updatedAt"] = json!("2199-01-01T00:00:00.000000Z"));
    let found = found(&scene);
    assert!(only(found, "clock", "the credential admin was changed in the future").contains("sudo "));
}

#[test]
fn a_bundle_that_is_behind_is_written_again() {
    let scene = Scene::with_login();
    let other = scene.recipient("other.txt");
    fs::create_dir(scene.path("out")).unwrap();
    scene.run(["environment", "add", "gw", "--recipient", &other, "--out", "out/gw.age"]).ok();
    fs::remove_file(scene.path("out/gw.age")).unwrap();
    assert_eq!(mends(&scene, "bundle", "the bundle of the environment gw"), "credctl deploy gw");
    fs::remove_dir_all(scene.path("out")).unwrap();
    mends(&scene, "bundle", "does not exist");
    fs::write(scene.path("out/gw.age"), "other").unwrap();
    mends(&scene, "bundle", "is not the bundle of this environment");
}

#[test]
fn a_vault_that_is_missing_or_damaged() {
    let scene = Scene::with_login();
    fs::write(scene.vault(), "damaged").unwrap();
    restores(&scene, "it is not an age file");
    assert_eq!(fs::read(scene.path("vault.age.damaged")).unwrap(), b"damaged");
    // cut off behind the header
    scene.login("again");
    let whole = scene.bytes();
    fs::write(scene.vault(), &whole[..whole.len() - 40]).unwrap();
    restores(&scene, "cut off or tampered with");
    scene.login("again");
    fs::remove_file(scene.vault()).unwrap();
    restores(&scene, "no vault at");
    fs::remove_file(scene.vault()).unwrap();
    let command = mends(&scene, "vault", "no vault at");
    assert_eq!(command, format!("credctl init --recipient {}", scene.own()));
    // the command is for the vault of this call
    let mut elsewhere = scene.command(["doctor", "--vault", "new folder/v.age"]);
    assert!(only(found_by(&mut elsewhere), "vault", "no vault").contains("--vault 'new folder/v.age' init"));
}
