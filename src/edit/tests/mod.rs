mod canonical;
mod generated;
mod odd;

use super::*;
use crate::model::Deadline;
use chrono::NaiveDate;

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn change(key: &str, value: impl Into<Value>) -> Change {
    Change::Set { key: key.to_owned(), value: value.into() }
}

fn unset(key: &str) -> Change {
    Change::Unset { key: key.to_owned() }
}

fn add(key: &str, item: &str) -> Change {
    Change::AddTo { key: key.to_owned(), item: item.to_owned() }
}

fn remove(key: &str, item: &str) -> Change {
    Change::RemoveFrom { key: key.to_owned(), item: item.to_owned() }
}

fn update(text: &str) -> Change {
    let entries = vec![("text", Value::from(text)), ("date", Value::Date(date("2025-04-01")))];
    Change::Append { table: "update", entries }
}

fn in_milestone(nth: usize, key: &'static str, value: Value) -> Change {
    Change::SetIn { table: "milestone", nth, key, value }
}

fn worded(day: &str, wording: &str) -> Value {
    Value::Deadline(Deadline::Worded { date: date(day), wording: wording.into() })
}

/// The outcome with what does not show made to show: `\r`, tabs, a byte order mark, the lack of a
/// line ending at the end.
fn edited(text: &str, changes: &[Change]) -> String {
    match apply(text, changes) {
        Ok(text) => {
            let shown = text.replace('\r', "\\r").replace('\t', "→").replace('\u{feff}', "<BOM>");
            if shown.ends_with('\n') { shown } else { format!("{shown}<end>") }
        }
        Err(error) => format!("refused: {error}"),
    }
}

/// A file with a comment at every turn, keys in an order of its own, and several quotations.
const AWKWARD: &str = "# Kept by records.\n\ntitle = 'Make it \"searchable\"' # short\nid=\"7\"\n\
    owners = [\n    \"OPCC\", # first\n    # then\n    \"NPCC\"\n]\n# by when\ndeadline = { date = 2025-03-27, wording = 'by spring' }\n\
    status = \"On Track\"   # since May\n\n# the words\ntext = \"\"\"\nSeek changes.\"\"\"\n\n[[milestone]]\ntitle = \"Ask\"\n\n\
    # found later\n[[evidence]]\ntitle = \"Paper\"\n";

