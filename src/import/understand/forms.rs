//! Tables of labels and values, a recommendation each, or several one below the other.

use super::columns::{Column, Why, custom};
use super::header::{self, Map};
use super::headings::{Key, When, is_exact, plain};
use super::numbers;
use super::record::{Filled, Record};
use crate::import::document::{Cell, Paragraph, Rgb, Row, Table};

/// A label, and what stands beside or below it.
struct Line {
    label: String,
    key: Option<Key>,
    paragraphs: Vec<Paragraph>,
    colour: Option<Rgb>,
    /// The colour of the label.
    shade: Option<Rgb>,
    place: String,
}

/// The recommendations that a table of labels and values holds, the `number`th of the document.
pub(super) fn read(table: &Table, map: &Map, number: usize) -> Option<(Vec<Column>, Vec<Record>)> {
    let lines = lines(table, map)?;
    let has = |is: fn(&Key) -> bool| lines.iter().filter_map(|line| line.key.as_ref()).any(is);
    let known = lines.iter().filter(|line| line.key.is_some()).count();
    let is_about = has(|key| matches!(key, Key::Text | Key::Number | Key::Update(_)));
    let stands = has(|key| matches!(key, Key::Status(_) | Key::Rag(_) | Key::Deadline | Key::Update(_)));
    if known < 3 || known * 2 < lines.len() || !is_about || !stands {
        return None;
    }
    let mut form = Form { number, columns: Vec::new(), records: Vec::new(), taken: Vec::new() };
    for line in lines {
        form.take(line);
    }
    Some((form.columns, form.records))
}

/// The lines of a form; none where a row is not of one.
fn lines(table: &Table, map: &Map) -> Option<Vec<Line>> {
    let mut lines: Vec<Line> = Vec::new();
    for row in &table.rows {
        let place = format!("{}, {}", table.name, row.place);
        let line = |label: &Cell, value: Option<&Cell>| {
            let text = label.text();
            Line {
                // "Recommendation 3" beside what it says.
                key: header::key(&text, map).or(says_number(&text).then_some(Key::Text)),
                label: text,
                paragraphs: value.map(|value| value.paragraphs.clone()).unwrap_or_default(),
                colour: value.and_then(|value| value.colour),
                shade: label.colour,
                place: place.clone(),
            }
        };
        let is_label = |cell: &Cell| {
            !cell.is_blank() && (header::key(&cell.text(), map).is_some() || cell.text().ends_with(':'))
        };
        // The header of a plan has labels side by side, and no values.
        if row.cells.len() >= 3 && row.cells.iter().all(|cell| is_exact(&cell.text())) {
            return None;
        }
        let is_short = |cell: &Cell| !cell.is_blank() && cell.text().chars().count() <= 40;
        let said: Vec<&Cell> = row.cells.iter().filter(|cell| !cell.is_blank()).collect();
        match (row.cells.as_slice(), said.as_slice()) {
            (_, []) => {}
            // Two labels side by side, each with its value; one of them may be unknown.
            ([a, b, c, d], _) if (is_label(a) || is_label(c)) && is_short(a) && is_short(c) => {
                lines.extend([line(a, Some(b)), line(c, Some(d))]);
            }
            // A row across the table that says which recommendation begins.
            (_, [only]) if says_number(&only.text()) => lines.push(Line {
                key: Some(Key::Number),
                label: "Recommendation".to_owned(),
                ..line(only, Some(*only))
            }),
            // A row across the table that says which recommendation it is, and what it says.
            (_, [only]) if says_recommendation(&only.text()) => lines.push(Line {
                key: Some(Key::Text),
                label: "Recommendation".to_owned(),
                ..line(only, Some(*only))
            }),
            (_, [only]) => match lines.last_mut().filter(|last| goes_on(last, only, row, map)) {
                Some(last) => last.paragraphs.extend(only.paragraphs.iter().cloned()),
                None => {
                    // A rating may be nothing but the colour of the cell beside it.
                    let is_shade = |cell: &&Cell| cell.column > only.column && cell.colour.is_some();
                    let beside = row.cells.iter().find(is_shade);
                    let one = line(only, beside);
                    lines.push(if is_rating(&one) { one } else { line(only, None) });
                }
            },
            (_, [label, value]) => {
                if says_number(&label.text()) {
                    lines.push(Line { key: Some(Key::Number), ..line(label, Some(*label)) });
                }
                lines.push(line(label, Some(*value)));
            }
            _ => return None,
        }
    }
    // What shades other values, or the label, as every second row often is, is no rating.
    let band: Vec<Rgb> = lines
        .iter()
        .flat_map(|line| [line.colour.filter(|_| !is_rating(line)), line.shade])
        .flatten()
        .collect();
    for line in lines.iter_mut().filter(|line| is_rating(line)) {
        line.colour = line.colour.filter(|colour| !band.contains(colour));
    }
    settle(&mut lines);
    Some(lines)
}

fn is_rating(line: &Line) -> bool {
    matches!(line.key, Some(Key::Rag(_) | Key::Status(_)))
}

