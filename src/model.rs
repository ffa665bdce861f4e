//! Plain data that every layer names: ids, time, addresses, what came in, what goes out. No I/O, no rules of a flow.
mod channel;
mod content;
mod delivery;
mod event;
mod id;
mod key;
mod locale;
mod message;
mod mission;
mod notice;
mod picture;
mod profile;
mod request;
mod rich;
mod ticket;
mod time;

pub use channel::{AccountName, ChannelName, TransportName};
pub use content::{Content, MediaKind};
pub use delivery::{DeliveryStatus, Lane, ReceiptKind};
pub use event::{CodeOutcome, Event, EventKind, QueryAnswer, TicketSummary};
pub use id::{
    ApiKeyId, ContactId, ConversationId, DeliveryId, EnvelopeId, EventId, MessageId, RequestId, TicketId,
    TicketReference,
};
pub use key::{KeyOwner, Scope};
pub use locale::LocaleTag;
pub use message::{Choice, Label, OutboundPart, Piece, RenderedChoice, RenderedShare, Say, Share, Value};
pub use mission::{Coverage, Mission, MissionKind, MissionStatus, Missions};
pub use notice::NoticeKind;
pub use picture::{Picture, ShownPicture};
pub use profile::Profile;
pub use request::{
    Attested, ContactKind, FileState, Holder, PaperFacts, PaperFault, PaperForm, PaperState, RequestFacts, Ruling,
    Stage,
};
pub use rich::{Rich, Span};
pub use ticket::{TicketKind, TicketStatus, Urgency};
pub use time::Timestamp;
