//! Use cases. Every transaction begins and ends here; a network call is in none (design.md §4–5).
mod api;
mod attested;
mod chat;
mod codes;
mod commit;
mod decide;
mod deliveries;
mod desk;
mod effects;
mod explain;
mod intake;
mod keys;
mod library;
mod notices;
mod papers;
mod pictures;
mod places;
mod privacy;
mod proofs;
mod pull;
mod quiet;
pub mod render;
mod replay;
mod requests;
mod retention;
mod staff;
mod state;
mod suggest;
mod tasks;
mod teaching;
mod turns;
mod watches;
mod workers;

pub use api::{ApiChange, ApiDone, ApiError, ApiKey, KeyError, Once};
pub use chat::{ChatError, ChatMessage, wake_readers};
pub use commit::CommitError;
pub use desk::DeskError;
pub use explain::Explanation;
pub use intake::{Intake, IntakeError};
pub use library::{approve_article, export_articles, import_articles, lesson};
pub use papers::{PaperSettings, PapersError, PapersPage, Taken, Upload};
pub use pictures::Pictures;
pub use pull::PULLED;
pub use quiet::QuietHours;
pub use replay::{ReplayReport, ReplayedTurn};
pub use requests::{
    Columns, Forecast, ImportFault, ImportRow, Imported, Moves, ReferenceForm, Report, Reported, RequestError,
    RequestFile, RequestSettings,
};
pub(crate) use requests::{day, day_end};
pub use staff::StaffTarget;
pub use state::{App, AppSettings, Parts, settings};
pub use suggest::{Suggestion, Why};
pub use workers::{Role, Running};
