//! What holds a public page back: words under `redact`, and files that were not read whole.

use super::ui::Ui;
use super::{Exit, view};
use crate::model::{Plan, Recommendation};
use crate::report::public::Shown;
use crate::report::redact::{Field, Found, Place, Wanted, Written, fields};
use crate::report::{Chapter, Page};
use crate::source::position;
use crate::store::{self, Folder, HEAD_FILE, Loaded, Purpose, Root, Unread};
use crate::syntax::{self, Step};
use crate::wording::thousands;
use anyhow::{Result, bail};
use std::collections::BTreeMap;

/// Where the recommendations of a chapter are in their files.
pub(super) struct Files {
    /// The path of plan.toml from the root.
    head: String,
    each: Vec<(String, Shown)>,
}

impl Files {
    /// Those of the recommendations of a plan that are shown.
    pub(super) fn of(plan: &Plan, shown: &[bool]) -> Self {
        let path = |name: &str| store::join(&plan.place.folder, name);
        let each = plan.recommendations.iter().zip(shown).filter(|(_, shown)| **shown);
        let file = |(r, _): (&Recommendation, &bool)| (path(&r.file), Shown::of(r, plan));
        Self { head: path(HEAD_FILE), each: each.map(file).collect() }
    }

    /// Where a field is: its file, and the way to it there.
    fn place(&self, field: &Field) -> Option<(&str, Vec<Step>)> {
        let mut path = field.path.clone();
        let Some(recommendation) = field.recommendation else { return Some((&self.head, path)) };
        let (file, shown) = self.each.get(recommendation)?;
        // Of updates and evidence only the public ones are on the page.
        if let [Step::Key(key), Step::Nth(n), ..] = path.as_mut_slice() {
            match &**key {
                "update" => *n = *shown.updates.get(*n)?,
                "evidence" => *n = *shown.evidence.get(*n)?,
                _ => {}
            }
        }
        Some((file, path))
    }
}

/// The words that may not be public: those of every plan of the root, whichever is shown; and of a revision also
/// those of today, in the work tree and committed, since a word may have been added for what was said before. Where
/// a plan.toml was not read whole nobody knows them, and it is named.
pub(super) fn words(ui: &Ui, root: &Root) -> Result<(Vec<String>, Vec<Unread>)> {
    let (mut words, mut unread) = of_root(root)?;
    if root.revision.is_some() {
        let place = ui.place()?;
        let head = place.repository.head()?;
        let head = head.map(|head| place.root_or_empty(&head)).transpose()?;
        for (side, today) in [("in the work tree", ui.work_tree()?), ("at HEAD", head)] {
            let Some(today) = today else { continue };
            let (more, also) = of_root(&today)?;
            words.extend(more);
            let shown = |u: Unread| Unread { message: format!("{} ({side})", u.message), ..u };
            unread.extend(also.into_iter().map(shown));
        }
    }
    words.sort();
    words.dedup();
    Ok((words, unread))
}

fn of_root(root: &Root) -> Result<(Vec<String>, Vec<Unread>)> {
    let listing = view::list(root)?;
    let mut unread = listing.failures;
    let heads: Vec<Folder> = listing
        .plans
        .into_iter()
        .map(|folder| Folder { files: Vec::new(), not_files: Vec::new(), ..folder })
        .collect();
    let of_plan = |loaded: Loaded| {
        let words = loaded.plan.map(|plan| plan.head.publish.redact).unwrap_or_default();
        (words, loaded.unread)
    };
    let mut words = Vec::new();
    for (some, also) in store::load_each(&*root.source, heads, Purpose::View, of_plan) {
        words.extend(some);
        unread.extend(also);
    }
    Ok((words, unread))
}

/// Looks for the words that may not be in a page, and names every place; whether there is none.
pub(super) fn look(
    ui: &Ui,
    root: &Root,
    page: &Page,
    files: &[Files],
    words: &[String],
    write: impl Fn(&Page) -> Result<String>,
    is_html: bool,
) -> Result<Option<Exit>> {
    let Some(wanted) = Wanted::new(words) else {
        bail!("plan.toml: a word under `redact` holds nothing that can be looked for; no page was written");
    };
    if wanted.is_empty() {
        return Ok(None);
    }
    let (text, own) = (write(page)?, write(&page.blank())?);
    let written = |text| if is_html { Written::Html(text) } else { Written::Markdown(text) };
    let each = page.chapters.iter().enumerate();
    let fields: Vec<Field> =
        each.flat_map(|(n, chapter): (usize, &Chapter)| fields(&chapter.plan, n)).collect();
    let found = wanted.look(&fields, written(&text), written(&own));
    if found.is_empty() {
        return Ok(None);
    }
    name(ui, root, files, &fields, &found);
    Ok(Some(Exit::Findings))
}

/// Names each place in which a word was found, and how to mend it.
fn name(ui: &Ui, root: &Root, files: &[Files], fields: &[Field], found: &[Found]) {
    let mut lines = Lines { root, texts: BTreeMap::new() };
    let mut told: Vec<(String, usize, String)> = Vec::new();
    for Found { place, word } in found {
        let (file, line, what) = match place {
            Place::Field(n) => {
                let field = &fields[*n];
                let (file, line) = lines.of(files, field).unwrap_or_default();
                (file, line, field.place.clone())
            }
            Place::Page(around) => (String::new(), 0, format!("in the page, at “{around}”")),
        };
        let at = match (file.as_str(), line) {
            ("", _) => String::new(),
            (file, 0) => format!("{file}: "),
            (file, line) => format!("{file}:{line}: "),
        };
        told.push((file, line, format!("{at}{what}: “{word}” may not reach a public page")));
    }
    told.sort();
    told.dedup();
    told.iter().for_each(|(_, _, message)| ui.error(message));
    let places = if told.len() == 1 { "place" } else { "places" };
    ui.error(&format!("no page was written: {} {places} to mend", thousands(told.len())));
    let is_in = |test: &dyn Fn(&Field) -> bool| {
        found.iter().any(|found| matches!(found.place, Place::Field(n) if test(&fields[n])))
    };
    if is_in(&|field| field.is_marked) {
        ui.note("an update or an item of evidence is kept back by `visibility = \"internal\"`, which no rule forbids; to reword what was reported breaks update-rewritten");
    }
    if is_in(&|field| !field.is_marked) {
        ui.note(
            "what is always public can be reworded; where the word means something else, redact a longer one",
        );
    }
    if found.iter().any(|found| matches!(found.place, Place::Page(_))) {
        ui.note("a word that is in the page and in no text comes of texts that stand side by side there: reword one of them, or redact a longer word");
    }
}

/// The lines on which fields stand, each file read once.
struct Lines<'a> {
    root: &'a Root,
    texts: BTreeMap<String, String>,
}

impl Lines<'_> {
    /// The file as one would type it, and the line; 0 where it cannot be told.
    fn of(&mut self, files: &[Files], field: &Field) -> Option<(String, usize)> {
        let (file, path) = files.get(field.plan)?.place(field)?;
        let text = self.texts.entry(file.to_owned()).or_insert_with(|| {
            let mut bytes = Vec::new();
            match self.root.source.read(file, &mut bytes) {
                Ok(store::Size::Whole(length)) => String::from_utf8_lossy(&bytes[..length]).into_owned(),
                _ => String::new(),
            }
        });
        let found = syntax::parse(text).find(&path, &[]);
        let line = found.map_or(0, |found| position(text, found.value.range().start).line);
        Some((self.root.shown(file), line))
    }
}
