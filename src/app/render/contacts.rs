//! How the association is reached, as articles name it in braces: from settings, and never made up.
use crate::knowledge::PLACEHOLDERS;
use crate::settings::{Reader, Setting};
use std::collections::BTreeMap;

/// The settings behind the placeholders of articles, in the order of [`PLACEHOLDERS`].
pub const CONTACT_SETTINGS: &[Setting] = &[
    setting(
        "CONTACT_PHONE",
        Some("920004949"),
        "a telephone number",
        "The association's telephone number, as it is told to people.",
    ),
    setting(
        "CONTACT_FAX",
        Some("920005959"),
        "a fax number",
        "The association's fax number; another line than the telephone.",
    ),
    setting("CONTACT_SITE", None, "an address of a page", "The association's own site."),
    setting("CONTACT_EMAIL", None, "an e-mail address", "The association's e-mail address for everybody."),
    setting("CONTACT_WHATSAPP", None, "a telephone number", "The association's WhatsApp number."),
    setting("CONTACT_ACCOUNTS", None, "words", "The association's accounts on social networks."),
    setting("OFFICE_HOURS", None, "words", "When officers read and answer, as people are told."),
    setting(
        "MOFA_PHONE",
        Some("920011114"),
        "a telephone number",
        "The contact centre of the Ministry of Foreign Affairs.",
    ),
];

const fn setting(name: &'static str, default: Option<&'static str>, form: &'static str, help: &'static str) -> Setting {
    Setting { name, default, form, help, secret: false }
}

/// What stands for each placeholder; none for a setting that is unset.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactTexts {
    texts: BTreeMap<&'static str, String>,
}

impl ContactTexts {
    /// Reads [`CONTACT_SETTINGS`].
    pub fn read(reader: &mut Reader) -> Self {
        let pairs = PLACEHOLDERS.iter().zip(CONTACT_SETTINGS);
        Self { texts: pairs.filter_map(|(&name, setting)| Some((name, reader.text(setting)?))).collect() }
    }

    /// The words for a placeholder. None where the setting is unset, or no setting has this name.
    #[must_use]
    pub fn get(&self, placeholder: &str) -> Option<&str> {
        self.texts.get(placeholder).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_placeholder_has_its_setting() {
        for (placeholder, setting) in PLACEHOLDERS.iter().zip(CONTACT_SETTINGS) {
            assert_eq!(placeholder.to_ascii_uppercase(), setting.name);
        }
        assert_eq!(PLACEHOLDERS.len(), CONTACT_SETTINGS.len());
        let texts = ContactTexts::read(&mut Reader::from_values([("CONTACT_SITE", "example.org")]));
        assert_eq!(texts.get("contact_phone"), Some("920004949"));
        assert_eq!(texts.get("contact_site"), Some("example.org"));
        assert_eq!(texts.get("office_hours"), None);
    }
}
