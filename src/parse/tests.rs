use super::*;
use crate::source::position;
use proptest::prelude::*;

fn told(text: &str, faults: &[Diagnostic]) -> String {
    let line = |d: &Diagnostic| {
        let at = d.span.map_or_else(String::new, |s| {
            let p = position(text, s.range().start);
            format!("{}:{} ", p.line, p.column)
        });
        format!("{at}{}: {}\n    {}\n", d.rule, d.message, d.help.as_deref().unwrap_or("no help"))
    };
    faults.iter().map(line).collect()
}

fn faults(text: &str) -> String {
    told(text, &recommendation("07-x.toml".into(), text).faults)
}

#[test]
fn every_fault_of_type_and_key_is_told_with_its_remedy() {
    insta::assert_snapshot!(faults(
        r#"id = 7
title = ""
owners = "Chief Constables"
deadline = "2025-03-27"
forecast = "in spring"
issued = 2025-03-27T10:00:00
stattus = "On Track"
zebra = 1
text = ["a"]
milestone = 3

[[milestone]]
done = false

[[extension]]
from = { date = "soon", wording = "soon" }

[[update]]
date = 2025-03-27
visibility = "pubic"

[update.more]

[closure]
when = 2025-01-01
"#
    ));
}

#[test]
fn a_head_tells_its_faults_too() {
    let text = r#"
titel = "x"
published = "2024-09-27"
covers = ["9-1", 7]

[[rag]]
name = "Red"
colour = "crimson"
outlook = "mis"

[[status]]
phase = "elsewhere"

[policy]
due_soon_days = -1

[rules]
overdue = "warn"

[[exception]]
ids = ["1"]
"#;
    insta::assert_snapshot!(told(text, &head(text).faults));
}

#[test]
fn what_is_missing_from_a_broken_file_is_no_finding() {
    insta::assert_snapshot!(faults("id = 7 8
"), @r#"
    1:6 syntax: text without quotes
        put the text between double quotes: "..."
    "#);
    insta::assert_snapshot!(faults("id = \"7\"\n"));
}

#[test]
fn hidden_characters_are_found_raw_and_spelt() {
    let text = "id = \"7\"\ntitle = \"a\\u001b[31mb\"\nowners = [\"x\"] # \u{202e}\ntext = \"\u{9b}\0\"\n";
    insta::assert_snapshot!(faults(text));
}

#[test]
fn every_key_is_known_to_the_reader() {
    for key in keys::RECOMMENDATION.1 {
        let text = format!("{key} = 1.5\n");
        let parsed = recommendation("x.toml".into(), &text);
        assert!(parsed.faults.iter().all(|f| f.rule != "unknown-key"), "{key}: {:?}", parsed.faults);
    }
    for key in keys::HEAD.1 {
        let parsed = head(&format!("{key} = 1.5\n"));
        assert!(parsed.faults.iter().all(|f| f.rule != "unknown-key"), "{key}: {:?}", parsed.faults);
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in "\\PC*", key in proptest::sample::select(keys::RECOMMENDATION.1)) {
        let _ = recommendation("x.toml".into(), &text);
        let _ = head(&text);
        let _ = recommendation("x.toml".into(), &format!("{key} = {text}"));
    }
}
