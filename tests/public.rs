//! Nothing internal reaches a public page: plans that hold a marked secret in every internal place are written, and
//! their public pages searched for each of them.

use plan::parse::keys;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

/// Of each table of the format, the keys that the public may see. Whatever is not named is internal: a new key of
/// the format is filled with a secret, or the test below says that nobody does.
const PUBLIC: &[(&str, &[&str])] = &[
    ("the head", &["title", "organisation", "source", "published", "owner", "rag", "status"]),
    ("an owner", &["name"]),
    ("a RAG level", &["name", "colour"]),
    ("a status", &["name", "phase"]),
    (
        "a recommendation",
        &[
            "id",
            "printed_id",
            "title",
            "text",
            "owners",
            "deadline",
            "rag",
            "status",
            "milestone",
            "update",
            "evidence",
        ],
    ),
    ("a milestone", &["title", "due", "done"]),
    ("an update", &["date", "period", "text", "rag", "status", "visibility"]),
    ("an item of evidence", &["title", "ref", "visibility"]),
];

/// Secrets, each with where it stands.
#[derive(Default)]
struct Secrets {
    seed: u64,
    made: Vec<(String, String)>,
    /// The keys under which there are some.
    keys: BTreeSet<(&'static str, &'static str)>,
}

impl Secrets {
    /// A secret for a key of a table.
    fn of(&mut self, table: &'static str, key: &'static str) -> String {
        self.keys.insert((table, key));
        self.at(&format!("{table}: {key}"))
    }

    /// A secret that stands there.
    fn at(&mut self, place: &str) -> String {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let secret = format!("Zq{:012x}", self.seed >> 16);
        self.made.push((secret.clone(), place.to_owned()));
        secret
    }
}

/// What is different from plan to plan.
#[derive(Clone, Debug)]
struct Shape {
    seed: u64,
    /// What unmarked updates and evidence are.
    public_by_default: Option<bool>,
    /// Of each update and item of evidence whether it is marked as public, as internal, or not at all.
    marks: Vec<Option<bool>>,
    /// Whether the recommendation is reported, and so not held elsewhere.
    reported: bool,
    several: bool,
}

fn shape() -> impl Strategy<Value = Shape> {
    let marks = proptest::collection::vec(any::<Option<bool>>(), 0..5);
    (any::<u64>(), any::<Option<bool>>(), marks, any::<bool>(), any::<bool>()).prop_map(
        |(seed, public_by_default, marks, reported, several)| Shape {
            seed,
            public_by_default,
            marks,
            reported,
            several,
        },
    )
}

/// What says who may see something, and whether everybody may.
fn visibility(mark: Option<bool>, default: Option<bool>) -> (&'static str, bool) {
    let line = match mark {
        Some(true) => "visibility = \"public\"\n",
        Some(false) => "visibility = \"internal\"\n",
        None => "",
    };
    (line, mark.or(default).unwrap_or(false))
}

