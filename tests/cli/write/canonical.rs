//! `plan fmt`.

use super::{BY_HAND, by_hand, text};
use crate::common::{plan, repository};
use insta::assert_snapshot;

#[test]
fn fmt_shows_or_writes_the_canonical_form() {
    let plans = by_hand();
    assert_snapshot!(plans.run(&["fmt", "--check", "plans/p/07-x.toml"]), @r#"
    exit 1
    ---- out
    --- plans/p/07-x.toml
    +++ plans/p/07-x.toml
    @@ -1,14 +1,15 @@
    -# Reviewed in March.\u{d}
    -\u{d}
    -id = '7'\u{d}
    -title = "Title 7"\u{d}
    -owners = [ "Force" ]   # alone\u{d}
    -deadline = 2025-03-27\u{d}
    -\u{d}
    -# What is asked for\u{d}
    -text = '''Ask\u{d}
    -them.'''\u{d}
    -\u{d}
    -[[milestone]]\u{d}
    -title = "Agree the course"\u{d}
    -due = 2025-03-01\u{d}
    +# Reviewed in March.
    +
    +id = '7'
    +title = "Title 7"
    +owners = ["Force"] # alone
    +deadline = 2025-03-27
    +
    +# What is asked for
    +text = '''
    +Ask
    +them.'''
    +
    +[[milestone]]
    +title = "Agree the course"
    +due = 2025-03-01
    1 file: 1 would change
    "#);
    assert_eq!(text(&plans, "07-x.toml"), BY_HAND);
    assert_snapshot!(plans.run(&["fmt"]), @"
    exit 0
    ---- out
    4 files: 2 changed
    ");
    assert_snapshot!(text(&plans, "07-x.toml"), @r#"
    # Reviewed in March.

    id = '7'
    title = "Title 7"
    owners = ["Force"] # alone
    deadline = 2025-03-27

    # What is asked for
    text = '''
    Ask
    them.'''

    [[milestone]]
    title = "Agree the course"
    due = 2025-03-01
    "#);
    assert!(plans.run(&["fmt", "--check"]).starts_with("exit 0"));
    plans.write("plans/p/08-y.toml", b"id = ");
    assert_snapshot!(plans.run(&["fmt"]), @"
    exit 2
    ---- out
    4 files: 0 changed
    ---- err
    error: plans/p/08-y.toml: line 1 has to be mended before this file is changed: missing value
    ");
}

#[test]
fn the_plans_that_come_with_it_are_canonical() {
    for folder in [repository(), repository().join("tests")] {
        let told = crate::common::told(&mut plan(&folder, &["fmt", "--check"]));
        assert!(told.starts_with("exit 0") && told.contains(" 0 would change"), "{told}");
    }
}
