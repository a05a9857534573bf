//! `update-rewritten`: an update that stood is another, or gone.

use super::base::as_seen;
use super::{Base, Breach, Check, Context, Group, Place, Rule, day, quoted};
use crate::diagnostic::Severity;
use crate::model::{Named, Recommendation, Update};
use crate::store::Content::Text;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;

pub(super) static RULE: Rule = Rule {
    name: "update-rewritten",
    group: Group::Review,
    level: Severity::Error,
    summary: "An update that was made stays as it is.",
    why: "The updates are the record of what was known when. If an old one can be changed, nobody can rely \
          on any. New ones may be added wherever their date puts them, and put in order; a date, a period \
          or an author that was missing may be filled in; who may read an update may change.",
    mend: "Put the old update back, word for word, and say in a new [[update]] what has changed since, or \
           what was wrong. White space at the ends of lines is no change.",
    before: &[(
        "07-search.toml",
        Text(
            r#"id = "7"
title = "Make every stalking crime searchable"
owners = ["Chief Constables"]
deadline = 2025-09-27

text = "Seek changes to crime recording systems."

[[update]]
date = 2025-03-01
text = "The supplier has promised the search for May."
"#,
        ),
    )],
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
text = "The supplier has promised the search for August."
"#,
        ),
    )],
    good: &[(
        "07-search.toml",
        Text(
            r#"id = "7"
title = "Make every stalking crime searchable"
owners = ["Chief Constables"]
deadline = 2025-09-27

text = "Seek changes to crime recording systems."

[[update]]
date = 2025-03-01
text = "The supplier has promised the search for May."

[[update]]
date = 2025-03-20
text = "The supplier has put the search off to August."
"#,
        ),
    )],
    needs: &["update"],
    check: Check::Review(check),
};

/// What an update says, in the order of [`FIELDS`].
type Said = [Option<String>; FIELDS.len()];

/// What an update is made of: the key, and what people call it. Who may read it is not among them.
const FIELDS: [(&str, &str); 6] = [
    ("text", "text"),
    ("rag", "RAG"),
    ("status", "status"),
    ("date", "date"),
    ("period", "period"),
    ("by", "author"),
];

/// So many of them are what was said; the others are when and by whom, and may be filled in later.
const CORE: usize = 3;
const DATE: usize = 3;

fn check(context: &Context<'_>, base: &Base) -> Vec<Breach> {
    let (was, is) = (&base.plan.head, &context.plan.head);
    let rags = renamed(&was.rags, &is.rags, |was, is| was.outlook == is.outlook);
    let statuses =
        renamed(&was.statuses, &is.statuses, |was, is| (was.phase, was.outlook) == (is.phase, is.outlook));
    let mut breaches = Vec::new();
    for (then, now) in base.pairs(context.plan) {
        if then.updates == now.updates {
            continue;
        }
        let was: Vec<Said> = then.updates.iter().map(|u| said(u, &rags, &statuses)).collect();
        let is: Vec<Said> = now.updates.iter().map(|u| said(u, &HashMap::new(), &HashMap::new())).collect();
        breaches.extend(rewritten(then, now, &was, &is));
    }
    breaches
}

/// What an update says; words that the plan has renamed, under their new names.
fn said(update: &Update, rags: &HashMap<&str, &str>, statuses: &HashMap<&str, &str>) -> Said {
    let word =
        |name: &str, renamed: &HashMap<&str, &str>| renamed.get(name).copied().unwrap_or(name).to_owned();
    [
        update.text.as_deref().map(as_seen),
        update.rag.as_ref().map(|rag| word(rag.name(), rags)),
        update.status.as_ref().map(|status| word(status.name(), statuses)),
        update.date.map(|date| date.to_string()),
        update.period.clone(),
        update.by.clone(),
    ]
}

