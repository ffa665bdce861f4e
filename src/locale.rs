//! Languages: Fluent catalogs, command words, negotiation, parity between locales.
mod bundle;
mod catalog;
mod check;
mod command;
mod markup;
mod plural;
mod shape;

pub use catalog::{Catalog, CatalogError};
pub use check::check;
pub use command::Command;
pub use plural::category;
