# PowerShell completion of fichier. In this shell: fichier completion pwsh | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName fichier -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $line = $commandAst.ToString()
    $line = $line.Substring(0, [Math]::Min($line.Length, $cursorPosition)).PadRight($cursorPosition)
    fichier __complete -- $line 2>$null | ForEach-Object {
        $word, $meaning = $_ -split "`t", 2
        $tip = if ($meaning) { $meaning } else { $word }
        [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $tip)
    }
}
