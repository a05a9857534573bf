//! Cells that hold HTML, and cells that hold plain lines, to paragraphs.

mod looks;
mod page;

use super::document::{Paragraph, Remark, Rgb};
use super::lists;
use html5gum::{Token, Tokenizer};
use page::of_html;

/// The elements that are read as such. Whatever else stands between angle brackets, an address say, is text.
const KNOWN: &str = "a b blockquote br del div em font h1 h2 h3 h4 h5 h6 hr i img li ol o:p p s script span strike strong style sub sup table tbody td th thead tr u ul";
/// Whether a name is one of a list.
fn is_among(names: &str, name: &str) -> bool {
    names.split(' ').any(|known| known == name)
}

/// The paragraphs that a cell's text comes to.
pub(super) fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut paragraphs = match html(text) {
        Some(html) => of_html(&html).done,
        None => text.lines().flat_map(of_line).collect(),
    };
    lists::settle(&mut paragraphs);
    paragraphs.retain(|paragraph: &Paragraph| !paragraph.text().is_empty());
    paragraphs
}

/// A text with the brackets that open no tag hidden from who reads HTML, so that nothing behind them is lost; none
/// where there is no tag in it.
fn html(text: &str) -> Option<String> {
    let mut html = String::with_capacity(text.len() + 16);
    let mut rest = text;
    let mut has_tag = false;
    // Where each was ended last: what is not ended holds no text, and would take all that follows.
    let lower = text.to_ascii_lowercase();
    let end_of =
        |sign: &str| lower.rmatch_indices(sign).map(|(at, _)| at).find(|at| tag(&text[*at..]).is_some());
    let last = [end_of("</script"), end_of("</style"), lower.rfind("-->")].map(Option::unwrap_or_default);
    let ends = |which: usize, from: &str| last[which] > text.len() - from.len();
    while let Some(at) = rest.find('<') {
        html.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match tag(rest) {
            Some(_) if begins(rest, "<script") && !ends(0, rest) => None,
            Some(_) if begins(rest, "<style") && !ends(1, rest) => None,
            Some(length) => Some(length),
            None if rest.starts_with("<!--") && ends(2, rest) => {
                rest.find("-->").map(|end| end + "-->".len())
            }
            None => None,
        };
        has_tag |= length.is_some();
        match length {
            Some(length) => html.push_str(&rest[..length]),
            None => html.push_str("&lt;"),
        }
        rest = &rest[length.unwrap_or(1)..];
    }
    html.push_str(rest);
    has_tag.then_some(html)
}

/// Whether a text begins so, in whatever case.
fn begins(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|begins| begins.eq_ignore_ascii_case(start))
}

/// How long the tag of a known element is that a text begins with: each of its attributes has a value, for
/// `<style guide>` is no tag.
fn tag(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('<')?;
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let name = &inner[..inner.find(|c: char| !c.is_ascii_alphanumeric() && c != ':').unwrap_or(inner.len())];
    if !is_among(KNOWN, &name.to_ascii_lowercase()) {
        return None;
    }
    let mut rest = &inner[name.len()..];
    loop {
        let bare = rest.trim_start();
        if let Some(after) = bare.strip_prefix('>').or_else(|| bare.strip_prefix("/>")) {
            return Some(text.len() - after.len());
        }
        let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':');
        let value = bare.trim_start_matches(is_key);
        if bare.len() == rest.len() || value.len() == bare.len() {
            return None;
        }
        let key = &bare[..bare.len() - value.len()];
        let Some(value) = value.trim_start().strip_prefix('=').map(str::trim_start) else {
            // The few that have none.
            if !is_among("compact hidden noshade nowrap reversed", &key.to_ascii_lowercase()) {
                return None;
            }
            rest = value;
            continue;
        };
        rest = match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split_once(quote)?.1,
            _ => &value[value.find(|c: char| c.is_whitespace() || c == '>')?..],
        };
    }
}

/// A line, and the items of a list that stand in it one behind the other.
fn of_line(line: &str) -> Vec<Paragraph> {
    let mut starts: Vec<usize> = line.match_indices(lists::is_plain_bullet).map(|(at, _)| at).collect();
    if starts.first() != Some(&0) {
        starts.insert(0, 0);
    }
    starts.push(line.len());
    starts.windows(2).map(|at| Paragraph::plain(line[at[0]..at[1]].trim())).collect()
}

/// The colour behind what a cell holds in HTML.
pub(super) fn colour(text: &str) -> Option<Rgb> {
    let html =
        Some(text).filter(|text| text.contains("background") || text.contains("bgcolor")).and_then(html)?;
    of_html(&html).looks.colour
}

/// What a cell's HTML says in comments, which nobody sees.
fn comments(text: &str) -> Vec<String> {
    let Some(html) = Some(text).filter(|text| text.contains("<!--")).and_then(html) else {
        return Vec::new();
    };
    let said = Tokenizer::new(&html).flatten().filter_map(|token| match token {
        Token::Comment(comment) => Some(String::from_utf8_lossy(&comment.value).trim().to_owned()),
        _ => None,
    });
    said.filter(|said| said.contains(char::is_alphanumeric)).collect()
}

