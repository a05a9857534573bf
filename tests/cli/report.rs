//! `plan report`: pages for the board and for the public.

use crate::common::{HEAD, Plans, invented, plan, real, recommendation, repository, told};
use crate::diff::fortnight;
use crate::repo::Repo;
use html5gum::{DefaultEmitter, Token, Tokenizer};
use insta::assert_snapshot;
use std::collections::BTreeSet;
use std::fs;

/// The code that every page has, which nobody need see in a snapshot.
const STYLE: &str = include_str!("../../src/render/report/page.css");
const SCRIPT: &str = include_str!("../../src/render/report/page.js");

/// A page without its own code and the revision that it came from, which is this repository's.
fn shown(page: &str) -> String {
    let mut shown = page.replace(STYLE, "STYLE").replace(SCRIPT, "SCRIPT");
    while let Some(at) = shown.find("revision ").filter(|at| !shown[*at..].starts_with("revision REV")) {
        let end = shown[at..].find([';', '<', '.', ',']).map_or(shown.len(), |end| at + end);
        shown.replace_range(at..end, "revision REV");
    }
    shown.replace("revision REV, with changes that are not in it", "revision REV")
}

/// The elements of a page, with their attributes.
fn elements(page: &str) -> Vec<(String, Vec<(String, String)>)> {
    let read = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let tokens = Tokenizer::new_with_emitter(page, emitter).flatten();
    let tags = tokens.filter_map(|token| match token {
        Token::StartTag(tag) => {
            let attributes = tag.attributes.iter().map(|(name, value)| (read(name), read(&value.value)));
            Some((read(&tag.name), attributes.collect()))
        }
        _ => None,
    });
    tags.collect()
}

#[test]
fn a_small_plan_has_a_page() {
    let plans = Plans::one(&[
        ("01-a.toml", &recommendation("1", "deadline = 2025-03-27\nrag = \"Red\"")),
        ("02-b.toml", &recommendation("2", "deadline = { wording = \"soon\" }\nstatus = \"Complete\"")),
    ]);
    assert_snapshot!("small", shown(&plans.run(&["report"])));
    assert_snapshot!("small_public", shown(&plans.run(&["report", "--public"])));
}

#[test]
fn the_real_plan_and_the_invented_one_have_papers() {
    let papers = [
        ("real", real(&["report", "--format", "markdown"])),
        ("real_public", real(&["report", "--format", "markdown", "--public"])),
        ("invented", invented(&["report", "--format", "markdown"])),
        ("invented_public", invented(&["report", "--format", "markdown", "--public"])),
    ];
    for (name, paper) in papers {
        assert_snapshot!(name, shown(&paper));
    }
}

#[test]
fn a_page_is_the_same_to_the_byte_whenever_it_is_made() {
    for arguments in [&["report"][..], &["report", "--public"], &["report", "--format", "markdown"]] {
        assert_eq!(real(arguments), real(arguments));
    }
}

/// What a page says of itself lets a browser fetch nothing, and run nothing but its own script.
#[test]
fn a_page_needs_nothing_and_runs_nothing_else() {
    for page in [real(&["report"]), invented(&["report"]), invented(&["report", "--public"])] {
        let elements = elements(&page);
        let policy = elements.iter().find_map(|(name, attributes)| {
            let of =
                |key: &str| attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
            (name == "meta" && of("http-equiv") == Some("Content-Security-Policy"))
                .then(|| of("content").unwrap_or_default())
        });
        let policy = policy.expect("a page has a policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
        assert!(!policy.contains("unsafe") && !policy.contains('*') && !policy.contains("http"), "{policy}");
        harmless(&page);
    }
}

/// Holds a page to what it may consist of: one style, one script, no handler, no address but to be followed.
fn harmless(page: &str) {
    let unseen = |c: char| plan::visible::is_hidden(c);
    let elements = elements(page);
    let count = |wanted: &str| elements.iter().filter(|(name, _)| name == wanted).count();
    assert_eq!((count("script"), count("style"), count("link"), count("base")), (1, 1, 1, 0));
    assert!(
        page.contains(&format!("<script>{SCRIPT}</script>"))
            && page.contains(&format!("<style>{STYLE}</style>"))
    );
    for (name, attributes) in &elements {
        for unwanted in [
            "iframe",
            "object",
            "embed",
            "img",
            "image",
            "audio",
            "video",
            "source",
            "use",
            "foreignobject",
            "math",
            "template",
            "noscript",
        ] {
            assert_ne!(name, unwanted);
        }
        for (key, value) in attributes {
            assert!(
                !key.starts_with("on")
                    && key != "style"
                    && key != "src"
                    && key != "srcset"
                    && key != "action",
                "{name} {key}"
            );
            assert!(!value.contains(unseen), "{name} {key}={value}");
            let is_own = value == "data:," && name == "link";
            // To a host by the scheme of the page, which of a file on disk is the network around it.
            assert!(
                key != "href" || !(value.starts_with("//") || value.contains('\\')),
                "{name} {key}={value}"
            );
            let schemes = ["http:", "https:", "mailto:"];
            let relative = || !value.split(['/', '?', '#']).next().unwrap_or_default().contains(':');
            let safe = is_own || relative() || schemes.iter().any(|s| value.to_lowercase().starts_with(s));
            assert!(!["href", "xlink:href"].contains(&key.as_str()) || safe, "{name} {key}={value}");
        }
    }
    assert!(!page.contains(unseen), "something does not show");
    // Nor is it written as a character reference.
    for text in Tokenizer::new(page).flatten() {
        let Token::String(text) = text else { continue };
        let text = String::from_utf8_lossy(&text.value).into_owned();
        assert!(!text.contains(unseen), "something does not show: {text}");
    }
}

/// What an enemy of a page writes.
const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\\\"><svg onload=alert(1)>",
    "</title></style></script><script>alert(1)</script>",
    "<!-- --><iframe src=https://evil.example>",
    "[a](javascript:alert(1)) [b](data:text/html,<script>alert(1)</script>) <javascript:alert(1)>",
    "![c](https://evil.example/p.png) [![d](https://evil.example/q.png)](vbscript:x)",
    "} body { background: url(https://evil.example) } \\\\3c script\\\\3e ",
    "&lt;script&gt;&#x3c;script&#x3e; ' onfocus='alert(1)' autofocus x='",
    "\\u202Eevil\\u2066 \\u200B\\u200Bzero \\u001b[31m",
    "{{ 7 * 7 }} {% include \\\"/etc/passwd\\\" %} ${7*7}",
    "<a href=javascript:alert(1) onclick=alert(1)>x</a><base href=https://evil.example>",
    "a &#x202E;gpj.exe b &#27;[31m &#x85; &#xFEFF; [l](https://e.example '&#8203;') [m](&#x202E;)",
    "See https://e.example/<img src=https://evil.example/x onerror=alert(1)>",
    "www.e.example/<script>alert(1)</script> https://e.example/`<img src=x onerror=alert(1)>`",
    "https://e.example/\\u202Efdp.exe",
    "https://e.example/&#x202E;fdp.exe",
    "[b](//evil.example/x) [c](/\\\\evil.example/x) [d](\\\\\\\\evil.example)",
    "# Approved by all\\n\\nApproved by all\\n===\\n\\n## Approved by all",
];

