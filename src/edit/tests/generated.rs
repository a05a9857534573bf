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
    ("zebra", &["zebra = [[1, 2], [3]]", "zebra.a = { b = [\n1, # one\n2], c = true }"]),
];

/// Tables, each written in several ways.
const TABLES: &[&[&str]] = &[
    &[
        "[[milestone]]\ntitle = \"Ask\"",
        "[[milestone]] # m\n  done = true\n  title = 'Tell'\n  due = { wording = \"soon\" }",
        "[[milestone]]\ntitle = \"Deep\"\n[milestone.due]\ndate = 2025-01-01\nwording = \"w\"",
    ],
    &["[[extension]]\nfrom = 2025-01-01\nto = 2025-02-02\nreason = \"r\""],
    &[
        "[[update]]\ndate = 2025-01-01\ntext = \"\"\"\nDone.\n[[no header]]\"\"\"",
        "[[ update ]]\n# undated\ntext = \"x\"",
        "[[update]]\nrag = \"Red\"",
    ],
    &["[[evidence]]\ntitle = \"Paper\" # blue"],
    &["[[zebra_table]]\nx = 1\n[zebra_table.y]\nz = 1"],
    &["[closure]\non = 2025-06-01", "[closure] # over\nreason = \"r\"\nby = \"B\""],
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
                let closure = table == TABLES.len() - 1;
                if !closure || !seen.contains(&"closure") {
                    text.push_str(&format!("{between}{}\n", which.get(TABLES[table])));
                    seen.extend(closure.then_some("closure"));
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
            // Other keys say what they said.
            let (mut before, mut after) = (said(&now), said(&next));
            before.remove(touched(&change));
            after.remove(touched(&change));
            prop_assert_eq!(format!("{before:?}"), format!("{after:?}"));
            prop_assert_eq!(comments(&now), comments(&next), "{:?}", change);
            let mut lines = next.trim_start_matches(BOM).split_inclusive('\n');
            for line in other_lines(&now, touched(&change)) {
                // With a table goes the blank line above it.
                if line.trim().is_empty() && matches!(change, Change::Unset { .. }) {
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
        let written = fmt::recommendation(&text, None).map_err(|e| TestCaseError::fail(format!("{e}\n{text}")))?;
        prop_assert_eq!(fmt::recommendation(&written, None), Ok(written.clone()));
        prop_assert_eq!(comments(&text), comments(&written), "{}", written);
        prop_assert!(meaning::same(&toml::Value::Table(said(&text)), &toml::Value::Table(said(&written))));
        prop_assert!(!written.contains('\r') && !written.starts_with(BOM) && !written.contains("\n\n\n[") );
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
