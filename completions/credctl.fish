# Completion of credctl for fish. credctl itself answers.
complete --command credctl --erase
complete --command credctl --no-files --keep-order --arguments '(command credctl __complete fish (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token --cut-at-cursor) 2>/dev/null </dev/null)'
# verbs: init add update put patch edit passwd rename copy attach detach get otp list delete grant revoke access export import run inject find generate helper ref policy user environment deploy move project verify history rollback restore purge undo diff check tidy status doctor types rekey recipients trust sign merge conflicts resolve git unlock lock completions man
