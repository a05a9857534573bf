use super::*;
use crate::model::Id;
use crate::rules::example;
use crate::store::Content;

const FILE: &str = "id = \"7\"\ntitle = \"x\"\nowners = [\"Chief Constable\"]\ndeadline = 2025-03-27\ncustom = { n = 1, share = 0.5, yes = true, regions = [\"South\"], seen = 2025-01-01 }\ntext = \"x\"\n";
const TWICE: &str = "id = \"8\"\ntitle = \"x\"\nowners = [\"Chief Constable\", \"OPCC\", \"Chief Constables\"]\ntext = \"x\"\n";
const COLUMNS: &str = "id = \"8\"\ntitle = \"x\"\nowners = [\"OPCC\"]\ntext = \"x\"\n[custom]\n\"Board.Minute\" = 1\nPlace = { Room = 2 }\n";
const PART: &str = "id = \"7.1\"\nparent = \"7\"\ntitle = \"x\"\ntext = \"x\"\n";

fn told(assignment: &str, id: &str) -> String {
    let files = [("07-x.toml", Content::Text(FILE)), ("7.1-x.toml", Content::Text(PART))];
    let plan = example::plan(&files).expect("a plan");
    let r = plan.get(&Id::new(id)).expect("a recommendation");
    let assignment = Assignment::parse(assignment).expect("an assignment");
    match assignment.change(&plan, r) {
        Ok(changes) => changes.iter().map(|change| format!("{change:?}")).collect::<Vec<_>>().join("; "),
        Err(refusal) => refusal.to_string(),
    }
}

