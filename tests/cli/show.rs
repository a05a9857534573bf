use crate::common::{invented, real};
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
