//! `plan report --since`: a board's agenda.

use crate::common::{HEAD, plan, recommendation, told};
use crate::diff::fortnight;
use crate::repo::Repo;
use insta::assert_snapshot;

/// The agenda's paper on a day, of what changed since another.
fn paper(repo: &Repo, since: &str, as_of: &str) -> String {
    let arguments = ["--as-of", as_of, "report", "-q", "--format", "markdown", "--since", since];
    told(&mut plan(repo.path(), &arguments))
}

/// What of a paper stands from one heading to another.
fn between<'a>(paper: &'a str, from: &str, to: &str) -> &'a str {
    let from = paper.find(from).unwrap_or_else(|| panic!("{from}: {paper}"));
    let to = paper[from..].find(to).unwrap_or_else(|| panic!("{to}: {paper}"));
    &paper[from..from + to]
}

#[test]
fn what_is_due_by_the_next_meeting_is_due_on_its_day_too() {
    let mut repo = Repo::new();
    repo.write("plans/p/plan.toml", HEAD);
    for (n, due) in ["2025-03-09", "2025-03-10", "2025-04-10", "2025-04-11"].into_iter().enumerate() {
        let id = (n + 1).to_string();
        repo.write(&format!("plans/p/0{id}-a.toml"), &recommendation(&id, &format!("deadline = {due}")));
    }
    repo.commit("2025-02-06", "a plan");
    let arguments = ["--as-of", "2025-03-10", "report", "--format", "markdown", "--since", "2025-02-06"];
    let next = ["--next", "2025-04-10"];
    let paper = told(&mut plan(repo.path(), &[&arguments[..], &next].concat()));
    let from = paper.find("## Overdue").expect("what is late");
    let to = paper.find("## No update").expect("what had no update");
    assert_snapshot!(&paper[from..to], @"
    ## Overdue, and who owns it (1)

    | No. | Recommendation | Owner | Due |
    |---|---|---|---|
    | 1 | Title 1 | Force | 9 Mar 2025 (1 day overdue) |

    ## Due by 10 Apr 2025 (2)

    | No. | Recommendation | Owner | Due |
    |---|---|---|---|
    | 2 | Title 2 | Force | 10 Mar 2025 (today) |
    | 3 | Title 3 | Force | 10 Apr 2025 (in 31 days) |
    ");
}

#[test]
fn a_board_has_its_agenda() {
    let repo = fortnight();
    let run = |arguments: &[&str]| told(plan(repo.path(), arguments).env_remove("PLAN_AS_OF"));
    let paper = |arguments: &[&str]| {
        run(&[&["report", "--format", "markdown", "--at", "HEAD", "-q"], arguments].concat())
    };
    assert_snapshot!("fortnight", paper(&["--since", "2025-03-14"]));
    let agenda = paper(&["--since", "HEAD~3", "--next", "2025-09-30"]);
    assert!(agenda.contains("## Due by 30 Sep 2025") && agenda.contains("Title 1"), "{agenda}");
    let page = run(&["report", "--at", "HEAD", "-q", "--since", "2025-03-14"]);
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
    assert!(at("Since the last meeting") < at("Where it stands"), "an agenda opens the page");
    assert!(!page.contains("What needs attention"));
    for (arguments, why) in [
        (&["--since", "nothing"][..], "nothing"),
        (&["--since", "2025-03-14", "--next", "2025-03-15"], "cannot be before"),
        (&["--since", "2999-01-01"], "cannot be later"),
    ] {
        let refused = paper(arguments);
        assert!(refused.starts_with("exit 2\n---- err") && refused.contains(why), "{refused}");
    }
}

#[test]
fn what_was_updated_since_is_not_silent() {
    let mut repo = Repo::new();
    let one = |id: &str, updates: &str| format!("{}{updates}", recommendation(id, ""));
    let update = |date: &str| format!("[[update]]\ndate = {date}\ntext = \"Done.\"\n");
    let undated = "[[update]]\ntext = \"Done.\"\n";
    repo.write("plans/p/plan.toml", HEAD);
    let before = update("2025-01-02");
    let updates = [
        ("1", String::new(), update("2025-02-10")),
        ("2", String::new(), undated.to_owned()),
        ("3", before.clone(), format!("{before}{undated}")),
        ("4", before.clone(), before),
        ("5", undated.to_owned(), undated.to_owned()),
        ("6", String::new(), String::new()),
        // Of a day to come.
        ("7", String::new(), update("2026-01-01")),
        ("8", update("2025-03-01"), update("2025-03-01")),
    ];
    for (id, before, _) in &updates {
        repo.write(&format!("plans/p/0{id}-a.toml"), &one(id, before));
    }
    repo.commit("2025-02-03", "Take over the plan");
    for (id, _, after) in &updates {
        repo.write(&format!("plans/p/0{id}-a.toml"), &one(id, after));
    }
    repo.write("plans/p/09-a.toml", &one("9", ""));
    repo.commit("2025-07-01", "Report");
    let paper = paper(&repo, "2025-02-03", "2025-07-01");
    assert_snapshot!(between(&paper, "## No update", "## Claimed"), @"
    ## No update since 3 Feb 2025 (4)

    | No. | Recommendation | Owner | Last update |
    |---|---|---|---|
    | 4 | Title 4 | Force | 2 Jan 2025 (stale) |
    | 5 | Title 5 | Force | without a date |
    | 6 | Title 6 | Force | never |
    | 7 | Title 7 | Force | never |
    ");
    let diff = told(&mut plan(repo.path(), &["--as-of", "2025-07-01", "diff", "2025-02-03"]));
    assert!(diff.contains("No update in the period (4): 4, 5, 6, 7\n"), "{diff}");
}

#[test]
fn parts_are_counted_apart_and_marked() {
    let mut repo = Repo::new();
    let one = |id: &str, keys: &str| {
        let milestone = "[[milestone]]\ntitle = \"A draft\"\ndue = 2025-03-01\n";
        format!("{}{milestone}", recommendation(id, keys))
    };
    repo.write("plans/p/plan.toml", HEAD);
    let files = [("8", ""), ("8.1", "parent = \"8\"\n"), ("8.2", "parent = \"8\"\n"), ("9", "")];
    for (id, parent) in files {
        repo.write(&format!("plans/p/{id}-a.toml"), &one(id, &format!("{parent}deadline = 2025-03-01")));
    }
    repo.commit("2025-02-03", "Take over the plan");
    repo.write("plans/p/8.1-a.toml", &one("8.1", "parent = \"8\"\ndeadline = 2025-03-01\nrag = \"Red\""));
    repo.commit("2025-03-03", "Rate a part");
    let paper = paper(&repo, "2025-02-03", "2025-03-10");
    assert_snapshot!(between(&paper, "## Since", "## Due by"), @r#"
    ## Since the last meeting

    From 3 Feb 2025 (e2beebd6) to 10 Mar 2025: 1 part changed.

    **Newly overdue (2, and 2 parts)**

    | No. | Recommendation | Owner | What |
    |---|---|---|---|
    | 8 | Title 8 | Force | due 1 Mar 2025, 9 days overdue |
    | 8.1 | Title 8.1 (part of 8) | Force | due 1 Mar 2025, 9 days overdue |
    | 8.2 | Title 8.2 (part of 8) | Force | due 1 Mar 2025, 9 days overdue |
    | 9 | Title 9 | Force | due 1 Mar 2025, 9 days overdue |

    **Milestones newly missed (2, and 2 of parts)**

    | No. | Recommendation | Owner | What |
    |---|---|---|---|
    | 8 | Title 8 | Force | "A draft", due 1 Mar 2025 |
    | 8.1 | Title 8.1 (part of 8) | Force | "A draft", due 1 Mar 2025 |
    | 8.2 | Title 8.2 (part of 8) | Force | "A draft", due 1 Mar 2025 |
    | 9 | Title 9 | Force | "A draft", due 1 Mar 2025 |

    **Now expected to miss the deadline (0, and 1 part)**

    | No. | Recommendation | Owner | What |
    |---|---|---|---|
    | 8.1 | Title 8.1 (part of 8) | Force | RAG Red |

    **Counts that changed**

    | Count | 3 Feb 2025 | 10 Mar 2025 | Change |
    |---|---:|---:|---:|
    | Overdue | · | 2 | +2 |
    | Milestones missed | · | 2 | +2 |
    | Due soon | 2 | · | −2 |

    **Every change (1)**

    **8.1 Title 8.1 (part of 8)**

    - **RAG** · not rated → Red

    ## Overdue, and who owns it (2, and 2 parts)

    | No. | Recommendation | Owner | Due |
    |---|---|---|---|
    | 8 | Title 8 | Force | 1 Mar 2025 (9 days overdue) |
    | 8.1 | Title 8.1 (part of 8) | Force | 1 Mar 2025 (9 days overdue) |
    | 8.2 | Title 8.2 (part of 8) | Force | 1 Mar 2025 (9 days overdue) |
    | 9 | Title 9 | Force | 1 Mar 2025 (9 days overdue) |

    **Milestones missed (2, and 2 of parts)**

    | No. | Recommendation | Owner | Milestone |
    |---|---|---|---|
    | 8 | Title 8 | Force | “A draft” (was due 1 Mar 2025, 9 days ago) |
    | 8.1 | Title 8.1 (part of 8) | Force | “A draft” (was due 1 Mar 2025, 9 days ago) |
    | 8.2 | Title 8.2 (part of 8) | Force | “A draft” (was due 1 Mar 2025, 9 days ago) |
    | 9 | Title 9 | Force | “A draft” (was due 1 Mar 2025, 9 days ago) |
    "#);
}

#[test]
fn what_came_and_what_went_is_told_first() {
    let mut repo = Repo::new();
    let other = HEAD.replace("Test plan", "Another plan");
    for (plan, head) in [("p", HEAD), ("q", &other)] {
        repo.write(&format!("plans/{plan}/plan.toml"), head);
        for id in ["1", "2"] {
            let keys = "deadline = 2025-09-01\nstatus = \"On Track\"";
            repo.write(&format!("plans/{plan}/0{id}-a.toml"), &recommendation(id, keys));
        }
    }
    repo.write("plans/p/2.1-a.toml", &recommendation("2.1", "parent = \"2\""));
    repo.commit("2025-02-03", "Take over the plans");
    for path in ["p/2.1-a.toml", "p/02-a.toml", "q/plan.toml", "q/01-a.toml", "q/02-a.toml"] {
        repo.remove(&format!("plans/{path}"));
    }
    repo.write("plans/p/01-a.toml", &recommendation("1", "deadline = 2025-09-01\nstatus = \"Complete\""));
    repo.write("plans/p/03-a.toml", &recommendation("3", "deadline = 2025-10-01\nrag = \"Red\""));
    repo.write("plans/p/3.1-a.toml", &recommendation("3.1", "parent = \"3\""));
    repo.commit("2025-03-03", "Another year");
    let paper = paper(&repo, "2025-02-03", "2025-03-10");
    assert_snapshot!(between(&paper, "## Since", "**Counts"), @"
    ## Since the last meeting

    From 3 Feb 2025 (7259d7e6) to 10 Mar 2025: 1 recommendation changed; 1 recommendation, and 1 part, added; 3 recommendations, and 1 part, removed; 1 plan removed.

    **Plans removed (1)**

    | Plan | Recommendations |
    |---|---:|
    | Another plan | 2 |

    **Removed (3, and 1 part)**

    | No. | Recommendation | Owner | What |
    |---|---|---|---|
    | 2 | Title 2 | Force | deadline 1 Sep 2025; status On Track |
    | 2.1 | Title 2.1 (part of 2) | Force | – |
    | 1 | Title 1 (of q) | Force | deadline 1 Sep 2025; status On Track |
    | 2 | Title 2 (of q) | Force | deadline 1 Sep 2025; status On Track |

    **Added (1, and 1 part)**

    | No. | Recommendation | Owner | What |
    |---|---|---|---|
    | 3 | Title 3 | Force | deadline 1 Oct 2025; RAG Red |
    | 3.1 | Title 3.1 (part of 3) | Force | – |

    **Now expected to miss the deadline (1)**

    | No. | Recommendation | Owner | What |
    |---|---|---|---|
    | 3 | Title 3 | Force | RAG Red |

    **Completed (1)**

    | No. | Recommendation | Owner | What |
    |---|---|---|---|
    | 1 | Title 1 | Force | On Track → Complete |
    ");
}

#[test]
fn what_is_expected_to_be_late_stays_so_until_somebody_says_otherwise() {
    let mut repo = Repo::new();
    let one = |id: &str, keys: &str| recommendation(id, &format!("deadline = 2025-09-01\n{keys}"));
    repo.write("plans/p/plan.toml", HEAD);
    for (id, before) in [
        ("1", "rag = \"Red\""),
        ("2", ""),
        ("3", "forecast = 2025-08-01"),
        ("4", "forecast = 2025-09-02"),
        ("5", "forecast = { wording = \"in winter\" }"),
        ("6", "forecast = 2025-12-01\nstatus = \"Complete\""),
    ] {
        repo.write(&format!("plans/p/0{id}-a.toml"), &one(id, before));
    }
    repo.commit("2025-02-03", "Take over the plan");
    repo.write("plans/p/02-a.toml", &one("2", "forecast = 2025-10-01"));
    repo.write("plans/p/03-a.toml", &one("3", "forecast = 2025-09-30"));
    repo.commit("2025-03-03", "Look ahead");
    let agenda = paper(&repo, "2025-02-03", "2025-03-10");
    assert_snapshot!(between(&agenda, "**Now expected", "**Every"), @"
    **Now expected to miss the deadline (2)**

    | No. | Recommendation | Owner | What |
    |---|---|---|---|
    | 2 | Title 2 | Force | forecast 1 Oct 2025 |
    | 3 | Title 3 | Force | forecast 1 Aug 2025 → forecast 30 Sep 2025 |
    ");
    assert_snapshot!(between(&agenda, "## Overdue", "## Due by"), @"
    ## Overdue, and who owns it

    Nothing is overdue.

    **Expected to miss the deadline (4)**

    | No. | Recommendation | Owner | Says |
    |---|---|---|---|
    | 1 | Title 1 | Force | RAG Red |
    | 2 | Title 2 | Force | forecast 1 Oct 2025 |
    | 3 | Title 3 | Force | forecast 30 Sep 2025 |
    | 4 | Title 4 | Force | forecast 2 Sep 2025 |
    ");
    let standing = told(&mut plan(repo.path(), &["report", "-q", "--format", "markdown"]));
    assert_snapshot!(between(&standing, "**Expected", "**Without"), @"
    **Expected to miss the deadline (4)**

    | No. | Recommendation | Owner | Says |
    |---|---|---|---|
    | 1 | Title 1 | Force | RAG Red |
    | 2 | Title 2 | Force | forecast 1 Oct 2025 |
    | 3 | Title 3 | Force | forecast 30 Sep 2025 |
    | 4 | Title 4 | Force | forecast 2 Sep 2025 |
    ");
}

#[test]
fn what_became_of_a_status_is_told_where_it_turned() {
    let mut repo = Repo::new();
    let head = format!("{HEAD}\n[[status]]\nname = \"Closed\"\nphase = \"dropped\"\n");
    let closed = "[closure]\non = 2025-03-01\nreason = \"The law changed.\"\n";
    repo.write("plans/p/plan.toml", &head);
    let turns = [
        ("1", "", "status = \"Complete\"", ""),
        ("2", "status = \"On Track\"", "status = \"Complete\"", "[closure]\non = 2025-03-01\n"),
        ("3", "status = \"On Track\"", "status = \"Closed\"", closed),
        ("4", "status = \"Complete\"", "status = \"On Track\"", ""),
        ("5", "status = \"Closed\"", "", ""),
    ];
    for (id, before, _, _) in turns {
        repo.write(&format!("plans/p/0{id}-a.toml"), &recommendation(id, before));
    }
    repo.commit("2025-02-03", "Take over the plan");
    for (id, _, after, tables) in turns {
        repo.write(&format!("plans/p/0{id}-a.toml"), &format!("{}{tables}", recommendation(id, after)));
    }
    repo.commit("2025-03-03", "Report");
    let paper = paper(&repo, "2025-02-03", "2025-03-10");
    assert_snapshot!(between(&paper, "**Completed", "**Counts"), @"
    **Completed (2)**

    | No. | Recommendation | Owner | What |
    |---|---|---|---|
    | 1 | Title 1 | Force | not reported → Complete |
    | 2 | Title 2 | Force | On Track → Complete, on 1 Mar 2025 |

    **No longer pursued (1)**

    | No. | Recommendation | Owner | What |
    |---|---|---|---|
    | 3 | Title 3 | Force | On Track → Closed: The law changed. |

    **Open again (2)**

    | No. | Recommendation | Owner | What |
    |---|---|---|---|
    | 4 | Title 4 | Force | Complete → On Track |
    | 5 | Title 5 | Force | Closed → not reported |
    ");
}
