//! The keys: several to read with, the first to write with.
use super::sealed::SealError;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use rand::Rng;
use sha2::Sha256;

/// Bytes of a key's id in front of every sealed value.
const ID: usize = 4;
/// Bytes of an XChaCha20 nonce; long enough to be drawn at random for every value.
const NONCE: usize = 24;

/// Why keys could not be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum KeyError {
    /// No key at all.
    #[error("at least one key is needed")]
    Empty,
    /// Not `32 bytes in base64`, counted from one.
    #[error("key {0} is not 32 bytes in base64")]
    NotAKey(usize),
}

struct Key {
    id: [u8; ID],
    cipher: XChaCha20Poly1305,
}

/// The key ring. Writes with the first key, reads with any; keyed hashes use a key derived from the **last** one, the oldest,
/// so that addresses are still found after a new key is put in front.
pub struct KeyRing {
    keys: Vec<Key>,
    hash_key: [u8; 32],
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeyRing({} keys)", self.keys.len())
    }
}

impl KeyRing {
    /// Reads keys of 32 bytes in base64, separated by commas, the newest first.
    ///
    /// # Errors
    /// [`KeyError`] where there is none, or one is not a key; the message names its place, never its bytes.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        use base64::Engine as _;
        let mut raw = Vec::new();
        for (place, word) in text.split(',').map(str::trim).filter(|word| !word.is_empty()).enumerate() {
            let bytes = base64::engine::general_purpose::STANDARD
                .decode(word)
                .ok()
                .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok())
                .ok_or(KeyError::NotAKey(place + 1))?;
            raw.push(bytes);
        }
        let oldest = raw.last().ok_or(KeyError::Empty)?;
        let hash_key = hmac_of(oldest, &[b"awasir keyed hash"]);
        let keys = raw.iter().map(|bytes| Key {
            id: hmac_of(bytes, &[b"awasir key id"])[..ID].try_into().expect("a hash is longer than an id"),
            cipher: XChaCha20Poly1305::new(bytes.into()),
        });
        Ok(Self { keys: keys.collect(), hash_key })
    }

    /// A fresh key of 32 random bytes, in base64.
    #[must_use]
    pub fn generate() -> String {
        use base64::Engine as _;
        let mut bytes = [0; 32];
        rand::rng().fill_bytes(&mut bytes);
        base64::engine::general_purpose::STANDARD.encode(bytes)
    }

    /// Seals `plain` so that it opens only with `context`, which names column and row.
    #[must_use]
    pub fn seal(&self, context: &[u8], plain: &[u8]) -> Vec<u8> {
        let key = self.keys.first().expect("a ring has at least one key");
        let mut nonce = [0; NONCE];
        rand::rng().fill_bytes(&mut nonce);
        let payload = Payload { msg: plain, aad: context };
        let sealed = key.cipher.encrypt(&XNonce::from(nonce), payload).expect("memory holds what is sealed");
        let mut out = Vec::with_capacity(ID + NONCE + sealed.len());
        out.extend_from_slice(&key.id);
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        out
    }

    /// Opens what [`KeyRing::seal`] made with the same context.
    ///
    /// # Errors
    /// [`SealError::UnknownKey`]: put the key back in `ENCRYPTION_KEYS`. [`SealError::Broken`]: the bytes were changed or moved.
    pub fn open(&self, context: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let (id, rest) = sealed.split_at_checked(ID).ok_or(SealError::Broken)?;
        let (nonce, body) = rest.split_at_checked(NONCE).ok_or(SealError::Broken)?;
        let key = self.keys.iter().find(|key| key.id == id).ok_or(SealError::UnknownKey)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| SealError::Broken)?;
        key.cipher.decrypt(&XNonce::from(nonce), Payload { msg: body, aad: context }).map_err(|_| SealError::Broken)
    }

    /// A keyed hash of `parts`, for finding what is sealed. Parts are length-prefixed, so no two lists run together.
    #[must_use]
    pub fn hash(&self, parts: &[&[u8]]) -> [u8; 32] {
        hmac_of(&self.hash_key, parts)
    }

    /// The keyed hash of the same parts, compared in constant time.
    #[must_use]
    pub fn verify(&self, parts: &[&[u8]], hash: &[u8]) -> bool {
        use subtle::ConstantTimeEq as _;
        self.hash(parts).ct_eq(hash).into()
    }
}

fn hmac_of(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key).expect("any length is a key");
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_key_sealed_opens_after_a_new_key_is_put_in_front_but_not_in_another_row() {
        let old = KeyRing::generate();
        let ring = KeyRing::parse(&old).expect("a fresh key");
        let sealed = ring.seal(b"inbox/1", "سلام".as_bytes());
        let turned = KeyRing::parse(&format!("{},{old}", KeyRing::generate())).expect("two keys");
        assert_eq!(turned.open(b"inbox/1", &sealed).expect("opens"), "سلام".as_bytes());
        assert_eq!(turned.open(b"inbox/2", &sealed), Err(SealError::Broken));
        assert_eq!(turned.hash(&[b"a"]), ring.hash(&[b"a"]));
        let stranger = KeyRing::parse(&KeyRing::generate()).expect("a fresh key");
        assert_eq!(stranger.open(b"inbox/1", &sealed), Err(SealError::UnknownKey));
    }

    #[test]
    fn a_wrong_key_is_named_by_its_place() {
        assert_eq!(KeyRing::parse("").err(), Some(KeyError::Empty));
        let one = KeyRing::generate();
        assert_eq!(KeyRing::parse(&format!("{one},abc")).err(), Some(KeyError::NotAKey(2)));
    }
}
