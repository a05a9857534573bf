//! Any edits of any file.

use super::super::fmt;
use super::*;
use crate::source::BOM;
use proptest::prelude::*;
use proptest::sample::select;
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

/// Every comment of a text, as the lexer finds them, sorted.
pub(super) fn comments(text: &str) -> Vec<&str> {
    let tokens = Source::new(text).lex().filter(|token| token.kind() == TokenKind::Comment);
    let mut comments: Vec<&str> = tokens.map(|t| text[t.span().start()..t.span().end()].trim_end()).collect();
    comments.sort_unstable();
    comments
}

/// Keys of the top, each written in several ways.
const TOP: &[(&str, &[&str])] = &[
    ("id", &["id = \"7\"", "id='7'", "\"id\" = \"7\""]),
    ("title", &["title = \"Make it so\"", "title = 'It \\ is' # short", "title = \"\"\"Make it\"\"\""]),
    ("theme", &["theme = \"a\\tb\"", "  theme = \"Records\""]),
    ("priority", &["priority = \"1\"", "'priority' = \"high\""]),
    (
        "owners",
        &[
            "owners = [\"A\"]",
            "owners = ['A', \"B\" , ]",
            "owners = [\n  \"A\", # the first\n  # then\n  \"B\"\n]",
            "owners = [\n\t\"A\",\n\t\"C\",\n] # all",
            "owners = [ \"B\"\n, \"A\" # last\n, ]",
            "owners = [\"A\",\n    \"C\"]",
            "owners = [\n  # nobody\n]",
            "owners = [\n  \"\"\"\nA\"\"\", # prose\n  \"it\\\"s\", 'B',\n]",
            "owners = [\"\\u0041\", '''B''', \"C\\tD\"]",
            "owners = []",
        ],
    ),
    ("aliases", &["aliases = [\"VII\", \"A\"]", "aliases = [ ]"]),
    ("lead", &["lead = \"Head\" # acting"]),
    ("issued", &["issued = 2024-09-27"]),
    (
        "deadline",
        &[
            "deadline = 2025-03-27",
            "deadline = { date = 2025-03-27, wording = 'by spring' }",
            "deadline = {wording=\"soon\"}",
            "deadline.date = 2025-03-27\ndeadline.wording = \"by spring\" # or so",
            "deadline = {\n  date = 2025-03-27, # firm\n  wording = \"x\",\n}",
        ],
    ),
    (
        "closure",
        &[
            "closure.by = \"Board\" # minuted",
            "closure = { on = 2025-06-01 }",
            "closure.on = 2025-06-01\n  closure.reason = 'r'",
        ],
    ),
    ("rag", &["rag = \"Amber\"", "rag=\"Red\"#now"]),
    ("status", &["status = \"On Track\"", "\tstatus = 'Complete'"]),
    ("mitigation", &["mitigation = \"\"\"\nMore \\\n   people.\"\"\"", "mitigation = \"a\\nb\""]),
    ("depends_on", &["depends_on = [\"1\", \"2\"] # both"]),
    (
        "custom",
        &[
            "custom.theatre = \"East\"",
            "custom = { theatre = 1, b.c = 2 }",
            "custom.a.b = nan\ncustom.theatre = 0x1F",
        ],
    ),
    (
        "text",
        &[
            "text = \"x\"",
            "text = \"\"\"\nSeek.\n\n- one\n# no comment\n\"\"\" # words",
            "text = '''\nIt's \\ so.'''",
            "text = \"\"\"One\ntwo.\"\"\"",
        ],
    ),
    (
        "update",
        &[
            "update = [{ text = \"x\" }, { date = 2025-01-01, text = 'y' }]",
            "update = [\n  { text = \"x\" }, # one\n]",
        ],
    ),
    ("zebra", &["zebra = [[1, 2], [3]]", "zebra.a = { b = [\n1, # one\n2], c = true }"]),
];

