//! What the tries of a notice so far come to. Pure.
use crate::channels::limits_of;
use crate::model::{DeliveryId, DeliveryStatus, Timestamp};
use crate::store::NoticeTry;
use std::time::Duration;

/// How often a try under way is looked at.
const LOOK: Duration = Duration::from_secs(60);
/// When a try is looked at first: by then most have arrived.
pub(super) const FIRST_LOOK: Duration = Duration::from_secs(10);

/// What to do with a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It was told.
    Told,
    /// It may still arrive; look again then.
    Wait(Timestamp),
    /// Try the next place.
    Next,
}

/// Where one try stands.
enum Standing {
    Told,
    /// It may still arrive. It counts from then on.
    Open(Timestamp),
    Failed,
}

/// What `tries` come to, where the next place is tried after `patience` without an arrival. `due` is when they were to be looked
/// at: where that is long over the program was away, and what waits to be sent is given the chance first.
pub(super) fn judge(tries: &[NoticeTry], (due, now): (Timestamp, Timestamp), patience: Duration) -> Verdict {
    let standings: Vec<Standing> = tries.iter().map(standing).collect();
    if standings.iter().any(|one| matches!(one, Standing::Told)) {
        return Verdict::Told;
    }
    match standings.last() {
        Some(Standing::Open(since)) if *since + patience > now => {
            Verdict::Wait((*since + patience).min(now.max(*since) + LOOK))
        }
        Some(Standing::Open(_)) if due + LOOK < now => Verdict::Wait(now + LOOK),
        Some(Standing::Told | Standing::Open(_) | Standing::Failed) | None => Verdict::Next,
    }
}

/// Parts that have not left and must not any more.
pub(super) fn waiting_parts(tries: &[NoticeTry]) -> impl Iterator<Item = DeliveryId> {
    let parts = tries.iter().flat_map(|one| &one.parts);
    parts.filter(|(_, status, ..)| *status == DeliveryStatus::Queued).map(|(id, ..)| *id)
}

fn standing(one: &NoticeTry) -> Standing {
    match (&one.event, one.outcome.as_deref()) {
        (None, Some("accepted")) => return Standing::Told,
        (None, Some(_)) => return Standing::Failed,
        // Stepped, and nothing was said; or put aside, or erased.
        (Some((_, Some(1 | 2) | None)), _) if one.parts.is_empty() => return Standing::Failed,
        _ if one.parts.is_empty() => return Standing::Open(one.at),
        _ => {}
    }
    let arrived = |(_, status, _, by): &(_, DeliveryStatus, _, _)| match status {
        DeliveryStatus::Delivered | DeliveryStatus::Read => true,
        // Where nobody says that it arrived, what was taken counts.
        DeliveryStatus::Sent => !limits_of(by).tells_arrival,
        _ => false,
    };
    let lost = |(_, status, ..): &(_, DeliveryStatus, _, _)| {
        matches!(status, DeliveryStatus::Failed | DeliveryStatus::Superseded)
    };
    if one.parts.iter().all(arrived) {
        Standing::Told
    } else if one.parts.iter().any(lost) {
        Standing::Failed
    } else {
        // What waits for the morning has its time from then on.
        let due =
            one.parts.iter().filter(|(_, status, ..)| *status == DeliveryStatus::Queued).map(|(_, _, due, _)| *due);
        Standing::Open(due.max().map_or(one.at, |due| due.max(one.at)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EventId, TransportName};
    use uuid::Uuid;

    const NOW: Timestamp = Timestamp::from_seconds(1_000_000);
    const PATIENCE: Duration = Duration::from_mins(30);

    fn told(status: DeliveryStatus, age: u64) -> NoticeTry {
        let at = NOW - Duration::from_secs(age);
        let part = (DeliveryId(Uuid::nil()), status, at, TransportName::new("telegram"));
        let event = Some((EventId(Uuid::nil()), Some(1)));
        NoticeTry { place: 0, target: Uuid::nil(), at, event, outcome: None, parts: vec![part] }
    }

    #[test]
    fn one_arrival_is_enough_and_a_failure_goes_on_at_once() {
        use DeliveryStatus::{Delivered, Failed, Queued, Sent, Unknown};
        assert_eq!(judge(&[], (NOW, NOW), PATIENCE), Verdict::Next);
        assert_eq!(
            judge(&[told(Sent, 1)], (NOW, NOW), PATIENCE),
            Verdict::Told,
            "Telegram does not say that it arrived"
        );
        assert_eq!(judge(&[told(Failed, 1)], (NOW, NOW), PATIENCE), Verdict::Next);
        assert_eq!(
            judge(&[told(Delivered, 9_000), told(Queued, 1)], (NOW, NOW), PATIENCE),
            Verdict::Told,
            "a late receipt"
        );
        assert!(matches!(judge(&[told(Unknown, 60)], (NOW, NOW), PATIENCE), Verdict::Wait(_)));
        assert_eq!(judge(&[told(Unknown, 1_800)], (NOW, NOW), PATIENCE), Verdict::Next);
    }

    #[test]
    fn what_waits_for_the_morning_is_given_its_time() {
        let mut held = told(DeliveryStatus::Queued, 3_600);
        held.parts[0].2 = NOW + Duration::from_hours(8);
        assert!(matches!(judge(&[held], (NOW, NOW), PATIENCE), Verdict::Wait(_)));
    }

    #[test]
    fn a_program_that_was_away_sends_first_and_judges_a_minute_later() {
        let waits = [told(DeliveryStatus::Queued, 36_000)];
        assert_eq!(judge(&waits, (NOW - Duration::from_hours(9), NOW), PATIENCE), Verdict::Wait(NOW + LOOK));
        assert_eq!(judge(&waits, (NOW, NOW), PATIENCE), Verdict::Next);
    }

    #[test]
    fn a_letter_whose_end_nobody_wrote_down_is_not_written_again_at_once() {
        let letter = |outcome: Option<&str>, age| NoticeTry {
            event: None,
            outcome: outcome.map(str::to_owned),
            parts: Vec::new(),
            ..told(DeliveryStatus::Sent, age)
        };
        assert!(matches!(judge(&[letter(None, 60)], (NOW, NOW), PATIENCE), Verdict::Wait(_)));
        assert_eq!(judge(&[letter(Some("failed"), 1)], (NOW, NOW), PATIENCE), Verdict::Next);
        assert_eq!(judge(&[letter(Some("accepted"), 1)], (NOW, NOW), PATIENCE), Verdict::Told);
    }
}
