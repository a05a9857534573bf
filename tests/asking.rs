//! What is asked for at a terminal, and written in an editor.

mod terminal;

use insta::assert_snapshot;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use terminal::Terminal;

const HEAD: &str = "title = \"Audit\"\n\n[[owner]]\nname = \"Chief Constables\"\n\n[[owner]]\nname = \"NPCC\"\n\n[[rag]]\nname = \"Red\"\n";

/// A folder with a plan, and an editor in a folder with a space, which writes what `words` says below what is there.
fn folder(words: &str) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    write("plans/audit/plan.toml", HEAD);
    write(
        "plans/audit/07-search.toml",
        "id = \"7\"\ntitle = \"Search\"\nowners = [\"NPCC\"]\n\ntext = \"Do.\"\n",
    );
    write(
        "my editor/edit",
        &format!("cp \"$2\" \"$HOME/seen\"\n[ \"$1\" = --wait ] && printf '{words}' >> \"$2\"\n"),
    );
    folder
}

fn start(folder: &Path, command: &str) -> Option<Terminal> {
    let environment = [
        ("HOME", folder.as_os_str()),
        ("EDITOR", OsStr::new("sh \"$HOME/my editor/edit\" --wait")),
        ("PLAN_AS_OF", OsStr::new("2025-03-28")),
        ("TMPDIR", folder.as_os_str()),
    ];
    Terminal::start(
        "questions at a terminal",
        &["sh"],
        &format!("{command}; echo ended $?"),
        folder,
        environment,
    )
}

/// Answers each question when it is asked, and gives what was shown in the end.
fn answered(terminal: &mut Terminal, answers: &[(&str, &str)]) -> String {
    let mut from = 0;
    for (question, answer) in answers {
        terminal.wait(|screen| screen[from..].contains(question), question);
        from = terminal.screen().len();
        terminal.press(answer);
    }
    terminal.wait(|screen| screen.contains("ended "), "the end");
    terminal.screen().replace('\r', "")
}

