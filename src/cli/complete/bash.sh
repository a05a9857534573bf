_plan() {
    local line
    COMPREPLY=()
    case "${COMP_WORDS[COMP_CWORD-1]-}" in
        *[\<\>]) compopt -o default 2>/dev/null; return ;;
    esac
    while IFS= read -r line; do
        COMPREPLY+=("$line")
    done < <(COMPLETE=bash command plan -- "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" "${COMP_TYPE-}" "${COLUMNS:-80}" 2>/dev/null)
    # Behind these the word goes on.
    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[:=/] ]] && compopt -o nospace 2>/dev/null
}
complete -o nosort -F _plan plan 2>/dev/null || complete -F _plan plan