/// A plan that says hostile things wherever it can say anything.
fn hostile() -> Plans {
    let h = |n: usize| HOSTILE[n % HOSTILE.len()];
    let mut plans = Vec::new();
    let mut files = Vec::new();
    for n in 0..HOSTILE.len() {
        let (a, b, c, d) = (h(n), h(n + 1), h(n + 2), h(n + 3));
        let file = format!(
            "id = \"{n} {a}\"\nprinted_id = \"{b}\"\naliases = [\"{c}\"]\ntitle = \"{a}\"\ntheme = \"{b}\"\npriority = \"{c}\"\n\
             origin = \"{d}\"\nowners = [\"{a}\", \"Force\"]\nlead = \"{b}\"\ndeadline = {{ date = 2025-03-27, wording = \"{c}\" }}\n\
             forecast = {{ wording = \"{d}\" }}\nresponse = \"{a}\"\nrag = \"{b}\"\nstatus = \"{c}\"\nmitigation = \"{d}\"\n\
             depends_on = [\"{a}\"]\ncustom.\"{b}\" = \"{c}\"\ncustom.list = [\"{d}\"]\ntext = \"{a}\\n\\n{b}\"\n\
             [[milestone]]\ntitle = \"{c}\"\ndue = {{ wording = \"{d}\" }}\n\
             [[extension]]\nfrom = {{ wording = \"{a}\" }}\nto = {{ wording = \"{b}\" }}\nreason = \"{c}\"\napproved_by = \"{d}\"\nmilestone = \"{c}\"\n\
             [[answer]]\nowner = \"{a}\"\nresponse = \"{b}\"\nrag = \"{c}\"\nstatus = \"{d}\"\ntext = \"{a}\"\n\
             [[update]]\nperiod = \"{b}\"\nby = \"{c}\"\ntext = \"{d}\"\nrag = \"{a}\"\nstatus = \"{b}\"\nvisibility = \"public\"\n\
             [[evidence]]\ntitle = \"{c}\"\nref = \"{d}\"\nvisibility = \"public\"\n\
             [[evidence]]\ntitle = \"e\"\nref = \"javascript:alert(1)\"\nvisibility = \"public\"\n\
             [[assurance]]\nstatus = \"{a}\"\nby = \"{b}\"\nnote = \"{c}\"\n[closure]\nby = \"{d}\"\nreason = \"{a}\"\n"
        );
        files.push((format!("plans/p/{n:02}-a.toml"), file));
        let head = format!(
            "title = \"{a}\"\norganisation = \"{b}\"\nsource = \"{c}\"\nlead = \"{d}\"\ngovernance = \"{a}\"\npriorities = [\"{b}\"]\n\
             numbering_note = \"{c}\"\n[[owner]]\nname = \"Force\"\n[[owner]]\nname = \"{d}\"\naliases = [\"{a}\"]\n\
             [[rag]]\nname = \"{b}\"\nmeaning = \"{c}\"\noutlook = \"miss\"\n[[status]]\nname = \"{d}\"\nmeaning = \"{a}\"\n"
        );
        plans.push((format!("plans/q{n}/plan.toml"), head.clone()));
        if n == 3 {
            plans.push(("plans/p/plan.toml".to_owned(), head));
        }
    }
    let all: Vec<(&str, &[u8])> =
        plans.iter().chain(&files).map(|(path, text)| (path.as_str(), text.as_bytes())).collect();
    Plans::new(&all)
}

#[test]
fn nothing_hostile_runs_in_a_page() {
    let plans = hostile();
    for arguments in [
        &["report"][..],
        &["report", "--public"],
        &["report", "--plan", "p"],
        &["report", "--plan", "p", "--public"],
    ] {
        let output = plan(plans.path(), arguments).output().expect("the program can be run");
        let page = String::from_utf8(output.stdout).expect("a page is UTF-8");
        // Characters that do not show are faults of a file, which is then not shown; nothing else is.
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{said}");
        assert!(page.contains("&#60;script&#62;") || page.contains("&lt;script&gt;"), "{page}");
        harmless(&page);
    }
    let paper = plans.run(&["report", "--format", "markdown"]);
    let mut html = String::new();
    pulldown_cmark::html::push_html(
        &mut html,
        pulldown_cmark::Parser::new_ext(&paper, pulldown_cmark::Options::all()),
    );
    for (name, attributes) in elements(&html) {
        assert!(
            !["script", "img", "svg", "iframe", "base", "style", "title"].contains(&name.as_str()),
            "{name}: {html}"
        );
        for (key, value) in attributes {
            assert!(!key.starts_with("on"), "{name} {key}");
            assert!(key != "href" || !value.to_lowercase().starts_with("javascript"), "{value}");
            assert!(key != "href" || !value.starts_with("//"), "{value}");
            assert!(!value.contains(plan::visible::is_hidden), "{value}");
        }
    }
    // What a paper says in its own voice its plans cannot say.
    let own = |line: &str| line.trim_start_matches('#').starts_with(" Approved by all");
    assert!(!paper.lines().any(own) && paper.contains("**Approved by all**"), "a heading is not the paper's");
    let shown = pulldown_cmark::Parser::new(&paper).any(
        |event| matches!(event, pulldown_cmark::Event::Text(text) if text.contains(plan::visible::is_hidden)),
    );
    assert!(!shown, "something does not show");
    // GitHub takes all that follows an address for a part of it, up to a white space or a tag.
    for address in ["://", "www."].iter().flat_map(|begun| paper.match_indices(begun)) {
        let rest = &paper[address.0..];
        let end = rest.find(|c: char| c.is_whitespace() || c == '<').unwrap_or(rest.len());
        assert!(!rest[end..].starts_with('<'), "a tag after {}", &rest[..end]);
    }
}