/// Tables, each written in several ways, with their names, and whether there may be several.
const TABLES: &[(&str, bool, &[&str])] = &[
    (
        "milestone",
        true,
        &[
            "[[milestone]]\ntitle = \"Ask\"",
            "[[milestone]] # m\n  done = true\n  title = 'Tell'\n  due = { wording = \"soon\" }",
            "[[ \"milestone\" ]]\ntitle = \"Deep\"\n[milestone.due]\ndate = 2025-01-01\nwording = \"w\"",
            "[['milestone']]\n\"title\" = \"Say \\\"it\\\"\"\n# below\n\ndone = 2025-01-01",
        ],
    ),
    ("extension", true, &["[[extension]]\nfrom = 2025-01-01\nto = 2025-02-02\nreason = \"r\""]),
    (
        "update",
        true,
        &[
            "[[update]]\ndate = 2025-01-01\ntext = \"\"\"\nDone.\n[[no header]]\"\"\"",
            "[[ update ]]\n# undated\ntext = \"x\"",
            "[[update]]\nrag = \"Red\"",
        ],
    ),
    ("evidence", true, &["[[evidence]]\ntitle = \"Paper\" # blue"]),
    ("zebra_table", true, &["[[zebra_table]]\nx = 1\n[zebra_table.y]\nz = 1"]),
    ("closure", false, &["[closure]\non = 2025-06-01", "[\"closure\"] # over\nreason = \"r\"\nby = \"B\""]),
    (
        "deadline",
        false,
        &[
            "[deadline]\nwording = \"by spring\"\ndate = 2025-03-27",
            "[ 'deadline' ]\nwording = 'soon' # or so",
        ],
    ),
    (
        "custom",
        false,
        &["[custom]\ntheatre = \"East\"\n\"new one\" = [1, 2]", "[custom.a]\nb = { c = 1 }\n[\"custom\".d]"],
    ),
];

/// What may stand between two statements.
const BETWEEN: &[&str] =
    &["", "", "", "\n", "# a comment\n", "\n  # indented\n", "# above\n\n", "\n\n\n", "# one\n\n# two\n"];

/// A file: keys in any order, then tables in any order, with anything between them, lines ended in one way
/// or in two.
pub(super) fn file() -> impl Strategy<Value = String> {
    let pieces = |count: usize, most: usize| {
        proptest::collection::vec((0..count, any::<prop::sample::Index>(), select(BETWEEN)), 0..most)
    };
    (pieces(TOP.len(), 9), pieces(TABLES.len(), 6), select(BETWEEN), 0..4u8, any::<bool>(), any::<bool>())
        .prop_map(|(keys, tables, last, endings, bom, ends)| {
            let mut text = String::new();
            let mut seen = Vec::new();
            for (key, which, between) in keys {
                let (name, ways) = TOP[key];
                if !seen.contains(&name) {
                    text.push_str(&format!("{between}{}\n", which.get(ways)));
                    seen.push(name);
                }
            }
            for (table, which, between) in tables {
                let (name, several, ways) = TABLES[table];
                if !seen.contains(&name) {
                    text.push_str(&format!("{between}{}\n", which.get(ways)));
                    seen.extend((!several).then_some(name));
                }
            }
            text.push_str(last);
            if !ends {
                text.truncate(text.trim_end().len());
            }
            let mut line = 0;
            let ended = text.split('\n').collect::<Vec<_>>().join("\u{0}");
            let text: String = ended
                .chars()
                .map(|c| {
                    line += u8::from(c == '\u{0}');
                    match (c, endings) {
                        ('\u{0}', 0 | 1) => "\n".to_owned(),
                        ('\u{0}', 2) => "\r\n".to_owned(),
                        ('\u{0}', _) if line % 2 == 0 => "\r\n".to_owned(),
                        ('\u{0}', _) => "\n".to_owned(),
                        _ => c.to_string(),
                    }
                })
                .collect();
            if bom { format!("{BOM}{text}") } else { text }
        })
}

fn strings() -> impl Strategy<Value = String> {
    prop_oneof![
        select(
            &["A", "B", "C", "it's", "two\nlines", "\"quoted\"", "a\\b\u{1}", "x\r\ny  ", "'''", "\"\"\"\""]
                [..]
        )
        .prop_map(str::to_owned),
        "\\PC{1,12}",
        "[a\"'\\\\\n\r\t]{1,9}"
    ]
}

