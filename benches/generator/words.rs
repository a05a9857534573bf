//! Sentences in the manner of a police delivery plan, put together from lists. All of it is
//! invented: no force, no person and no figure in it is real.

use super::random::Random;

const BODIES: &[&str] = &[
    "the Public Protection Unit",
    "the Training School",
    "the Digital Forensic Unit",
    "the Vulnerability Team",
    "the Crime Registrar's office",
    "the Intelligence Hub",
    "the Control Room",
    "the Domestic Abuse Desk",
    "the Offender Management Unit",
    "the Corporate Communications Team",
    "the Criminal Justice Unit",
    "the Performance and Insight Team",
    "the Victim Care Hub",
    "the Investigations Command",
    "the Safeguarding Hub",
    "the Local Policing Command",
    "the Systems Team",
    "the Policy Unit",
    "the Learning and Development Lead",
    "the Partnerships Manager",
    "the Cyber Protect Officer",
    "the Orders and Licensing Team",
    "the Force Solicitor's office",
    "the Change Board",
];

const DID: &[&str] = &[
    "reviewed",
    "tested",
    "agreed a new approach to",
    "wrote guidance for",
    "ran two briefings on",
    "mapped",
    "audited",
    "consulted partners on",
    "set a baseline for",
    "put a named officer in charge of",
    "asked the regional group about",
    "published an internal note on",
    "costed a change to",
    "began to monitor",
    "compared three options for",
    "drew up a checklist for",
    "added a monthly check of",
    "reported to the board on",
    "took legal advice on",
    "built a dashboard for",
    "closed two gaps in",
    "wrote to every supervisor about",
    "moved staff to support",
    "held a workshop on",
];

const TO_DO: &[&str] = &[
    "Review",
    "Strengthen",
    "Audit",
    "Improve",
    "Test",
    "Simplify",
    "Agree with partners",
    "Set a standard for",
    "Publish guidance on",
    "Put one team in charge of",
    "Monitor",
    "Explain to all staff",
    "Make the most of",
    "Remove delay from",
    "Bring together",
    "Plan and fund",
];

const OBJECTS: &[&str] = &[
    "the recording of repeat incidents",
    "the first assessment of risk",
    "the handover of cases between shifts",
    "access to specialist advocates",
    "the use of protective orders",
    "the supervision of open investigations",
    "the sharing of intelligence with neighbouring forces",
    "the flagging of linked crimes",
    "the allocation of new cases",
    "the safety plan offered to victims",
    "the examination of phones and other devices",
    "the training of call handlers",
    "the advice given about online safety",
    "the management of repeat offenders",
    "the referral of victims to support services",
    "the searches run before an arrest",
    "the early advice sought from prosecutors",
    "the enforcement of order conditions",
    "the review of cases closed without charge",
    "the record of decisions not to apply for an order",
    "the needs assessment completed with each victim",
    "the welfare of officers who deal with these crimes",
    "the quality of statements taken at the scene",
    "the response to breaches of bail",
    "the way in which counter-allegations are handled",
    "the commissioning of local services",
    "the data returned to national bodies",
    "the multi-agency meetings about high-risk cases",
    "the health interventions open to offenders",
    "the information on the public website",
    "the screening of crimes within a day",
    "the searchable list of included offences",
    "the audit trail of changes to a crime record",
    "the learning taken from reviews of deaths",
    "the pathway for victims under eighteen",
    "the contact made with victims after sentence",
    "the tasking of neighbourhood patrols",
    "the procurement of safety devices",
    "the link between call logs and crime records",
    "the feedback collected from victims",
];

const OUTCOMES: &[&str] = &[
    "every victim has one point of contact",
    "patterns of behaviour are seen early",
    "no case waits for more than a week without an owner",
    "officers can find earlier reports in one search",
    "supervisors see which orders are about to expire",
    "risk is assessed again whenever something changes",
    "support is offered within two working days",
    "partners hear of a high-risk case on the same day",
    "digital evidence is kept before it is lost",
    "victims know what will happen next",
    "breaches lead to a decision within a day",
    "each decision is recorded with its reasons",
    "the force can count these crimes and what became of them",
    "staff know whom to ask for advice",
    "nobody has to tell the same story twice",
    "the threshold for an order is applied in the same way everywhere",
    "trends are reported to the board every quarter",
    "learning from reviews reaches the front line",
    "cases are not split between teams without need",
    "protective measures are considered from the first call",
    "offenders are managed by the team that knows them",
    "low numbers of referrals are noticed and acted on",
    "the public can see what has been done",
    "advice from prosecutors is sought before charge",
    "training is repeated each year and its effect is measured",
    "risk to children in the household is not overlooked",
    "equipment can be issued at any hour",
    "disclosure does not delay a trial",
    "quality is checked by somebody outside the team",
    "the same words mean the same thing in every system",
    "contact by letter, phone and message is treated alike",
    "old reports are read before a case is closed",
];

const SCOPES: &[&str] = &[
    "across the force",
    "in each local policing area",
    "in domestic and other cases alike",
    "for cases that cross a force boundary",
    "whichever team holds the case",
    "from the first call to the end of the case",
    "for adults and for young people",
    "on every shift",
    "where the suspect is unknown as well",
    "within the present budget",
    "in every new case",
    "in rural and urban areas",
    "for online and offline behaviour",
    "during bail and after it",
    "when a case changes hands",
    "before a case is filed",
];

