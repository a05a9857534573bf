//! What stands over recommendations, and not in their rows: a heading, a banner, the name of their sheet. It may say
//! who owns them, or their theme, or nothing that is said of each.

use super::dates;
use super::found::{Found, heading_told, paragraph_told};
use super::headings::Key;
use super::record::Record;

/// A name that stands over recommendations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Over {
    pub(super) name: String,
    /// Whether it is only thought to be what it is taken for: it does not say so.
    pub(super) is_thought: bool,
}

impl Over {
    /// A heading, as a theme.
    pub(super) fn heading(text: &str) -> Self {
        let (is_owner, name) = addressed(text);
        Self { name, is_thought: is_owner.is_none() }
    }
}

/// A heading as the name in it, and whether it says that this is an owner, or a theme: "Owner: NPCC",
/// "Recommendations to Network Rail".
pub(super) fn addressed(text: &str) -> (Option<bool>, String) {
    let text = text.trim().trim_end_matches(':');
    let lower = text.to_lowercase();
    for (start, is_owner) in [
        ("owner:", true),
        ("recommendations to the ", true),
        ("recommendations to ", true),
        ("recommendations for the ", true),
        ("recommendations for ", true),
        ("recommendations addressed to the ", true),
        ("recommendations addressed to ", true),
        ("for:", true),
        ("theme:", false),
        ("strand:", false),
        ("workstream:", false),
    ] {
        if lower.starts_with(start) && text.is_char_boundary(start.len()) {
            let name = text[start.len()..].trim();
            // "Recommendations to improve custody" are to nobody.
            let is_name = !start.starts_with("recommendations") || name.starts_with(char::is_uppercase);
            return (is_name.then_some(is_owner), if is_name { name } else { text }.to_owned());
        }
    }
    let is_theme =
        ["theme ", "strand ", "workstream ", "chapter ", "section "].iter().any(|w| lower.starts_with(w));
    (is_theme.then_some(false), text.to_owned())
}

/// Settles what stands over recommendations and does not say what it is.
pub(super) fn settle(found: &mut Found) {
    owners(found);
    themes(found);
    sheets(found);
}

/// Tells of a heading that is neither owner nor theme, unless it is told already.
fn leave(found: &mut Found, name: &str) {
    let is_told = found.account.left_out.iter().any(|told| *told == paragraph_told(name));
    if !is_told {
        found.account.left_out.push(heading_told(name));
    }
}

/// The names of one kind that are only thought to be of it, each once, in their order.
fn thought(records: &[Record], of: impl Fn(&Record) -> Option<&Over>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for over in records.iter().filter_map(of).filter(|over| over.is_thought) {
        if !names.contains(&over.name) {
            names.push(over.name.clone());
        }
    }
    names
}

/// Who owns what stands under headings that do not say what they are, where no column names owners: one heading over
/// all is no owner, several that tell the tables apart are.
fn owners(found: &mut Found) {
    // Beside others that say that they are owners, one that does not is one.
    let says = found.records.iter().filter_map(|record| record.owner.as_ref()).any(|over| !over.is_thought);
    match thought(&found.records, |record| record.owner.as_ref()).as_slice() {
        [] => {}
        [only] if !says => {
            leave(found, only);
            found
                .records
                .iter_mut()
                .for_each(|record| record.owner = record.owner.take().filter(|over| !over.is_thought));
        }
        several => found.account.uncertain.push(format!(
            "no column names owners: they are taken from what stands over the recommendations, \"{}\"",
            several.join("\", \"")
        )),
    }
}

/// The themes of what stands under headings, where a column names owners: as with them, one over all is none, and
/// what tells a day, as "Last updated 3 May 2026" does, is none either.
fn themes(found: &mut Found) {
    let names = thought(&found.records, |record| record.theme.as_ref());
    let (dated, themes): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| !dates::all(name).is_empty());
    let themes = match themes.as_slice() {
        [only] => {
            leave(found, only);
            Vec::new()
        }
        _ => themes,
    };
    dated.iter().for_each(|name| leave(found, name));
    let stays = |over: &Over| !over.is_thought || themes.contains(&over.name);
    found.records.iter_mut().for_each(|record| record.theme = record.theme.take().filter(stays));
    if !themes.is_empty() {
        let names = themes.join("\", \"");
        found
            .account
            .understood
            .push(format!("the headings over the tables are kept as themes: \"{names}\""));
    }
}

/// The name of the sheet that a record stands on.
fn sheet_of(record: &Record) -> Option<&str> {
    let (name, _) = record.place.strip_prefix("sheet ")?.rsplit_once(", row ")?;
    Some(name)
}

/// Keeps the names of sheets, where recommendations stand on several, as the theme of what has none.
fn sheets(found: &mut Found) {
    let mut names: Vec<String> = Vec::new();
    for record in &found.records {
        if let Some(name) = sheet_of(record).filter(|name| !names.iter().any(|other| other == name)) {
            names.push(name.to_owned());
        }
    }
    if names.len() < 2 {
        return;
    }
    let mut taken = 0;
    for record in &mut found.records {
        let has_theme = record.theme.is_some() || record.cells.iter().any(|cell| cell.key == Key::Theme);
        let name = sheet_of(record).map(str::to_owned);
        if let Some(name) = name.filter(|_| !has_theme && record.owner.is_none()) {
            record.theme = Some(Over { name, is_thought: false });
            taken += 1;
        }
    }
    if taken > 0 {
        let names = names.join("\", \"");
        found.account.understood.push(format!("the names of the sheets are kept as themes: \"{names}\""));
    }
}
