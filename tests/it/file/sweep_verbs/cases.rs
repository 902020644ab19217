//! The verbs that write, each with its words and its stdin.

use crate::file::residents::{USER, throttle};

/// A verb with its words and its stdin.
pub type Case = (&'static [&'static str], &'static str);

pub const GIT: &str = "protocol=https\nhost=h.example\nusername=u\npassword=p\n\n";
const GIT_NEW: &str = "protocol=https\nhost=h.example\nusername=u\npassword=new\n\n";
pub const SEED: &str = "otpauth://hotp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counter=0";

/// Changes of credentials.
pub const CREDENTIALS: [Case; 13] = [
    (&["add", "Simple", "z", "value=-"], "x"),
    (&["update", "-y", "e1", "value=-"], "NEW"),
    (&["put", "p9", "--type", "Simple", "value=-"], "NEW"),
    (&["patch", "--filter", "type eq 'Simple'", "--enabled=false"], ""),
    (&["passwd", "admin", "--password-stdin"], "NEW"),
    (&["delete", "-y", "e2", "big"], ""),
    (&["move", "e1", "--to", "proj"], ""),
    (&["rename", "big", "large"], ""),
    (&["copy", "big", "large"], ""),
    (&["otp", "vpn"], ""),
    (&["grant", "e1", "--api-proxy", "Pay"], ""),
    (&["revoke", "e2", "--api-proxy", "Pay"], ""),
    (&["import", "doc.json", "--on-conflict", "replace"], ""),
];

/// Changes that have files beside the vault, or that remove some.
pub const FILES: [Case; 12] = [
    (&["attach", "e1", "large.bin"], ""),
    (&["attach", "big", "other.bin", "--as", "large.bin", "--overwrite"], ""),
    (&["detach", "big", "large.bin"], ""),
    (&["import", "files.json", "--on-conflict", "replace"], ""),
    (&["undo", "-y"], ""),
    (&["restore", "gone"], ""),
    (&["rollback", "e3", "--revision", "1"], ""),
    (&["purge", "-y", "gone"], ""),
    (&["purge", "-y", "--all"], ""),
    (&["environment", "add", "two", "--recipient", "RECIPIENT", "--out", "two.age"], ""),
    (&["environment", "remove", "gw", "--delete-bundle", "-y"], ""),
    (&["deploy"], ""),
];

/// Changes of everything else in the vault, and of its keys.
pub const OTHERS: [Case; 16] = [
    (&["ref", "add", "e1", "/servers/h2", "--address", "h2.example.org"], ""),
    (&["ref", "remove", "e1", "/servers/h1"], ""),
    (&throttle("p2", "9"), ""),
    (&["policy", "update", "p1", "--value", "77"], ""),
    (&["policy", "delete", "p1", "-y"], ""),
    (&["user", "delete", USER, "-y"], ""),
    (&["types", "--define", "type.toml"], ""),
    (&["types", "--undefine", "acme-host"], ""),
    (&["tidy", "-y"], ""),
    (&["helper", "git", "store"], GIT_NEW),
    (&["helper", "git", "erase"], GIT),
    (&["recipients", "add", "RECIPIENT", "--name", "Ada"], ""),
    (&["recipients", "rename", "Friend", "Freund"], ""),
    (&["recipients", "remove", "Friend", "-y"], ""),
    (&["rekey", "--add-recipient", "RECIPIENT"], ""),
    (
        &[
            "user",
            "add",
            "--id",
            "7b1551db-b7fa-473d-a05c-43524badb11b",
            "--auth-provider",
            "local",
            "--email",
            "b@a.example",
        ],
        "",
    ),
];

/// Changes of the signers of a signed vault.
pub const SIGNERS: [Case; 3] = [
    (&["sign", "--add", "other.pub"], ""),
    (&["sign", "--remove", "Audit", "-y"], ""),
    (&["sign", "--off", "-y"], ""),
];

/// Changes that join two copies, or choose between them, and the first signature.
pub const COPIES: [Case; 5] = [
    (&["merge", "other.age"], ""),
    (&["merge", "clashing.age"], ""),
    (&["resolve", "e1", "--theirs"], ""),
    (&["resolve", "e2", "value=theirs"], ""),
    (&["sign", "--with", "ops"], ""),
];