const TAILS: &[&str] = &[
    "and will report again next quarter",
    "with help from two neighbouring forces",
    "after a pilot in one policing area",
    "as part of the yearly training cycle",
    "and found no new cost",
    "once the supplier had confirmed its dates",
    "with the agreement of the Vulnerability Board",
    "and shared the result with partners",
    "ahead of the next release of the records system",
    "because earlier figures could not be relied on",
    "so that supervisors can see progress each week",
    "although two posts are still vacant",
    "following questions from the scrutiny panel",
    "in line with national guidance",
    "and has put the next check in the calendar",
    "without waiting for the permanent change",
];

const WHENS: &[&str] = &[
    "In the spring",
    "Over the summer",
    "In the autumn",
    "At the turn of the year",
    "Since the last update",
    "Early in the quarter",
    "After the review in March",
    "Between April–June",
    "In the last quarter",
    "In the week of the launch",
    "At the board's request",
    "During the pilot",
];

const RECORDS: &[&str] = &[
    "crime records",
    "risk assessments",
    "closed cases",
    "call logs",
    "order applications",
    "victim contracts",
    "handover notes",
    "referral forms",
];

const FINDINGS: &[&str] = &[
    "that most met the standard, with gaps in how reasons were recorded",
    "a clear rise in quality since the last sample",
    "no difference between the policing areas",
    "that supervisors' reviews came late in a third of them",
    "that the flag was missing where a second offence had been recorded",
    "good practice that is now part of the training",
    "that the first contact was well handled and the follow-up was not",
    "too few to draw a conclusion from",
    "that safety planning was done and not always written down",
    "full compliance in all but the newest team",
];

const STAFF: &[&str] = &[
    "call handlers",
    "response officers",
    "detectives",
    "supervisors",
    "neighbourhood officers",
    "new joiners",
    "duty inspectors",
    "safeguarding staff",
];

const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const PLANS: &[&str] = &[
    "The policy is rewritten",
    "A short guide is issued",
    "The dashboard goes live",
    "The first group of staff is trained",
    "The records system is changed",
    "The agreement with partners is signed",
    "The pilot has ended",
    "The first audit is reported",
    "The post is filled",
    "The public page is updated",
];

const WAYS: &[&str] =
    &["by the end of", "before", "during", "in the first weeks of", "not later than the end of"];

const PERIODS: &[&str] = &[
    "the spring conference",
    "the next inspection",
    "the financial year",
    "the second phase of the pilot",
    "the roll-out of the new records system",
    "the consultation",
    "the parliamentary session",
    "the recruitment round",
];

const PAPERS: &[&str] = &[
    "Terms of reference",
    "Minutes of the board",
    "Audit report",
    "Training record",
    "Guidance note",
    "Letter to partners",
    "Equality assessment",
    "Closing report",
];

/// A line that says what is to be done, in six words or so.
pub(super) fn title(random: &mut Random) -> String {
    format!("{} {}", random.pick(TO_DO), random.pick(OBJECTS))
}

/// What a recommendation asks for.
pub(super) fn ask(random: &mut Random) -> String {
    let (verb, object, outcome) = (random.pick(TO_DO), random.pick(OBJECTS), random.pick(OUTCOMES));
    match random.below(3) {
        0 => format!("{verb} {object}, so that {outcome}."),
        1 => format!("{verb} {object} {}, and make sure that {outcome}.", random.pick(SCOPES)),
        _ => format!("{verb} {object} with {}, so that {outcome}.", random.pick(BODIES)),
    }
}

/// An item of the list below an ask.
pub(super) fn item(random: &mut Random) -> String {
    format!("{} {}", random.pick(OUTCOMES), random.pick(SCOPES))
}

/// What was done.
pub(super) fn done(random: &mut Random) -> String {
    let (body, did, object) = (random.pick(BODIES), random.pick(DID), random.pick(OBJECTS));
    match random.below(20) {
        0..9 => format!("{} {did} {object} {}.", capital(body), random.pick(TAILS)),
        9..13 => format!("{}, {body} {did} {object}.", random.pick(WHENS)),
        13 | 14 => format!("Work on {object} is with {body}, so that {}.", random.pick(OUTCOMES)),
        15 | 16 => {
            let (records, month) = (random.pick(RECORDS), random.pick(MONTHS));
            let sample = random.between(12, 140);
            format!("A sample of {sample} {records} in {month} showed {}.", random.pick(FINDINGS))
        }
        17 | 18 => {
            let (trained, staff) = (random.between(40, 900), random.pick(STAFF));
            let of = trained + random.between(5, 300);
            format!("{trained} of {of} {staff} have been briefed on {object}.")
        }
        _ => format!("£{},000 is set aside for {object} {}.", random.between(4, 180), random.pick(SCOPES)),
    }
}

/// How a missing deadline is to be made good.
pub(super) fn mitigation(random: &mut Random) -> String {
    format!("Meanwhile {} checks {} each week.", random.pick(BODIES), random.pick(OBJECTS))
}

/// Why a deadline was moved.
pub(super) fn reason(random: &mut Random) -> String {
    format!("{} asked for more time to finish {}.", capital(random.pick(BODIES)), random.pick(OBJECTS))
}

/// A step.
pub(super) fn milestone(random: &mut Random) -> String {
    format!("{} for {}", random.pick(PLANS), random.pick(OBJECTS))
}

/// A deadline in words that give no date.
pub(super) fn wording(random: &mut Random) -> String {
    format!("{} {}", random.pick(WAYS), random.pick(PERIODS))
}

/// A document.
pub(super) fn paper(random: &mut Random) -> String {
    format!("{} on {}", random.pick(PAPERS), random.pick(OBJECTS))
}

/// Somebody, by post and not by name.
pub(super) fn post(random: &mut Random) -> String {
    format!("Head of {}", random.pick(BODIES).trim_start_matches("the "))
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
