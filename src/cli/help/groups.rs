//! The groups in which help lists the verbs. A new verb needs its place here; a test fails without one.

/// Verbs that people look for together.
pub struct Group {
    /// The heading.
    pub title: &'static str,
    /// The verbs of every day, which the short help explains.
    pub daily: &'static [&'static str],
    /// The other verbs.
    pub other: &'static [&'static str],
}

/// The groups, in the order of their headings.
pub const GROUPS: [Group; 7] = [
    Group {
        title: "Start",
        daily: &["init", "unlock", "import", "status"],
        other: &["lock", "completions", "man"],
    },
    Group { title: "Find and show", daily: &["list", "get"], other: &["otp", "find", "types"] },
    Group {
        title: "Add and change",
        daily: &["add", "edit", "patch", "passwd", "rename", "delete", "generate"],
        other: &["update", "put", "copy", "attach", "detach"],
    },
    Group { title: "Use in programs", daily: &["run", "export"], other: &["inject", "helper"] },
    Group {
        title: "Undo and check",
        daily: &["undo", "check"],
        other: &["history", "diff", "doctor", "tidy", "rollback", "restore", "purge", "verify"],
    },
    Group {
        title: "Share",
        daily: &["recipients"],
        other: &[
            "rekey",
            "merge",
            "conflicts",
            "resolve",
            "sign",
            "trust",
            "git",
            "environment",
            "deploy",
            "project",
            "move",
        ],
    },
    Group {
        title: "API proxies, devices and local users",
        daily: &[],
        other: &["grant", "revoke", "access", "ref", "policy", "user"],
    },
];