/// A plan whose words may not reach the public, and where they stand.
fn redacted() -> Plans {
    let head =
        format!("{HEAD}\n[publish]\ndefault = \"public\"\nredact = [\"Project Kestrel\", \"signaller B\"]\n");
    let update = "\n[[update]]\ndate = 2025-03-01\ntext = \"PROJECT **Kes**trel has begun.\"\n\
                  [[update]]\ndate = 2025-03-02\nvisibility = \"internal\"\ntext = \"Project Kestrel again.\"\n\
                  [[update]]\ntext = \"Said Signaller\\nB.\"\n";
    Plans::new(&[
        ("plans/p/plan.toml", head.as_bytes()),
        ("plans/p/01-a.toml", (recommendation("1", "") + update).as_bytes()),
        (
            "plans/p/02-b.toml",
            recommendation("2", "deadline = { wording = \"after Project\\u00a0Kestrel\" }").as_bytes(),
        ),
    ])
}

#[test]
fn a_word_that_may_not_be_published_stops_the_page() {
    let plans = redacted();
    assert_snapshot!(plans.run(&["report", "--public", "--output", "page.html"]));
    assert!(!plans.path().join("page.html").exists());
    // What is there already stays as it is; and nothing is written to the output either.
    for (format, name) in [("html", "page.html"), ("markdown", "page.md")] {
        plans.write(name, b"the last page");
        let stopped = plans.run(&["report", "--public", "--format", format, "--output", name]);
        assert!(stopped.starts_with("exit 1\n---- err"), "{stopped}");
        assert!(plans.run(&["report", "--public", "--format", format]).starts_with("exit 1\n---- err"));
        assert_eq!(fs::read(plans.path().join(name)).expect("a file"), b"the last page");
    }
    // What is internal may say it.
    assert!(plans.run(&["report"]).contains("Project Kestrel again."));
    assert!(plans.run(&["report", "--public", "--id", "3"]).contains("unknown recommendation"));
}

/// What a public page of a plan says whose plan.toml ends like that, whose one recommendation like that.
fn public(head: &str, more: &str, format: &str) -> String {
    let plans = Plans::one(&[("01-a.toml", &(recommendation("1", "") + more))]);
    plans.write("plans/p/plan.toml", format!("{HEAD}\n[publish]\ndefault = \"public\"\n{head}\n").as_bytes());
    plans.run(&["report", "--public", "--format", format])
}

#[test]
fn what_a_page_says_itself_stops_no_page() {
    let own = [
        "Bell",
        "Main",
        "May",
        "Mar",
        "Page",
        "Mark",
        "Ali",
        "Show",
        "head",
        "Not Rated",
        "section",
        "code",
        "Strong",
        "Role",
        "search",
        "sw",
        "data",
        "plan-",
        "UTF-8",
        "allNot",
    ];
    for word in own {
        for format in ["html", "markdown"] {
            let head = format!("redact = [\"{word}\"]");
            let more = "deadline = 2025-05-27\nrag = \"Red\"\n[[update]]\ndate = 2025-03-01\ntext = \"# So\\n\\n**it** `is`\"";
            let told = public(&head, more, format);
            assert!(told.starts_with("exit 0\n"), "{word}: {told}");
            let told = public(&head, &format!("[[update]]\ntext = \"Of {word} too\"\n"), format);
            assert!(told.starts_with("exit 1\n"), "{word}: {told}");
        }
    }
}

#[test]
fn each_place_of_a_word_is_named_with_its_line() {
    let evidence = "[[evidence]]\ntitle = \"Kept\"\nvisibility = \"internal\"\n\n\
        [[evidence]]\ntitle = \"[x](https://e.org/Sm%69th)\"\nref = \"Smith-1\"\n";
    let file = |id: &str| recommendation(id, "") + evidence;
    let plans = Plans::one(&[
        ("01-a.toml", &file("1")),
        ("02-b.toml", &file("2").replace("Title 2", "Of Smith")),
        ("03-c.toml", &recommendation("3", "").replace("Text 3", "[x](https://e.org/Sm%69th)")),
    ]);
    plans.write(
        "plans/p/plan.toml",
        format!("{HEAD}\n[publish]\ndefault = \"public\"\nredact = [\"Smith\"]\n").as_bytes(),
    );
    assert_snapshot!(plans.run(&["report", "--public"]));
}

/// What may not be said today may not be said of an earlier revision either, nor may what could not be said then;
/// and a plan's words hold for the whole folder of plans.
#[test]
fn words_of_today_of_then_and_of_other_plans_all_hold() {
    let mut repo = Repo::new();
    let head = |word: &str| format!("{HEAD}\n[publish]\nredact = [\"{word}\"]\n");
    repo.write("plans/a/plan.toml", &head("Kestrel"));
    repo.write("plans/a/01-a.toml", &recommendation("1", "").replace("Text 1", "Of Hawthorn"));
    repo.write("plans/b/plan.toml", HEAD);
    repo.commit("2025-03-14", "Begin");
    let run = |repo: &Repo, arguments: &[&str]| {
        told(&mut plan(repo.path(), &[&["report", "--public"], arguments].concat()))
    };
    assert!(run(&repo, &[]).starts_with("exit 0"));
    repo.write("plans/b/plan.toml", &head("Hawthorn"));
    for arguments in [&["--at", "HEAD"][..], &["--at", "HEAD", "--plan", "a"], &["--plan", "a"]] {
        let told = run(&repo, arguments);
        assert!(told.starts_with("exit 1") && told.contains("“Hawthorn” may not reach"), "{told}");
    }
    repo.commit("2025-03-15", "Keep a word back");
    repo.write("plans/b/plan.toml", HEAD);
    assert!(run(&repo, &["--at", "HEAD", "--plan", "a"]).starts_with("exit 1"));
    assert!(run(&repo, &["--plan", "a"]).starts_with("exit 0"));
    // A word that is committed holds for what was before it, whatever the work tree says.
    repo.write("plans/b/plan.toml", HEAD);
    assert!(run(&repo, &["--at", "HEAD~1", "--plan", "a"]).starts_with("exit 1"));
    // Of a plan.toml that cannot be read nobody knows what it would keep back.
    repo.write("plans/b/plan.toml", &head("x").replace("[publish]", "[publish]\ndefault = 1"));
    for arguments in [&["--plan", "a"][..], &["--plan", "a", "--at", "HEAD"]] {
        let told = run(&repo, arguments);
        assert!(told.starts_with("exit 2") && told.contains("plans/b/plan.toml could not be read"), "{told}");
    }
}

