//! The names that platforms give to messages, as a database may keep them.
use crate::seal::KeyRing;

/// Characters of a platform's id or word that are kept as they are.
const LONGEST: usize = 200;

/// A word of the platform's, without controls (PostgreSQL refuses a NUL) and no longer than any of ours.
pub(super) fn short(word: &str) -> String {
    word.chars().filter(|c| !c.is_control()).take(LONGEST).collect()
}

/// The id of an event, which catches a platform's repeats. One with a NUL would be refused by PostgreSQL, and repeated for ever.
pub(super) fn event_key(ring: &KeyRing, id: &str) -> String {
    if id.len() <= LONGEST && !id.chars().any(char::is_control) {
        return id.to_owned();
    }
    format!("id:{}", hex::encode(ring.hash(&[b"id", id.as_bytes()])))
}

/// The id of something sent, by which receipts find it. Only a keyed hash: these ids hold addresses (Telegram's chat,
/// `WhatsApp`'s number), which stand nowhere unsealed and outlive no erasure.
pub(super) fn provider_key(ring: &KeyRing, id: &str) -> String {
    hex::encode(&ring.hash(&[b"provider id", id.as_bytes()])[..16])
}