fn values() -> impl Strategy<Value = Value> {
    let day = || date("2026-02-03");
    prop_oneof![
        4 => strings().prop_map(Value::String),
        1 => Just(Value::Date(day())),
        1 => Just(Value::Boolean(true)),
        1 => Just(Value::Integer(-3)),
        1 => any::<i32>().prop_map(|n| Value::Float(f64::from(n) / 8.0)),
        1 => proptest::collection::vec(select(&["A", "B", "D"][..]).prop_map(str::to_owned), 0..3).prop_map(Value::List),
        1 => Just(Value::Deadline(Deadline::On(day()))),
        1 => Just(worded("2026-02-03", "in \"winter\"")),
        1 => Just(Value::Deadline(Deadline::Undated { wording: "some day".into() })),
    ]
}

fn changes() -> impl Strategy<Value = Change> {
    let keys = &[
        "id",
        "title",
        "theme",
        "owners",
        "aliases",
        "deadline",
        "forecast",
        "rag",
        "status",
        "mitigation",
        "custom.theatre",
        "custom.new one",
        "custom.a.c",
        "text",
        "closure.on",
        "closure.by",
        "lead",
    ];
    let lists = &["owners", "aliases", "depends_on"];
    let items = &["A", "B", "C", "D", "it's"];
    prop_oneof![
        4 => (select(&keys[..]), values()).prop_map(|(key, value)| change(key, value)),
        2 => (select(&keys[..])).prop_map(unset),
        1 => select(&["custom", "closure", "deadline"][..]).prop_map(unset),
        2 => (select(&lists[..]), select(&items[..])).prop_map(|(key, item)| add(key, item)),
        2 => (select(&lists[..]), select(&items[..])).prop_map(|(key, item)| remove(key, item)),
        2 => strings().prop_map(|text| update(&text)),
        1 => strings().prop_map(|text| Change::Append { table: "milestone", entries: vec![("title", Value::String(text))] }),
        1 => (0..3usize, strings()).prop_map(|(before, text)| Change::Insert {
            table: "update", before, entries: vec![("text", Value::String(text)), ("date", Value::Date(date("2026-02-03")))] }),
        2 => (0..3usize, select(&["due", "done", "title"][..]), values())
            .prop_map(|(nth, key, value)| Change::SetIn { table: "milestone", nth, key, value }),
        1 => (0..3usize).prop_map(|nth| Change::UnsetIn { table: "milestone", nth, key: "due" }),
        1 => strings().prop_map(|text| Change::SetTable { table: "closure", entries: vec![("reason", Value::String(text)), ("on", Value::Date(date("2026-01-01")))] }),
    ]
}

/// Where two texts differ, as ranges of bytes of each.
fn differing<'t>(a: &'t str, b: &'t str) -> (&'t str, &'t str) {
    let before = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a.as_bytes()[before..], &b.as_bytes()[before..]);
    let after = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let text = |bytes: &'t [u8]| std::str::from_utf8(&bytes[..bytes.len() - after]).unwrap_or("?");
    (text(a), text(b))
}

/// The keys, list numbers and values that a table says, flat.
fn said(text: &str) -> toml::Table {
    syntax::parse(text).root.to_toml()
}

fn touched(change: &Change) -> &str {
    match change {
        Change::Set { key, .. }
        | Change::Unset { key }
        | Change::AddTo { key, .. }
        | Change::RemoveFrom { key, .. } => key.split('.').next().unwrap_or_default(),
        Change::Append { table, .. }
        | Change::Insert { table, .. }
        | Change::SetIn { table, .. }
        | Change::UnsetIn { table, .. }
        | Change::SetTable { table, .. } => table,
    }
}

