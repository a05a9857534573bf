//! What a cell of owners says: their names, and what stands beside them that is no name.

use super::{dates, is_among};

/// What people write where there is no owner.
const NOBODY: &[&str] =
    &["na", "none", "nobody", "unknown", "not known", "not applicable", "pending", "vacancy", "ditto"];
/// What an owner is still to be.
const DECIDED: &str = "confirmed agreed decided determined appointed allocated identified assigned advised nominated recruited \
     announced filled named";
/// What somebody is still to be found for.
const ROLES: &str = "owner lead officer post role name sro sponsor manager";
/// What a spreadsheet writes where it could reckon nothing.
const ERRORS: &[&str] = &["ref!", "n/a", "value!", "name?", "div/0!", "null!", "num!"];

/// What begins that there is none yet, or none at all.
const NOT_YET: &[&str] = &[
    "n/a",
    "tbc",
    "tbd",
    "tba",
    "vacant",
    "unallocated",
    "unassigned",
    "not allocated",
    "not assigned",
    "not yet",
    "no owner",
    "owner tbc",
    "lead tbc",
    "post tbc",
    "n/k",
    "as above",
    "as below",
    "awaiting",
    "not confirmed",
    "being recruited",
    "recruitment pending",
    "recruitment ongoing",
    "recruitment in progress",
    "name tbc",
    "see rec",
    "see recommendation",
    "see above",
];

/// Of the words of a label one at least is of these: "Lead", "Exec sponsor".
const LABELS: &str = "lead support supporting supported sponsor owner owners responsible accountable sro";
/// Those of them that say who owns, and not who helps.
const OWNS: &str = "lead owner owners responsible accountable sro";
/// The others that may stand in a label.
const OF_LABELS: &str =
    "action by with exec executive delivery senior strategic operational business joint officer";
/// What stands before a number by which somebody is reached.
const CONTACT: &str = "tel telephone phone mobile ext extension email e-mail";
/// Signs between a label and a name.
const SIGNS: &[&str] = &[":", " – ", " — ", " - "];
/// What leads on to somebody else without any sign.
const HELPED: &[&str] = &["supported by ", "with support from "];

/// A cell's names, and what it says besides: days, labels, telephone numbers, doubts.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    /// The names, on the lines on which they stand.
    pub(super) names: String,
    /// What else there is, piece by piece.
    pub(super) besides: Vec<String>,
}

/// Whether a text says that there is no owner: "TBC", "Owner to be confirmed", "N/A - all staff".
pub(super) fn is_nobody(text: &str) -> bool {
    let written = text.trim();
    let text = written.to_lowercase();
    // "TBA Consulting" is somebody: another name follows.
    let is_name = |rest: &str| {
        let rest = written.get(written.len().saturating_sub(rest.len())..).unwrap_or_default();
        rest.starts_with(' ') && rest.trim_start().starts_with(char::is_uppercase)
    };
    let begins = |start: &&&str| {
        text.strip_prefix(**start)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric) && !is_name(rest))
    };
    let is_to_be = || {
        // "NPCC lead to be confirmed" is still to be named; "Supt Jones, to be confirmed" is not.
        let (before, rest) = match text.split_once("to be ") {
            Some((before, rest)) => (before.trim_end(), Some(rest)),
            None => ("", None),
        };
        let role = before.rsplit(' ').next().unwrap_or_default();
        let rest = rest.filter(|_| role.is_empty() || is_among(ROLES, role));
        rest.is_some_and(|rest| {
            is_among(DECIDED, rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default())
        })
    };
    is_to_be()
        || NOBODY.contains(&text.as_str())
        || ERRORS.contains(&text.trim_start_matches('#'))
        || NOT_YET.iter().any(|start| begins(&start))
}

impl Written {
    /// What a cell says.
    pub(super) fn of(cell: &str) -> Self {
        let mut written = Self::default();
        for clause in cell.lines().flat_map(clauses) {
            let name = written.clause(clause);
            if !name.is_empty() && !written.names.is_empty() {
                written.names.push('\n');
            }
            written.names.push_str(&name);
        }
        written
    }

