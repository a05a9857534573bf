//! Pages in a real browser, as their readers use them: `tests/browser/check.mjs` tries them in Chromium. Where that
//! is not installed, or what drives it, it is said that nothing was run. `PAGES=FOLDER` keeps the pages there, to be
//! looked at.

#[path = "../benches/generator/mod.rs"]
#[expect(dead_code, reason = "the benchmarks use the rest of it")]
mod generator;

#[path = "cli/repo.rs"]
#[expect(dead_code, reason = "the program's own tests use the rest of it")]
mod repo;

use repo::Repo;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The repository.
fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Writes a page of the plans in or above a folder.
fn page(folder: &Path, as_of: &str, arguments: &[&str], output: &Path) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plan"));
    command.env_clear().current_dir(folder).args(["report", "-q", "--as-of", as_of]).args(arguments);
    let run = command.arg("--output").arg(output).output().expect("the program can be run");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

/// One of these programs; none where none is installed.
fn program(names: &[&'static str]) -> Option<&'static str> {
    let is_there =
        |name: &&&'static str| Command::new(name).arg("--version").output().is_ok_and(|o| o.status.success());
    names.iter().find(is_there).copied()
}

/// What is missing to try pages in a browser.
fn missing() -> Option<&'static str> {
    if program(&["node"]).is_none() {
        return Some("node is not installed");
    }
    if program(CHROMIUM).is_none() {
        return Some("chromium is not installed");
    }
    let modules = repository().join("tests/browser/node_modules");
    (!modules.join("playwright-core").is_dir()).then_some("run `npm ci --prefix tests/browser`")
}

const CHROMIUM: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

/// A plan of one file a recommendation, each of which says something hostile wherever it can say anything.
fn hostile(root: &Path) {
    const HOSTILE: &[&str] = &[
        "<script>alert(1); fetch('https://evil.example')</script>",
        "<img src=https://evil.example/x onerror=alert(1)>",
        "\\\"><svg onload=alert(1)><a xlink:href=javascript:alert(1)>",
        "</title></style></script><script>alert(1)</script><style>*{background:url(https://evil.example)}</style>",
        "[a](javascript:alert(1)) ![b](https://evil.example/p.png) <javascript:alert(1)> [c](data:text/html,x)",
        "' autofocus onfocus='alert(1)' style='background:url(https://evil.example)' x='",
        "<meta http-equiv=refresh content=0;url=https://evil.example><base href=https://evil.example>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe><form action=https://evil.example><input autofocus>",
    ];
    let folder = root.join("plans/hostile");
    fs::create_dir_all(&folder).expect("a folder");
    let h = HOSTILE[3];
    let head = format!(
        "title = \"{h}\"\norganisation = \"{h}\"\nsource = \"{h}\"\nlead = \"{h}\"\nnumbering_note = \"{h}\"\n\
         [[owner]]\nname = \"{h}\"\n[[rag]]\nname = \"{h}\"\nmeaning = \"{h}\"\n[[status]]\nname = \"{h}\"\nmeaning = \"{h}\"\n\
         [publish]\ndefault = \"public\"\n"
    );
    fs::write(folder.join("plan.toml"), head).expect("a file");
    for (n, h) in HOSTILE.iter().enumerate() {
        let file = format!(
            "id = \"{n} {h}\"\ntitle = \"{h}\"\ntheme = \"{h}\"\nowners = [\"{h}\"]\ndeadline = {{ wording = \"{h}\" }}\nrag = \"{h}\"\n\
             status = \"{h}\"\nmitigation = \"{h}\"\ncustom.\"{h}\" = \"{h}\"\ntext = \"{h}\\n\\n{h}\"\n[[milestone]]\ntitle = \"{h}\"\n\
             [[extension]]\nfrom = {{ wording = \"{h}\" }}\nto = {{ wording = \"{h}\" }}\nreason = \"{h}\"\n\
             [[update]]\nperiod = \"{h}\"\nby = \"{h}\"\ntext = \"{h}\"\n[[evidence]]\ntitle = \"{h}\"\nref = \"{h}\"\n\
             [[evidence]]\ntitle = \"x\"\nref = \"javascript:alert(1)\"\n[[assurance]]\nstatus = \"{h}\"\nby = \"{h}\"\nnote = \"{h}\"\n"
        );
        fs::write(folder.join(format!("{n:02}-x.toml")), file).expect("a file");
    }
}

/// The repository's plan, the invented one, and one whose recommendations are called as sections of a page are.
fn several(root: &Path) {
    for folder in ["plans/stalking-super-complaint", "tests/plans/rail-safety"] {
        let from = repository().join(folder);
        let to = root.join("plans").join(from.file_name().expect("a name"));
        fs::create_dir_all(&to).expect("a folder");
        for entry in fs::read_dir(&from).expect("the plan") {
            let path = entry.expect("an entry").path();
            if path.is_file() {
                fs::copy(&path, to.join(path.file_name().expect("a name"))).expect("a copy");
            }
        }
    }
    let folder = root.join("plans/words");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("plan.toml"), "title = \"A plan of words\"\n[publish]\ndefault = \"public\"\n")
        .expect("a file");
    for id in ["rag", "owners", "standing", "slips", "1-rag"] {
        let file = format!(
            "id = \"{id}\"\ntitle = \"What {id} means\"\nowners = [\"Somebody\"]\ntext = \"It is said.\"\n"
        );
        fs::write(folder.join(format!("{id}-x.toml")), file).expect("a file");
    }
}

