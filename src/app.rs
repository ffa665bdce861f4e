//! Use cases. Every transaction begins and ends here; a network call is in none (design.md §4–5).
mod commit;
mod decide;
mod deliveries;
mod desk;
mod effects;
mod explain;
mod intake;
mod library;
mod privacy;
mod pull;
pub mod render;
mod replay;
mod retention;
mod staff;
mod state;
mod turns;
mod workers;

pub use commit::CommitError;
pub use desk::DeskError;
pub use explain::Explanation;
pub use intake::{Intake, IntakeError};
pub use library::{approve_article, export_articles, import_articles};
pub use pull::PULLED;
pub use replay::{ReplayReport, ReplayedTurn};
pub use state::{App, AppSettings, Parts, settings};
pub use workers::{Role, Running};
