use super::*;
use proptest::prelude::*;

/// What a reader of any kind would run, fetch, follow, or take for a part of the paper.
fn harm(paper: &str) -> Option<String> {
    for reader in readers() {
        if let Some((name, _)) = Parser::new_ext(paper, reader).reference_definitions().iter().next() {
            return Some(name.to_owned());
        }
        for event in Parser::new_ext(paper, reader) {
            let is_harm = match &event {
                Event::Html(_) | Event::InlineHtml(_) => true,
                Event::Start(Tag::Image { .. } | Tag::Heading { .. }) => true,
                Event::Start(Tag::FootnoteDefinition(_)) | Event::FootnoteReference(_) => true,
                Event::Start(Tag::Link { dest_url, link_type, .. }) => {
                    let refers =
                        matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut);
                    refers || !is_safe(dest_url)
                }
                Event::Text(text) => text.contains(is_hidden),
                _ => false,
            };
            if is_harm {
                return Some(format!("{event:?}"));
            }
        }
    }
    // As it is where what looks like an address takes all up to a white space or `<`: no tag follows.
    for at in addresses_in(paper) {
        let end = paper[at..].find(|c: char| c.is_whitespace() || c == '<').map_or(paper.len(), |n| at + n);
        if paper[end..].starts_with("<img") || paper[end..].starts_with("<svg") {
            let within = Parser::new(paper).into_offset_iter().any(|(event, range)| {
                matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))) && range.contains(&at)
            });
            if !within {
                return Some(paper[at..].to_owned());
            }
        }
    }
    None
}

#[test]
fn a_code_block_ends_where_its_text_does() {
    assert_eq!(markdown("````x\ncode"), "````x\ncode\n````");
    assert_eq!(markdown("~~~\ncode\n~~~"), "~~~\ncode\n~~~");
    assert_eq!(markdown("- ```\n  code"), "- ```\n  code");
    let paper = format!("{}\n\n{}", markdown("```\ncode"), markdown("```\n<script>\n```"));
    assert_eq!(harm(&paper), None, "{paper}");
}

#[test]
fn what_looks_like_an_address_brings_no_tag_to_life() {
    for (text, told) in [
        ("https://e.example/\\<img src=x>", "https://e.example/&lt;img src=x>"),
        ("https://e.example/<img src=x>", "https://e.example/&lt;img src=x>"),
        ("https://e.example/`<img src=x>`", "https://e.example/&#96;&lt;img src=x>`"),
        ("www.e.example/`<script>`", "www.e.example/&#96;&lt;script>&#96;"),
        ("a < b, `<b>` and <https://e.example/>", "a < b, `<b>` and <https://e.example/>"),
        ("`curl https://e.example/x`", "`curl https://e.example/x`"),
        ("[a](https://e.example/a_b)", "[a](https://e.example/a_b)"),
        ("https://e.example/![x](https://e.example/y)", "https://e.example/&#33;[x](https://e.example/y)"),
    ] {
        assert_eq!(markdown(text), told);
    }
    // The second backtick begins code for one reader, and ends it for another.
    let told = markdown("https://e.example/` ` `<img src=x>`");
    assert!(!told.contains("/`"), "{told}");
    // GitHub ends a cell within code.
    let told = markdown("| a | b |\n|---|---|\n| `x | <img src=x onerror=alert(1)>` |");
    assert!(!told.contains("<img"), "{told}");
}

#[test]
fn a_text_makes_no_part_of_the_paper() {
    for (text, told) in [
        ("# Board has approved\n\n## Overdue", "**Board has approved**\n\n**Overdue**"),
        ("# Approved #\nby all", "**Approved**\n\nby all"),
        ("Approved\n===\n\nOverdue\n---\nnone", "**Approved**\n\n**Overdue**\n\nnone"),
        ("> # Approved\n\n- # Due", "> **Approved**\n\n- **Due**"),
        ("# An *end*\n\n#", "\\# An *end*\n\n\\#"),
        ("An *end*\n---", "An *end*\n\\---"),
        ("a\n\n---\n\n* * *", "a\n\n---\n\n---"),
        ("a\n***\nb", "a\n\n---\n\nb"),
        ("___\n> a\n> ***\n> b", "---\n\n> a\n> ***\n> b"),
        ("# One\n## Two\n### Three\nwords", "**One**\n\n**Two**\n\n**Three**\n\nwords"),
        ("> Said.\n# Heading", "> Said.\n\n**Heading**"),
        ("> Said.\n# An *end*\nwords", "> Said.\n\n\\# An *end*\n\nwords"),
        ("> Said.\n> # Heading\n> words", "> Said.\n>\n> **Heading**\n>\n> words"),
        ("- # Heading\n  words", "- **Heading**\n\n  words"),
        ("<h2>Overdue</h2>", "&lt;h2>Overdue&lt;/h2>"),
    ] {
        assert_eq!(markdown(text), told, "{text}");
        assert_eq!(harm(&markdown(text)), None, "{text}");
    }
}

