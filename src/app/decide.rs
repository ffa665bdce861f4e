//! What becomes of a delivery after a try: the one place that decides every [`SendError`] (design.md §3). Pure.
use crate::channels::{Accepted, Scope, SendError};
use crate::model::{DeliveryStatus, Lane, Timestamp};
use std::time::Duration;

/// Waits between tries, in seconds; the last one repeats. Short, because a late answer is worth little.
const BACKOFF: [u64; 8] = [1, 2, 5, 10, 20, 40, 60, 120];
/// A code is useless after five minutes; a new one is made instead.
const CODE_LIFE: Duration = Duration::from_mins(5);
/// A reply or notice stays due for a day.
const LIFE: Duration = Duration::from_hours(24);
/// After ten minutes of trying, an officer is told as well (design.md §5.3).
const TELL_OFFICER: Duration = Duration::from_mins(10);
/// When an unknown outcome is looked at again.
pub(super) const UNKNOWN_WAIT: Duration = Duration::from_mins(1);
/// How long a transport with a dead token rests between tries.
const MISCONFIGURED_WAIT: Duration = Duration::from_mins(1);

/// What a try was about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tried {
    pub(super) lane: Lane,
    pub(super) attempt: i32,
    pub(super) created_at: Timestamp,
    /// An earlier try may have gone through.
    pub(super) maybe_repeated: bool,
}

/// What becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decision {
    pub(super) outcome: &'static str,
    pub(super) status: DeliveryStatus,
    /// When it is looked at again.
    pub(super) due_at: Timestamp,
    pub(super) provider_id: Option<String>,
    pub(super) detail: Option<String>,
    /// Hold the whole account until then, and why.
    pub(super) pause: Option<(Timestamp, String)>,
    /// The address cannot be written to any more.
    pub(super) unreachable: bool,
    /// Tell an officer that this was not delivered.
    pub(super) ticket: bool,
}

/// Decides what becomes of a delivery.
pub(super) fn decide(result: Result<Accepted, SendError>, tried: Tried, now: Timestamp) -> Decision {
    let done = Decision {
        outcome: "accepted",
        status: DeliveryStatus::Sent,
        due_at: now,
        provider_id: None,
        detail: None,
        pause: None,
        unreachable: false,
        ticket: false,
    };
    let failed = |outcome, detail| Decision {
        outcome,
        status: DeliveryStatus::Failed,
        detail,
        // A notice that fails has its next channel; a code is asked for again. A reply must reach a person somehow.
        ticket: tried.lane == Lane::Reply,
        ..done.clone()
    };
    match result {
        Ok(accepted) => Decision { provider_id: accepted.provider_id, ..done },
        Err(SendError::Retry { after, scope }) => {
            let again = later(tried, now, after);
            let pause = match scope {
                Scope::Account => after.map(|after| (now + after, "asked to wait".to_owned())),
                Scope::Person => None,
            };
            retry(tried, now, again, "retry", None, pause)
                .unwrap_or_else(|| failed("retry", Some("too old".to_owned())))
        }
        Err(SendError::Misconfigured(note)) => {
            let again = now + MISCONFIGURED_WAIT;
            retry(tried, now, again, "misconfigured", Some(note.clone()), Some((again, note.clone())))
                .unwrap_or_else(|| failed("misconfigured", Some(note)))
        }
        // Looked at after a minute: see `decide_unknown`.
        Err(SendError::Unknown) => {
            Decision { outcome: "unknown", status: DeliveryStatus::Unknown, due_at: now + UNKNOWN_WAIT, ..done }
        }
        Err(SendError::Rejected { code, reason }) => failed("rejected", Some(format!("{code}: {reason}"))),
        Err(SendError::Gone) => Decision { unreachable: true, ticket: false, ..failed("gone", None) },
        Err(SendError::WindowClosed) => failed("window_closed", None),
    }
}

