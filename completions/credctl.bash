# Completion of credctl for bash. credctl itself answers.
_credctl() {
    local IFS=$'\n' flags=$-
    set -f
    COMPREPLY=($(command credctl __complete bash "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null </dev/null))
    [[ $flags == *f* ]] || set +f
}
complete -o nospace -F _credctl credctl
# verbs: init add update put patch edit passwd rename copy attach detach get otp list delete grant revoke access export import run inject find generate helper ref policy user environment deploy move project verify history rollback restore purge undo diff check tidy status doctor types rekey recipients trust sign merge conflicts resolve git unlock lock completions man
