use crate::common::{HEAD, Plans, invented, real, recommendation};
use insta::assert_snapshot;

#[test]
fn a_recommendation_whole() {
    assert_snapshot!(real(&["show", "28", "--width", "80"]));
}

#[test]
fn bullets_hang_and_evidence_is_named() {
    assert_snapshot!(real(&["show", "25", "--width", "80"]));
}

#[test]
fn every_key_is_shown() {
    assert_snapshot!(invented(&["show", "7", "7.1", "012/21", "--width", "100"]));
}

#[test]
fn every_key_is_in_json() {
    assert_snapshot!(invented(&["show", "012/21", "--format", "json"]));
}

#[test]
fn markdown_and_csv() {
    assert_snapshot!(real(&["show", "22", "--format", "markdown"]));
    assert_snapshot!(real(&["show", "22", "--format", "csv"]));
}

#[test]
fn a_printed_number_is_pointed_out_and_a_file_s_number_is_understood() {
    assert_snapshot!(real(&["show", "24", "--format", "csv"]).lines().last().unwrap_or_default(), @"note: the source prints 24 on recommendation 25 (Improve multi-agency work on stalking)");
    assert!(real(&["show", "07"]).contains("Make every stalking crime searchable"));
    assert!(real(&["show", "Stalking-Super-Complaint:7"]).contains("Make every stalking crime searchable"));
}

#[test]
fn an_unknown_id_is_an_error() {
    assert_snapshot!(real(&["show", "30"]), @"
    exit 2
    ---- err
    error: unknown recommendation `30`; there are: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29
    ");
}

#[test]
fn an_unknown_printed_number_is_told_the_printed_numbers() {
    assert_snapshot!(real(&["show", "printed:99"]), @"
    exit 2
    ---- err
    error: unknown printed number `99`; there are: 3, 22, 23, 24, 25, 26, 27, 28
    ");
    assert_snapshot!(real(&["show", "printed:244"]), @"
    exit 2
    ---- err
    error: unknown printed number `244`: did you mean `24`?
    ");
    assert_snapshot!(real(&["show", "id:99"]), @"
    exit 2
    ---- err
    error: unknown recommendation `id:99`: did you mean `id:9` (or `id:19`, `id:29`, `id:1`, `id:2`)?
    ");
    let unprinted = Plans::one(&[("01-a.toml", &recommendation("1", ""))]);
    assert_snapshot!(unprinted.run(&["list", "--id", "printed:1"]), @"
    exit 2
    ---- err
    error: unknown printed number `1`: there is none at all
    ");
}

#[test]
fn what_several_recommendations_are_called_is_an_error_that_says_how_to_tell_them_apart() {
    let plans = Plans::one(&[
        ("a-one.toml", &recommendation("A", "aliases = [\"X\"]\nprinted_id = \"9\"")),
        ("a-two.toml", &recommendation("a", "aliases = [\"X\"]\nprinted_id = \"9\"")),
        ("07-seven.toml", &recommendation("7", "")),
        ("08-eight.toml", "id = \n"),
    ]);
    plans.write("plans/q/plan.toml", HEAD.as_bytes());
    plans.write("plans/q/07-seven.toml", recommendation("7", "").as_bytes());
    assert_snapshot!(plans.run(&["show", "a"]), @"
    exit 2
    ---- err
    error: plans/p/08-eight.toml could not be read: line 1: missing value
    error: a is the id or an alias of several recommendations; say which: p:A, p:a
    ");
    assert_snapshot!(plans.run(&["show", "X", "-p", "p"]), @"
    exit 2
    ---- err
    error: plans/p/08-eight.toml could not be read: line 1: missing value
    error: X is the id or an alias of several recommendations; say which: p:A, p:a
    ");
    assert_snapshot!(plans.run(&["show", "printed:9"]), @"
    exit 2
    ---- err
    error: plans/p/08-eight.toml could not be read: line 1: missing value
    error: printed:9 is printed on several recommendations; say which: p:A, p:a
    ");
    assert_snapshot!(plans.run(&["show", "7"]), @"
    exit 2
    ---- err
    error: plans/p/08-eight.toml could not be read: line 1: missing value
    error: 7 is in several plans; say which: p:7, q:7
    ");
    let shown = |ids: &[&str]| {
        let told = plans.run(&[&["show"], ids].concat());
        told.lines().filter(|line| line.contains("  Title ")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(shown(&["p:A"]), ["A  Title A  p"]);
    assert_eq!(shown(&["p:a"]), ["a  Title a  p"]);
    assert_eq!(shown(&["p:a", "q:7", "p:A", "p:a"]), ["a  Title a  p", "7  Title 7  q", "A  Title A  p"]);
}

#[test]
fn one_id_in_two_files_is_shown_twice() {
    let plans =
        Plans::one(&[("01-a.toml", &recommendation("1", "")), ("01-b.toml", &recommendation("1", ""))]);
    assert_snapshot!(plans.run(&["show", "1"]), @"
    exit 0
    ---- out
    1  Title 1  p

    Owner     Force
    Deadline  no deadline
    RAG       not rated
    Status    not reported
    Phase     open, never updated
    File      plans/p/01-a.toml

    Text 1.

    ────────────────────────────────────────────────────────────

    1  Title 1  p

    Owner     Force
    Deadline  no deadline
    RAG       not rated
    Status    not reported
    Phase     open, never updated
    File      plans/p/01-b.toml

    Text 1.
    ---- err
    note: 1 is in two files: plans/p/01-a.toml and plans/p/01-b.toml
    ");
}
