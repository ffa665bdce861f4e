//! Languages: Fluent catalogs, command words, negotiation, parity between locales.
mod bundle;
mod catalog;
mod check;
mod command;
mod day;
mod markup;
mod plural;
mod shape;

pub use catalog::{Catalog, CatalogError};
pub use check::check;
pub use command::Command;
pub use day::{hijri, read_day};
pub use plural::category;
