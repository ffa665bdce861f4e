//! Languages: Fluent catalogs, command words, negotiation, parity between locales.
mod bundle;
mod catalog;
mod command;
mod markup;
mod plural;

pub use catalog::{Catalog, CatalogError};
pub use command::Command;
pub use plural::category;