/// A history of the invented plan, so that its page has a trend and an agenda.
fn history() -> Repo {
    let mut repo = Repo::new();
    let folder = repository().join("tests/plans/rail-safety");
    let mut names: Vec<String> = fs::read_dir(folder.as_path())
        .expect("the plan")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".toml"))
        .collect();
    names.sort();
    let text = |name: &str| fs::read_to_string(folder.join(name)).expect("a file");
    for name in &names {
        repo.write(
            &format!("plans/rail-safety/{name}"),
            &text(name).replace("status = \"Closed - implemented\"", "status = \"In progress\""),
        );
    }
    repo.commit("2026-01-12", "Take over the plan");
    for (day, begins) in [("2026-03-20", "10-"), ("2026-05-11", "sr-25-26-10-"), ("2026-06-24", "7.10-")] {
        let name = names.iter().find(|name| name.starts_with(begins)).expect("a recommendation");
        repo.write(&format!("plans/rail-safety/{name}"), &text(name));
        repo.commit(day, "Report as implemented");
    }
    repo
}

#[test]
fn pages_are_used_in_a_browser() {
    if let Some(missing) = missing() {
        let _ = writeln!(std::io::stderr(), "NOT RUN: pages in a browser: {missing}");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    #[expect(clippy::disallowed_methods, reason = "a test may be told where to leave something")]
    let kept = std::env::var_os("PAGES").map(PathBuf::from);
    let folder = kept.as_deref().unwrap_or(folder.path());
    let at = |name: &str| folder.join(name);
    page(&repository(), "2025-03-28", &[], &at("real.html"));
    page(&repository(), "2025-03-28", &["--public"], &at("real-public.html"));
    page(&repository().join("tests"), "2026-06-30", &[], &at("invented.html"));
    page(&repository().join("tests"), "2026-06-30", &["--public"], &at("invented-public.html"));
    page(history().path(), "2026-06-30", &["--since", "2026-05-20"], &at("agenda.html"));
    let plans = tempfile::tempdir().expect("a folder");
    several(plans.path());
    page(plans.path(), "2026-06-30", &[], &at("several.html"));
    page(plans.path(), "2026-06-30", &["--public"], &at("several-public.html"));
    let plans = tempfile::tempdir().expect("a folder");
    hostile(plans.path());
    page(plans.path(), "2026-06-30", &[], &at("hostile.html"));
    page(plans.path(), "2026-06-30", &["--public"], &at("hostile-public.html"));
    for (count, name) in [(30, "thirty.html"), (2_000, "large.html")] {
        let plans = tempfile::tempdir().expect("a folder");
        generator::write(&plans.path().join("plans"), count).expect("a corpus can be written");
        page(plans.path(), "2026-06-30", &[], &at(name));
    }
    let size = fs::metadata(at("thirty.html")).expect("a page").len();
    assert!(size < 200_000, "a page of 30 recommendations has {size} bytes");
    let expected = serde_json::json!({
        "large": ["large.html"],
        "fit": ["real.html", "invented.html", "invented-public.html", "several.html"],
        "history": {
            "invented.html": { "owner": "Keld Plant Services", "shown": 3, "of": 18, "counted": "2 of 15 recommendations, and 1 of 3 parts", "hidden": "r-09" },
            "real-public.html": { "owner": "OPCC", "shown": 3, "of": 29, "counted": "3 of 29 recommendations", "hidden": "r-01" },
        },
        "links": ["real.html", "invented-public.html", "several.html"],
        "keyboard": {
            "real.html": { "word": "advocate", "wordShown": 3, "owner": "OPCC", "ownerShown": 4 },
            "invented-public.html": { "word": "tablet", "wordShown": 0, "owner": "Keld", "ownerShown": 2 },
        },
    });
    fs::write(at("plan.json"), expected.to_string()).expect("a file");
    let chromium = program(CHROMIUM).expect("it is installed");
    let run = Command::new("node")
        .arg("check.mjs")
        .arg(folder)
        .arg(which(chromium))
        .current_dir(repository().join("tests/browser"))
        .output()
        .expect("node can be run");
    let _ = std::io::stderr().write_all(&run.stdout);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

/// Where a program is.
fn which(program: &str) -> String {
    let found = Command::new("sh").args(["-c", &format!("command -v {program}")]).output().expect("a shell");
    String::from_utf8_lossy(&found.stdout).trim().to_owned()
}
