//! Typed ids. All are UUIDs of version 7 made by the clock, so that they sort by time of birth.
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// A person.
    ContactId,
    /// One address's conversation; it has the id of its address.
    ConversationId,
    /// Something that happened to a conversation; a row of the inbox.
    EventId,
    /// The raw body a transport delivered.
    EnvelopeId,
    /// One thing said to one person.
    MessageId,
    /// One part of a message on its way.
    DeliveryId,
    /// A key of another system.
    ApiKeyId,
    /// An aid request on its route.
    RequestId,
    /// A matter for an officer.
    TicketId,
}

/// What a person is told as the number of a ticket: eight digits, the last one a check digit, shown as `4821-7360`.
/// Digits only: letters and right-to-left text turn each other round, and people read numbers aloud on the telephone.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TicketReference(String);

impl TicketReference {
    /// Makes a reference of seven digits taken from `seed` and their check digit.
    #[must_use]
    pub fn from_seed(seed: u64) -> Self {
        let body = seed % 9_000_000 + 1_000_000;
        let digits = format!("{body}{}", luhn_digit(&body.to_string()));
        Self(format!("{}-{}", &digits[..4], &digits[4..]))
    }

    /// Reads a reference that somebody typed, with or without its hyphen. None where it is not one, or its check digit is wrong.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let strange = text.chars().any(|c| !c.is_ascii_digit() && !matches!(c, '-' | ' '));
        if strange || digits.len() != 8 || luhn_digit(&digits[..7]) != digits[7..].parse::<u32>().ok()? {
            return None;
        }
        Some(Self(format!("{}-{}", &digits[..4], &digits[4..])))
    }

    /// The reference as it is shown and stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TicketReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The check digit of ISO/IEC 7812-1 (Luhn): catches every single wrong digit and most swapped neighbours.
fn luhn_digit(digits: &str) -> u32 {
    let sum: u32 = digits
        .chars()
        .rev()
        .filter_map(|c| c.to_digit(10))
        .enumerate()
        .map(|(place, digit)| match place % 2 {
            0 if digit > 4 => digit * 2 - 9,
            0 => digit * 2,
            _ => digit,
        })
        .sum();
    (10 - sum % 10) % 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_reads_back_and_a_slip_is_caught() {
        for seed in [0, 1, 7_654_321, u64::MAX] {
            let made = TicketReference::from_seed(seed);
            assert_eq!(TicketReference::parse(made.as_str()), Some(made.clone()));
            assert_eq!(TicketReference::parse(&made.as_str().replace('-', "")), Some(made.clone()));
            let mut slip: Vec<char> = made.as_str().chars().collect();
            slip[2] = if slip[2] == '9' { '0' } else { char::from(slip[2] as u8 + 1) };
            assert_eq!(TicketReference::parse(&slip.into_iter().collect::<String>()), None);
        }
    }
}
