//! Words for tickets: what they are about, how urgent, where they stand.
use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word used in tables, URLs, Fluent ids and on the command line.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The value that `word` names. None for an unknown word.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
pub(crate) use words;

words! {
    /// What a ticket is about.
    TicketKind {
        /// A question the bot could not answer, or a wish to talk to a person.
        Question = "question",
        /// A complaint.
        Complaint = "complaint",
        /// A suggestion.
        Suggestion = "suggestion",
        /// Somebody offers to help.
        Volunteer = "volunteer",
        /// Somebody asks to be called.
        CallBack = "call-back",
        /// A request under the personal data law.
        DataRequest = "data-request",
        /// Danger to life.
        Danger = "danger",
        /// A person is needed: arrest, a sick child, a lost father, asked for money, press, legal threat.
        PersonNeeded = "person-needed",
        /// A reply that could not be delivered on its channel.
        Undelivered = "undelivered",
        /// A task for staff: somebody is to be called.
        Call = "call",
        /// A task for staff: a letter is to be written.
        Letter = "letter",
    }
}

words! {
    /// A channel that staff serve: they write down what came, and what goes out is a task for them.
    StaffedChannel {
        /// Calls.
        Telephone = "telephone",
        /// Letters.
        Letter = "letter",
        /// Visits.
        Interview = "interview",
        /// What an embassy passed on.
        Embassy = "embassy",
    }
}

words! {
    /// Which way something went.
    Direction {
        /// To us.
        In = "in",
        /// To the person.
        Out = "out",
    }
}

words! {
    /// How soon an officer should look.
    Urgency {
        /// In its turn.
        Normal = "normal",
        /// Before the others.
        High = "high",
        /// At once.
        Emergency = "emergency",
    }
}

words! {
    /// Where a ticket stands.
    TicketStatus {
        /// Nobody has it yet; the bot answers on.
        Open = "open",
        /// An officer has it; the bot is silent.
        Taken = "taken",
        /// Done.
        Closed = "closed",
    }
}
