//! The link to the page: conversation, request, when it was made, and a keyed hash over them. It opens nothing by itself: the
//! proof on that address is looked up at every use.
use super::App;
use crate::model::{ConversationId, Piece, RequestId, Say, Timestamp, Value};
use crate::seal::KeyRing;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::Duration;
use uuid::Uuid;

/// Sets these hashes apart from all others made with the same key.
const PURPOSE: &[u8] = b"papers-link/1";
/// Conversation, request, moment.
const BODY: usize = 16 + 16 + 8;

/// A link that is ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) conversation: ConversationId,
    pub(super) request: RequestId,
    pub(super) at: Timestamp,
}

impl Link {
    /// What stands behind the `#`.
    pub(super) fn sign(&self, ring: &KeyRing) -> String {
        let mut body = [0; BODY];
        body[..16].copy_from_slice(self.conversation.0.as_bytes());
        body[16..32].copy_from_slice(self.request.0.as_bytes());
        body[32..].copy_from_slice(&self.at.as_micros().to_be_bytes());
        URL_SAFE_NO_PAD.encode([&body[..], &ring.hash(&[PURPOSE, &body])].concat())
    }

    /// Reads it, alone or with the whole link around it. None where it is not ours.
    pub(super) fn read(text: &str, ring: &KeyRing) -> Option<Self> {
        let text = text.trim();
        let token = text.rsplit_once('#').map_or(text, |(_, token)| token);
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (body, hash) = bytes.split_at_checked(BODY)?;
        if !ring.verify(&[PURPOSE, body], hash) {
            return None;
        }
        Some(Self {
            conversation: ConversationId(Uuid::from_slice(&body[..16]).ok()?),
            request: RequestId(Uuid::from_slice(&body[16..32]).ok()?),
            at: Timestamp::from_micros(i64::from_be_bytes(body[32..].try_into().ok()?)),
        })
    }

    pub(super) fn is_over(&self, now: Timestamp, life: Duration) -> bool {
        self.at > now || self.at.until(now) > life
    }
}

impl App {
    /// `say` with its links made. They stand in what is sent, and nowhere else.
    pub(in crate::app) fn with_links<'a>(
        &self,
        conversation: ConversationId,
        at: Timestamp,
        say: &'a Say,
    ) -> Cow<'a, Say> {
        let settings = &self.settings().papers;
        let links = say.pieces.iter().any(|piece| matches!(piece, Piece::PapersLink { .. }));
        let Some(base) = settings.public_url.as_ref().filter(|_| links) else { return Cow::Borrowed(say) };
        let mut say = say.clone();
        for piece in &mut say.pieces {
            let Piece::PapersLink { request } = piece else { continue };
            let token = Link { conversation, request: *request, at }.sign(self.store().ring());
            let minutes = u32::try_from(settings.link_life.as_secs() / 60).unwrap_or(u32::MAX);
            let args = BTreeMap::from([
                ("link".to_owned(), Value::Text(format!("{base}/papers#{token}"))),
                ("minutes".to_owned(), Value::Number(f64::from(minutes))),
            ]);
            *piece = Piece::Phrase { id: "papers-link".to_owned(), args };
        }
        Cow::Owned(say)
    }
}
