//! All locales the program has words for.

/// The languages.
#[derive(Debug, Default)]
pub struct Catalog {}
