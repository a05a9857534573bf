//! Which plan is which other one, whose folder has another name now.

use crate::model::{Head, Id, Recommendation};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher as _};

/// What tells a plan from others, wherever its folder is.
#[derive(Clone, Debug, Default)]
pub struct Sketch {
    /// The plan's id: the last part of its folder's path is its name.
    pub id: String,
    /// Its title; none where its plan.toml could not be read.
    pub title: Option<String>,
    /// The id and title of each recommendation.
    pub recommendations: BTreeSet<(Id, String)>,
    /// Its files, each by what it holds.
    pub contents: BTreeSet<u64>,
}

impl Sketch {
    /// What tells a plan from others: its id, what could be read of it, and what its files hold, as texts or
    /// by the names of their contents.
    pub fn new<'a, T: Hash>(
        id: &str,
        head: Option<&Head>,
        recommendations: impl IntoIterator<Item = &'a Recommendation>,
        contents: impl IntoIterator<Item = T>,
    ) -> Self {
        let hash = |content: T| {
            let mut hasher = DefaultHasher::new();
            content.hash(&mut hasher);
            hasher.finish()
        };
        Self {
            id: id.to_owned(),
            title: head.map(|head| head.title.clone()),
            recommendations: recommendations.into_iter().map(|r| (r.id.clone(), r.title.clone())).collect(),
            contents: contents.into_iter().map(hash).collect(),
        }
    }

    /// The folder's own name.
    fn name(&self) -> &str {
        self.id.rsplit('/').next().unwrap_or_default()
    }

    /// How much of it is found again in another plan: files as they were, the folder's name, and
    /// recommendations. None where it is another plan: neither the title is the same nor most
    /// recommendations. Ids alone say little: most plans have a 1 and a 2.
    fn found_in(&self, new: &Self) -> Option<(usize, bool, usize)> {
        let common = self.recommendations.intersection(&new.recommendations).count();
        let same_title = self.title.is_some() && self.title == new.title;
        // Of the smaller one, so that it is the same in both directions.
        let fewer = self.recommendations.len().min(new.recommendations.len());
        (same_title || 2 * common > fewer)
            .then(|| (self.contents.intersection(&new.contents).count(), self.name() == new.name(), common))
    }
}

/// Which of the plans that are gone is which of the new ones, by their places: the best match first.
#[must_use]
pub fn moves(gone: &[Sketch], new: &[Sketch]) -> BTreeMap<usize, usize> {
    let mut moves = BTreeMap::new();
    let mut taken = BTreeSet::new();
    // Thousands of folders may move at once: where name and title say which is which, no other two are
    // compared.
    let named = unique(new);
    let old = unique(gone);
    for (key, i) in &old {
        if let Some(j) = named.get(key) {
            moves.insert(*i, *j);
            taken.insert(*j);
        }
    }
    let mut matches = Vec::new();
    for (i, gone) in gone.iter().enumerate().filter(|(i, _)| !moves.contains_key(i)) {
        for (j, new) in new.iter().enumerate().filter(|(j, _)| !taken.contains(j)) {
            matches.extend(gone.found_in(new).map(|found| (found, i, j)));
        }
    }
    matches.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    for (_, i, j) in matches {
        if !moves.contains_key(&i) && taken.insert(j) {
            moves.insert(i, j);
        }
    }
    moves
}

/// The places of the plans that have their folder's name and their title to themselves.
fn unique(sketches: &[Sketch]) -> BTreeMap<(&str, &str), usize> {
    let mut places: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (i, sketch) in sketches.iter().enumerate() {
        if let Some(title) = &sketch.title {
            places.entry((sketch.name(), title)).or_default().push(i);
        }
    }
    places
        .into_iter()
        .filter_map(|(key, places)| Some((key, *places.first().filter(|_| places.len() == 1)?)))
        .collect()
}
