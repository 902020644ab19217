# Completion of credctl for PowerShell. credctl itself answers.
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
# verbs: init add update put patch edit passwd rename copy attach detach get otp list delete grant revoke access export import run inject find generate helper ref policy user environment deploy move project verify history rollback restore purge undo diff check tidy status doctor types rekey recipients trust sign merge conflicts resolve git unlock lock completions man
