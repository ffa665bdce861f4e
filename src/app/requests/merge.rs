//! What a report makes of a request that is known, or new. Pure.
use super::{Moves, Report, RequestError};
use crate::clock::Clock;
use crate::model::{ContactKind, NoticeKind, RequestId, Stage, Timestamp};
use crate::store::RequestRow;
use crate::text::reference_key;

/// Clocks of two systems may differ by this much.
const SLACK: std::time::Duration = std::time::Duration::from_secs(24 * 60 * 60);

/// The key of a reference, where it and the moments of the report can be.
pub(super) fn checked(reference: &str, report: &Report, now: Timestamp) -> Result<String, RequestError> {
    let folded = reference_key(reference);
    if !folded.contains(|c: char| c.is_ascii_digit()) {
        return Err(RequestError::Reference(reference.to_owned()));
    }
    match [report.at, report.received_at].into_iter().flatten().find(|at| *at > now + SLACK) {
        Some(at) => Err(RequestError::Future(at)),
        None => Ok(folded),
    }
}

/// What kind of news it is.
pub(super) fn news(moved: bool, row: &RequestRow) -> NoticeKind {
    if moved && row.stage == Stage::Decided { NoticeKind::Decision } else { NoticeKind::Update }
}

/// The request as it is after the report, and whether it went to another stage.
pub(super) fn merged(
    known: Option<&RequestRow>,
    reference: &str,
    report: &Report,
    moves: &Moves,
    now: Timestamp,
    clock: &dyn Clock,
) -> Result<(RequestRow, bool), RequestError> {
    let from = known.map(|row| row.stage);
    let stage = report.stage.or(from).unwrap_or(Stage::Received);
    let ruling = report.ruling.or_else(|| known.and_then(|row| row.ruling));
    let rules = matches!(stage, Stage::Decided | Stage::Closed);
    let ruling = if rules { ruling } else { None };
    if (report.ruling.is_some() && !rules) || (stage == Stage::Decided && ruling.is_none()) {
        return Err(RequestError::Ruling);
    }
    let goes = from != Some(stage) || known.is_some_and(|row| row.ruling != ruling);
    if from != Some(stage) && !moves.allow(from, stage) {
        let from_word = from.map_or(Moves::NEW, Stage::as_str);
        return Err(RequestError::Move { from: from_word, to: stage, allowed: moves.allowed(from) });
    }
    let since = match known {
        Some(row) if !goes => row.since,
        Some(row) => {
            let at = report.at.unwrap_or(now);
            if at < row.since {
                return Err(RequestError::Backwards { stage: row.stage, since: row.since });
            }
            at
        }
        None => report.at.or(report.received_at).unwrap_or(now),
    };
    let holder = report.holder.or_else(|| known.filter(|_| !goes).map(|row| row.holder));
    let received = report.received_at.or_else(|| known.and_then(|row| row.received_at));
    let given = |new: &Option<String>, old: fn(&RequestRow) -> &Option<String>| {
        new.clone().or_else(|| known.and_then(|row| old(row).clone()))
    };
    let row = RequestRow {
        id: known.map_or_else(|| RequestId(clock.id()), |row| row.id),
        reference: known.map_or_else(|| reference.to_owned(), |row| row.reference.clone()),
        embassy_reference: given(&report.embassy_reference, |row| &row.embassy_reference),
        stage,
        holder: holder.unwrap_or_else(|| stage.usual_holder()),
        ruling,
        since,
        source: known.filter(|_| !goes).map_or_else(|| report.source.clone(), |row| row.source.clone()),
        received_at: received.or_else(|| (goes && stage == Stage::Received).then_some(since)),
        country: given(&report.country, |row| &row.country),
        applicant: given(&report.applicant, |row| &row.applicant),
        updated_at: known.map_or(now, |row| row.updated_at),
    };
    Ok((row, goes))
}

/// A telephone as E.164, an e-mail address in small letters. None where it is neither.
pub(in crate::app) fn contact(kind: ContactKind, value: &str) -> Option<String> {
    let value = crate::text::ascii_digits(value.trim());
    match kind {
        ContactKind::Telephone => {
            let international = value.starts_with('+') || value.starts_with("00");
            let digits: String = value.chars().filter(char::is_ascii_digit).collect();
            let digits = digits.trim_start_matches('0');
            let strange = value.chars().any(|c| !c.is_ascii_digit() && !matches!(c, '+' | ' ' | '-' | '(' | ')' | '.'));
            (international && !strange && (8..=15).contains(&digits.len())).then(|| format!("+{digits}"))
        }
        ContactKind::Email => {
            let (name, host) = value.rsplit_once('@')?;
            let fits = !name.is_empty() && host.contains('.') && !value.contains(char::is_whitespace);
            (fits && value.len() <= 254).then(|| value.to_lowercase())
        }
    }
}
