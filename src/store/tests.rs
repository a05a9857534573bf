use super::*;
use crate::model::Id;
use crate::rules::example;

const GOOD: &str = "id = \"1\"\ntitle = \"One\"\nowners = [\"OPCC\"]\ntext = \"x\"\n";

fn loaded(files: &[(&str, Content)], purpose: Purpose) -> (Listing, Vec<Loaded>) {
    let source = Memory::new(files.iter().copied());
    let listing = find_plans(&source, "root").expect("the root can be listed");
    let loaded = load_each(&source, listing.plans.clone(), purpose, |l| l);
    (listing, loaded)
}

#[test]
fn plans_are_found_at_any_depth_and_hidden_files_are_passed_over() {
    let head = Content::Text(example::HEAD);
    let files = [
        ("b/plan.toml", head),
        ("a/deep/er/plan.toml", head),
        ("a/deep/er/01-x.toml", Content::Text(GOOD)),
        ("a/stray.toml", Content::Text("")),
        (".hidden/plan.toml", head),
        ("b/.swp.toml", Content::Text("")),
        ("b/sub/plan.toml", head),
        ("b/07-x.TOML", Content::Text("")),
        ("b/link", Content::Link),
        ("b/notes.md", Content::Text("")),
    ];
    let (listing, _) = loaded(&files, Purpose::View);
    let ids: Vec<&str> = listing.plans.iter().map(|p| p.place.id.as_str()).collect();
    assert_eq!(ids, ["a/deep/er", "b", "b/sub"]);
    let found: Vec<(&str, &str)> = listing.findings.iter().map(|f| (f.rule, f.path.as_str())).collect();
    assert_eq!(found, [("stray-file", "a/stray.toml"), ("stray-file", "b/07-x.TOML"), ("symlink", "b/link")]);
}

#[test]
fn the_root_may_be_the_plan() {
    let (listing, _) = loaded(&[("plan.toml", Content::Text(example::HEAD))], Purpose::View);
    assert_eq!(listing.plans[0].place.id, "root");
}

#[test]
fn a_file_that_nobody_may_read_is_a_failure_and_leaves_the_others() {
    let files = [
        ("plan.toml", Content::Text(example::HEAD)),
        ("01-a.toml", Content::Text(GOOD)),
        ("02-b.toml", Content::Forbidden),
    ];
    let (_, loaded) = loaded(&files, Purpose::Rules);
    let unread = [Unread { path: "02-b.toml".into(), message: "permission denied".into() }];
    assert_eq!(loaded[0].failures, unread);
    assert_eq!(loaded[0].unread, unread);
    assert_eq!(loaded[0].plan.as_ref().map(|p| p.recommendations.len()), Some(1));
    assert!(loaded[0].gaps.may_hold(&Id::new("2")) && !loaded[0].gaps.may_hold(&Id::new("3")));
}

#[test]
fn a_head_that_cannot_be_read_takes_its_recommendations_out_of_view_and_says_so() {
    let files = [("plan.toml", Content::Text("title = \n")), ("01-a.toml", Content::Text(GOOD))];
    let (_, loaded) = loaded(&files, Purpose::View);
    assert!(loaded[0].plan.is_none());
    let told: Vec<&str> = loaded[0].unread.iter().map(|u| u.message.as_str()).collect();
    assert_eq!(told, ["line 1: missing value; its 1 recommendation is not shown"]);
}

