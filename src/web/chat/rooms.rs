//! Who reads which conversation in this process. One task hears all wakes and passes each on to its own readers only.
use crate::model::ConversationId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{broadcast, watch};
use tokio_util::sync::CancellationToken;

type Map = Arc<Mutex<HashMap<ConversationId, watch::Sender<()>>>>;

/// The conversations that somebody reads.
#[derive(Debug, Clone, Default)]
pub(super) struct Rooms(Map);

impl Rooms {
    /// Starts passing on `wakes` until `stop`.
    pub(super) fn start(mut wakes: broadcast::Receiver<ConversationId>, stop: CancellationToken) -> Self {
        let rooms = Self::default();
        let mine = rooms.clone();
        tokio::spawn(async move {
            loop {
                let heard = tokio::select! { heard = wakes.recv() => heard, () = stop.cancelled() => return };
                match heard {
                    Ok(conversation) => mine.wake(Some(conversation)),
                    // Some were missed: everybody looks.
                    Err(broadcast::error::RecvError::Lagged(_)) => mine.wake(None),
                    Err(broadcast::error::RecvError::Closed) => return,
                }
            }
        });
        rooms
    }

    /// A signal that changes with every wake of the conversation.
    pub(super) fn join(&self, conversation: ConversationId) -> watch::Receiver<()> {
        let mut map = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        map.entry(conversation).or_insert_with(|| watch::Sender::new(())).subscribe()
    }

    fn wake(&self, conversation: Option<ConversationId>) {
        let mut map = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(conversation) = conversation {
            if map.get(&conversation).is_some_and(|room| room.send(()).is_err()) {
                map.remove(&conversation); // nobody is left in it
            }
        } else {
            map.retain(|_, room| room.send(()).is_ok());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[tokio::test]
    async fn a_wake_reaches_the_readers_of_its_conversation_only() {
        let wakes = broadcast::Sender::new(8);
        let rooms = Rooms::start(wakes.subscribe(), CancellationToken::new());
        let [one, other] = [1, 2].map(|number| ConversationId(Uuid::from_u128(number)));
        let (mut mine, theirs) = (rooms.join(one), rooms.join(other));
        wakes.send(one).expect("rooms listen");
        mine.changed().await.expect("the room is open");
        assert!(!theirs.has_changed().expect("the room is open"));
    }
}