    /// A clause without what is no name.
    fn clause(&mut self, clause: &str) -> String {
        let first = clause
            .split(|c: char| !c.is_alphanumeric() && c != '-')
            .next()
            .unwrap_or_default()
            .to_lowercase();
        let is_contact = is_among(CONTACT, &first) && clause.contains(|c: char| c.is_ascii_digit());
        if is_contact || clause.contains('@') && !clause.contains(' ') {
            self.besides.push(clause.trim().to_owned());
            return String::new();
        }
        let mut rest = clause;
        if let Some((said, name)) = label(clause) {
            self.besides.push(said.trim().to_owned());
            rest = name;
        }
        let dated = self.without_days(rest);
        // A month, or figures with strokes between them, name nobody.
        let words: Vec<&str> = dated.split_whitespace().collect();
        let is_year = |word: &str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
        if let [month, year] = words.as_slice()
            && is_among(dates::MONTHS, &month.to_lowercase())
            && is_year(year)
        {
            self.besides.push(dated.trim().to_owned());
            return String::new();
        }
        let is_figure = |word: &&str| {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            bare.contains(['/', '-']) && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '-'))
        };
        self.besides.extend(words.iter().filter(|word| is_figure(word)).map(|word| (*word).to_owned()));
        let names: Vec<&str> = words.into_iter().filter(|word| !is_figure(word)).collect();
        self.without_doubts(&names.join(" "))
    }

    /// A text without its days; the brackets around one belong to it: "(until 31/03/2026)".
    fn without_days(&mut self, text: &str) -> String {
        let mut name = text.to_owned();
        for found in dates::all(text).into_iter().rev() {
            let open =
                text[..found.at.start].rfind('(').filter(|at| !text[*at..found.at.start].contains(')'));
            let close = text[found.at.end..].find(')').map(|at| found.at.end + at + 1);
            let at = match (open, close) {
                (Some(open), Some(close)) => open..close,
                _ => found.at,
            };
            if at.end <= name.len() {
                name.replace_range(at.clone(), " ");
                self.besides.push(text[at].trim().to_owned());
            }
        }
        name
    }

    /// A name without what doubts it: "Head of Crime (TBC)", "Head of Crime?".
    fn without_doubts(&mut self, name: &str) -> String {
        let mut name = name.trim();
        loop {
            let bare = name.trim_end_matches(['?', ' ']);
            let inner = bare
                .strip_suffix([')', ']'])
                .and_then(|rest| rest.rsplit_once(['(', '[']))
                .filter(|(_, inner)| is_nobody(inner));
            // "Head of Crime TBC", "Head of Crime - TBC".
            let last = bare
                .rsplit_once(' ')
                .filter(|(_, last)| !last.contains(char::is_lowercase) && is_nobody(last) && last.len() < 4);
            let Some((before, _)) = inner.or(last).or((bare.len() < name.len()).then_some((bare, ""))) else {
                return name.to_owned();
            };
            let before = before.trim_end_matches([' ', '-', '–']);
            // Where nothing else is left it names nobody, and says so itself.
            if !before.contains(char::is_alphabetic) {
                return name.to_owned();
            }
            self.besides.push(name[before.len()..].trim_matches([' ', '-', '–']).to_owned());
            name = before;
        }
    }
}

/// The label at the start of a text, with its sign, and what stands behind it.
fn label(text: &str) -> Option<(&str, &str)> {
    /// No label is longer.
    const MOST: usize = 80;
    let end = text.floor_char_boundary(MOST);
    let lower = text[..end].trim_start().to_ascii_lowercase();
    if let Some(helped) = HELPED.iter().find(|helped| lower.starts_with(**helped)) {
        let at = text.len() - text.trim_start().len() + helped.len();
        return Some((text[..at].trim_end(), &text[at..]));
    }
    let ends = SIGNS.iter().filter_map(|sign| text[..end].find(sign).map(|at| (at, at + sign.len())));
    let (at, end) = ends.min()?;
    let words: Vec<String> = text[..at].split_whitespace().map(str::to_lowercase).collect();
    let is_sure = |word: &String| is_among(LABELS, word);
    let is_of_one = |word: &String| is_sure(word) || is_among(OF_LABELS, word);
    let says = words.iter().any(is_sure) || text[at..].starts_with(':');
    (!words.is_empty() && words.len() <= 4 && says && words.iter().all(is_of_one))
        .then_some((&text[..end], &text[end..]))
}

/// Whether a line says who owns what stands below it: "Owner: Chief Executive", and no sentence.
pub(super) fn is_owner_line(text: &str) -> bool {
    const MOST: usize = 12;
    let Some((said, name)) = label(text).filter(|(said, _)| said.ends_with(':')) else { return false };
    let words = said.trim_end_matches(':').to_lowercase();
    let is_owner = words.split_whitespace().any(|word| is_among(OWNS, word));
    let count = name.split_whitespace().count();
    is_owner && (1..=MOST).contains(&count) && !name.ends_with(['.', '!', '?'])
}

