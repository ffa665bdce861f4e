//! The web chat: sessions, what a person says on the page, and what they read there.
use super::intake::IntakeError;
use super::state::App;
use crate::channels::{InboundEvent, Profile, WakeReaders};
use crate::model::{Content, ConversationId, LocaleTag, Timestamp};
use crate::store::{ChatCursor, ChatLine, Database, Store, StoreError, Wake};
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// The transport's name in tables and in the list.
const TRANSPORT: &str = "webchat";
/// Lines of each side that one read brings.
const LINES: i64 = 200;
/// A session's last use is written at most this often: a message must not cost a second write.
const SEEN_EVERY: Duration = Duration::from_mins(10);

/// One thing said on the page.
#[derive(Debug, Clone)]
pub struct ChatMessage {
    /// The page's own id of it: a repeat has no effect.
    pub key: String,
    /// What was said.
    pub content: Content,
    /// The language of the page.
    pub language: Option<LocaleTag>,
}

/// Why something said was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ChatError {
    /// The web chat is off in this process: 503.
    #[error("the web chat is off")]
    Off,
    /// The intake did not take it.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What the transport calls to wake the readers of a conversation: in this process, and on PostgreSQL in the others.
#[must_use]
pub fn wake_readers(store: &Store) -> WakeReaders {
    let store = store.clone();
    Arc::new(move |conversation| {
        let store = store.clone();
        Box::pin(async move { wake(&store, conversation).await })
    })
}

/// Best effort: readers look for themselves every few seconds.
async fn wake(store: &Store, conversation: ConversationId) {
    match store.database() {
        Database::Sqlite { .. } => store.wake(Wake::Chat(conversation)),
        Database::Postgres(_) => {
            if let Ok(mut tx) = store.begin().await {
                tx.wake(Wake::Chat(conversation));
                _ = tx.commit().await;
            }
        }
    }
}

impl App {
    /// Opens a session. Its id is the person's address on the channel.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn chat_open(&self) -> Result<Uuid, StoreError> {
        let id = self.clock().id();
        let mut tx = self.store().begin().await?;
        tx.chat_session_open(id, self.clock().now()).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// When the session was last used; notes that it is used now. None where there is none, or it was ended.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn chat_visit(&self, session: Uuid, idle: Duration) -> Result<Option<Timestamp>, StoreError> {
        let Some(last) = self.store().chat_session(session).await? else { return Ok(None) };
        let now = self.clock().now();
        let since = last.until(now);
        if since > SEEN_EVERY && since <= idle {
            let mut tx = self.store().begin().await?;
            tx.chat_session_seen(session, now).await?;
            tx.commit().await?;
        }
        Ok(Some(last))
    }

    /// Takes what a person said: returns once it is committed, or known to have been before.
    ///
    /// # Errors
    /// [`ChatError`]: the page tries again later.
    pub async fn chat_say(&self, session: Uuid, message: ChatMessage) -> Result<(), ChatError> {
        let transport = self.transport(TRANSPORT).ok_or(ChatError::Off)?;
        let event = InboundEvent {
            external_id: format!("{session}:{}", message.key),
            address: session.to_string(),
            profile: Profile { language: message.language, ..Profile::default() },
            sent_at: None,
            content: message.content,
            attested: None,
            acknowledge: None,
        };
        self.accept(&**transport, vec![event]).await?;
        if let Some(conversation) = self.chat_conversation(session).await? {
            // Other tabs of the same person show it too.
            wake(self.store(), conversation).await;
        }
        Ok(())
    }

    /// The session's conversation. None before anything was said in it, and after an erasure.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn chat_conversation(&self, session: Uuid) -> Result<Option<ConversationId>, StoreError> {
        let Some(transport) = self.transport(TRANSPORT) else { return Ok(None) };
        self.store().conversation_of(&transport.channel(), &transport.account(), &session.to_string()).await
    }

    /// The lines after `after`, at most some hundred, and where to go on.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn chat_read(
        &self,
        conversation: ConversationId,
        after: ChatCursor,
    ) -> Result<(Vec<ChatLine>, ChatCursor), StoreError> {
        self.store().chat_lines(conversation, after, LINES).await
    }

    /// Ends a session: its token opens nothing any more. What was said stays with the association until retention takes it.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn chat_end(&self, session: Uuid) -> Result<(), StoreError> {
        let mut tx = self.store().begin().await?;
        tx.chat_session_end(session, self.clock().now()).await?;
        tx.commit().await?;
        if let Some(conversation) = self.chat_conversation(session).await? {
            wake(self.store(), conversation).await;
        }
        Ok(())
    }
}
