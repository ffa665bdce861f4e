//! Where a list goes on: opaque to callers, good for the list it came from only.
use crate::model::Timestamp;
use crate::seal::KeyRing;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

/// Bytes of the keyed hash at its end.
const HASH: usize = 16;
/// A cursor, as the document states it: 8 bytes of time, 16 of id, 16 of hash, in base64.
pub(super) const CURSOR: &str = "^[A-Za-z0-9_-]{54}$";

/// Letters of one.
pub(super) const LENGTH: usize = 54;

/// Whether it looks like one.
pub(super) fn is_cursor(text: &str) -> bool {
    text.len() == LENGTH && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// The cursor behind the row with this last change and id, of the list with these filters.
pub(super) fn write(ring: &KeyRing, (at, id): (Timestamp, Uuid), filters: &[&[u8]]) -> String {
    let mut bytes = at.as_micros().to_be_bytes().to_vec();
    bytes.extend_from_slice(id.as_bytes());
    let hash = hash(ring, &bytes, filters);
    bytes.extend_from_slice(&hash);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What [`write`] wrote for the same filters. None for anything else.
pub(super) fn read(ring: &KeyRing, text: &str, filters: &[&[u8]]) -> Option<(Timestamp, Uuid)> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let (at, rest) = bytes.split_at_checked(8)?;
    let (id, shown) = rest.split_at_checked(16)?;
    let place = bytes.get(..24)?;
    let good: bool = hash(ring, place, filters).as_slice().ct_eq(shown).into();
    let place = (Timestamp::from_micros(i64::from_be_bytes(at.try_into().ok()?)), Uuid::from_slice(id).ok()?);
    good.then_some(place)
}

fn hash(ring: &KeyRing, place: &[u8], filters: &[&[u8]]) -> Vec<u8> {
    let parts = [&[&b"api cursor"[..], place], filters].concat();
    ring.hash(&parts)[..HASH].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_good_for_its_list_only() {
        let ring = KeyRing::parse(&KeyRing::generate()).expect("a fresh key");
        let place = (Timestamp::from_micros(1_795_000_000_000_001), Uuid::from_u128(7));
        let text = write(&ring, place, &[b"studying"]);
        assert!(is_cursor(&text));
        assert_eq!(read(&ring, &text, &[b"studying"]), Some(place));
        assert_eq!(read(&ring, &text, &[b"closed"]), None);
        assert_eq!(read(&ring, &"A".repeat(54), &[b"studying"]), None);
    }
}
