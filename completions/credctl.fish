# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_credctl_global_optspecs
    string join \n vault= i/identity= passphrase-stdin passphrase-fd= passphrase-file= passphrase-command= p/project= role= o/output= format= non-interactive q/quiet v/verbose color= config= lock-timeout= plugin= h/help V/version
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
complete -c credctl -n "__fish_credctl_needs_command" -l passphrase-command -d 'Run a command through the shell and read the passphrase from it [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_needs_command" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_needs_command" -l role -d 'operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_needs_command" -s o -l output -d 'How to print the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_needs_command" -l format -d 'Whose document shape is read or written [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''"
complete -c credctl -n "__fish_credctl_needs_command" -l color -d 'Colour on a terminal [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_needs_command" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_needs_command" -l lock-timeout -d 'How long to wait for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_needs_command" -l plugin -d 'Allow an age plugin by name; it is a program that is run' -r
complete -c credctl -n "__fish_credctl_needs_command" -l passphrase-stdin -d 'The first line of stdin is the passphrase; what follows is data'
complete -c credctl -n "__fish_credctl_needs_command" -l non-interactive -d 'Never ask, also on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_needs_command" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_needs_command" -s v -l verbose -d 'Tell more about what is done'
complete -c credctl -n "__fish_credctl_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c credctl -n "__fish_credctl_needs_command" -s V -l version -d 'Print version'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "init" -d 'Make a vault: locked with a passphrase, or to recipients'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "add" -d 'Add a credential, or several from a document'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "update" -d 'Replace a credential: fields that are not given are deleted'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "put" -d 'Replace a credential, or add it if there is none: update --upsert'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "patch" -d 'Change parts of credentials: fields that are not given stay'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "passwd" -d 'Change the password of a credential'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "get" -d 'Show a credential, or one value of it'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "list" -d 'List the credentials, without their secrets'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "ls" -d 'List the credentials, without their secrets'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "delete" -d 'Delete credentials'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "rm" -d 'Delete credentials'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "types" -d 'List the types, or explain the fields of one'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "rekey" -d 'Change the passphrase or the recipients of the vault'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c credctl -n "__fish_credctl_needs_command" -f -a "man" -d 'Print the manual page, or write all of them to a folder'
complete -c credctl -n "__fish_credctl_using_subcommand init" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand init" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand init" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand init" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand init" -l passphrase-command -d 'Run a command through the shell and read the passphrase from it [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand init" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand init" -l role -d 'operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand init" -s o -l output -d 'How to print the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand init" -l format -d 'Whose document shape is read or written [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''"
complete -c credctl -n "__fish_credctl_using_subcommand init" -l color -d 'Colour on a terminal [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand init" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand init" -l lock-timeout -d 'How long to wait for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand init" -l plugin -d 'Allow an age plugin by name; it is a program that is run' -r
complete -c credctl -n "__fish_credctl_using_subcommand init" -s r -l recipient -d 'Who can open it: age1…, or an SSH public key' -r
complete -c credctl -n "__fish_credctl_using_subcommand init" -l recipients-file -d 'A file of recipients, one a line' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand init" -l generate-identity -d 'Make a new identity, write it to this file, and let it open the vault' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand init" -l passphrase-stdin -d 'The first line of stdin is the passphrase; what follows is data'
complete -c credctl -n "__fish_credctl_using_subcommand init" -l non-interactive -d 'Never ask, also on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand init" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand init" -s v -l verbose -d 'Tell more about what is done'
complete -c credctl -n "__fish_credctl_using_subcommand init" -l force -d 'Replace a vault that is there; the old one becomes the .bak file'
complete -c credctl -n "__fish_credctl_using_subcommand init" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand add" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand add" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand add" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand add" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand add" -l passphrase-command -d 'Run a command through the shell and read the passphrase from it [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand add" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand add" -l role -d 'operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand add" -s o -l output -d 'How to print the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand add" -l format -d 'Whose document shape is read or written [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''"
complete -c credctl -n "__fish_credctl_using_subcommand add" -l color -d 'Colour on a terminal [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand add" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand add" -l lock-timeout -d 'How long to wait for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand add" -l plugin -d 'Allow an age plugin by name; it is a program that is run' -r
complete -c credctl -n "__fish_credctl_using_subcommand add" -s f -l file -d 'Read a document: JSON, JSON Lines or YAML; - is stdin' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand add" -l name -d 'A name for people' -r
complete -c credctl -n "__fish_credctl_using_subcommand add" -l description -d 'What it is for' -r
complete -c credctl -n "__fish_credctl_using_subcommand add" -l label -d 'A label; give all of them, they are replaced together' -r
complete -c credctl -n "__fish_credctl_using_subcommand add" -l tag -d 'A tag; give all of them, they are replaced together' -r
complete -c credctl -n "__fish_credctl_using_subcommand add" -l throttle-policy -d 'Id of a throttle policy' -r
complete -c credctl -n "__fish_credctl_using_subcommand add" -l valid-from -d 'Valid from: 2027-01-31, an RFC 3339 time, or a span from now such as 12h' -r
complete -c credctl -n "__fish_credctl_using_subcommand add" -l valid-until -d 'Valid until, exclusive: 2027-01-31, an RFC 3339 time, or a span from now such as 90d' -r
complete -c credctl -n "__fish_credctl_using_subcommand add" -l enabled -d 'Whether it may be used' -r
complete -c credctl -n "__fish_credctl_using_subcommand add" -l passphrase-stdin -d 'The first line of stdin is the passphrase; what follows is data'
complete -c credctl -n "__fish_credctl_using_subcommand add" -l non-interactive -d 'Never ask, also on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand add" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand add" -s v -l verbose -d 'Tell more about what is done'
complete -c credctl -n "__fish_credctl_using_subcommand add" -l atomic -d 'All or nothing, when there are several'
complete -c credctl -n "__fish_credctl_using_subcommand add" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand add" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand update" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand update" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand update" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand update" -l passphrase-command -d 'Run a command through the shell and read the passphrase from it [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -l role -d 'operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -s o -l output -d 'How to print the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand update" -l format -d 'Whose document shape is read or written [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''"
complete -c credctl -n "__fish_credctl_using_subcommand update" -l color -d 'Colour on a terminal [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand update" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand update" -l lock-timeout -d 'How long to wait for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -l plugin -d 'Allow an age plugin by name; it is a program that is run' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -s f -l file -d 'Read a document: JSON, JSON Lines or YAML; - is stdin' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand update" -l type -d 'The type, where it is to be added' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -l if-match -d 'Change it only if this is its etag; * is any' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -l name -d 'A name for people' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -l description -d 'What it is for' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -l label -d 'A label; give all of them, they are replaced together' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -l tag -d 'A tag; give all of them, they are replaced together' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -l throttle-policy -d 'Id of a throttle policy' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -l valid-from -d 'Valid from: 2027-01-31, an RFC 3339 time, or a span from now such as 12h' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -l valid-until -d 'Valid until, exclusive: 2027-01-31, an RFC 3339 time, or a span from now such as 90d' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -l enabled -d 'Whether it may be used' -r
complete -c credctl -n "__fish_credctl_using_subcommand update" -l passphrase-stdin -d 'The first line of stdin is the passphrase; what follows is data'
complete -c credctl -n "__fish_credctl_using_subcommand update" -l non-interactive -d 'Never ask, also on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand update" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand update" -s v -l verbose -d 'Tell more about what is done'
complete -c credctl -n "__fish_credctl_using_subcommand update" -l upsert -d 'Add it if there is none of this id'
complete -c credctl -n "__fish_credctl_using_subcommand update" -l by-name -d 'Find it by its name'
complete -c credctl -n "__fish_credctl_using_subcommand update" -l atomic -d 'All or nothing, when there are several'
complete -c credctl -n "__fish_credctl_using_subcommand update" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand update" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand put" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand put" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand put" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand put" -l passphrase-command -d 'Run a command through the shell and read the passphrase from it [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -l role -d 'operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -s o -l output -d 'How to print the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand put" -l format -d 'Whose document shape is read or written [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''"
complete -c credctl -n "__fish_credctl_using_subcommand put" -l color -d 'Colour on a terminal [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand put" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand put" -l lock-timeout -d 'How long to wait for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -l plugin -d 'Allow an age plugin by name; it is a program that is run' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -s f -l file -d 'Read a document: JSON, JSON Lines or YAML; - is stdin' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand put" -l type -d 'The type, where it is to be added' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -l if-match -d 'Change it only if this is its etag; * is any' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -l name -d 'A name for people' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -l description -d 'What it is for' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -l label -d 'A label; give all of them, they are replaced together' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -l tag -d 'A tag; give all of them, they are replaced together' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -l throttle-policy -d 'Id of a throttle policy' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -l valid-from -d 'Valid from: 2027-01-31, an RFC 3339 time, or a span from now such as 12h' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -l valid-until -d 'Valid until, exclusive: 2027-01-31, an RFC 3339 time, or a span from now such as 90d' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -l enabled -d 'Whether it may be used' -r
complete -c credctl -n "__fish_credctl_using_subcommand put" -l passphrase-stdin -d 'The first line of stdin is the passphrase; what follows is data'
complete -c credctl -n "__fish_credctl_using_subcommand put" -l non-interactive -d 'Never ask, also on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand put" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand put" -s v -l verbose -d 'Tell more about what is done'
complete -c credctl -n "__fish_credctl_using_subcommand put" -l upsert -d 'Add it if there is none of this id'
complete -c credctl -n "__fish_credctl_using_subcommand put" -l by-name -d 'Find it by its name'
complete -c credctl -n "__fish_credctl_using_subcommand put" -l atomic -d 'All or nothing, when there are several'
complete -c credctl -n "__fish_credctl_using_subcommand put" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand put" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand patch" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l passphrase-command -d 'Run a command through the shell and read the passphrase from it [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l role -d 'operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -s o -l output -d 'How to print the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l format -d 'Whose document shape is read or written [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''"
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l color -d 'Colour on a terminal [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l lock-timeout -d 'How long to wait for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l plugin -d 'Allow an age plugin by name; it is a program that is run' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -s f -l file -d 'Read a document: JSON, JSON Lines or YAML; - is stdin' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l filter -d 'All that this holds of; see `credctl list --help`' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l unset -d 'Remove an optional field, or one leaf of an object' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l if-match -d 'Change it only if this is its etag; * is any' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l name -d 'A name for people' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l description -d 'What it is for' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l label -d 'A label; give all of them, they are replaced together' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l tag -d 'A tag; give all of them, they are replaced together' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l throttle-policy -d 'Id of a throttle policy' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l valid-from -d 'Valid from: 2027-01-31, an RFC 3339 time, or a span from now such as 12h' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l valid-until -d 'Valid until, exclusive: 2027-01-31, an RFC 3339 time, or a span from now such as 90d' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l enabled -d 'Whether it may be used' -r
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l passphrase-stdin -d 'The first line of stdin is the passphrase; what follows is data'
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l non-interactive -d 'Never ask, also on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand patch" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand patch" -s v -l verbose -d 'Tell more about what is done'
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l by-name -d 'Find it by its name'
complete -c credctl -n "__fish_credctl_using_subcommand patch" -l atomic -d 'All or nothing, when there are several'
complete -c credctl -n "__fish_credctl_using_subcommand patch" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand patch" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l passphrase-command -d 'Run a command through the shell and read the passphrase from it [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l role -d 'operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -s o -l output -d 'How to print the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l format -d 'Whose document shape is read or written [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''"
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l color -d 'Colour on a terminal [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l lock-timeout -d 'How long to wait for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l plugin -d 'Allow an age plugin by name; it is a program that is run' -r
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -s f -l file -d 'Read {"password": …} from a document; - is stdin' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l must-change -d 'Whether the user must change it (password hashes only)' -r -f -a "true\t''
false\t''"
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l if-match -d 'Change it only if this is its etag; * is any' -r
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l passphrase-stdin -d 'The first line of stdin is the passphrase; what follows is data'
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l non-interactive -d 'Never ask, also on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -s v -l verbose -d 'Tell more about what is done'
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l password-stdin -d 'Read the password from stdin; one newline at its end is dropped'
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -l by-name -d 'Find it by its name'
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand passwd" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand get" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand get" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand get" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand get" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand get" -l passphrase-command -d 'Run a command through the shell and read the passphrase from it [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand get" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand get" -l role -d 'operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand get" -s o -l output -d 'How to print the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand get" -l format -d 'Whose document shape is read or written [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''"
complete -c credctl -n "__fish_credctl_using_subcommand get" -l color -d 'Colour on a terminal [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand get" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand get" -l lock-timeout -d 'How long to wait for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand get" -l plugin -d 'Allow an age plugin by name; it is a program that is run' -r
complete -c credctl -n "__fish_credctl_using_subcommand get" -l field -d 'Print one value and nothing else, whatever the form of output' -r
complete -c credctl -n "__fish_credctl_using_subcommand get" -l nc-version -d 'Version of the documents, with --format network-controller' -r
complete -c credctl -n "__fish_credctl_using_subcommand get" -l passphrase-stdin -d 'The first line of stdin is the passphrase; what follows is data'
complete -c credctl -n "__fish_credctl_using_subcommand get" -l non-interactive -d 'Never ask, also on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand get" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand get" -s v -l verbose -d 'Tell more about what is done'
complete -c credctl -n "__fish_credctl_using_subcommand get" -l reveal -d 'Show the secrets too'
complete -c credctl -n "__fish_credctl_using_subcommand get" -l force -d 'Show secrets also of a credential that must not be used now'
complete -c credctl -n "__fish_credctl_using_subcommand get" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand list" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand list" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand list" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand list" -l passphrase-command -d 'Run a command through the shell and read the passphrase from it [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l role -d 'operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -s o -l output -d 'How to print the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand list" -l format -d 'Whose document shape is read or written [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''"
complete -c credctl -n "__fish_credctl_using_subcommand list" -l color -d 'Colour on a terminal [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand list" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand list" -l lock-timeout -d 'How long to wait for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l plugin -d 'Allow an age plugin by name; it is a program that is run' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l type -d 'Only this type; aspire:TYPE is a connector of that connector type' -r -f -a "UsernamePassword\t'a user name and password, with an optional domain'
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
complete -c credctl -n "__fish_credctl_using_subcommand list" -l filter -d 'Only what this holds of, such as \\"type eq \'Aws\' and enabled eq true\\"' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l filter-json -d 'Only what a filter document selects: {\\"ids\\", \\"type\\", \\"description\\", \\"throttlePolicy\\"}; - is stdin' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l include -d 'Only these members of each, in this order' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l order-by -d 'The order: a member, and desc for downwards' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l sort-by -d 'The order: a member' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l sort-mode -d 'Upwards or downwards: asc or desc' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l limit -d 'At most so many, with a token for the next ones' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l continue -d 'The token of the page before' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l from -d 'Leave out so many' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l size -d 'At most so many' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l nc-version -d 'Version of the documents, with --format network-controller' -r
complete -c credctl -n "__fish_credctl_using_subcommand list" -l passphrase-stdin -d 'The first line of stdin is the passphrase; what follows is data'
complete -c credctl -n "__fish_credctl_using_subcommand list" -l non-interactive -d 'Never ask, also on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand list" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand list" -s v -l verbose -d 'Tell more about what is done'
complete -c credctl -n "__fish_credctl_using_subcommand list" -l count -d 'Tell how many there are, where the system tells it only on request'
complete -c credctl -n "__fish_credctl_using_subcommand list" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ls" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l passphrase-command -d 'Run a command through the shell and read the passphrase from it [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l role -d 'operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -s o -l output -d 'How to print the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l format -d 'Whose document shape is read or written [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''"
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l color -d 'Colour on a terminal [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l lock-timeout -d 'How long to wait for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l plugin -d 'Allow an age plugin by name; it is a program that is run' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l type -d 'Only this type; aspire:TYPE is a connector of that connector type' -r -f -a "UsernamePassword\t'a user name and password, with an optional domain'
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
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l filter -d 'Only what this holds of, such as \\"type eq \'Aws\' and enabled eq true\\"' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l filter-json -d 'Only what a filter document selects: {\\"ids\\", \\"type\\", \\"description\\", \\"throttlePolicy\\"}; - is stdin' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l include -d 'Only these members of each, in this order' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l order-by -d 'The order: a member, and desc for downwards' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l sort-by -d 'The order: a member' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l sort-mode -d 'Upwards or downwards: asc or desc' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l limit -d 'At most so many, with a token for the next ones' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l continue -d 'The token of the page before' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l from -d 'Leave out so many' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l size -d 'At most so many' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l nc-version -d 'Version of the documents, with --format network-controller' -r
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l passphrase-stdin -d 'The first line of stdin is the passphrase; what follows is data'
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l non-interactive -d 'Never ask, also on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand ls" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand ls" -s v -l verbose -d 'Tell more about what is done'
complete -c credctl -n "__fish_credctl_using_subcommand ls" -l count -d 'Tell how many there are, where the system tells it only on request'
complete -c credctl -n "__fish_credctl_using_subcommand ls" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand delete" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l passphrase-command -d 'Run a command through the shell and read the passphrase from it [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand delete" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l role -d 'operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand delete" -s o -l output -d 'How to print the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l format -d 'Whose document shape is read or written [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''"
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l color -d 'Colour on a terminal [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l lock-timeout -d 'How long to wait for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l plugin -d 'Allow an age plugin by name; it is a program that is run' -r
complete -c credctl -n "__fish_credctl_using_subcommand delete" -s f -l file -d 'Read a document: JSON, JSON Lines or YAML; - is stdin' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l filter -d 'All that this holds of; see `credctl list --help`' -r
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l if-match -d 'Delete it only if this is its etag; * is any' -r
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l passphrase-stdin -d 'The first line of stdin is the passphrase; what follows is data'
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l non-interactive -d 'Never ask, also on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand delete" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand delete" -s v -l verbose -d 'Tell more about what is done'
complete -c credctl -n "__fish_credctl_using_subcommand delete" -s y -l yes -d 'Do not ask'
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l ignore-missing -d 'An id that does not exist is not an error'
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l by-name -d 'Find them by their names'
complete -c credctl -n "__fish_credctl_using_subcommand delete" -l atomic -d 'All or nothing, when there are several'
complete -c credctl -n "__fish_credctl_using_subcommand delete" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand delete" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rm" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l passphrase-command -d 'Run a command through the shell and read the passphrase from it [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand rm" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l role -d 'operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand rm" -s o -l output -d 'How to print the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l format -d 'Whose document shape is read or written [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''"
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l color -d 'Colour on a terminal [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l lock-timeout -d 'How long to wait for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l plugin -d 'Allow an age plugin by name; it is a program that is run' -r
complete -c credctl -n "__fish_credctl_using_subcommand rm" -s f -l file -d 'Read a document: JSON, JSON Lines or YAML; - is stdin' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l filter -d 'All that this holds of; see `credctl list --help`' -r
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l if-match -d 'Delete it only if this is its etag; * is any' -r
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l passphrase-stdin -d 'The first line of stdin is the passphrase; what follows is data'
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l non-interactive -d 'Never ask, also on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand rm" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand rm" -s v -l verbose -d 'Tell more about what is done'
complete -c credctl -n "__fish_credctl_using_subcommand rm" -s y -l yes -d 'Do not ask'
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l ignore-missing -d 'An id that does not exist is not an error'
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l by-name -d 'Find them by their names'
complete -c credctl -n "__fish_credctl_using_subcommand rm" -l atomic -d 'All or nothing, when there are several'
complete -c credctl -n "__fish_credctl_using_subcommand rm" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand rm" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand types" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand types" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand types" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand types" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand types" -l passphrase-command -d 'Run a command through the shell and read the passphrase from it [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand types" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand types" -l role -d 'operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand types" -s o -l output -d 'How to print the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand types" -l format -d 'Whose document shape is read or written [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''"
complete -c credctl -n "__fish_credctl_using_subcommand types" -l color -d 'Colour on a terminal [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand types" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand types" -l lock-timeout -d 'How long to wait for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand types" -l plugin -d 'Allow an age plugin by name; it is a program that is run' -r
complete -c credctl -n "__fish_credctl_using_subcommand types" -l passphrase-stdin -d 'The first line of stdin is the passphrase; what follows is data'
complete -c credctl -n "__fish_credctl_using_subcommand types" -l non-interactive -d 'Never ask, also on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand types" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand types" -s v -l verbose -d 'Tell more about what is done'
complete -c credctl -n "__fish_credctl_using_subcommand types" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l passphrase-command -d 'Run a command through the shell and read the passphrase from it [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l role -d 'operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -s o -l output -d 'How to print the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l format -d 'Whose document shape is read or written [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''"
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l color -d 'Colour on a terminal [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l lock-timeout -d 'How long to wait for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l plugin -d 'Allow an age plugin by name; it is a program that is run' -r
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l new-passphrase-fd -d 'Read the new passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l new-passphrase-file -d 'Read the new passphrase from a file' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -s r -l recipient -d 'Lock it to these recipients and no others' -r
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l recipients-file -d 'A file of such recipients, one a line' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l add-recipient -d 'Let one more recipient open it' -r
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l remove-recipient -d 'Let a recipient no longer open it' -r
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l passphrase-stdin -d 'The first line of stdin is the passphrase; what follows is data'
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -l non-interactive -d 'Never ask, also on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -s v -l verbose -d 'Tell more about what is done'
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -s y -l yes -d 'Do not ask, also if your own identity no longer opens it'
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -s n -l dry-run -d 'Validate and report, but write nothing'
complete -c credctl -n "__fish_credctl_using_subcommand rekey" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand completions" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand completions" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand completions" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand completions" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand completions" -l passphrase-command -d 'Run a command through the shell and read the passphrase from it [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand completions" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand completions" -l role -d 'operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand completions" -s o -l output -d 'How to print the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand completions" -l format -d 'Whose document shape is read or written [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''"
complete -c credctl -n "__fish_credctl_using_subcommand completions" -l color -d 'Colour on a terminal [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand completions" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand completions" -l lock-timeout -d 'How long to wait for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand completions" -l plugin -d 'Allow an age plugin by name; it is a program that is run' -r
complete -c credctl -n "__fish_credctl_using_subcommand completions" -l passphrase-stdin -d 'The first line of stdin is the passphrase; what follows is data'
complete -c credctl -n "__fish_credctl_using_subcommand completions" -l non-interactive -d 'Never ask, also on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand completions" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand completions" -s v -l verbose -d 'Tell more about what is done'
complete -c credctl -n "__fish_credctl_using_subcommand completions" -s h -l help -d 'Print help'
complete -c credctl -n "__fish_credctl_using_subcommand man" -l vault -d 'The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand man" -s i -l identity -d 'An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand man" -l passphrase-fd -d 'Read the passphrase from an open descriptor' -r
complete -c credctl -n "__fish_credctl_using_subcommand man" -l passphrase-file -d 'Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand man" -l passphrase-command -d 'Run a command through the shell and read the passphrase from it [env: CREDCTL_PASSPHRASE_COMMAND]' -r
complete -c credctl -n "__fish_credctl_using_subcommand man" -s p -l project -d 'The project; admin is global [env: CREDCTL_PROJECT] [default: admin]' -r
complete -c credctl -n "__fish_credctl_using_subcommand man" -l role -d 'operator may only read [env: CREDCTL_ROLE] [default: administrator]' -r
complete -c credctl -n "__fish_credctl_using_subcommand man" -s o -l output -d 'How to print the answer [env: CREDCTL_OUTPUT] [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
yaml\t''
csv\t''
tsv\t''
name\t''"
complete -c credctl -n "__fish_credctl_using_subcommand man" -l format -d 'Whose document shape is read or written [default: auto when reading, native when writing]' -r -f -a "auto\t''
native\t''
citrix\t''
aspire\t''
network-controller\t''
astra\t''
apinizer\t''"
complete -c credctl -n "__fish_credctl_using_subcommand man" -l color -d 'Colour on a terminal [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c credctl -n "__fish_credctl_using_subcommand man" -l config -d 'The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]' -r -F
complete -c credctl -n "__fish_credctl_using_subcommand man" -l lock-timeout -d 'How long to wait for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]' -r
complete -c credctl -n "__fish_credctl_using_subcommand man" -l plugin -d 'Allow an age plugin by name; it is a program that is run' -r
complete -c credctl -n "__fish_credctl_using_subcommand man" -l passphrase-stdin -d 'The first line of stdin is the passphrase; what follows is data'
complete -c credctl -n "__fish_credctl_using_subcommand man" -l non-interactive -d 'Never ask, also on a terminal [env: CREDCTL_NON_INTERACTIVE]'
complete -c credctl -n "__fish_credctl_using_subcommand man" -s q -l quiet -d 'Hide notices'
complete -c credctl -n "__fish_credctl_using_subcommand man" -s v -l verbose -d 'Tell more about what is done'
complete -c credctl -n "__fish_credctl_using_subcommand man" -s h -l help -d 'Print help'
