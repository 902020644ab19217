# The run that docs/terminal.svg shows, with a vault in the current folder. tests/generated.rs makes the picture:
#
#   CREDCTL_REGENERATE=1 cargo test --test generated
set -eu

# Shows a command as it is typed, then runs it.
run() {
    printf '\033[32m$\033[0m \033[1mcredctl'
    for word in "$@"; do
        case $word in
            *[!a-zA-Z0-9_=/.-]*) printf " '%s'" "$word" ;;
            *) printf ' %s' "$word" ;;
        esac
    done
    printf '\033[0m\n'
    credctl "$@" || true
}

{
    credctl init --generate-identity identity.txt
    printf 'S3cret-of-db' | credctl add login prod/db username=app password=- --label env=prod --valid-until 10d
    printf 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' > secret.txt
    credctl add Aws prod/deploy accessKeyId=AKIAIOSFODNN7EXAMPLE secretAccessKey=@secret.txt
    printf '0123456789abcdef' | credctl add apikey mail apikey=-
    printf 'S3cret-of-wiki' | credctl add login wiki username=ada password=-
} > made.txt 2>&1

run list
echo
run get prod/db
echo
run add login shop username=ada password=hunter2
echo
run run --mask --env PW=prod/db/password -- sh -c 'echo "it is $PW"'