#[test]
fn what_is_typed_is_held_to_the_plan() {
    let all = [
        "status=on track",
        "status=On Trak",
        "status=",
        "rag=amber",
        "RAG+=Red",
        "owners+=opcc",
        "owners+=Chief Constables",
        "owners-=Chief Constables",
        "owners=OPCC; chief constable;OPCC",
        "owners=",
        "owners+=NPCC",
        "deadline=2025-09-27",
        "forecast=27 Mar 2025",
        "issued=soon",
        "depends_on+=7.1",
        "depends_on+=9",
        "title=",
        "id=8",
        "update=x",
        "titel=x",
        "custom.n=2",
        "custom.n=two",
        "custom.theatre=East",
        "Custom.Board Minute=12 (a)",
        "custom.share=0.75",
        "custom.share=half",
        "custom.yes=FALSE",
        "custom.yes=no",
        "custom.regions=North; East",
        "custom.seen=2025-04-01",
        "custom.seen= ",
        "custom.regions+=",
        "CUSTOM.N=3",
        "custom.a.b=x",
        "custom.\"a.b\"=x",
        "owners+=",
        "owners=;",
        "owners=OPCC, chief constable",
        "owners=OPCC, Smith",
        "owners-=OPCC",
        "depends-on-=",
        "mitigation=More.\n\n- people",
        "text=\n    code\n",
        "theme= ",
        "forecast=2025-02-30",
        "theme=two\nlines",
        "milestones=x",
        "zzz=x",
        "evidence=x",
    ];
    let lines = all.iter().map(|text| format!("{text}\n    {}\n", told(text, "7")));
    insta::assert_snapshot!(lines.collect::<String>(), @r#"
    status=on track
        Set { key: "status", value: String("On Track") }
    status=On Trak
        unknown status `On Trak`: did you mean `On Track`?
    status=
        Unset { key: "status" }
    rag=amber
        Set { key: "rag", value: String("Amber") }
    RAG+=Red
        `rag` is no list: write rag=...
    owners+=opcc
        AddTo { key: "owners", item: "OPCC" }
    owners+=Chief Constables
        7 is owned by Chief Constables already
    owners-=Chief Constables
        7 would have no owner left: add the new one first
    owners=OPCC; chief constable;OPCC
        Set { key: "owners", value: List(["OPCC", "Chief Constables"]) }
    owners=
        7 would have no owner: only a part has its parent's
    owners+=NPCC
        unknown owner `NPCC`: did you mean `OPCC`? Else register it in plan.toml with [[owner]]
    deadline=2025-09-27
        7 has the deadline 27 Mar 2025, and a deadline moves with a reason: `plan extend 7 --to DATE --reason ... --approved-by ...`
    forecast=27 Mar 2025
        `27 Mar 2025` is no date: write it as 2025-03-27
    issued=soon
        `soon` is no date: write a day that there is as YYYY-MM-DD: 2025-03-27
    depends_on+=7.1
        AddTo { key: "depends_on", item: "7.1" }
    depends_on+=9
        unknown recommendation `9`; there are: 7, 7.1
    title=
        every recommendation has a title
    id=8
        an id stays as it is: others refer to it; `printed_id` and `aliases` hold other numbers
    update=x
        `plan update 7` adds an update
    titel=x
        unknown key `titel`: did you mean `title`?
    custom.n=2
        Set { key: "custom.n", value: Integer(2) }
    custom.n=two
        Set { key: "custom.n", value: String("two") }
    custom.theatre=East
        Set { key: "custom.theatre", value: String("East") }
    Custom.Board Minute=12 (a)
        Set { key: "custom.\"Board Minute\"", value: String("12 (a)") }
    custom.share=0.75
        Set { key: "custom.share", value: Float(0.75) }
    custom.share=half
        Set { key: "custom.share", value: String("half") }
    custom.yes=FALSE
        Set { key: "custom.yes", value: Boolean(false) }
    custom.yes=no
        Set { key: "custom.yes", value: Boolean(false) }
    custom.regions=North; East
        Set { key: "custom.regions", value: List(["North", "East"]) }
    custom.seen=2025-04-01
        Set { key: "custom.seen", value: Date(2025-04-01) }
    custom.seen= 
        Unset { key: "custom.seen" }
    custom.regions+=
        custom.regions is to gain or lose something, and it is not said what
    CUSTOM.N=3
        Set { key: "custom.n", value: Integer(3) }
    custom.a.b=x
        Set { key: "custom.a.b", value: String("x") }
    custom."a.b"=x
        Set { key: "custom.\"a.b\"", value: String("x") }
    owners+=
        `owners` is to gain or lose something, and it is not said what
    owners=;
        7 would have no owner: only a part has its parent's
    owners=OPCC, chief constable
        Set { key: "owners", value: List(["OPCC", "Chief Constables"]) }
    owners=OPCC, Smith
        unknown owner `OPCC, Smith`; there are: Chief Constables, OPCC (several are set off by semicolons); or register it in plan.toml with [[owner]]
    owners-=OPCC
        7 is owned by Chief Constables, not by OPCC
    depends-on-=
        `depends_on` is to gain or lose something, and it is not said what
    mitigation=More.

    - people
        Set { key: "mitigation", value: String("More.\n\n- people") }
    text=
        code

        Set { key: "text", value: String("    code") }
    theme= 
        Unset { key: "theme" }
    forecast=2025-02-30
        `2025-02-30` is no date: write a day that there is as YYYY-MM-DD: 2025-03-27
    theme=two
    lines
        `theme` is one line, and this is several
    milestones=x
        unknown key `milestones`: did you mean `milestone`?
    zzz=x
        unknown key `zzz`; there are: printed_id, parent, aliases, title, theme, priority, origin, owners, lead, issued, deadline, forecast, response, rag, status, mitigation, depends_on, custom, text, closure
    evidence=x
        `evidence` has keys of its own, below [[evidence]]: edit the file
    "#);
    insta::assert_snapshot!(told("deadline=2025-09-27", "7.1"), @r#"Set { key: "deadline", value: Deadline(On(2025-09-27)) }"#);
    insta::assert_snapshot!(told("owners=", "7.1"), @r#"Unset { key: "owners" }"#);
}

/// What assignments, as they are typed, make of a recommendation.
fn all(typed: &[&str], id: &str) -> String {
    let files = [
        ("07-x.toml", Content::Text(FILE)),
        ("08-x.toml", Content::Text(TWICE)),
        ("7.1-x.toml", Content::Text(PART)),
    ];
    let plan = example::plan(&files).expect("a plan");
    let r = plan.get(&Id::new(id)).expect("a recommendation");
    let typed: Vec<Assignment> = typed.iter().filter_map(|text| Assignment::parse(text)).collect();
    if let Some(key) = said_twice(&typed) {
        return format!("{key} is set twice");
    }
    match changes(&typed, &plan, r) {
        Ok(changes) => changes.iter().map(|change| format!("{change:?}\n")).collect(),
        Err(refusals) => refusals.iter().map(|refusal| format!("{refusal}\n")).collect(),
    }
}

#[test]
fn each_is_held_to_what_those_before_it_leave() {
    let cases: &[(&[&str], &str)] = &[
        (&["owners+=OPCC", "owners=Chief Constables"], "7"),
        (&["owners=Chief Constables", "owners+=chief constable"], "7"),
        (&["owners-=Chief Constables", "owners=OPCC"], "7"),
        (&["owners-=OPCC", "owners=OPCC"], "7"),
        (&["aliases+=B", "aliases=A", "aliases-=A"], "7"),
        (&["owners+=OPCC", "owners-=Chief Constables"], "7.1"),
        (&["owners-=Chief Constables"], "8"),
        (&["rag=Red", "RAG=Amber"], "7"),
        (&["depends-on=7", "depends_on=8"], "7.1"),
        (&["custom.A=1", "Custom.a=2"], "7"),
    ];
    let lines = cases.iter().map(|(typed, id)| format!("{id} {typed:?}\n{}\n", all(typed, id)));
    insta::assert_snapshot!(lines.collect::<String>(), @r#"
    7 ["owners+=OPCC", "owners=Chief Constables"]
    Set { key: "owners", value: List(["Chief Constables"]) }
    AddTo { key: "owners", item: "OPCC" }

    7 ["owners=Chief Constables", "owners+=chief constable"]
    7 is owned by Chief Constables already

    7 ["owners-=Chief Constables", "owners=OPCC"]
    7 is owned by OPCC, not by Chief Constables

    7 ["owners-=OPCC", "owners=OPCC"]
    7 would have no owner left: add the new one first

    7 ["aliases+=B", "aliases=A", "aliases-=A"]
    Set { key: "aliases", value: List(["A"]) }
    AddTo { key: "aliases", item: "B" }
    RemoveFrom { key: "aliases", item: "A" }

    7.1 ["owners+=OPCC", "owners-=Chief Constables"]
    Set { key: "owners", value: List(["Chief Constables", "OPCC"]) }
    RemoveFrom { key: "owners", item: "Chief Constables" }

    8 ["owners-=Chief Constables"]
    RemoveFrom { key: "owners", item: "Chief Constable" }
    RemoveFrom { key: "owners", item: "Chief Constables" }

    7 ["rag=Red", "RAG=Amber"]
    rag is set twice
    7.1 ["depends-on=7", "depends_on=8"]
    depends_on is set twice
    7 ["custom.A=1", "Custom.a=2"]
    custom.a is set twice
    "#);
}

#[test]
fn a_column_is_found_under_its_own_name() {
    let files = [("08-x.toml", Content::Text(COLUMNS))];
    let plan = example::plan(&files).expect("a plan");
    let r = plan.get(&Id::new("8")).expect("a recommendation");
    for (typed, key) in [
        ("custom.Board.Minute=2", "custom.\"Board.Minute\""),
        ("custom.\"board.minute\"=2", "custom.\"Board.Minute\""),
        ("custom.place.room=2", "custom.Place.Room"),
        ("custom.place.Floor=2", "custom.Place.Floor"),
    ] {
        let changes = Assignment::parse(typed).expect("an assignment").change(&plan, r);
        let kept = if key.ends_with("Floor") { Value::from("2") } else { Value::Integer(2) };
        assert_eq!(changes, Ok(vec![Change::Set { key: key.to_owned(), value: kept }]), "{typed}");
    }
}

#[test]
fn an_alias_of_several_owners_means_none_of_them() {
    let head = "title = \"T\"\npriorities = [\"Protect the public\"]\n[[owner]]\nname = \"A\"\naliases = [\"Board\"]\n[[owner]]\nname = \"B\"\naliases = [\"board\"]\n[[owner]]\nname = \"C, D\"\n";
    let file = "id = \"7\"\ntitle = \"x\"\nowners = [\"A\"]\ntext = \"x\"\n";
    let files = [("plan.toml", Content::Text(head)), ("07-x.toml", Content::Text(file))];
    let plan = example::plan(&files).expect("a plan");
    let r = plan.get(&Id::new("7")).expect("a recommendation");
    let told = |typed: &str| match Assignment::parse(typed).expect("an assignment").change(&plan, r) {
        Ok(changes) => format!("{changes:?}"),
        Err(refusal) => refusal.to_string(),
    };
    insta::assert_snapshot!(told("owners+=Board"), @"`Board` may mean several owners: say `A` or `B`");
    insta::assert_snapshot!(told("owners=c, d"), @r#"[Set { key: "owners", value: List(["C, D"]) }]"#);
    insta::assert_snapshot!(told("priority=protect the Public"), @r#"[Set { key: "priority", value: String("Protect the public") }]"#);
    insta::assert_snapshot!(told("priority=high"), @r#"[Set { key: "priority", value: String("high") }]"#);
}

#[test]
fn an_id_is_no_assignment() {
    for id in ["7", "plan:7", "SR (25/26) 01", "=x", "a b=c", "id:A=1", "printed:A=1"] {
        assert_eq!(Assignment::parse(id), None, "{id}");
    }
}
