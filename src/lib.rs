//! `awasir`: the messaging and inquiry bot of the Awasir charity, which helps Saudi families living abroad.
//!
//! People write on any channel; every message goes into a durable **inbox**, one pure **engine** answers it from approved
//! articles, and every answer leaves through a durable **outbox**. Timers and officers' words enter by the same inbox.
//!
//! ```text
//! platform ─► web/hooks ─► app/intake ─► INBOX ─► app/turns ─► engine (pure) ─► OUTBOX ─► app/deliveries ─► platform
//!                              ▲                                                    │
//!                 timers, officers' words, pulled updates               receipts, failures, sweeps
//! ```
//!
//! # Layers: each imports only what stands above it (held by `tests/it/architecture.rs`)
//!
//! | rank | module | what it does |
//! | --- | --- | --- |
//! | 0 | [`model`] | plain data that all others name |
//! | 1 | [`clock`] [`settings`] [`text`] [`seal`] [`assets`] | time and ids · the environment, once · Arabic and other words · sealing · the files of `locales/` |
//! | 2 | [`locale`] [`knowledge`] [`documents`] | phrases, command words, days · what may be answered, and finding it · files of offices, the drawing of the route |
//! | 3 | [`engine`] | the conversation, as a pure function |
//! | 4 | [`channels`] [`store`] [`files`] [`net`] | transports · the only SQL · papers people send, and the virus scanner · the shared HTTP client |
//! | 5 | [`app`] | use cases; every transaction begins and ends here |
//! | 6 | [`web`] | HTTP in: hooks, web chat, the API, health |
//! | 7 | [`cli`] | the command line |
//!
//! # Invariants, each beside the test that holds it
//!
//! 1. The engine does no I/O, reads no clock, writes no sentence: `architecture`, and the content tests for sentences.
//! 2. A turn is atomic, one failing turn never undoes another: `journeys::an_event_that_cannot_be_stepped_is_put_aside…`.
//! 3. What was taken with 200 is never lost, and answered once; an unknown outcome is said once more, marked
//!    `maybe_repeated`: `journeys::a_lost_answer…`, `journeys::a_crash…`, `hooks`, and the crash stage of `tests/run`.
//! 4. Events of one conversation are stepped in order: `store::events_of_one_conversation…`, `journeys::messages_of_one_person…`.
//! 5. Replies never wait behind notices: `store::replies_keep_their_order…`.
//! 6. The bot is silent while an officer has a conversation, and takes it back after a silence: `journeys::the_bot_is_silent…`,
//!    `journeys::an_officer_who_says_nothing…`, and the engine's properties.
//!    Where a request is, is said only in reply and only on an address with an unexpired proof; a number named by anybody changes
//!    nothing that can be seen: `proofs`.
//!    A person is told once of a matter, on one channel, never at night where they live, and never its content: `notices`.
//! 7. Only approved, unexpired revisions are said, and the message remembers which: `knowledge`, `content`.
//! 8. Every phrase exists in every locale with the same variables, no span of time goes unreviewed: `content`.
//! 9. Receipts only move forward: `store::receipts_only_move_forward…`.
//! 10. Personal text is sealed from the first migration, and an erasure leaves none: `store::an_erasure…`, `journeys::erasing…`.
//! 11. Both databases have the same tables, columns and keys, every statement prepares on both: `store`.
//!
//! # Reading order
//!
//! [`model`] for the words, [`engine`]'s `step` for what happens to a conversation, `app/turns` and `app/deliveries` for how
//! it is kept, `channels/telegram` for what a transport is.
pub mod app;
pub mod assets;
pub mod channels;
pub mod cli;
pub mod clock;
pub mod documents;
pub mod engine;
pub mod files;
pub mod knowledge;
pub mod locale;
pub mod model;
pub mod net;
pub mod seal;
pub mod settings;
pub mod store;
pub mod text;
pub mod web;
