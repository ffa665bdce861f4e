//! Files that are kept outside of the database (a folder, or a store that speaks S3), and the scanner that looks at them.
//! What is written here is sealed already.
mod scan;
mod settings;
mod store;

pub use scan::{ScanError, Scanner, Verdict};
pub use settings::{Config, settings};
pub use store::{FileError, Files};