#[test]
fn a_value_gives_way_in_its_own_quotation() {
    let changes = [
        change("title", "Make it all \"searchable\""),
        change("status", "Complete"),
        change("deadline", worded("2025-09-27", "by autumn")),
        change("text", "Seek changes.\n\nSoon."),
    ];
    insta::assert_snapshot!(edited(AWKWARD, &changes));
    insta::assert_snapshot!(edited("id = '7'\ntext = '''\nx'''\n", &[change("text", "a\nb\\c"), change("id", "it's")]), @r#"
    id = "it's"
    text = '''
    a
    b\c'''
    "#);
}

#[test]
fn a_new_key_goes_before_the_next_that_is_there() {
    let changes = [
        change("rag", "Amber"),
        change("lead", "Head of records"),
        change("custom.theatre", "East"),
        change("custom.Force area", "North"),
        change("priority", "high"),
        change("forecast", Value::Date(date("2025-05-01"))),
    ];
    insta::assert_snapshot!(edited(AWKWARD, &changes));
    let crlf = "\u{feff}id = \"7\"\r\ntitle = \"x\"\r\n\r\n# words\r\ntext = \"y\"";
    let changes = [change("rag", "Amber"), update("One.\n\nTwo."), change("printed_id", "8")];
    insta::assert_snapshot!(edited(crlf, &changes), @r#"
    <BOM>id = "7"\r
    printed_id = "8"\r
    title = "x"\r
    rag = "Amber"\r
    \r
    # words\r
    text = "y"\r
    \r
    [[update]]\r
    date = 2025-04-01\r
    text = """\r
    One.\r
    \r
    Two."""\r
    "#);
    // What goes in ends as its neighbours do.
    insta::assert_snapshot!(edited("id = \"7\"\r\ntitle = \"x\"\ntext = \"y\"\n", &[change("aliases", Value::List(vec!["A".into()])), change("rag", "R")]), @r#"
    id = "7"\r
    aliases = ["A"]\r
    title = "x"
    rag = "R"
    text = "y"
    "#);
}

#[test]
fn a_file_of_tables_alone_gets_its_keys_above_them() {
    insta::assert_snapshot!(edited("# head\n\n# one\n[[update]]\ntext = \"x\"", &[change("rag", "R"), change("text", "T")]), @r#"
    # head

    rag = "R"

    text = """
    T"""

    # one
    [[update]]
    text = "x"<end>
    "#);
    insta::assert_snapshot!(edited("", &[change("rag", "R")]), @r#"rag = "R""#);
    insta::assert_snapshot!(edited("# head", &[change("rag", "R"), change("text", "T"), update("U")]), @r#"
    # head
    rag = "R"

    text = """
    T"""

    [[update]]
    date = 2025-04-01
    text = """
    U"""
    "#);
}

#[test]
fn a_key_that_goes_leaves_its_comments() {
    insta::assert_snapshot!(edited(
        AWKWARD,
        &[unset("status"), unset("owners"), unset("title"), unset("rag")]
    ));
    let text =
        "id = \"7\"\ncustom.a = 1\ncustom.b.c = 2 # c\ntext = \"x\"\n\n[closure] # done\non = 2025-01-01\n";
    insta::assert_snapshot!(edited(text, &[unset("custom.b.c"), unset("closure")]), @r#"
    id = "7"
    custom.a = 1
    # c
    text = "x"
    # done
    "#);
    insta::assert_snapshot!(edited(text, &[unset("custom"), unset("closure.on")]), @r#"
    id = "7"
    # c
    text = "x"

    [closure] # done
    "#);
}

#[test]
fn lists_keep_their_lines() {
    insta::assert_snapshot!(edited(
        AWKWARD,
        &[add("owners", "CPS"), add("aliases", "VII"), add("owners", "CPS")]
    ));
    insta::assert_snapshot!(edited(AWKWARD, &[remove("owners", "NPCC")]));
    insta::assert_snapshot!(edited(AWKWARD, &[remove("owners", "OPCC"), add("owners", "MOJ")]));
    insta::assert_snapshot!(edited(AWKWARD, &[remove("owners", "MOJ")]), @"refused: `owners` has no `MOJ`");
    let lists =
        "owners = ['A', 'B' , ]\naliases = []\ndepends_on = [\n\t\"1\",\n\t\"2\", # two\n]\ntext = \"x\"\n";
    let changes = [
        add("owners", "C"),
        add("owners", "it's"),
        remove("owners", "A"),
        add("aliases", "x"),
        add("depends_on", "3"),
        remove("depends_on", "2"),
    ];
    insta::assert_snapshot!(edited(lists, &changes), @r#"
    owners = ['B', 'C', "it's" , ]
    aliases = ["x"]
    depends_on = [
    →"1",
    →# two
    →"3",
    ]
    text = "x"
    "#);
    let odd = "owners = [\"A\",\n  \"B\"] # both\naliases = [\n  # none yet\n]\ndepends_on = [\"1\"\n  , \"2\"\n  , \"3\" ]\n";
    let changes = [add("owners", "C"), add("aliases", "x"), remove("depends_on", "2"), remove("owners", "A")];
    insta::assert_snapshot!(edited(odd, &changes), @r#"
    owners = [
      "B",
      "C"] # both
    aliases = [
      # none yet
        "x",
    ]
    depends_on = ["1"
      , "3" ]
    "#);
    insta::assert_snapshot!(edited("owners = [\"A\"] # a\n", &[remove("owners", "A")]), @"# a");
}

#[test]
fn a_table_goes_after_the_last_of_its_kind() {
    let milestone = Change::Append { table: "milestone", entries: vec![("title", "Tell".into())] };
    let extension = Change::Append {
        table: "extension",
        entries: vec![
            ("reason", "The course is late.".into()),
            ("from", worded("2025-03-27", "by spring")),
            ("to", Value::Deadline(Deadline::Undated { wording: "in summer".into() })),
        ],
    };
    let closure = Change::SetTable {
        table: "closure",
        entries: vec![
            ("on", Value::Date(date("2025-06-01"))),
            ("by", "Board".into()),
            ("reason", "Done.".into()),
        ],
    };
    insta::assert_snapshot!(edited(
        AWKWARD,
        &[milestone, extension, update("One."), update("Two."), closure]
    ));
    let tight = "id = \"7\"\n[[update]]\ntext = \"x\"\n# under it\n\n\n[closure]\nby = \"B\"\n# end";
    let evidence = Change::Append { table: "evidence", entries: vec![("title", "Paper".into())] };
    insta::assert_snapshot!(edited(tight, &[update("y"), evidence, change("closure.on", Value::Date(date("2025-06-01")))]), @r#"
    id = "7"
    [[update]]
    text = "x"
    # under it

    [[update]]
    date = 2025-04-01
    text = """
    y"""

    [[evidence]]
    title = "Paper"


    [closure]
    on = 2025-06-01
    by = "B"
    # end<end>
    "#);
    let inline = "update = [{ text = \"x\" }]\ncustom = { a = 1 }\n";
    insta::assert_snapshot!(edited(inline, &[update("One\ntwo"), change("custom.b", Value::Integer(2)), unset("custom.a")]), @r#"
    update = [{ text = "x" }, { date = 2025-04-01, text = "One\ntwo" }]
    custom = { b = 2 }
    "#);
}

#[test]
fn a_milestone_is_ticked_and_moved() {
    let text = "id = \"7\"\n\n[[milestone]]\n\ttitle = \"Ask\"\n\tdue = 2025-01-01 # firm\n[[milestone]]\ndue = 2025-02-01\n\
                [[milestone]]\ntitle = \"Tell\"\ndue = { wording = \"soon\", date = 2025-05-05 }\n";
    let changes = [
        in_milestone(0, "done", Value::Boolean(true)),
        in_milestone(0, "due", worded("2025-02-02", "in \"February\"")),
        // The second has no title, and is none to the model.
        in_milestone(1, "done", Value::Date(date("2025-03-03"))),
        in_milestone(1, "due", worded("2025-06-06", "later")),
    ];
    insta::assert_snapshot!(edited(text, &changes), @r#"
    id = "7"

    [[milestone]]
    →title = "Ask"
    →due = { date = 2025-02-02, wording = "in \"February\"" } # firm
    →done = true
    [[milestone]]
    due = 2025-02-01
    [[milestone]]
    title = "Tell"
    due = { wording = "later", date = 2025-06-06 }
    done = 2025-03-03
    "#);
    insta::assert_snapshot!(edited(text, &[in_milestone(2, "done", Value::Boolean(true))]), @"refused: `milestone` has no number 3");
    insta::assert_snapshot!(edited(text, &[in_milestone(1, "due", Value::Date(date("2025-06-06")))]), @r#"
    id = "7"

    [[milestone]]
    →title = "Ask"
    →due = 2025-01-01 # firm
    [[milestone]]
    due = 2025-02-01
    [[milestone]]
    title = "Tell"
    due = 2025-06-06
    "#);
    let changes = [Change::UnsetIn { table: "milestone", nth: 0, key: "due" }];
    insta::assert_snapshot!(edited(text, &changes), @r#"
    id = "7"

    [[milestone]]
    →title = "Ask"
    →# firm
    [[milestone]]
    due = 2025-02-01
    [[milestone]]
    title = "Tell"
    due = { wording = "soon", date = 2025-05-05 }
    "#);
}

#[test]
fn what_is_put_in_and_taken_out_at_once_is_gone() {
    let text =
        "rag = \"Red\"\n\n[[milestone]]\ntitle = \"x\"\n\n[custom.a]\nb = 1\n\n[closure]\nby = \"B\"\n";
    insta::assert_snapshot!(edited(text, &[change("custom.theatre", "A"), unset("custom")]), @r#"
    rag = "Red"

    [[milestone]]
    title = "x"

    [closure]
    by = "B"
    "#);
}