/// What becomes of a part of unknown outcome that the platform cannot say more about.
pub(super) fn decide_unknown(tried: Tried, now: Timestamp) -> Unknown {
    let young = tried.created_at.until(now) < LIFE;
    if tried.lane == Lane::Reply && !tried.maybe_repeated && young {
        return Unknown::SendAgain;
    }
    Unknown::GiveUp { ticket: tried.lane == Lane::Reply }
}

/// What to do with an unknown outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unknown {
    /// Once more, marked as maybe repeated.
    SendAgain,
    /// Never again; an officer is told where it was a reply.
    GiveUp { ticket: bool },
}

fn later(tried: Tried, now: Timestamp, after: Option<Duration>) -> Timestamp {
    let place = usize::try_from(tried.attempt.saturating_sub(1)).unwrap_or(0).min(BACKOFF.len() - 1);
    now + after.unwrap_or_default().max(Duration::from_secs(BACKOFF[place]))
}

/// None where it has become too old to be of use.
fn retry(
    tried: Tried,
    now: Timestamp,
    again: Timestamp,
    outcome: &'static str,
    detail: Option<String>,
    pause: Option<(Timestamp, String)>,
) -> Option<Decision> {
    let life = if tried.lane == Lane::Code { CODE_LIFE } else { LIFE };
    if tried.created_at.until(again) > life {
        return None;
    }
    Some(Decision {
        outcome,
        status: DeliveryStatus::Queued,
        due_at: again,
        provider_id: None,
        detail,
        pause,
        unreachable: false,
        ticket: tried.lane == Lane::Reply && tried.created_at.until(now) > TELL_OFFICER,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_000_000);

    fn tried(lane: Lane, attempt: i32, age: u64) -> Tried {
        Tried { lane, attempt, created_at: NOW - Duration::from_secs(age), maybe_repeated: false }
    }

    #[test]
    fn the_platforms_own_delay_is_honoured_and_holds_only_whom_it_names() {
        let after = Some(Duration::from_secs(30));
        let person = decide(Err(SendError::Retry { after, scope: Scope::Person }), tried(Lane::Reply, 1, 0), NOW);
        assert_eq!(
            (person.status, person.due_at, person.pause),
            (DeliveryStatus::Queued, NOW + Duration::from_secs(30), None)
        );
        let account = decide(Err(SendError::Retry { after, scope: Scope::Account }), tried(Lane::Reply, 1, 0), NOW);
        assert_eq!(account.pause.map(|(until, _)| until), Some(NOW + Duration::from_secs(30)));
    }

    #[test]
    fn a_reply_tells_an_officer_after_ten_minutes_and_ends_after_a_day() {
        let error = || Err(SendError::Retry { after: None, scope: Scope::Person });
        assert!(!decide(error(), tried(Lane::Reply, 3, 599), NOW).ticket);
        assert!(decide(error(), tried(Lane::Reply, 9, 601), NOW).ticket);
        let old = decide(error(), tried(Lane::Reply, 99, 86_400), NOW);
        assert_eq!((old.status, old.ticket), (DeliveryStatus::Failed, true));
        assert_eq!(decide(error(), tried(Lane::Code, 9, 299), NOW).status, DeliveryStatus::Failed);
    }

    #[test]
    fn an_unknown_outcome_is_sent_again_only_as_a_reply_and_only_once() {
        assert_eq!(decide_unknown(tried(Lane::Reply, 1, 60), NOW), Unknown::SendAgain);
        assert_eq!(decide_unknown(tried(Lane::Code, 1, 60), NOW), Unknown::GiveUp { ticket: false });
        assert_eq!(decide_unknown(tried(Lane::Notice, 1, 60), NOW), Unknown::GiveUp { ticket: false });
        let again = Tried { maybe_repeated: true, ..tried(Lane::Reply, 2, 130) };
        assert_eq!(decide_unknown(again, NOW), Unknown::GiveUp { ticket: true });
    }

    #[test]
    fn who_is_gone_is_not_written_to_and_nobody_is_bothered() {
        let gone = decide(Err(SendError::Gone), tried(Lane::Reply, 1, 0), NOW);
        assert!(gone.unreachable && !gone.ticket);
        assert_eq!(gone.status, DeliveryStatus::Failed);
    }
}
