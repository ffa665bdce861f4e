//! `awasir articles suggest` and `awasir articles confusions`: what could be taught, for officers to decide.
use super::Failure;
use super::setup::Config;
use crate::app::{self, Suggestion, Why};
use crate::clock::SystemClock;
use crate::knowledge::{ArticleFile, Asked, Scored, confusions, crossed, twins};
use crate::model::LocaleTag;
use anyhow::Context as _;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

/// The key under which suggested questions stand in a file, until an officer moves them to their dialect.
const HEARD: &str = "heard";
/// Examples shown of a confused pair.
const SHOWN: usize = 3;

/// `awasir articles suggest`
pub(super) async fn suggest(config: Config, days: u32, write: Option<&Path>) -> Result<ExitCode, Failure> {
    let app = config.start(Vec::new(), false).await?;
    let suggestions = app.suggestions(days).await.context("what people asked")?;
    let files = app::export_articles(app.store()).await.context("articles")?;
    app.store().close().await;
    if suggestions.is_empty() {
        println!("nothing to learn from the last {days} days");
        return Ok(ExitCode::SUCCESS);
    }
    for (why, heading) in [
        (Why::Chosen, "asked so, then this title was chosen"),
        (Why::NotUnderstood, "not understood; the nearest article, if any"),
        (Why::NotHelped, "answered so, and it did not help: is another article meant, or the text unclear?"),
    ] {
        let mut of = suggestions.iter().filter(|one| one.why == why).peekable();
        if of.peek().is_some() {
            println!("{heading}");
        }
        for Suggestion { article, text, times, .. } in of {
            println!("  {times:>3} × {:<24} {text}", article.as_deref().unwrap_or("–"));
        }
    }
    let Some(folder) = write else {
        println!("`--write FOLDER` writes article files with the questions whose title was chosen, to edit and import");
        return Ok(ExitCode::SUCCESS);
    };
    let mut chosen: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for one in suggestions.iter().filter(|one| one.why == Why::Chosen) {
        chosen.entry(one.article.as_deref().unwrap_or_default()).or_default().push(one.text.clone());
    }
    let mut written = 0;
    for (path, text) in files {
        let mut file = ArticleFile::parse(&text).with_context(|| path.clone())?;
        let arabic = path.starts_with(&format!("{}/", LocaleTag::ARABIC));
        let Some(heard) = chosen.remove(file.id.as_str()).filter(|_| arabic) else { continue };
        file.questions.entry(HEARD.to_owned()).or_default().extend(heard);
        let to = folder.join(&path);
        std::fs::create_dir_all(to.parent().unwrap_or(folder)).with_context(|| to.display().to_string())?;
        std::fs::write(&to, file.print()).with_context(|| to.display().to_string())?;
        written += 1;
    }
    println!(
        "{written} files in {}: look at the questions under `{HEARD}`, then `awasir articles import {} --officer YOU`, and a \
         second officer approves",
        folder.display(),
        folder.display()
    );
    Ok(ExitCode::SUCCESS)
}

/// `awasir articles confusions`
pub(super) async fn confused(config: &Config, most: usize) -> Result<ExitCode, Failure> {
    let store = config.store().await?;
    let lesson = app::lesson(&store, &*config.source(), &SystemClock).await.context("articles")?;
    store.close().await;
    let teaching = lesson.teaching();
    println!("nearly the same question under two articles");
    for (one, other, alike) in twins(&teaching.samples).into_iter().take(most) {
        println!("  {:.0} %  {}: {}\n        {}: {}", alike * 100.0, one.label, one.text, other.label, other.text);
    }
    println!(
        "\nasked of a model that had not seen them, and taken for another article: more examples of the first would help"
    );
    let asked = crossed(&teaching);
    let scored: Vec<Scored> = asked.iter().map(|(_, scored)| scored.clone()).collect();
    for (label, guess, times) in confusions(&scored).into_iter().take(most) {
        println!("  {times:>3} × {label} taken for {guess}");
        let of = |scored: &Scored| scored.kind == Asked::Known(label.clone()) && scored.guess.as_ref() == Some(&guess);
        for (text, _) in asked.iter().filter(|(_, scored)| of(scored)).take(SHOWN) {
            println!("          {text}");
        }
    }
    Ok(ExitCode::SUCCESS)
}