fn head(shape: &Shape, s: &mut Secrets) -> String {
    let mut text = format!(
        "# {}\ntitle = \"A plan\" # {}\norganisation = \"A force\"\nsource = \"A report\"\npublished = 2024-09-27\n",
        s.at("a comment in plan.toml"),
        s.at("a comment after a value")
    );
    let mut line = |key: &'static str, value: String| {
        let _ = writeln!(text, "{key} = {value}");
    };
    line("lead", format!("\"{}\"", s.of("the head", "lead")));
    line("governance", format!("\"{}\"", s.of("the head", "governance")));
    line("review_date", "2031-07-19".to_owned());
    line("priorities", format!("[\"{}\"]", s.of("the head", "priorities")));
    line("answers_for", format!("[\"Force\", \"{}\"]", s.of("the head", "answers_for")));
    line("covers", format!("[\"{}\"]", s.of("the head", "covers")));
    line("numbering_note", format!("\"{}\"", s.of("the head", "numbering_note")));
    let (alias, member) = (s.of("an owner", "aliases"), s.of("an owner", "member_of"));
    let _ =
        write!(text, "\n[[owner]]\nname = \"Force\"\naliases = [\"{alias}\"]\nmember_of = [\"{member}\"]\n");
    let (unused, other) = (s.at("an owner of nothing: aliases"), s.at("an owner of nothing: member_of"));
    let _ =
        write!(text, "[[owner]]\nname = \"Council\"\naliases = [\"{unused}\"]\nmember_of = [\"{other}\"]\n");
    let meaning = s.of("a RAG level", "meaning");
    let _ = write!(
        text,
        "[[rag]]\nname = \"Red\"\ncolour = \"red\"\nmeaning = \"{meaning}\"\noutlook = \"miss\"\n"
    );
    // By its outlook alone it would be green.
    let meaning = s.of("a RAG level", "meaning");
    let _ = write!(text, "[[rag]]\nname = \"Hmm\"\nmeaning = \"{meaning}\"\noutlook = \"met\"\n");
    let meaning = s.of("a status", "meaning");
    let _ = write!(
        text,
        "[[status]]\nname = \"Complete\"\nmeaning = \"{meaning}\"\nphase = \"done\"\noutlook = \"met\"\n"
    );
    s.keys.extend([("a RAG level", "outlook"), ("a status", "outlook")]);
    let _ = write!(
        text,
        "[policy]\ndue_soon_days = 7777\nstale_after_days = 8888\n[rules]\nstale-update = \"off\"\n"
    );
    s.keys.extend([("the head", "policy"), ("the head", "rules"), ("the head", "review_date")]);
    let (reason, by) = (s.of("the head", "exception"), s.at("exception: approved_by"));
    let _ = write!(
        text,
        "[[exception]]\nrule = \"unrated\"\nids = [\"1\"]\nreason = \"{reason}\"\napproved_by = \"{by}\"\nuntil = 2032-01-01\n"
    );
    let redact = s.of("the head", "publish");
    let default = shape.public_by_default.map(|public| if public { "public" } else { "internal" });
    let default = default.map(|default| format!("default = \"{default}\"\n")).unwrap_or_default();
    let _ = write!(text, "[publish]\n{default}redact = [\"{redact}\"]\n");
    text
}

