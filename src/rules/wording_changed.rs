//! `wording-changed`: the text of a recommendation is another than it was.

use super::base::as_seen;
use super::{Base, Breach, Check, Context, Group, Place, Rule};
use crate::diagnostic::Severity;
use crate::store::Content::Text;

pub(super) static RULE: Rule = Rule {
    name: "wording-changed",
    group: Group::Review,
    level: Severity::Warning,
    summary: "The text of a recommendation stays what it was.",
    why: "The text is what the report asks for, in its own words. If it may be softened on the way, a \
          recommendation can be met that nobody made. White space at the ends of lines is no change.",
    mend: "Put the words back. If they had been copied wrongly, let the change stand: it is a warning, so \
           that somebody compares it with the report. What has become of the recommendation since is said \
           in an [[update]].",
    before: &[(
        "09-publish-figures.toml",
        Text(
            r#"id = "9"
title = "Publish figures on stalking"
owners = ["OPCC"]
deadline = 2025-09-27

text = "Publish the number of stalking crimes and of those charged, every quarter."

[[update]]
date = 2025-02-14
text = "The first figures are being checked."
"#,
        ),
    )],
    bad: &[(
        "09-publish-figures.toml",
        Text(
            r#"id = "9"
title = "Publish figures on stalking"
owners = ["OPCC"]
deadline = 2025-09-27

text = "Publish the number of stalking crimes, every year."

[[update]]
date = 2025-02-14
text = "The first figures are being checked."
"#,
        ),
    )],
    good: &[(
        "09-publish-figures.toml",
        Text(
            r#"id = "9"
title = "Publish figures on stalking"
owners = ["OPCC"]
deadline = 2025-09-27

text = "Publish the number of stalking crimes and of those charged, every quarter."

[[update]]
date = 2025-02-14
text = "The first figures are being checked."

[[update]]
date = 2025-03-20
text = "Charges are recorded elsewhere, so that the figures will come once a year and without them."
"#,
        ),
    )],
    needs: &["text"],
    check: Check::Review(check),
};

fn check(context: &Context<'_>, base: &Base) -> Vec<Breach> {
    let changed = base
        .pairs(context.plan)
        .filter(|(then, now)| then.text != now.text && as_seen(&then.text) != as_seen(&now.text));
    let breach = |(_, now): (_, &_)| {
        let now: &crate::model::Recommendation = now;
        Breach::new(Place::of(now).key("text"), format!("the text of {} is not what it was", now.id))
            .help("put the words of the report back; if they had been copied wrongly, compare these with it")
    };
    changed.map(breach).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::told_since;
    use super::*;

    fn told(before: &'static str, now: &'static str) -> String {
        told_since(RULE.name, &[("01-x.toml", Text(before))], &[("01-y.toml", Text(now))])
    }

    #[test]
    fn what_nobody_sees_is_no_change() {
        let before = "id = \"1\"\ntitle = \"x\"\nowners = [\"OPCC\"]\ntext = \"\"\"\nOne. \nTwo.\n\"\"\"\n";
        let now = "id = \"1\"\ntitle = \"y\"\nowners = [\"OPCC\"]\ntext = \"\"\"\r\nOne.\r\nTwo.\"\"\"\n";
        assert_eq!(told(before, now), "");
        let now = "id = \"1\"\ntitle = \"x\"\nowners = [\"OPCC\"]\ntext = \"\"\"\nOne.\n\nTwo.\n\"\"\"\n";
        insta::assert_snapshot!(told(before, now), @"
        01-y.toml:4:1 the text of 1 is not what it was
            put the words of the report back; if they had been copied wrongly, compare these with it
        ");
    }

    #[test]
    fn what_could_not_be_read_is_not_compared() {
        let sound = "id = \"1\"\ntitle = \"x\"\nowners = [\"OPCC\"]\ntext = \"One.\"\n";
        let broken = "id = \"1\"\ntitle = \"x\"\nowners = [\"OPCC\"]\ntext = 1\n";
        assert_eq!(told(sound, broken), "");
        assert_eq!(told(broken, sound), "");
    }
}
