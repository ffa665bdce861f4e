//! A person's own data: the full copy, and its destruction.
use super::state::App;
use crate::model::{ContactId, ConversationId};
use crate::store::StoreError;
use serde_json::{Value, json};

impl App {
    /// Everything kept of the person a conversation belongs to, as JSON. None where nothing is.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn export(&self, conversation: ConversationId, actor: &str) -> Result<Option<Value>, StoreError> {
        let Some(contact) = self.store().contact_of(conversation).await? else { return Ok(None) };
        self.export_contact(contact, actor).await
    }

    /// The same of a person, who may have no conversation.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn export_contact(&self, contact: ContactId, actor: &str) -> Result<Option<Value>, StoreError> {
        if self.store().contact_name(contact).await?.is_none() {
            return Ok(None);
        }
        let mut conversations = Vec::new();
        for id in self.store().conversations_of(contact).await? {
            conversations.push(self.export_conversation(id).await?);
        }
        let consents: Vec<Value> = self
            .store()
            .consents_of(contact)
            .await?
            .into_iter()
            .map(|(kind, version, at)| json!({"kind": kind, "text_version": version, "at": stamp(at)}))
            .collect();
        let tickets = self.export_tickets(contact).await?;
        let staffed: Vec<Value> = (self.store().log_of_contact(contact).await?.into_iter())
            .map(|entry| json!({"at": entry.at.to_string(), "channel": entry.channel, "direction": entry.direction, "text": entry.body}))
            .collect();
        let mut tx = self.store().begin().await?;
        tx.audit(&**self.clock(), actor, "export", &contact.to_string()).await?;
        tx.commit().await?;
        Ok(Some(json!({
            "contact": contact,
            "exported_at": self.clock().now().to_string(),
            "consents": consents,
            "conversations": conversations,
            "tickets": tickets,
            "name": self.store().contact_name(contact).await?.flatten(),
            "staffed": staffed,
        })))
    }

    async fn export_conversation(&self, id: ConversationId) -> Result<Value, StoreError> {
        let address = self.store().address_of(id).await?;
        let received: Vec<Value> = self
            .store()
            .inbox_of(id)
            .await?
            .into_iter()
            .map(|row| json!({"at": row.received_at.to_string(), "event": row.event}))
            .collect();
        let sent: Vec<Value> = self
            .store()
            .deliveries_of(id)
            .await?
            .into_iter()
            .map(|row| {
                let text = row.part.map(|part| part.text.to_plain());
                json!({"at": row.created_at.to_string(), "status": row.status, "text": text})
            })
            .collect();
        Ok(json!({
            "id": id,
            "channel": address.as_ref().map(|address| address.channel.to_string()),
            "address": address.as_ref().map(|address| &address.value),
            "profile": address.as_ref().map(|address| &address.profile),
            "state": self.store().conversation_state(id).await?,
            "received": received,
            "sent": sent,
        }))
    }

    async fn export_tickets(&self, contact: ContactId) -> Result<Vec<Value>, StoreError> {
        let mut tx = self.store().begin().await?;
        let rows = tx.tickets_of_contact(contact).await?;
        drop(tx);
        let mut tickets = Vec::new();
        for ticket in rows {
            let entries: Vec<Value> = self
                .store()
                .ticket_entries(ticket.id)
                .await?
                .into_iter()
                .map(|entry| json!({"at": entry.at.to_string(), "author": entry.author, "text": entry.body}))
                .collect();
            tickets.push(json!({
                "reference": ticket.reference,
                "kind": ticket.kind,
                "status": ticket.status,
                "opened_at": ticket.created_at.to_string(),
                "entries": entries,
            }));
        }
        Ok(tickets)
    }

    /// Destroys everything kept of the person a conversation belongs to. False where nothing is.
    ///
    /// # Errors
    /// Where the database does not answer; nothing is destroyed then.
    pub async fn erase(&self, conversation: ConversationId, actor: &str) -> Result<bool, StoreError> {
        let Some(contact) = self.store().contact_of(conversation).await? else { return Ok(false) };
        self.erase_contact(contact, actor).await?;
        Ok(true)
    }

    /// The same of a person, who may have no conversation.
    ///
    /// # Errors
    /// Where the database does not answer; nothing is destroyed then.
    pub async fn erase_contact(&self, contact: ContactId, actor: &str) -> Result<(), StoreError> {
        let mut tx = self.store().begin().await?;
        tx.contact_erase(contact, self.clock().now()).await?;
        tx.audit(&**self.clock(), actor, "erase", &contact.to_string()).await?;
        tx.commit().await
    }
}

fn stamp(micros: i64) -> String {
    crate::model::Timestamp::from_micros(micros).to_string()
}
