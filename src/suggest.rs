//! "Did you mean": the nearest of the names that there are.

use crate::model::natural_cmp;

/// The name nearest to `word`, if one is near enough to be meant. Case does not count.
#[must_use]
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    ranked(word, names).into_iter().next()
}

/// The names near enough to `word` to be meant, the nearest first.
#[must_use]
pub fn ranked<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted: String = word.to_lowercase().chars().take(200).collect();
    let mut near: Vec<(f64, &str)> = names
        .into_iter()
        .filter_map(|name| {
            let lower = name.to_lowercase();
            let score = strsim::normalized_damerau_levenshtein(&wanted, &lower);
            // A word that begins or holds the other is meant however much longer it is.
            let words = || wanted.split_whitespace().all(|word| lower.contains(word));
            let within = wanted.chars().count() > 2 && words();
            (score >= 0.6 || within).then_some((if within { score.max(0.6) } else { score }, name))
        })
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| natural_cmp(a.1, b.1)));
    near.dedup_by(|a, b| a.1 == b.1);
    near.into_iter().map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        let names = ["On Track", "Complete", "Delayed", "Home Office", "SR (25/26) 01"];
        assert_eq!(nearest("On Trak", names), Some("On Track"));
        assert_eq!(nearest("complet", names), Some("Complete"));
        assert_eq!(nearest("office", names), Some("Home Office"));
        assert_eq!(nearest("SR 01", names), Some("SR (25/26) 01"));
        assert_eq!(nearest("Banana", names), None);
        assert_eq!(nearest("", names), None);
    }
}
