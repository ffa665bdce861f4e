//! Files: spreadsheets of offices in, drawings out. No I/O.
mod route_picture;
mod table;

pub use route_picture::{
    ROUTE_HEIGHT, ROUTE_ROWS, ROUTE_WIDTH, RouteError, RouteRow, RouteWords, route_fits, route_picture,
};
pub use table::{LARGEST, Line, TableError, read_table};