#[test]
fn the_public_sees_nothing_of_what_was_before() {
    let mut repo = Repo::new();
    repo.write("plans/p/plan.toml", HEAD);
    repo.write("plans/p/01-a.toml", &recommendation("1", "").replace("Text 1", "Zq1 said before"));
    repo.write("plans/p/02-zq2.toml", &recommendation("2", ""));
    repo.commit("2025-03-14", "Zq3 begins");
    repo.write("plans/p/01-a.toml", &recommendation("1", "")).remove("plans/p/02-zq2.toml");
    repo.commit("2025-03-15", "Zq4 goes");
    for format in ["html", "markdown"] {
        let page = told(&mut plan(repo.path(), &["report", "--public", "--format", format]));
        assert!(page.contains("Text 1") && !page.to_lowercase().contains("zq"), "{page}");
    }
}

/// By what it finds a filter would show what it looks at.
#[test]
fn what_the_public_may_not_see_selects_nothing() {
    let head = HEAD.replace("name = \"Force\"\n", "name = \"Force\"\nmember_of = [\"Council\"]\n");
    let plans = Plans::one(&[
        ("01-a.toml", &recommendation("1", "aliases = [\"Old 1\"]").replace("\"Force\"", "\"Council\"")),
        ("02-b.toml", &recommendation("2", "")),
    ]);
    plans.write("plans/p/plan.toml", head.as_bytes());
    let run = |arguments: &[&str]| plans.run(&[&["report", "--format", "markdown"], arguments].concat());
    assert!(run(&["--owner", "Force"]).contains("Text 1"));
    let public = run(&["--owner", "Force", "--public"]);
    assert!(!public.contains("Text 1") && public.contains("Text 2"), "{public}");
    for (flag, alias) in [("--owner", "The Force"), ("--id", "Old 1")] {
        assert!(run(&[flag, alias]).starts_with("exit 0"));
        let refused = run(&[flag, alias, "--public"]);
        assert!(refused.starts_with("exit 2\n---- err\nerror: unknown"), "{refused}");
    }
    assert!(run(&["--id", "p:2", "--plan", "p", "--public"]).contains("Text 2"));
}

#[test]
fn a_word_of_nothing_cannot_be_looked_for() {
    let plans = Plans::one(&[("01-a.toml", &recommendation("1", ""))]);
    plans
        .write("plans/p/plan.toml", format!("{HEAD}\n[publish]\nredact = [\"x\", \"\\u00ad\"]\n").as_bytes());
    assert_eq!(
        plans.run(&["report", "--public"]),
        "exit 2\n---- err\nerror: plan.toml: a word under `redact` holds nothing that can be looked for; no page was written\n"
    );
}

#[test]
fn what_is_public_is_known_of_whole_files_alone() {
    let plans = Plans::one(&[("01-a.toml", &recommendation("1", ""))]);
    plans.write("plans/p/02-b.toml", recommendation("2", "").replace("Text 2", "Text 2\\u{202e}").as_bytes());
    plans.write(
        "plans/p/03-c.toml",
        (recommendation("3", "") + "[[update]]\nvisibility = \"pubic\"\n").as_bytes(),
    );
    assert_snapshot!(plans.run(&["report", "--public", "--output", "page.html"]));
    assert!(!plans.path().join("page.html").exists());
    let page = plans.run(&["report"]);
    assert!(
        page.starts_with("exit 2\n")
            && page.contains("Not in this page, for it could not be read: p/02-b.toml, p/03-c.toml."),
        "{page}"
    );
    let paper = plans.run(&["report", "--format", "markdown", "--output", "paper.md"]);
    assert!(paper.starts_with("exit 2\n---- err"), "{paper}");
    let paper = fs::read_to_string(plans.path().join("paper.md")).expect("a paper");
    assert!(paper.contains("could not be read: p/02-b.toml, p/03-c.toml"), "{paper}");
}

#[test]
fn what_looks_at_internal_things_is_no_filter_of_a_public_page() {
    let plans = Plans::one(&[
        ("01-a.toml", &recommendation("1", "theme = \"T\"\nrag = \"Red\"")),
        ("02-b.toml", &recommendation("2", "")),
    ]);
    for flag in [
        &["--theme", "T"][..],
        &["--implied-rag", "Red"],
        &["--phase", "elsewhere"],
        &["--text", "x"],
        &["--stale"],
        &["--overdue"],
        &["--past-original"],
        &["--never-updated"],
        &["--updates-undated"],
        &["--due-before", "2025-01-01"],
        &["--due-within", "1d"],
    ] {
        let refused = plans.run(&[&["report", "--public"], flag].concat());
        assert!(
            refused.starts_with("exit 2\n---- err\nerror: with --public the filters are"),
            "{flag:?}: {refused}"
        );
    }
    let page = plans.run(&["report", "--public", "--rag", "Red"]);
    assert!(page.contains("Text 1") && !page.contains("Text 2") && page.contains("A selection"), "{page}");
    let refused = plans.run(&["report", "--public", "--since", "HEAD"]);
    assert!(refused.contains("cannot be used with"), "{refused}");
}

