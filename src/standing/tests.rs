use super::*;
use crate::rules::example;
use crate::store::Content;

/// A plan that answers for Chief Constables, with a recommendation of those lines.
fn plan_of(lines: &'static str) -> Plan {
    let head = format!("answers_for = [\"Chief Constables\"]\n{}", example::HEAD);
    let text = format!("id = \"1\"\ntitle = \"One\"\n{lines}\n");
    let lines = if lines.contains("owners") {
        text
    } else {
        text.replace("title", "owners = [\"Chief Constables\"]\ntitle")
    };
    let lines = if lines.contains("\ntext") { lines } else { lines.replace("title", "text = \"x\"\ntitle") };
    let files = [("plan.toml", Content::Text(head.leak())), ("01-a.toml", Content::Text(lines.leak()))];
    example::plan(&files).expect("the plan can be read")
}

fn on(day: &str, lines: &'static str) -> Standing {
    let plan = plan_of(lines);
    Standing::on(&plan, &plan.recommendations[0], day.parse().expect("a day"))
}

fn implied(day: &str, lines: &'static str) -> Option<String> {
    on(day, lines).implied_rag.map(|level| level.name.clone())
}

#[test]
fn the_day_itself_is_in_time() {
    let lines = "deadline = 2025-03-27";
    assert_eq!(on("2025-03-27", lines).days_overdue, None);
    assert_eq!(on("2025-03-28", lines).days_overdue, Some(1));
    assert!(on("2025-03-27", lines).due_soon && on("2025-02-25", lines).due_soon);
    assert!(!on("2025-02-24", lines).due_soon && !on("2025-03-28", lines).due_soon);
}

#[test]
fn a_milestone_is_missed_from_the_day_after_it() {
    let lines = "[[milestone]]\ntitle = \"Ask\"\ndue = 2025-03-27";
    assert_eq!(on("2025-03-27", lines).milestones_missed, 0);
    assert_eq!(on("2025-03-28", lines).milestones_missed, 1);
}

#[test]
fn what_another_body_reports_is_elsewhere_until_something_is_said() {
    let phase = |lines| on("2025-03-28", lines).phase;
    assert_eq!(phase("owners = [\"OPCC\"]\ndeadline = 2025-03-27"), Phase::Elsewhere);
    assert_eq!(phase("owners = [\"OPCC\", \"Chief Constables\"]"), Phase::Open);
    assert_eq!(phase("owners = [\"OPCC\"]\nrag = \"Red\""), Phase::Open);
    assert_eq!(phase("owners = [\"OPCC\"]\nstatus = \"Complete\""), Phase::Done);
    assert_eq!(phase("owners = [\"OPCC\"]\n[[update]]\ntext = \"x\""), Phase::Open);
    let answer = |says: &'static str| on("2025-03-28", says).phase;
    assert_eq!(answer("owners = [\"OPCC\"]\n[[answer]]\nowner = \"OPCC\"\nrag = \"Red\""), Phase::Open);
    assert_eq!(
        answer("owners = [\"OPCC\"]\n[[answer]]\nowner = \"OPCC\"\nstatus = \"On Track\""),
        Phase::Open
    );
    assert_eq!(answer("owners = [\"OPCC\"]\n[[answer]]\nowner = \"OPCC\"\ntext = \"x\""), Phase::Elsewhere);
    let standing = on("2025-03-28", "owners = [\"OPCC\"]\ndeadline = 2025-03-27");
    assert_eq!((standing.overdue(), standing.implied_rag.is_some()), (false, false));
    assert_eq!(standing.freshness, Freshness::NotExpected);
}

#[test]
fn without_a_deadline_the_latest_milestone_is_due() {
    let lines = "[[milestone]]\ntitle = \"a\"\ndue = 2025-03-01\ndone = true\n[[milestone]]\ntitle = \"b\"\ndue = 2025-02-01";
    let standing = on("2025-02-15", lines);
    assert_eq!(standing.due.map(|d| d.to_string()).as_deref(), Some("2025-03-01"));
    assert_eq!(standing.next_due.map(|d| d.to_string()).as_deref(), Some("2025-02-01"));
    assert_eq!((standing.milestones_missed, standing.overdue()), (1, false));
    assert!(!standing.no_deadline && !standing.undated);
}