/// The words that plan.toml has under another name in the same place, with the same meaning: the updates
/// that use one have to follow.
fn renamed<'a, T: Named>(
    was: &'a [Arc<T>],
    is: &'a [Arc<T>],
    means_the_same: impl Fn(&T, &T) -> bool,
) -> HashMap<&'a str, &'a str> {
    let lacks = |words: &[Arc<T>], name: &str| words.iter().all(|word| word.name() != name);
    let pairs = was.iter().zip(is).filter(|_| was.len() == is.len());
    let renamed = pairs.filter(|(a, b)| lacks(is, a.name()) && lacks(was, b.name()) && means_the_same(a, b));
    renamed.map(|(a, b)| (a.name(), b.name())).collect()
}

/// Tells of each update that stood and is no more what it was.
fn rewritten(then: &Recommendation, now: &Recommendation, was: &[Said], is: &[Said]) -> Vec<Breach> {
    let mut left = Left { was: vec![true; was.len()], is: vec![true; is.len()] };
    let filled_in = |was: &Said, is: &Said| was.iter().zip(is).all(|(was, is)| was.is_none() || was == is);
    left.pair(was, is, |said| Some(said), |_, _| true);
    left.pair(was, is, |said| Some(&said[..CORE]), filled_in);
    // The others are told beside what they have become: what is of the same day, says the same, or has
    // their place.
    let gone = left.was.clone();
    let mut heirs =
        left.pair(was, is, |said| said[DATE].is_some().then_some(&said[DATE..=DATE]), |_, _| true);
    heirs.extend(left.pair(was, is, |said| Some(&said[..CORE]), |_, _| true));
    if was.len() == is.len() {
        heirs.extend((0..was.len()).filter(|i| left.was[*i] && left.is[*i]).map(|i| (i, i)));
    }
    let told = (0..was.len()).filter(|i| gone[*i]).map(|i| match heirs.get(&i) {
        Some(j) => changed(now, &which(now, &then.updates[i]), *j, &was[i], &is[*j]),
        None => {
            let message = format!("{} is gone", which(now, &then.updates[i]));
            Breach::new(Place::of(now).key("id"), message)
                .help("put it back; what is no longer true, or never was, is put right by a new [[update]]")
        }
    });
    told.collect()
}

/// The updates on both sides that have found no match yet, by place.
struct Left {
    was: Vec<bool>,
    is: Vec<bool>,
}

/// So many that are left over with one key are compared with each other.
const MANY: usize = 200;

impl Left {
    /// Matches what is left by a key, the first with the first that fits.
    fn pair<'a>(
        &mut self,
        was: &'a [Said],
        is: &'a [Said],
        key: impl Fn(&'a Said) -> Option<&'a [Option<String>]>,
        fits: impl Fn(&Said, &Said) -> bool,
    ) -> BTreeMap<usize, usize> {
        let mut free: HashMap<&[Option<String>], VecDeque<usize>> = HashMap::new();
        for (j, key) in
            is.iter().enumerate().filter(|(j, _)| self.is[*j]).filter_map(|(j, s)| Some((j, key(s)?)))
        {
            free.entry(key).or_default().push_back(j);
        }
        let mut pairs = BTreeMap::new();
        for (i, said) in was.iter().enumerate().filter(|(i, _)| self.was[*i]) {
            let Some(free) = key(said).and_then(|key| free.get_mut(key)) else { continue };
            // Of thousands alike the first few are looked at: looking at all takes time in their square.
            let found = free.iter().take(MANY).position(|j| fits(said, &is[*j]));
            if let Some(j) = found.and_then(|at| free.remove(at)) {
                pairs.insert(i, j);
            }
        }
        for (i, j) in &pairs {
            (self.was[*i], self.is[*j]) = (false, false);
        }
        pairs
    }
}

/// That an update says something else than it did; `j` is its place now.
fn changed(now: &Recommendation, which: &str, j: usize, was: &Said, is: &Said) -> Breach {
    let others: Vec<usize> = (0..FIELDS.len()).filter(|n| was[*n] != is[*n]).collect();
    let names: Vec<&str> = others.iter().map(|n| FIELDS[*n].1).collect();
    let names = match names.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        names => names.concat(),
    };
    let place = Place::of(now).key("update").nth(j);
    let place = match others.iter().find(|n| is[**n].is_some()) {
        Some(n) => place.key(FIELDS[*n].0),
        None => place,
    };
    Breach::new(place, format!("{which} has another {names} than it had"))
        .help("put it back as it was, and say in a new [[update]] what has changed since, or was wrong")
}

