//! `awasir evaluate`: how well messages are understood, on files of `label<TAB>message` or on the articles in use.
use super::Failure;
use super::setup::Config;
use crate::knowledge::{
    Asked, Classifier, Lesson, Material, Numbers, Sample, Scored, Teaching, Thresholds, confusions, crossed, score,
};
use anyhow::Context as _;
use clap::Args;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Confused pairs shown.
const PAIRS: usize = 15;

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line")]
pub(super) struct Evaluate {
    /// Files of `label<TAB>message` to learn from
    #[arg(long, num_args = 1.., required_unless_present = "articles")]
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
    #[arg(long, default_value_t = 0.90)]
    target: f64,
    /// Labels are `source|label`: the source is passed over
    #[arg(long)]
    strip_prefix: bool,
    /// Arabic examples are not learnt in Latin letters too
    #[arg(long)]
    no_copies: bool,
    /// The articles in use; without `--test` each example is asked of a model that has not seen it
    #[arg(long, conflicts_with_all = ["train", "titles"])]
    articles: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Rows of `label<TAB>message`.
type Rows = Vec<(String, String)>;

/// What one test came to.
#[derive(Debug, serde::Serialize)]
struct Report {
    test: String,
    numbers: Numbers,
    /// Microseconds a message: median and 99 of 100.
    microseconds: [f64; 2],
    confusions: Vec<(String, String, usize)>,
}

impl Evaluate {
    pub(super) fn run(&self) -> Result<ExitCode, Failure> {
        let config = Config::read()?;
        let material = Material::read(&*config.source());
        let started = Instant::now();
        let (classifier, mut reports) = if self.articles {
            let lesson = Lesson::new(&material.texts, &material);
            let classifier = lesson.teach().answers;
            let crossed = self.test.is_empty().then(|| crossed_report(&lesson.teaching(), &classifier));
            (classifier, crossed.into_iter().collect())
        } else {
            (self.teach(&material)?, Vec::new())
        };
        let trained = started.elapsed();
        let far = self.rows(&self.out_of_scope)?;
        for path in &self.test {
            reports.push(self.report(&classifier, path, &far)?);
        }
        let size = postcard::to_allocvec(&classifier).context("the model")?.len();
        if self.json {
            let all = serde_json::json!({ "tests": reports, "train_seconds": trained.as_secs_f64(), "model_bytes": size,
                "answers": classifier.labels().len(), "peak_memory_bytes": peak_memory() });
            println!("{all:#}");
        } else {
            print!("{}", table(&reports));
            println!(
                "\n{} answers learnt in {:.2} s with calibration; model {:.1} MB, most memory {:.0} MB",
                classifier.labels().len(),
                trained.as_secs_f64(),
                megabytes(size),
                megabytes(peak_memory())
            );
        }
        Ok(ExitCode::SUCCESS)
    }

    fn teach(&self, material: &Material) -> Result<Classifier, Failure> {
        let dropped: BTreeSet<String> = match &self.drop_labels {
            Some(path) => read(path)?.lines().map(|line| line.trim().to_owned()).collect(),
            None => BTreeSet::new(),
        };
        let train = self.rows(&self.train)?;
        let titles = self.rows(self.titles.as_slice())?;
        let background = self.rows(&self.background)?;
        let sample = |(label, text): &'_ (String, String), title| (label.clone(), text.clone(), title);
        let all = train.iter().map(|row| sample(row, false)).chain(titles.iter().map(|row| sample(row, true)));
        let all: Vec<(String, String, bool)> = all.filter(|(label, ..)| !dropped.contains(label)).collect();
        Ok(Classifier::train(&Teaching {
            samples: all.iter().map(|(label, text, title)| Sample { label, text, title: *title }).collect(),
            background: background.iter().map(|(_, text)| text.as_str()).collect(),
            lexicon: material.lexicon.clone(),
            sensitive: Vec::new(),
            thresholds: Thresholds { ordinary: self.target, sensitive: self.target },
            copies: !self.no_copies,
        }))
    }