#[test]
fn an_undated_deadline_is_undated_also_with_milestones() {
    let standing =
        on("2025-02-15", "deadline = { wording = \"soon\" }\n[[milestone]]\ntitle = \"a\"\ndue = 2025-03-01");
    assert!(standing.undated && !standing.no_deadline);
    assert!(on("2025-02-15", "").no_deadline);
}

#[test]
fn what_is_implied_follows_dates_before_status() {
    assert_eq!(implied("2025-03-28", "deadline = 2025-03-27").as_deref(), Some("Red"));
    assert_eq!(implied("2025-03-27", "deadline = 2025-03-27"), None);
    assert_eq!(
        implied("2025-03-27", "status = \"On Track\"\ndeadline = 2025-03-27").as_deref(),
        Some("Amber")
    );
    let late = "status = \"On Track\"\ndeadline = 2025-03-27\nforecast = 2025-04-01";
    assert_eq!(implied("2025-01-01", late).as_deref(), Some("Red"));
    assert_eq!(implied("2025-01-01", "status = \"Delayed\""), None);
    assert_eq!(implied("2025-01-01", "status = \"Closed\"").as_deref(), Some("Red"));
    assert_eq!(
        implied("2025-03-28", "status = \"Complete\"\ndeadline = 2025-03-27").as_deref(),
        Some("Green")
    );
    let open_milestone = "status = \"Complete\"\n[[milestone]]\ntitle = \"a\"\ndue = 2025-01-01";
    assert_eq!(implied("2025-03-28", open_milestone), None);
    assert_eq!(on("2025-03-28", open_milestone).milestones_missed, 1);
}

#[test]
fn an_update_without_a_date_never_counts_as_fresh() {
    let freshness = |day, lines| on(day, lines).freshness;
    assert_eq!(freshness("2025-03-28", ""), Freshness::NeverUpdated);
    assert_eq!(freshness("2025-03-28", "[[update]]\ntext = \"x\""), Freshness::UpdatesUndated);
    let dated = "[[update]]\ndate = 2025-01-01\ntext = \"x\"\n[[update]]\ntext = \"y\"";
    assert_eq!(freshness("2025-04-01", dated), Freshness::Fresh);
    assert_eq!(freshness("2025-04-02", dated), Freshness::Stale);
}

#[test]
fn the_original_due_is_before_the_first_extension_of_the_recommendation_itself() {
    let lines = "deadline = 2025-09-27\n[[milestone]]\ntitle = \"m\"\n[[extension]]\nfrom = 2024-01-01\nto = 2024-02-01\n\
                 reason = \"r\"\nmilestone = \"m\"\n[[extension]]\nfrom = 2025-03-27\nto = 2025-09-27\nreason = \"r\"";
    assert_eq!(on("2025-01-01", lines).original_due.map(|d| d.to_string()).as_deref(), Some("2025-03-27"));
}

#[test]
fn a_part_inherits_owners_and_deadline_that_it_does_not_state() {
    let part = "id = \"1.1\"\ntitle = \"Part\"\nparent = \"1\"\ntext = \"x\"\n";
    let whole = "id = \"1\"\ntitle = \"Whole\"\nowners = [\"OPCC\"]\ndeadline = 2025-03-27\ntext = \"x\"\n";
    let plan = example::plan(&[("01-a.toml", Content::Text(whole)), ("1.1-b.toml", Content::Text(part))])
        .expect("a plan");
    let part = &plan.recommendations[1];
    assert_eq!(part.owners[0].name(), "OPCC");
    assert!(part.owners_inherited && part.deadline_inherited);
    assert!(Standing::on(&plan, part, example::TODAY).overdue());
}
