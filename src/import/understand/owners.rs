//! Who owns a recommendation: names out of cells, split where several stand in one, and brought together where one
//! body has several spellings.

use super::written::is_nobody;
use crate::model::same_word;
use std::collections::{BTreeMap, BTreeSet};

/// An owner as the document spells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnerFound {
    /// The spelling that most rows have.
    pub name: String,
    /// The others.
    pub aliases: Vec<String>,
}

/// Every owner of a document, and how each cell names them.
#[derive(Debug, Default)]
pub(super) struct Owners {
    pub(super) found: Vec<OwnerFound>,
    /// Cells in which a comma, or an "and", may set owners apart or belong to a name, and were left whole.
    pub(super) unsure: BTreeSet<String>,
    /// Parts that were split, though none of their pieces stands by itself anywhere.
    pub(super) split: BTreeSet<String>,
    by_cell: BTreeMap<String, Vec<usize>>,
}

/// Two bodies in whose names an "and", or a comma, is a part.
const WHOLE: &str = "england and wales|police and crime|health and safety|health and social care|health and care\
     |fire and rescue|constabulary and fire & rescue|courts and tribunals|prison and probation\
     |prisons and probation|environment, food and rural affairs|food and rural affairs\
     |digital, culture, media and sport|culture, media and sport|science, innovation and technology\
     |levelling up, housing and communities|housing, communities and local government\
     |business and trade|energy security and net zero|work and pensions|children and young people\
     |children and families|learning and development|equality and human rights|rail and road\
     |research and innovation|standards and training";

/// Words after which a list is what an office is for, not who else there is: "Head of HR and Finance".
const FOR: &[&str] = &[" of ", " for "];

impl Owners {
    /// The owners of these cells, in the order in which they come.
    pub(super) fn of<'c>(cells: impl Iterator<Item = &'c str> + Clone) -> Self {
        let mut alone: BTreeSet<String> = BTreeSet::new();
        let mut cells_of: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for cell in cells.clone() {
            for part in hard(cell) {
                if soft(&part).len() == 1 {
                    alone.insert(plain(&part));
                }
                cells_of.entry(plain(&part)).or_default().insert(cell);
            }
        }
        let mut owners = Self::default();
        let mut spellings: Vec<BTreeMap<String, usize>> = Vec::new();
        let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
        for cell in cells {
            let mut named = Vec::new();
            // A slash without a space may also stand within a name: "Head of HR/OD".
            let is_tight = |line: &&str| line.contains('/') && !line.contains(" / ");
            let lines = cell.split(['\n', ';', '|']).filter(is_tight);
            for line in lines {
                let pieces = hard(line);
                let is_known = |piece: &String| cells_of.get(&plain(piece)).is_some_and(|all| all.len() > 1);
                if pieces.len() > 1 && !pieces.iter().all(is_known) {
                    owners.split.insert(tidy(line));
                }
            }
            for part in hard(cell) {
                for name in owners.split(&part, &alone) {
                    let keys = keys(&name);
                    let known = keys.iter().find_map(|key| by_key.get(key)).copied();
                    let at = known.unwrap_or_else(|| {
                        spellings.push(BTreeMap::new());
                        spellings.len() - 1
                    });
                    keys.into_iter().for_each(|key| {
                        by_key.entry(key).or_insert(at);
                    });
                    *spellings[at].entry(name).or_default() += 1;
                    if !named.contains(&at) {
                        named.push(at);
                    }
                }
            }
            owners.by_cell.insert(cell.to_owned(), named);
        }
        owners.found = spellings.into_iter().map(settle).collect();
        owners
    }

    /// The owners that a cell names, by their names.
    pub(super) fn in_cell(&self, cell: &str) -> Vec<String> {
        let places = self.by_cell.get(cell).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|at| self.found.get(*at)).map(|owner| owner.name.clone()).collect()
    }

    /// What a cell says where an owner is expected, and is none: "TBC".
    pub(super) fn nobody(cell: &str) -> Vec<String> {
        let pieces = parts(cell).into_iter().flat_map(|part| pieces(&part));
        pieces.filter(|piece| piece.contains(char::is_alphabetic) && !is_somebody(piece)).collect()
    }

    /// One part of a cell as the owners that it names.
    fn split(&mut self, part: &str, alone: &BTreeSet<String>) -> Vec<String> {
        let pieces = soft(part);
        if pieces.len() == 1 {
            return pieces;
        }
        let is_body = |piece: &String| alone.contains(&plain(piece)) || is_acronym(piece);
        let lower = part.to_lowercase();
        let is_office = FOR.iter().any(|word| lower.contains(word));
        if pieces.iter().any(is_body) || !is_office {
            if !pieces.iter().all(|piece| alone.contains(&plain(piece))) {
                self.split.insert(part.to_owned());
            }
            return pieces;
        }
        self.unsure.insert(part.to_owned());
        vec![part.to_owned()]
    }
}