fn file(shape: &Shape, id: &str, s: &mut Secrets) -> String {
    const R: &str = "a recommendation";
    let comment = s.at("a comment in a recommendation");
    let mut text = format!(
        "# {comment}\nid = \"{id}\"\nprinted_id = \"p{id}\"\ntitle = \"Title {id}\"\ntext = \"Text {id}\"\nowners = [\"Force\"]\ndeadline = 2025-03-27\n"
    );
    if shape.reported {
        let rag = if id == "2" { "Hmm" } else { "Red" };
        let _ = write!(text, "rag = \"{rag}\"\nstatus = \"Complete\"\n");
    }
    if id == "2.1" {
        text.push_str("parent = \"2\"\n");
        s.keys.insert((R, "parent"));
    }
    for key in ["theme", "priority", "origin", "lead", "response", "mitigation"] {
        let _ = writeln!(text, "{key} = \"{}\"", s.of(R, key));
    }
    let _ = writeln!(text, "aliases = [\"{}\"]", s.of(R, "aliases"));
    let _ = writeln!(text, "depends_on = [\"{}\"]", s.of(R, "depends_on"));
    let _ = writeln!(text, "issued = 2033-05-23");
    s.keys.insert((R, "issued"));
    let _ = writeln!(text, "forecast = {{ date = 2034-06-24, wording = \"{}\" }}", s.of(R, "forecast"));
    let (name, value) = (s.of(R, "custom"), s.at("custom: a value"));
    let _ = writeln!(
        text,
        "custom.{name} = \"{value}\"\ncustom.table.{} = [\"{}\"]",
        s.at("custom: a key"),
        s.at("custom: in a list")
    );
    text.push_str("[[milestone]]\ntitle = \"Step\"\ndue = { date = 2025-03-01, wording = \"early\" }\n");
    s.keys.insert((R, "extension"));
    for _ in 0..2 {
        let (from, to) = (s.of("an extension", "from"), s.of("an extension", "to"));
        let (reason, by) = (s.of("an extension", "reason"), s.of("an extension", "approved_by"));
        let milestone = s.of("an extension", "milestone");
        let _ = write!(
            text,
            "[[extension]]\nfrom = {{ wording = \"{from}\" }}\nto = {{ wording = \"{to}\" }}\non = 2035-07-25\nreason = \"{reason}\"\n\
             approved_by = \"{by}\"\nmilestone = \"{milestone}\"\n"
        );
    }
    s.keys.extend([("an extension", "on"), ("an answer", "on"), ("an assurance", "on"), ("a closure", "on")]);
    s.keys.insert((R, "answer"));
    let (owner, response) = (s.of("an answer", "owner"), s.of("an answer", "response"));
    let (rag, status, words) =
        (s.of("an answer", "rag"), s.of("an answer", "status"), s.of("an answer", "text"));
    let _ = write!(
        text,
        "[[answer]]\nowner = \"{owner}\"\nresponse = \"{response}\"\nrag = \"{rag}\"\nstatus = \"{status}\"\non = 2036-08-26\ntext = \"{words}\"\n"
    );
    for (n, mark) in shape.marks.iter().enumerate() {
        let (line, public) = visibility(*mark, shape.public_by_default);
        let by = s.of("an update", "by");
        let (period, words, rag, status) = if public {
            (format!("Q{n}"), format!("Said {n}."), "Red".to_owned(), "Complete".to_owned())
        } else {
            let mut secret = |what: &str| s.at(&format!("an internal update: {what}"));
            (secret("period"), secret("text"), secret("rag"), secret("status"))
        };
        let _ = write!(
            text,
            "[[update]]\n{line}date = 2025-01-0{}\nperiod = \"{period}\"\nby = \"{by}\"\ntext = \"{words}\"\nrag = \"{rag}\"\nstatus = \"{status}\"\n",
            n + 1
        );
    }
    for (n, mark) in shape.marks.iter().enumerate() {
        let (line, public) = visibility(*mark, shape.public_by_default);
        let (title, reference) = if public {
            (format!("Paper {n}"), format!("https://example.org/{n}"))
        } else {
            (s.at("internal evidence: title"), s.at("internal evidence: ref"))
        };
        let _ = write!(text, "[[evidence]]\n{line}title = \"{title}\"\nref = \"{reference}\"\n");
    }
    s.keys.insert((R, "assurance"));
    let (status, by, note) =
        (s.of("an assurance", "status"), s.of("an assurance", "by"), s.of("an assurance", "note"));
    let _ = write!(
        text,
        "[[assurance]]\nstatus = \"{status}\"\nby = \"{by}\"\non = 2037-09-27\nnote = \"{note}\"\n"
    );
    s.keys.insert((R, "closure"));
    let (by, reason) = (s.of("a closure", "by"), s.of("a closure", "reason"));
    let _ = write!(text, "[closure]\non = 2038-10-28\nby = \"{by}\"\nreason = \"{reason}\"\n");
    text
}

/// The pages of a plan of that shape: both formats, for the public and for those who work with it; and its secrets.
fn pages(shape: &Shape) -> ([String; 4], Secrets) {
    let mut secrets = Secrets { seed: shape.seed, ..Secrets::default() };
    let root = tempfile::tempdir().expect("a folder");
    let mut plans = vec![secrets.at("the folder of the plan")];
    if shape.several {
        plans.push(secrets.at("the folder of the other plan"));
    }
    for plan in plans {
        let folder = root.path().join("plans").join(plan);
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("plan.toml"), head(shape, &mut secrets)).expect("a file");
        for (id, slug) in [("1", "01"), ("2", "02"), ("2.1", "02.1")] {
            let name = format!("{slug}-{}.toml", secrets.at("a file's name").to_lowercase());
            fs::write(folder.join(name), file(shape, id, &mut secrets)).expect("a file");
        }
    }
    let page = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plan"));
        command
            .env_clear()
            .current_dir(root.path())
            .args(["report", "--as-of", "2025-03-28", "-q"])
            .args(arguments);
        let output = command.output().expect("the program can be run");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("a page is UTF-8")
    };
    let pages = [
        page(&["--public"]),
        page(&["--public", "--format", "markdown"]),
        page(&[]),
        page(&["--format", "markdown"]),
    ];
    (pages, secrets)
}

