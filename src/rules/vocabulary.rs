//! Words that plan.toml does not have, told in the same way for owners, RAG levels and statuses.

use super::{Breach, Context, Place};
use crate::model::{Answer, Named, Recommendation, Update, Word};
use crate::suggest::ranked;
use crate::visible::{one_line, push_escaped};
use std::collections::HashSet;
use std::sync::Arc;

/// A longer list of names is not told whole.
const MAX_LISTED: usize = 12;
/// Of a longer list, so many of the nearest names are told.
const MAX_NEAREST: usize = 3;

/// What plan.toml registers of one kind.
pub(super) struct Vocabulary<'a> {
    /// What one of them is called: "owner".
    what: &'static str,
    /// What several are called: "owners".
    plural: &'static str,
    /// The key of plan.toml that registers one.
    key: &'static str,
    /// The names, in the order of the file.
    names: Vec<&'a str>,
    /// Other spellings, each with the name that it stands for.
    aliases: Vec<(&'a str, &'a str)>,
    /// Whether the names could not be read.
    unread: bool,
}

/// A word with every space that is no ordinary one spelt out: to the eye it is the registered word.
fn spelt(text: &str) -> String {
    let odd = |c: char| c.is_whitespace() && c != ' ' && !c.is_ascii();
    let mut spelt = String::new();
    for c in one_line(text).chars() {
        if odd(c) { push_escaped(&mut spelt, c) } else { spelt.push(c) }
    }
    spelt
}

impl<'a> Vocabulary<'a> {
    pub(super) fn new<T: Named>(
        context: &Context<'_>,
        (what, plural, key): (&'static str, &'static str, &'static str),
        words: &'a [Arc<T>],
    ) -> Self {
        let names: Vec<&str> = words.iter().map(|w| w.name()).collect();
        let unread = context.gaps.head_lacks(key);
        Self { what, plural, key, names, aliases: Vec::new(), unread }
    }

    /// The same, with other spellings that may be meant.
    pub(super) fn aliases(mut self, aliases: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        self.aliases.extend(aliases);
        self
    }

    /// A word that is not registered, at its place; none where it is, or where nobody can tell.
    pub(super) fn unknown<T>(&self, word: &Word<T>, place: impl FnOnce() -> Place) -> Option<Breach> {
        let Word::Unregistered(text) = word else { return None };
        let message = format!("unknown {} `{}`", self.what, spelt(text));
        (!self.unread).then(|| Breach::new(place(), message).help(self.remedy(text)))
    }

    fn remedy(&self, text: &str) -> String {
        let near = self.nearest(text);
        let has = match self.names.len() {
            0 => format!("plan.toml has no [[{}]]", self.key),
            1..=MAX_LISTED => format!("this plan has: {}", joined(&self.names)),
            count if near.is_empty() => format!("this plan has {count} {}, and none like it", self.plural),
            count => {
                let near = joined(&near[..near.len().min(MAX_NEAREST)]);
                format!("this plan has {count} {}; the nearest: {near}", self.plural)
            }
        };
        match near.first() {
            Some(near) => format!("{has}; did you mean `{}`?", one_line(near)),
            None => {
                let (key, name) = (self.key, one_line(text));
                let meaning = match key {
                    "rag" => ", and the `outlook` that it means (miss, at-risk, meet or met)",
                    "status" => ", and the `phase` that it means (open, done or dropped)",
                    _ => "",
                };
                format!("{has}; to register it, add [[{key}]] to plan.toml with `name = \"{name}\"`{meaning}")
            }
        }
    }

    /// The names that may be meant, the nearest first.
    fn nearest(&self, text: &str) -> Vec<&'a str> {
        let aliases = self.aliases.iter();
        let spellings = self.names.iter().copied().chain(aliases.clone().map(|(alias, _)| *alias));
        let mut near: Vec<&str> = Vec::new();
        for spelling in ranked(text, spellings) {
            let is_name = self.names.contains(&spelling);
            let stands_for = || aliases.clone().find(|(alias, _)| *alias == spelling).map(|(_, name)| *name);
            let name = if is_name { Some(spelling) } else { stands_for() };
            near.extend(name.filter(|n| !near.contains(n)));
        }
        near
    }

