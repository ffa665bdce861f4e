//! `awasir evaluate`: how well messages are understood, on files of `label<TAB>message` or on the articles in use.
mod alarms;
mod report;
mod rows;

use super::Failure;
use super::setup::Config;
use crate::app;
use crate::knowledge::{
    ArticleFile, Asked, Classifier, Lesson, Library, Material, Numbers, Sample, Scored, Teaching, Thresholds,
    confusions, crossed, score,
};
use crate::model::LocaleTag;
use alarms::Alarms;
use anyhow::Context as _;
use clap::Args;
use report::{Memory, Report, megabytes, table, timed};
use rows::{Form, Rows};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line")]
pub(super) struct Evaluate {
    /// Files of `label<TAB>message` to learn from
    #[arg(long, num_args = 1.., required_unless_present_any = ["articles", "alarms"])]
    train: Vec<PathBuf>,
    /// Files to be tested by, each on its own; a label that was not learnt is a sibling question without an answer
    #[arg(long, num_args = 1..)]
    test: Vec<PathBuf>,
    /// File of `label<TAB>title`
    #[arg(long)]
    titles: Option<PathBuf>,
    /// Files of messages that are no question, to calibrate by; a label in front is passed over
    #[arg(long, num_args = 1..)]
    background: Vec<PathBuf>,
    /// Files of messages that are no question, to be tested by
    #[arg(long, num_args = 1..)]
    out_of_scope: Vec<PathBuf>,
    /// File of labels, one a line, that are not learnt
    #[arg(long)]
    drop_labels: Option<PathBuf>,
    /// The share of direct answers that must be right
    #[arg(long, default_value_t = 0.90, value_parser = share)]
    target: f64,
    /// Labels are `source|label`: the source is passed over
    #[arg(long)]
    strip_prefix: bool,
    /// Arabic examples are not learnt in Latin letters too
    #[arg(long)]
    no_copies: bool,
    /// Learn alone, without the rounds that tell how far to trust it: nothing is answered at once
    #[arg(long)]
    uncalibrated: bool,
    /// The articles in use; without `--test` each example is asked of a model that has not seen it
    #[arg(long, conflicts_with_all = ["train", "titles", "uncalibrated"])]
    articles: bool,
    /// The emergencies of the articles in use: `--test` files of `danger`, `person` or anything else, a tab, a message
    #[arg(long, conflicts_with_all = ["train", "titles", "articles"], requires = "test")]
    alarms: bool,
    /// The articles as files, also where a database has them
    #[arg(long)]
    files: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// A share between none and all.
fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if share > 0.0 && share <= 1.0 => Ok(share),
        _ => Err("expected a share such as 0.90".to_owned()),
    }
}

/// What was learnt, what from, and what it cost.
struct Learnt {
    classifier: Classifier,
    reports: Vec<Report>,
    seconds: f64,
    /// Memory beyond what was held before.
    memory: usize,
}