/// The clauses of a line, each of which begins with a label: "Lead – Head of HR. Supported by: Head of IT".
fn clauses(line: &str) -> Vec<&str> {
    let (mut all, mut from) = (Vec::new(), 0);
    for (at, _) in line.match_indices(['.', ';', ',', ' ']) {
        let rest = &line[at + 1..];
        let trimmed = rest.trim_start();
        let is_end = !line[at..].starts_with(' ') && rest.len() > trimmed.len();
        let helps = line[at..].starts_with(' ')
            && HELPED.iter().any(|helped| {
                trimmed.get(..helped.len()).is_some_and(|start| start.eq_ignore_ascii_case(helped))
            });
        if at >= from && (is_end && label(trimmed).is_some() || helps) {
            all.push(line[from..at].trim_end_matches([',', ';', '.', ' ']));
            from = line.len() - trimmed.len();
        }
    }
    all.push(&line[from..]);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_name_is_told_apart() {
        let cells = [
            "Fleet Manager\n30/09/2026",
            "Fleet Manager, 31/10/2026",
            "Fleet Manager 01/02/2027",
            "Fleet Manager\nMarch 2027",
            "Head of HR (until 31/03/2026), then Head of OD",
            "Supt Lane 07/26",
            "Lead: DCC\nSupport: Head of IT\nTel: 01632 960111",
            "Chief Constable/OPCC",
            "HM Prison and Probation",
            "it@force.example",
            "Head of Crime (TBC)",
            "Head of Crime?",
            "Head of Crime - TBC",
            "Head of Crime [to be confirmed]?",
            "TBC?",
            "Lead – Head of HR. Supported by: Head of IT",
            "Exec sponsor: DCC",
            "DCC, supported by Head of IT",
            "Delivery lead: Head of IT; Exec sponsor: DCC",
            "Action Fraud - London",
            "Head of Learning - Support Services",
        ];
        let told = cells.map(|cell| {
            let Written { names, besides } = Written::of(cell);
            format!(
                "{}: {} | {}\n",
                cell.replace('\n', " / "),
                names.replace('\n', " / "),
                besides.join("; ")
            )
        });
        insta::assert_snapshot!(told.concat(), @"
        Fleet Manager / 30/09/2026: Fleet Manager | 30/09/2026
        Fleet Manager, 31/10/2026: Fleet Manager, | 31/10/2026
        Fleet Manager 01/02/2027: Fleet Manager | 01/02/2027
        Fleet Manager / March 2027: Fleet Manager | March 2027
        Head of HR (until 31/03/2026), then Head of OD: Head of HR , then Head of OD | (until 31/03/2026)
        Supt Lane 07/26: Supt Lane | 07/26
        Lead: DCC / Support: Head of IT / Tel: 01632 960111: DCC / Head of IT | Lead:; Support:; Tel: 01632 960111
        Chief Constable/OPCC: Chief Constable/OPCC | 
        HM Prison and Probation: HM Prison and Probation | 
        it@force.example:  | it@force.example
        Head of Crime (TBC): Head of Crime | (TBC)
        Head of Crime?: Head of Crime | ?
        Head of Crime - TBC: Head of Crime | TBC
        Head of Crime [to be confirmed]?: Head of Crime | [to be confirmed]?
        TBC?: TBC | ?
        Lead – Head of HR. Supported by: Head of IT: Head of HR / Head of IT | Lead –; Supported by:
        Exec sponsor: DCC: DCC | Exec sponsor:
        DCC, supported by Head of IT: DCC / Head of IT | supported by
        Delivery lead: Head of IT; Exec sponsor: DCC: Head of IT / DCC | Delivery lead:; Exec sponsor:
        Action Fraud - London: Action Fraud - London | 
        Head of Learning - Support Services: Head of Learning - Support Services |
        ");
    }

    #[test]
    fn what_says_that_there_is_none_names_nobody() {
        for (text, is) in [
            ("TBC", true),
            ("Owner to be confirmed", true),
            ("Unallocated", true),
            ("Vacant", true),
            ("Vacant (was Head of IT)", true),
            ("To be agreed", true),
            ("Lead to be appointed", true),
            ("As above", true),
            ("NPCC lead to be confirmed", true),
            ("Owner to be agreed by the board", true),
            ("Supt Jones, to be confirmed", false),
            ("Home to be sold Ltd", false),
            ("Awaiting appointment", true),
            ("To be named", true),
            ("Not confirmed", true),
            ("Recruitment pending", true),
            ("Recruitment team", false),
            ("See rec 1", true),
            ("#REF!", true),
            ("REF!", true),
            ("#N/A", true),
            ("See Change Ltd", false),
            ("N/A - all staff", true),
            ("Nationwide", false),
            ("Tbilisi", false),
            ("To Be Independent Ltd", false),
            ("TBA Consulting", false),
            ("Unallocated Cases Team", false),
            ("TBC by the board", true),
            ("Head of Vacant Property", false),
            ("NA Ltd", false),
        ] {
            assert_eq!(is_nobody(text), is, "{text}");
        }
    }
}
