# bash completion of fichier. In this shell: source <(fichier completion bash)
_fichier() {
    local line=${COMP_LINE:0:COMP_POINT} word prefix cut=""
    local -a found
    mapfile -t found < <(fichier __complete -- "$line" 2>/dev/null | cut -f1)
    word=${line##*[[:space:]]}
    # Readline completes only what follows the last colon, so what stands before it must not be given twice.
    [[ $word == *:* && $COMP_WORDBREAKS == *:* ]] && cut=${word%"${word##*:}"}
    COMPREPLY=()
    for prefix in "${found[@]}"; do
        COMPREPLY+=("${prefix#"$cut"}")
    done
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} != */ && ${COMPREPLY[0]} != *: ]]; then
        COMPREPLY[0]+=" "
    fi
}
complete -o default -o nospace -F _fichier fichier
