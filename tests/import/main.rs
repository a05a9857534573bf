//! Real documents to plans: what `plan import` makes of files that Word's, Excel's and LibreOffice's like wrote, held
//! against what stands in them. The scripts in tests/documents make them and say what must come of it; some are kept
//! for machines without Python. `.ci/run` makes them all, and names their folder in `PLAN_DOCUMENTS`.

mod expected;
mod hostile;
mod words;

use expected::{Expected, Imported};
use std::path::PathBuf;

/// The documents that are kept in the repository.
fn kept() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/documents/fixtures")
}

/// The documents that the scripts made, where they did.
#[expect(clippy::disallowed_methods, reason = "only the environment knows where the documents are")]
fn made(test: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("PLAN_DOCUMENTS").map(PathBuf::from);
    if folder.is_none() {
        #[expect(clippy::print_stderr, reason = "what was not run is said")]
        {
            eprintln!(
                "NOT RUN: {test}: tests/documents/make.py makes the documents, PLAN_DOCUMENTS names their folder"
            );
        }
    }
    folder
}

/// Holds every good document of a folder against what must come of it, and gives what differs.
fn differences(folder: &std::path::Path) -> Vec<String> {
    let expected = Expected::read(folder);
    let mut differences = Vec::new();
    for name in expected.good() {
        match Imported::of(folder, name, expected.by_position(name)) {
            Ok(imported) => differences.extend(expected.differences(name, &imported)),
            Err(error) => differences.push(format!("{name}: {error}")),
        }
    }
    differences
}

#[test]
fn the_kept_documents_become_the_plans_that_stand_in_them() {
    assert_eq!(differences(&kept()), Vec::<String>::new());
}

#[test]
fn documents_of_real_programs_become_the_plans_that_stand_in_them() {
    let Some(folder) = made("documents of real programs") else { return };
    assert_eq!(differences(&folder), Vec::<String>::new());
}

#[test]
fn our_own_plan_comes_back_out_of_its_word_table() {
    for name in ["seed.txt", "seed.docx", "seed.xlsx"] {
        let imported = Imported::of(&kept(), name, true).expect("it is imported");
        let own = Imported::in_folder(
            &PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("plans/stalking-super-complaint"),
        );
        let facts = |plan: &Imported| plan.recommendations.iter().map(expected::facts).collect::<Vec<_>>();
        assert_eq!(facts(&imported), facts(&own), "{name}");
    }
}

#[test]
fn every_word_of_a_kept_document_arrives_or_is_named() {
    for name in ["seed.txt", "seed.docx", "seed.xlsx", "layouts.docx"] {
        assert_eq!(words::lost(&kept(), name), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn every_word_of_a_document_arrives_or_is_named() {
    let Some(folder) = made("every word of a document") else { return };
    for name in Expected::read(&folder).good() {
        assert_eq!(words::lost(&folder, name), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn what_no_plan_is_in_is_refused_and_nothing_is_written() {
    let Some(folder) = made("hostile documents") else { return };
    assert_eq!(hostile::differences(&folder), Vec::<String>::new());
}

#[test]
fn what_is_imported_has_no_faults_but_the_documents_own() {
    for (name, own) in [
        // Two recommendations are called complete before all that they ask for is done.
        ("seed.txt", &["done-with-open-milestone", "done-with-open-milestone"][..]),
        ("seed.docx", &["done-with-open-milestone", "done-with-open-milestone"]),
        // One is no longer pursued, and nobody says why.
        ("layouts.docx", &["dropped-without-reason"]),
    ] {
        assert_eq!(expected::faults(&kept(), name, true), own, "{name}");
    }
}

#[test]
fn documents_of_real_programs_have_no_faults_but_their_own() {
    let Some(folder) = made("the faults of documents of real programs") else { return };
    const OWN: &[&str] = &["done-with-open-milestone", "dropped-without-reason", "duplicate-id"];
    let expected = Expected::read(&folder);
    for name in expected.good() {
        let faults = expected::faults(&folder, name, expected.by_position(name));
        assert!(faults.iter().all(|rule| OWN.contains(&rule.as_str())), "{name}: {faults:?}");
    }
}

#[test]
fn no_file_costs_more_than_it_holds() {
    assert_eq!(hostile::cost(), Vec::<String>::new());
}
