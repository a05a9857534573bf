//! Cells that hold HTML, and cells that hold plain lines, to paragraphs.

use super::document::{Item, Paragraph, Remark, Run};
use super::lists;
use html5gum::{Token, Tokenizer};

/// The elements that are read as such. Whatever else stands between angle brackets, an address say, is text.
const KNOWN: &str = "a b blockquote br div em font h1 h2 h3 h4 h5 h6 hr i img li ol o:p p s script span strong style sub sup table tbody td th thead tr u ul";
/// Those that only mark the text in them.
const INLINE: &str = "font img o:p s span sub sup u";

/// Whether a name is one of a list.
fn is_among(names: &str, name: &str) -> bool {
    names.split(' ').any(|known| known == name)
}

/// The paragraphs that a cell's text comes to.
pub(super) fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut paragraphs = match html(text) {
        Some(html) => of_html(&html),
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

/// Paragraphs in the making.
#[derive(Default)]
struct Page {
    done: Vec<Paragraph>,
    open: Paragraph,
    /// The lists that are open, and whether each is numbered.
    lists: Vec<bool>,
    /// Whether the items of the list have elements of their own.
    has_items: bool,
    /// Whether what comes is an item without one.
    is_item: bool,
    bold: usize,
    italic: usize,
    links: Vec<Option<String>>,
    /// Whether anything was written since the last link began.
    linked: bool,
    /// In how many elements that hold no text for people this is.
    mute: usize,
}

impl Page {
    fn end(&mut self) {
        let mut open = std::mem::take(&mut self.open);
        if self.is_item && open.item.is_none() {
            open.item = self.item();
        }
        if open.text().is_empty() {
            self.open.item = open.item;
        } else {
            self.done.push(open);
        }
    }

    fn item(&self) -> Option<Item> {
        let is_numbered = *self.lists.last()?;
        Some(Item { depth: self.lists.len() - 1, is_numbered })
    }

    fn text(&mut self, text: &str) {
        if self.mute > 0 {
            return;
        }
        for piece in text.split_inclusive(lists::is_plain_bullet) {
            let (words, bullet) = match piece.chars().next_back() {
                Some(last) if lists::is_plain_bullet(last) => {
                    (&piece[..piece.len() - last.len_utf8()], Some(last))
                }
                _ => (piece, None),
            };
            self.words(words);
            if let Some(bullet) = bullet {
                let was = std::mem::take(&mut self.is_item);
                self.is_item = was && !self.open.text().is_empty();
                self.end();
                self.is_item = was;
                // Which bullet it is says how deep the item is nested.
                self.words(&bullet.to_string());
            }
        }
    }

    fn words(&mut self, text: &str) {
        let words = text.replace(['\n', '\r', '\t', '\u{a0}'], " ");
        self.linked |= !words.trim().is_empty();
        self.open.runs.push(Run {
            text: words,
            bold: self.bold > 0,
            italic: self.italic > 0,
            link: self.links.last().cloned().flatten(),
            ..Run::default()
        });
    }

    fn start(&mut self, name: &str, link: Option<String>) {
        match name {
            "b" | "strong" => self.bold += 1,
            "i" | "em" => self.italic += 1,
            "a" => {
                self.links.push(link);
                self.linked = false;
            }
            "script" | "style" => self.mute += 1,
            "ul" | "ol" => {
                self.end();
                self.lists.push(name == "ol");
                (self.has_items, self.is_item) = (false, true);
            }
            "li" => {
                self.end();
                (self.has_items, self.is_item) = (true, false);
                self.open.item = self.item().or(Some(Item { depth: 0, is_numbered: false }));
            }
            name if is_among(INLINE, name) => {}
            _ => {
                self.end();
                // A paragraph within a list, and in none of its items, comes after it: somebody forgot to end it.
                if !self.has_items && self.is_item {
                    self.lists.pop();
                    self.is_item = false;
                }
            }
        }
    }

    fn stop(&mut self, name: &str) {
        match name {
            "b" | "strong" => self.bold = self.bold.saturating_sub(1),
            "i" | "em" => self.italic = self.italic.saturating_sub(1),
            "a" => {
                // A link without a word on it is its address.
                let address = self.links.last().cloned().flatten().filter(|_| !self.linked);
                if let Some(address) = address {
                    self.words(&address);
                }
                self.links.pop();
            }
            "script" | "style" => self.mute = self.mute.saturating_sub(1),
            "ul" | "ol" => {
                self.end();
                self.lists.pop();
                self.open.item = None;
                (self.has_items, self.is_item) = (!self.lists.is_empty(), false);
            }
            name if is_among(INLINE, name) => {}
            _ => self.end(),
        }
    }
}

/// What a cell's HTML says in comments, which nobody sees.
pub(super) fn comments(text: &str) -> Vec<String> {
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
    let said = comments(cell).into_iter();
    said.map(|said| Remark::LeftOut(format!("{place}: a comment in HTML: \"{said}\""))).collect()
}

fn of_html(text: &str) -> Vec<Paragraph> {
    let mut page = Page::default();
    let read = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    for token in Tokenizer::new(text).flatten() {
        match token {
            Token::String(piece) => page.text(&read(&piece.value)),
            Token::StartTag(tag) => {
                let said = |name: &[u8]| tag.attributes.get(name).map(|value| read(&value.value));
                page.start(&read(&tag.name), said(b"href"));
                // What a picture shows is said for whoever does not see it.
                if let Some(shown) = said(b"alt").filter(|_| *tag.name == *b"img") {
                    page.text(&format!("(picture: {})", shown.trim()));
                }
            }
            Token::EndTag(tag) => page.stop(&read(&tag.name)),
            _ => {}
        }
    }
    page.end();
    page.done
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
            // Every word that is in no bracket is read.
            let read = told(&text);
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
