//! Languages: Fluent catalogs, command words, negotiation.
mod catalog;

pub use catalog::Catalog;
