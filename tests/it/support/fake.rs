//! A transport that misbehaves as it is told to, and a program around it under a clock that stands still.
use super::database::Bench;
use awasir::app::{App, AppSettings, Parts, StaffTarget};
use awasir::assets::{Embedded, Source};
use awasir::channels::{
    Accepted, HookCall, InboundEvent, Inlet, Limits, Profile, Received, Rejection, SendError, Transport, limits_of,
};
use awasir::locale::Catalog;
use awasir::model::{AccountName, ChannelName, Content, ConversationId, OutboundPart, ShownPicture, TransportName};
use awasir::settings::Reader;
use bytes::Bytes;
use futures::future::BoxFuture;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What a call comes to.
#[derive(Debug, Clone)]
pub(crate) enum Fault {
    /// The platform takes it and says so.
    None,
    /// The platform takes it, and its answer is lost.
    LostAnswer,
    /// The platform refuses it.
    Refuse(SendError),
    /// The process dies in the middle of the call.
    Crash,
}

/// A channel with one account, which says what it was given.
#[derive(Debug)]
pub(crate) struct Fake {
    name: &'static str,
    faults: Mutex<VecDeque<Fault>>,
    taken: Mutex<Vec<(String, String)>>,
    /// Pictures that came with words: address, what, and their bytes.
    pictures: Mutex<Vec<(String, ShownPicture, usize)>>,
}

impl Default for Fake {
    fn default() -> Self {
        Self::named("telegram")
    }
}

impl Fake {
    /// One that goes by this name.
    pub(crate) fn named(name: &'static str) -> Self {
        Self { name, faults: Mutex::default(), taken: Mutex::default(), pictures: Mutex::default() }
    }

    /// The next calls come to these; the ones after succeed.
    pub(crate) fn then(&self, faults: impl IntoIterator<Item = Fault>) {
        self.faults.lock().unwrap().extend(faults);
    }

    /// What people have really been shown, in order: address and first line.
    pub(crate) fn shown(&self) -> Vec<(String, String)> {
        self.taken.lock().unwrap().clone()
    }

    /// The pictures that came with words, in order.
    pub(crate) fn pictures(&self) -> Vec<(String, ShownPicture, usize)> {
        self.pictures.lock().unwrap().clone()
    }

    /// What one person has been shown.
    pub(crate) fn shown_to(&self, address: &str) -> Vec<String> {
        self.shown().into_iter().filter(|(to, _)| to == address).map(|(_, text)| text).collect()
    }
}

impl Transport for Fake {
    fn name(&self) -> TransportName {
        TransportName::new(self.name)
    }

    fn channel(&self) -> ChannelName {
        ChannelName::new(self.name)
    }

    fn account(&self) -> AccountName {
        AccountName::new("1")
    }

    fn limits(&self) -> &Limits {
        limits_of(&self.name())
    }

    fn inlet(&self) -> Inlet {
        Inlet::Own
    }

    fn receive(&self, _call: &HookCall) -> Result<Received, Rejection> {
        Err(Rejection::Forged)
    }

    fn send_picture<'a>(&'a self, part: &'a OutboundPart, png: Bytes) -> BoxFuture<'a, Result<Accepted, SendError>> {
        let shown = part.picture.clone().expect("only what has a picture is sent with one");
        self.pictures.lock().unwrap().push((part.to.clone(), shown, png.len()));
        self.send(part)
    }

    fn send<'a>(&'a self, part: &'a OutboundPart) -> BoxFuture<'a, Result<Accepted, SendError>> {
        let fault = self.faults.lock().unwrap().pop_front().unwrap_or(Fault::None);
        let take = || self.taken.lock().unwrap().push((part.to.clone(), part.text.to_plain()));
        let result = match fault {
            Fault::None => {
                take();
                Ok(Accepted { provider_id: Some(part.delivery.to_string()) })
            }
            Fault::LostAnswer => {
                take();
                Err(SendError::Unknown)
            }
            Fault::Refuse(error) => Err(error),
            Fault::Crash => panic!("the process dies here"),
        };
        Box::pin(async move { result })
    }
}

