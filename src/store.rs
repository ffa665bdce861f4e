//! The database: the only SQL. One file a noun; `db` is the only seam between SQLite and PostgreSQL.
//!
//! Every transaction is opened with [`Store::begin`] in `app` and committed there. Columns with personal text are sealed and
//! opened in here, so that no caller can forget it.
mod db;
mod error;
mod rows;

mod address;
mod api_call;
mod api_key;
mod article;
mod chat;
mod claim;
mod contact;
mod conversation;
mod delivery;
mod inbox;
mod learn;
mod lease;
mod message;
mod mission;
mod model;
mod notice;
mod operate;
mod paper;
mod proof;
mod purge;
mod receipt;
mod request;
mod sent;
mod ticket;
mod timer;
mod turn;
mod wake;
mod watch;

pub use address::{AddressFacts, NewAddress};
pub use api_call::{ApiCall, ApiCallBegun};
pub use api_key::ApiKeyRow;
pub use article::{ArticleRow, NewArticle};
pub use chat::{ChatCursor, ChatLine, ChatSpeaker};
pub use claim::ClaimedEvent;
pub use contact::{MyData, NewConsent};
pub use conversation::ConversationWrite;
pub use db::{Database, Store, Tx};
pub use delivery::{ClaimedDelivery, NewDelivery, Settlement};
pub use error::StoreError;
pub use inbox::{EventRow, NewEnvelope, NewEvent};
pub use learn::Heard;
pub use message::{NewMessage, NewRating};
pub use notice::{HeldNotices, NewNotice, NewTry, NoticeMove, NoticePlace, NoticeRow, NoticeTry};
pub use operate::QueueAges;
pub use paper::FileRow;
pub use proof::{ProofAsk, ProofLock};
pub use receipt::NewReceipt;
pub use request::{ContactRow, PaperRow, RequestList, RequestRow, StageRow};
pub use sent::DeliveryRow;
pub use ticket::{NewTicket, TicketEntry, TicketRow};
pub use timer::TimerWrite;
pub use turn::{TurnRow, TurnWrite};
pub use wake::Wake;
pub use watch::AttestedMatch;
