# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_credctl_global_optspecs
    string join \n vault= i/identity= passphrase-stdin passphrase-fd= passphrase-file= passphrase-command= p/project= role= o/output= format= non-interactive q/quiet v/verbose color= config= lock-timeout= accept-recipients plugin= h/help V/version
end

function __fish_credctl_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_credctl_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_credctl_using_subcommand
    set -l cmd (__fish_credctl_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c credctl -n "__fish_credctl_needs_command" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_needs_command" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_needs_command" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_needs_command" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_needs_command" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_needs_command" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_needs_command" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_needs_command" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_needs_command" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_needs_command" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_needs_command" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_needs_command" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_needs_command" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_needs_command" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_needs_command" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_needs_command" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_needs_command" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_needs_command" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c credctl -n "__fish_credctl_needs_command" -s V -l version -d 'Print version'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "init" -d 'Make a vault: locked with a passphrase, or to recipients'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "add" -d 'Add a credential, or several from a document'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "update" -d 'Replace a credential: fields that are not given are deleted'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "put" -d 'Replace a credential, or add it if there is none: update --upsert'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "patch" -d 'Change parts of credentials: fields that are not given stay'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "passwd" -d 'Change the password of a credential'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "rename" -d 'Give a credential another id, with everything that hangs on the id'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "mv" -d 'Give a credential another id, with everything that hangs on the id'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "copy" -d 'Add a credential that is like another one'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "cp" -d 'Add a credential that is like another one'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "get" -d 'Show a credential, or one value of it'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "list" -d 'List the credentials, without their secrets'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "ls" -d 'List the credentials, without their secrets'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "delete" -d 'Delete credentials'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "rm" -d 'Delete credentials'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "grant" -d 'Grant a credential to API proxies and groups'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "revoke" -d 'Revoke grants of a credential to API proxies and groups'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "access" -d 'List the grants of a credential, or the credentials that a proxy may use'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "export" -d 'Export credentials for other programs'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "import" -d 'Import credentials from other programs'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "run" -d 'Start a program with secrets in its environment'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "inject" -d 'Put secrets into a template'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "find" -d 'Find the credential that has a value'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "generate" -d 'Make a password or passphrase'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "helper" -d 'Speak the protocols by which other programs ask for credentials'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "ref" -d 'Manage references from devices and virtual networks'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "policy" -d 'Manage throttle and route policies'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "user" -d 'Manage the users that password hashes belong to'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "environment" -d 'Manage environments: bundles for those who use the credentials'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "env" -d 'Manage environments: bundles for those who use the credentials'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "deploy" -d 'Write the bundles of environments again'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "move" -d 'Move a credential to another project'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "project" -d 'The projects'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "verify" -d 'Check a password, an address or a grant, without revealing anything'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "history" -d 'List the earlier versions of a credential, or the deleted credentials'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "rollback" -d 'Make an earlier version of a credential the current one'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "restore" -d 'Restore a deleted credential'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "purge" -d 'Delete earlier versions for good'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "undo" -d 'Undo the last change of the vault'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "check" -d 'Check every credential of the vault'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "clear-clipboard"
complete -c credctl -n "__fish_credctl_needs_command" -f -a "types" -d 'List the types, or explain the fields of one'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "rekey" -d 'Change the passphrase or the recipients of the vault'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "man" -d 'Print the manual page, or write all of them to a folder'
complete -c credctl -n "__fish_credctl_using_subcommand init" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand init" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand init" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand init" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand init" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand init" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand init" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand init" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand init" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand init" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand init" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand init" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand init" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand init" -s r -l recipient -d 'A recipient that can open the vault: age1…, or an SSH public key' -r
complete -c credctl -n "__fish_credctl_using_subcommand init" -l recipients-file -d 'A file of recipients, one per line' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand init" -l generate-identity -d 'Make a new identity that opens the vault, and write it to FILE' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand init" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand init" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand init" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand init" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand init" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand init" -l force -d 'Replace an existing vault; the old one becomes the .bak file'
complete -c credctl -n "__fish_credctl_using_subcommand init" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand init" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand init" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand add" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand add" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand add" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand add" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand add" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand add" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand add" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand add" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand add" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand add" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand add" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand add" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand add" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand add" -s f -l file -d 'Read a document: JSON, JSON Lines or YAML; - is stdin' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand add" -l name -d 'A name for people' -r
complete -c credctl -n "__fish_credctl_using_subcommand add" -l description -d 'The purpose of the credential' -r
complete -c credctl -n "__fish_credctl_using_subcommand add" -l label -d 'A label; patch keeps the other labels, update replaces them' -r
complete -c credctl -n "__fish_credctl_using_subcommand add" -l tag -d 'A tag; patch keeps the other tags, update replaces them' -r
complete -c credctl -n "__fish_credctl_using_subcommand add" -l throttle-policy -d 'The id of a throttle policy' -r
complete -c credctl -n "__fish_credctl_using_subcommand add" -l valid-from -d 'The start of validity: 2027-01-31, an RFC 3339 time, or a span from now such as 12h' -r
complete -c credctl -n "__fish_credctl_using_subcommand add" -l valid-until -d 'The end of validity, exclusive: 2027-01-31, an RFC 3339 time, or a span from now such as 90d' -r
complete -c credctl -n "__fish_credctl_using_subcommand add" -l enabled -d 'Enable or disable the credential: true or false' -r
complete -c credctl -n "__fish_credctl_using_subcommand add" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand add" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand add" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand add" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand add" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand add" -l atomic -d 'Add all credentials of a document, or none'
complete -c credctl -n "__fish_credctl_using_subcommand add" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand add" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand add" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand update" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand update" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand update" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand update" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand update" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand update" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand update" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand update" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -s f -l file -d 'Read a document: JSON, JSON Lines or YAML; - is stdin' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand update" -l unset -d 'Remove a secret that the document lacks because it was written without secrets' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -l type -d 'The type, if the credential does not exist yet' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -l if-match -d 'Change the credential only if this is its etag; * matches any' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -l name -d 'A name for people' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -l description -d 'The purpose of the credential' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -l label -d 'A label; patch keeps the other labels, update replaces them' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -l tag -d 'A tag; patch keeps the other tags, update replaces them' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -l throttle-policy -d 'The id of a throttle policy' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -l valid-from -d 'The start of validity: 2027-01-31, an RFC 3339 time, or a span from now such as 12h' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -l valid-until -d 'The end of validity, exclusive: 2027-01-31, an RFC 3339 time, or a span from now such as 90d' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -l enabled -d 'Enable or disable the credential: true or false' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand update" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand update" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand update" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand update" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand update" -l upsert -d 'Add the credential if there is none with this id'
complete -c credctl -n "__fish_credctl_using_subcommand update" -l by-name -d 'Find the credential by its name'
complete -c credctl -n "__fish_credctl_using_subcommand update" -l atomic -d 'Replace all of the credentials, or none'
complete -c credctl -n "__fish_credctl_using_subcommand update" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand update" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand update" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand put" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand put" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand put" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand put" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand put" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand put" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand put" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand put" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -s f -l file -d 'Read a document: JSON, JSON Lines or YAML; - is stdin' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand put" -l unset -d 'Remove a secret that the document lacks because it was written without secrets' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -l type -d 'The type, if the credential does not exist yet' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -l if-match -d 'Change the credential only if this is its etag; * matches any' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -l name -d 'A name for people' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -l description -d 'The purpose of the credential' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -l label -d 'A label; patch keeps the other labels, update replaces them' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -l tag -d 'A tag; patch keeps the other tags, update replaces them' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -l throttle-policy -d 'The id of a throttle policy' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -l valid-from -d 'The start of validity: 2027-01-31, an RFC 3339 time, or a span from now such as 12h' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -l valid-until -d 'The end of validity, exclusive: 2027-01-31, an RFC 3339 time, or a span from now such as 90d' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -l enabled -d 'Enable or disable the credential: true or false' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand put" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand put" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand put" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand put" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand put" -l upsert -d 'Add the credential if there is none with this id'
complete -c credctl -n "__fish_credctl_using_subcommand put" -l by-name -d 'Find the credential by its name'
complete -c credctl -n "__fish_credctl_using_subcommand put" -l atomic -d 'Replace all of the credentials, or none'
complete -c credctl -n "__fish_credctl_using_subcommand put" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand put" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand put" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand patch" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -s f -l file -d 'Read a document: JSON, JSON Lines or YAML; - is stdin' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l filter -d 'Change all credentials that match EXPR; see `credctl list --help`' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l unset -d 'Remove an optional field, one leaf of an object, a label (labels.NAME) or a tag (tags.NAME)' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l if-match -d 'Change the credential only if this is its etag; * matches any' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l name -d 'A name for people' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l description -d 'The purpose of the credential' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l label -d 'A label; patch keeps the other labels, update replaces them' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l tag -d 'A tag; patch keeps the other tags, update replaces them' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l throttle-policy -d 'The id of a throttle policy' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l valid-from -d 'The start of validity: 2027-01-31, an RFC 3339 time, or a span from now such as 12h' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l valid-until -d 'The end of validity, exclusive: 2027-01-31, an RFC 3339 time, or a span from now such as 90d' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l enabled -d 'Enable or disable the credential: true or false' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand patch" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand patch" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l by-name -d 'Find the credential by its name'
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l atomic -d 'Change all of the credentials, or none'
complete -c credctl -n "__fish_credctl_using_subcommand patch" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand patch" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand patch" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -s f -l file -d 'Read {"password": …} from a document; - is stdin' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l must-change -d 'Require the user to change the password, or not (password hashes only)' -r -f -a "true\t''
false\t''"
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l if-match -d 'Change the password only if this is the etag of the credential; * matches any' -r
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l password-stdin -d 'Read the password from stdin; credctl drops one newline at the end'
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l generate -d 'Generate a password without showing it; `credctl get ID --clip` copies it'
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l by-name -d 'Find the credential by its name'
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand rename" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rename" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rename" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand rename" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rename" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand rename" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand rename" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand rename" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand rename" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand rename" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand rename" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rename" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand rename" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand rename" -l if-match -d 'Change the credential only if this is its etag; * matches any' -r
complete -c credctl -n "__fish_credctl_using_subcommand rename" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand rename" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand rename" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand rename" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand rename" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand rename" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand rename" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand rename" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand mv" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand mv" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand mv" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand mv" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand mv" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand mv" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand mv" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand mv" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand mv" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand mv" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand mv" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand mv" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand mv" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand mv" -l if-match -d 'Change the credential only if this is its etag; * matches any' -r
complete -c credctl -n "__fish_credctl_using_subcommand mv" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand mv" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand mv" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand mv" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand mv" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand mv" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand mv" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand mv" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand copy" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand copy" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand copy" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand copy" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand copy" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand copy" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand copy" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand copy" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand copy" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand copy" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand copy" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand copy" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand copy" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand copy" -l name -d 'A name for people' -r
complete -c credctl -n "__fish_credctl_using_subcommand copy" -l description -d 'The purpose of the credential' -r
complete -c credctl -n "__fish_credctl_using_subcommand copy" -l label -d 'A label; patch keeps the other labels, update replaces them' -r
complete -c credctl -n "__fish_credctl_using_subcommand copy" -l tag -d 'A tag; patch keeps the other tags, update replaces them' -r
complete -c credctl -n "__fish_credctl_using_subcommand copy" -l throttle-policy -d 'The id of a throttle policy' -r
complete -c credctl -n "__fish_credctl_using_subcommand copy" -l valid-from -d 'The start of validity: 2027-01-31, an RFC 3339 time, or a span from now such as 12h' -r
complete -c credctl -n "__fish_credctl_using_subcommand copy" -l valid-until -d 'The end of validity, exclusive: 2027-01-31, an RFC 3339 time, or a span from now such as 90d' -r
complete -c credctl -n "__fish_credctl_using_subcommand copy" -l enabled -d 'Enable or disable the credential: true or false' -r
complete -c credctl -n "__fish_credctl_using_subcommand copy" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand copy" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand copy" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand copy" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand copy" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand copy" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand copy" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand copy" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand cp" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand cp" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand cp" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand cp" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand cp" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand cp" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand cp" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand cp" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand cp" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand cp" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand cp" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand cp" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand cp" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand cp" -l name -d 'A name for people' -r
complete -c credctl -n "__fish_credctl_using_subcommand cp" -l description -d 'The purpose of the credential' -r
complete -c credctl -n "__fish_credctl_using_subcommand cp" -l label -d 'A label; patch keeps the other labels, update replaces them' -r
complete -c credctl -n "__fish_credctl_using_subcommand cp" -l tag -d 'A tag; patch keeps the other tags, update replaces them' -r
complete -c credctl -n "__fish_credctl_using_subcommand cp" -l throttle-policy -d 'The id of a throttle policy' -r
complete -c credctl -n "__fish_credctl_using_subcommand cp" -l valid-from -d 'The start of validity: 2027-01-31, an RFC 3339 time, or a span from now such as 12h' -r
complete -c credctl -n "__fish_credctl_using_subcommand cp" -l valid-until -d 'The end of validity, exclusive: 2027-01-31, an RFC 3339 time, or a span from now such as 90d' -r
complete -c credctl -n "__fish_credctl_using_subcommand cp" -l enabled -d 'Enable or disable the credential: true or false' -r
complete -c credctl -n "__fish_credctl_using_subcommand cp" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand cp" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand cp" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand cp" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand cp" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand cp" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand cp" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand cp" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand get" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand get" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand get" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand get" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand get" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand get" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand get" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand get" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand get" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand get" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand get" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand get" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand get" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand get" -l field -d 'Print only the value of FIELD, whatever the output form' -r
complete -c credctl -n "__fish_credctl_using_subcommand get" -l clip-time -d 'Clear the clipboard after TIME, unless its content has changed' -r
complete -c credctl -n "__fish_credctl_using_subcommand get" -l revision -d 'Show the earlier version N; see `credctl history`' -r
complete -c credctl -n "__fish_credctl_using_subcommand get" -l nc-version -d 'The version of the documents, with --format network-controller' -r
complete -c credctl -n "__fish_credctl_using_subcommand get" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand get" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand get" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand get" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand get" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand get" -s c -l clip -d 'Copy the value of --field, or the main secret, to the clipboard'
complete -c credctl -n "__fish_credctl_using_subcommand get" -l osc52 -d 'Copy through the terminal, even over SSH; credctl does not clear that clipboard'
complete -c credctl -n "__fish_credctl_using_subcommand get" -l reveal -d 'Show the secrets too'
complete -c credctl -n "__fish_credctl_using_subcommand get" -l force -d 'Show secrets even of a credential that must not be used now'
complete -c credctl -n "__fish_credctl_using_subcommand get" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand list" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand list" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand list" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand list" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand list" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand list" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand list" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand list" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l type -d 'Only credentials of TYPE; aspire:TYPE is a connector of that connector type' -r -f -a "UsernamePassword\t'a user name and password, with an optional domain'
Aws\t'an access key of Amazon Web Services'
Azure\t'a service principal of Azure'
Gcp\t'the key file of a Google Cloud service account'
Simple\t'a single secret text'
X509Certificate\t'a certificate, by its thumbprint'
X509CertificateSubjectName\t'a certificate, by its subject name'
SnmpCommunityString\t'an SNMP community string'
GroupManagedServiceAccount\t'a group managed service account, which has no password'
keystore\t'any base64 texts by name'
generic\t'any base64 texts by name'
passwordHash\t'a local user\'s password, kept as a hash only'
apikey\t'an API key'
kubeconfig\t'the configuration of one Kubernetes cluster'
certificate\t'certificates in PEM'
privkey\t'a private key in PEM'
s3\t'keys of an S3 object store'
connector\t'the properties that a connector of a given type needs'
apiCredential\t'an account that may call API proxies'"
complete -c credctl -n "__fish_credctl_using_subcommand list" -l filter -d 'Only credentials that match EXPR, such as "type eq \'Aws\' and enabled eq true"' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l filter-json -d 'Only credentials that a filter document selects: {"ids", "type", "description", "throttlePolicy"}; - is stdin' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l include -d 'Only these members of each credential, in this order' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l order-by -d 'Sort by member F; add desc to sort downwards' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l sort-by -d 'Sort by member F' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l sort-mode -d 'Sort upwards or downwards: asc or desc' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l limit -d 'Return at most N credentials, with a token for the next ones' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l continue -d 'The token of the previous page' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l from -d 'Skip the first N credentials' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l size -d 'Return at most N credentials' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l expiring -d 'Only credentials that expire by T, themselves or a certificate in them: 30d, or a date' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l nc-version -d 'The version of the documents, with --format network-controller' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand list" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand list" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand list" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand list" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand list" -l count -d 'Print the total count, where the system reports it only on request'
complete -c credctl -n "__fish_credctl_using_subcommand list" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ls" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l type -d 'Only credentials of TYPE; aspire:TYPE is a connector of that connector type' -r -f -a "UsernamePassword\t'a user name and password, with an optional domain'
Aws\t'an access key of Amazon Web Services'
Azure\t'a service principal of Azure'
Gcp\t'the key file of a Google Cloud service account'
Simple\t'a single secret text'
X509Certificate\t'a certificate, by its thumbprint'
X509CertificateSubjectName\t'a certificate, by its subject name'
SnmpCommunityString\t'an SNMP community string'
GroupManagedServiceAccount\t'a group managed service account, which has no password'
keystore\t'any base64 texts by name'
generic\t'any base64 texts by name'
passwordHash\t'a local user\'s password, kept as a hash only'
apikey\t'an API key'
kubeconfig\t'the configuration of one Kubernetes cluster'
certificate\t'certificates in PEM'
privkey\t'a private key in PEM'
s3\t'keys of an S3 object store'
connector\t'the properties that a connector of a given type needs'
apiCredential\t'an account that may call API proxies'"
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l filter -d 'Only credentials that match EXPR, such as "type eq \'Aws\' and enabled eq true"' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l filter-json -d 'Only credentials that a filter document selects: {"ids", "type", "description", "throttlePolicy"}; - is stdin' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l include -d 'Only these members of each credential, in this order' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l order-by -d 'Sort by member F; add desc to sort downwards' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l sort-by -d 'Sort by member F' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l sort-mode -d 'Sort upwards or downwards: asc or desc' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l limit -d 'Return at most N credentials, with a token for the next ones' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l continue -d 'The token of the previous page' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l from -d 'Skip the first N credentials' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l size -d 'Return at most N credentials' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l expiring -d 'Only credentials that expire by T, themselves or a certificate in them: 30d, or a date' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l nc-version -d 'The version of the documents, with --format network-controller' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand ls" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand ls" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l count -d 'Print the total count, where the system reports it only on request'
complete -c credctl -n "__fish_credctl_using_subcommand ls" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand delete" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand delete" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand delete" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand delete" -s f -l file -d 'Read a document: JSON, JSON Lines or YAML; - is stdin' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l filter -d 'Delete all credentials that match EXPR; see `credctl list --help`' -r
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l if-match -d 'Delete the credential only if this is its etag; * matches any' -r
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand delete" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand delete" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l ignore-missing -d 'Ignore ids that do not exist'
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l by-name -d 'Find the credentials by their names'
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l atomic -d 'Delete all of the credentials, or none'
complete -c credctl -n "__fish_credctl_using_subcommand delete" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand delete" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand delete" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rm" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand rm" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand rm" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand rm" -s f -l file -d 'Read a document: JSON, JSON Lines or YAML; - is stdin' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l filter -d 'Delete all credentials that match EXPR; see `credctl list --help`' -r
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l if-match -d 'Delete the credential only if this is its etag; * matches any' -r
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand rm" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand rm" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l ignore-missing -d 'Ignore ids that do not exist'
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l by-name -d 'Find the credentials by their names'
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l atomic -d 'Delete all of the credentials, or none'
complete -c credctl -n "__fish_credctl_using_subcommand rm" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand rm" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand rm" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand grant" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand grant" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand grant" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand grant" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand grant" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand grant" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand grant" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand grant" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand grant" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand grant" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand grant" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand grant" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand grant" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand grant" -l api-proxy -d 'An API proxy' -r
complete -c credctl -n "__fish_credctl_using_subcommand grant" -l api-proxy-group -d 'A group of API proxies' -r
complete -c credctl -n "__fish_credctl_using_subcommand grant" -s f -l file -d 'Read the API proxies and groups from a document; - is stdin' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand grant" -l expires -d 'The end of the grant: 2027-01-31, an RFC 3339 time, or a span from now such as 90d' -r
complete -c credctl -n "__fish_credctl_using_subcommand grant" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand grant" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand grant" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand grant" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand grant" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand grant" -l strict -d 'Fail if nothing changes for one of the proxies or groups'
complete -c credctl -n "__fish_credctl_using_subcommand grant" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand grant" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand grant" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand revoke" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand revoke" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand revoke" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand revoke" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand revoke" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand revoke" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand revoke" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand revoke" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand revoke" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand revoke" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand revoke" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand revoke" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand revoke" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand revoke" -l api-proxy -d 'An API proxy' -r
complete -c credctl -n "__fish_credctl_using_subcommand revoke" -l api-proxy-group -d 'A group of API proxies' -r
complete -c credctl -n "__fish_credctl_using_subcommand revoke" -s f -l file -d 'Read the API proxies and groups from a document; - is stdin' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand revoke" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand revoke" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand revoke" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand revoke" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand revoke" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand revoke" -l strict -d 'Fail if nothing changes for one of the proxies or groups'
complete -c credctl -n "__fish_credctl_using_subcommand revoke" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand revoke" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand revoke" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand access" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand access" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand access" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand access" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand access" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand access" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand access" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand access" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand access" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand access" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand access" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand access" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand access" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand access" -l api-proxy -d 'An API proxy' -r
complete -c credctl -n "__fish_credctl_using_subcommand access" -l api-proxy-group -d 'A group of API proxies' -r
complete -c credctl -n "__fish_credctl_using_subcommand access" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand access" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand access" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand access" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand access" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand access" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand export" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand export" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand export" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand export" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand export" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand export" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand export" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand export" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand export" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand export" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand export" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand export" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand export" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand export" -l filter -d 'Export all credentials that match EXPR; see `credctl list --help`' -r
complete -c credctl -n "__fish_credctl_using_subcommand export" -s f -l file -d 'Export the credentials that a document names: {"ids": [...]} or {"filter": {...}}; - is stdin' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand export" -l out -d 'Write to FILE, which only its owner can read; - is stdout' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand export" -l encrypt-to -d 'Encrypt the export with age to recipient R' -r
complete -c credctl -n "__fish_credctl_using_subcommand export" -l policy -d 'Export this policy too; without ids, export only the policy' -r
complete -c credctl -n "__fish_credctl_using_subcommand export" -l email -d 'The e-mail address of logins, with --format apinizer' -r
complete -c credctl -n "__fish_credctl_using_subcommand export" -l full-name -d 'The full name of logins, with --format apinizer' -r
complete -c credctl -n "__fish_credctl_using_subcommand export" -l nc-version -d 'The version of the documents, with --format network-controller' -r
complete -c credctl -n "__fish_credctl_using_subcommand export" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand export" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand export" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand export" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand export" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand export" -l overwrite -d 'Replace an existing file, unless it is a vault or an identity'
complete -c credctl -n "__fish_credctl_using_subcommand export" -l merge -d 'Add the credentials to the file of --out and keep everything else there'
complete -c credctl -n "__fish_credctl_using_subcommand export" -l no-secrets -d 'Leave the secrets out'
complete -c credctl -n "__fish_credctl_using_subcommand export" -l with-access -d 'Export the grants too, with --format apinizer'
complete -c credctl -n "__fish_credctl_using_subcommand export" -l force -d 'Export secrets even of credentials that must not be used now'
complete -c credctl -n "__fish_credctl_using_subcommand export" -l force-tty -d 'Write secrets even to a terminal'
complete -c credctl -n "__fish_credctl_using_subcommand export" -l post-bodies -d 'Leave the ids out, with --format astra, for a system that makes ids itself'
complete -c credctl -n "__fish_credctl_using_subcommand export" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand import" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand import" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand import" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand import" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand import" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand import" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand import" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand import" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand import" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand import" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand import" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand import" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand import" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand import" -l on-conflict -d 'The action for an item that exists already: same ID, or same title, user and host' -r -f -a "fail\t'Fail for the item'
skip\t'Keep the stored credential'
replace\t'Replace the stored credential by the item'"
complete -c credctl -n "__fish_credctl_using_subcommand import" -l default-email -d 'The e-mail address for accounts without one' -r
complete -c credctl -n "__fish_credctl_using_subcommand import" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand import" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand import" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand import" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand import" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand import" -l atomic -d 'Import all items, or none'
complete -c credctl -n "__fish_credctl_using_subcommand import" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand import" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c credctl -n "__fish_credctl_using_subcommand run" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand run" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand run" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand run" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand run" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand run" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand run" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand run" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand run" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand run" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand run" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand run" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand run" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand run" -s e -l env -d 'A variable and its value: a field, or a text with references' -r
complete -c credctl -n "__fish_credctl_using_subcommand run" -l env-as-file -d 'A variable and a field; the variable gets the path of a file in memory with the field' -r
complete -c credctl -n "__fish_credctl_using_subcommand run" -l all -d 'All fields of a credential, each as a variable' -r
complete -c credctl -n "__fish_credctl_using_subcommand run" -l for-api-proxy -d 'All fields of all credentials that are granted to an API proxy' -r
complete -c credctl -n "__fish_credctl_using_subcommand run" -l env-file -d 'A file of variables, with references in place of secrets' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand run" -l allow-env -d 'Allow a variable that makes programs load or run code, such as LD_PRELOAD' -r
complete -c credctl -n "__fish_credctl_using_subcommand run" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand run" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand run" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand run" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand run" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand run" -l force -d 'Use secrets of disabled, expired or not-yet-valid credentials too'
complete -c credctl -n "__fish_credctl_using_subcommand run" -l clean-env -d 'Pass on only PATH, HOME and similar variables'
complete -c credctl -n "__fish_credctl_using_subcommand run" -l mask -d 'Mask the secrets in the output of the program'
complete -c credctl -n "__fish_credctl_using_subcommand run" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand inject" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand inject" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand inject" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand inject" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand inject" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand inject" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand inject" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand inject" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand inject" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand inject" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand inject" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand inject" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand inject" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand inject" -l out -d 'Write to FILE, which only its owner can read; - is stdout' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand inject" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand inject" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand inject" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand inject" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand inject" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand inject" -l overwrite -d 'Replace an existing file, unless it is a vault or an identity'
complete -c credctl -n "__fish_credctl_using_subcommand inject" -l force-tty -d 'Write secrets even to a terminal'
complete -c credctl -n "__fish_credctl_using_subcommand inject" -l force -d 'Use secrets even of credentials that must not be used now'
complete -c credctl -n "__fish_credctl_using_subcommand inject" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand find" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand find" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand find" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand find" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand find" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand find" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand find" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand find" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand find" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand find" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand find" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand find" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand find" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand find" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand find" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand find" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand find" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand find" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand find" -l value-stdin -d 'Read the value from stdin, with or without one newline at the end'
complete -c credctl -n "__fish_credctl_using_subcommand find" -l history -d 'Search earlier versions too'
complete -c credctl -n "__fish_credctl_using_subcommand find" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand generate" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand generate" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand generate" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand generate" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand generate" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand generate" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand generate" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand generate" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand generate" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand generate" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand generate" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand generate" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand generate" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand generate" -l length -d 'The number of characters' -r
complete -c credctl -n "__fish_credctl_using_subcommand generate" -l class -d 'Use only these classes, each at least once: lower, upper, digit, symbol' -r -f -a "lower\t''
upper\t''
digit\t''
symbol\t''"
complete -c credctl -n "__fish_credctl_using_subcommand generate" -l words -d 'Make N words instead of characters' -r
complete -c credctl -n "__fish_credctl_using_subcommand generate" -l separator -d 'The text between words' -r
complete -c credctl -n "__fish_credctl_using_subcommand generate" -l hex -d 'Make N random bytes in hexadecimal' -r
complete -c credctl -n "__fish_credctl_using_subcommand generate" -l base64 -d 'Make N random bytes in base64' -r
complete -c credctl -n "__fish_credctl_using_subcommand generate" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand generate" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand generate" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand generate" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand generate" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand generate" -l uuid -d 'Make a random UUID'
complete -c credctl -n "__fish_credctl_using_subcommand generate" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and not __fish_seen_subcommand_from git docker aws kubernetes askpass ansible" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand helper; and not __fish_seen_subcommand_from git docker aws kubernetes askpass ansible" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand helper; and not __fish_seen_subcommand_from git docker aws kubernetes askpass ansible" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and not __fish_seen_subcommand_from git docker aws kubernetes askpass ansible" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand helper; and not __fish_seen_subcommand_from git docker aws kubernetes askpass ansible" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and not __fish_seen_subcommand_from git docker aws kubernetes askpass ansible" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and not __fish_seen_subcommand_from git docker aws kubernetes askpass ansible" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and not __fish_seen_subcommand_from git docker aws kubernetes askpass ansible" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand helper; and not __fish_seen_subcommand_from git docker aws kubernetes askpass ansible" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand helper; and not __fish_seen_subcommand_from git docker aws kubernetes askpass ansible" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand helper; and not __fish_seen_subcommand_from git docker aws kubernetes askpass ansible" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand helper; and not __fish_seen_subcommand_from git docker aws kubernetes askpass ansible" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and not __fish_seen_subcommand_from git docker aws kubernetes askpass ansible" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and not __fish_seen_subcommand_from git docker aws kubernetes askpass ansible" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and not __fish_seen_subcommand_from git docker aws kubernetes askpass ansible" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and not __fish_seen_subcommand_from git docker aws kubernetes askpass ansible" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and not __fish_seen_subcommand_from git docker aws kubernetes askpass ansible" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and not __fish_seen_subcommand_from git docker aws kubernetes askpass ansible" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and not __fish_seen_subcommand_from git docker aws kubernetes askpass ansible" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and not __fish_seen_subcommand_from git docker aws kubernetes askpass ansible" -f -a "git" -d 'Speak git-credential: get, store, erase'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and not __fish_seen_subcommand_from git docker aws kubernetes askpass ansible" -f -a "docker" -d 'Speak docker-credential: get, store, erase, list, version'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and not __fish_seen_subcommand_from git docker aws kubernetes askpass ansible" -f -a "aws" -d 'Answer `credential_process` of the AWS tools'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and not __fish_seen_subcommand_from git docker aws kubernetes askpass ansible" -f -a "kubernetes" -d 'Print the ExecCredential of Kubernetes clients'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and not __fish_seen_subcommand_from git docker aws kubernetes askpass ansible" -f -a "askpass" -d 'Answer SSH_ASKPASS and GIT_ASKPASS'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and not __fish_seen_subcommand_from git docker aws kubernetes askpass ansible" -f -a "ansible" -d 'Print a vault password for Ansible'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from git" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from git" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from git" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from git" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from git" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from git" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from git" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from git" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from git" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from git" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from git" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from git" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from git" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from git" -l install -d 'Make git ask credctl, for all repositories of the user'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from git" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from git" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from git" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from git" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from git" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from git" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from docker" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from docker" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from docker" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from docker" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from docker" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from docker" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from docker" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from docker" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from docker" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from docker" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from docker" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from docker" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from docker" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from docker" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from docker" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from docker" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from docker" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from docker" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from docker" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from aws" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from aws" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from aws" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from aws" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from aws" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from aws" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from aws" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from aws" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from aws" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from aws" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from aws" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from aws" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from aws" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from aws" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from aws" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from aws" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from aws" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from aws" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from aws" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from kubernetes" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from kubernetes" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from kubernetes" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from kubernetes" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from kubernetes" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from kubernetes" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from kubernetes" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from kubernetes" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from kubernetes" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from kubernetes" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from kubernetes" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from kubernetes" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from kubernetes" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from kubernetes" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from kubernetes" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from kubernetes" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from kubernetes" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from kubernetes" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from kubernetes" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from askpass" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from askpass" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from askpass" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from askpass" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from askpass" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from askpass" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from askpass" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from askpass" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from askpass" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from askpass" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from askpass" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from askpass" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from askpass" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from askpass" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from askpass" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from askpass" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from askpass" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from askpass" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from askpass" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from ansible" -l vault-id -d 'The vault id, which is the id of the credential' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from ansible" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from ansible" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from ansible" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from ansible" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from ansible" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from ansible" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from ansible" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from ansible" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from ansible" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from ansible" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from ansible" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from ansible" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from ansible" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from ansible" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from ansible" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from ansible" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from ansible" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from ansible" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand helper; and __fish_seen_subcommand_from ansible" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and not __fish_seen_subcommand_from add remove rm list ls" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ref; and not __fish_seen_subcommand_from add remove rm list ls" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ref; and not __fish_seen_subcommand_from add remove rm list ls" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and not __fish_seen_subcommand_from add remove rm list ls" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ref; and not __fish_seen_subcommand_from add remove rm list ls" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and not __fish_seen_subcommand_from add remove rm list ls" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and not __fish_seen_subcommand_from add remove rm list ls" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and not __fish_seen_subcommand_from add remove rm list ls" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand ref; and not __fish_seen_subcommand_from add remove rm list ls" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand ref; and not __fish_seen_subcommand_from add remove rm list ls" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand ref; and not __fish_seen_subcommand_from add remove rm list ls" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ref; and not __fish_seen_subcommand_from add remove rm list ls" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and not __fish_seen_subcommand_from add remove rm list ls" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and not __fish_seen_subcommand_from add remove rm list ls" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and not __fish_seen_subcommand_from add remove rm list ls" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and not __fish_seen_subcommand_from add remove rm list ls" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and not __fish_seen_subcommand_from add remove rm list ls" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and not __fish_seen_subcommand_from add remove rm list ls" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and not __fish_seen_subcommand_from add remove rm list ls" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and not __fish_seen_subcommand_from add remove rm list ls" -f -a "add" -d 'Add a reference from a resource to a credential'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and not __fish_seen_subcommand_from add remove rm list ls" -f -a "remove" -d 'Remove a reference from a resource to a credential'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and not __fish_seen_subcommand_from add remove rm list ls" -f -a "rm" -d 'Remove a reference from a resource to a credential'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and not __fish_seen_subcommand_from add remove rm list ls" -f -a "list" -d 'List references: all, those to a credential, or those of a resource'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and not __fish_seen_subcommand_from add remove rm list ls" -f -a "ls" -d 'List references: all, those to a credential, or those of a resource'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from add" -l address -d 'A management address of the resource' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from add" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from add" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from add" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from add" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from add" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from add" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from add" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from add" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from add" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from add" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from add" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from add" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from add" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from add" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from add" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from add" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from add" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from add" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from remove" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from remove" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from remove" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from remove" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from remove" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from remove" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from remove" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from remove" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from remove" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from remove" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from remove" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from remove" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from remove" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from remove" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from remove" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from remove" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from remove" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from rm" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from rm" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from rm" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from rm" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from rm" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from rm" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from rm" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from rm" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from rm" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from rm" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from rm" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from rm" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from rm" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from rm" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from rm" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from rm" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from rm" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from rm" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from rm" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from list" -l resource -d 'List only the references from resource R' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from list" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from list" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from list" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from list" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from list" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from list" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from list" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from list" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from list" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from list" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from list" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from list" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from list" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from list" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from list" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from list" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from ls" -l resource -d 'List only the references from resource R' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from ls" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from ls" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from ls" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from ls" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from ls" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from ls" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from ls" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from ls" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from ls" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from ls" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from ls" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from ls" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from ls" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from ls" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from ls" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from ls" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand ref; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and not __fish_seen_subcommand_from add update get list ls delete rm" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and not __fish_seen_subcommand_from add update get list ls delete rm" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and not __fish_seen_subcommand_from add update get list ls delete rm" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and not __fish_seen_subcommand_from add update get list ls delete rm" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and not __fish_seen_subcommand_from add update get list ls delete rm" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and not __fish_seen_subcommand_from add update get list ls delete rm" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and not __fish_seen_subcommand_from add update get list ls delete rm" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and not __fish_seen_subcommand_from add update get list ls delete rm" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand policy; and not __fish_seen_subcommand_from add update get list ls delete rm" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand policy; and not __fish_seen_subcommand_from add update get list ls delete rm" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand policy; and not __fish_seen_subcommand_from add update get list ls delete rm" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and not __fish_seen_subcommand_from add update get list ls delete rm" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and not __fish_seen_subcommand_from add update get list ls delete rm" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and not __fish_seen_subcommand_from add update get list ls delete rm" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and not __fish_seen_subcommand_from add update get list ls delete rm" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and not __fish_seen_subcommand_from add update get list ls delete rm" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and not __fish_seen_subcommand_from add update get list ls delete rm" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and not __fish_seen_subcommand_from add update get list ls delete rm" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and not __fish_seen_subcommand_from add update get list ls delete rm" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and not __fish_seen_subcommand_from add update get list ls delete rm" -f -a "add" -d 'Add a policy'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and not __fish_seen_subcommand_from add update get list ls delete rm" -f -a "update" -d 'Change the given fields of a policy'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and not __fish_seen_subcommand_from add update get list ls delete rm" -f -a "get" -d 'Show a policy, and the credentials that use it'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and not __fish_seen_subcommand_from add update get list ls delete rm" -f -a "list" -d 'List the policies'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and not __fish_seen_subcommand_from add update get list ls delete rm" -f -a "ls" -d 'List the policies'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and not __fish_seen_subcommand_from add update get list ls delete rm" -f -a "delete" -d 'Delete a policy that no credential uses'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and not __fish_seen_subcommand_from add update get list ls delete rm" -f -a "rm" -d 'Delete a policy that no credential uses'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from add" -l type -d 'The type of the policy: throttle or route' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from add" -l description -d 'The purpose of the policy' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from add" -l period -d 'The period of a throttle policy: second, minute, hour or day' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from add" -l value -d 'The number of calls in one period of a throttle policy' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from add" -l route-to -d 'The target of a route policy' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from add" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from add" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from add" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from add" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from add" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from add" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from add" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from add" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from add" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from add" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from add" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from add" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from add" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from add" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from add" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from add" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from add" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from add" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from update" -l type -d 'The type of the policy: throttle or route' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from update" -l description -d 'The purpose of the policy' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from update" -l period -d 'The period of a throttle policy: second, minute, hour or day' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from update" -l value -d 'The number of calls in one period of a throttle policy' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from update" -l route-to -d 'The target of a route policy' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from update" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from update" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from update" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from update" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from update" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from update" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from update" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from update" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from update" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from update" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from update" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from update" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from update" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from update" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from update" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from update" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from update" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from update" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from update" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from update" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from get" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from get" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from get" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from get" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from get" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from get" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from get" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from get" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from get" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from get" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from get" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from get" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from get" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from get" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from get" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from get" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from list" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from list" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from list" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from list" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from list" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from list" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from list" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from list" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from list" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from list" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from list" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from list" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from list" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from list" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from list" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from list" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from ls" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from ls" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from ls" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from ls" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from ls" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from ls" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from ls" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from ls" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from ls" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from ls" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from ls" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from ls" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from ls" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from ls" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from ls" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from ls" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from delete" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from delete" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from delete" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from delete" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from delete" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from delete" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from delete" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from delete" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from delete" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from delete" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from delete" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from delete" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from delete" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from delete" -l force -d 'Delete the policy even if credentials use it'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from delete" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from delete" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from delete" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from delete" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from rm" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from rm" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from rm" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from rm" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from rm" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from rm" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from rm" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from rm" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from rm" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from rm" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from rm" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from rm" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from rm" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from rm" -l force -d 'Delete the policy even if credentials use it'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from rm" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from rm" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from rm" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from rm" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from rm" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from rm" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand policy; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand user; and not __fish_seen_subcommand_from add list ls delete rm" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand user; and not __fish_seen_subcommand_from add list ls delete rm" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand user; and not __fish_seen_subcommand_from add list ls delete rm" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and not __fish_seen_subcommand_from add list ls delete rm" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand user; and not __fish_seen_subcommand_from add list ls delete rm" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and not __fish_seen_subcommand_from add list ls delete rm" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and not __fish_seen_subcommand_from add list ls delete rm" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and not __fish_seen_subcommand_from add list ls delete rm" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand user; and not __fish_seen_subcommand_from add list ls delete rm" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand user; and not __fish_seen_subcommand_from add list ls delete rm" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand user; and not __fish_seen_subcommand_from add list ls delete rm" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand user; and not __fish_seen_subcommand_from add list ls delete rm" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and not __fish_seen_subcommand_from add list ls delete rm" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and not __fish_seen_subcommand_from add list ls delete rm" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand user; and not __fish_seen_subcommand_from add list ls delete rm" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand user; and not __fish_seen_subcommand_from add list ls delete rm" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand user; and not __fish_seen_subcommand_from add list ls delete rm" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand user; and not __fish_seen_subcommand_from add list ls delete rm" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand user; and not __fish_seen_subcommand_from add list ls delete rm" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand user; and not __fish_seen_subcommand_from add list ls delete rm" -f -a "add" -d 'Add a user'
complete -c credctl -n "__fish_credctl_using_subcommand user; and not __fish_seen_subcommand_from add list ls delete rm" -f -a "list" -d 'List the users'
complete -c credctl -n "__fish_credctl_using_subcommand user; and not __fish_seen_subcommand_from add list ls delete rm" -f -a "ls" -d 'List the users'
complete -c credctl -n "__fish_credctl_using_subcommand user; and not __fish_seen_subcommand_from add list ls delete rm" -f -a "delete" -d 'Delete a user'
complete -c credctl -n "__fish_credctl_using_subcommand user; and not __fish_seen_subcommand_from add list ls delete rm" -f -a "rm" -d 'Delete a user'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from add" -l id -d 'The id, a UUID of version 4; credctl makes one if none is given' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from add" -l auth-provider -d 'The provider that checks the password: local, ldap or cloud-central' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from add" -l email -d 'The e-mail address' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from add" -l first-name -d 'The first name' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from add" -l last-name -d 'The last name' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from add" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from add" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from add" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from add" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from add" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from add" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from add" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from add" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from add" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from add" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from add" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from add" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from add" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from add" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from add" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from add" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from add" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from add" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from list" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from list" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from list" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from list" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from list" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from list" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from list" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from list" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from list" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from list" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from list" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from list" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from list" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from list" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from list" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from list" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from ls" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from ls" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from ls" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from ls" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from ls" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from ls" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from ls" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from ls" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from ls" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from ls" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from ls" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from ls" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from ls" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from ls" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from ls" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from ls" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from delete" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from delete" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from delete" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from delete" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from rm" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from rm" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from rm" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from rm" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from rm" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from rm" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from rm" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from rm" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from rm" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from rm" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from rm" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from rm" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from rm" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from rm" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from rm" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from rm" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from rm" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from rm" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from rm" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand user; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and not __fish_seen_subcommand_from add list ls remove rm" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand environment; and not __fish_seen_subcommand_from add list ls remove rm" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand environment; and not __fish_seen_subcommand_from add list ls remove rm" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and not __fish_seen_subcommand_from add list ls remove rm" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand environment; and not __fish_seen_subcommand_from add list ls remove rm" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and not __fish_seen_subcommand_from add list ls remove rm" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and not __fish_seen_subcommand_from add list ls remove rm" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and not __fish_seen_subcommand_from add list ls remove rm" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand environment; and not __fish_seen_subcommand_from add list ls remove rm" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand environment; and not __fish_seen_subcommand_from add list ls remove rm" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand environment; and not __fish_seen_subcommand_from add list ls remove rm" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand environment; and not __fish_seen_subcommand_from add list ls remove rm" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and not __fish_seen_subcommand_from add list ls remove rm" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and not __fish_seen_subcommand_from add list ls remove rm" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and not __fish_seen_subcommand_from add list ls remove rm" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and not __fish_seen_subcommand_from add list ls remove rm" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and not __fish_seen_subcommand_from add list ls remove rm" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and not __fish_seen_subcommand_from add list ls remove rm" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and not __fish_seen_subcommand_from add list ls remove rm" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and not __fish_seen_subcommand_from add list ls remove rm" -f -a "add" -d 'Add an environment and write its bundle'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and not __fish_seen_subcommand_from add list ls remove rm" -f -a "list" -d 'List the environments, and show if the last change reached them'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and not __fish_seen_subcommand_from add list ls remove rm" -f -a "ls" -d 'List the environments, and show if the last change reached them'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and not __fish_seen_subcommand_from add list ls remove rm" -f -a "remove" -d 'Remove an environment'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and not __fish_seen_subcommand_from add list ls remove rm" -f -a "rm" -d 'Remove an environment'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from add" -s r -l recipient -d 'A recipient that can open the bundle: age1…, or an SSH public key' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from add" -l out -d 'The file to write the bundle to' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from add" -l api-proxy -d 'An API proxy' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from add" -l api-proxy-group -d 'A group of API proxies' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from add" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from add" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from add" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from add" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from add" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from add" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from add" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from add" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from add" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from add" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from add" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from add" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from add" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from add" -l overwrite -d 'Replace an existing file, unless it is a vault or an identity'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from add" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from add" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from add" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from add" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from add" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from list" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from list" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from list" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from list" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from list" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from list" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from list" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from list" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from list" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from list" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from list" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from list" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from list" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from list" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from list" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from list" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from ls" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from ls" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from ls" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from ls" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from ls" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from ls" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from ls" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from ls" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from ls" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from ls" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from ls" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from ls" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from ls" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from ls" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from ls" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from ls" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from remove" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from remove" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from remove" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from remove" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from remove" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from remove" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from remove" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from remove" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from remove" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from remove" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from remove" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from remove" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from remove" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from remove" -l delete-bundle -d 'Delete the bundle too'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from remove" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from remove" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from remove" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from remove" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from rm" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from rm" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from rm" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from rm" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from rm" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from rm" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from rm" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from rm" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from rm" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from rm" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from rm" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from rm" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from rm" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from rm" -l delete-bundle -d 'Delete the bundle too'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from rm" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from rm" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from rm" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from rm" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from rm" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from rm" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand environment; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand env; and not __fish_seen_subcommand_from add list ls remove rm" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand env; and not __fish_seen_subcommand_from add list ls remove rm" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand env; and not __fish_seen_subcommand_from add list ls remove rm" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and not __fish_seen_subcommand_from add list ls remove rm" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand env; and not __fish_seen_subcommand_from add list ls remove rm" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and not __fish_seen_subcommand_from add list ls remove rm" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and not __fish_seen_subcommand_from add list ls remove rm" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and not __fish_seen_subcommand_from add list ls remove rm" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand env; and not __fish_seen_subcommand_from add list ls remove rm" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand env; and not __fish_seen_subcommand_from add list ls remove rm" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand env; and not __fish_seen_subcommand_from add list ls remove rm" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand env; and not __fish_seen_subcommand_from add list ls remove rm" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and not __fish_seen_subcommand_from add list ls remove rm" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and not __fish_seen_subcommand_from add list ls remove rm" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand env; and not __fish_seen_subcommand_from add list ls remove rm" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand env; and not __fish_seen_subcommand_from add list ls remove rm" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand env; and not __fish_seen_subcommand_from add list ls remove rm" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand env; and not __fish_seen_subcommand_from add list ls remove rm" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand env; and not __fish_seen_subcommand_from add list ls remove rm" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand env; and not __fish_seen_subcommand_from add list ls remove rm" -f -a "add" -d 'Add an environment and write its bundle'
complete -c credctl -n "__fish_credctl_using_subcommand env; and not __fish_seen_subcommand_from add list ls remove rm" -f -a "list" -d 'List the environments, and show if the last change reached them'
complete -c credctl -n "__fish_credctl_using_subcommand env; and not __fish_seen_subcommand_from add list ls remove rm" -f -a "ls" -d 'List the environments, and show if the last change reached them'
complete -c credctl -n "__fish_credctl_using_subcommand env; and not __fish_seen_subcommand_from add list ls remove rm" -f -a "remove" -d 'Remove an environment'
complete -c credctl -n "__fish_credctl_using_subcommand env; and not __fish_seen_subcommand_from add list ls remove rm" -f -a "rm" -d 'Remove an environment'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from add" -s r -l recipient -d 'A recipient that can open the bundle: age1…, or an SSH public key' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from add" -l out -d 'The file to write the bundle to' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from add" -l api-proxy -d 'An API proxy' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from add" -l api-proxy-group -d 'A group of API proxies' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from add" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from add" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from add" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from add" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from add" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from add" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from add" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from add" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from add" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from add" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from add" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from add" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from add" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from add" -l overwrite -d 'Replace an existing file, unless it is a vault or an identity'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from add" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from add" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from add" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from add" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from add" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from list" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from list" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from list" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from list" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from list" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from list" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from list" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from list" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from list" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from list" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from list" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from list" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from list" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from list" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from list" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from list" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from ls" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from ls" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from ls" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from ls" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from ls" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from ls" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from ls" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from ls" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from ls" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from ls" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from ls" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from ls" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from ls" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from ls" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from ls" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from ls" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from remove" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from remove" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from remove" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from remove" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from remove" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from remove" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from remove" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from remove" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from remove" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from remove" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from remove" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from remove" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from remove" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from remove" -l delete-bundle -d 'Delete the bundle too'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from remove" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from remove" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from remove" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from remove" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from rm" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from rm" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from rm" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from rm" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from rm" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from rm" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from rm" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from rm" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from rm" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from rm" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from rm" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from rm" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from rm" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from rm" -l delete-bundle -d 'Delete the bundle too'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from rm" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from rm" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from rm" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from rm" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from rm" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from rm" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand env; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand deploy" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand deploy" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand deploy" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand deploy" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand deploy" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand deploy" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand deploy" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand deploy" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand deploy" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand deploy" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand deploy" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand deploy" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand deploy" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand deploy" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand deploy" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand deploy" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand deploy" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand deploy" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand deploy" -l overwrite -d 'Replace an existing file at the path of the bundle, unless the file is a vault or an identity; needs exactly one NAME'
complete -c credctl -n "__fish_credctl_using_subcommand deploy" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand deploy" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand deploy" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand move" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand move" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand move" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand move" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand move" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand move" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand move" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand move" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand move" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand move" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand move" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand move" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand move" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand move" -l to -d 'The new project; admin is global' -r
complete -c credctl -n "__fish_credctl_using_subcommand move" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand move" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand move" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand move" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand move" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand move" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand move" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand move" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand project; and not __fish_seen_subcommand_from list ls" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand project; and not __fish_seen_subcommand_from list ls" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand project; and not __fish_seen_subcommand_from list ls" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand project; and not __fish_seen_subcommand_from list ls" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand project; and not __fish_seen_subcommand_from list ls" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand project; and not __fish_seen_subcommand_from list ls" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand project; and not __fish_seen_subcommand_from list ls" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand project; and not __fish_seen_subcommand_from list ls" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand project; and not __fish_seen_subcommand_from list ls" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand project; and not __fish_seen_subcommand_from list ls" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand project; and not __fish_seen_subcommand_from list ls" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand project; and not __fish_seen_subcommand_from list ls" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand project; and not __fish_seen_subcommand_from list ls" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand project; and not __fish_seen_subcommand_from list ls" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand project; and not __fish_seen_subcommand_from list ls" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand project; and not __fish_seen_subcommand_from list ls" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand project; and not __fish_seen_subcommand_from list ls" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand project; and not __fish_seen_subcommand_from list ls" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand project; and not __fish_seen_subcommand_from list ls" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand project; and not __fish_seen_subcommand_from list ls" -f -a "list" -d 'List the projects'
complete -c credctl -n "__fish_credctl_using_subcommand project; and not __fish_seen_subcommand_from list ls" -f -a "ls" -d 'List the projects'
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from list" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from list" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from list" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from list" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from list" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from list" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from list" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from list" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from list" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from list" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from list" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from list" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from list" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from list" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from list" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from list" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from ls" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from ls" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from ls" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from ls" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from ls" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from ls" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from ls" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from ls" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from ls" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from ls" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from ls" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from ls" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from ls" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from ls" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from ls" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from ls" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand project; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand verify" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand verify" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand verify" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand verify" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand verify" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand verify" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand verify" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand verify" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand verify" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand verify" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand verify" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand verify" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand verify" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand verify" -l ip -d 'The address that the call comes from' -r
complete -c credctl -n "__fish_credctl_using_subcommand verify" -l api-proxy -d 'An API proxy' -r
complete -c credctl -n "__fish_credctl_using_subcommand verify" -l api-proxy-group -d 'A group of API proxies' -r
complete -c credctl -n "__fish_credctl_using_subcommand verify" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand verify" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand verify" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand verify" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand verify" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand verify" -l password-stdin -d 'Read the password from stdin; credctl drops one newline at the end'
complete -c credctl -n "__fish_credctl_using_subcommand verify" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand history" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand history" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand history" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand history" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand history" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand history" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand history" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand history" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand history" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand history" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand history" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand history" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand history" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand history" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand history" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand history" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand history" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand history" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand history" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand rollback" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rollback" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rollback" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand rollback" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rollback" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand rollback" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand rollback" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand rollback" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand rollback" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand rollback" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand rollback" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rollback" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand rollback" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand rollback" -l revision -d 'The version to return to; see `credctl history ID`' -r
complete -c credctl -n "__fish_credctl_using_subcommand rollback" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand rollback" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand rollback" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand rollback" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand rollback" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand rollback" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand rollback" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand rollback" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand restore" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand restore" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand restore" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand restore" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand restore" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand restore" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand restore" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand restore" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand restore" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand restore" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand restore" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand restore" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand restore" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand restore" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand restore" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand restore" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand restore" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand restore" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand restore" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand restore" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand restore" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand purge" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand purge" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand purge" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand purge" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand purge" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand purge" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand purge" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand purge" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand purge" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand purge" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand purge" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand purge" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand purge" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand purge" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand purge" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand purge" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand purge" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand purge" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand purge" -l all -d 'Delete the earlier versions of every credential'
complete -c credctl -n "__fish_credctl_using_subcommand purge" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand purge" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand purge" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand undo" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand undo" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand undo" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand undo" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand undo" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand undo" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand undo" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand undo" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand undo" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand undo" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand undo" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand undo" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand undo" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand undo" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand undo" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand undo" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand undo" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand undo" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand undo" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand undo" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand undo" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand check" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand check" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand check" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand check" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand check" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand check" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand check" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand check" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand check" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand check" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand check" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand check" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand check" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand check" -l within -d 'Report credentials as expiring if they expire within T' -r
complete -c credctl -n "__fish_credctl_using_subcommand check" -l only -d 'Run only this check' -r -f -a "rules\t''
key-pair\t''
expired\t''
expiring\t''
policy\t''
user\t''
reference\t''
shared\t''
weak\t''
bundle\t''"
complete -c credctl -n "__fish_credctl_using_subcommand check" -l skip -d 'Skip this check' -r -f -a "rules\t''
key-pair\t''
expired\t''
expiring\t''
policy\t''
user\t''
reference\t''
shared\t''
weak\t''
bundle\t''"
complete -c credctl -n "__fish_credctl_using_subcommand check" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand check" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand check" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand check" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand check" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand check" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand clear-clipboard" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand clear-clipboard" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand clear-clipboard" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand clear-clipboard" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand clear-clipboard" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand clear-clipboard" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand clear-clipboard" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand clear-clipboard" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand clear-clipboard" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand clear-clipboard" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand clear-clipboard" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand clear-clipboard" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand clear-clipboard" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand clear-clipboard" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand clear-clipboard" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand clear-clipboard" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand clear-clipboard" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand clear-clipboard" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand clear-clipboard" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand types" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand types" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand types" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand types" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand types" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand types" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand types" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand types" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand types" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand types" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand types" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand types" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand types" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand types" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand types" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand types" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand types" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand types" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand types" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l new-passphrase-fd -d 'Read the new passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l new-passphrase-file -d 'Read the new passphrase from a file' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -s r -l recipient -d 'Lock the vault to these recipients and no others' -r
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l recipients-file -d 'A file of these recipients, one per line' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l add-recipient -d 'Add a recipient that can open the vault' -r
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l remove-recipient -d 'Remove a recipient, so that it no longer opens the vault' -r
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -s y -l yes -d 'Answer yes to all confirmations'
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand completions" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand completions" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand completions" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand completions" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand completions" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand completions" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand completions" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand completions" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand completions" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand completions" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand completions" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand completions" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand completions" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand completions" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand completions" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand completions" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand completions" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand completions" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand completions" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand man" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand man" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand man" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand man" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand man" -l passphrase-command -d 'Read the passphrase from the output of a shell command [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand man" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand man" -l role -d 'The role; operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand man" -s o -l output -d 'The form of the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand man" -l format -d 'The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra, apinizer; export and import know more [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''
dotenv\t''
shell\t''
fish\t''
powershell\t''
docker-env\t''
systemd\t''
kubernetes\t''
aws-credentials\t''
kubeconfig\t''
pem\t''
netrc\t''
csv\t''
bitwarden\t''
azure-cli\t''
kbs2\t''
keepass-xml\t''
1password-csv\t''
chrome-csv\t''
firefox-csv\t''
sops-yaml\t''
envio\t''
apinizer-csv\t''
pass\t''"
complete -c credctl -n "__fish_credctl_using_subcommand man" -l color -d 'Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand man" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand man" -l lock-timeout -d 'Wait at most TIME for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand man" -l plugin -d 'Allow the age plugin NAME, a program that credctl runs' -r
complete -c credctl -n "__fish_credctl_using_subcommand man" -l passphrase-stdin -d 'Read the passphrase from the first line of stdin; the rest is data'
complete -c credctl -n "__fish_credctl_using_subcommand man" -l non-interactive -d 'Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand man" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand man" -s v -l verbose -d 'Print more details'
complete -c credctl -n "__fish_credctl_using_subcommand man" -l accept-recipients -d 'Lock the vault to its recipients even if some are new to this machine'
complete -c credctl -n "__fish_credctl_using_subcommand man" -l overwrite -d 'Replace existing pages'
complete -c credctl -n "__fish_credctl_using_subcommand man" -s h -l help -d 'Print help'