/// A program over a bench's database.
pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) fake: Arc<Fake>,
    /// What reaches telephones, where something does.
    pub(crate) phone: Option<Arc<Fake>>,
    pub(crate) bench: Bench,
}

impl World {
    /// A fresh process over the same database: what a restart would be.
    pub(crate) async fn start(bench: Bench) -> Self {
        Self::start_with(bench, None).await
    }

    /// The same with staff who are told of tickets.
    pub(crate) async fn start_with(bench: Bench, staff: Option<StaffTarget>) -> Self {
        Self::start_from(bench, staff, Arc::new(Embedded)).await
    }

    /// The same with the articles of `source`.
    pub(crate) async fn start_from(
        bench: Bench,
        staff: Option<StaffTarget>,
        source: Arc<dyn Source + Send + Sync>,
    ) -> Self {
        Self::start_on(bench, staff, source, None).await
    }

    /// The same with text messages beside it.
    pub(crate) async fn start_texting(bench: Bench) -> Self {
        Self::start_on(bench, None, Arc::new(Embedded), Some(Arc::new(Fake::named("sms")))).await
    }

    async fn start_on(
        bench: Bench,
        staff: Option<StaffTarget>,
        source: Arc<dyn Source + Send + Sync>,
        phone: Option<Arc<Fake>>,
    ) -> Self {
        let settings = AppSettings { staff, ..AppSettings::read(&mut Reader::from_values([])) };
        Self::start_as(bench, settings, source, phone).await
    }

    /// The same with settings as `set` makes them.
    pub(crate) async fn start_set(bench: Bench, set: impl FnOnce(&mut AppSettings)) -> Self {
        let mut settings = AppSettings::read(&mut Reader::from_values([]));
        set(&mut settings);
        Self::start_as(bench, settings, Arc::new(Embedded), None).await
    }

    async fn start_as(
        bench: Bench,
        settings: AppSettings,
        source: Arc<dyn Source + Send + Sync>,
        phone: Option<Arc<Fake>>,
    ) -> Self {
        let fake = Arc::new(Fake::default());
        let mut transports: Vec<Arc<dyn Transport>> = vec![fake.clone()];
        transports.extend(phone.clone().map(|phone| phone as Arc<dyn Transport>));
        let parts = Parts {
            store: bench.store.clone(),
            clock: bench.clock.clone(),
            catalog: Arc::new(Catalog::embedded()),
            source,
            transports,
            models_dir: Some(super::library::models()),
            settings,
        };
        Self { app: App::start(parts).await.unwrap(), fake, phone, bench }
    }

    /// A message comes in; nothing is done about it yet.
    pub(crate) async fn receive(&self, from: &str, id: &str, content: Content) {
        let event = InboundEvent {
            external_id: id.to_owned(),
            address: from.to_owned(),
            profile: Profile::default(),
            sent_at: None,
            content,
            attested: None,
            acknowledge: None,
        };
        self.app.accept(&*self.fake, vec![event]).await.unwrap();
    }

    /// A message comes in and everything due is done.
    pub(crate) async fn write(&self, from: &str, text: &str) {
        let id = awasir::clock::Clock::id(&*self.bench.clock).to_string();
        self.receive(from, &id, Content::Text { text: text.to_owned() }).await;
        self.settle().await;
    }

    /// Everything due is done.
    pub(crate) async fn settle(&self) {
        self.app.settle_everything().await.unwrap();
    }

    /// Time passes, and everything due is done.
    pub(crate) async fn pass(&self, span: Duration) {
        self.bench.clock.advance(span);
        self.settle().await;
    }

    /// The conversation of a person.
    pub(crate) async fn conversation(&self, from: &str) -> ConversationId {
        let (channel, account) = (self.fake.channel(), self.fake.account());
        self.bench.store.conversation_of(&channel, &account, from).await.unwrap().unwrap()
    }
}
