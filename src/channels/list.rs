//! The list of transports: adding one is an entry here beside its file.
use super::{Limits, terminal, webchat};
use crate::model::TransportName;

/// Every transport by name with what it can carry, whether it is on or not: any process may render for any of them.
const LIST: &[(&str, &Limits)] = &[(terminal::NAME, &terminal::LIMITS), (webchat::NAME, &webchat::LIMITS)];

/// What a transport can carry. A transport that this version does not know any more gets the narrowest.
#[must_use]
pub fn limits_of(name: &TransportName) -> &'static Limits {
    LIST.iter().find(|(known, _)| *known == name.as_str()).map_or(&terminal::LIMITS, |(_, limits)| limits)
}
