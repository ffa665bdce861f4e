//! The rules of design.md §2 and style.md that no compiler knows, read off the sources. Each rule is shown to fail, too.
mod rules;
mod source;

use rules::Rule;
use source::Source;
use std::path::{Path, PathBuf};

#[test]
fn imports_run_downward_only() {
    hold(Rule::Imports);
}

#[test]
fn the_lower_half_does_no_io() {
    hold(Rule::Purity);
}

#[test]
fn sql_stands_in_store_only() {
    hold(Rule::Sql);
}

#[test]
fn the_machine_is_read_in_settings_and_clock_only() {
    hold(Rule::Machine);
}

#[test]
fn words_for_people_stand_in_locales_only() {
    hold(Rule::Arabic);
}

#[test]
fn no_file_is_longer_than_four_hundred_lines() {
    hold(Rule::Length);
}

/// Every line: rule, path, source, and a word of the complaint expected (none: it must pass).
#[test]
fn each_rule_can_fail() {
    let cases: &[(Rule, &str, &str, Option<&str>)] = &[
        (Rule::Imports, "src/model/id.rs", "use crate::clock::Clock;", Some("model (rank 0) names clock (rank 1)")),
        (Rule::Imports, "src/store/inbox.rs", "use crate::channels::Limits;", Some("channels (rank 4)")),
        (Rule::Imports, "src/store/inbox.rs", "use crate::engine::Conversation;", None),
        (Rule::Imports, "src/engine/step.rs", "use crate::{model::Say, app::App};", Some("names app")),
        (Rule::Imports, "src/engine/step.rs", "fn f() -> crate::app::App { todo!() }", Some("names app")),
        (Rule::Imports, "src/engine/step.rs", "use super::super::web;", Some("names web")),
        (Rule::Imports, "src/engine/step.rs", "use super::Conversation; use crate::engine::flow::State;", None),
        (Rule::Imports, "src/app/turns.rs", "use crate::store::inbox::Claim;", Some("past its root")),
        (Rule::Imports, "src/app/turns.rs", "use crate::store::{self, inbox::{Claim, Row}};", Some("past its root")),
        (Rule::Imports, "src/app/turns.rs", "use crate::engine::Owner::Bot; fn f() { crate::text::fold(x) }", None),
        (Rule::Imports, "src/helpers.rs", "fn f() {}", Some("no rank")),
        (Rule::Imports, "src/model/id.rs", "#[cfg(test)] mod tests { use crate::clock::Clock; }", None),
        (Rule::Purity, "src/engine/step.rs", "async fn step() {}", Some("`async`")),
        (Rule::Purity, "src/knowledge/x.rs", "fn f() { reqwest::get(1); }", Some("`reqwest`")),
        (Rule::Purity, "src/clock.rs", "fn f() { Box::pin(async { tokio::time::sleep(x).await }) }", None),
        (Rule::Purity, "src/clock.rs", "use sqlx::Row;", Some("`sqlx`")),
        (Rule::Purity, "src/app/turns.rs", "async fn turn() {}", None),
        (Rule::Sql, "src/app/turns.rs", "use sqlx::query;", Some("`sqlx`")),
        (Rule::Sql, "src/app/turns.rs", "const Q: &str = \"SELECT id\\n FROM events\";", Some("SQL")),
        (Rule::Sql, "src/web/x.rs", "f(r#\"insert into events values (1)\"#)", Some("SQL")),
        (Rule::Sql, "src/web/x.rs", "/// select one from many\nfn f() { say(\"choose one from the list\") }", None),
        (Rule::Sql, "src/store/inbox.rs", "const Q: &str = \"select id from events\";", None),
        (Rule::Machine, "src/app/turns.rs", "use std::{env, fs};", Some("std::env")),
        (Rule::Machine, "src/app/turns.rs", "fn f() { std::time::SystemTime::now(); }", Some("SystemTime")),
        (Rule::Machine, "src/settings/reader.rs", "fn f() { std::env::vars_os(); }", None),
        (Rule::Machine, "src/cli/config.rs", "const V: &str = env!(\"CARGO_PKG_VERSION\");", None),
        (Rule::Arabic, "src/app/turns.rs", "const HELLO: &str = \"مرحبا\";", Some("locales/")),
        (Rule::Arabic, "src/app/turns.rs", "f('م')", Some("locales/")),
        (Rule::Arabic, "src/app/turns.rs", "/// مرحبا\nfn f() {} // مرحبا", None),
        (Rule::Arabic, "src/text/fold.rs", "f('م')", None),
        (Rule::Arabic, "src/app/turns.rs", "#[cfg(test)]\nmod tests { const HELLO: &str = \"مرحبا\"; }", None),
        (Rule::Arabic, "src/app/tests.rs", "const HELLO: &str = \"مرحبا\";", None),
    ];
    for (rule, path, text, expected) in cases {
        let found = rule.check(&Source::read(path, text));
        match expected {
            Some(word) => assert!(found.iter().any(|line| line.contains(word)), "{rule:?} let pass: {text}: {found:?}"),
            None => assert!(found.is_empty(), "{rule:?} is too strict: {text}: {found:?}"),
        }
    }
    assert!(Rule::Length.check(&Source::read("src/model.rs", &"\n".repeat(400))).is_empty());
    assert_eq!(Rule::Length.check(&Source::read("src/model.rs", &"\n".repeat(401))).len(), 1);
}

#[test]
fn complaints_name_file_and_line() {
    let source = Source::read("src/model/id.rs", "//! Ids.\n\nuse crate::clock::Clock;\n");
    assert_eq!(Rule::Imports.check(&source), ["src/model/id.rs:3: model (rank 0) names clock (rank 1)"]);
}

/// Fails with every complaint of `rule` about the crate's sources.
fn hold(rule: Rule) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    rust_files(&root.join("src"), &mut files);
    assert!(files.len() > 20, "the sources were not found");
    let complaints: Vec<String> = files
        .iter()
        .flat_map(|path| {
            let text = std::fs::read_to_string(path).expect("a source file is readable");
            let name = path.strip_prefix(root).expect("found below the root").to_string_lossy().into_owned();
            rule.check(&Source::read(&name, &text))
        })
        .collect();
    assert!(complaints.is_empty(), "{}\n{}", rule.reason(), complaints.join("\n"));
}

fn rust_files(dir: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(dir)
        .expect("a source folder is readable")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}
