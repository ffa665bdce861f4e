//! Addresses: `(channel, account, stable id of the person on it)`, found by keyed hash, kept sealed.
use super::db::{Inner, Sql, on, on_rows, read, statements};
use super::rows::{Rows, chunks};
use super::{Store, StoreError, Tx};
use crate::clock::Clock;
use crate::model::{AccountName, ChannelName, ContactId, ConversationId, Profile, Timestamp, TransportName};
use crate::seal::{KeyRing, SealError, Sealed};
use sqlx::AssertSqlSafe;
use std::collections::HashMap;
use uuid::Uuid;

statements! {
    FIND = Sql::same("select id from addresses where hash = $1");
    FACTS = Sql::same("select id, contact_id, channel, transport, account, value, profile, unreachable_at
        from addresses where id = $1");
    REACHABLE = Sql::same("update addresses set unreachable_at = $2 where id = $1");
    DROP_CONTACT = Sql::same("delete from contacts where id = $1");
}

/// Locked on PostgreSQL until the commit: events of one address get their sequence in the order of their commits.
const LOOK_UP_SQLITE: Rows =
    Rows { head: "select hash, id from addresses where hash in (", row: "?", typed: None, tail: ")" };
const LOOK_UP_POSTGRES: Rows = Rows {
    head: "select hash, id from addresses where hash in (",
    row: "?",
    typed: None,
    tail: ") order by id for update",
};
const INSERT_CONTACTS: Rows =
    Rows { head: "insert into contacts (id, created_at) values ", row: "(?, ?)", typed: None, tail: "" };
const INSERT_ADDRESSES: Rows = Rows {
    head: "insert into addresses (id, contact_id, channel, transport, account, hash, value, profile, created_at) values ",
    row: "(?, ?, ?, ?, ?, ?, ?, ?, ?)",
    typed: None,
    tail: " on conflict (hash) do nothing",
};

const VALUE: &str = "addresses.value";
const PROFILE: &str = "addresses.profile";

/// An address that something came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAddress {
    /// The channel it is on.
    pub channel: ChannelName,
    /// The transport that carries it.
    pub transport: TransportName,
    /// The account of ours it wrote to.
    pub account: AccountName,
    /// The person's stable id there.
    pub value: String,
    /// What the platform says of the person.
    pub profile: Profile,
}

/// What is known of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressFacts {
    /// Its conversation.
    pub conversation: ConversationId,
    /// Whose it is.
    pub contact: ContactId,
    /// The channel it is on.
    pub channel: ChannelName,
    /// The transport that carries it.
    pub transport: TransportName,
    /// The account of ours it wrote to.
    pub account: AccountName,
    /// The person's stable id there.
    pub value: String,
    /// What the platform says of the person.
    pub profile: Profile,
    /// Since when it cannot be written to.
    pub unreachable_at: Option<Timestamp>,
}

type FactsRow = (Uuid, Uuid, String, String, String, Vec<u8>, Option<Vec<u8>>, Option<i64>);

/// The keyed hash under which an address is found.
pub(super) fn address_hash(ring: &KeyRing, channel: &ChannelName, account: &AccountName, value: &str) -> Vec<u8> {
    ring.hash(&[b"address", channel.as_str().as_bytes(), account.as_str().as_bytes(), value.as_bytes()]).to_vec()
}

/// Opens an address's value.
pub(super) fn open_value(ring: &KeyRing, id: Uuid, bytes: Vec<u8>) -> Result<String, StoreError> {
    Sealed::from_bytes(bytes).open(ring, VALUE, id).map_err(|source| StoreError::Seal { column: VALUE, source })
}

impl Tx {
    /// Finds or makes the addresses, in the order given, and holds them until the commit.
    pub async fn addresses_ensure(
        &mut self,
        wanted: &[NewAddress],
        now: Timestamp,
        clock: &dyn Clock,
    ) -> Result<Vec<ConversationId>, StoreError> {
        let hashes: Vec<Vec<u8>> =
            wanted.iter().map(|one| address_hash(&self.ring, &one.channel, &one.account, &one.value)).collect();
        let mut distinct: Vec<Vec<u8>> = hashes.clone();
        distinct.sort_unstable();
        distinct.dedup();
        let mut known = self.addresses_look_up(&distinct).await?;
        let mut missing: Vec<(&NewAddress, &Vec<u8>)> = Vec::new();
        for (address, hash) in wanted.iter().zip(&hashes) {
            if !known.contains_key(hash) && !missing.iter().any(|(_, seen)| *seen == hash) {
                missing.push((address, hash));
            }
        }
        if !missing.is_empty() {
            let made = self.addresses_insert(&missing, now, clock).await?;
            if matches!(self.inner, Inner::Sqlite(_)) {
                // The one writer: nobody can have been first.
                known.extend(made.iter().map(|(_, address, hash)| (hash.clone(), *address)));
                return ordered(&hashes, &known);
            }
            let fresh: Vec<Vec<u8>> = missing.iter().map(|(_, hash)| (*hash).clone()).collect();
            known.extend(self.addresses_look_up(&fresh).await?);
            // Another process was first with an address: its contact stands, ours goes.
            for (contact, address, hash) in made {
                if known.get(&hash) != Some(&address) {
                    on!(self, DROP_CONTACT, |c, q| sqlx::query(q).bind(contact).execute(c).await.map(drop))?;
                }
            }
        }
        ordered(&hashes, &known)
    }

