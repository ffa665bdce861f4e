//! Words for aid requests: where one is on its route, who has it, what was decided, what is missing.
use super::ticket::words;
use super::{RequestId, Timestamp};
use serde::{Deserialize, Serialize};

words! {
    /// Where a request is. `with_embassy` and `with_ministry` only where one of them, or staff, reported it.
    Stage {
        /// The embassy reported that it has it.
        WithEmbassy = "with_embassy",
        /// The Ministry of Foreign Affairs, or the embassy, reported that the Ministry has it.
        WithMinistry = "with_ministry",
        /// It has reached the association.
        Received = "received",
        /// It is studied.
        Studying = "studying",
        /// Papers or facts are being completed.
        Completing = "completing",
        /// What was found is being confirmed.
        Confirming = "confirming",
        /// It is decided.
        Decided = "decided",
        /// The matter is closed.
        Closed = "closed",
        /// It went back for completion.
        Returned = "returned",
    }
}

words! {
    /// Who has a request now.
    Holder {
        /// The embassy.
        Embassy = "embassy",
        /// The Ministry of Foreign Affairs.
        Ministry = "ministry",
        /// The association.
        Association = "association",
        /// The family itself.
        Applicant = "applicant",
    }
}

words! {
    /// What was decided.
    Ruling {
        /// Accepted.
        Accepted = "accepted",
        /// Refused.
        Refused = "refused",
    }
}

words! {
    /// Where a paper of a request is.
    PaperState {
        /// Not there yet.
        Missing = "missing",
        /// It came; nobody has looked at it.
        Received = "received",
        /// It is in order.
        Accepted = "accepted",
        /// It went back, with a reason.
        Returned = "returned",
    }
}

words! {
    /// Why a file is not taken. The phrase `paper-fault-<word>` says it to the person.
    PaperFault {
        /// No bytes.
        Empty = "empty",
        /// More bytes than are taken.
        Large = "large",
        /// A picture as iPhones keep it: few programs can open it.
        Heic = "heic",
        /// An archive.
        Archive = "archive",
        /// Two kinds of file in one.
        Double = "double",
        /// A picture with more pixels than are taken.
        Pixels = "pixels",
        /// Damaged, or cut short.
        Damaged = "damaged",
        /// A PDF that does something by itself, or carries other files.
        Active = "active",
        /// A PDF with a password.
        Locked = "locked",
        /// Neither a picture nor a PDF.
        Other = "other",
        /// The scanner found something in it.
        Infected = "infected",
    }
}

words! {
    /// What a file is, once it was looked at.
    PaperForm {
        /// A picture.
        Jpeg = "jpeg",
        /// A picture without losses.
        Png = "png",
        /// Pages.
        Pdf = "pdf",
    }
}

words! {
    /// Where the file of a paper stands.
    FileState {
        /// Its bytes are being written; nobody was told that it came.
        Writing = "writing",
        /// Kept; the scanner has not seen it, and nobody gets it before.
        Unscanned = "unscanned",
        /// Kept.
        Clean = "clean",
        /// In quarantine.
        Infected = "infected",
        /// To be deleted.
        Going = "going",
    }
}

words! {
    /// What kind of contact a file names.
    ContactKind {
        /// A telephone, as E.164.
        Telephone = "telephone",
        /// An e-mail address.
        Email = "email",
    }
}

/// A contact that a channel itself vouches for as the writer's own: the number of a WhatsApp account, one that somebody shared
/// of their own Telegram account, the sender of an e-mail whose signature is aligned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attested {
    /// What it is.
    pub kind: ContactKind,
    /// A telephone with + and the country's number, or an e-mail address.
    pub value: String,
}

impl Stage {
    /// Who has a request at this stage, where nothing else is reported.
    #[must_use]
    pub const fn usual_holder(self) -> Holder {
        match self {
            Self::WithEmbassy => Holder::Embassy,
            Self::WithMinistry => Holder::Ministry,
            Self::Completing | Self::Returned => Holder::Applicant,
            Self::Received | Self::Studying | Self::Confirming | Self::Decided | Self::Closed => Holder::Association,
        }
    }
}

/// What a person may be told of a request that is proved to be theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestFacts {
    /// Which.
    pub id: RequestId,
    /// Its reference, as the association writes it.
    pub reference: String,
    /// Where it is.
    pub stage: Stage,
    /// Who has it.
    pub holder: Holder,
    /// Since when.
    pub since: Timestamp,
    /// Who reported that: `import`, `api`, `embassy`, `ministry`, `officer:<name>`.
    pub source: String,
    /// When the association received it, where that is known.
    pub received_at: Option<Timestamp>,
    /// What was decided.
    pub ruling: Option<Ruling>,
    /// Papers that are missing or went back, by the names staff gave them.
    pub missing: Vec<String>,
    /// Papers that are not in order yet, with what is known of each.
    #[serde(default)]
    pub papers: Vec<PaperFacts>,
    /// Whether papers can be sent on our own page.
    #[serde(default)]
    pub page: bool,
}

/// What a person may be told of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperFacts {
    /// The name staff gave it.
    pub name: String,
    /// Where it is.
    pub state: PaperState,
    /// Why it went back, in staff's words.
    pub reason: Option<String>,
}
