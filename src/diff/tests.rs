use super::*;
use crate::model::{Plan, Word};
use crate::parse::keys;
use crate::rules::example;
use crate::store::Content;
use proptest::prelude::*;
use toml::{Table, Value as Toml};

/// A recommendation that says everything.
const FULL: &str = r#"id = "7"
printed_id = "8"
parent = "6"
aliases = ["VII"]
title = "Make every stalking crime searchable"
theme = "Records"
priority = "high"
origin = "Report"
owners = ["OPCC"]
lead = "The head of records"
issued = 2024-09-27
deadline = { date = 2025-09-27, wording = "in autumn" }
forecast = 2025-10-01
response = "accepted"
rag = "Amber"
status = "On Track"
mitigation = "More people."
depends_on = ["6"]
custom.theatre = "East"
custom.columns.second = 2

text = "Seek changes to crime recording systems."

[[milestone]]
title = "Ask"
due = 2025-03-01
done = 2025-02-27

[[extension]]
from = 2025-03-27
to = 2025-09-27
on = 2025-02-14
reason = "The course is late."
approved_by = "Board"
milestone = "Ask"

[[answer]]
owner = "OPCC"
response = "accepted"
rag = "Red"
status = "Delayed"
on = 2025-02-01
text = "The office waits for the force."

[[update]]
date = 2025-02-01
period = "Q4"
by = "The head of records"
text = "The supplier was asked."
rag = "Amber"
status = "On Track"
visibility = "public"

[[evidence]]
title = "Minute"
ref = "M/1"
visibility = "public"

[[assurance]]
status = "Substantial"
by = "Audit"
on = 2025-02-20
note = "Looked at ten crimes."

[closure]
on = 2025-03-01
by = "Board"
reason = "Done."
"#;

/// A plan.toml that says everything.
const HEAD: &str = r#"title = "Plan"
organisation = "Force"
source = "Report"
published = 2024-09-27
lead = "The deputy"
governance = "Board"
review_date = 2025-03-27
priorities = ["Victims first"]
answers_for = ["OPCC"]
covers = ["1-29"]
numbering_note = "Printed twice."

[[owner]]
name = "OPCC"
aliases = ["PCC"]
member_of = ["All"]

[[rag]]
name = "Red"
colour = "red"
meaning = "Late."
outlook = "miss"

[[status]]
name = "Done"
meaning = "Delivered."
phase = "done"
outlook = "met"

[policy]
due_soon_days = 10
stale_after_days = 20

[rules]
overdue = "note"

[[exception]]
rule = "overdue"
ids = ["7"]
reason = "Agreed."
approved_by = "Board"
until = 2026-12-31

[publish]
default = "public"
redact = ["Operation X"]
"#;

fn parse(text: &str) -> Recommendation {
    let parsed = crate::parse::recommendation("07-x.toml".into(), text);
    assert!(parsed.whole, "{text}\n{:#?}", parsed.faults);
    parsed.value.expect("a recommendation")
}

fn table(text: &str) -> Table {
    text.parse().expect("TOML")
}

/// Another value than the one that is there, of the same kind.
fn altered(key: &str, value: &Toml) -> Toml {
    match value {
        Toml::String(text) => match (key, text.as_str()) {
            ("visibility" | "default", "public") => "internal".into(),
            ("colour", _) => "green".into(),
            ("outlook", _) => "meet".into(),
            ("phase", _) => "dropped".into(),
            ("overdue", _) => "warning".into(),
            (_, text) => format!("{text} and more").into(),
        },
        Toml::Datetime(_) => table("x = 1999-12-31")["x"].clone(),
        Toml::Integer(n) => (n + 1).into(),
        Toml::Array(items) => {
            let more = if key == "covers" || key == "ids" { "30" } else { "Others" };
            items.iter().cloned().chain([more.into()]).collect::<Vec<_>>().into()
        }
        Toml::Table(inner) => {
            Toml::Table(inner.iter().map(|(key, value)| (key.clone(), altered(key, value))).collect())
        }
        other => panic!("{other} is in no plan"),
    }
}

