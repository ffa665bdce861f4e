//! What a test came to, for a reader.
use crate::knowledge::{Classifier, Numbers};
use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// Confused pairs shown.
const PAIRS: usize = 15;

/// What one test came to.
#[derive(Debug, serde::Serialize)]
pub(super) struct Report {
    pub(super) test: String,
    pub(super) numbers: Numbers,
    /// Microseconds a message: median and 99 of 100.
    pub(super) microseconds: [f64; 2],
    pub(super) confusions: Vec<(String, String, usize)>,
}

/// How long one message takes: median and 99 of 100, in microseconds.
pub(super) fn timed<'a>(classifier: &Classifier, messages: impl Iterator<Item = &'a str>) -> [f64; 2] {
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
pub(super) fn table(reports: &[Report]) -> String {
    let mut out = String::new();
    let area = |area: f64| if area.is_nan() { "–".to_owned() } else { format!("{area:.3}") };
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
            ("AUROC siblings / none", format!("{} / {}", area(numbers.auroc_near), area(numbers.auroc_far))),
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

/// A share as a reader likes it; a dash where nothing was measured.
pub(super) fn percent(share: f64) -> String {
    if share.is_nan() { "–".to_owned() } else { format!("{:.1} %", share * 100.0) }
}

#[expect(clippy::cast_precision_loss, reason = "bytes of memory are far below 2^52")]
pub(super) fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// The memory of this process, in bytes.
#[derive(Debug, Clone, Copy, serde::Serialize)]
pub(super) struct Memory {
    /// Held now.
    pub(super) now: usize,
    /// The most that was ever held.
    pub(super) peak: usize,
}

impl Memory {
    /// As the system tells; zeros where it does not.
    pub(super) fn read() -> Self {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let of = |name| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<usize>().ok()).unwrap_or(0) * 1024
        };
        Self { now: of("VmRSS:"), peak: of("VmHWM:") }
    }
}
