//! Files: spreadsheets of offices and papers of people in, drawings out. No I/O.
mod paper;
mod pdf;
mod route_picture;
mod table;

pub use paper::{LARGEST_PAPER, Paper, read_paper};
pub use route_picture::{
    ROUTE_HEIGHT, ROUTE_ROWS, ROUTE_WIDTH, RouteError, RouteRow, RouteWords, route_fits, route_picture,
};
pub use table::{LARGEST, Line, TableError, read_table};