/// Looks at the lines together: a "Recommendation" that is a number, where another line has what it says, is its number;
/// and somebody leads where nobody owns.
fn settle(lines: &mut [Line]) {
    let says = |line: &Line| line.paragraphs.iter().any(|p| numbers::of_words(&p.text()));
    let has_words = lines.iter().any(|line| line.key == Some(Key::Text) && says(line));
    let has_owner = lines.iter().any(|line| line.key == Some(Key::Owner));
    for line in lines {
        let is_said = line.paragraphs.iter().any(|p| !p.is_blank());
        match line.key {
            Some(Key::Text) if has_words && is_said && !says(line) => line.key = Some(Key::Number),
            Some(Key::Lead) if !has_owner => line.key = Some(Key::Owner),
            // An answer, and no report: "Accepted in part".
            Some(Key::Update(When::Now)) if plain(&line.label) == "response" && is_answer(line) => {
                line.key = Some(Key::Response);
            }
            _ => {}
        }
    }
}

/// Whether a line says a word or two.
fn is_answer(line: &Line) -> bool {
    line.paragraphs.iter().map(|p| p.text().split_whitespace().count()).sum::<usize>() <= 4
}

/// Whether a text is a recommendation's number and nothing else: "Recommendation 4".
fn says_number(text: &str) -> bool {
    text.to_lowercase().starts_with("rec")
        && numbers::of_cell(text).is_some_and(|number| {
            !number.contains(char::is_whitespace) && number.starts_with(|c: char| c.is_ascii_digit())
        })
}

/// Whether a text is a recommendation with its number before it: "Recommendation 4: Train all".
fn says_recommendation(text: &str) -> bool {
    let is_one = |(_, skip): &(String, usize)| text[*skip..].contains(char::is_alphabetic);
    text.to_lowercase().starts_with("rec") && numbers::before_text(text).as_ref().is_some_and(is_one)
}

/// Whether the only cell that says something in a row belongs to the label above it: it stands below the value, or
/// below a label that has none beside it.
fn goes_on(last: &Line, only: &Cell, row: &Row, map: &Map) -> bool {
    let is_value = row.cells.first().is_some_and(|first| first.is_blank()) && only.column > 0;
    let is_below =
        last.paragraphs.is_empty() && last.key.is_some() && header::key(&only.text(), map).is_none();
    is_value || is_below
}

/// A form in the making.
struct Form {
    number: usize,
    columns: Vec<Column>,
    records: Vec<Record>,
    /// The keys of the last record.
    taken: Vec<Key>,
}

impl Form {
    fn take(&mut self, line: Line) {
        // What a word means is of no use to a recommendation; what a line of that name says is.
        let key = line.key.filter(|key| *key != Key::Meaning).unwrap_or_else(|| custom(&line.label));
        let why = if matches!(key, Key::Custom(_)) { Why::NoKey } else { Why::Heading };
        // What the last one began with begins the next.
        let begins = matches!(key, Key::Number | Key::Text | Key::Title) && self.taken.first() == Some(&key);
        if self.records.is_empty() || begins {
            self.taken.clear();
            let (place, table) = (line.place, self.number);
            self.records.push(Record { place, table, is_form: true, ..Record::default() });
        }
        let (key, why) = match self.taken.contains(&key) && !holds_several(&key) {
            true => (self.own_name(&custom(&line.label)), Why::NoKey),
            false => (key, why),
        };
        self.taken.push(key.clone());
        let column = Column { heading: line.label.clone(), key: key.clone(), why };
        if !self.columns.contains(&column) {
            self.columns.push(column);
        }
        let Some(record) = self.records.last_mut() else { return };
        let mut paragraphs = line.paragraphs;
        match key {
            Key::Number => {
                let text = paragraphs.iter().map(Paragraph::text).collect::<Vec<_>>().join(" ");
                record.number = numbers::of_cell(&text);
                if record.number.is_some() || paragraphs.iter().all(Paragraph::is_blank) {
                    return;
                }
                // What is no number is kept as what it is.
                let key = custom(&line.label);
                record.cells.push(Filled { key, heading: line.label, paragraphs, colour: line.colour });
                return;
            }
            Key::Text if record.number.is_none() => record.number = numbers::take(&mut paragraphs),
            _ => {}
        }
        if !paragraphs.is_empty() || line.colour.is_some() {
            record.cells.push(Filled { key, heading: line.label, paragraphs, colour: line.colour });
        }
    }

    /// A name of somebody's own that the last record does not have yet.
    fn own_name(&self, key: &Key) -> Key {
        let Key::Custom(name) = key else { return key.clone() };
        let names = (2..).map(|n| Key::Custom(format!("{name}_{n}")));
        let mut names = std::iter::once(key.clone()).chain(names).filter(|key| !self.taken.contains(key));
        names.next().unwrap_or_else(|| key.clone())
    }
}

/// Whether a recommendation may have several of a key.
fn holds_several(key: &Key) -> bool {
    matches!(key, Key::Update(_) | Key::Owner | Key::Evidence | Key::Skip)
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;

    #[test]
    fn the_shade_of_a_form_is_no_rating() {
        let rows: &[&[&str]] = &[
            &["Recommendation", "#C6EFCE Train all."],
            &["Owner", "NPCC"],
            &["RAG", "#C6EFCE"],
            &["Due", "31 March 2027"],
        ];
        assert!(!told(rows).contains("\nrag"));
    }

    #[test]
    fn a_form_may_rate_by_the_colour_beside_a_label_alone() {
        let rows: &[&[&str]] = &[
            &["Recommendation", "Train all."],
            &["Owner", "NPCC"],
            &["RAG", "#FFC000"],
            &["Due", "31 March 2027"],
        ];
        let told = told(rows);
        assert!(told.contains("\nrag = \"Amber\"\n"), "{told}");
    }
}
