use super::*;
use crate::model::{Phase, Plan};
use crate::rules::example;
use crate::standing::Standing;
use crate::store::Content;
use chrono::NaiveDate;
use proptest::prelude::*;

const HEAD: &str = "answers_for = [\"Chief Constables\"]\ntitle = \"x\"\n[[owner]]\nname = \"Chief Constables\"\n\
                    member_of = [\"Everybody\"]\n[[owner]]\nname = \"OPCC\"\n[[owner]]\nname = \"Everybody\"\n\
                    [[rag]]\nname = \"Red\"\noutlook = \"miss\"\n[[status]]\nname = \"Complete\"\nphase = \"done\"\n";

fn plan() -> Plan {
    let file = |id: &str, lines: &str| {
        Content::Text(format!("id = \"{id}\"\ntitle = \"T{id}\"\ntext = \"x\"\n{lines}\n").leak())
    };
    example::plan(&[
        ("plan.toml", Content::Text(HEAD)),
        ("01-a.toml", file("1", "owners = [\"Chief Constables\"]\ndeadline = 2025-03-27")),
        ("02-b.toml", file("2", "owners = [\"OPCC\"]\ndeadline = 2025-03-27\naliases = [\"07\"]")),
        (
            "03-c.toml",
            file("3", "owners = [\"OPCC\", \"Chief Constables\"]\nrag = \"Red\"\nprinted_id = \"9\""),
        ),
        (
            "04-d.toml",
            file("4", "owners = [\"Everybody\"]\nstatus = \"Complete\"\ntheme = \"Ä\"\ncustom.ward.beds = [\"Five\", 6]"),
        ),
        ("05-e.toml", file("5", "owners = [\"Everybody\"]\ndeadline = { wording = \"soon\" }")),
        (
            "07-f.toml",
            file(
                "7",
                "owners = [\"OPCC\"]\n[[extension]]\nfrom = 2025-01-01\nto = 2025-09-01\nreason = \"r\"",
            ),
        ),
    ])
    .expect("the plan can be read")
}

fn ids(plan: &Plan, filter: &Filter) -> Vec<String> {
    let today = example::TODAY;
    let search = filter.on(plan, today);
    let matching = plan.recommendations.iter().filter(|r| search.matches(r, &Standing::on(plan, r, today)));
    matching.map(|r| r.id.to_string()).collect()
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|t| (*t).to_owned()).collect()
}

#[test]
fn owners_are_found_alone_jointly_and_through_a_collective() {
    let plan = plan();
    let owned =
        |owner: &str, sole| ids(&plan, &Filter { owners: texts(&[owner]), sole, ..Filter::default() });
    assert_eq!(owned("chief constables", false), ["1", "3", "4", "5"]);
    assert_eq!(owned("Chief Constables", true), ["1"]);
    assert_eq!(owned("Everybody", true), ["4", "5"]);
}

#[test]
fn an_id_goes_before_an_alias_and_a_file_s_number() {
    let plan = plan();
    let asked = |id: &str| ids(&plan, &Filter { ids: texts(&[id]), ..Filter::default() });
    assert_eq!(asked("7"), ["7"]);
    assert_eq!(asked("07"), ["2", "7"]);
    assert_eq!(asked("01"), ["1"]);
    assert_eq!(asked("example:3"), ["3"]);
    assert_eq!((asked("printed:9"), asked("id:9")), (vec!["3".to_owned()], Vec::new()));
    assert!(asked("other:3").is_empty());
}

#[test]
fn words_are_found_in_any_case_also_beyond_ascii() {
    let plan = plan();
    assert_eq!(ids(&plan, &Filter { themes: texts(&["ä"]), ..Filter::default() }), ["4"]);
    assert_eq!(ids(&plan, &Filter { texts: texts(&["t3", "t1"]), ..Filter::default() }), ["1", "3"]);
    assert_eq!(ids(&plan, &Filter { texts: texts(&["FIVE"]), ..Filter::default() }), ["4"]);
    assert!(ids(&plan, &Filter { texts: texts(&["beds"]), ..Filter::default() }).is_empty());
    assert_eq!(ids(&plan, &Filter { rags: texts(&[NOT_RATED]), ..Filter::default() }), ["1", "4", "5"]);
}

fn any_filter() -> impl Strategy<Value = Filter> {
    let owners = proptest::sample::subsequence(vec!["OPCC", "Everybody", "Chief Constables"], 0..3);
    (owners, any::<bool>(), any_marks(), any::<bool>(), any::<Option<bool>>()).prop_map(
        |(owners, sole, marks, done, before)| Filter {
            owners: texts(&owners),
            sole,
            marks,
            phases: if done { vec![Phase::Done, Phase::Open] } else { Vec::new() },
            due_before: before.map(|b| if b { example::TODAY } else { NaiveDate::MIN }),
            ..Filter::default()
        },
    )
}

fn any_marks() -> impl Strategy<Value = Vec<Mark>> {
    let all = vec![
        Mark::Overdue,
        Mark::PastOriginal,
        Mark::DueSoon,
        Mark::Undated,
        Mark::NoDeadline,
        Mark::Unrated,
        Mark::NeverUpdated,
    ];
    proptest::sample::subsequence(all, 0..3)
}

proptest! {
    /// Several flags together find what each of them finds: their order cannot matter.
    #[test]
    fn filters_add_up(a in any_filter(), marks in any_marks()) {
        let plan = plan();
        let both = Filter { marks: [a.marks.clone(), marks.clone()].concat(), ..a.clone() };
        let other = Filter { marks, ..Filter::default() };
        let of_other = ids(&plan, &other);
        let expected: Vec<String> = ids(&plan, &a).into_iter().filter(|id| of_other.contains(id)).collect();
        prop_assert_eq!(ids(&plan, &both), expected);
    }

    #[test]
    fn a_list_sorted_backwards_is_the_list_reversed(key in proptest::sample::select(vec![
        SortKey::Id, SortKey::Title, SortKey::Owner, SortKey::Deadline, SortKey::Rag, SortKey::Implied,
        SortKey::Status, SortKey::Theme, SortKey::Updated,
    ]), several in any::<bool>()) {
        let by = By::over(several);
        let plan = plan();
        let item = |r| Item::new(&plan, r, Standing::on(&plan, r, example::TODAY), Detail::Whole);
        let items: Vec<Item> = plan.recommendations.iter().map(item).collect();
        let mut forwards: Vec<&Item> = items.iter().collect();
        let mut backwards = forwards.clone();
        sort(&mut forwards, key, by, false);
        sort(&mut backwards, key, by, true);
        let ids = |items: &[&Item]| items.iter().map(|i| i.id.to_string()).collect::<Vec<_>>();
        let mut reversed = ids(&backwards);
        reversed.reverse();
        prop_assert_eq!(ids(&forwards), reversed);
    }
}
