//! What may be answered: an immutable snapshot of approved articles, missions and urgent words, and the way to find one.
mod article;
mod body;
mod check;
mod country;
mod decide;
mod finding;
mod library;
mod markdown;
mod material;
mod missions;
mod rank;
mod tokens;
mod urgent;

pub use article::{Article, ArticleKind, ArticleText, Offer, TextStatus};
pub use body::{PLACEHOLDERS, fill, rich};
pub use check::{check, unreviewed_durations};
pub use country::Countries;
pub use decide::Decision;
pub use finding::{Fault, Finding};
pub use library::Library;
pub use markdown::{ArticleFile, FormatError};
pub use material::Material;
pub use missions::read_missions;
pub use urgent::{Alarm, Tier, Urgent};

/// The way questions are understood; kept with every turn, raised when ranking or thresholds change.
pub const MODEL_REVISION: &str = "bayes-1";
