//! Countries: their names in each language, and finding the one that a message names.
use crate::model::LocaleTag;
use crate::text::{self, Phrases};
use std::collections::BTreeMap;

/// The Kingdom itself: in "the Saudi embassy" it is not the country asked about.
const HOME: &str = "SA";

/// The countries of `locales/shared/countries.csv`.
#[derive(Debug, Clone, Default)]
pub struct Countries {
    names: BTreeMap<String, BTreeMap<LocaleTag, String>>,
    phrases: Phrases,
    /// The country of each phrase.
    meaning: Vec<String>,
}

impl Countries {
    /// Reads the list by its header: `iso2`, a column `name_<locale>` for each language, and any others with further words
    /// for the country and its people, separated by `|`.
    ///
    /// # Errors
    /// The line that cannot be read, or the column that is missing.
    pub fn read(csv: &str) -> Result<Self, String> {
        let mut countries = Self::default();
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(csv.as_bytes());
        let header = reader.headers().map_err(|error| error.to_string())?.clone();
        let iso = header.iter().position(|name| matches!(name, "iso2" | "country_iso2"));
        let iso = iso.ok_or("no column `iso2`")?;
        for row in reader.records() {
            let row = row.map_err(|error| error.to_string())?;
            let code = row.get(iso).unwrap_or_default().to_ascii_uppercase();
            if code.len() != 2 {
                return Err(format!("`{code}` is no country code"));
            }
            for (column, cell) in header.iter().zip(row.iter()) {
                if column == "iso2" || column == "country_iso2" || cell.is_empty() || column == "source" {
                    continue;
                }
                if let Some(locale) = column.strip_prefix("name_") {
                    countries
                        .names
                        .entry(code.clone())
                        .or_default()
                        .insert(LocaleTag::new(locale.to_owned()), cell.to_owned());
                }
                for word in cell.split('|') {
                    countries.add(word, &code);
                }
            }
        }
        Ok(countries)
    }

    /// Adds a word for a country.
    fn add(&mut self, word: &str, code: &str) {
        if self.phrases.add(word.trim()).is_some() {
            self.meaning.push(code.to_owned());
        }
    }

    /// The country's name in a language. None where nobody wrote it.
    #[must_use]
    pub fn name(&self, iso2: &str, locale: &LocaleTag) -> Option<&str> {
        self.names.get(iso2)?.get(locale).map(String::as_str)
    }

    /// The codes of all countries.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// The one country that a message names. None where it names none, or more than one.
    ///
    /// A longer name hides the shorter one within it (South Sudan); the Kingdom counts only where it is the whole message.
    #[must_use]
    pub fn find(&self, message: &str) -> Option<&str> {
        let folded = text::fold(message);
        let words: Vec<&str> = text::words(&folded).collect();
        let found = self.phrases.find(&words);
        let hidden = |one: &text::Found| {
            let length = one.nearest - one.start;
            found.iter().any(|other| {
                other.start <= one.start && one.nearest <= other.nearest && other.nearest - other.start > length
            })
        };
        let whole = |one: &text::Found| one.start == 0 && one.nearest == words.len();
        let mut codes: Vec<&str> = (found.iter())
            .filter(|one| !hidden(one))
            .filter(|one| self.meaning[one.phrase] != HOME || whole(one))
            .map(|one| self.meaning[one.phrase].as_str())
            .collect();
        codes.sort_unstable();
        codes.dedup();
        match codes[..] {
            [one] => Some(one),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "iso2,name_ar,name_en,aliases\nSD,السودان,Sudan,سوداني|سودانية\nSS,جنوب السودان,South Sudan,\n\
                        KW,الكويت,Kuwait,كويت|كويتية\nSA,السعودية,Saudi Arabia,سعودي\n";

    #[test]
    fn the_one_country_named_is_found() {
        let countries = Countries::read(LIST).unwrap();
        assert_eq!(countries.find("انا بالكويت وين اروح"), Some("KW"));
        assert_eq!(countries.find("السفارة السعودية في جنوب السودان"), Some("SS"));
        assert_eq!(countries.find("in South Sudan, please"), Some("SS"));
        assert_eq!(countries.find("من الكويت إلى السودان"), None);
        assert_eq!(countries.find("السفارة السعودية"), None);
        assert_eq!(countries.find("السعودية"), Some("SA"));
        assert_eq!(countries.find("شكرا"), None);
        assert_eq!(countries.name("KW", &LocaleTag::ENGLISH), Some("Kuwait"));
        assert!(Countries::read("a,b\n").is_err());
    }
}
