//! Files of offices and of people: bytes in, plain data or clean bytes out. No I/O, nothing known of what they are about.
mod paper;
mod pdf;
mod table;

pub use paper::{LARGEST_PAPER, Paper, read_paper};
pub use table::{LARGEST, Line, TableError, read_table};
