//! Golden dialogues as text. A file holds several, each under a heading `== title`:
//!
//! ```text
//! > a person's message                   ! choice menu:route      a button's id
//! < phrases and articles said            ! press 2               a button by its place
//!   [the ids of the choices under them]  ! opened | blocked | deleted | unsupported
//! * what else is done: tickets, consents ! media photo | voice … caption
//! " words that the turn's text contains  ! edited … | react 👍 | hint en
//! ! shares: the channel has a button that shares a number; own [matches]: it is pressed; arrived: a watch fires
//! ~ 3h (or 10m): time passes             ! took | replied … | closed      by an officer
//! ! number: the newest ticket's number   ! late 1h   time passes, and no timer fires
//! ```
//!
//! `UPDATE_DIALOGUES=1 cargo nextest run dialogues` writes the `<`, `[…]` and `*` lines anew; read the difference before you commit it.
use super::talk::{Talk, says};
use super::world::Stage;
use awasir::engine::{Effect, WATCH_TIMER};
use awasir::model::{
    Content, EventKind, FileState, Label, LocaleTag, MediaKind, NoticeKind, PaperFacts, PaperState, Piece,
    RequestFacts, RequestId, Ruling, Say, Stage as Step, TicketReference,
};
use std::fmt::Write;
use std::time::Duration;

/// The paper of every request.
const PASSPORT: &str = "صورة الجواز";

/// Plays a file and gives it back as it should read, with what its `"` lines miss.
pub(crate) fn play(stage: &Stage, text: &str) -> (String, Vec<String>) {
    let (mut written, mut missing) = (String::new(), Vec::new());
    let (mut talk, mut hint, mut said) = (Talk::new(stage), None, String::new());
    for line in text.lines() {
        let (mark, rest) = line.split_at_checked(2).unwrap_or((line, ""));
        if matches!(mark.chars().next(), Some('<' | '*')) || line.starts_with("  [") {
            continue;
        }
        writeln!(written, "{line}").unwrap();
        let turns = match mark {
            "==" => {
                (talk, hint) = (Talk::new(stage), None);
                Vec::new()
            }
            "> " => vec![talk.turn(received(Content::Text { text: rest.to_owned() }, hint.as_ref()))],
            "~ " => talk.wait(span(rest)),
            "! " => match rest.strip_prefix("hint ") {
                Some(tag) => {
                    hint = Some(LocaleTag::new(tag.to_owned()));
                    Vec::new()
                }
                None => vec![happen(&mut talk, rest, hint.as_ref())],
            },
            "\" " if !said.contains(rest) => {
                missing.push(format!("`{rest}` is not in `{said}`"));
                Vec::new()
            }
            _ => Vec::new(),
        };
        if !turns.is_empty() {
            said.clear();
        }
        for effects in turns {
            for (_, say) in says(&effects) {
                said.push_str(&stage.words(say));
            }
            written.push_str(&describe(&talk, &effects));
        }
    }
    (written, missing)
}

fn received(content: Content, hint: Option<&LocaleTag>) -> EventKind {
    EventKind::Received { content, language_hint: hint.cloned() }
}