/// Days, numbers and words that only internal keys have.
const TELLTALES: &[&str] = &[
    "2031", "2032", "2033", "2034", "2035", "2036", "2037", "2038", "7777", "8888", "implied", "Implied",
    "Overdue", "lsewhere", "art of", "c-green",
];

/// The code of every page, in which nothing of a plan is.
const STYLE: &str = include_str!("../src/render/report/page.css");
const SCRIPT: &str = include_str!("../src/render/report/page.js");

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_secret_is_in_a_public_page(shape in shape()) {
        let (pages, secrets) = pages(&shape);
        for page in &pages[..2] {
            let lower = page.to_lowercase();
            for (secret, place) in &secrets.made {
                prop_assert!(!lower.contains(&secret.to_lowercase()), "{}: {} is in the page", place, secret);
            }
            for telltale in TELLTALES {
                let page = page.replace(STYLE, "").replace(SCRIPT, "");
                prop_assert!(!page.contains(telltale), "{} is in the page", telltale);
            }
            let public = shape.marks.iter().enumerate().filter(|(_, m)| visibility(**m, shape.public_by_default).1);
            for (n, _) in public {
                let said = [format!("Said {n}."), format!("https://example.org/{n}")];
                prop_assert!(said.iter().all(|said| page.contains(said)), "what is public is not said");
            }
        }
    }
}

/// The test above would find nothing where there is nothing to find: what a public page leaves out, the other has.
#[test]
fn the_secrets_are_in_the_page_for_those_who_work_with_it() {
    let shape = Shape {
        seed: 7,
        public_by_default: None,
        marks: vec![None, Some(false), Some(true)],
        reported: true,
        several: false,
    };
    let ([_, _, page, paper], secrets) = pages(&shape);
    // What no page says: comments, who answers for whom, how a file is called, and what may not be published.
    let unsaid = [
        "a comment",
        "answers_for",
        "covers",
        "publish",
        "exception",
        "a file's name",
        "the folder",
        "aliases",
        "member_of",
    ];
    for (secret, place) in &secrets.made {
        let is_said =
            !unsaid.iter().any(|unsaid| place.contains(unsaid)) || place == "a recommendation: aliases";
        assert_eq!(page.contains(secret.as_str()), is_said, "{place}");
        assert_eq!(paper.contains(secret.as_str()), is_said, "{place}");
    }
}

#[test]
fn every_key_of_the_format_is_public_or_has_a_secret() {
    let shape = Shape { seed: 7, public_by_default: None, marks: vec![None], reported: true, several: false };
    let (_, secrets) = pages(&shape);
    let tables = [
        ("the head", keys::HEAD),
        ("an owner", keys::OWNER),
        ("a RAG level", keys::RAG),
        ("a status", keys::STATUS),
        ("a recommendation", keys::RECOMMENDATION),
        ("a milestone", keys::MILESTONE),
        ("an extension", keys::EXTENSION),
        ("an answer", keys::ANSWER),
        ("an update", keys::UPDATE),
        ("an item of evidence", keys::EVIDENCE),
        ("an assurance", keys::ASSURANCE),
        ("a closure", keys::CLOSURE),
    ];
    for (table, (_, keys)) in tables {
        let public = PUBLIC.iter().find(|(name, _)| *name == table).map_or(&[][..], |(_, keys)| *keys);
        for key in keys {
            let is_public = public.contains(key);
            let is_secret = secrets.keys.iter().any(|(of, name)| *of == table && name == key);
            assert!(is_public != is_secret, "{table}: {key}: public {is_public}, secret {is_secret}");
        }
    }
}