impl Evaluate {
    pub(super) async fn run(&self) -> Result<ExitCode, Failure> {
        let config = Config::read()?;
        let mut material = Material::read(&*config.source());
        if (self.articles || self.alarms) && !self.files && config.has_database() {
            material.texts = in_use(&config).await?;
        }
        if self.alarms {
            return self.alarms(material);
        }
        let Learnt { classifier, mut reports, seconds, memory } = self.learn(material)?;
        let far = rows::rows(&self.out_of_scope, self.form(true))?;
        for path in &self.test {
            reports.push(self.report(&classifier, path, &far)?);
        }
        let size = postcard::to_allocvec(&classifier).context("the model")?.len();
        let Memory { peak, .. } = Memory::read();
        if self.json {
            let all = serde_json::json!({ "tests": reports, "train_seconds": seconds, "model_bytes": size,
                "answers": classifier.labels().len(), "training_memory_bytes": memory, "peak_memory_bytes": peak });
            println!("{all:#}");
        } else {
            print!("{}", table(&reports));
            let how = if self.uncalibrated { "without" } else { "with" };
            println!(
                "\n{} answers learnt in {seconds:.2} s {how} calibration, in {:.0} MB; model {:.1} MB, most memory {:.0} MB",
                classifier.labels().len(),
                megabytes(memory),
                megabytes(size),
                megabytes(peak)
            );
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Learns what is asked for; with the articles also each example from a model without it, where no test is named.
    fn learn(&self, material: Material) -> Result<Learnt, Failure> {
        if self.articles {
            let lesson = Lesson::new(&material.texts, &material);
            drop(material);
            let (before, started) = (Memory::read(), Instant::now());
            let classifier = lesson.teach().answers;
            let (seconds, memory) = cost(before, started);
            let crossed = self.test.is_empty().then(|| crossed_report(&lesson.teaching(), &classifier));
            return Ok(Learnt { classifier, reports: crossed.into_iter().collect(), seconds, memory });
        }
        let samples = self.samples()?;
        let background = rows::rows(&self.background, self.form(true))?;
        let lexicon = material.lexicon.clone();
        drop(material);
        let (before, started) = (Memory::read(), Instant::now());
        let classifier = Classifier::train(&Teaching {
            samples: samples.iter().map(|(label, text, title)| Sample { label, text, title: *title }).collect(),
            background: background.iter().map(|(_, text)| text.as_str()).collect(),
            lexicon,
            sensitive: Vec::new(),
            thresholds: Thresholds { ordinary: self.target, sensitive: self.target },
            copies: !self.no_copies,
            calibrated: !self.uncalibrated,
        });
        let (seconds, memory) = cost(before, started);
        Ok(Learnt { classifier, reports: Vec::new(), seconds, memory })
    }

    /// Examples and titles but for the labels dropped: label, message, whether it is a title.
    fn samples(&self) -> Result<Vec<(String, String, bool)>, Failure> {
        let form = self.form(false);
        let dropped = match &self.drop_labels {
            Some(path) => rows::labels(path, form)?,
            None => BTreeSet::new(),
        };
        let train = rows::rows(&self.train, form)?;
        let titles = rows::rows(self.titles.as_slice(), form)?;
        let asked: BTreeSet<&str> = train.iter().map(|(label, _)| label.as_str()).collect();
        for label in dropped.iter().filter(|label| !asked.contains(label.as_str())) {
            eprintln!("`{label}` is to be dropped, and no example has it");
        }
        let mut all: Vec<(String, String, bool)> = Vec::new();
        for (rows, title) in [(train, false), (titles, true)] {
            all.extend(rows.into_iter().filter(|row| !dropped.contains(&row.0)).map(|row| (row.0, row.1, title)));
        }
        if all.iter().all(|(_, text, _)| text.is_empty()) {
            return Err(Failure::Usage("awasir: nothing to learn: no example is left".to_owned()));
        }
        Ok(all)
    }

    fn report(&self, classifier: &Classifier, path: &Path, far: &Rows) -> Result<Report, Failure> {
        let rows = rows::rows(&[path.to_owned()], self.form(false))?;
        let mut scored = score(classifier, &rows);
        for ((label, _), one) in rows.iter().zip(&mut scored) {
            if label == "far" && one.kind == Asked::Near {
                one.kind = Asked::Far;
            }
        }
        scored.extend(far.iter().map(|(_, text)| Scored::new(&classifier.read(text), Asked::Far)));
        let times = timed(classifier, rows.iter().map(|(_, text)| text.as_str()));
        Ok(Report {
            test: name(path),
            numbers: Numbers::of(&scored),
            microseconds: times,
            confusions: confusions(&scored),
        })
    }

    fn alarms(&self, material: Material) -> Result<ExitCode, Failure> {
        let library = Library::taught(0, material);
        let form = Form { strip_prefix: self.strip_prefix, bare: true };
        let mut all = Vec::new();
        for path in &self.test {
            all.push(Alarms::of(name(path), &library, &rows::rows(std::slice::from_ref(path), form)?));
        }
        if self.json {
            println!("{:#}", serde_json::json!({ "tests": all }));
        } else {
            for alarms in &all {
                print!("{}", alarms.print());
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    const fn form(&self, bare: bool) -> Form {
        Form { strip_prefix: self.strip_prefix || self.articles, bare }
    }
}

fn name(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Seconds since, and the most memory beyond what was held before.
fn cost(before: Memory, started: Instant) -> (f64, usize) {
    (started.elapsed().as_secs_f64(), Memory::read().peak.saturating_sub(before.now))
}

/// The articles of the database.
async fn in_use(config: &Config) -> Result<Vec<(LocaleTag, ArticleFile)>, Failure> {
    let store = config.store().await?;
    let files = app::export_articles(&store).await;
    store.close().await;
    let mut texts = Vec::new();
    for (path, text) in files.context("articles")? {
        let locale = path.split('/').next().unwrap_or_default();
        texts.push((LocaleTag::new(locale), ArticleFile::parse(&text).context(path.clone())?));
    }
    Ok(texts)
}

/// The examples, each asked of a model that has not seen it.
fn crossed_report(teaching: &Teaching<'_>, classifier: &Classifier) -> Report {
    let scored: Vec<Scored> = crossed(teaching).into_iter().map(|(_, scored)| scored).collect();
    // Examples as they are would be found by their words alone: one more word, and they are read.
    let asked: Vec<String> = teaching.samples.iter().map(|sample| format!("{} 1", sample.text)).collect();
    Report {
        test: "examples, each kept from the model that is asked".to_owned(),
        numbers: Numbers::of(&scored),
        microseconds: timed(classifier, asked.iter().map(String::as_str)),
        confusions: confusions(&scored),
    }
}
