//! Settings: the example file is what the program says, and all that is wrong is said at once.
use awasir::cli;
use std::process::Command;

fn awasir(variables: &[(&str, &str)], arguments: &[&str]) -> std::process::Output {
    let folder = tempfile::tempdir().unwrap();
    let models = crate::support::library::models();
    Command::new(env!("CARGO_BIN_EXE_awasir"))
        .current_dir(folder.path())
        .env_clear()
        .env("MODELS_DIR", models)
        .envs(variables.iter().copied())
        .args(arguments)
        .output()
        .unwrap()
}

#[test]
fn the_example_file_is_what_the_program_prints() {
    let kept = std::fs::read_to_string(".env.example").unwrap();
    assert!(kept == cli::example(), "run `awasir config example > .env.example`");
}

#[test]
fn all_wrong_settings_are_listed_with_their_form_and_the_exit_code_is_2() {
    let wrong = [
        ("LISTEN", "here"),
        ("TELEGRAM_BOT_TOKEN", "no-colon"),
        ("ENCRYPTION_KEYS", "c2hvcnQ="),
        ("OFFICER_SILENCE_SECONDS", "soon"),
        ("DATABASE_URL", "mysql://x"),
    ];
    let output = awasir(&wrong, &["config", "check"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    for (name, value) in wrong {
        assert!(said.contains(&format!("`{name}`: expected")), "{name} is not named in:\n{said}");
        assert!(!said.contains(value), "a value, which may be a secret, is shown:\n{said}");
    }
}

#[test]
fn nothing_set_is_good() {
    assert_eq!(awasir(&[], &["config", "check"]).status.code(), Some(0));
}

#[test]
fn a_question_is_answered_in_a_terminal_with_nothing_set() {
    // A flow, not an article: those are said only until their review is due.
    let output = awasir(&[], &["ask", "مسار الطلب", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = said["answer"].to_string();
    assert!(text.contains("السفارة"), "{text}");
}
