#!/usr/bin/env bash
# A tour of credctl on a throwaway vault: everything happens in a temporary folder that is removed
# at the end. Nothing is asked, and neither your own vault nor your configuration is touched.
#
#   cargo build --profile quick && examples/tour.sh --pause
#
# --pause waits for Enter before each step. CREDCTL names another binary; without it, the tour takes
# the newest of the programs that cargo has built here.
set -euo pipefail

pause=
case ${1:-} in
    '') ;;
    --pause) pause=yes ;;
    *)
        echo "usage: ${0##*/} [--pause]" >&2
        exit 2
        ;;
esac

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
built=${CARGO_TARGET_DIR:-$root/target}
program=${CREDCTL:-}
if [[ -z $program ]]; then
    for profile in quick release; do
        if [[ -x $built/$profile/credctl && ! $program -nt $built/$profile/credctl ]]; then
            program=$built/$profile/credctl
        fi
    done
fi
if [[ ! -x $program ]]; then
    echo "there is no ${program:-credctl in $built}; run cargo build --profile quick first" >&2
    exit 1
fi
program=$(cd "$(dirname "$program")" && pwd)/$(basename "$program")

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# nothing of the caller's settings may reach the tour
for name in $(compgen -e CREDCTL || true); do unset "$name"; done
export HOME=$work XDG_DATA_HOME=$work/data XDG_CONFIG_HOME=$work/config CREDCTL_NON_INTERACTIVE=1
credctl() { "$program" "$@"; }

# Shows a command, then runs it; what stands before a pipe or after a redirection is not shown.
run() {
    printf '\n$ credctl'
    printf ' %q' "$@"
    printf '\n'
    credctl "$@"
}

# Runs a command that must be refused with a status.
refused() {
    local expected=$1 status=0
    shift
    run "$@" 2>&1 || status=$?
    printf '[exit status %s]\n' "$status"
    [[ $status -eq $expected ]]
}

# Begins a step. With --pause, the step before it stays on the screen until Enter.
steps=0
say() {
    if [[ -n $pause && $steps -gt 0 ]]; then
        # at the end of the input nobody can press Enter, and the tour goes on
        read -rsp $'\n[Enter]' _ < /dev/tty || pause=
        printf '\r       \r'
    fi
    steps=$((steps + 1))
    printf '\n# %s\n' "$*"
}

say 'A vault, and a new identity that opens it.'
run init --generate-identity identity.txt 2>&1
export CREDCTL_IDENTITY=$work/identity.txt

say 'A login. The password comes from a pipe, so that no process list and no history shows it.'
head -c 24 /dev/urandom | base64 | run add login db username=app password=- --label env=prod

say 'An AWS key, its secret half from a file, good for 90 days.'
printf 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n' > secret.txt
run add Aws deploy accessKeyId=AKIAIOSFODNN7EXAMPLE secretAccessKey=@secret.txt --valid-until 90d

say 'An API key, from an environment variable.'
API_TOKEN=0123456789abcdef run add apikey mail apikey=env:API_TOKEN

say 'A certificate, which is read and tells its own subject and dates.'
cat > web.pem <<'PEM'
-----BEGIN CERTIFICATE-----
MIIB7DCCAZKgAwIBAgIFAMD/7gEwCgYIKoZIzj0EAwIwQTELMAkGA1UEBhMCU0Ux
FjAUBgNVBAoMDUV4YW1wbGUsIEluYy4xGjAYBgNVBAMMEWhvc3QxLmV4YW1wbGUu
b3JnMCAXDTI2MTEyMjE2NTE0NloYDzIxMDAxMDI1MTY1MTQ2WjBBMQswCQYDVQQG
EwJTRTEWMBQGA1UECgwNRXhhbXBsZSwgSW5jLjEaMBgGA1UEAwwRaG9zdDEuZXhh
bXBsZS5vcmcwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQyy699BBa0bPUetY7L
PeJiPJ76nuLOiXl1wPjemFl5o8YgY/iEN//HrnA8XyeSOZYoW0PJEZaodI5CBhuC
GZngo3UwczAMBgNVHRMBAf8EAjAAMEQGA1UdEQQ9MDuCEWhvc3QxLmV4YW1wbGUu
b3Jngg93d3cuZXhhbXBsZS5vcmeHBMAAAgeBD29wc0BleGFtcGxlLm9yZzAdBgNV
HQ4EFgQUQKvo8W8ksX1ApJ2Qc+/y3OJ/MlowCgYIKoZIzj0EAwIDSAAwRQIgDc75
FOCpEjWIcXHYzf8ppyNV0FlP2RHOWiCcSfdmPL0CIQDHPaQL/ICCxs74lusev1pT
RQIiDa7viJm+ulHsucEf/g==
-----END CERTIFICATE-----
PEM
run add certificate web certificate=@web.pem

say 'The configuration of a Kubernetes cluster, given as YAML.'
cat > kubeconfig.yaml <<'YAML'
apiVersion: v1
kind: Config
clusters:
- name: staging
  cluster: {server: "https://k8s.example.org:6443"}
users:
- name: robot
  user: {token: robot-token}
YAML
run add kubeconfig staging kubeconfig=@kubeconfig.yaml

say 'Several at once, from a document.'
cat > more.yaml <<'YAML'
- id: partner
  type: apiCredential
  username: partner
  password: correct horse
  email: partner@example.org
  fullName: Partner Inc.
  ipList: [192.0.2.0/24]
- id: switch-1
  type: SnmpCommunityString
  value: public-ro
- id: crawler
  type: connector
  connectorType: filesystem
  description: the crawler of the share
  fields:
    properties: {username: svc-crawler, password: robot}
YAML
run add -f more.yaml

say 'Everything that is wrong is told at once, and nothing is written.'
printf 'secret' | refused 3 add apiCredential username=p2 password=- email=nowhere fullName='P. Two' ipList=192.0.2.0/99

say 'A secret as an argument is refused: every process could see it.'
refused 2 add login other username=app password=hunter2

say 'A change of one field. A credential that is switched off gives no secrets away.'
run patch deploy --enabled=false --description 'rotated out'
refused 6 get deploy --field secretAccessKey

say 'What is in the vault now. A list never shows a secret.'
run list

say 'One credential: its secrets are named, not shown.'
run get crawler

say 'What the certificate tells, and one secret, because it was asked for.'
run get web --field notAfter
printf '\n'
run get mail --field apikey
printf '\n'

say 'A program gets a secret in its environment; what it prints can be masked.'
run run --mask --env DBPASS=db/password -- sh -c 'echo "the password is $DBPASS"'

say 'Who may use what: granted, and checked without revealing anything.'
run grant partner --api-proxy Payments --expires 90d
printf 'correct horse' | run verify partner --password-stdin --ip 192.0.2.7 --api-proxy Payments

say 'Every change is a version; the last change can be undone as a whole.'
run history deploy
run delete switch-1 crawler --yes
run undo

say 'What is wrong in the whole vault: a password that can be guessed is.'
refused 8 check

say 'The end of the tour; the vault and its identity are removed.'
cat <<'NEXT'

What to do next, with a vault of your own:

  cargo install --locked --path .
  credctl init --generate-identity ~/.config/credctl/identity.txt
  export CREDCTL_IDENTITY=~/.config/credctl/identity.txt
  credctl add login wiki username=ada          # asks for the password
  credctl import ~/.password-store --dry-run   # or a file of another password manager
  credctl help                                 # every verb, and topics such as `help secrets`

Keep a copy of identity.txt in a safe place: without the identity, nothing opens the vault.
The guide is in docs/guide/src/introduction.md.
NEXT