#[test]
fn what_a_text_refers_to_is_its_own() {
    for (text, told) in [
        ("See [1].\n\n[1]: https://e.example/a", "See [1](https://e.example/a)."),
        (
            "See [the *law*][act].\n\n[act]: <https://e.example/a(b)> 'An \"Act\"'",
            "See [the *law*](https://e.example/a%28b%29 \"An &quot;Act&quot;\").",
        ),
        (
            "[Act][] and [a \\[b\\]][act]\n\n[act]: a.md\n[act]: b.md\n\nmore",
            "[Act](a.md) and [a \\[b\\]](a.md)\n\n\nmore",
        ),
        ("Plain [1], [^2] and [a][b].", "Plain \\[1], \\[^2] and \\[a]\\[b]."),
        ("A note.[^1]\n\n[^1]: Said in court.", "A note.\\[^1]\n\n\\[^1]: Said in court."),
        ("[1]: https://e.example/unused", ""),
        ("> [1]\n>\n> [1]: a.md\n\n[a](b.md)", "> [1](a.md)\n>\n> \n\n[a](b.md)"),
        ("- [ ] to do\n- [x] done", "- [ ] to do\n- [x] done"),
        (
            "`[1]` <https://e.example/[1]> https://e.example/[1]",
            "`[1]` <https://e.example/[1]> https://e.example/&#91;1]",
        ),
        ("[a][b]\n\n[b]: javascript:alert(1)", "&#91;a]&#91;b]\n\n&#91;b]: javascript:alert(1)"),
    ] {
        assert_eq!(markdown(text), told, "{text}");
        assert_eq!(harm(&markdown(text)), None, "{text}");
    }
}

#[test]
fn no_character_that_does_not_show_is_written_by_its_number() {
    let told =
        markdown("a &#x202E;b &#27;[31m &#x85; &#xFEFF; &ZeroWidthSpace; &lrm; &amp; &lt; &#65; & ; &x");
    assert_eq!(
        told,
        "a \\u{202e}b \\u{1b}[31m \\u{85} \\u{feff} \\u{200b} \\u{200e} &amp; &lt; &#65; & ; &x"
    );
}

#[test]
fn code_behind_a_tab_stays_code_below_an_item() {
    for text in [
        "Note:\n\n\t<img src=x onerror=alert(1)>",
        "Good\n\t# Approved",
        "Approved\n\t===",
        "a\n\n\t[a](javascript:x)",
        "a\n\n\t![a](https://e.example/x.png)",
    ] {
        for before in ["  ", "    > "] {
            let told = format!("- a\n  - b\n\n{}\n", below(text, before));
            assert_eq!(harm(&told), None, "{told}");
        }
    }
}

proptest! {
    /// Whatever a text says, and whatever another text of the paper does.
    #[test]
    fn nothing_in_a_paper_does_harm(texts in proptest::collection::vec(proptest::collection::vec(proptest::sample::select(vec![
        "<", ">", "\"", "'", "<script>", "<img src=x ", "onerror=", "<!--", "-->", "[a](", ")", "javascript:", "data:",
        "\n", "\n\n", " ", "`", "```", "``", "*", "&lt;", "&#x3c;", "![", "]", "(", "\\", "#", "# ", "- ", "<svg onload=x>", "x", ":",
        "https://e.example/", "www.e.example", "a@e.example", "|", "\n|---|---|\n", "~~", "_", "===", "---", "\n    ", "> ", "1. ",
        "[a]: //e.example\n", "\n[a]: b\n", "[a]", "[a][", "\n***\n", "&#x202E;", "&#27;", "&zwj;", "//", "[^1]: ", "\t", "+++",
    ]), 0..20), 1..3)) {
        let together: Vec<String> = texts.iter().map(|text| markdown(&text.concat())).collect();
        let together = together.join("\n\n");
        prop_assert_eq!(harm(&together), None, "{}", together);
        for text in texts.iter().map(|text| text.concat()) {
            let told = markdown(&text);
            prop_assert_eq!(harm(&told), None, "{}", told);
            // As it stands below an item of a list, and quoted there.
            for before in ["  ", "    > "] {
                let told = format!("- a\n  - b\n\n{}\n", below(&text, before));
                prop_assert_eq!(harm(&told), None, "{}", told);
            }
        }
    }

    #[test]
    fn what_is_made_harmless_stays_as_it_is(text in "[a-z<>#`|\\[\\]()!:/ \n*_=-]{0,30}") {
        let told = markdown(&text);
        prop_assert_eq!(harm(&told), None, "{}", told);
    }
}

#[test]
fn letters_and_spaces_of_any_script_stand_beside_brackets() {
    let told = markdown("It is “said”\u{a0}[b] — c] [d\u{2003}[e]");
    assert_eq!(told, "It is “said”\u{a0}\\[b] — c] \\[d\u{2003}\\[e]");
}

#[test]
fn a_word_of_many_brackets_takes_no_longer_than_many_words() {
    // Were each of them to look for the ends of the word, nobody would wait for it.
    let text = "[a]".repeat(20_000);
    assert_eq!(markdown(&text), "\\[a]".repeat(20_000));
}