#[test]
fn what_a_new_recommendation_needs_is_asked_for() {
    let folder = folder("Train them.\\n");
    let Some(mut terminal) = start(folder.path(), "plan new") else { return };
    let answers = [
        ("Title: ", "\r"),
        ("Title: ", "Trim\u{1b}[D\r"),
        ("Title: ", "Train managers\r"),
        ("Owners (numbers or names", "3\r"),
        ("Owners (numbers or names", "2; chief constables\r"),
        ("Deadline (", "30 June 2027\r"),
        ("Deadline (", "2027-06-30\r"),
    ];
    assert_snapshot!(answered(&mut terminal, &answers), @"
    Title: 
    [1m[31merror[0m: every recommendation has a title
    Title: Trim^[[D
    [1m[31merror[0m: this cannot be a title: it holds a character that does not show: U+001B
    (escape, which steers terminals)
    Title: Train managers
      1  Chief Constables
      2  NPCC
    Owners (numbers or names, set off by semicolons): 3
    [1m[31merror[0m: unknown owner `3`; there are: Chief Constables, NPCC; or register it in
    plan.toml with [[owner]]
    Owners (numbers or names, set off by semicolons): 2; chief constables
    Deadline (2027-03-31; empty for none): 30 June 2027
    [1m[31merror[0m: `30 June 2027`: write it as 2027-06-30
    Deadline (2027-03-31; empty for none): 2027-06-30
    plans/audit/08-train-managers.toml
    ended 0
    ");
    let written =
        fs::read_to_string(folder.path().join("plans/audit/08-train-managers.toml")).expect("a file");
    assert_snapshot!(written, @r#"
    id = "8"
    title = "Train managers"
    owners = ["NPCC", "Chief Constables"]
    deadline = 2027-06-30

    text = "Train them."
    "#);
    assert_snapshot!(fs::read_to_string(folder.path().join("seen")).expect("the editor saw it"), @r#"

    <!-- What does "Train managers" ask for? This line is left out; an empty text gives up. -->
    "#);
}

#[test]
fn what_may_be_left_out_is_not_asked_for_by_itself() {
    let folder = folder("Train them.\\n");
    let Some(mut terminal) = start(folder.path(), "plan new --title Train --owner NPCC") else { return };
    assert_snapshot!(answered(&mut terminal, &[]), @"
    plans/audit/08-train.toml
    ended 0
    ");
}

#[test]
fn whoever_does_not_answer_has_written_nothing() {
    let folder = folder("");
    let Some(mut terminal) = start(folder.path(), "plan new") else { return };
    let shown = answered(&mut terminal, &[("Title: ", "Train\r"), ("Owners (", "\u{4}")]);
    assert!(shown.contains("no answer, and nothing was written") && shown.ends_with("ended 2\n"), "{shown}");
    assert_eq!(fs::read_dir(folder.path().join("plans/audit")).expect("a folder").count(), 2);
}

#[test]
fn an_update_is_written_in_the_editor() {
    let place = folder("A first version.\\n\\n- It is slow.\\n");
    let Some(mut terminal) = start(place.path(), "plan update 7 --rag red") else { return };
    assert_snapshot!(answered(&mut terminal, &[]), @"
    [1m7  Search[0m
    [2m  RAG     [0mnot rated → Red
    [2m  update  [0mof 28 Mar 2025 added: RAG Red
              A first version.

              - It is slow.
    ended 0
    ");
    let file = place.path().join("plans/audit/07-search.toml");
    let written = fs::read_to_string(&file).expect("a file");
    assert_snapshot!(written, @r#"
    id = "7"
    title = "Search"
    owners = ["NPCC"]
    rag = "Red"

    text = "Do."

    [[update]]
    date = 2025-03-28
    text = """
    A first version.

    - It is slow."""
    rag = "Red"
    "#);

    // Who saves nothing gives up.
    let place = folder("  \\n");
    let Some(mut terminal) = start(place.path(), "plan update 7") else { return };
    let shown = answered(&mut terminal, &[]);
    assert!(
        shown.contains("the text is empty, and nothing was written") && shown.ends_with("ended 2\n"),
        "{shown}"
    );

    // What was written is not lost with what cannot be.
    let place = folder("Words.\\n");
    let Some(mut terminal) = start(place.path(), "plan update 7 --rag purple") else { return };
    let shown = answered(&mut terminal, &[]);
    assert!(
        shown.contains("unknown RAG level `purple`") && shown.contains("the text is kept in "),
        "{shown}"
    );
    let (_, kept) = shown.split_once("the text is kept in ").expect("it says where");
    let kept = kept.lines().next().expect("a path");
    assert_eq!(fs::read_to_string(kept).expect("it is there").trim(), "Words.");
}

#[test]
fn an_editor_that_fails_changes_nothing() {
    let place = folder("");
    let Some(mut terminal) = start(place.path(), "EDITOR=no-such-editor plan update 7") else { return };
    let shown = answered(&mut terminal, &[]);
    assert!(
        shown.contains("cannot run the editor `no-such-editor`") && shown.ends_with("ended 2\n"),
        "{shown}"
    );
    assert!(!shown.contains("not found"), "the shell says nothing of its own: {shown}");
    let Some(mut terminal) = start(place.path(), "EDITOR=false plan update 7") else { return };
    let shown = answered(&mut terminal, &[]);
    assert!(shown.contains("nothing was written: the editor `false` failed"), "{shown}");
    assert!(!shown.contains("kept"), "nothing was written into the file: {shown}");
}

/// What is said to be kept.
fn kept(shown: &str) -> Vec<u8> {
    let (_, kept) = shown.split_once(" is kept in ").expect("it says where");
    fs::read(kept.lines().next().expect("a path")).expect("it is there")
}

#[test]
fn what_was_typed_is_kept_whatever_the_editor_does() {
    let place = folder("");
    for (editor, words) in
        [("echo words > \"$1\"; exit 1", &b"words\n"[..]), ("printf \"caf\\\\351\" > \"$1\"", b"caf\xe9")]
    {
        fs::write(place.path().join("ed"), editor.replace("\\\\", "\\")).expect("a file");
        for command in ["plan update 7", "plan new --title x --owner NPCC --deadline 2027-01-01"] {
            let command = format!("EDITOR='sh ./ed' {command}");
            let Some(mut terminal) = start(place.path(), &command) else { return };
            let shown = answered(&mut terminal, &[]);
            assert!(shown.contains("nothing was written") && shown.ends_with("ended 2\n"), "{shown}");
            assert_eq!(kept(&shown), words, "{shown}");
        }
    }
}

#[test]
fn an_interrupt_in_the_editor_is_the_editors() {
    let place = folder("");
    fs::write(
        place.path().join("ed"),
        "trap 'echo interrupted; echo words > \"$1\"; exit 0' INT\necho at work\nwhile :; do sleep 0.05; done\n",
    )
    .expect("a file");
    let command = "trap : INT; EDITOR='sh ./ed' plan update 7";
    let Some(mut terminal) = start(place.path(), command) else { return };
    let shown = answered(&mut terminal, &[("at work", "\u{3}")]);
    assert!(shown.contains("interrupted") && shown.ends_with("ended 0\n"), "{shown}");
    let file = fs::read_to_string(place.path().join("plans/audit/07-search.toml")).expect("a file");
    assert!(file.contains("\nwords\"\"\""), "{file}");
}

#[test]
fn a_new_file_is_opened_in_the_editor_and_there_if_that_fails() {
    let place = folder("theme = \"x");
    let command = "plan new --title Train --owner NPCC --deadline 2027-01-01 -m Train. --edit";
    let Some(mut terminal) = start(place.path(), command) else { return };
    assert_snapshot!(answered(&mut terminal, &[]), @"
    plans/audit/08-train.toml
    [1m[31merror[0m: plans/audit/08-train.toml could not be read: line 7: this text is not
    closed, or holds what TOML forbids
    ended 2
    ");
    let place = folder("");
    let Some(mut terminal) = start(place.path(), &format!("EDITOR=false {command}")) else { return };
    assert_snapshot!(answered(&mut terminal, &[]), @"
    plans/audit/08-train.toml
    [1m[31merror[0m: plans/audit/08-train.toml is there, as it was made; it was not opened in
    an editor, or not closed well: the editor `false` failed
    ended 2
    ");
    assert!(place.path().join("plans/audit/08-train.toml").exists());
}
