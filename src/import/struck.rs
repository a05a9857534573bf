//! Text that is struck through: beside other text it is what that text replaced; alone, as where a whole row is done
//! with, it may be all that there is.

use super::document::{Block, Cell, Document, Paragraph, Remark, Run};

/// Takes out what is struck through beside other text in its cell or paragraph, and says of all such text what became
/// of it.
pub(super) fn settle(document: &mut Document) {
    let mut remarks = Vec::new();
    for block in &mut document.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                remarks.extend(of(std::slice::from_mut(paragraph)).map(Fate::remark));
            }
            Block::Table(table) => {
                for row in &mut table.rows {
                    let place = format!("{}, {}", table.name, row.place);
                    let fates: Vec<Fate> = row.cells.iter_mut().filter_map(of_cell).collect();
                    let said = row.cells.iter().filter(|cell| !cell.is_blank()).count();
                    let kept = fates.iter().filter(|fate| matches!(fate, Fate::Kept(_))).count();
                    if kept > 1 && kept == said {
                        let told = format!("{place} is struck through, and read all the same");
                        remarks.push(Remark::Uncertain(told));
                    } else {
                        remarks.extend(fates.into_iter().map(|fate| fate.remark_at(&place)));
                    }
                }
            }
        }
    }
    document.remarks.extend(remarks);
}

/// What became of text that is struck through.
enum Fate {
    /// There is other text beside it.
    Taken(String),
    /// There is none.
    Kept(String),
}

impl Fate {
    fn remark(self) -> Remark {
        match self {
            Self::Taken(text) => Remark::LeftOut(format!("struck through: \"{text}\"")),
            Self::Kept(text) => {
                Remark::Uncertain(format!("struck through, and read all the same: \"{text}\""))
            }
        }
    }

    fn remark_at(self, place: &str) -> Remark {
        match self.remark() {
            Remark::LeftOut(told) => Remark::LeftOut(format!("{place}: {told}")),
            Remark::Uncertain(told) => Remark::Uncertain(format!("{place}: {told}")),
            told @ Remark::Read(_) => told,
        }
    }
}

fn of_cell(cell: &mut Cell) -> Option<Fate> {
    let fate = of(&mut cell.paragraphs);
    // Of a paragraph that was struck as a whole nothing is left, its number neither.
    if matches!(fate, Some(Fate::Taken(_))) {
        cell.paragraphs.retain(|paragraph| !paragraph.runs.is_empty());
    }
    fate
}

fn of(paragraphs: &mut [Paragraph]) -> Option<Fate> {
    let says = |run: &&Run| run.text.contains(char::is_alphanumeric);
    let runs = || paragraphs.iter().flat_map(|paragraph| &paragraph.runs);
    if !runs().any(|run| run.is_struck && says(&run)) {
        return None;
    }
    let struck: String = paragraphs
        .iter()
        .flat_map(|paragraph| {
            let runs = paragraph.runs.iter().filter(|run| run.is_struck).map(|run| run.text.as_str());
            runs.chain([" "])
        })
        .collect();
    let struck = struck.split_whitespace().collect::<Vec<_>>().join(" ");
    if !runs().any(|run| !run.is_struck && says(&run)) {
        return Some(Fate::Kept(struck));
    }
    paragraphs.iter_mut().for_each(|paragraph| paragraph.runs.retain(|run| !run.is_struck));
    Some(Fate::Taken(struck))
}