    fn report(&self, classifier: &Classifier, path: &Path, far: &Rows) -> Result<Report, Failure> {
        let rows = self.rows(&[path.to_owned()])?;
        let mut scored = score(classifier, &rows);
        for ((label, _), one) in rows.iter().zip(&mut scored) {
            if label == "far" && one.kind == Asked::Near {
                one.kind = Asked::Far;
            }
        }
        scored.extend(far.iter().map(|(_, text)| Scored::new(&classifier.read(text), Asked::Far)));
        let times = timed(classifier, rows.iter().map(|(_, text)| text.as_str()));
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Report { test: name, numbers: Numbers::of(&scored), microseconds: times, confusions: confusions(&scored) })
    }

    /// The rows of files; a line without a tab is a message without a label.
    fn rows(&self, paths: &[PathBuf]) -> Result<Rows, Failure> {
        let mut rows = Rows::new();
        for path in paths {
            for line in read(path)?.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
                let (label, text) = line.split_once('\t').unwrap_or(("", line));
                let label = if self.strip_prefix || self.articles { bare(label) } else { label };
                rows.push((label.to_owned(), text.to_owned()));
            }
        }
        Ok(rows)
    }
}

fn bare(label: &str) -> &str {
    label.split_once('|').map_or(label, |(_, label)| label)
}

fn read(path: &Path) -> Result<String, Failure> {
    Ok(std::fs::read_to_string(path).with_context(|| path.display().to_string())?)
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

/// How long one message takes: median and 99 of 100, in microseconds.
fn timed<'a>(classifier: &Classifier, messages: impl Iterator<Item = &'a str>) -> [f64; 2] {
    let mut times: Vec<Duration> = messages
        .map(|message| {
            let started = Instant::now();
            std::hint::black_box(classifier.read(message));
            started.elapsed()
        })
        .collect();
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 100).map_or(f64::NAN, |time| time.as_secs_f64() * 1e6);
    [at(50), at(99)]
}

/// The reports for a reader.
fn table(reports: &[Report]) -> String {
    let mut out = String::new();
    let percent = |share: f64| if share.is_nan() { "–".to_owned() } else { format!("{:.1} %", share * 100.0) };
    for Report { test, numbers, microseconds: [median, high], confusions } in reports {
        let [known, near, far] = numbers.messages;
        let _ =
            writeln!(out, "{test}\n  {known} questions, {near} siblings without an answer, {far} that are no question");
        for (name, value) in [
            ("right answer first", percent(numbers.accuracy)),
            ("among the first three", percent(numbers.within_three)),
            ("macro F1", percent(numbers.macro_f1)),
            ("answered at once", percent(numbers.coverage)),
            ("  of them right", percent(numbers.precision_known)),
            ("  right, of all messages", percent(numbers.precision)),
            ("  right, 1/8 siblings, 1/8 none", percent(numbers.precision_mixed)),
            ("siblings answered", percent(numbers.near_answered)),
            ("no questions answered", percent(numbers.far_answered)),
            ("AUROC siblings / none", format!("{:.3} / {:.3}", numbers.auroc_near, numbers.auroc_far)),
            ("right where 4/5 others go", percent(numbers.accuracy_at_recall)),
            ("time a message", format!("{median:.0} µs, 99 of 100 below {high:.0} µs")),
        ] {
            let _ = writeln!(out, "  {name:<32} {value}");
        }
        for (label, guess, times) in confusions.iter().take(PAIRS) {
            let _ = writeln!(out, "    {times:>3} × {label} taken for {guess}");
        }
    }
    out
}

#[expect(clippy::cast_precision_loss, reason = "bytes of memory are far below 2^52")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// The most memory this process ever held, in bytes. Zero where the system does not tell.
fn peak_memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<usize>().ok()).unwrap_or(0) * 1024
}