/// What is left out of a cell, for whoever is told.
pub(super) fn left_out(place: &str, cell: &str) -> Vec<Remark> {
    if !cell.contains('<') {
        return Vec::new();
    }
    let said = comments(cell).into_iter();
    let comments = said.map(|said| Remark::LeftOut(format!("{place}: a comment in HTML: \"{said}\"")));
    let struck = html(cell).map(|html| of_html(&html).looks.struck).unwrap_or_default();
    let struck =
        struck.into_iter().map(|said| Remark::LeftOut(format!("{place}: struck through: \"{said}\"")));
    comments.chain(struck).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let line = |p: &Paragraph| match p.item {
            Some(item) => format!(
                "{}{} {}",
                "  ".repeat(item.depth),
                if item.is_numbered { '#' } else { '*' },
                p.text()
            ),
            None => p.text(),
        };
        paragraphs(text).iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn html_becomes_paragraphs_and_items() {
        insta::assert_snapshot!(told("<p>Make sure:</p> <ul style=\"x\"> • One. • Two<u>fold</u>. <p>After it.</p>"), @"
        Make sure:
        * One.
        * Twofold.
        After it.
        ");
        insta::assert_snapshot!(told("<ul> How it is organised. <p>2. How it helps.</p>"), @"
        * How it is organised.
        2. How it helps.
        ");
        insta::assert_snapshot!(told("A<ol><li>one<ul><li>in it</li></ul></li><li>two</li></ol>B &amp; C R&A <joe@x.org> a < b"), @"
        A
        # one
          * in it
        # two
        B & C R&A <joe@x.org> a < b
        ");
        insta::assert_snapshot!(told("<script>alert(1)</script><b>x</b><br>y<div>z</div>"), @"
        x
        y
        z
        ");
    }

    #[test]
    fn what_is_struck_through_is_told_and_colours_are_seen() {
        let texts = [
            "<s>Supt A</s> Supt B",
            "<p style='text-decoration:line-through'>Supt <b>C</b><br>and D</p><p>Supt E</p>",
            "<del>10/12/2025</del><br>12/01/2026 - on <strike>a</strike> track",
            "<ul><li><s>one</s><li>two</ul>",
        ];
        let told = texts
            .map(|text| format!("{} / {:?}\n", told(text).replace('\n', " | "), of_html(text).looks.struck));
        insta::assert_snapshot!(told.concat(), @r#"
        Supt B / ["Supt A"]
        Supt E / ["Supt", "C", "and D"]
        12/01/2026 - on track / ["10/12/2025", "a"]
        * two / ["one"]
        "#);
        let cells = [
            "<div style=\"background-color:#ff0000\">&nbsp;</div>",
            "<td bgcolor=#0F0></td>",
            "<p style='background: Gold url(x)'>x</p>",
            "<p style='background:white'>x</p>",
            "<p style='color:red'>x</p>",
            "the background: red",
        ];
        assert_eq!(
            cells.map(colour),
            [Some(Rgb(255, 0, 0)), Some(Rgb(0, 255, 0)), Some(Rgb(255, 215, 0)), None, None, None]
        );
    }

    #[test]
    fn comments_are_told() {
        assert_eq!(
            comments("x <!-- not said --> y <b>z</b><!----> <!-- nor this --> <!-- never closed"),
            ["not said", "nor this"]
        );
        assert!(comments("a <i> <!- b -> c").is_empty());
    }

    #[test]
    fn brackets_that_open_no_tag_are_text() {
        let texts = [
            "<p>See the <style guide> for more</p>",
            "<b>Ask</b> <Joe@Example.org> or <https://Example.org/A?b=1>",
            "<p>if x <i then stop",
            "<p>a<b>c</b> <style>p { }</style>d <script>e",
            "x <!-- not said --> y <!-- never closed",
            "<p class=MsoNormal align='left'>One<o:p></o:p></p><P>Two<BR/>Three",
            "<a href=\"https://Example.org/A\">the rules</a>",
            "1 < 2 and <p",
            "a <script x='1'>b</script type>c</p>",
            "<td nowrap>d</td>",
            "<p>See <img src=a.png alt='Chart of ratings'> and <a href=\"https://Example.org/B\"></a>, <a name=x></a>end",
        ];
        insta::assert_snapshot!(texts.map(|text| format!("{}\n--\n", told(text))).concat(), @"
        See the <style guide> for more
        --
        Ask <Joe@Example.org> or <https://Example.org/A?b=1>
        --
        if x <i then stop
        --
        ac d <script>e
        --
        x y <!-- never closed
        --
        One
        Two
        Three
        --
        the rules
        --
        1 < 2 and <p
        --
        a <script x='1'>b</script type>c
        --
        d
        --
        See (picture: Chart of ratings) and https://Example.org/B, end
        --
        ");
    }

    proptest::proptest! {
        #[test]
        fn no_letter_of_any_text_is_lost(text in "([a-z ]{1,6}|<|>|/|<(style|p|i|x|!--)( [a-z]{1,3}(=\"?[a-z]{1,3}\"?)?)?>?){1,12}") {
            // Every word that is in no bracket is read, or was struck through, and is told.
            let struck = left_out("line 1", &text).into_iter().map(|remark| remark.to_string());
            let read = told(&text) + &struck.collect::<String>();
            let bare = text.split('<').next().unwrap_or_default();
            for word in bare.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())) {
                proptest::prop_assert!(read.contains(word), "{text:?}: {read:?}");
            }
            let end = text.rsplit(['<', '>']).next().unwrap_or_default();
            if !text.contains("style") && !text.contains("!--") && text.rsplit('<').next().is_some_and(|last| last.contains('>')) {
                for word in end.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())) {
                    proptest::prop_assert!(read.contains(word), "{text:?}: {read:?}");
                }
            }
        }
    }

    #[test]
    fn plain_lines_become_paragraphs_and_items() {
        insta::assert_snapshot!(told("Do:\n• one • two\n  o Nested\n- three\nEnd - of it\n\n1. stays"), @"
        Do:
        * one
        * two
          * Nested
            * three
        End - of it
        1. stays
        ");
    }
}