/// The lines of a text that are none of those of a key or its tables, each with its line ending, which the
/// last may be without.
fn other_lines<'t>(text: &'t str, key: &str) -> Vec<&'t str> {
    let document = syntax::parse(text);
    let layout = Layout::new(text, &document);
    let mut lines = Vec::new();
    let mut from = layout.top();
    for statement in &layout.statements {
        if statement.header.first().copied().or(statement.key()) == Some(key) {
            lines.extend(text[from..statement.lines.start].split_inclusive('\n'));
            from = statement.lines.end;
        }
    }
    lines.extend(text[from..].split_inclusive('\n'));
    lines
}

/// Whether the canonical form of a text is its own, says the same, and has every comment at its place.
fn is_settled(text: &str) -> Result<(), TestCaseError> {
    let written = fmt::recommendation(text, None).map_err(|e| TestCaseError::fail(format!("{e}\n{text}")))?;
    prop_assert_eq!(fmt::recommendation(&written, None), Ok(written.clone()));
    prop_assert_eq!(comments(text), comments(&written), "{}", written);
    prop_assert_eq!(placed_comments(text), placed_comments(&written), "{}\n====\n{}", text, written);
    prop_assert!(meaning::same(&toml::Value::Table(said(text)), &toml::Value::Table(said(&written))));
    prop_assert!(!written.contains('\r') && !written.starts_with(BOM) && !written.contains("\n\n\n["));
    Ok(())
}

/// What a file says under keys.
fn value_at<'v>(said: &'v toml::Table, keys: &[String]) -> Option<&'v toml::Value> {
    let (first, rest) = keys.split_first()?;
    rest.iter().try_fold(said.get(first)?, |here, key| here.as_table()?.get(key))
}