/// What a `!` line does.
fn happen(talk: &mut Talk<'_>, line: &str, hint: Option<&LocaleTag>) -> Vec<Effect> {
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    if let Some(effects) = about_proof(talk, verb) {
        return effects;
    }
    let officer = "officer".to_owned();
    let reference = || talk.ticket().expect("a ticket to take");
    let content = match verb {
        "late" => {
            talk.now = talk.now + span(rest);
            return Vec::new();
        }
        // In the digits of an Arabic keyboard, as it is typed off the screen.
        "number" => {
            let digits = reference().as_str().replace('-', "");
            let arabic =
                |digit: char| digit.to_digit(10).and_then(|value| char::from_u32(0x0660 + value)).unwrap_or(digit);
            return talk.turn(received(Content::Text { text: digits.chars().map(arabic).collect() }, hint));
        }
        "request" => {
            register(talk, rest);
            return Vec::new();
        }
        "paper" => {
            let state = FileState::parse(rest).expect("a file's state");
            return talk.turn(EventKind::PaperTaken { paper: PASSPORT.to_owned(), state });
        }
        "news" => return talk.turn(EventKind::RequestNews { kind: NoticeKind::Update, country: None }),
        "reminder" => return talk.turn(EventKind::RequestNews { kind: NoticeKind::Reminder, country: None }),
        "took" => return talk.turn(EventKind::OfficerTook { reference: reference(), officer }),
        "replied" => {
            return talk.turn(EventKind::OfficerReplied { reference: reference(), officer, text: rest.to_owned() });
        }
        "closed" => return talk.turn(EventKind::OfficerClosed { reference: reference() }),
        "press" => {
            let place: usize = rest.parse().expect("the place of a choice");
            Content::Choice { data: talk.state.offered.get(place - 1).expect("an offered choice").id.clone() }
        }
        "choice" => Content::Choice { data: rest.to_owned() },
        "media" => {
            let (kind, caption) = rest.split_once(' ').map_or((rest, None), |(kind, words)| (kind, Some(words)));
            let kind: MediaKind = serde_json::from_value(kind.into()).expect("a kind of media");
            Content::Media { kind, caption: caption.map(str::to_owned) }
        }
        "edited" => Content::Edited { text: rest.to_owned() },
        "react" => Content::Reaction { emoji: rest.to_owned(), provider_id: None },
        // `! own`: the person shares their own number; `! own matches` where a file names it.
        "own" => {
            talk.matches = rest == "matches";
            Content::Shared
        }
        "opened" => Content::Opened,
        "blocked" => Content::Blocked,
        "deleted" => Content::Deleted,
        "unsupported" => Content::Unsupported { what: "poll".to_owned() },
        _ => panic!("`{line}`: no such event"),
    };
    talk.turn(received(content, hint))
}

/// What happens around proof: `shares` (the channel has a button that shares a number), `proved`, `confirmed` by an officer,
/// `attested` by the channel, `arrived` (a watch fires).
fn about_proof(talk: &mut Talk<'_>, verb: &str) -> Option<Vec<Effect>> {
    match verb {
        "shares" => talk.shares_number = true,
        "proved" => talk.proved = true,
        "confirmed" | "attested" => {
            talk.proved = true;
            return Some(talk.turn(EventKind::ProofConfirmed { attested: verb == "attested" }));
        }
        "arrived" => return Some(talk.turn(EventKind::TimerFired { name: WATCH_TIMER.to_owned() })),
        _ => return None,
    }
    Some(Vec::new())
}

/// `! request STAGE [accepted|refused] [embassy|ministry] [missing|returned|came] [page]`: what the register knows, not yet proved here.
fn register(talk: &mut Talk<'_>, rest: &str) {
    let words: Vec<&str> = rest.split(' ').collect();
    let stage = Step::parse(words[0]).expect("a stage");
    let reported = words.iter().find(|word| matches!(**word, "embassy" | "ministry"));
    let received = !matches!(stage, Step::WithEmbassy | Step::WithMinistry);
    talk.request = Some(RequestFacts {
        id: RequestId(uuid::Uuid::nil()),
        reference: "AW-2026-0000123".to_owned(),
        stage,
        holder: stage.usual_holder(),
        since: talk.now - Duration::from_hours(72),
        source: reported.map_or("import", |word| *word).to_owned(),
        received_at: received.then_some(talk.now - Duration::from_hours(240)),
        ruling: words.iter().find_map(|word| Ruling::parse(word)),
        missing: words.iter().filter(|word| **word == "missing").map(|_| PASSPORT.to_owned()).collect(),
        papers: words.iter().skip(1).filter_map(|word| paper(word)).collect(),
        page: words.contains(&"page"),
    });
}

