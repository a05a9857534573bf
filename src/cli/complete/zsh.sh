#compdef plan
_plan() {
    local line
    local -a whole open
    while IFS= read -r line; do
        case $line in
            # Behind these the word goes on.
            -*) open+=("${line#-}") ;;
            +*) whole+=("${line#+}") ;;
        esac
    done < <(COMPLETE=zsh command plan -- "${(@)words[1,CURRENT-1]}" "$IPREFIX$QIPREFIX$PREFIX" 2>/dev/null)
    local -a any_case=(-M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}')
    (( $#whole )) && _describe -V plan whole $any_case
    (( $#open )) && _describe -V plan open $any_case -S ''
}
if [ "$funcstack[1]" = "_plan" ]; then
    _plan "$@"
else
    compdef _plan plan
fi
