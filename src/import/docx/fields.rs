//! Fields: what a program works out and shows in a text, such as a link or a table of contents.

use crate::import::xml::Element;

/// No address is as long; one that is would be repeated at every piece of the text that leads there.
const ADDRESS: usize = 4096;

/// The fields of a paragraph that are open.
///
/// The end of one that goes on in another paragraph finds nothing to end there. So one that is never closed takes
/// nothing with it, and what leads somewhere does so in its own paragraph.
#[derive(Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    /// How many of them do not show anything yet.
    silent: usize,
}

/// A field whose end is still to come.
#[derive(Default)]
struct Field {
    instruction: String,
    /// Whether what comes is what it shows.
    shows: bool,
    has_shown: bool,
    /// What is chosen in a field of a form.
    state: Option<String>,
    /// Where it leads, or what is around it.
    link: Option<String>,
}

impl Fields {
    /// A field begins, maybe one of a form.
    pub(super) fn begin(&mut self, mark: &Element) {
        self.silent += 1;
        self.open.push(Field { state: mark.child("ffData").and_then(state), ..Field::default() });
    }

    /// What a field is told to show.
    pub(super) fn instruct(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| !field.shows) {
            field.instruction.push_str(text);
        }
    }

    /// What a field shows comes.
    pub(super) fn separate(&mut self) {
        let around = self.open.iter().rev().nth(1).and_then(|field| field.link.clone());
        if let Some(field) = self.open.last_mut().filter(|field| !field.shows) {
            self.silent -= 1;
            field.shows = true;
            field.link = address(&field.instruction).or(around);
        }
    }

    /// A field ends. What is chosen in one of a form, if it showed nothing.
    pub(super) fn end(&mut self) -> Option<String> {
        let field = self.open.pop()?;
        if !field.shows {
            self.silent -= 1;
        }
        if let Some(around) = self.open.last_mut() {
            around.has_shown |= field.has_shown;
        }
        field.state.filter(|_| !field.has_shown && self.silent == 0)
    }

    /// Whether what comes says something to the program, and nothing to who reads.
    pub(super) fn are_silent(&self) -> bool {
        self.silent > 0
    }

    /// A text is shown.
    pub(super) fn show(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut() {
            field.has_shown |= !text.trim().is_empty();
        }
    }

    /// Where the fields that are open lead.
    pub(super) fn link(&self) -> Option<&String> {
        self.open.last()?.link.as_ref()
    }
}

/// What is chosen in a field of a form.
fn state(form: &Element) -> Option<String> {
    if let Some(list) = form.child("ddList") {
        let chosen = list.value(&["result"]).or_else(|| list.value(&["default"])).unwrap_or("0");
        let entry = list.elements().filter(|e| e.name == "listEntry").nth(chosen.parse().ok()?)?;
        return entry.attribute("val").map(str::to_owned);
    }
    let check = form.child("checkBox")?;
    let is_checked = check.is_on("checked").or(check.is_on("default")).unwrap_or(false);
    Some(if is_checked { "\u{2612}" } else { "\u{2610}" }.to_owned())
}

/// Where `HYPERLINK "https://..." \l "place"` leads; nowhere where it leads to a place in the document itself.
pub(super) fn address(instruction: &str) -> Option<String> {
    const NAME: &str = "HYPERLINK";
    let text = instruction.trim();
    if text.len() > ADDRESS || !text.get(..NAME.len())?.eq_ignore_ascii_case(NAME) {
        return None;
    }
    let (mut address, mut place) = (None, None);
    let mut words = Words(&text[NAME.len()..]);
    while let Some((word, is_quoted)) = words.next() {
        match word {
            "\\l" if !is_quoted => place = words.next(),
            // A tip, and a frame.
            "\\o" | "\\t" if !is_quoted => _ = words.next(),
            switch if switch.starts_with('\\') && !is_quoted => {}
            word => address = address.or(Some(word)),
        }
    }
    Some(with_place(address?, place.map(|(place, _)| place)))
}

/// An address, and a place there.
pub(super) fn with_place(address: &str, place: Option<&str>) -> String {
    match place {
        Some(place) if !address.contains('#') && !place.is_empty() => format!("{address}#{place}"),
        _ => address.to_owned(),
    }
}

/// The words of an instruction, and whether they stand in quotation marks.
struct Words<'t>(&'t str);

impl<'t> Iterator for Words<'t> {
    type Item = (&'t str, bool);

    fn next(&mut self) -> Option<Self::Item> {
        let text = self.0.trim_start();
        let (word, rest, is_quoted) = match text.strip_prefix('"') {
            Some(quoted) => {
                let (word, rest) = quoted.split_once('"').unwrap_or((quoted, ""));
                (word, rest, true)
            }
            None => {
                let end = text.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(text.len());
                (&text[..end], &text[end..], false)
            }
        };
        self.0 = rest;
        (is_quoted || !word.is_empty()).then_some((word, is_quoted))
    }
}

#[cfg(test)]
mod tests {
    use crate::import::docx::testing::{Docx, p, r, read};

