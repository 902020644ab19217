# Completion of credctl for elvish. credctl itself answers.
use str
set edit:completion:arg-completer[credctl] = {|@words|
    try {
        e:credctl __complete elvish $@words 2>/dev/null </dev/null | from-lines | each {|line|
            var value suffix shown = (str:split "\t" $line)
            edit:complex-candidate $value &code-suffix=$suffix &display=$shown
        }
    } catch { }
}
# verbs: init add update put patch edit passwd rename copy attach detach get otp list delete grant revoke access export import run inject find generate helper ref policy user environment deploy move project verify history rollback restore purge undo diff check tidy status doctor types rekey recipients trust sign merge conflicts resolve git unlock lock completions man
