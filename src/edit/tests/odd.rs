//! Texts that nobody writes twice: prose with everything in it, files written oddly, files too large to read.

use super::super::fmt;
use super::*;

#[test]
fn prose_is_written_as_it_is_meant() {
    let prose = "A \\ path, three \"\"\" quotes,\r\na \u{1b} and\ta tab, \"two\"\"  \n\n";
    insta::assert_snapshot!(edited("id = \"7\"\ntext = \"x\"\n", &[update(prose)]), @r#"
    id = "7"
    text = "x"

    [[update]]
    date = 2025-04-01
    text = """
    A \\ path, three ""\" quotes,
    a \u001B and→a tab, "two"\""""
    "#);
    insta::assert_snapshot!(edited("id = \"7\"\ntext = \"x\"\n", &[change("text", "y"), change("mitigation", "a\nb"), change("lead", "a\rb\u{7f}")]), @r#"
    id = "7"
    lead = "a\rb\u007F"
    mitigation = """
    a
    b"""
    text = "y"
    "#);
    insta::assert_snapshot!(edited("text = \"\"\n", &[change("text", "\nx\r\r\ny'")]), @r#"
    text = """

    x
    y'"""
    "#);
    insta::assert_snapshot!(edited("text = '''x'''\n", &[change("text", "it's '' x\ny")]), @"
    text = '''
    it's '' x
    y'''
    ");
}

#[test]
fn oddly_written_files_are_changed_or_refused() {
    let odd = "\"rag\" = \"Red\"\ndeadline . date = 2025-01-01\ndeadline.wording = \"soon\"\n[custom]\na = 1\n[custom.b]\nc = 2\n";
    let changes = [
        change("rag", "Green"),
        change("deadline", worded("2025-02-02", "late")),
        change("custom.d", Value::Integer(3)),
        change("custom.b.e", Value::Integer(4)),
    ];
    insta::assert_snapshot!(edited(odd, &changes), @r#"
    "rag" = "Green"
    deadline . date = 2025-02-02
    deadline.wording = "late"
    [custom]
    a = 1
    d = 3
    [custom.b]
    c = 2
    e = 4
    "#);
    insta::assert_snapshot!(edited(odd, &[change("deadline", Value::Date(date("2025-02-02")))]), @r#"
    "rag" = "Red"
    deadline = 2025-02-02
    [custom]
    a = 1
    [custom.b]
    c = 2
    "#);
    insta::assert_snapshot!(edited("[custom.b]\nc = 2\n", &[change("custom.d", Value::Integer(3))]), @"
    custom.d = 3

    [custom.b]
    c = 2
    ");
    insta::assert_snapshot!(edited("rag.x = \"Red\"\n", &[change("rag", "Green")]), @"refused: `rag` is a table here, which cannot be changed in this way");
    insta::assert_snapshot!(edited("rag = \"Red\"\nrag = \"Green\"\n", &[change("rag", "Green")]), @"refused: line 2 has to be mended before this file is changed: `rag` is said twice");
    insta::assert_snapshot!(edited("update = 3\n", &[update("x")]), @"refused: `update` is an integer here, which cannot be changed in this way");
    insta::assert_snapshot!(edited("owners = \"A\"\n", &[add("owners", "B")]), @"refused: `owners` is a string here, which cannot be changed in this way");
    insta::assert_snapshot!(edited("id = \"7\"\n[[update]]\n", &[unset("update")]), @"refused: `update` is a list here, which cannot be changed in this way");
    insta::assert_snapshot!(edited("id = \"7\"\n", &[change("zebra", "x")]), @"refused: there is no key `zebra`");
    insta::assert_snapshot!(edited("id = \"7\"\n", &[change("id = \"8\"\nrag", "x")]), @r#"refused: there is no key `id = "8" rag`"#);
    insta::assert_snapshot!(edited("deadline = {\n  date = 2025-01-01, # firm\n  wording = \"x\",\n}\n", &[change("deadline", Value::Date(date("2025-02-02")))]), @"
    # firm
    deadline = 2025-02-02
    ");
}

#[test]
fn a_deadline_in_lines_of_its_own_becomes_a_date() {
    let moved = [change("deadline", Value::Date(date("2025-02-02")))];
    let below = "id = \"7\"\nowners = [\"A\"]\n\ntext = \"x\"\n\n# as printed\n[deadline] # of the report\nwording = \"soon\"\n\n[[update]]\ntext = \"y\"\n";
    insta::assert_snapshot!(edited(below, &moved), @r#"
    id = "7"
    owners = ["A"]
    deadline = 2025-02-02

    text = "x"

    # as printed
    # of the report

    [[update]]
    text = "y"
    "#);
    let milestone = "[[milestone]]\ntitle = \"m\"\n[milestone.due]\nwording = \"soon\" # or so\n\n[[milestone]]\ntitle = \"n\"\ndue.wording = \"late\"\ndone = false\n";
    let due = |nth| in_milestone(nth, "due", Value::Date(date("2025-02-02")));
    insta::assert_snapshot!(edited(milestone, &[due(0), due(1)]), @r#"
    [[milestone]]
    title = "m"
    due = 2025-02-02
    # or so

    [[milestone]]
    title = "n"
    due = 2025-02-02
    done = false
    "#);
}

#[test]
fn a_table_goes_before_another_of_its_kind() {
    let new = |before| Change::Insert {
        table: "update",
        before,
        entries: vec![("text", Value::from("new")), ("date", Value::Date(date("2025-02-02")))],
    };
    let tables =
        "id = \"7\"\r\n\r\n# the first\r\n[[update]]\r\ntext = \"a\"\r\n\r\n[[update]]\r\ntext = \"b\"\r\n";
    insta::assert_snapshot!(edited(tables, &[new(0)]), @r#"
    id = "7"\r
    \r
    [[update]]\r
    date = 2025-02-02\r
    text = """\r
    new"""\r
    \r
    # the first\r
    [[update]]\r
    text = "a"\r
    \r
    [[update]]\r
    text = "b"\r
    "#);
    insta::assert_snapshot!(edited(tables, &[new(1), new(1)]), @r#"
    id = "7"\r
    \r
    # the first\r
    [[update]]\r
    text = "a"\r
    \r
    [[update]]\r
    date = 2025-02-02\r
    text = """\r
    new"""\r
    \r
    [[update]]\r
    date = 2025-02-02\r
    text = """\r
    new"""\r
    \r
    [[update]]\r
    text = "b"\r
    "#);
    insta::assert_snapshot!(edited(tables, &[new(2)]), @"refused: `update` has no number 3");
    insta::assert_snapshot!(edited("update = [{ text = \"a\" }, { text = \"b\" }]\n", &[new(1)]), @r#"update = [{ text = "a" }, { date = 2025-02-02, text = "new" }, { text = "b" }]"#);
    insta::assert_snapshot!(edited("update = [\n  # one\n  { text = \"a\" },\n  { text = \"b\" } # two\n]\n", &[new(1), new(0)]), @r#"
    update = [
      # one
      { date = 2025-02-02, text = "new" },
      { text = "a" },
      { date = 2025-02-02, text = "new" },
      { text = "b" } # two
    ]
    "#);
}

#[test]
fn what_is_written_holds_no_conflict() {
    let text = "<<<<<<< ours\nDone.\n=======\nNot done.\n>>>>>>> theirs";
    insta::assert_snapshot!(edited("id = \"7\"\n", &[update(text)]), @"refused: what is to be written holds a conflict that a merge left (<<<<<<<, =======, >>>>>>>): settle it first");
}

#[test]
fn changes_are_made_one_after_the_other() {
    let text = "id = \"7\"\nrag = \"Red\"\n";
    let changes = [
        change("rag", "Green"),
        change("rag", "Red"),
        unset("rag"),
        unset("rag"),
        change("rag", "Blue"),
        add("owners", "A"),
        remove("owners", "A"),
        add("owners", "B"),
    ];
    insta::assert_snapshot!(edited(text, &changes), @r#"
    id = "7"
    owners = ["B"]
    rag = "Blue"
    "#);
    assert_eq!(apply(text, &[change("rag", "Red"), unset("status")]).as_deref(), Ok(text));
}

/// Many tables, many items, many changes: work in their square would take minutes.
#[test]
fn a_large_file_is_changed_in_good_time() {
    let milestone = "[[milestone]]\ntitle=\"m\"\n";
    let text = format!("id=\"7\"\n{}{}", milestone.repeat(1_000), "[[update]]\nrag=\"x\"\n".repeat(10_000));
    let ticks = (0..1_000).map(|nth| in_milestone(nth, "done", Value::Boolean(true)));
    let changes: Vec<Change> = ticks.chain([update("One."), change("status", "Complete")]).collect();
    let changed = apply(&text, &changes).expect("it is changed");
    assert_eq!(changed.matches("done = true\n").count(), 1_000);
    assert!(fmt::recommendation(&changed, None).is_ok());

    let items = "\"A\", ".repeat(20_000);
    let text = format!("owners = [\n{items}\"B\",\n]\n");
    insta::assert_snapshot!(edited(&text, &[remove("owners", "A"), add("owners", "C")]), @r#"
    owners = [
    "B",
    "C",
    ]
    "#);
    let tables = "{ title = \"m\" }, ".repeat(5_000);
    let ticks: Vec<Change> = (0..5_000).map(|nth| in_milestone(nth, "done", Value::Boolean(true))).collect();
    let changed = apply(&format!("milestone = [{tables}]\n"), &ticks).expect("it is changed");
    assert_eq!(changed.matches("done = true").count(), 5_000);
}

#[test]
fn a_deadline_with_a_header_of_its_own_gives_way_where_nothing_stands_above_it() {
    let text = "\n[deadline]\nwording = \"by spring\"\ndate = 2025-03-27\n\n[closure]\nby = \"A\"\n";
    insta::assert_snapshot!(edited(text, &[change("deadline", Value::Date(date("2025-02-02")))]), @r#"
    deadline = 2025-02-02


    [closure]
    by = "A"
    "#);
}
