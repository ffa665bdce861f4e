//! Reads settings from the environment and collects every problem instead of stopping at the first.
use super::Secret;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

/// One setting, as its module declares it. `config example` and `.env.example` are made from these.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// The variable's name.
    pub name: &'static str,
    /// What holds when it is unset. None: the feature is off.
    pub default: Option<&'static str>,
    /// What a value looks like, shown in errors: `host:port`, `seconds, 1 or more`.
    pub form: &'static str,
    /// What it does, in a line or two.
    pub help: &'static str,
    /// Whether its value may never be shown.
    pub secret: bool,
}

/// A setting that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The variable's name.
    pub name: String,
    /// What is expected of it.
    pub expected: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}`: expected {}", self.name, self.expected)
    }
}

/// A snapshot of the environment, read once.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    values: BTreeMap<String, String>,
    problems: Vec<Problem>,
    known: BTreeSet<&'static str>,
}

impl Reader {
    /// The process's environment over the file `.env` of the working directory, if there is one.
    /// A line of `.env` that cannot be read is a problem like any other.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the place that reads the environment")]
    pub fn from_environment() -> Self {
        let mut reader = Self::default();
        if Path::new(".env").exists() {
            match dotenvy::from_path_iter(".env") {
                Ok(lines) => {
                    for line in lines {
                        match line {
                            Ok((name, value)) => {
                                reader.values.insert(name, value);
                            }
                            // The error's own text shows the line, which may hold a secret.
                            Err(_) => reader.problem(".env", "lines of the form NAME=value"),
                        }
                    }
                }
                Err(_) => reader.problem(".env", "a readable file"),
            }
        }
        reader.values.extend(
            std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?))),
        );
        reader
    }

    /// A reader over given values, for tests.
    #[must_use]
    pub fn from_values<'a>(values: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let values = values.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Self { values, ..Self::default() }
    }

    /// The value of `setting`, its default, or none. An empty value counts as unset.
    pub fn text(&mut self, setting: &Setting) -> Option<String> {
        self.known.insert(setting.name);
        let given = self.values.get(setting.name).map(|value| value.trim()).filter(|value| !value.is_empty());
        given.or(setting.default).map(str::to_owned)
    }

    /// A secret value.
    pub fn secret(&mut self, setting: &Setting) -> Option<Secret> {
        self.text(setting).map(Secret::new)
    }

    /// A value of any type that can be read from text. A value that cannot becomes a [`Problem`] and none.
    pub fn parse<T: FromStr>(&mut self, setting: &Setting) -> Option<T> {
        self.parse_with(setting, |text| text.parse().ok())
    }

    /// As [`Reader::parse`], with the reading given.
    pub fn parse_with<T>(&mut self, setting: &Setting, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let text = self.text(setting)?;
        let value = read(&text);
        if value.is_none() {
            self.problem(setting.name, setting.form);
        }
        value
    }

    /// A span in whole seconds.
    pub fn seconds(&mut self, setting: &Setting) -> Option<Duration> {
        self.parse::<u64>(setting).map(Duration::from_secs)
    }

    /// `true`/`false`, `yes`/`no`, `on`/`off`, `1`/`0`.
    pub fn flag(&mut self, setting: &Setting) -> Option<bool> {
        self.parse_with(setting, |text| match text.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "1" => Some(true),
            "false" | "no" | "off" | "0" => Some(false),
            _ => None,
        })
    }

    /// Notes a problem found by a module itself, for instance one setting without the other it needs.
    pub fn problem(&mut self, name: &str, expected: impl Into<String>) {
        self.problems.push(Problem { name: name.to_owned(), expected: expected.into() });
    }

    /// All problems found so far.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Whether the variable is set to something.
    #[must_use]
    pub fn is_set(&self, name: &str) -> bool {
        self.values.get(name).is_some_and(|value| !value.trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PORT: Setting = Setting { name: "PORT", default: Some("80"), form: "a number", help: "", secret: false };

    #[test]
    fn every_problem_is_kept_and_empty_is_unset() {
        let mut reader = Reader::from_values([("PORT", "many"), ("EMPTY", " ")]);
        assert_eq!(reader.parse::<u16>(&PORT), None);
        let empty = Setting { name: "EMPTY", ..PORT };
        assert_eq!(reader.parse::<u16>(&empty), Some(80));
        assert_eq!(reader.flag(&PORT), None);
        assert_eq!(reader.problems().len(), 2);
        assert_eq!(reader.problems()[0].to_string(), "`PORT`: expected a number");
    }
}
