use super::*;
use crate::cli::complete::shells::{Request, Shell, answer};
use clap::ValueEnum as _;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const HEAD: &str = r#"title = "Audit of 2026"

[[owner]]
name = "Chief Constables"
aliases = ["Chiefs"]

[[owner]]
name = "Council"

[[owner]]
name = "Bad\u001b[31m"

[[rag]]
name = "Red"
meaning = """
Will not
be met.\u202e"""

[[status]]
name = "On Track"
"#;

/// A folder with two plans, which the words are then taken from.
fn plans(named: &[&str]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join("plans").join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    let recommendation = |id: &str, theme: &str| {
        format!(
            "id = \"{id}\"\ntitle = \"Title of {id}\"\ntheme = \"{theme}\"\nowners = [\"Council\"]\ntext = \"Do.\"\n"
        )
    };
    write("audit/plan.toml", HEAD);
    let more = "\n[custom]\ntheatre = \"East\"\n\"Board minute\" = 1\n\n[[milestone]]\ntitle = \"Report\"\n\n[[milestone]]\ntitle = \"Order\"\ndone = true\n\n[[milestone]]\ntitle = \"Agree the course\"\ndue = 2025-03-27\n";
    write("audit/07-a.toml", &(recommendation("7", "Victims") + more));
    write("audit/07.1-a.toml", &recommendation("7.1", "Victims"));
    write("audit/08-a.toml", "id = ");
    write("other/plan.toml", "title = \"Other\"\n[[owner]]\nname = \"council\"\n");
    write("other/07-b.toml", &recommendation("7", "Data"));
    write("broken/plan.toml", "title = ");
    PLACE.set(Place {
        here: folder.path().to_owned(),
        directory: PathBuf::from("."),
        plans: named.iter().map(|plan| (*plan).to_owned()).collect(),
        ids: Vec::new(),
    });
    folder
}

/// What goes on from what is typed; with what is said of it.
fn offered(completer: &ArgValueCompleter, typed: &str) -> Vec<String> {
    let told = |candidate: CompletionCandidate| {
        let value = candidate.get_value().to_string_lossy().into_owned();
        candidate.get_help().map_or(value.clone(), |help| format!("{value} ({help})"))
    };
    completer.complete(OsStr::new(typed)).into_iter().map(told).collect()
}

#[test]
fn ids_are_offered_as_they_can_be_asked_for() {
    let _folder = plans(&[]);
    let all = ["audit:7 (Title of 7)", "7.1 (Title of 7.1)", "other:7 (Title of 7)"];
    assert_eq!(offered(&ids(), ""), all);
    assert_eq!(offered(&ids(), "AUDIT:"), ["audit:7 (Title of 7)", "audit:7.1 (Title of 7.1)"]);
    assert!(offered(&ids(), "9").is_empty());
    let _folder = plans(&["Audit"]);
    assert_eq!(offered(&ids(), ""), ["7 (Title of 7)", "7.1 (Title of 7.1)"]);
    // Another plan may still be named.
    assert_eq!(offered(&ids(), "other:"), ["other:7 (Title of 7)"]);
}

#[test]
fn the_words_are_those_of_the_plans_at_hand() {
    let _folder = plans(&[]);
    // A word of two plans is one word; what nobody can type is not offered.
    assert_eq!(offered(&owners(), ""), ["Chief Constables (Chiefs)", "Council"]);
    assert_eq!(offered(&owners(), "chief"), ["Chief Constables (Chiefs)"]);
    assert_eq!(offered(&rags_asked(), ""), [r"Red (Will not be met.\u{202e})", "not rated"]);
    assert_eq!(offered(&statuses_asked(), ""), ["On Track", "not reported"]);
    assert_eq!(offered(&statuses(), ""), ["On Track"]);
    assert_eq!(offered(&themes(), ""), ["Data", "Victims"]);
    assert_eq!(offered(&super::plans(), ""), ["audit (Audit of 2026)", "other (Other)"]);
    assert_eq!(offered(&columns(), "implied_r"), ["implied_rag"]);
    assert_eq!(offered(&fields(), "dep"), ["depends_on"]);
    let _folder = plans(&["other"]);
    assert_eq!(offered(&owners(), ""), ["council"]);
}

