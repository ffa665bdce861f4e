//! Files of offices: bytes in, plain data out. No I/O, nothing known of what they are about.
mod table;

pub use table::{LARGEST, Line, TableError, read_table};
