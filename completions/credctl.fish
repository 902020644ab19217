# Completion of credctl for fish. credctl itself answers.
complete --command credctl --erase
complete --command credctl --no-files --keep-order --arguments '(command credctl __complete fish (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token --cut-at-cursor) 2>/dev/null </dev/null)'
