//! `awasir evaluate --alarms`: how many emergencies are recognised, and how often an ordinary question is taken for one.
use super::report::percent;
use super::rows::Rows;
use crate::knowledge::{Library, Tier};
use std::fmt::Write as _;

/// What a test of alarms came to.
#[derive(Debug, Default, serde::Serialize)]
pub(super) struct Alarms {
    test: String,
    /// Messages of danger, of them recognised as danger.
    danger: [usize; 2],
    /// Messages that need a person, of them recognised as that or as danger.
    person: [usize; 2],
    /// All others, of them taken for either.
    ordinary: [usize; 2],
    /// What went wrong: what it was, and the message.
    wrong: Vec<(String, String)>,
}

impl Alarms {
    /// Asks `library` every message; labels other than `danger` and `person` are ordinary questions.
    pub(super) fn of(test: String, library: &Library, rows: &Rows) -> Self {
        let mut alarms = Self { test, ..Self::default() };
        for (label, message) in rows {
            let raised = library.urgent(message).map(|alarm| alarm.tier);
            let (count, good) = match label.as_str() {
                "danger" => (&mut alarms.danger, raised == Some(Tier::Danger)),
                "person" => (&mut alarms.person, raised.is_some()),
                _ => (&mut alarms.ordinary, raised.is_none()),
            };
            count[0] += 1;
            count[1] += usize::from(good == (label == "danger" || label == "person"));
            if !good {
                alarms.wrong.push((label.clone(), message.clone()));
            }
        }
        alarms
    }

    /// For a reader.
    pub(super) fn print(&self) -> String {
        let mut out = format!("{}\n", self.test);
        for (name, [all, found]) in [
            ("danger recognised", self.danger),
            ("a person needed, recognised", self.person),
            ("ordinary, taken for an alarm", self.ordinary),
        ] {
            let share = crate::knowledge::share(found, all);
            let _ = writeln!(out, "  {name:<32} {found} of {all}, {}", percent(share));
        }
        for (label, message) in &self.wrong {
            let _ = writeln!(out, "    {label}: {message}");
        }
        out
    }
}