/// The spelling that most have, of several the longest; the others are aliases, save those of another case.
fn settle(spellings: BTreeMap<String, usize>) -> OwnerFound {
    let has_article = |name: &str| name.to_lowercase().starts_with("the ");
    let capitals = |name: &str| name.chars().filter(|c| c.is_uppercase()).count();
    let name = spellings
        .iter()
        .max_by_key(|(name, count)| (**count, !has_article(name), name.len(), capitals(name)));
    let name = name.map(|(name, _)| name.clone()).unwrap_or_default();
    let aliases = spellings.into_keys().filter(|other| !same_word(other, &name)).collect();
    OwnerFound { name, aliases }
}

/// The parts of a cell between what can only set owners apart that name somebody, in one piece of them at least.
fn hard(cell: &str) -> Vec<String> {
    parts(cell).into_iter().filter(|part| !soft(part).is_empty()).collect()
}

/// The parts of a cell between what can only set owners apart: line breaks, semicolons, slashes.
fn parts(cell: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let chars: Vec<char> = cell.chars().collect();
    for (at, c) in chars.iter().enumerate() {
        // D/Supt, A/CC, and/or: a slash within a word of few letters is a part of it.
        let word = |c: &&char| c.is_alphanumeric();
        let before = chars[..at].iter().rev().take(4).take_while(word).count();
        let is_short = before == 1
            || chars[..at].iter().rev().take(3).rev().collect::<String>().eq_ignore_ascii_case("and");
        match c {
            '\n' | ';' | '|' => parts.push(String::new()),
            '/' if !is_short => parts.push(String::new()),
            c => {
                if let Some(part) = parts.last_mut() {
                    part.push(*c);
                }
            }
        }
    }
    parts.into_iter().map(|part| tidy(&part)).collect()
}

/// The pieces of a part that name somebody.
fn soft(part: &str) -> Vec<String> {
    pieces(part).into_iter().filter(|piece| is_somebody(piece)).collect()
}

/// The pieces of a part between commas, and "and"s, that are in no known name and in no brackets.
fn pieces(part: &str) -> Vec<String> {
    const SIGNS: &[&str] = &[", and ", ", ", " and/or ", " and ", " & ", " + ", " with "];
    let lower = part.to_ascii_lowercase();
    let whole: Vec<std::ops::Range<usize>> = WHOLE
        .split('|')
        .flat_map(|whole| lower.match_indices(whole).map(|(at, _)| at..at + whole.len()).collect::<Vec<_>>())
        .collect();
    let (mut pieces, mut from, mut depth, mut at) = (Vec::new(), 0, 0_usize, 0);
    while let Some(c) = lower[at..].chars().next() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let sign = SIGNS.iter().find(|sign| depth == 0 && lower[at..].starts_with(**sign)).copied();
        // A comma without a space, before another name.
        let is_tight = depth == 0 && c == ',' && part[at + 1..].starts_with(char::is_uppercase);
        match sign.or(is_tight.then_some(",")) {
            Some(sign) if !whole.iter().any(|whole| whole.contains(&at)) => {
                pieces.push(tidy(&part[from..at]));
                at += sign.len();
                from = at;
            }
            _ => at += c.len_utf8(),
        }
    }
    pieces.push(tidy(&part[from..]));
    pieces
}

fn tidy(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words
        .trim_matches(|c: char| {
            matches!(c, ',' | '.' | ':' | '-' | '–' | '*' | '•' | '#') || c.is_whitespace()
        })
        .to_owned()
}

fn is_somebody(text: &str) -> bool {
    text.contains(char::is_alphabetic) && !is_nobody(text)
}

/// Whether a name is one of capital letters: NPCC, PCCs.
fn is_acronym(name: &str) -> bool {
    let letters = name.trim_end_matches('s');
    letters.len() >= 2 && letters.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
}

/// Whether letters are those that the words of a name begin with, small words aside or not: OPCC, DfT.
fn abbreviates(short: &str, long: &str) -> bool {
    const SMALL: &[&str] = &["of", "the", "and", "for", "in", "to", "on", "s"];
    let short = short.trim().trim_end_matches('s').to_lowercase();
    let long = plain(long);
    let first = |is: &dyn Fn(&&str) -> bool| -> String {
        long.split(' ').filter(is).filter_map(|word| word.chars().next()).collect()
    };
    short.chars().count() > 1 && (first(&|word| !SMALL.contains(word)) == short || first(&|_| true) == short)
}

