//! The scripts that register the program with a shell. Each asks `credctl`, found in PATH, at every Tab.

use clap_complete::Shell;

/// Returns the script for a shell, with the names of the verbs of `command` for readers. None for a shell that is
/// not known here.
pub fn script(shell: Shell, command: &clap::Command) -> Option<String> {
    let script = match shell {
        Shell::Bash => BASH,
        Shell::Zsh => ZSH,
        Shell::Fish => FISH,
        Shell::Elvish => ELVISH,
        Shell::PowerShell => POWERSHELL,
        _ => return None,
    };
    let verbs = command.get_subcommands().filter(|verb| !verb.is_hide_set()).map(clap::Command::get_name);
    Some(format!("{script}# verbs: {}\n", verbs.collect::<Vec<_>>().join(" ")))
}

/// Bash replaces only what follows the last break of a word, so the program gets that piece too. Answers are
/// quoted already and end in a blank, and must not be expanded as patterns.
const BASH: &str = r#"# Completion of credctl for bash. credctl itself answers.
_credctl() {
    local IFS=$'\n' flags=$-
    set -f
    COMPREPLY=($(command credctl __complete bash "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null </dev/null))
    [[ $flags == *f* ]] || set +f
}
complete -o nospace -F _credctl credctl
"#;

/// Words that go on, such as `username=`, get no blank; a `~` that was typed is not quoted.
const ZSH: &str = r#"#compdef credctl
# Completion of credctl for zsh. credctl itself answers.
_credctl() {
    local -a lines values shown how=(-V credctl)
    local pattern=$'*[=/,.:@]\t*' result=1 part
    lines=("${(@f)$(command credctl __complete zsh "${(@Q)words[1,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null </dev/null)}")
    [[ -n $lines[1] ]] || return 1
    [[ $PREFIX == '~'* ]] && how+=(-Q)
    for part in closed open; do
        if [[ $part == open ]]; then
            values=("${(@M)lines:#$~pattern}")
            how+=(-S '')
        else
            values=("${(@)lines:#$~pattern}")
        fi
        (( $#values )) || continue
        shown=("${(@)values#*$'\t'}")
        values=("${(@)values%%$'\t'*}")
        if [[ -n $shown[1] ]]; then
            compadd "${how[@]}" -l -d shown -a values && result=0
        else
            compadd "${how[@]}" -a values && result=0
        fi
    done
    return result
}
if [[ $funcstack[1] == _credctl ]]; then
    _credctl "$@"
else
    compdef _credctl credctl
fi
"#;

const FISH: &str = "\
# Completion of credctl for fish. credctl itself answers.
complete --command credctl --erase
complete --command credctl --no-files --keep-order --arguments \
'(command credctl __complete fish (commandline --current-process --tokenize --cut-at-cursor) \
(commandline --current-token --cut-at-cursor) 2>/dev/null </dev/null)'
";

const ELVISH: &str = r#"# Completion of credctl for elvish. credctl itself answers.
use str
set edit:completion:arg-completer[credctl] = {|@words|
    try {
        e:credctl __complete elvish $@words 2>/dev/null </dev/null | from-lines | each {|line|
            var value suffix shown = (str:split "\t" $line)
            edit:complex-candidate $value &code-suffix=$suffix &display=$shown
        }
    } catch { }
}
"#;

/// The dot keeps an empty word alive, which some versions do not pass on.
const POWERSHELL: &str = r#"# Completion of credctl for PowerShell. credctl itself answers.
Register-ArgumentCompleter -Native -CommandName credctl -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @(foreach ($element in $commandAst.CommandElements) {
        if ($element.Extent.EndOffset -lt $cursorPosition) {
            if ($element -is [System.Management.Automation.Language.StringConstantExpressionAst]) {
                $element.Value
            } else {
                $element.Extent.Text
            }
        }
    })
    try {
        $null | & credctl __complete powershell @words "$wordToComplete." 2>$null | ForEach-Object {
            $value, $shown, $help = $_ -split "`t", 3
            [System.Management.Automation.CompletionResult]::new($value, $shown, 'ParameterValue', $help)
        }
    } catch { }
}
"#;
