use super::super::tests::told_since;
use super::*;

fn file(rest: &str) -> &'static str {
    format!("id = \"7\"\ntitle = \"x\"\nowners = [\"OPCC\"]\n{rest}").leak()
}

/// What the rule says of a recommendation that began and ends so, the file having been renamed.
fn told(before: &str, now: &str) -> String {
    told_since(RULE.name, &[("07-a.toml", Text(file(before)))], &[("07-b.toml", Text(file(now)))])
}

/// The deadline, and what stands below the text.
fn due(deadline: &str, below: &str) -> String {
    let deadline = if deadline.is_empty() { String::new() } else { format!("deadline = {deadline}\n") };
    format!("{deadline}text = \"x\"\n{below}")
}

fn extension(from: &str, to: &str, more: &str) -> String {
    format!("\n[[extension]]\nfrom = {from}\nto = {to}\nreason = \"x\"\n{more}")
}

fn milestone(title: &str, due: &str) -> String {
    format!("\n[[milestone]]\ntitle = \"{title}\"\n{due}\n")
}

const MARCH: &str = "2025-03-27";
const JUNE: &str = "2025-06-27";
const SEPTEMBER: &str = "2025-09-27";

#[test]
fn a_date_that_moves_either_way_or_goes_is_told() {
    insta::assert_snapshot!(told(&due(MARCH, ""), &due("2025-03-28", "")), @"
    07-b.toml:4:12 7 was due on 27 Mar 2025 and is now due on 28 Mar 2025 (1 day later), and no new [[extension]] says why
        add an [[extension]] with `from = 2025-03-27`, `to = 2025-03-28` and its `reason`, or put the date back
    ");
    insta::assert_snapshot!(told(&due(MARCH, ""), &due("{ date = 2025-03-20, wording = \"earlier\" }", "")), @"
    07-b.toml:4:12 7 was due on 27 Mar 2025 and is now due on 20 Mar 2025 (7 days earlier), and no new [[extension]] says why
        add an [[extension]] with `from = 2025-03-27`, `to = 2025-03-20` and its `reason`, or put the date back
    ");
    insta::assert_snapshot!(told(&due(MARCH, ""), &due("{ wording = \"when the \\\"new\\\" system is live\" }", "")), @r#"
    07-b.toml:4:12 7 was due on 27 Mar 2025 and is now due "when the "new" system is live", and no new [[extension]] says why
        add an [[extension]] with `from = 2025-03-27`, `to = { wording = "when the \"new\" system is live" }` and its `reason`, or put the date back
    "#);
    insta::assert_snapshot!(told(&due(MARCH, ""), &due("", "")), @r#"
    07-b.toml:1:6 7 was due on 27 Mar 2025, and has no date now
        put the date back; if none can be given, keep words, `deadline = { wording = "..." }`, and say why in an [[extension]] to the same words
    "#);
}

#[test]
fn a_date_where_none_was_and_the_same_date_in_other_words_are_no_slip() {
    for (before, now) in [
        ("", MARCH),
        ("", "{ wording = \"soon\" }"),
        ("{ wording = \"soon\" }", MARCH),
        ("{ wording = \"soon\" }", "{ wording = \"later\" }"),
        ("{ wording = \"soon\" }", ""),
        (MARCH, "{ date = 2025-03-27, wording = \"six months from publication\" }"),
        ("{ date = 2025-03-27, wording = \"by spring\" }", MARCH),
    ] {
        assert_eq!(told(&due(before, ""), &due(now, "")), "", "{before} to {now}");
    }
}

#[test]
fn a_new_extension_or_a_chain_of_them_covers_the_move_that_it_names() {
    let before = due(MARCH, "");
    let covered = [
        (SEPTEMBER, extension(MARCH, SEPTEMBER, "")),
        (SEPTEMBER, extension(MARCH, JUNE, "") + &extension(JUNE, SEPTEMBER, "")),
        (
            SEPTEMBER,
            extension(MARCH, "{ wording = \"x\" }", "") + &extension("{ wording = \"x\" }", SEPTEMBER, ""),
        ),
        ("{ wording = \"when live\" }", extension(MARCH, "{ wording = \"when live\" }", "")),
        ("2025-03-20", extension(MARCH, "2025-03-20", "")),
        // One that was missing is put in as well.
        (SEPTEMBER, extension("2024-12-31", MARCH, "") + &extension(MARCH, SEPTEMBER, "")),
    ];
    for (date, extensions) in covered {
        assert_eq!(told(&before, &due(date, &extensions)), "", "{extensions}");
    }
    insta::assert_snapshot!(told(&before, &due(SEPTEMBER, &extension(JUNE, SEPTEMBER, ""))), @"
    07-b.toml:4:12 7 was due on 27 Mar 2025 and is now due on 27 Sep 2025 (184 days later), and no new [[extension]] leads from the one to the other
        add an [[extension]] with `from = 2025-03-27`, `to = 2025-09-27` and its `reason`, or put the date back
    ");
    insta::assert_snapshot!(told(&before, &due(SEPTEMBER, &extension(MARCH, JUNE, ""))), @"
    07-b.toml:4:12 7 was due on 27 Mar 2025 and is now due on 27 Sep 2025 (184 days later), and no new [[extension]] leads from the one to the other
        add an [[extension]] with `from = 2025-03-27`, `to = 2025-09-27` and its `reason`, or put the date back
    ");
}

#[test]
fn an_extension_that_stood_or_was_edited_is_not_new() {
    let stood = extension("2024-12-31", MARCH, "");
    let before = due(MARCH, &stood);
    insta::assert_snapshot!(told(&before, &due(JUNE, &stood)), @"
    07-b.toml:4:12 7 was due on 27 Mar 2025 and is now due on 27 Jun 2025 (92 days later), and no new [[extension]] says why
        add an [[extension]] with `from = 2025-03-27`, `to = 2025-06-27` and its `reason`, or put the date back
    ");
    let edited = extension(MARCH, JUNE, "");
    insta::assert_snapshot!(told(&before, &due(JUNE, &edited)), @"
    07-b.toml:4:12 7 was due on 27 Mar 2025 and is now due on 27 Jun 2025 (92 days later), and no new [[extension]] says why
        add an [[extension]] with `from = 2025-03-27`, `to = 2025-06-27` and its `reason`, or put the date back; one that stood there and was changed is not new
    ");
    let approved = extension("2024-12-31", MARCH, "approved_by = \"Board\"\n");
    assert_eq!(told(&before, &due(JUNE, &(approved + &edited))), "");
    // The date went back to where it had been: the old extension of that move says nothing of this one.
    let twice = extension(MARCH, JUNE, "") + &extension(JUNE, MARCH, "");
    assert_ne!(told(&due(MARCH, &twice), &due(JUNE, &twice)), "");
    assert_eq!(told(&due(MARCH, &twice), &due(JUNE, &(twice.clone() + &edited))), "");
}

#[test]
fn a_milestone_is_known_by_its_title_its_date_or_its_place() {
    let survey = |due: &str| milestone("Survey", due);
    let report = |due: &str| milestone("Report", due);
    let (march, june) = ("due = 2025-03-27", "due = 2025-06-27");
    let before = due(SEPTEMBER, &(survey(march) + &report(march)));
    for now in [
        report(march) + &survey(march),
        milestone("Survey of all", march) + &report(march),
        survey(march) + &report(&format!("{march}\ndone = 2025-03-20")),
        survey(march) + &report(march) + &milestone("Print", june),
        survey(june) + &report(march) + &extension(MARCH, JUNE, "milestone = \"Survey\"\n"),
        milestone("Poll", june) + &report(march) + &extension(MARCH, JUNE, "milestone = \"Poll\"\n"),
    ] {
        assert_eq!(told(&before, &due(SEPTEMBER, &now)), "", "{now}");
    }
    insta::assert_snapshot!(told(&before, &due(SEPTEMBER, &(report(march) + &survey(june)))), @r#"
    07-b.toml:13:7 "Survey" in 7 was due on 27 Mar 2025 and is now due on 27 Jun 2025 (92 days later), and no new [[extension]] says why
        add an [[extension]] with `from = 2025-03-27`, `to = 2025-06-27`, `milestone = "Survey"` and its `reason`, or put the date back
    "#);
    insta::assert_snapshot!(told(&before, &due(SEPTEMBER, &(milestone("Poll", june) + &report(march)))), @r#"
    07-b.toml:9:7 "Poll" (before: "Survey") in 7 was due on 27 Mar 2025 and is now due on 27 Jun 2025 (92 days later), and no new [[extension]] says why
        add an [[extension]] with `from = 2025-03-27`, `to = 2025-06-27`, `milestone = "Poll"` and its `reason`, or put the date back
    "#);
    insta::assert_snapshot!(told(&before, &due(SEPTEMBER, &(survey("") + &report("due = { wording = \"later\" }")))), @r#"
    07-b.toml:8:9 "Survey" in 7 was due on 27 Mar 2025, and has no date now
        put the date back; if none can be given, keep words, `due = { wording = "..." }`, and say why in an [[extension]] to the same words
    07-b.toml:13:7 "Report" in 7 was due on 27 Mar 2025 and is now due "later", and no new [[extension]] says why
        add an [[extension]] with `from = 2025-03-27`, `to = { wording = "later" }`, `milestone = "Report"` and its `reason`, or put the date back
    "#);
    insta::assert_snapshot!(told(&before, &due(SEPTEMBER, &report(march))), @r#"
    07-b.toml:1:6 7 had a milestone "Survey", due on 27 Mar 2025, which is gone
        put it back; if it is no longer to be done, have that accepted with an [[exception]] in plan.toml, in a change of its own before this one
    "#);
    // What was done is due no more, and may make room for something else.
    let done = due(SEPTEMBER, &(survey(&format!("{march}\ndone = true")) + &report(march)));
    assert_eq!(told(&done, &due(SEPTEMBER, &report(march))), "");
    assert_eq!(told(&done, &due(SEPTEMBER, &(milestone("Print", june) + &report(march)))), "");
    // The deadline's own extension speaks for a milestone that moved with it, and for no other.
    let both = |date: &str| due(date, &report(&format!("due = {date}")));
    assert_eq!(told(&both(MARCH), &(both(JUNE) + &extension(MARCH, JUNE, ""))), "");
    insta::assert_snapshot!(told(&both(MARCH), &(both(JUNE) + &extension(MARCH, JUNE, "milestone = \"Report\"\n"))), @"
    07-b.toml:4:12 7 was due on 27 Mar 2025 and is now due on 27 Jun 2025 (92 days later), and no new [[extension]] leads from the one to the other
        add an [[extension]] with `from = 2025-03-27`, `to = 2025-06-27` and its `reason`, or put the date back
    ");
}

#[test]
fn where_milestones_give_the_date_a_move_is_told_once() {
    let (march, june) = ("due = 2025-03-27", "due = 2025-06-27");
    let before = due("", &(milestone("Survey", march) + &milestone("Report", june)));
    let later = "due = 2025-09-27";
    // The last moved, another became the last, the last is gone.
    insta::assert_snapshot!(told(&before, &due("", &(milestone("Survey", march) + &milestone("Report", later)))), @r#"
    07-b.toml:12:7 "Report" in 7 was due on 27 Jun 2025 and is now due on 27 Sep 2025 (92 days later), and no new [[extension]] says why
        add an [[extension]] with `from = 2025-06-27`, `to = 2025-09-27`, `milestone = "Report"` and its `reason`, or put the date back
    "#);
    insta::assert_snapshot!(told(&before, &due("", &(milestone("Survey", later) + &milestone("Report", june)))), @r#"
    07-b.toml:8:7 "Survey" in 7 was due on 27 Mar 2025 and is now due on 27 Sep 2025 (184 days later), and no new [[extension]] says why
        add an [[extension]] with `from = 2025-03-27`, `to = 2025-09-27`, `milestone = "Survey"` and its `reason`, or put the date back
    "#);
    insta::assert_snapshot!(told(&before, &due("", &milestone("Survey", march))), @r#"
    07-b.toml:1:6 7 had a milestone "Report", due on 27 Jun 2025, which is gone
        put it back; if it is no longer to be done, have that accepted with an [[exception]] in plan.toml, in a change of its own before this one
    "#);
    // A new one gives the date, or a deadline does.
    let print = milestone("Survey", march) + &milestone("Report", june) + &milestone("Print", later);
    insta::assert_snapshot!(told(&before, &due("", &print)), @r#"
    07-b.toml:16:7 7 was due on 27 Jun 2025 and is now due on 27 Sep 2025 (92 days later), and no new [[extension]] says why
        add an [[extension]] with `from = 2025-06-27`, `to = 2025-09-27`, `milestone = "Print"` and its `reason`, or put the date back
    "#);
    let of_print = extension(JUNE, SEPTEMBER, "milestone = \"Print\"\n");
    assert_eq!(told(&before, &due("", &(print + &of_print))), "");
    let same = milestone("Survey", march) + &milestone("Report", june);
    insta::assert_snapshot!(told(&before, &due(SEPTEMBER, &same)), @"
    07-b.toml:4:12 7 was due on 27 Jun 2025 and is now due on 27 Sep 2025 (92 days later), and no new [[extension]] says why
        add an [[extension]] with `from = 2025-06-27`, `to = 2025-09-27` and its `reason`, or put the date back
    ");
    assert_eq!(told(&before, &due(JUNE, &same)), "");
    assert_eq!(told(&before, &due(SEPTEMBER, &(same.clone() + &extension(JUNE, SEPTEMBER, "")))), "");
    // The deadline lost its date, and the milestones give another.
    insta::assert_snapshot!(told(&due(MARCH, ""), &due("{ wording = \"in steps\" }", &same)), @r#"
    07-b.toml:13:7 7 was due on 27 Mar 2025 and is now due on 27 Jun 2025 (92 days later), and no new [[extension]] says why
        add an [[extension]] with `from = 2025-03-27`, `to = 2025-06-27`, `milestone = "Report"` and its `reason`, or put the date back
    "#);
    let in_steps = extension(MARCH, "{ wording = \"in steps\" }", "");
    assert_eq!(told(&due(MARCH, ""), &due("{ wording = \"in steps\" }", &(same + &in_steps))), "");
}

#[test]
fn a_parts_date_is_told_where_it_is_stated() {
    let whole = |deadline: &str| file(&due(deadline, ""));
    let part = |parent: &str, rest: &str| -> &'static str {
        format!("id = \"7.1\"\nparent = \"{parent}\"\ntitle = \"x\"\n{rest}text = \"x\"\n").leak()
    };
    let other = file(&due(JUNE, "")).replacen("\"7\"", "\"8\"", 1).leak();
    let told = |before: (&'static str, &'static str), now: (&'static str, &'static str)| {
        let tree = |(whole, part): (&'static str, &'static str)| {
            [("07-a.toml", Text(whole)), ("7.1-b.toml", Text(part)), ("08-c.toml", Text(other))]
        };
        told_since(RULE.name, &tree(before), &tree(now))
    };
    let own = "deadline = 2025-03-27\n";
    insta::assert_snapshot!(told((whole(MARCH), part("7", "")), (whole(JUNE), part("7", ""))), @"
    07-a.toml:4:12 7 was due on 27 Mar 2025 and is now due on 27 Jun 2025 (92 days later), and no new [[extension]] says why
        add an [[extension]] with `from = 2025-03-27`, `to = 2025-06-27` and its `reason`, or put the date back
    ");
    insta::assert_snapshot!(told((whole(MARCH), part("7", "")), (whole(""), part("7", ""))), @r#"
    07-a.toml:1:6 7 was due on 27 Mar 2025, and has no date now
        put the date back; if none can be given, keep words, `deadline = { wording = "..." }`, and say why in an [[extension]] to the same words
    "#);
    insta::assert_snapshot!(told((whole(MARCH), part("7", own)), (whole(JUNE), part("7", ""))), @"
    07-a.toml:4:12 7 was due on 27 Mar 2025 and is now due on 27 Jun 2025 (92 days later), and no new [[extension]] says why
        add an [[extension]] with `from = 2025-03-27`, `to = 2025-06-27` and its `reason`, or put the date back
    7.1-b.toml:2:10 7.1 was due on 27 Mar 2025 and is now due on 27 Jun 2025 (92 days later), and no new [[extension]] says why
        add an [[extension]] with `from = 2025-03-27`, `to = 2025-06-27` and its `reason`, or put the date back
    ");
    insta::assert_snapshot!(told((whole(MARCH), part("7", "")), (whole(MARCH), part("8", ""))), @"
    7.1-b.toml:2:10 7.1 was due on 27 Mar 2025 and is now due on 27 Jun 2025 (92 days later), and no new [[extension]] says why
        add an [[extension]] with `from = 2025-03-27`, `to = 2025-06-27` and its `reason`, or put the date back
    ");
    assert_eq!(told((whole(MARCH), part("7", own)), (whole(MARCH), part("7", ""))), "");
    assert_eq!(told((whole(MARCH), part("7", "")), (whole(MARCH), part("7", own))), "");
}

#[test]
fn what_could_not_be_read_on_either_side_is_not_compared() {
    let (sound, moved) = (due(MARCH, ""), due(JUNE, ""));
    for broken in [
        due("\"27 March 2025\"", ""),
        due(MARCH, "\n[[extension]]\nfrom = 2025-03-27\n"),
        due(MARCH, "\n[[milestone]]\ndue = 2025-03-27\n"),
        due(MARCH, "\n[[milestone\n"),
    ] {
        assert_eq!(told(&broken, &moved), "", "{broken}");
        assert_eq!(told(&moved, &broken), "", "{broken}");
    }
    assert_ne!(told(&sound, &moved), "");
}
