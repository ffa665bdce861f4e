//! The register of requests as a dialogue sees it: whose address is proved, until when, and which code was sent. It keeps the
//! rules of `app/proofs` that a conversation can feel; the rules themselves are tested there.
use awasir::model::{CodeOutcome, RequestFacts, Timestamp};
use awasir::text::reference_key;
use std::collections::BTreeMap;
use std::time::Duration;

/// The code that every contact on file is sent.
const CODE: &str = "123456";
const CODE_LIFE: Duration = Duration::from_mins(5);
/// The first wait of an address after three wrong codes.
const WAIT: Duration = Duration::from_mins(15);
/// How long a proof holds.
pub(crate) const PROOF_LIFE: Duration = Duration::from_hours(90 * 24);

/// Every request, and every address that is held to be its owner's.
#[derive(Debug, Default)]
pub(crate) struct Register {
    files: Vec<Filed>,
    wrong: BTreeMap<String, u32>,
    locked: BTreeMap<String, Timestamp>,
}

#[derive(Debug)]
struct Filed {
    facts: RequestFacts,
    /// Whether a code reaches anybody.
    contact: bool,
    proved: BTreeMap<String, Timestamp>,
    codes: BTreeMap<String, Timestamp>,
}

impl Register {
    /// A new request, or a new stage of one that is known.
    pub(crate) fn put(&mut self, facts: RequestFacts, contact: bool) {
        match self.files.iter_mut().find(|file| file.facts.reference == facts.reference) {
            Some(file) => (file.facts, file.contact) = (facts, contact),
            None => self.files.push(Filed { facts, contact, proved: BTreeMap::new(), codes: BTreeMap::new() }),
        }
    }

    /// Holds every request proved on `address` until then.
    pub(crate) fn prove(&mut self, address: &str, until: Timestamp) {
        for file in &mut self.files {
            file.proved.insert(address.to_owned(), until);
        }
    }

    pub(crate) fn unlink(&mut self, address: &str) {
        for file in &mut self.files {
            file.proved.remove(address);
            file.codes.remove(address);
        }
    }

    /// What is told on `address`, and whether some proof has run out.
    pub(crate) fn told(&self, address: &str, now: Timestamp) -> (Vec<RequestFacts>, bool) {
        let mine = || self.files.iter().filter_map(|file| Some((file, *file.proved.get(address)?)));
        let facts = mine().filter(|(_, until)| *until > now).map(|(file, _)| file.facts.clone()).collect();
        (facts, mine().any(|(_, until)| until <= now))
    }

    /// A number was named: a code goes to the contact on file, if there are both.
    pub(crate) fn seek(&mut self, address: &str, keys: &[String], now: Timestamp) {
        if self.locked.get(address).is_some_and(|until| *until > now) {
            return;
        }
        let named = |file: &&mut Filed| file.contact && keys.contains(&reference_key(&file.facts.reference));
        if let Some(file) = self.files.iter_mut().find(named) {
            file.codes.insert(address.to_owned(), now + CODE_LIFE);
        }
    }

    pub(crate) fn try_code(&mut self, address: &str, code: &str, now: Timestamp) -> CodeOutcome {
        if let Some(until) = self.locked.get(address).filter(|until| **until > now) {
            let minutes = now.until(*until).as_secs().div_ceil(60);
            return CodeOutcome::Locked { minutes: u32::try_from(minutes).unwrap() };
        }
        let sent = |file: &&mut Filed| file.codes.get(address).is_some_and(|until| *until > now);
        if let Some(file) = self.files.iter_mut().find(sent).filter(|_| code == CODE) {
            file.codes.remove(address);
            file.proved.insert(address.to_owned(), now + PROOF_LIFE);
            self.wrong.remove(address);
            return CodeOutcome::Proved;
        }
        let wrong = self.wrong.entry(address.to_owned()).or_default();
        *wrong += 1;
        if *wrong < 3 {
            return CodeOutcome::Wrong;
        }
        *wrong = 0;
        self.locked.insert(address.to_owned(), now + WAIT);
        CodeOutcome::Locked { minutes: 15 }
    }
}