#[test]
fn a_page_goes_where_it_is_sent_whole_or_not_at_all() {
    let plans = Plans::one(&[("01-a.toml", &recommendation("1", ""))]);
    assert_eq!(plans.run(&["-C", "plans", "report", "--output", "page.html"]), "exit 0\n");
    let page = fs::read_to_string(plans.path().join("plans/page.html")).expect("a page");
    assert_eq!(plans.run(&["report"]), format!("exit 0\n---- out\n{page}"));
    for (output, why) in [
        ("plans/p/plan.toml", "a page is no file of a plan"),
        ("plans", "cannot write plans: it is a folder: name a file in it"),
        ("nowhere/page.html", "there is no folder nowhere: make it first, mkdir -p nowhere"),
    ] {
        let refused = plans.run(&["report", "--output", output]);
        assert!(refused.starts_with("exit 2\n---- err\n") && refused.contains(why), "{refused}");
    }
    assert_eq!(fs::read_to_string(plans.path().join("plans/p/plan.toml")).expect("a file"), HEAD);
    let names: BTreeSet<_> = fs::read_dir(plans.path().join("plans"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names.into_iter().collect::<Vec<_>>(), ["p", "page.html"]);
}

#[test]
fn slips_of_the_finger_are_named() {
    let plans = Plans::one(&[("01-a.toml", &recommendation("1", ""))]);
    assert_snapshot!(plans.run(&["report", "-o", "page.html"]), @"
    exit 2
    ---- err
    error: -o names an owner: to write into a file, --output page.html
    ");
    assert_eq!(plans.run(&["report", "--output", "-"]), plans.run(&["report"]));
    assert!(!plans.path().join("-").exists());
}

#[test]
fn a_page_is_written_as_its_name_says() {
    let plans = Plans::one(&[("01-a.toml", &recommendation("1", ""))]);
    let run = |arguments: &[&str]| plans.run(&[&["report"], arguments].concat());
    let (page, paper) = (run(&[]), run(&["--format", "markdown"]));
    let written = |name: &str, arguments: &[&str]| {
        assert_eq!(run(&[&["--output", name], arguments].concat()), "exit 0\n");
        format!("exit 0\n---- out\n{}", fs::read_to_string(plans.path().join(name)).expect("a page"))
    };
    for name in ["a.md", "a.markdown", "A.MD", "a.b.md"] {
        assert_eq!(written(name, &[]), paper, "{name}");
    }
    for name in ["a.html", "a.htm", "A.HTML", "page"] {
        assert_eq!(written(name, &[]), page, "{name}");
    }
    assert_eq!(written("paper", &["--format", "markdown"]), paper);
    assert_eq!(written("b.md", &["--format", "markdown"]), paper);
    let refused: Vec<String> = [
        &["--output", "c.md", "--format", "html"][..],
        &["--output", "c.html", "--format", "markdown"],
        &["--output", "c.pdf"],
        &["--output", "c.docx", "--format", "html"],
    ]
    .into_iter()
    .map(run)
    .collect();
    assert_snapshot!(refused.concat(), @"
    exit 2
    ---- err
    error: c.md is the name of Markdown: leave --format html out, or let it end in .html
    exit 2
    ---- err
    error: c.html is the name of HTML: leave --format markdown out, or let it end in .md
    exit 2
    ---- err
    error: c.pdf: a page is written as HTML or as Markdown: let its name end in .html, of which a browser makes a PDF, or in .md
    exit 2
    ---- err
    error: c.docx: a page is written as HTML or as Markdown: let its name end in .html, of which a browser makes a PDF, or in .md
    ");
    assert!(["c.md", "c.html", "c.pdf", "c.docx"].iter().all(|name| !plans.path().join(name).exists()));
}

/// The paper's entry of a recommendation, of these keys and tables.
fn entry(keys: &str, tables: &str, arguments: &[&str]) -> String {
    let head = format!("{HEAD}\n[[status]]\nname = \"Closed\"\nphase = \"dropped\"\n");
    let file = format!("{}\n{tables}", recommendation("1", keys));
    let plans = Plans::new(&[("plans/p/plan.toml", head.as_bytes()), ("plans/p/01-a.toml", file.as_bytes())]);
    let paper = plans.run(&[&["report", "--format", "markdown"], arguments].concat());
    let from = paper.find("### 1 ").expect("the entry");
    let to = paper[from..].find("\n## ").map_or(paper.len(), |at| from + at);
    paper[from..to].to_owned()
}

#[test]
fn what_nobody_is_asked_for_has_missed_nothing() {
    let milestone = "[[milestone]]\ntitle = \"A draft\"\ndue = 2025-01-02\n";
    let open = "deadline = { wording = \"in time\" }";
    assert_snapshot!(entry(open, milestone, &[]), @"
    ### 1 Title 1

    - Owner: Force
    - Deadline: 2 Jan 2025 (latest milestone, 85 days overdue; the source says “in time”)
    - RAG: not rated, implied Red
    - Status: not reported
    - Last updated: never

    Text 1.

    #### Milestones

    - **A draft** · missed · due 2 Jan 2025
    ");
    assert_snapshot!(entry(open, milestone, &["--public"]), @"
    ### 1 Title 1

    - Owner: Force
    - Deadline: 2 Jan 2025 (latest milestone; the source says “in time”)
    - Status: not reported

    Text 1.

    #### Milestones

    - **A draft** · due 2 Jan 2025
    ");
    assert_snapshot!(entry("status = \"Complete\"", milestone, &["--public"]), @"
    ### 1 Title 1

    - Owner: Force
    - Deadline: 2 Jan 2025 (latest milestone)
    - Status: Complete

    Text 1.

    #### Milestones

    - **A draft** · due 2 Jan 2025
    ");
    assert_snapshot!(entry("status = \"Closed\"", milestone, &[]), @"
    ### 1 Title 1

    - Owner: Force
    - Deadline: 2 Jan 2025 (latest milestone)
    - RAG: not rated
    - Status: Closed

    Text 1.

    #### Milestones

    - **A draft** · open · due 2 Jan 2025
    ");
}

#[test]
fn a_board_sees_what_the_public_may_see() {
    let keys = "custom.safety_critical = true\ncustom.seen = 2025-01-02";
    let updates = "[[update]]\ndate = 2025-01-02\nvisibility = \"public\"\ntext = \"\"\"\nFor all.\"\"\"\n\n[[update]]\ndate = 2025-01-03\ntext = \"\"\"\nFor us.\"\"\"\n";
    assert_snapshot!(entry(keys, updates, &[]), @"
    ### 1 Title 1

    - Owner: Force
    - Deadline: no deadline
    - RAG: not rated
    - Status: not reported
    - Last updated: 3 Jan 2025
    - Safety critical: yes
    - Seen: 2 Jan 2025

    Text 1.

    #### Updates, newest first

    - **3 Jan 2025**

      For us.

    - **2 Jan 2025** · public

      For all.
    ");
}

#[test]
fn what_nothing_is_reported_of_is_counted_as_nothing_else() {
    let plans = Plans::one(&[
        ("01-a.toml", &recommendation("1", "deadline = 2025-01-02\nrag = \"Red\"")),
        ("02-b.toml", &recommendation("2", "deadline = 2025-01-02")),
        ("03-c.toml", &recommendation("3", "status = \"Complete\"")),
        ("04-d.toml", &(recommendation("4", "deadline = 2025-01-02") + "\n[[update]]\ntext = \"For us.\"\n")),
    ]);
    let paper = plans.run(&["report", "--format", "markdown", "--public"]);
    let from = paper.find("## Where it stands").expect("the counts");
    let to = paper[from..].find("## RAG and status").map_or(paper.len(), |at| from + at);
    assert_snapshot!(&paper[from..to], @"
    ## Where it stands

    1 of 4 recommendations is reported as done.

    - Recommendations: **4**
    - Reported as done: **1**
    - Reported as open: **1** (1 past the deadline)
    - Nothing reported here: **2**

    Nothing reported here means that this page holds no report of it. Others may answer for it, or report it in another place.
    ");
}

/// Where there were two plans once, the words of neither are those of the trend.
#[test]
fn a_trend_is_counted_in_the_same_words_from_end_to_end() {
    let mut repo = Repo::new();
    let head = HEAD.replace("name = \"Red\"", "name = \"Ruby\"");
    let red = recommendation("1", "rag = \"Ruby\"");
    repo.write("plans/a/plan.toml", &head);
    repo.write("plans/a/01-a.toml", &red);
    repo.write("plans/b/plan.toml", &head);
    repo.write("plans/b/01-a.toml", &red);
    repo.commit("2025-01-06", "two plans");
    repo.remove("plans/b/plan.toml").remove("plans/b/01-a.toml");
    repo.commit("2025-02-06", "one plan");
    let paper = told(&mut plan(repo.path(), &["--as-of", "2025-03-06", "report", "--format", "markdown"]));
    let from = paper.find("## Over time").expect("the trend");
    let to = paper[from..].find("\n## Rec").map_or(paper.len(), |at| from + at);
    assert_snapshot!(&paper[from..to], @"
    ## Over time

    **How the plans stood over time**

    | Day | Total | Open | Overdue | Done | Elsewhere | Will miss |
    |---|---:|---:|---:|---:|---:|---:|
    | 6 Jan 2025 | 2 | 2 | · | · | · | 2 |
    | 6 Feb 2025 | 1 | 1 | · | · | · | 1 |
    | 6 Mar 2025 | 1 | 1 | · | · | · | 1 |
    ");
}

#[test]
fn a_page_says_where_it_came_from_and_how_it_was_before() {
    let mut repo = fortnight();
    let run = |repo: &Repo, arguments: &[&str]| told(&mut plan(repo.path(), arguments));
    let said = |told: &str| {
        let line = told.lines().find(|line| line.contains("As of 28 Mar 2025, from")).unwrap_or_default();
        line.to_owned()
    };
    let paper = run(&repo, &["report", "--format", "markdown"]);
    assert_eq!(
        said(&paper),
        "Internal: not for publication. As of 28 Mar 2025, from revision 987a8e11 of 28 Mar 2025."
    );
    assert!(paper.contains("## Over time") && paper.contains("| 14 Mar 2025 | 4 |"), "{paper}");
    repo.write("plans/force/05-e.toml", &recommendation("5", "rag = \"Red\""));
    let changed = said(&run(&repo, &["report", "--format", "markdown"]));
    assert!(changed.ends_with("28 Mar 2025, with changes that are not in it."), "{changed}");
    let past = run(&repo, &["report", "--format", "markdown", "--at", "HEAD~1"]);
    assert!(past.contains("from revision eac6f4e2 of 19 Mar 2025."), "{past}");
    // What hangs on a day cannot be followed back.
    let filtered = run(&repo, &["report", "--format", "markdown", "--overdue"]);
    assert!(!filtered.contains("## Over time") && filtered.contains("the page has no trend"), "{filtered}");
    let public = run(&repo, &["report", "--format", "markdown", "--public"]);
    assert!(!public.contains("## Over time") && !public.contains("Slip register"), "{public}");
}

#[test]
fn several_plans_open_with_a_comparison() {
    let plans = Plans::new(&[
        ("plans/a/plan.toml", HEAD.replace("Test plan", "Plan A").as_bytes()),
        ("plans/a/01-a.toml", recommendation("1", "deadline = 2025-03-27\nrag = \"Red\"").as_bytes()),
        ("plans/b/plan.toml", HEAD.replace("Test plan", "Plan B").as_bytes()),
        ("plans/b/01-a.toml", recommendation("1", "deadline = 2025-04-27\nstatus = \"Complete\"").as_bytes()),
        ("plans/b/01.1-a.toml", recommendation("1.1", "parent = \"1\"").as_bytes()),
    ]);
    assert_snapshot!("several", shown(&plans.run(&["report", "--format", "markdown"])));
    let public = plans.run(&["report", "--format", "markdown", "--public"]);
    assert!(public.contains("| Plan A | 1 | 1 | · |"), "{public}");
    let page = plans.run(&["report"]);
    let ids: Vec<String> = elements(&page)
        .into_iter()
        .flat_map(|(_, attributes)| attributes.into_iter().filter(|(key, _)| key == "id").map(|(_, id)| id))
        .collect();
    let set: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(ids.len(), set.len(), "{ids:?}");
}

#[test]
fn a_recommendation_may_be_called_as_a_section_is() {
    let ids = ["standing", "rag", "owners", "slips", "elsewhere", "1-rag"];
    let files: Vec<(String, String)> = ["a", "b"]
        .iter()
        .flat_map(|plan| ids.iter().map(move |id| (plan, id)))
        .map(|(plan, id)| {
            let file = recommendation("1", "").replace("id = \"1\"", &format!("id = \"{id}\""));
            (format!("plans/{plan}/{id}-x.toml"), file)
        })
        .chain(["a", "b"].map(|plan| (format!("plans/{plan}/plan.toml"), HEAD.to_owned())))
        .collect();
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())).collect();
    let plans = Plans::new(&files);
    for arguments in [&["report"][..], &["report", "--public"]] {
        let page = plans.run(arguments);
        let ids: Vec<String> = elements(&page)
            .into_iter()
            .flat_map(|(_, attributes)| {
                attributes.into_iter().filter(|(key, _)| key == "id").map(|(_, id)| id)
            })
            .collect();
        let set: BTreeSet<&String> = ids.iter().collect();
        assert_eq!(ids.len(), set.len(), "{ids:?}");
    }
    // Plans of one title are told apart as far as that goes: to the public by their organisation alone.
    let paper = plans.run(&["report", "--format", "markdown"]);
    assert!(paper.contains("| Test plan, a |") && paper.contains("| Test plan, b |"), "{paper}");
}

/// Each row of the comparison adds up, and says of nothing that it is open which nobody reported.
#[test]
fn plans_are_compared_by_what_is_reported_of_them() {
    let head = format!("{HEAD}\n[[status]]\nname = \"Closed\"\nphase = \"dropped\"\n");
    let mut files: Vec<(String, String)> = Vec::new();
    for plan in ["a", "b"] {
        files.push((format!("plans/{plan}/plan.toml"), head.clone()));
        for (n, keys) in
            ["", "status = \"Closed\"", "status = \"Complete\"", "rag = \"Red\""].iter().enumerate()
        {
            let id = (n + 1).to_string();
            files.push((format!("plans/{plan}/0{id}-x.toml"), recommendation(&id, keys)));
        }
    }
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())).collect();
    let plans = Plans::new(&files);
    let compared = |arguments: &[&str]| {
        let paper = plans.run(&[&["report", "--format", "markdown"], arguments].concat());
        let table = paper.lines().skip_while(|line| !line.contains("The plans side by side"));
        table.skip(2).take_while(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(compared(&["--public"]), @"
    | Plan | Total | Reported as open | Done | No longer pursued | Nothing reported here |
    |---|---:|---:|---:|---:|---:|
    | Test plan (1) | 4 | 1 | 1 | 1 | 1 |
    | Test plan (2) | 4 | 1 | 1 | 1 | 1 |
    ");
    assert_snapshot!(compared(&[]), @"
    | Plan | Total | Open | Overdue | Due soon | Done | No longer pursued | Elsewhere | Will miss | not rated |
    |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|
    | Test plan, a | 4 | 2 | · | · | 1 | 1 | · | 1 | 3 |
    | Test plan, b | 4 | 2 | · | · | 1 | 1 | · | 1 | 3 |
    ");
}

#[test]
fn ids_that_look_alike_have_anchors_of_their_own() {
    let file = |id: &str| recommendation("1", "").replace("id = \"1\"", &format!("id = \"{id}\""));
    let plans = Plans::one(&[
        ("a-b-1.toml", &file("A-B")),
        ("a-b-2.toml", &file("a b")),
        ("01.toml", &file("\u{4e00}")),
    ]);
    let page = plans.run(&["report"]);
    for anchor in ["id=\"r-a-b\"", "id=\"r-a-b-2\"", "id=\"r-\""] {
        assert!(page.contains(anchor), "{anchor}: {page}");
    }
}

#[test]
fn a_plan_of_thirty_fits_into_two_hundred_kilobytes() {
    let page = fs::read_dir(repository().join("plans/stalking-super-complaint")).expect("the plan").count();
    assert_eq!(page, 30, "29 recommendations and plan.toml");
    for arguments in [&["report"][..], &["report", "--public"]] {
        let size = real(arguments).len();
        assert!(size < 200_000, "{size} bytes");
    }
}

/// What is pasted from a terminal into a paper is as harmless as the paper itself.
#[test]
fn no_tag_of_a_text_is_live_wherever_it_is_pasted() {
    let text = "<img src=https://e.example/x onerror=alert(1)>\n\n# Approved\n\n&#x202E;gpj";
    let mut repo = Repo::new();
    repo.write("plans/p/plan.toml", HEAD);
    repo.write("plans/p/01-a.toml", &recommendation("1", ""));
    repo.commit("2025-02-06", "a plan");
    let update = format!("\n[[update]]\ndate = 2025-02-07\ntext = '''\n{text}'''\n");
    repo.write("plans/p/01-a.toml", &(recommendation("1", "") + &update));
    repo.commit("2025-02-08", "an update");
    for arguments in [
        &["show", "1", "--format", "markdown"][..],
        &["diff", "HEAD~1", "--format", "markdown"],
        &["log", "1", "--format", "markdown"],
    ] {
        let told = told(&mut plan(repo.path(), arguments));
        let is_live =
            told.contains("<img") || told.lines().any(|line| line.trim_start().starts_with("# Approved"));
        assert!(told.contains("Approved") && !is_live && !told.contains("&#x202E;"), "{arguments:?}: {told}");
    }
}

#[test]
fn places_of_a_page_are_called_the_same_when_a_plan_is_added() {
    let head = |title: &str| HEAD.replace("Test plan", title);
    let plans = Plans::new(&[]);
    let titles = [
        "Custody: the inquiry's 1.5 recommendations and what follows",
        "Cynllun yr \u{174}yl 2025",
        "\u{62e}\u{637}\u{629} 1",
        "Stalking",
        "Stalking H",
    ];
    for (n, title) in titles.into_iter().enumerate() {
        plans.write(&format!("plans/m{n}/plan.toml"), head(title).as_bytes());
        plans.write(&format!("plans/m{n}/07-t.toml"), recommendation("7", "").as_bytes());
    }
    let ids = |page: &str| -> BTreeSet<String> {
        let ids: Vec<String> = elements(page)
            .into_iter()
            .flat_map(|(_, attributes)| {
                attributes.into_iter().filter(|(key, _)| key == "id").map(|(_, id)| id)
            })
            .collect();
        let set: BTreeSet<String> = ids.iter().cloned().collect();
        assert_eq!(ids.len(), set.len(), "{ids:?}");
        set
    };
    let whose = |whose: &str| format!("organisation = \"{whose}\"\n{}", head("Stalking"));
    plans.write("plans/m9/plan.toml", whose("Force B").as_bytes());
    plans.write("plans/m9/07-t.toml", recommendation("7", "").as_bytes());
    let before = ids(&plans.run(&["report"]));
    // What begins alike comes before each of them.
    for (n, title) in
        ["Custody: the inquiry's 1.5 findings", "Cynllun yr \u{174}yl 2024", "\u{62e}\u{637}\u{629} 2"]
            .into_iter()
            .enumerate()
    {
        plans.write(&format!("plans/a{n}/plan.toml"), head(title).as_bytes());
        plans.write(&format!("plans/a{n}/07-t.toml"), recommendation("7", "").as_bytes());
    }
    plans.write("plans/a9/plan.toml", whose("Force A").as_bytes());
    let after = ids(&plans.run(&["report"]));
    assert!(before.is_subset(&after), "{before:?} {after:?}");
    let has = |start: &str| before.iter().any(|id| id.starts_with(start) && id.ends_with(".07"));
    assert!(has("r-stalking-h-") && has("r-custody-the-inquiry-s-1-5-"), "{before:?}");
}

#[test]
fn parts_alone_are_no_recommendations_and_are_said() {
    let part = recommendation("7.1", "parent = \"7\"\ndeadline = 2025-03-20");
    let missed =
        "[[milestone]]\ntitle = \"A\"\ndue = 2025-03-01\n[[milestone]]\ntitle = \"B\"\ndue = 2025-03-02\n";
    let part = format!("{part}{missed}");
    let plans = Plans::one(&[("07-a.toml", &recommendation("7", "")), ("07.1-a.toml", &part)]);
    for arguments in
        [&["--format", "markdown", "--id", "7.1"][..], &["--format", "markdown", "--id", "7.1", "--public"]]
    {
        let page = plans.run(&[&["report"], arguments].concat());
        assert!(page.contains("Nothing is shown but 1 part of recommendations."), "{page}");
    }
    let page = plans.run(&["report", "--format", "markdown"]);
    assert!(page.contains("**Overdue (0, and 1 part)**"), "{page}");
    assert!(page.contains("**Milestones missed (0, and 2 of parts)**"), "{page}");
}

#[test]
fn two_plans_of_one_title_are_told_apart() {
    let plans = Plans::new(&[("plans/a/plan.toml", HEAD.as_bytes()), ("plans/b/plan.toml", HEAD.as_bytes())]);
    plans.write("plans/a/07-t.toml", recommendation("7", "").as_bytes());
    plans.write("plans/b/07-t.toml", recommendation("7", "").as_bytes());
    let public = plans.run(&["report", "--public"]);
    let title = ["(1)", "(2)"].map(|n| public.matches(&format!(" {n}</option>")).count());
    assert_eq!(title, [1, 1], "{public}");
}

/// What is said first of how a plan of these recommendations stands.
fn headline(files: &[(&str, &str)], arguments: &[&str]) -> String {
    let paper = Plans::one(files).run(&[&["report", "--format", "markdown"], arguments].concat());
    let from = paper.find("## Where it stands").expect("the counts");
    paper[from..].lines().nth(2).unwrap_or_default().to_owned()
}

#[test]
fn one_is_spoken_of_as_one() {
    let of =
        |keys: &str, arguments: &[&str]| headline(&[("01-a.toml", &recommendation("1", keys))], arguments);
    let done = "status = \"Complete\"";
    assert_eq!(of("deadline = 2025-09-01", &[]), "The one open recommendation is not overdue.");
    assert_eq!(of("deadline = 2025-02-01", &[]), "The one open recommendation is overdue.");
    assert_eq!(of("", &["--public"]), "The one recommendation is not reported as done.");
    assert_eq!(of(done, &["--public"]), "The one recommendation is reported as done.");
    let two = [("01-a.toml", &*recommendation("1", "")), ("02-a.toml", &*recommendation("2", ""))];
    assert_eq!(headline(&two, &[]), "None of 2 open recommendations is overdue.");
    assert_eq!(headline(&two, &["--public"]), "0 of 2 recommendations are reported as done.");
}

#[test]
fn a_paper_has_all_that_needs_attention() {
    let files: Vec<(String, String)> = (1..=20)
        .map(|n| (format!("{n:02}-a.toml"), recommendation(&n.to_string(), "deadline = 2025-03-01")))
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, file)| (&**name, &**file)).collect();
    let plans = Plans::one(&files);
    let paper = plans.run(&["report", "--format", "markdown"]);
    let to = paper.find("**Without").expect("what has no fresh update");
    assert!(paper[..to].contains("| 20 | Title 20 |") && !paper.contains("more, in the table"), "{paper}");
    let page = plans.run(&["report"]);
    let attention = &page[page.find("Overdue (20)").expect("what is late")..];
    let to = attention.find("and 5 more, in the table of all recommendations").expect("the rest");
    assert!(!attention[..to].contains("Title 16"), "{page}");
}

#[test]
fn the_next_date_is_one_to_come() {
    let milestones = |days: &[&str]| {
        let one = |day: &&str| format!("[[milestone]]\ntitle = \"By {day}\"\ndue = {day}\n");
        days.iter().map(one).collect::<String>()
    };
    let next = |keys: &str, days: &[&str], arguments: &[&str]| {
        let entry = entry(keys, &milestones(days), arguments);
        let line = entry.lines().find_map(|line| line.strip_prefix("- Next due: "));
        line.map(ToOwned::to_owned)
    };
    let later = "deadline = 2025-09-01";
    let both = ["2025-03-01", "2025-05-01"];
    assert_eq!(next(later, &both, &[]).as_deref(), Some("1 May 2025"));
    assert_eq!(next(later, &both[..1], &[]), None, "the deadline is the next");
    assert_eq!(next("deadline = 2025-03-20", &both[..1], &[]).as_deref(), Some("1 Mar 2025 (has passed)"));
    assert_eq!(next("deadline = 2025-03-20", &both, &[]).as_deref(), Some("1 May 2025"));
    assert_eq!(next(later, &["2025-03-28"], &["--public"]).as_deref(), Some("28 Mar 2025"));
}

#[test]
fn names_that_run_from_right_to_left_keep_the_figures_around_them_in_place() {
    let head = HEAD.replace("name = \"Council\"", "name = \"المجلس 3\"");
    let file = recommendation("4", "deadline = 2025-03-01\nrag = \"Red\"")
        .replace("Title 4", "خطة 12")
        .replace("[\"Force\"]", "[\"Force\", \"المجلس 3\"]")
        .replace("Text 4.", "نص 5.\\n\\nText.");
    let milestone = "[[milestone]]\ntitle = \"مرحلة 2\"\ndue = 2025-03-01\n";
    let file = format!("{file}{milestone}");
    let plans = Plans::new(&[("plans/p/plan.toml", head.as_bytes()), ("plans/p/04-a.toml", file.as_bytes())]);
    let page = plans.run(&["report"]);
    for told in [
        "<span>4</span> <bdi>خطة 12</bdi></h3>",
        "<dd>Force, <bdi>المجلس 3</bdi></dd>",
        "<bdi>“مرحلة 2”</bdi> <small>was due",
        "<b><bdi>مرحلة 2</bdi></b>",
        "<p dir=\"auto\">نص 5.</p>\n<p dir=\"auto\">Text.</p>",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    // What has no such name is as it was.
    let page = Plans::one(&[("01-a.toml", &recommendation("1", ""))]).run(&["report"]);
    assert!(!page.contains("<bdi>") && !page.contains(" dir="), "{page}");
}