/// Every way to alter one value of a table that is one key or, below it, one key of an entry; with the
/// name of what is altered.
fn alterations(full: &Table, entries: &[(&str, keys::Keys)]) -> Vec<(String, Table)> {
    let mut all = Vec::new();
    for (key, value) in full {
        let inner = entries.iter().find(|(name, _)| name == key).map(|(_, (_, inner))| *inner);
        let Some(inner) = inner else {
            let mut table = full.clone();
            table.insert(key.clone(), altered(key, value));
            all.push((key.clone(), table));
            continue;
        };
        let entry = value.as_table().or_else(|| value.as_array()?.first()?.as_table()).expect("an entry");
        let missing: Vec<_> = inner.iter().filter(|name| !entry.contains_key(**name)).collect();
        assert!(missing.is_empty(), "the example says nothing of {key}: {missing:?}");
        for (name, value) in entry {
            let mut entry = entry.clone();
            entry.insert(name.clone(), altered(name, value));
            let mut table = full.clone();
            let entry = Toml::Table(entry);
            let now = if full[key].is_array() { Toml::Array(vec![entry]) } else { entry };
            table.insert(key.clone(), now);
            all.push((format!("{key}.{name}"), table));
        }
    }
    all
}

#[test]
fn whatever_is_altered_in_a_recommendation_is_told() {
    let entries = [
        ("milestone", keys::MILESTONE),
        ("extension", keys::EXTENSION),
        ("answer", keys::ANSWER),
        ("update", keys::UPDATE),
        ("evidence", keys::EVIDENCE),
        ("assurance", keys::ASSURANCE),
        ("closure", keys::CLOSURE),
    ];
    let full = table(FULL);
    let missing: Vec<_> = keys::RECOMMENDATION.1.iter().filter(|key| !full.contains_key(**key)).collect();
    assert!(missing.is_empty(), "the example says nothing of {missing:?}");
    let from = parse(FULL);
    assert_eq!(recommendation(&from, &parse(&full.to_string())), []);
    for (what, table) in alterations(&full, &entries) {
        let to = parse(&table.to_string());
        if what == "id" {
            assert_ne!(from.id, to.id, "an id is matched by, and never told");
            continue;
        }
        let told = recommendation(&from, &to);
        let key = what.split('.').next().unwrap_or_default();
        assert!(!told.is_empty(), "{what} is forgotten");
        assert!(told.iter().all(|field| field.key.split('.').next() == Some(key)), "{what}: {told:#?}");
        is_told_in_words(&what, Some("7"), told);
    }
}

#[test]
fn whatever_is_altered_in_plan_toml_is_told() {
    let entries = [
        ("owner", keys::OWNER),
        ("rag", keys::RAG),
        ("status", keys::STATUS),
        ("policy", keys::POLICY),
        ("exception", keys::EXCEPTION),
        ("publish", keys::PUBLISH),
    ];
    let parse = |text: &str| {
        let parsed = crate::parse::head(text);
        assert!(parsed.whole, "{text}\n{:#?}", parsed.faults);
        parsed.value.expect("a head")
    };
    let full = table(HEAD);
    let missing: Vec<_> = keys::HEAD.1.iter().filter(|key| !full.contains_key(**key)).collect();
    assert!(missing.is_empty(), "the example says nothing of {missing:?}");
    let from = parse(HEAD);
    assert_eq!(head(Some(&from), Some(&parse(&full.to_string()))), []);
    for (what, table) in alterations(&full, &entries) {
        let to = parse(&table.to_string());
        let told = head(Some(&from), Some(&to));
        assert!(!told.is_empty(), "{what} is forgotten");
        is_told_in_words(&what, None, told);
    }
}

/// Holds the words of a difference to it: a line for each field, and on no line nothing.
fn is_told_in_words(what: &str, id: Option<&str>, fields: Vec<Field>) {
    let place = Arc::new(PlanPlace { id: "p".to_owned(), folder: String::new() });
    let (id, kind) = (id.map(Id::new), Kind::Changed);
    let change = Change { plan: place, id, title: "x".to_owned(), kind, fields };
    let lines = crate::render::change::lines(&change);
    assert_eq!(lines.len(), change.fields.len(), "{what}: {lines:#?}");
    assert!(
        lines.iter().all(|line| !line.said.ends_with([':', ' ']) && !line.said.is_empty()),
        "{what}: {lines:#?}"
    );
}