    fn mark(kind: &str) -> String {
        format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#)
    }

    fn instruction(text: &str) -> String {
        format!("{}<w:r><w:instrText>{text}</w:instrText></w:r>", mark("begin"))
    }

    /// A field with the data of a form, and what it shows if it shows anything.
    fn form(data: &str, instr: &str, shows: Option<&str>) -> String {
        let begin =
            format!(r#"<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>"#);
        let shows = shows.map(|text| mark("separate") + &r(text)).unwrap_or_default();
        format!("<w:p>{begin}<w:r><w:instrText> {instr} </w:instrText></w:r>{shows}{}</w:p>", mark("end"))
    }

    #[test]
    fn a_field_shows_its_result_over_as_many_paragraphs_as_it_has() {
        let begins = format!(
            "<w:p>{}{}{}{}{}{}</w:p>",
            instruction("TOC \\o"),
            mark("separate"),
            instruction("PAGEREF a"),
            mark("separate"),
            r("1 Aims"),
            mark("end")
        );
        let ends = format!("<w:p>{}{}{}</w:p>", r("2 Means"), mark("end"), r(" end"));
        insta::assert_snapshot!(read(&(begins + &ends + &p("After."))), @"
        1 Aims
        2 Means end
        After.
        ");
    }

    #[test]
    fn a_field_that_is_never_closed_hides_its_instruction_and_nothing_else() {
        let open = format!("<w:p>{}{}</w:p>", r("Before. "), instruction("MERGEFIELD a"));
        insta::assert_snapshot!(read(&(open + &p("After."))), @"
        Before. 
        After.
        ");
        let open = format!(
            "<w:p>{}{}{}</w:p>",
            instruction("HYPERLINK \"https://a.b/\""),
            mark("separate"),
            r("there")
        );
        insta::assert_snapshot!(read(&(open + &p("After."))), @"
        [there](https://a.b/)
        After.
        ");
        // What is open around a text box is none of its business, and the other way round.
        let boxed = format!(
            "<w:r><w:pict><w:txbxContent><w:p>{}{}</w:p></w:txbxContent></w:pict></w:r>",
            r("boxed"),
            instruction("PAGE")
        );
        let around = format!(
            "<w:p>{}{}{boxed}{}{}</w:p>",
            instruction("REF x"),
            mark("separate"),
            r("shown"),
            mark("end")
        );
        insta::assert_snapshot!(read(&around), @"
        shown
        boxed
        ");
    }

    #[test]
    fn a_link_leads_where_its_instruction_says() {
        let link = |instr: &str| {
            format!("<w:p>{}{}{}{}</w:p>", instruction(instr), mark("separate"), r("there"), mark("end"))
        };
        insta::assert_snapshot!(read(&link(r#" HYPERLINK "https://a.b/c" \o "tip" "#)), @"[there](https://a.b/c)");
        insta::assert_snapshot!(read(&link(r#" HYPERLINK "https://a.b/c" \l "d" "#)), @"[there](https://a.b/c#d)");
        insta::assert_snapshot!(read(&link(r#" HYPERLINK \l "d" "#)), @"there");
        let simple = format!(
            "<w:p><w:fldSimple w:instr='HYPERLINK \"https://a.b/\"'>{}</w:fldSimple></w:p>",
            r("there")
        );
        insta::assert_snapshot!(read(&simple), @"[there](https://a.b/)");
        let named =
            r#"<w:p><w:hyperlink r:id="l" w:anchor="d"><w:r><w:t>there</w:t></w:r></w:hyperlink></w:p>"#;
        insta::assert_snapshot!(Docx::of(named).related("l", "hyperlink", "https://a.b/c").read(), @"[there](https://a.b/c#d)");
    }

    #[test]
    fn the_fields_of_a_form_show_what_was_chosen() {
        let list = r#"<w:listEntry w:val="Open"/><w:listEntry w:val="Done"/>"#;
        let drop = |chosen: &str| form(&format!("<w:ddList>{chosen}{list}</w:ddList>"), "FORMDROPDOWN", None);
        insta::assert_snapshot!(read(&drop(r#"<w:result w:val="1"/>"#)), @"Done");
        insta::assert_snapshot!(read(&drop("")), @"Open");
        insta::assert_snapshot!(read(&drop(r#"<w:result w:val="7"/>"#)), @"");
        insta::assert_snapshot!(read(&form("<w:ddList/>", "FORMDROPDOWN", Some("Open"))), @"Open");
        let check = |state: &str| {
            form(&format!("<w:checkBox><w:sizeAuto/>{state}</w:checkBox>"), "FORMCHECKBOX", None)
        };
        insta::assert_snapshot!(read(&check("<w:checked/>")), @"☒");
        insta::assert_snapshot!(read(&check(r#"<w:default w:val="1"/>"#)), @"☒");
        insta::assert_snapshot!(read(&check(r#"<w:default w:val="1"/><w:checked w:val="0"/>"#)), @"☐");
        insta::assert_snapshot!(read(&form("<w:textInput/>", "FORMTEXT", Some("By May"))), @"By May");
    }
}
