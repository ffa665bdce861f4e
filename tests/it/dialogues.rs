//! Golden dialogues: whole conversations as people hold them, in `tests/data/dialogues/*.txt`. The format stands in `script`.
mod script;
pub(crate) mod talk;
pub(crate) mod world;

use std::fs;
use std::path::{Path, PathBuf};
use world::Stage;

#[test]
fn dialogues_go_as_written() {
    let stage = Stage::new();
    let update = Update::wanted();
    let mut wrong = Vec::new();
    for path in files() {
        let expected = fs::read_to_string(&path).unwrap();
        let (played, missing) = script::play(&stage, &expected);
        wrong.extend(missing.into_iter().map(|line| format!("{}: {line}", path.display())));
        if played == expected {
            continue;
        }
        if update {
            fs::write(&path, &played).unwrap();
        } else {
            wrong.push(format!("{}:\n{}", path.display(), first_difference(&expected, &played)));
        }
    }
    assert!(wrong.is_empty(), "{}\nIf this is right: UPDATE_DIALOGUES=1, then read the difference.", wrong.join("\n"));
}

#[test]
fn there_are_dialogues_enough() {
    let titles = files().iter().flat_map(|path| titles(&fs::read_to_string(path).unwrap())).collect::<Vec<_>>();
    assert!(titles.len() >= 40, "{} dialogues", titles.len());
    for kind in ["Gulf", "Levantine", "Egyptian", "Moroccan", "Yemeni", "Arabizi", "English"] {
        assert!(titles.iter().any(|title| title.contains(kind)), "no dialogue in {kind}");
    }
}

/// Whether the files are to be written anew.
struct Update;

impl Update {
    #[expect(clippy::disallowed_methods, reason = "a switch for the developer, not a setting of the program")]
    fn wanted() -> bool {
        std::env::var("UPDATE_DIALOGUES").is_ok_and(|value| value == "1")
    }
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/dialogues");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    files
}

fn titles(text: &str) -> Vec<String> {
    text.lines().filter_map(|line| line.strip_prefix("== ")).map(str::to_owned).collect()
}

fn first_difference(expected: &str, played: &str) -> String {
    let mut lines = expected.lines().zip(played.lines()).enumerate();
    match lines.find(|(_, (expected, played))| expected != played) {
        Some((place, (expected, played))) => format!("line {}\n  written: {expected}\n  played:  {played}", place + 1),
        None => "one of them is longer".to_owned(),
    }
}
