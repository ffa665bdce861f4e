//! `awasir evaluate` on files as other people write them: numbers or a fault by its line, never a panic.
use std::path::Path;
use std::process::{Command, Output};

/// Runs `awasir evaluate` in a folder of these files.
fn evaluate(files: &[(&str, &str)], arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    run(folder.path(), arguments)
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_awasir"));
    command.current_dir(folder).env_clear().arg("evaluate").args(arguments).output().unwrap()
}

fn json(output: &Output) -> serde_json::Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

const TRAIN: &str = "\u{feff}msa|apply\tكيف أقدم طلبا\r\n\r\n# a remark\nmsa|apply\tازاي\tاقدم\npal|where\tوين وصل طلبي\npal|where\tfin talabi\nmsa|stop\tاوقفوا الرسائل\n";
const TEST: &str = "apply\tكيف اقدم الطلب\nwhere\tوين طلبي\nnever learnt\tشو في\nstop\t\n";

#[test]
fn odd_files_give_numbers() {
    let files =
        [("train", TRAIN), ("test", TEST), ("far", "oos\tany news\n#tag alone\n"), ("drop", "stop\r\nnobody\r\n")];
    let all = [
        "--train",
        "train",
        "--test",
        "test",
        "test",
        "--strip-prefix",
        "--background",
        "far",
        "--out-of-scope",
        "far",
    ];
    let said = json(&evaluate(
        &files,
        &[&all[..], &["--drop-labels", "drop", "--titles", "train", "--target", "0.8", "--json"]].concat(),
    ));
    assert_eq!(said["answers"], 2);
    assert_eq!(said["tests"].as_array().unwrap().len(), 2);
    assert_eq!(said["tests"][0]["numbers"]["messages"], serde_json::json!([2, 2, 2]));
    assert!(said["tests"][0]["numbers"]["accuracy"].as_f64().unwrap() > 0.9);
    for name in ["train_seconds", "training_memory_bytes", "peak_memory_bytes", "model_bytes"] {
        assert!(said[name].is_number(), "{name}");
    }
    // One answer alone, nothing beside it, an empty test.
    let files = [("train", "a\tone\na\ttwo words\n"), ("test", "a\tone more\n"), ("empty", "\n")];
    for extra in [&[][..], &["--uncalibrated"], &["--no-copies"]] {
        json(&evaluate(&files, &[&["--train", "train", "--test", "test", "empty", "--json"], extra].concat()));
    }
    let shown = evaluate(&files, &["--train", "train", "--test", "test"]);
    assert!(String::from_utf8(shown.stdout).unwrap().contains("right answer first"));
}

#[test]
fn what_is_wrong_is_named_by_file_and_line() {
    let files = [("train", "a\tone\nno tab\n"), ("good", "a\tone\n"), ("emoji", "a\t\n"), ("drop", "a\n")];
    for (arguments, code, said) in [
        (&["--train", "train"][..], 1, "train, line 2: expected `label<TAB>message`"),
        (&["--train", "good", "--test", "train"], 1, "train, line 2"),
        (&["--train", "nowhere"], 1, "nowhere"),
        (&["--train", "emoji"], 2, "nothing to learn"),
        (&["--train", "good", "--drop-labels", "drop"], 2, "nothing to learn"),
        (&["--train", "good", "--target", "7"], 2, "expected a share"),
        (&[], 2, "--train"),
    ] {
        let output = evaluate(&files, arguments);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {error}");
        assert!(error.contains(said), "{arguments:?}: {error}");
    }
}
