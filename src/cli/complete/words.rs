//! A command line as a shell reads it, and a word as one must write it.

/// A word of a command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Word {
    /// What it says, without quotes.
    pub(super) text: String,
    /// The quote that is still open at its end.
    pub(super) quote: Option<char>,
    /// How many of its characters the shell keeps when it completes the word: those before the last of the
    /// characters that it breaks words at, or before the open quote.
    pub(super) kept: usize,
    /// Whether it begins with a bare `~/`.
    pub(super) from_home: bool,
}

/// Takes a line up to the cursor apart; the last word, which may be empty, is the one that is being typed.
/// `breaks` are the characters at which the shell breaks words to complete them, such as `:` and `=`.
pub(super) fn split(line: &str, breaks: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    loop {
        let (word, after) = first(rest, breaks, true);
        words.push(word);
        match after {
            Some(after) => rest = after.trim_start(),
            None => return words,
        }
    }
}

/// A word that the shell has told from its neighbours, and not taken out of its quotes.
pub(super) fn unquote(word: &str) -> Word {
    first(word, "", false).0
}

/// The first word, and what comes after it.
fn first<'a>(line: &'a str, breaks: &str, ends: bool) -> (Word, Option<&'a str>) {
    let mut word = Word { from_home: line.starts_with("~/"), ..Word::default() };
    let mut chars = line.char_indices();
    let mut length = 0;
    let mut push = |word: &mut Word, c: char| {
        word.text.push(c);
        length += 1;
        length
    };
    while let Some((at, c)) = chars.next() {
        match (word.quote, c) {
            (Some(quote), c) if c == quote => word.quote = None,
            (None, '\'' | '"') => {
                word.quote = Some(c);
                word.kept = word.text.chars().count();
            }
            (Some('"'), '\\') => match chars.next() {
                Some((_, c @ ('"' | '\\' | '$' | '`'))) => _ = push(&mut word, c),
                Some((_, c)) => {
                    push(&mut word, '\\');
                    push(&mut word, c);
                }
                None => {}
            },
            (None, '\\') => {
                if let Some((_, c)) = chars.next() {
                    push(&mut word, c);
                }
            }
            (None, c) if c.is_whitespace() && ends => return (word, Some(&line[at..])),
            (None, c) if breaks.contains(c) => word.kept = push(&mut word, c),
            (_, c) => _ = push(&mut word, c),
        }
    }
    (word, None)
}

/// What bash puts in place of the part of `typed` that it does not keep, for it to say `value`.
pub(super) fn for_bash(value: &str, typed: &Word) -> String {
    let bare = |c: char| c.is_alphanumeric() || !c.is_ascii() || "_-./:=,+@%".contains(c);
    let mut written = String::with_capacity(value.len() + 8);
    for (n, c) in value.chars().enumerate().skip(typed.kept) {
        match typed.quote {
            Some('\'') if c == '\'' => written.push_str("'\\''"),
            Some('\'') => written.push(c),
            Some(_) if "\"\\$`".contains(c) => written.extend(['\\', c]),
            Some(_) => written.push(c),
            None if bare(c) || (n == 0 && c == '~' && typed.from_home) => written.push(c),
            None => written.extend(['\\', c]),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BREAKS: &str = " \t\n\"'><=;|&(:";

    fn texts(line: &str) -> Vec<String> {
        split(line, BREAKS).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn a_line_is_read_as_the_shell_reads_it() {
        assert_eq!(texts("plan show "), ["plan", "show", ""]);
        assert_eq!(
            texts(r#"plan -C "my plans" list -o 'Chief C"#),
            ["plan", "-C", "my plans", "list", "-o", "Chief C"]
        );
        assert_eq!(texts(r"plan list -o Chief\ C"), ["plan", "list", "-o", "Chief C"]);
        assert_eq!(texts(r#"plan "a\"b\c" d\"#), ["plan", "a\"b\\c", "d"]);
        assert_eq!(texts(""), [""]);
    }

    #[test]
    fn the_shell_keeps_what_stands_before_its_breaks() {
        let replaced = |line: &str, value: &str| {
            let words = split(line, BREAKS);
            for_bash(value, words.last().expect("there is always a last word"))
        };
        assert_eq!(replaced("plan show audit:", "audit:7"), "7");
        assert_eq!(replaced("plan show aud", "audit:7"), "audit:7");
        assert_eq!(replaced("plan list --owner=Ch", "--owner=Chief Constables"), r"Chief\ Constables");
        assert_eq!(replaced("plan list --owner=\"Ch", "--owner=Chief Constables"), "Chief Constables");
        assert_eq!(replaced("plan list -o 'O", "O'Neil $x"), r"O'\''Neil $x");
        assert_eq!(replaced("plan list -o \"O", "O'Neil $x"), r"O'Neil \$x");
        assert_eq!(replaced("plan show S", "SR (25/26) 01"), r"SR\ \(25/26\)\ 01");
        assert_eq!(replaced("plan -C ~/m", "~/my plans/"), r"~/my\ plans/");
    }

    proptest! {
        /// What is offered says what was meant, wherever the quotes were.
        #[test]
        fn what_is_written_is_read_back(value in "[a-zé '\"$`\\\\:=(~#*]{0,12}", quote in "['\"]?") {
            let typed = split(&format!("plan {quote}"), BREAKS);
            let typed = typed.last().expect("a last word");
            let line = format!("plan {quote}{}{quote}", for_bash(&value, typed));
            let read = split(&line, BREAKS);
            prop_assert_eq!(&read.last().expect("a last word").text, &value);
        }
    }
}
