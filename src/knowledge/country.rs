//! Countries: their names in each language, and finding the one that a message names.

/// The countries of `locales/shared/countries.csv`.
#[derive(Debug, Clone, Default)]
pub struct Countries {}
