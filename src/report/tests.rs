//! What a page counts, of plans of a few lines.

use super::*;
use crate::rules::example;
use crate::store::Content;
use crate::wording::day;

/// A plan of recommendations of these lines, numbered from 1, as a page on a day has it.
fn chapter(today: &str, audience: Audience, recommendations: &[&str]) -> (Chapter, NaiveDate) {
    let files: Vec<(String, String)> = recommendations
        .iter()
        .enumerate()
        .map(|(n, lines)| {
            let id = n + 1;
            let head =
                format!("id = \"{id}\"\ntitle = \"Title {id}\"\nowners = [\"OPCC\"]\ntext = \"Text.\"\n");
            (format!("{id:02}-a.toml"), format!("{head}{lines}\n"))
        })
        .collect();
    let leak = |text: &str| -> &'static str { text.to_owned().leak() };
    let mut all = vec![("plan.toml", Content::Text(leak(example::HEAD)))];
    all.extend(files.iter().map(|(name, text)| (leak(name), Content::Text(leak(text)))));
    let plan = example::plan(&all).expect("the plan can be read");
    let today: NaiveDate = today.parse().expect("a day");
    (Chapter::new(plan, &vec![true; recommendations.len()], audience, today), today)
}

/// A time line, a bin a line: how many of each stage.
fn timeline(today: &str, audience: Audience, recommendations: &[&str]) -> String {
    let (chapter, today) = chapter(today, audience, recommendations);
    let timeline = Timeline::of(&[chapter], audience, today);
    let bin = |bin: &Bin| {
        let today = if bin.holds_today { " (today)" } else { "" };
        let counts = Stage::ALL.iter().zip(bin.counts).filter(|(_, count)| *count > 0);
        let counts: Vec<String> = counts.map(|(stage, count)| format!("{stage:?} {count}")).collect();
        format!("{}{today}: {}\n", bin.label, counts.join(", "))
    };
    let bins: String = timeline.bins.iter().map(bin).collect();
    format!("{bins}without: {}", timeline.without)
}

#[test]
fn a_time_line_holds_today_wherever_it_is() {
    let plan = ["deadline = 2025-03-27", "deadline = 2025-05-01\nstatus = \"Complete\"", ""];
    insta::assert_snapshot!(timeline("2025-02-10", Audience::Internal, &plan), @"
    Feb 2025 (today): 
    Mar 2025: Open 1
    Apr 2025: 
    May 2025: Done 1
    without: 1
    ");
    insta::assert_snapshot!(timeline("2025-06-10", Audience::Internal, &plan), @"
    Mar 2025: Overdue 1
    Apr 2025: 
    May 2025: Done 1
    Jun 2025 (today): 
    without: 1
    ");
    insta::assert_snapshot!(timeline("2025-06-10", Audience::Public, &plan), @"
    Mar 2025: Silent 1
    Apr 2025: 
    May 2025: Done 1
    Jun 2025 (today): 
    without: 1
    ");
}

#[test]
fn what_is_assured_is_told_whatever_is_claimed_and_the_last_word_counts() {
    let assured = "[[assurance]]\nby = \"Audit\"\nstatus = \"confirmed\"\non = 2025-03-02\n\
        [[assurance]]\nby = \"Audit\"\nstatus = \"doubted\"\non = 2025-02-01\n";
    let (chapter, _) = chapter(
        "2025-03-10",
        Audience::Internal,
        &["status = \"Complete\"", "rag = \"Green\"", assured, "rag = \"Red\"", "status = \"On Track\""],
    );
    let told = claims(&chapter).map(|claim| {
        let found =
            claim.found.map(|found| format!("{} {}", found.status, found.on.map(day).unwrap_or_default()));
        format!("{}: {:?} {found:?}\n", claim.recommendation.id, claim.claimed())
    });
    insta::assert_snapshot!(told.collect::<String>(), @r#"
    1: Some("Complete") None
    2: Some("Green") None
    3: None Some("confirmed 2 Mar 2025")
    "#);
}
