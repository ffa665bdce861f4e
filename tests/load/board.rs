//! Who wrote what when, and what came back: one row a person.
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard};
use std::time::Instant;

/// What people ask, each person one of these in turn: several dialects, Arabizi, English. All have an answer or an offer.
pub(crate) const QUESTIONS: &[&str] = &[
    "كيف أقدم طلب مساعدة؟",
    "ابغى اعرف وش الاوراق المطلوبة",
    "شو لازم اعمل حتى قدم طلب؟",
    "عايز اعرف الطلب بياخد قد ايه",
    "بغيت نعرف فين نمشي باش ندير الطلب",
    "اشتي اعرف كيف اتابع طلبي",
    "هل الجمعية تساعد في تذاكر السفر",
    "من هم المستفيدون من خدمات الجمعية؟",
    "ايش اسوي اذا ما ردت علي السفارة",
    "kif a2adem 6alab mosa3ada",
    "How do I apply for help?",
    "متى تصرف المساعدة",
];

/// What everybody asks in the second round, once a request is proved on their address.
pub(crate) const STATUS: &str = "طلبي";

/// Chat ids begin here; Telegram's own are of this size.
const FIRST_CHAT: i64 = 5_100_000_000;

/// One message that the program sent to a person.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reply {
    /// Two replies of one text to one person are a repetition.
    pub(crate) text: u64,
    /// The id that the stand-in gave it.
    pub(crate) message_id: i64,
    pub(crate) at: Instant,
}

/// One person, who writes one message.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Writer {
    pub(crate) chat: i64,
    /// A place in [`QUESTIONS`]; behind the last it is [`STATUS`].
    pub(crate) question: usize,
}

impl Writer {
    /// What is asked.
    pub(crate) fn words(self) -> &'static str {
        QUESTIONS.get(self.question).copied().unwrap_or(STATUS)
    }

    /// Whether this is the second message of that person.
    pub(crate) fn again(self) -> bool {
        self.question >= QUESTIONS.len()
    }
}

/// What happened to one person.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) writer: Writer,
    /// When the message was due to be posted; in an open loop the planned moment.
    pub(crate) posted: Instant,
    /// When its 200 came.
    pub(crate) acknowledged: Option<Instant>,
    pub(crate) replies: Vec<Reply>,
}

impl Person {
    /// How many different messages came.
    pub(crate) fn distinct(&self) -> usize {
        let mut texts: Vec<u64> = self.replies.iter().map(|reply| reply.text).collect();
        texts.sort_unstable();
        texts.dedup();
        texts.len()
    }

    /// When the answer was whole: `parts` different messages had come.
    pub(crate) fn answered(&self, parts: usize) -> Option<Instant> {
        let mut seen: Vec<u64> = Vec::new();
        self.replies.iter().find_map(|reply| {
            if !seen.contains(&reply.text) {
                seen.push(reply.text);
            }
            (seen.len() >= parts).then_some(reply.at)
        })
    }
}

/// Everybody.
#[derive(Debug, Default)]
pub(crate) struct Board {
    people: Mutex<Vec<Person>>,
    /// How many messages answer each question, learned before the load.
    parts: Mutex<Vec<usize>>,
    /// Whether everybody writes for the second time.
    again: AtomicBool,
    /// Messages that tell of a request.
    told: AtomicUsize,
    /// Messages to chats that never wrote: must stay none.
    strays: Mutex<usize>,
}

impl Board {
    /// A new person, with the next question.
    pub(crate) fn join(&self, posted: Instant) -> Writer {
        let mut people = self.people();
        let place = people.len();
        let chat = FIRST_CHAT + i64::try_from(place).expect("people fit in chat ids");
        let again = self.again.load(Ordering::Relaxed);
        let writer = Writer { chat, question: if again { QUESTIONS.len() } else { place % QUESTIONS.len() } };
        people.push(Person { writer, posted, acknowledged: None, replies: Vec::new() });
        writer
    }

    /// Begins the second round: the same people ask for their request's status, which is one message.
    pub(crate) fn ask_status(&self) {
        self.again.store(true, Ordering::Relaxed);
        self.people().clear();
        self.parts.lock().expect("not poisoned").push(1);
    }

    /// Notes the 200 of a person's message.
    pub(crate) fn acknowledged(&self, writer: Writer) {
        let now = Instant::now();
        self.people()[place(writer.chat).expect("a chat of ours")].acknowledged = Some(now);
    }

    /// Notes a message to `chat`.
    pub(crate) fn replied(&self, chat: i64, message_id: i64, text: &str) {
        if text.contains(super::requests::REFERENCE) {
            self.told.fetch_add(1, Ordering::Relaxed);
        }
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let reply = Reply { text: hasher.finish(), message_id, at: Instant::now() };
        match place(chat).and_then(|place| self.people().get_mut(place).map(|person| person.replies.push(reply))) {
            Some(()) => {}
            None => *self.strays.lock().expect("not poisoned") += 1,
        }
    }

    /// Takes what has come so far as the measure of whole answers, and forgets these people's part in the figures.
    pub(crate) fn learn(&self) -> Vec<usize> {
        let learned: Vec<usize> = self.people().iter().take(QUESTIONS.len()).map(Person::distinct).collect();
        self.parts.lock().expect("not poisoned").clone_from(&learned);
        learned
    }

    /// How many messages make a whole answer to `writer`.
    pub(crate) fn parts(&self, writer: Writer) -> usize {
        self.parts.lock().expect("not poisoned")[writer.question]
    }

    /// How many replies have come, and how many acknowledged messages still wait for a whole answer.
    pub(crate) fn progress(&self) -> (usize, usize) {
        let parts = self.parts.lock().expect("not poisoned").clone();
        let people = self.people();
        let replies = people.iter().map(|person| person.replies.len()).sum();
        let waits = |person: &&Person| {
            let whole = parts.get(person.writer.question).copied().unwrap_or(1);
            person.acknowledged.is_some() && person.answered(whole).is_none()
        };
        (replies, people.iter().filter(waits).count())
    }

    /// How many messages told of a request.
    pub(crate) fn told(&self) -> usize {
        self.told.load(Ordering::Relaxed)
    }

    pub(crate) fn strays(&self) -> usize {
        *self.strays.lock().expect("not poisoned")
    }

    pub(crate) fn people(&self) -> MutexGuard<'_, Vec<Person>> {
        self.people.lock().expect("not poisoned")
    }
}

fn place(chat: i64) -> Option<usize> {
    usize::try_from(chat.checked_sub(FIRST_CHAT)?).ok()
}
