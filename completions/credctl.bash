# Completion of credctl for bash. credctl itself answers.
_credctl() {
    local IFS=$'\n' flags=$-
    set -f
    COMPREPLY=($(command credctl __complete bash "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null </dev/null))
    [[ $flags == *f* ]] || set +f
}
complete -o nospace -F _credctl credctl