/// How many words of an update without a date are quoted.
const QUOTED: usize = 8;

/// An update, as people would name it.
fn which(now: &Recommendation, update: &Update) -> String {
    if let Some(date) = update.date {
        return format!("the update of {} in {}", day(date), now.id);
    }
    let mut words = update.text.as_deref().unwrap_or_default().split_whitespace();
    let head = words.by_ref().take(QUOTED).collect::<Vec<_>>().join(" ");
    let more = if words.next().is_some() { " ..." } else { "" };
    match head.as_str() {
        "" => format!("an undated update in {}", now.id),
        head => format!("the undated update {} in {}", quoted(&format!("{head}{more}")), now.id),
    }
}

#[cfg(test)]
mod tests {
    use super::super::example;
    use super::super::tests::told_since;
    use super::*;

    fn file(updates: &[&str]) -> &'static str {
        let mut file = "id = \"7\"\ntitle = \"x\"\nowners = [\"OPCC\"]\ntext = \"x\"\n".to_owned();
        for update in updates {
            file.push_str(&format!("\n[[update]]\n{update}\n"));
        }
        file.leak()
    }

    /// What the rule says where the updates were and are these.
    fn told(was: &[&str], is: &[&str]) -> String {
        told_since(RULE.name, &[("07-a.toml", Text(file(was)))], &[("07-b.toml", Text(file(is)))])
    }

    const FIRST: &str = "date = 2025-01-10\ntext = \"Begun.\"\nstatus = \"On Track\"";
    const SECOND: &str = "date = 2025-02-10\ntext = \"Under way.\"";
    const UNDATED: &str = "text = \"The supplier has been asked for a date and has promised an answer.\"";

    #[test]
    fn what_is_added_put_in_order_or_filled_in_rewrites_nothing() {
        let filled_in = |more: &str| format!("{UNDATED}\n{more}");
        for is in [
            &[FIRST, SECOND, UNDATED, "date = 2025-03-01\ntext = \"More.\""][..],
            &[
                "date = 2024-12-01\ntext = \"More.\"",
                FIRST,
                "date = 2025-02-01\nrag = \"Red\"",
                SECOND,
                UNDATED,
            ],
            &[UNDATED, SECOND, FIRST],
            &[FIRST, SECOND, UNDATED, UNDATED],
            &[FIRST, SECOND, &filled_in("date = 2025-02-20\nperiod = \"Q1\"\nby = \"OPCC\"")],
            &[FIRST, SECOND, &filled_in("visibility = \"public\"")],
            &[FIRST, "date = 2025-02-10\ntext = \"\"\"\nUnder way.  \n\"\"\"", UNDATED],
        ] {
            assert_eq!(told(&[FIRST, SECOND, UNDATED], is), "", "{is:#?}");
        }
    }

    #[test]
    fn what_was_changed_or_went_is_told_where_it_is_now() {
        let was = [FIRST, SECOND, UNDATED];
        let first = |date: &str, text: &str, status: &str| {
            format!("date = {date}\ntext = \"{text}\"\nstatus = \"{status}\"")
        };
        let text = first("2025-01-10", "Begun well.", "On Track");
        insta::assert_snapshot!(told(&was, &[&text, SECOND, UNDATED]), @"
        07-b.toml:8:8 the update of 10 Jan 2025 in 7 has another text than it had
            put it back as it was, and say in a new [[update]] what has changed since, or was wrong
        ");
        let all = first("2025-01-11", "Begun well.", "Delayed");
        insta::assert_snapshot!(told(&was, &[&all, SECOND, UNDATED]), @"
        07-b.toml:8:8 the update of 10 Jan 2025 in 7 has another text, status and date than it had
            put it back as it was, and say in a new [[update]] what has changed since, or was wrong
        ");
        let date = first("2025-03-10", "Begun.", "On Track");
        insta::assert_snapshot!(told(&was, &[SECOND, &date, UNDATED, "text = \"New.\""]), @"
        07-b.toml:11:8 the update of 10 Jan 2025 in 7 has another date than it had
            put it back as it was, and say in a new [[update]] what has changed since, or was wrong
        ");
        insta::assert_snapshot!(told(&was, &["date = 2025-01-10\ntext = \"Begun.\"", SECOND, UNDATED]), @"
        07-b.toml:6:1 the update of 10 Jan 2025 in 7 has another status than it had
            put it back as it was, and say in a new [[update]] what has changed since, or was wrong
        ");
        insta::assert_snapshot!(told(&was, &[FIRST, SECOND, "text = \"It has not answered.\""]), @r#"
        07-b.toml:16:8 the undated update "The supplier has been asked for a date ..." in 7 has another text than it had
            put it back as it was, and say in a new [[update]] what has changed since, or was wrong
        "#);
        insta::assert_snapshot!(told(&was, &[SECOND, "date = 2025-02-10\ntext = \"Under way, and well.\""]), @r#"
        07-b.toml:1:6 the undated update "The supplier has been asked for a date ..." in 7 is gone
            put it back; what is no longer true, or never was, is put right by a new [[update]]
        07-b.toml:1:6 the update of 10 Jan 2025 in 7 is gone
            put it back; what is no longer true, or never was, is put right by a new [[update]]
        "#);
        insta::assert_snapshot!(told(&[UNDATED, "rag = \"Red\""], &[]), @r#"
        07-b.toml:1:6 an undated update in 7 is gone
            put it back; what is no longer true, or never was, is put right by a new [[update]]
        07-b.toml:1:6 the undated update "The supplier has been asked for a date ..." in 7 is gone
            put it back; what is no longer true, or never was, is put right by a new [[update]]
        "#);
        assert_ne!(told(&[UNDATED, UNDATED], &[UNDATED]), "", "one of two that say the same is gone");
        // A second word to a day that has one is no change of it.
        assert_eq!(told(&[SECOND], &["date = 2025-02-10\ntext = \"More.\"", SECOND]), "");
    }

    #[test]
    fn a_word_that_the_plan_renames_may_be_followed() {
        let head = |from: &str, to: &str| {
            let head = example::HEAD.replacen(&format!("name = \"{from}\""), &format!("name = \"{to}\""), 1);
            ("plan.toml", Text(head.leak()))
        };
        let was = ["date = 2025-01-10\nstatus = \"On Track\"", "date = 2025-01-20\nrag = \"Amber\""];
        let is = was.map(|u| u.replace("On Track", "On course").replace("Amber", "Yellow"));
        let is: Vec<&str> = is.iter().map(String::as_str).collect();
        let told = |head, updates: &[&str]| {
            let was = [("plan.toml", Text(example::HEAD)), ("07-a.toml", Text(file(&was)))];
            told_since(RULE.name, &was, &[head, ("07-a.toml", Text(file(updates)))])
        };
        assert_eq!(told(head("On Track", "On course"), &[is[0], was[1]]), "");
        assert_eq!(told(head("Amber", "Yellow"), &[was[0], is[1]]), "");
        // Complete means something else, and Red stands for itself.
        assert_ne!(
            told(head("On Track", "On course"), &["date = 2025-01-10\nstatus = \"Complete\"", was[1]]),
            ""
        );
        assert_ne!(told(head("Amber", "Yellow"), &[was[0], "date = 2025-01-20\nrag = \"Red\""]), "");
    }

    #[test]
    fn what_could_not_be_read_on_either_side_is_not_compared() {
        let broken = "date = \"10 Jan 2025\"\ntext = \"Begun.\"";
        assert_eq!(told(&[broken, SECOND], &[FIRST]), "");
        assert_eq!(told(&[FIRST, SECOND], &[broken]), "");
    }
}
