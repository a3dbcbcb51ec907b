# fish completion of fichier. In every shell: fichier completion fish > ~/.config/fish/completions/fichier.fish
complete -c fichier -a '(fichier __complete -- (commandline -cp) 2>/dev/null)'
