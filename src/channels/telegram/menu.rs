//! The bot's menu of commands, in every locale. A command is a word that works when it is written, too.
use super::api::Api;
use crate::locale::Catalog;
use serde::Serialize;
use std::collections::BTreeMap;

/// Commands, and the phrase that says what each does. `_` stands for a space.
const COMMANDS: &[(&str, &str)] = &[
    ("menu", "choice-menu"),
    ("officer", "choice-officer"),
    ("route", "choice-route"),
    ("embassy", "choice-embassy"),
    ("my_data", "choice-data"),
    ("language", "choice-language"),
    ("privacy", "choice-privacy"),
];

/// The menu for people whose application is in one language.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Menu {
    /// None: for everybody whose language has no menu of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    language_code: Option<String>,
    commands: Vec<Command>,
}

#[derive(Debug, Clone, Serialize)]
struct Command {
    command: &'static str,
    description: String,
}

/// The menus of all locales; the first, Arabic, is everybody's.
pub(super) fn menus(catalog: &Catalog) -> Vec<Menu> {
    let locales = catalog.locales().iter().enumerate();
    locales
        // Telegram takes two-letter codes only.
        .filter(|(place, tag)| *place == 0 || tag.as_str().len() == 2)
        .map(|(place, tag)| Menu {
            language_code: (place > 0).then(|| tag.as_str().to_owned()),
            commands: COMMANDS
                .iter()
                .map(|(command, phrase)| Command {
                    command,
                    description: catalog.phrase(tag, phrase, &BTreeMap::new()).to_plain(),
                })
                .collect(),
        })
        .collect()
}

/// Sets them. Best effort: without a menu everything still works.
pub(super) async fn set(api: &Api, menus: &[Menu]) {
    for menu in menus {
        let _: Result<bool, _> = api.call("SetMyCommands", menu).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_a_word_that_the_bot_knows() {
        let catalog = Catalog::embedded();
        for (command, _) in COMMANDS {
            assert!(catalog.command(&command.replace('_', " ")).is_some(), "`{command}`");
        }
    }
}
