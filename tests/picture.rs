//! The picture in the README is what the program draws. With `PICTURE=overwrite` it is drawn anew.

use std::path::Path;
use std::process::Command;

#[test]
fn the_picture_in_the_readme_is_what_the_program_draws() {
    let arguments = ["list", "--owner", "Chief Constables", "--width", "100", "--color", "always", "-q"];
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_plan"));
    command.env_clear().env("PLAN_AS_OF", "2025-03-28").current_dir(repository).args(arguments);
    let output = command.output().expect("the program can be run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let screen = format!(
        "$ plan list --owner \"Chief Constables\"\n{}",
        String::from_utf8(output.stdout).expect("the output is UTF-8")
    );
    // Terminals dim text less than the picture would.
    let drawn = anstyle_svg::Term::new().render_svg(&screen).replace("opacity: 0.4", "opacity: 0.7");
    let picture = repository.join("docs/list.svg");
    #[expect(clippy::disallowed_methods, reason = "a test may be told to draw")]
    let overwrite = std::env::var_os("PICTURE").is_some_and(|v| v == "overwrite");
    if overwrite {
        std::fs::write(&picture, &drawn).expect("the picture can be written");
    }
    let kept = std::fs::read_to_string(&picture).unwrap_or_default();
    assert!(kept == drawn, "docs/list.svg is out of date: run `PICTURE=overwrite cargo test --test picture`");
}