    /// Each name that stands a second time.
    pub(super) fn repeated(&self) -> Vec<Breach> {
        let mut seen = HashSet::new();
        let again = self.names.iter().enumerate().filter(|(_, name)| !seen.insert(**name));
        let breach = |(i, name): (usize, &&str)| {
            let message = format!("`{}` is defined twice", one_line(name));
            Breach::new(Place::head().key(self.key).nth(i).key("name"), message)
                .help("delete one of the two, or give it a name of its own")
        };
        again.map(breach).collect()
    }

    /// Every unknown word that recommendations, answers and updates hold under the vocabulary's key.
    pub(super) fn unknown_in<'p, T: 'p>(
        &self,
        recommendations: &'p [Recommendation],
        own: fn(&'p Recommendation) -> Option<&'p Word<T>>,
        answered: fn(&'p Answer) -> Option<&'p Word<T>>,
        updated: fn(&'p Update) -> Option<&'p Word<T>>,
    ) -> Vec<Breach> {
        let mut breaches = Vec::new();
        for r in recommendations {
            let own = own(r).and_then(|w| self.unknown(w, || Place::of(r).key(self.key)));
            let answers = r.answers.iter().enumerate().filter_map(|(i, a)| {
                self.unknown(answered(a)?, || Place::of(r).key("answer").nth(i).key(self.key))
            });
            let updates = r.updates.iter().enumerate().filter_map(|(i, u)| {
                self.unknown(updated(u)?, || Place::of(r).key("update").nth(i).key(self.key))
            });
            breaches.extend(own.into_iter().chain(answers).chain(updates));
        }
        breaches
    }
}

fn joined(names: &[&str]) -> String {
    names.iter().map(|n| one_line(n)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use crate::store::Content::Text;

    fn unknown_owners(head: &'static str) -> String {
        let file = "id = \"7\"\ntitle = \"Search\"\nowners = [\"Polcie 3\", \"Zebra\"]\ntext = \"Search.\"\n";
        let files = [("plan.toml", Text(head)), ("07-search.toml", Text(file))];
        told("unknown-owner", &files)
    }

    #[test]
    fn a_long_list_of_names_is_not_told_whole() {
        let head = concat!(
            "title = \"Forces\"\n",
            "owner = [{ name = \"Police 1\" }, { name = \"Police 2\" }, { name = \"Police 3\" }, ",
            "{ name = \"Police 4\" }, { name = \"Police 5\" }, { name = \"Police 6\" }, { name = \"Police 7\" }, ",
            "{ name = \"Police 8\" }, { name = \"Police 9\" }, { name = \"Police 10\" }, { name = \"Police 11\" }, ",
            "{ name = \"Police 12\" }, { name = \"Police 13\" }]\n",
        );
        insta::assert_snapshot!(unknown_owners(head), @r#"
        07-search.toml:3:11 unknown owner `Polcie 3`
            this plan has 13 owners; the nearest: Police 3, Police 13, Police 1; did you mean `Police 3`?
        07-search.toml:3:23 unknown owner `Zebra`
            this plan has 13 owners, and none like it; to register it, add [[owner]] to plan.toml with `name = "Zebra"`
        "#);
    }

    #[test]
    fn a_plan_that_registers_nothing_says_so_unless_it_could_not_be_read() {
        insta::assert_snapshot!(unknown_owners("title = \"Forces\"\n"), @r#"
        07-search.toml:3:11 unknown owner `Polcie 3`
            plan.toml has no [[owner]]; to register it, add [[owner]] to plan.toml with `name = "Polcie 3"`
        07-search.toml:3:23 unknown owner `Zebra`
            plan.toml has no [[owner]]; to register it, add [[owner]] to plan.toml with `name = "Zebra"`
        "#);
        assert!(unknown_owners("title = \"Forces\"\nowner = \"Police 1\"\n").is_empty());
    }
}
