//! Reading a session's lines: at once, or when the next one comes.
use super::Chat;
use super::refusal::Refusal;
use crate::model::ConversationId;
use crate::store::{ChatCursor, ChatLine};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::Instant;
use uuid::Uuid;

/// The safety net under wakes.
const LOOK: Duration = Duration::from_secs(3);
/// How often a session without a conversation looks whether it has one by now.
const LOOK_FOR_CONVERSATION: Duration = Duration::from_millis(500);

/// One reader of a session.
pub(super) struct Reader {
    chat: Arc<Chat>,
    session: Uuid,
    conversation: Option<(ConversationId, watch::Receiver<()>)>,
    /// Where it goes on.
    pub(super) cursor: ChatCursor,
}

/// What waiting came to.
pub(super) enum Came {
    /// These lines.
    Lines(Vec<ChatLine>),
    /// Nothing, for as long as was to be waited.
    Nothing,
    /// The session was ended.
    Ended,
}

impl Reader {
    pub(super) const fn new(chat: Arc<Chat>, session: Uuid, cursor: ChatCursor) -> Self {
        Self { chat, session, conversation: None, cursor }
    }

    /// What is there by now, at most some hundred lines; empty where nothing is.
    pub(super) async fn read(&mut self) -> Result<Vec<ChatLine>, Refusal> {
        let Some(conversation) = self.conversation().await? else { return Ok(Vec::new()) };
        let (lines, cursor) = self.chat.app.chat_read(conversation, self.cursor).await?;
        self.cursor = cursor;
        Ok(lines)
    }

    /// Waits for lines, at most `most`.
    pub(super) async fn wait(&mut self, most: Duration) -> Result<Came, Refusal> {
        let until = Instant::now() + most;
        loop {
            if let Some((_, room)) = &mut self.conversation {
                room.mark_unchanged();
            }
            let lines = self.read().await?;
            if !lines.is_empty() {
                return Ok(Came::Lines(lines));
            }
            if self.chat.app.store().chat_session(self.session).await?.is_none() {
                return Ok(Came::Ended);
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || self.chat.stop.is_cancelled() {
                return Ok(Came::Nothing);
            }
            let look = if self.conversation.is_some() { LOOK } else { LOOK_FOR_CONVERSATION };
            let room = self.conversation.as_mut().map(|(_, room)| room);
            let woken = async {
                let open = match room {
                    Some(room) => room.changed().await.is_ok(),
                    None => false,
                };
                if !open {
                    // No conversation yet, or the program closes: looking goes on by the clock.
                    std::future::pending::<()>().await;
                }
            };
            tokio::select! {
                () = woken => {}
                () = tokio::time::sleep(look.min(left)) => {}
                () = self.chat.stop.cancelled() => {}
            }
        }
    }

    async fn conversation(&mut self) -> Result<Option<ConversationId>, Refusal> {
        if self.conversation.is_none() {
            let found = self.chat.app.chat_conversation(self.session).await?;
            self.conversation = found.map(|conversation| (conversation, self.chat.rooms.join(conversation)));
        }
        Ok(self.conversation.as_ref().map(|(conversation, _)| *conversation))
    }
}
