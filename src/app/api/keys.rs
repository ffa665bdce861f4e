//! The keys of other systems: made, opened, revoked. The text of a key is shown once and kept nowhere.
use crate::app::App;
use crate::model::{ApiKeyId, KeyOwner, Scope, Timestamp};
use crate::seal::KeyRing;
use crate::store::{ApiKeyRow, StoreError};
use base64::Engine as _;
use rand::Rng as _;
use std::time::Duration;

/// What every key begins with, so that scanners for lost secrets know one.
const PREFIX: &str = "awasir_";
/// Random bytes of a key.
const BYTES: usize = 32;
/// Characters of a key's name.
const LONGEST_NAME: usize = 40;
/// When a key was last used is written at most this often.
const USED_EVERY: Duration = Duration::from_mins(1);

/// Why a key was not made.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The name cannot stand in a source.
    #[error("`{0}` is no name of a key: up to 40 small letters, digits and hyphens, like `ministry-test`")]
    Name(String),
    /// It would never open anything.
    #[error("{0} is over: the key would open nothing")]
    Expired(Timestamp),
    /// It may do nothing.
    #[error("a key needs a scope: {}", Scope::ALL.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(", "))]
    NoScope,
}

/// A key that was shown and is good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Which.
    pub id: ApiKeyId,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// Who reports where it does: `ministry`, `embassy`, `api:<name>`.
    pub source: String,
}

impl App {
    /// Makes a key. Returns it with its text, which nobody can show again.
    ///
    /// # Errors
    /// See [`KeyError`].
    pub async fn api_key_add(
        &self,
        (name, owner): (&str, KeyOwner),
        scopes: &[Scope],
        expires_at: Option<Timestamp>,
        officer: &str,
    ) -> Result<(ApiKeyRow, String), KeyError> {
        let now = self.clock().now();
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if name.is_empty() || name.len() > LONGEST_NAME || !name.chars().all(fits) {
            return Err(KeyError::Name(name.to_owned()));
        }
        if let Some(at) = expires_at.filter(|at| *at <= now) {
            return Err(KeyError::Expired(at));
        }
        let scopes: Vec<Scope> = Scope::ALL.iter().copied().filter(|scope| scopes.contains(scope)).collect();
        if scopes.is_empty() {
            return Err(KeyError::NoScope);
        }
        let mut secret = [0; BYTES];
        rand::rng().fill_bytes(&mut secret);
        let text = format!("{PREFIX}{}", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(secret));
        let row = ApiKeyRow {
            id: ApiKeyId(self.clock().id()),
            name: name.to_owned(),
            owner,
            scopes,
            created_at: now,
            expires_at,
            revoked_at: None,
            last_used_at: None,
        };
        let mut tx = self.store().begin().await?;
        tx.api_key_add(&row, &hash(self.store().ring(), &text)).await?;
        tx.audit(&**self.clock(), &format!("officer:{officer}"), "key-add", &row.id.to_string()).await?;
        tx.commit().await?;
        Ok((row, text))
    }

    /// Revokes a key: from now on it opens nothing. False where there is none, or it was revoked before.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn api_key_revoke(&self, id: ApiKeyId, officer: &str) -> Result<bool, StoreError> {
        let mut tx = self.store().begin().await?;
        let revoked = tx.api_key_revoke(id, self.clock().now()).await?;
        if revoked {
            tx.audit(&**self.clock(), &format!("officer:{officer}"), "key-revoke", &id.to_string()).await?;
        }
        tx.commit().await?;
        Ok(revoked)
    }

    /// The key that somebody shows. None where it is unknown, revoked or over, which nobody outside can tell apart:
    /// each costs one keyed hash and one look into the database, and nothing is compared but keyed hashes.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn api_key_open(&self, text: &str) -> Result<Option<ApiKey>, StoreError> {
        let row = self.store().api_key(&hash(self.store().ring(), text)).await?;
        let now = self.clock().now();
        let good = |row: &ApiKeyRow| row.revoked_at.is_none() && row.expires_at.is_none_or(|at| at > now);
        let Some(row) = row.filter(good) else { return Ok(None) };
        let before = now - USED_EVERY;
        if row.last_used_at.is_none_or(|at| at < before) {
            let mut tx = self.store().begin().await?;
            tx.api_key_used(row.id, now, before).await?;
            tx.commit().await?;
        }
        Ok(Some(ApiKey { id: row.id, source: row.owner.source(&row.name), scopes: row.scopes }))
    }
}

fn hash(ring: &KeyRing, text: &str) -> [u8; 32] {
    ring.hash(&[b"api key", text.as_bytes()])
}