/// Whether a text says what a change asked for.
fn came_true(change: &Change, text: &str) -> bool {
    let said = said(text);
    let own = |key: &str| value_at(&said, &value::parts(key));
    let is = |found: Option<&toml::Value>, key: &str, value: &Value| {
        found.is_some_and(|found| meaning::same(found, &value.settled(key).to_toml()))
    };
    let tables = |name: &str| said.get(name).and_then(toml::Value::as_array).cloned().unwrap_or_default();
    let any = |name: &str, entries: &[(&'static str, Value)]| {
        let has = |table: &toml::Value| entries.iter().all(|(key, value)| is(table.get(key), key, value));
        tables(name).iter().any(has)
    };
    let item = |item: &str| toml::Value::String(item.to_owned());
    let holds = |key: &str, wanted: &str| {
        own(key).and_then(toml::Value::as_array).is_some_and(|items| items.contains(&item(wanted)))
    };
    match change {
        Change::Set { key, value } => is(own(key), if key.starts_with("custom.") { "" } else { key }, value),
        Change::Unset { key } => own(key).is_none(),
        Change::AddTo { key, item } => holds(key, item),
        Change::RemoveFrom { key, item } => !holds(key, item),
        Change::Append { table, entries } => {
            let last = tables(table).last().cloned();
            last.is_some_and(|last| entries.iter().all(|(key, value)| is(last.get(key), key, value)))
        }
        Change::Insert { table, entries, .. } => any(table, entries),
        Change::SetIn { table, key, value, .. } => any(table, &[(*key, value.clone())]),
        Change::UnsetIn { .. } => true,
        Change::SetTable { table, entries } => {
            entries.iter().all(|(key, value)| is(own(&format!("{table}.{key}")), key, value))
        }
    }
}

/// Each comment with the key that it stands at: behind it, in it, above it, or below it and set off from the next.
fn placed_comments(text: &str) -> Vec<(String, String)> {
    let document = syntax::parse(text);
    let layout = Layout::new(text, &document);
    let mut sections: Vec<String> = Vec::new();
    let mut placed = Vec::new();
    for (i, statement) in layout.statements.iter().enumerate() {
        if statement.is_header() {
            sections.push(statement.header.join("."));
        }
        let nth = sections.iter().filter(|name| sections.last() == Some(name)).count();
        let key = statement.key().unwrap_or_default();
        let place = format!("{} {nth} {key}", statement.header.join("."));
        let above = if i == 0 { layout.block_start(0) } else { layout.after(i - 1) };
        let whole = &text[above..layout.after(i)];
        placed.extend(comments(whole).into_iter().map(|comment| (comment.to_owned(), place.clone())));
    }
    placed.sort();
    placed
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn an_edit_changes_what_it_is_asked_to(text in file(), changes in proptest::collection::vec(changes(), 1..6)) {
        let mut now = text.clone();
        let mut made = Vec::new();
        for change in changes {
            let next = match apply(&now, std::slice::from_ref(&change)) {
                Ok(next) => next,
                Err(EditError::Astray) => return Err(TestCaseError::fail(format!("astray: {change:?}\n{now}"))),
                // What is not there, or is a table of its own, is refused by name.
                Err(_) => continue,
            };
            prop_assert!(syntax::parse(&next).faults.is_empty(), "{}", next);
            prop_assert!(came_true(&change, &next), "{:?} did not come true: {}", change, next);
            // Other keys say what they said.
            let (mut before, mut after) = (said(&now), said(&next));
            before.remove(touched(&change));
            after.remove(touched(&change));
            prop_assert_eq!(format!("{before:?}"), format!("{after:?}"));
            prop_assert_eq!(comments(&now), comments(&next), "{:?}", change);
            let mut lines = next.trim_start_matches(BOM).split_inclusive('\n');
            for line in other_lines(&now, touched(&change)) {
                // With a table goes the blank line above it.
                let is_table = said(&now).get(touched(&change)).is_some_and(toml::Value::is_table);
                let goes = matches!(change, Change::Unset { .. }) || is_table && matches!(change, Change::Set { .. });
                if line.trim().is_empty() && goes {
                    continue;
                }
                let is_it = |new: &str| new == line || !line.ends_with('\n') && new.trim_end_matches(['\r', '\n']) == line;
                prop_assert!(lines.any(is_it), "{:?} lost {:?} of {}", change, line, now);
            }
            let (gone, came) = differing(&now, &next);
            let is_there = said(&now).contains_key(touched(&change));
            if matches!(change, Change::Append { .. } | Change::Insert { .. }) && !gone.contains(']') {
                prop_assert!(gone.trim().is_empty(), "{:?}: {:?} for {:?}", change, gone, came);
            }
            if !is_there {
                prop_assert_eq!(gone, "", "{:?} {:?}", change, came);
            }
            made.push(change);
            now = next;
        }
        // What was edited has a canonical form, as anything has.
        is_settled(&now)?;
        // All at once, too. A number counts the tables that were there at the start.
        let counts = |change: &Change| matches!(change, Change::SetIn { .. } | Change::UnsetIn { .. } | Change::Insert { .. });
        if !made.iter().any(counts) {
            let at_once = apply(&text, &made).map_err(|e| TestCaseError::fail(format!("{e}: {made:?}")))?;
            // Indentation, and the side on which a comment lies, are those of neighbours that went.
            let lines = |text: &str| {
                let mut lines: Vec<String> = text.trim_start_matches(BOM).lines().map(|line| line.trim().to_owned()).collect();
                lines.retain(|line| !line.is_empty());
                lines.sort();
                lines
            };
            prop_assert_eq!(lines(&at_once), lines(&now));
        }
    }

    #[test]
    fn the_canonical_form_is_settled_and_says_the_same(text in file()) {
        is_settled(&text)?;
        let head = fmt::head(&text).map_err(|e| TestCaseError::fail(format!("{e}\n{text}")))?;
        prop_assert_eq!(fmt::head(&head), Ok(head.clone()));
    }

    #[test]
    fn any_text_is_edited_without_a_panic(text in "\\PC*", pieces in proptest::collection::vec(select(&[
        "a = 1\n", "rag = \"x\"\n", "[[update]]\n", "[", "]", "\"", "owners = [\n", "'''", "\"\"\"", "#", "\r", "\n", "{", "}",
        "custom.", "= ", ",", "é", "\u{feff}", "\\",
    ][..]), 0..14), change in changes()) {
        for text in [text.clone(), pieces.concat(), format!("{}{text}", pieces.concat())] {
            let _ = apply(&text, std::slice::from_ref(&change));
            let _ = fmt::recommendation(&text, None);
            let _ = fmt::head(&text);
        }
    }
}
