use crate::common::{plan, repository};
use std::io::Read as _;
use std::process::Stdio;

fn output(arguments: &[&str], environment: &[(&str, &str)]) -> (String, String) {
    let mut command = plan(&repository(), arguments);
    let output = command.envs(environment.iter().copied()).output().expect("it runs");
    (
        String::from_utf8_lossy(&output.stdout).into_owned(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

#[test]
fn colour_is_written_where_it_is_wanted() {
    let coloured = |arguments: &[&str], environment: &[(&str, &str)]| {
        output(arguments, environment).0.contains('\u{1b}')
    };
    for command in [
        &["list"][..],
        &["list", "--width", "100"],
        &["summary"],
        &["show", "7"],
        &["validate"],
        &["explain"],
    ] {
        let with = |when| [command, &["--color", when]].concat();
        assert!(!coloured(command, &[]), "{command:?}: a pipe gets no colour");
        assert!(coloured(&with("always"), &[]), "{command:?}");
        assert!(coloured(command, &[("CLICOLOR_FORCE", "1")]), "{command:?}");
        assert!(!coloured(&with("never"), &[("CLICOLOR_FORCE", "1")]), "{command:?}");
    }
}

#[test]
fn a_reader_that_stops_is_no_error() {
    for arguments in [
        &["list", "--format", "json"][..],
        &["list", "--format", "csv"],
        &["list"],
        &["summary", "--format", "csv"],
        &["validate"],
    ] {
        let mut child = plan(&repository(), arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        drop(child.stdout.take());
        let status = child.wait().expect("it ends");
        let mut said = String::new();
        child.stderr.take().expect("piped").read_to_string(&mut said).expect("it can be read");
        assert_eq!(status.code(), Some(0), "{said}");
        assert!(!said.contains("error"), "{said}");
    }
}

#[test]
fn another_day_than_the_clock_s_is_said_unless_it_is_to_be_quiet() {
    let said = "note: dates are counted as of 28 Mar 2025; statuses are as the files say today\n";
    assert_eq!(output(&["list"], &[]).1, said);
    assert_eq!(output(&["list", "--as-of", "2025-03-28"], &[]).1, said);
    assert_eq!(output(&["list", "-q"], &[]).1, "");
    assert!(output(&["list", "--as-of", "2999-01-01"], &[]).1.contains("as of 1 Jan 2999"));
    // A variable that is set to nothing says nothing.
    assert_eq!(output(&["list"], &[("PLAN_AS_OF", ""), ("PLAN_WIDTH", "")]).1, "");
}
