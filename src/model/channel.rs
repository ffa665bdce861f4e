//! Names of channels and transports. Names, not enums: a new transport touches its file and the list in `channels`, nothing here.
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Cow<'static, str>);

        impl $name {
            /// A name known when the program was written.
            #[must_use]
            pub const fn new(name: &'static str) -> Self {
                Self(Cow::Borrowed(name))
            }

            /// A name read from a database or a request.
            #[must_use]
            pub const fn owned(name: String) -> Self {
                Self(Cow::Owned(name))
            }

            /// The name itself.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

names! {
    /// Where a person writes: `telegram`, `webchat`, `terminal`, `sms`, `email`…
    ChannelName,
    /// One way to carry a channel: `telegram`, `webchat`, `twilio`, `smpp`…
    TransportName,
    /// Which of the association's own accounts on a transport: a bot's id, a page's id, a number.
    AccountName,
}