#[test]
fn an_assignment_is_a_key_and_what_it_takes() {
    let _folder = plans(&[]);
    assert_eq!(offered(&assignments(), "st"), ["status="]);
    assert_eq!(offered(&assignments(), "status="), ["status=On Track"]);
    assert_eq!(offered(&assignments(), "owners+=co"), ["owners+=Council"]);
    assert!(offered(&assignments(), "title=x").is_empty());
    assert_eq!(offered(&assignments(), "Status="), ["Status=On Track"]);
    assert_eq!(offered(&assignments(), "depends-on=7."), ["depends-on=7.1 (Title of 7.1)"]);
    assert!(offered(&assignments(), "id").is_empty(), "an id stays as it is");
    assert_eq!(offered(&assignments(), "custom"), ["custom.Board minute=", "custom.theatre="]);
}

#[test]
fn what_is_named_before_says_what_can_be_lost_or_ticked() {
    let folder = plans(&[]);
    let fish = |arguments: &[&str]| asked(folder.path(), Shell::Fish, arguments);
    assert_eq!(fish(&["plan", "set", "7.1", "owners-="]), "owners-=Council\n");
    assert!(fish(&["plan", "set", "owners-="]).contains("owners-=Chief Constables"));
    // In the order of the file.
    let milestones = "Report\nAgree the course\t27 Mar 2025\n";
    assert_eq!(fish(&["plan", "close", "audit:7", "--milestone", ""]), milestones);
    assert_eq!(fish(&["plan", "extend", "7", "-p", "audit", "--milestone", ""]), milestones);
    assert_eq!(fish(&["plan", "extend", "7.1", "--milestone", ""]), "");
}

#[test]
fn where_there_is_no_plan_nothing_is_offered() {
    let folder = TempDir::new().expect("a folder");
    PLACE.set(Place { here: folder.path().to_owned(), ..Place::default() });
    for completer in [ids(), owners(), statuses(), rags(), themes(), super::plans()] {
        assert!(offered(&completer, "").is_empty());
    }
}

fn asked(here: &Path, shell: Shell, arguments: &[&str]) -> String {
    let arguments = arguments.iter().map(Into::into).collect();
    let request = Request { shell, arguments, here: here.to_owned(), home: Some(here.to_owned()) };
    String::from_utf8(answer(request)).expect("it is text")
}

#[test]
fn each_shell_is_answered_in_its_own_way() {
    let folder = plans(&[]);
    let asked = |shell: Shell, arguments: &[&str]| asked(folder.path(), shell, arguments);
    let bash = |line: &str, comp_type: &str| asked(Shell::Bash, &[line, " \"'=:", comp_type, "24"]);
    assert_eq!(bash("plan show audit:", "9"), "7\n7.1\n");
    assert_eq!(bash("plan show audit:", "63"), "audit:7    Title of 7\naudit:7.1  Title of 7.\n");
    assert_eq!(bash("plan list --owner=\"ch", "63"), "Chief Constables\n");
    assert_eq!(asked(Shell::Zsh, &["plan", "show", "'oth"]), "+other\\:7:Title of 7\n");
    assert_eq!(asked(Shell::Fish, &["plan", "show", "'oth"]), "other:7\tTitle of 7\n");
    assert_eq!(asked(Shell::Fish, &["plan", "show", "-p", "other", ""]), "7\tTitle of 7\n");
    assert_eq!(asked(Shell::Fish, &["plan", "-C", "plans", "list", "-C", "../pl"]), "../plans/\n");
    assert_eq!(asked(Shell::Zsh, &["plan", "-C", "~/plans", "show", "o"]), "+other\\:7:Title of 7\n");
    // Flags come where a hyphen is typed, or where nothing else can stand.
    assert!(!asked(Shell::Fish, &["plan", "list", "--format", ""]).contains("--"));
    assert!(asked(Shell::Fish, &["plan", "list", ""]).contains("--owner\t"));
    assert!(asked(Shell::Fish, &["plan", "show", "--f"]).starts_with("--format\t"));
    for nonsense in
        [&[][..], &["plan"], &["plan", "nothing", "x"], &["plan", "--", "--", ""], &["", "", "", ""]]
    {
        for shell in Shell::value_variants() {
            asked(*shell, nonsense);
        }
    }
}

#[test]
fn there_is_a_script_for_each_shell() {
    for shell in Shell::value_variants() {
        let script = shells::script(*shell);
        assert!(script.contains("COMPLETE") && script.ends_with('\n'), "{shell:?}");
    }
}
