//! Usage lines written by hand, for the verbs whose arguments clap cannot put into words.

/// The verbs, with the verb above them, and their usage lines.
const USAGES: [(&str, &[&str]); 23] = [
    (
        "credctl init",
        &["credctl init [--recipient R]... [OPTIONS]", "credctl init --generate-identity FILE [OPTIONS]"],
    ),
    (
        "credctl add",
        &["credctl add [TYPE [ID]] [FIELD=VALUE]... [OPTIONS]", "credctl add --file FILE [OPTIONS]"],
    ),
    (
        "credctl update",
        &["credctl update ID [FIELD=VALUE]... [OPTIONS]", "credctl update [ID] --file FILE [OPTIONS]"],
    ),
    ("credctl put", &["credctl put ID [FIELD=VALUE]... [OPTIONS]", "credctl put [ID] --file FILE [OPTIONS]"]),
    (
        "credctl patch",
        &[
            "credctl patch ID... [FIELD=VALUE]... [OPTIONS]",
            "credctl patch --filter EXPR [FIELD=VALUE]... [OPTIONS]",
            "credctl patch [ID] --file FILE [OPTIONS]",
        ],
    ),
    ("credctl edit", &["credctl edit [ID] [OPTIONS]"]),
    ("credctl passwd", &["credctl passwd ID [OPTIONS]"]),
    ("credctl rename", &["credctl rename ID NEW [OPTIONS]"]),
    ("credctl copy", &["credctl copy ID NEW [FIELD=VALUE]... [OPTIONS]"]),
    (
        "credctl delete",
        &[
            "credctl delete ID... [OPTIONS]",
            "credctl delete --filter EXPR [OPTIONS]",
            "credctl delete --file FILE [OPTIONS]",
        ],
    ),
    (
        "credctl export",
        &[
            "credctl export [ID]... [--format NAME] [--out FILE] [OPTIONS]",
            "credctl export --filter EXPR [--format NAME] [--out FILE] [OPTIONS]",
        ],
    ),
    ("credctl import", &["credctl import FILE [--format NAME] [OPTIONS]"]),
    ("credctl run", &["credctl run [OPTIONS] -- PROGRAM [ARGUMENTS]"]),
    ("credctl move", &["credctl move ID --to PROJECT [OPTIONS]"]),
    (
        "credctl access",
        &["credctl access ID", "credctl access --api-proxy NAME", "credctl access --api-proxy-group NAME"],
    ),
    ("credctl grant", &["credctl grant ID --api-proxy NAME... --api-proxy-group NAME... [OPTIONS]"]),
    ("credctl revoke", &["credctl revoke ID --api-proxy NAME... --api-proxy-group NAME... [OPTIONS]"]),
    ("credctl rollback", &["credctl rollback ID --revision N [OPTIONS]"]),
    ("credctl environment add", &["credctl environment add NAME --recipient R... --out FILE [OPTIONS]"]),
    ("credctl find", &["credctl find --value-stdin [OPTIONS] < FILE"]),
    ("credctl user add", &["credctl user add --auth-provider P --email EMAIL [OPTIONS]"]),
    ("credctl purge", &["credctl purge [ID]... [OPTIONS]"]),
    ("credctl ref add", &["credctl ref add ID RESOURCE [--address A]... [OPTIONS]"]),
];

/// Returns the usage lines of a verb, if they are written by hand. The command must be built.
pub fn of(command: &clap::Command) -> Option<&'static [&'static str]> {
    let name = command.get_bin_name()?;
    USAGES.iter().find(|(verb, _)| *verb == name).map(|(_, lines)| *lines)
}