fn paper(word: &str) -> Option<PaperFacts> {
    let state = match word {
        "missing" => PaperState::Missing,
        "returned" => PaperState::Returned,
        "came" => PaperState::Received,
        _ => return None,
    };
    let reason = (state == PaperState::Returned).then(|| "الصورة غير واضحة".to_owned());
    Some(PaperFacts { name: PASSPORT.to_owned(), state, reason })
}

fn span(words: &str) -> Duration {
    let (count, unit) = words.split_at(words.len() - 1);
    let count: u64 = count.parse().expect("a number of hours or minutes");
    match unit {
        "h" => Duration::from_hours(count),
        "m" => Duration::from_mins(count),
        _ => panic!("`{words}`: h or m"),
    }
}

/// The turn as its lines.
fn describe(talk: &Talk<'_>, effects: &[Effect]) -> String {
    let number = |reference: &TicketReference| {
        let place = talk.tickets.iter().position(|ticket| ticket.reference == *reference);
        format!("#{}", place.map_or(0, |place| place + 1))
    };
    let mut lines = String::new();
    for effect in effects {
        let line = match effect {
            Effect::Say { say, .. } => described(say),
            Effect::OpenTicket { reference, kind, urgency, topic, text } => {
                let topic = topic.as_deref().map(|topic| format!(" ({topic})")).unwrap_or_default();
                format!("* ticket {} {kind} {urgency}{topic}: {}", number(reference), text.replace('\n', " / "))
            }
            Effect::AddToTicket { reference, text } => format!("* add to {}: {text}", number(reference)),
            Effect::SetTimer { name, .. } => format!("* timer {name}"),
            Effect::ClearTimer { name } => format!("* no timer {name}"),
            Effect::Rate { article, score, .. } => format!("* rate {article} {score}"),
            Effect::Consent { kind, .. } => format!("* consent {kind}"),
            Effect::SetLocale { locale } => format!("* language {locale}"),
            Effect::OptOut { out } => format!("* notices {}", if *out { "off" } else { "on" }),
            Effect::Reminders { wanted } => format!("* reminders {}", if *wanted { "on" } else { "off" }),
            Effect::Reachable { reachable } => format!("* {}", if *reachable { "reachable" } else { "unreachable" }),
            Effect::SeekProof { keys } => format!("* seek {}", keys.join(" ")),
            Effect::Watch { key } => format!("* watch {key}"),
            Effect::Unwatch => "* unwatch".to_owned(),
            Effect::Unlink => "* unlink".to_owned(),
            Effect::Erase => "* erase".to_owned(),
            // Confidences change with every article; what was said is enough.
            Effect::Decided(_) => continue,
        };
        writeln!(lines, "{}", line.trim_end()).unwrap();
    }
    lines
}

fn described(say: &Say) -> String {
    let pieces: Vec<String> = say
        .pieces
        .iter()
        .map(|piece| match piece {
            Piece::Phrase { id, .. } => id.clone(),
            Piece::Article { id, .. } => format!("@{id}"),
            Piece::ArticleTitle { id } => format!("@{id}.title"),
            Piece::PapersLink { .. } => "=papers-link".to_owned(),
            Piece::Verbatim { text } => format!("\"{text}\""),
        })
        .collect();
    let choices: Vec<String> = say
        .choices
        .iter()
        .map(|choice| match choice.id.split(':').collect::<Vec<_>>()[..] {
            // The rest is the message's id.
            ["rate" | "service", score, _] => format!("{}:{score}", choice.id.split(':').next().unwrap_or_default()),
            _ => match &choice.label {
                Label::Text(words) => format!("{}={words}", choice.id),
                Label::Phrase(_) | Label::ArticleTitle(_) => choice.id.clone(),
            },
        })
        .collect();
    let choices = if choices.is_empty() { String::new() } else { format!("\n  [{}]", choices.join(" ")) };
    format!("< {}{choices}", pieces.join(" "))
}
