//! `awasir config`: all settings, as an example and checked.
use super::Failure;
use super::setup::{self, Config};
use crate::settings::Setting;
use crate::{app, channels, files, web};
use clap::Subcommand;
use std::fmt::Write as _;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub(super) enum ConfigCommand {
    /// Print all settings with their meaning, as `.env.example` has them
    Example,
    /// Read the settings of this environment and say what is wrong
    Check,
}

impl ConfigCommand {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        match self {
            Self::Example => print!("{}", example()),
            Self::Check => {
                Config::read()?;
                println!("settings are good");
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn all() -> Vec<(&'static str, Vec<Setting>)> {
    vec![
        ("The program", setup::SETTINGS.to_vec()),
        ("HTTP", web::settings()),
        ("Channels", channels::settings()),
        ("Files", files::settings()),
        ("Conversations, staff, what people are told", app::settings()),
    ]
}

/// All settings as `.env.example` shows them.
#[must_use]
pub fn example() -> String {
    let mut text = String::from(
        "# Settings of awasir, made by `awasir config example`. All are optional: with none, the web chat\n\
         # answers on http://127.0.0.1:8080/ from a SQLite file in ./data.\n",
    );
    for (heading, settings) in all() {
        let _ = write!(text, "\n## {heading}\n");
        for setting in settings {
            let secret = if setting.secret { " Secret." } else { "" };
            let _ = write!(text, "\n# {}{secret}\n# Form: {}\n", setting.help, setting.form);
            let _ = writeln!(text, "#{}={}", setting.name, setting.default.unwrap_or_default());
        }
    }
    text
}
