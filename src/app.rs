//! Use cases. Every transaction begins and ends here; a network call is in none (design.md §4–5).
pub mod render;
