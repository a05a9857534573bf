//! `recommendation-deleted`: a recommendation that stood is no longer there.

use super::{Base, Breach, Check, Context, Group, Place, Rule};
use crate::diagnostic::Severity;
use crate::model::{Head, Recommendation};
use crate::store::Content::Text;
use crate::wording::{count, quoted};
use std::collections::HashMap;

pub(super) static RULE: Rule = Rule {
    name: "recommendation-deleted",
    group: Group::Review,
    level: Severity::Error,
    summary: "A recommendation that was there stays there.",
    why: "What is deleted is in no count and on no list, as if nobody had ever asked for it. A file that \
          was renamed, or a folder that was moved, is no loss: a recommendation is known by its plan and id.",
    mend: "Put the file, or the id, back. What is no longer pursued stays, with a status that says so and a \
           [closure] that says why. If it should never have been there, accept that with an [[exception]] in \
           plan.toml, in a change of its own before this one.",
    before: &[
        (
            "07-search.toml",
            Text(
                r#"id = "7"
title = "Make every stalking crime searchable"
owners = ["Chief Constables"]
deadline = 2025-09-27

text = "Seek changes to crime recording systems."

[[update]]
date = 2025-03-01
text = "The supplier has been asked for a date."
"#,
            ),
        ),
        (
            "08-publish-figures.toml",
            Text(
                r#"id = "8"
title = "Publish figures on stalking"
owners = ["OPCC"]
deadline = 2025-09-27

text = "Publish the number of stalking crimes."

[[update]]
date = 2025-02-14
text = "The first figures are being checked."
"#,
            ),
        ),
    ],
    bad: &[(
        "07-search.toml",
        Text(
            r#"id = "7"
title = "Make every stalking crime searchable"
owners = ["Chief Constables"]
deadline = 2025-09-27

text = "Seek changes to crime recording systems."

[[update]]
date = 2025-03-01
text = "The supplier has been asked for a date."
"#,
        ),
    )],
    good: &[
        (
            "07-search.toml",
            Text(
                r#"id = "7"
title = "Make every stalking crime searchable"
owners = ["Chief Constables"]
deadline = 2025-09-27

text = "Seek changes to crime recording systems."

[[update]]
date = 2025-03-01
text = "The supplier has been asked for a date."
"#,
            ),
        ),
        (
            "08-publish-figures.toml",
            Text(
                r#"id = "8"
title = "Publish figures on stalking"
owners = ["OPCC"]
deadline = 2025-09-27
status = "Closed"

text = "Publish the number of stalking crimes."

[[update]]
date = 2025-02-14
text = "The first figures are being checked."

[closure]
on = 2025-03-20
reason = "The national statistics give these figures now."
"#,
            ),
        ),
    ],
    needs: &[],
    check: Check::Review(check),
};

fn check(context: &Context<'_>, base: &Base) -> Vec<Breach> {
    let by_file: HashMap<&str, &Recommendation> =
        context.plan.recommendations.iter().map(|r| (&*r.file, r)).collect();
    let unread = |then: &Recommendation| {
        // Its own file may hold it, whatever that is called.
        let own = context.gaps.files.iter().any(|(file, id)| *file == *then.file && id.is_none());
        own || context.gaps.may_hold(&then.id)
    };
    let breach = |then: &Recommendation| match by_file.get(&*then.file) {
        Some(now) => {
            let message = format!("{} is gone: its file now holds {}", then.id, now.id);
            Breach::new(Place::of(now).key("id").about(&then.id), message)
                .help("put the old id back: whoever looks for it in the report has to find it here")
        }
        None => {
            let message = format!("{} is gone: {}", then.id, quoted(&then.title));
            Breach::new(Place::head().key("title").about(&then.id), message).help(
                "put its file back; what is no longer pursued stays, with a status and a [closure] that say so",
            )
        }
    };
    base.gone(context.plan).filter(|then| !unread(then)).map(breach).collect()
}

/// That a whole plan is gone, of which this is known.
pub(super) fn plan(head: &Head, recommendations: usize) -> Breach {
    let title = if head.title.is_empty() { "this plan".to_owned() } else { quoted(&head.title) };
    let with = count(recommendations, "recommendation", "recommendations");
    Breach::new(Place::head(), format!("{title} is gone, with {with}"))
        .help("put its folder back: a plan that is finished stays, with what became of each recommendation")
}

#[cfg(test)]
mod tests {
    use super::super::tests::told_since;
    use super::*;

    fn file(id: &str) -> &'static str {
        format!("id = \"{id}\"\ntitle = \"Title {id}\"\nowners = [\"OPCC\"]\ntext = \"x\"\n").leak()
    }

    fn told(was: &[(&'static str, &'static str)], is: &[(&'static str, &'static str)]) -> String {
        let tree = |files: &[(&'static str, &'static str)]| {
            files.iter().map(|(path, text)| (*path, Text(text))).collect::<Vec<_>>()
        };
        told_since(RULE.name, &tree(was), &tree(is))
    }

    #[test]
    fn it_is_told_where_its_file_was_or_at_the_head_of_the_plan() {
        let was = [("07-a.toml", file("7")), ("08-b.toml", file("8"))];
        assert_eq!(
            told(&was, &[("07-other.toml", file("7")), ("08-b.toml", file("8")), ("09.toml", file("9"))]),
            ""
        );
        assert_eq!(
            told(&was, &[("08-b.toml", file("7")), ("07-a.toml", file("8"))]),
            "",
            "the files changed names"
        );
        insta::assert_snapshot!(told(&was, &[("07-a.toml", file("7"))]), @r#"
        plan.toml:1:9 8 is gone: "Title 8"
            put its file back; what is no longer pursued stays, with a status and a [closure] that say so
        "#);
        insta::assert_snapshot!(told(&was, &[("07-a.toml", file("70")), ("08-b.toml", file("8"))]), @"
        07-a.toml:1:6 7 is gone: its file now holds 70
            put the old id back: whoever looks for it in the report has to find it here
        ");
        let twice = [("07-a.toml", file("7")), ("07-b.toml", file("7"))];
        insta::assert_snapshot!(told(&twice, &[]), @r#"
        plan.toml:1:9 7 is gone: "Title 7"
            put its file back; what is no longer pursued stays, with a status and a [closure] that say so
        "#);
        assert_eq!(told(&twice, &[("07-a.toml", file("7"))]), "");
    }

    #[test]
    fn what_could_not_be_read_on_either_side_may_be_there() {
        let broken = "id = \"7\"\ntitle = Oops\n";
        let was = [("07-a.toml", file("7")), ("eight.toml", file("8"))];
        assert_eq!(told(&was, &[("07-b.toml", broken), ("eight.toml", "id = 8\n")]), "");
        assert_eq!(told(&was, &[("07-b.toml", file("7")), ("08-x.toml", "Oops\n")]), "");
        assert_eq!(told(&[("07-a.toml", broken)], &[]), "");
        // It is another that cannot be read.
        assert_ne!(told(&was, &[("07-b.toml", broken), ("nine.toml", "id = \"9\"\ntitle = Oops\n")]), "");
    }
}