#[test]
fn a_view_shows_no_file_that_hides_something() {
    let wrong = "id = \"2\"\ntitle = \"Two\"\nowners = [\"OPCC\"]\ndeadline = \"2025-03-27\"\ntext = \"x\"\n";
    let odd = "id = \"3\"\ntitle = \"Three\"\nowners = [\"OPCC\"]\nzebra = 1\ntext = \"x\"\n";
    // Shown without its deadline, it would pass for one that has none.
    let meant = "id = \"4\"\ntitle = \"Four\"\nowners = [\"OPCC\"]\ndedline = 2025-03-27\ntext = \"x\"\n";
    let files = [
        ("plan.toml", Content::Text(example::HEAD)),
        ("02-b.toml", Content::Text(wrong)),
        ("03-c.toml", Content::Text(odd)),
        ("04-d.toml", Content::Text(meant)),
    ];
    let ids = |purpose| {
        let (_, loaded) = loaded(&files, purpose);
        let plan = loaded.into_iter().next().and_then(|l| l.plan).expect("a plan");
        plan.recommendations.iter().map(|r| r.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(ids(Purpose::View), ["3"]);
    assert_eq!(ids(Purpose::Rules), ["2", "3", "4"]);
}

#[test]
fn a_file_that_holds_a_raw_control_character_is_not_passed_over() {
    let raw = "id = \"2\"\ntitle = \"Two\u{1b}[31m\"\nowners = [\"OPCC\"]\ntext = \"x\"\n";
    let files = [("plan.toml", Content::Text(example::HEAD)), ("02-b.toml", Content::Text(raw))];
    let (_, loaded) = loaded(&files, Purpose::View);
    let told: Vec<&str> = loaded[0].unread.iter().map(|u| u.message.as_str()).collect();
    assert_eq!(told, ["line 2: a character that does not show: U+001B (escape, which steers terminals)"]);
}

#[test]
fn many_plans_and_large_plans_come_in_order() {
    let heads: Vec<String> = (0..40).map(|n| format!("p{n:02}/plan.toml")).collect();
    let files: Vec<String> = (0..400).map(|n| format!("p00/{n:03}-x.toml")).collect();
    let all = heads.iter().map(|p| (p.as_str(), Content::Text(example::HEAD)));
    let all: Vec<_> = all.chain(files.iter().map(|p| (p.as_str(), Content::Text(GOOD)))).collect();
    let (_, loaded) = loaded(&all, Purpose::View);
    let ids: Vec<String> = loaded.iter().map(|l| l.place.id.clone()).collect();
    assert_eq!(ids, (0..40).map(|n| format!("p{n:02}")).collect::<Vec<_>>());
    let first = loaded.into_iter().next().and_then(|l| l.plan).expect("a plan");
    let names: Vec<&str> = first.recommendations.iter().map(|r| &*r.file).collect();
    assert!(names.is_sorted() && names.len() == 400);
}

#[test]
fn a_head_with_a_fault_that_no_view_depends_on_hides_no_recommendation() {
    let shown = |slip: &str| {
        let head = example::HEAD.replacen("[[rag]]\n", &format!("[[rag]]\n{slip}\n"), 1);
        assert_ne!(head, example::HEAD);
        let files = [("plan.toml", Content::Text(head.leak())), ("01-x.toml", Content::Text(GOOD))];
        let (_, loaded) = loaded(&files, Purpose::View);
        let unread: Vec<_> = loaded[0].unread.iter().map(|u| u.path.clone()).collect();
        (loaded[0].plan.as_ref().map_or(0, |plan| plan.recommendations.len()), unread)
    };
    assert_eq!(shown("meaning = 1"), (1, vec!["plan.toml".to_owned()]));
    assert_eq!(shown("outlok = \"meet\"").0, 0, "what a level means decides what is shown");
}

/// A folder with another in it, which the system does not open.
struct Closed;

impl Source for Closed {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let closed = Entry { name: "closed".to_owned(), kind: EntryKind::Folder };
        if folder.is_empty() { Ok(vec![closed]) } else { Err(io::Error::from_raw_os_error(13)) }
    }

    fn read(&self, _: &str, _: &mut Vec<u8>) -> io::Result<Size> {
        Err(io::ErrorKind::NotFound.into())
    }
}

#[test]
fn a_folder_that_the_system_does_not_open_is_named_in_plain_words() {
    let listing = find_plans(&Closed, "root").expect("the root can be listed");
    let [unread] = listing.failures.as_slice() else { panic!("{:?}", listing.failures) };
    assert_eq!(unread.path, "closed");
    assert!(!unread.message.contains("os error"), "{}", unread.message);
}