/// What is said of the difference between two states of recommendation 7, line by line.
fn said(from: &str, to: &str) -> String {
    let head = "id = \"7\"\ntitle = \"x\"\nowners = [\"OPCC\"]\n";
    let plan = |more: &str| plan_of(&[("07-x.toml", &format!("{head}{more}"))]);
    let (from, to) = (plan(from), plan(to));
    let changes = between(&from, &to);
    let lines = changes.iter().flat_map(crate::render::change::lines);
    lines.map(|line| format!("{}: {}\n", line.name, line.said)).collect()
}

fn plan_of(files: &[(&'static str, &str)]) -> Plan {
    let leak = |text: &str| Content::Text(text.to_owned().leak());
    let files: Vec<_> = files.iter().map(|(name, text)| (*name, leak(text))).collect();
    example::plan(&files).expect("the plan can be read")
}

fn between(from: &Plan, to: &Plan) -> Vec<Change> {
    let gaps = Gaps::default();
    plan(Some(Side { plan: from, gaps: &gaps }), Some(Side { plan: to, gaps: &gaps }))
}

#[test]
fn a_move_is_told_with_its_days_and_its_extension() {
    let text = "text = \"x\"\n";
    let extension = "[[extension]]\nfrom = 2025-03-27\nto = 2025-09-27\nreason = \"The course is late.\"\n";
    insta::assert_snapshot!(
        said(&format!("deadline = 2025-03-27\n{text}"), &format!("deadline = 2025-09-27\n{text}{extension}")),
        @"deadline: 27 Mar 2025 → 27 Sep 2025 (+184 days; extension: The course is late, approval not recorded)"
    );
    insta::assert_snapshot!(
        said(&format!("deadline = 2025-03-27\n{text}"), &format!("deadline = 2025-03-01\n{text}")),
        @"deadline: 27 Mar 2025 → 1 Mar 2025 (−26 days; no extension)"
    );
    // An extension that leads elsewhere is told by itself.
    insta::assert_snapshot!(
        said(&format!("deadline = 2025-03-27\n{text}"), &format!("deadline = 2025-10-01\n{text}{extension}")),
        @"
    deadline: 27 Mar 2025 → 1 Oct 2025 (+188 days; no extension leads there)
    extension: from 27 Mar 2025 to 27 Sep 2025 added: reason The course is late.
    "
    );
    insta::assert_snapshot!(
        said(&format!("deadline = 2025-03-27\n{text}"), &format!("deadline = {{ wording = \"in spring\" }}\n{text}")),
        @"deadline: 27 Mar 2025 → “in spring”"
    );
}

#[test]
fn entries_are_known_again_by_name_by_date_and_by_what_they_say() {
    let base = "text = \"x\"\n";
    let milestone = |title: &str, more: &str| format!("[[milestone]]\ntitle = \"{title}\"\n{more}\n");
    let update = |date: &str, text: &str| {
        let date = if date.is_empty() { String::new() } else { format!("date = {date}\n") };
        format!("[[update]]\n{date}text = \"{text}\"\n")
    };
    insta::assert_snapshot!(
        said(
            &format!("{base}{}{}", milestone("Ask", "due = 2025-03-01"), milestone("Tell", "")),
            &format!("{base}{}{}", milestone("Tell", "done = true"), milestone("Ask them all", "due = 2025-03-01")),
        ),
        @r#"
    milestone: "Tell": done on a day not recorded
    milestone: "Ask": renamed Ask → Ask them all
    milestone: in another order: "Tell", "Ask them all"
    "#
    );
    insta::assert_snapshot!(
        said(
            &format!("{base}{}{}", update("", "The supplier was asked for a date."), update("2025-02-01", "An answer.")),
            &format!(
                "{base}{}{}{}",
                update("2025-01-10", "The supplier was asked for a date."),
                update("2025-02-01", "No answer."),
                update("2025-03-01", "Something altogether new."),
            ),
        ),
        @r"
    update: undated: date 10 Jan 2025
    update: of 1 Feb 2025: text reworded
    update: of 1 Mar 2025 added
    "
    );
    insta::assert_snapshot!(
        said(&format!("{base}{}", update("2025-02-01", "An answer.")), base),
        @"update: of 1 Feb 2025 removed"
    );
}

#[test]
fn a_renamed_file_and_an_alias_are_no_change() {
    let file = "id = \"7\"\ntitle = \"x\"\nowners = [\"Chief Constables\"]\ntext = \"x\"\n";
    let from = plan_of(&[("07-x.toml", file)]);
    let to = plan_of(&[("07-y.toml", &file.replace("Constables", "Constable"))]);
    assert!(matches!(&to.recommendations[0].owners[0], Word::Known { written: Some(_), .. }));
    assert_eq!(between(&from, &to), []);
}

#[test]
fn what_a_part_inherits_is_its_parents_change() {
    let part = "id = \"7.1\"\nparent = \"7\"\ntitle = \"x\"\ntext = \"x\"\n";
    let whole = |day: &str| {
        format!("id = \"7\"\ntitle = \"x\"\nowners = [\"OPCC\"]\ndeadline = {day}\ntext = \"x\"\n")
    };
    let plan = |day: &str| plan_of(&[("07-x.toml", &whole(day)), ("7.1-x.toml", part)]);
    let changes = between(&plan("2025-03-27"), &plan("2025-09-27"));
    let ids: Vec<String> = changes.iter().filter_map(|c| c.id.as_ref()).map(ToString::to_string).collect();
    assert_eq!(ids, ["7"]);
}

#[test]
fn what_may_be_unread_is_neither_added_nor_removed() {
    let file = |id: &str| format!("id = \"{id}\"\ntitle = \"x\"\nowners = [\"OPCC\"]\ntext = \"x\"\n");
    let both = plan_of(&[("07-x.toml", &file("7")), ("08-x.toml", &file("8"))]);
    let one = plan_of(&[("07-x.toml", &file("7"))]);
    let whole = Gaps::default();
    let unread = Gaps { files: vec![("08-x.toml".to_owned(), None)], ..Gaps::default() };
    let (both, one) = (Side { plan: &both, gaps: &whole }, Side { plan: &one, gaps: &unread });
    assert_eq!((plan(Some(both), Some(one)), plan(Some(one), Some(both))), (vec![], vec![]));
}

#[test]
fn words_of_long_texts_are_compared_where_they_differ() {
    let long = |n: usize, word: &str| (0..n).map(|i| format!("{word}{i} ")).collect::<String>();
    let (old, new) = (format!("same {} end", long(9_000, "a")), format!("same {} end", long(9_000, "b")));
    let pieces = words(&old, &new);
    assert_eq!(pieces.len(), 4, "two texts with nothing in common are not compared word by word");
    assert_eq!(
        words("one two three four", "one 2 three\nfour five"),
        [
            Piece::Same("one".to_owned()),
            Piece::Removed("two".to_owned()),
            Piece::Added("2".to_owned()),
            Piece::Same("three four".to_owned()),
            Piece::Added("five".to_owned()),
        ]
    );
}

proptest! {
    #[test]
    fn the_words_of_a_difference_are_those_of_its_texts(old in "[ab \n]{0,30}", new in "[abc \n]{0,30}") {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for piece in words(&old, &new) {
            match &piece {
                Piece::Same(text) => { before.push(text.clone()); after.push(text.clone()); }
                Piece::Removed(text) => before.push(text.clone()),
                Piece::Added(text) => after.push(text.clone()),
            }
        }
        let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assert_eq!((before.join(" "), after.join(" ")), (tidy(&old), tidy(&new)));
    }

    #[test]
    fn updates_that_differ_are_told_and_the_same_are_not(
        old in prop::collection::vec((0..3_u8, 0..4_u8), 0..6),
        new in prop::collection::vec((0..3_u8, 0..4_u8), 0..6),
    ) {
        let text = |updates: &[(u8, u8)]| {
            let mut text = "id = \"7\"\ntitle = \"x\"\nowners = [\"OPCC\"]\ntext = \"x\"\n".to_owned();
            for (day, words) in updates {
                let date = if *day == 0 { String::new() } else { format!("date = 2025-01-0{day}\n") };
                text.push_str(&format!("[[update]]\n{date}text = \"text {words} of it\"\n"));
            }
            parse(&text)
        };
        let fields = recommendation(&text(&old), &text(&new));
        prop_assert_eq!(fields.is_empty(), old == new);
        let order = fields.iter().filter(|f| matches!(f.to, Some(Value::List(_)))).count();
        let came = fields.iter().filter(|f| f.from.is_none()).count();
        let went = fields.iter().filter(|f| f.to.is_none()).count();
        prop_assert!(order <= 1 && old.len() + came == new.len() + went);
    }
}
