use crate::common::{invented, real};
use insta::assert_snapshot;

#[test]
fn the_real_plan() {
    assert_snapshot!(real(&["summary", "--width", "80"]));
}

#[test]
fn by_owner() {
    assert_snapshot!(real(&["summary", "--by", "owner", "--owner", "Chief Constables", "--width", "100"]));
}

#[test]
fn json_is_the_contract() {
    assert_snapshot!(real(&["summary", "--by", "owner", "--format", "json"]));
}

#[test]
fn markdown_and_csv() {
    assert_snapshot!(real(&["summary", "--format", "markdown"]));
    assert_snapshot!(real(&["summary", "--by", "status", "--format", "csv"]));
}

#[test]
fn parts_are_counted_apart() {
    assert_snapshot!(invented(&["summary", "--by", "id", "--width", "120"]));
}
