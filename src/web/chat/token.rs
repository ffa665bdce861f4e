//! The signed token that names a session: id, when it was issued, when it was last renewed, and a keyed hash over them.
use crate::model::Timestamp;
use crate::seal::KeyRing;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::time::Duration;
use uuid::Uuid;

/// Sets these hashes apart from all others made with the same key.
const PURPOSE: &[u8] = b"chat-token/1";
/// Id, issued at, seen at.
const BODY: usize = 16 + 8 + 8;
/// A token is renewed when it is older than this.
const RENEW: Duration = Duration::from_hours(1);
/// However much it is used, a token ends after this: one that was copied does not open a chat for ever.
const OLDEST: Duration = Duration::from_hours(30 * 24);

/// A token that is ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    /// The session.
    pub(super) session: Uuid,
    /// When the session began.
    pub(super) issued: Timestamp,
    /// When this token was made.
    pub(super) seen: Timestamp,
}

impl Token {
    /// A new session's first token.
    pub(super) const fn new(session: Uuid, now: Timestamp) -> Self {
        Self { session, issued: now, seen: now }
    }

    /// Its text, in letters that need no escaping anywhere.
    pub(super) fn sign(&self, ring: &KeyRing) -> String {
        let body = self.body();
        URL_SAFE_NO_PAD.encode([&body[..], &ring.hash(&[PURPOSE, &body])].concat())
    }

    /// Reads a token. None where it is not one of ours.
    pub(super) fn read(text: &str, ring: &KeyRing) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (body, hash) = bytes.split_at_checked(BODY)?;
        if !ring.verify(&[PURPOSE, body], hash) {
            return None;
        }
        let time = |at: usize| Some(Timestamp::from_micros(i64::from_be_bytes(body[at..at + 8].try_into().ok()?)));
        Some(Self { session: Uuid::from_slice(&body[..16]).ok()?, issued: time(16)?, seen: time(24)? })
    }

    /// Whether it is over at `now`, where the session was last used at `used`.
    pub(super) fn is_over(&self, used: Timestamp, now: Timestamp, idle: Duration) -> bool {
        self.seen.max(used).until(now) > idle || self.issued.until(now) > OLDEST
    }

    /// The token in its place. None where this one is fresh enough.
    pub(super) fn renewed(&self, now: Timestamp) -> Option<Self> {
        (self.seen.until(now) > RENEW).then_some(Self { seen: now, ..*self })
    }

    fn body(&self) -> [u8; BODY] {
        let mut body = [0; BODY];
        body[..16].copy_from_slice(self.session.as_bytes());
        body[16..24].copy_from_slice(&self.issued.as_micros().to_be_bytes());
        body[24..].copy_from_slice(&self.seen.as_micros().to_be_bytes());
        body
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring() -> KeyRing {
        KeyRing::parse(&KeyRing::generate()).expect("a fresh key")
    }

    #[test]
    fn a_token_reads_back_and_one_changed_byte_or_another_key_does_not() {
        let (ring, start) = (ring(), Timestamp::from_seconds(1_000_000));
        let token = Token::new(Uuid::from_u128(7), start);
        let text = token.sign(&ring);
        assert_eq!(Token::read(&text, &ring), Some(token));
        let mut bytes = URL_SAFE_NO_PAD.decode(&text).expect("our own letters");
        for place in 0..bytes.len() {
            bytes[place] ^= 1;
            assert_eq!(Token::read(&URL_SAFE_NO_PAD.encode(&bytes), &ring), None, "byte {place}");
            bytes[place] ^= 1;
        }
        assert_eq!(Token::read(&text, &self::ring()), None);
        assert_eq!(Token::read("", &ring), None);
    }

    #[test]
    fn it_lives_while_it_is_used_and_ends_when_idle_or_very_old() {
        let (hour, idle) = (Duration::from_hours(1), Duration::from_hours(24));
        let start = Timestamp::from_seconds(1_000_000);
        let token = Token::new(Uuid::from_u128(7), start);
        assert_eq!(token.renewed(start + hour), None);
        assert_eq!(token.renewed(start + hour * 2).map(|new| (new.issued, new.seen)), Some((start, start + hour * 2)));
        assert!(!token.is_over(start, start + idle, idle));
        assert!(token.is_over(start, start + idle + hour, idle));
        // Used since, though the browser never got the newer token.
        assert!(!token.is_over(start + hour * 2, start + idle + hour, idle));
        let late = start + Duration::from_hours(31 * 24);
        assert!(Token { seen: late, ..token }.is_over(late, late, idle));
    }
}