/// A name as it is compared: lower case, words only, no article, in the singular.
fn plain(name: &str) -> String {
    let words: String = name.to_lowercase().chars().filter(|c| !matches!(c, '\'' | '’' | '.')).collect();
    let words: String = words.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let mut words: Vec<&str> = words.split_whitespace().collect();
    if words.first() == Some(&"the") {
        words.remove(0);
    }
    let plain = words.join(" ");
    match plain.strip_suffix('s') {
        Some(single) if single.len() > 2 && !single.ends_with('s') => single.to_owned(),
        _ => plain,
    }
}

/// What a name may be known by: itself, and the name and its letters where it has both: "National Police Chiefs'
/// Council (NPCC)". What stands in brackets otherwise is what tells two apart: "Assistant Director (HR)".
fn keys(name: &str) -> Vec<String> {
    let mut keys = vec![plain(name)];
    if let Some((long, short)) = name.strip_suffix(')').and_then(|name| name.split_once('('))
        && abbreviates(short, long)
    {
        keys.push(plain(long));
        keys.push(plain(short));
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_tell_apart_what_they_do_not_abbreviate() {
        let cells = [
            "Head of Crime (BTP)",
            "Head of Fleet (BTP)",
            "Assistant Director (HR)",
            "Assistant Director (ICT)",
            "Director of Adults (DASS)",
            "Office of the Police and Crime Commissioner (OPCC)",
            "OPCC",
            "Department for Transport (DfT)",
            "DfT",
            "Head of HR/OD",
        ];
        let owners = Owners::of(cells.iter().copied());
        let told = cells.iter().map(|cell| format!("{cell}: {}\n", owners.in_cell(cell).join(" + ")));
        insta::assert_snapshot!(told.collect::<String>() + &format!("{:?}", owners.split), @r#"
        Head of Crime (BTP): Head of Crime (BTP)
        Head of Fleet (BTP): Head of Fleet (BTP)
        Assistant Director (HR): Assistant Director (HR)
        Assistant Director (ICT): Assistant Director (ICT)
        Director of Adults (DASS): Director of Adults (DASS)
        Office of the Police and Crime Commissioner (OPCC): Office of the Police and Crime Commissioner (OPCC)
        OPCC: Office of the Police and Crime Commissioner (OPCC)
        Department for Transport (DfT): Department for Transport (DfT)
        DfT: Department for Transport (DfT)
        Head of HR/OD: Head of HR + OD
        {"Head of HR/OD"}
        "#);
    }

    #[test]
    fn names_are_split_and_brought_together() {
        let cells = [
            "Chief Constables",
            "Chief Constables",
            "Chief Constable/OPCC",
            "OPCC",
            "Head of HR and Finance",
            "NPCC and College of Policing",
            "National Police Chiefs' Council (NPCC)",
            "Home Office, MOJ and CPS",
            "Department for Environment, Food and Rural Affairs",
            "Chief constables and Police and Crime Commissioners in England and Wales",
            "D/Supt, Head of Crime",
            "TBC",
            "HMICFRS\nthe Home Office; N/A",
            "TBC, Head of Estates",
        ];
        let owners = Owners::of(cells.iter().copied());
        let told = cells
            .iter()
            .map(|cell| format!("{}: {}\n", cell.replace('\n', " | "), owners.in_cell(cell).join(" + ")));
        insta::assert_snapshot!(told.collect::<String>(), @"
        Chief Constables: Chief Constables
        Chief Constables: Chief Constables
        Chief Constable/OPCC: Chief Constables + OPCC
        OPCC: OPCC
        Head of HR and Finance: Head of HR and Finance
        NPCC and College of Policing: National Police Chiefs' Council (NPCC) + College of Policing
        National Police Chiefs' Council (NPCC): National Police Chiefs' Council (NPCC)
        Home Office, MOJ and CPS: Home Office + MOJ + CPS
        Department for Environment, Food and Rural Affairs: Department for Environment, Food and Rural Affairs
        Chief constables and Police and Crime Commissioners in England and Wales: Chief Constables + Police and Crime Commissioners in England and Wales
        D/Supt, Head of Crime: D/Supt, Head of Crime
        TBC: 
        HMICFRS | the Home Office; N/A: HMICFRS + Home Office
        TBC, Head of Estates: Head of Estates
        ");
        insta::assert_debug_snapshot!((owners.found.iter().filter(|o| !o.aliases.is_empty()).collect::<Vec<_>>(), owners.unsure), @r#"
        (
            [
                OwnerFound {
                    name: "Chief Constables",
                    aliases: [
                        "Chief Constable",
                    ],
                },
                OwnerFound {
                    name: "National Police Chiefs' Council (NPCC)",
                    aliases: [
                        "NPCC",
                    ],
                },
                OwnerFound {
                    name: "Home Office",
                    aliases: [
                        "the Home Office",
                    ],
                },
            ],
            {
                "D/Supt, Head of Crime",
                "Head of HR and Finance",
            },
        )
        "#);
    }
}