    async fn addresses_look_up(&mut self, hashes: &[Vec<u8>]) -> Result<HashMap<Vec<u8>, Uuid>, StoreError> {
        let mut found = HashMap::new();
        for piece in chunks(hashes) {
            let rows: Vec<(Vec<u8>, Uuid)> = match &mut self.inner {
                Inner::Sqlite(t) => {
                    let mut query = sqlx::query_as(AssertSqlSafe(LOOK_UP_SQLITE.sqlite(piece.len())));
                    for hash in piece {
                        query = query.bind(hash);
                    }
                    query.fetch_all(&mut **t).await?
                }
                Inner::Postgres(t) => {
                    let mut query = sqlx::query_as(AssertSqlSafe(LOOK_UP_POSTGRES.postgres(0, piece.len())));
                    for hash in piece {
                        query = query.bind(hash);
                    }
                    query.fetch_all(&mut **t).await?
                }
            };
            found.extend(rows);
        }
        Ok(found)
    }

    /// Returns (contact, address, hash) of what was tried; which of them stand is seen by looking up.
    async fn addresses_insert(
        &mut self,
        missing: &[(&NewAddress, &Vec<u8>)],
        now: Timestamp,
        clock: &dyn Clock,
    ) -> Result<Vec<(Uuid, Uuid, Vec<u8>)>, StoreError> {
        struct Row<'a> {
            id: Uuid,
            contact: Uuid,
            address: &'a NewAddress,
            hash: &'a Vec<u8>,
            value: Vec<u8>,
            profile: Vec<u8>,
        }
        let rows: Vec<Row<'_>> = missing
            .iter()
            .map(|(address, hash)| {
                let id = clock.id();
                Row {
                    id,
                    contact: clock.id(),
                    address,
                    hash,
                    value: Sealed::seal(&self.ring, VALUE, id, &address.value).into_bytes(),
                    profile: Sealed::seal(&self.ring, PROFILE, id, &address.profile).into_bytes(),
                }
            })
            .collect();
        let micros = now.as_micros();
        on_rows!(self, INSERT_CONTACTS, &rows, |query, row| query.bind(row.contact).bind(micros));
        on_rows!(self, INSERT_ADDRESSES, &rows, |query, row| query
            .bind(row.id)
            .bind(row.contact)
            .bind(row.address.channel.as_str())
            .bind(row.address.transport.as_str())
            .bind(row.address.account.as_str())
            .bind(row.hash)
            .bind(&row.value)
            .bind(&row.profile)
            .bind(micros));
        Ok(rows.into_iter().map(|row| (row.contact, row.id, row.hash.clone())).collect())
    }

    /// Marks whether an address can be written to.
    pub async fn address_reachable(
        &mut self,
        conversation: ConversationId,
        unreachable_at: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let at = unreachable_at.map(Timestamp::as_micros);
        on!(self, REACHABLE, |c, q| sqlx::query(q).bind(conversation.0).bind(at).execute(c).await.map(drop))?;
        Ok(())
    }

    /// What is known of an address. None where it was erased.
    pub async fn address_facts(&mut self, conversation: ConversationId) -> Result<Option<AddressFacts>, StoreError> {
        let row: Option<FactsRow> =
            on!(self, FACTS, |c, q| sqlx::query_as(q).bind(conversation.0).fetch_optional(c).await?);
        row.map(|row| facts(&self.ring, row)).transpose()
    }
}

impl Store {
    /// The conversation of an address. None where nothing ever came from it.
    pub async fn conversation_of(
        &self,
        channel: &ChannelName,
        account: &AccountName,
        value: &str,
    ) -> Result<Option<ConversationId>, StoreError> {
        let hash = address_hash(self.ring(), channel, account, value);
        let row: Option<(Uuid,)> = read!(self, FIND, |c, q| sqlx::query_as(q).bind(hash).fetch_optional(c).await?);
        Ok(row.map(|(id,)| ConversationId(id)))
    }

    /// What is known of an address, read outside of a transaction. None where it was erased.
    pub async fn address_of(&self, conversation: ConversationId) -> Result<Option<AddressFacts>, StoreError> {
        let row: Option<FactsRow> =
            read!(self, FACTS, |c, q| sqlx::query_as(q).bind(conversation.0).fetch_optional(c).await?);
        row.map(|row| facts(self.ring(), row)).transpose()
    }
}

/// The conversations of `hashes`, in their order.
fn ordered(hashes: &[Vec<u8>], known: &HashMap<Vec<u8>, Uuid>) -> Result<Vec<ConversationId>, StoreError> {
    let one = |hash| known.get(hash).map(|id| ConversationId(*id)).ok_or(StoreError::Word("addresses.hash"));
    hashes.iter().map(one).collect()
}

fn facts(ring: &KeyRing, row: FactsRow) -> Result<AddressFacts, StoreError> {
    let (id, contact, channel, transport, account, value, profile, unreachable_at) = row;
    let profile = match profile.map(|bytes| Sealed::<Profile>::from_bytes(bytes).open(ring, PROFILE, id)) {
        None | Some(Err(SealError::Shape)) => Profile::default(),
        Some(opened) => opened.map_err(|source| StoreError::Seal { column: PROFILE, source })?,
    };
    Ok(AddressFacts {
        conversation: ConversationId(id),
        contact: ContactId(contact),
        channel: ChannelName::owned(channel),
        transport: TransportName::owned(transport),
        account: AccountName::owned(account),
        value: open_value(ring, id, value)?,
        profile,
        unreachable_at: unreachable_at.map(Timestamp::from_micros),
    })
}
