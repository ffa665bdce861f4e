//! Properties of the engine: whatever people, officers and clocks do, in any order.
use crate::dialogues::talk::{Talk, says};
use crate::dialogues::world::Stage;
use awasir::engine::{Conversation, Effect, Owner};
use awasir::model::{Content, EventKind, Label, LocaleTag, MediaKind, Piece, TicketReference, Value};
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

static STAGE: LazyLock<Stage> = LazyLock::new(Stage::new);

/// What people write: every command and flow, questions, alarms, numbers, noise.
const WORDS: &str = concat!(
    "موظف|القائمة|مساعدة|رجوع|إلغاء|توقف|ابدأ|نعم|لا|اللغة|عربي|english|مسار الطلب|السفارة|قبل السفارة|",
    "شكوى|اقتراح|تطوع|كلموني|بياناتي|احذف بياناتي|نسخة من بياناتي|تقييم|ممتاز|سيئ|شكرا|مرحبا|مع السلامة|",
    "تخطي|تم|لا شيء منها|الخصوصية|الثاني|1|2|7|99|كيف أقدم على مساعدة|متى يجي الرد|المساعدة كم ومتى|",
    "السفارة في المغرب|مصر|زوجي يضربني|بدي موت|طلب مني فلوس|Where is my request?|wen wasal 6alabi|",
    "غثغث ضظضظ|التالي|👍|🌹||   |هويتي 1012345672|1012345672|\u{202E}\u{0000}|التحدث إلى موظف",
);

/// Buttons, current, old and foreign.
const BUTTONS: &str = concat!(
    "menu|menu:more|menu:route|menu:embassy|menu:prepare|menu:officer|menu:complaint|menu:suggestion|",
    "menu:volunteer|menu:callback|menu:data|menu:data-request|menu:erase|menu:language|menu:privacy|",
    "route:2|route:255|prepare:4|prepare:0|country:MA|country:ZZ|country:|consent:yes:complaint|",
    "consent:no:call-back|ticket:done|ticket:cancel|erase:yes|erase:no|lang:en|lang:zz|",
    "title:how-to-apply|title:gone|none|rate:1:x|rate||:::|shop",
);

/// One thing that can happen.
#[derive(Debug, Clone)]
enum Happens {
    Kind(EventKind),
    /// The choice at this place is pressed, if there are so many.
    Press(usize),
    /// An officer takes, answers or closes the newest ticket, if there is one.
    Took,
    Replied,
    Closed,
    Wait(Duration),
}

fn person(content: Content) -> Happens {
    Happens::Kind(EventKind::Received { content, language_hint: None })
}

fn text(text: impl Into<String>) -> Happens {
    person(Content::Text { text: text.into() })
}

/// One of the words between the bars.
fn listed(words: &'static str) -> impl Strategy<Value = &'static str> {
    prop::sample::select(words.split('|').collect::<Vec<_>>())
}

fn happens() -> impl Strategy<Value = Happens> {
    let media = prop::sample::select(vec![
        MediaKind::Photo,
        MediaKind::Voice,
        MediaKind::Video,
        MediaKind::Document,
        MediaKind::Sticker,
        MediaKind::Location,
        MediaKind::Contact,
        MediaKind::Other,
    ]);
    let simple = vec![
        person(Content::Opened),
        person(Content::Blocked),
        person(Content::Deleted),
        person(Content::Unsupported { what: "poll".to_owned() }),
        Happens::Kind(EventKind::TimerFired { name: "officer-silence".to_owned() }),
        Happens::Kind(EventKind::TimerFired { name: "of-an-older-version".to_owned() }),
    ];
    prop_oneof![
        12 => listed(WORDS).prop_map(text),
        2 => any::<String>().prop_map(text),
        5 => listed(BUTTONS).prop_map(|data| person(Content::Choice { data: data.to_owned() })),
        6 => (0_usize..9).prop_map(Happens::Press),
        1 => listed(WORDS).prop_map(|text| person(Content::Edited { text: text.to_owned() })),
        1 => prop::sample::select(vec!["👍", "👎🏿", "❤️", ""])
            .prop_map(|emoji| person(Content::Reaction { emoji: emoji.to_owned(), provider_id: None })),
        1 => (media, prop::option::of(listed(WORDS)))
            .prop_map(|(kind, words)| person(Content::Media { kind, caption: words.map(str::to_owned) })),
        2 => prop::sample::select(simple),
        2 => Just(Happens::Took),
        1 => Just(Happens::Replied),
        2 => Just(Happens::Closed),
        1 => (1_u64..200).prop_map(|minutes| Happens::Wait(Duration::from_mins(minutes))),
    ]
}

/// Lets it happen; the effects of every turn it came to.
fn apply(talk: &mut Talk<'_>, happens: &Happens) -> Vec<Vec<Effect>> {
    let officer = "officer".to_owned();
    let kind = match (happens, talk.ticket()) {
        (Happens::Wait(span), _) => return talk.wait(*span),
        (Happens::Kind(kind), _) => kind.clone(),
        (Happens::Press(place), _) => match talk.state.offered.get(*place) {
            Some(choice) => {
                let content = Content::Choice { data: choice.id.clone() };
                EventKind::Received { content, language_hint: Some(LocaleTag::new("ar-EG")) }
            }
            None => return Vec::new(),
        },
        (Happens::Took, Some(reference)) => EventKind::OfficerTook { reference, officer },
        (Happens::Replied, Some(reference)) => EventKind::OfficerReplied { reference, officer, text: "…".to_owned() },
        (Happens::Closed, Some(reference)) => EventKind::OfficerClosed { reference },
        (Happens::Took | Happens::Replied | Happens::Closed, None) => return Vec::new(),
    };
    vec![talk.turn(kind)]
}

fn phrases(effects: &[Effect]) -> Vec<String> {
    let said = says(effects).flat_map(|(_, say)| &say.pieces);
    said.filter_map(|piece| match piece {
        Piece::Phrase { id, .. } => Some(id.clone()),
        _ => None,
    })
    .collect()
}

/// Every phrase that a turn names, in any place.
fn named(effects: &[Effect]) -> Vec<String> {
    let mut ids = phrases(effects);
    for (_, say) in says(effects) {
        ids.extend(say.choices.iter().filter_map(|choice| match &choice.label {
            Label::Phrase(id) => Some(id.clone()),
            _ => None,
        }));
        let args = say.pieces.iter().filter_map(|piece| match piece {
            Piece::Phrase { args, .. } => Some(args.values()),
            _ => None,
        });
        ids.extend(args.flatten().filter_map(|value| match value {
            Value::Phrase { phrase } => Some(phrase.clone()),
            _ => None,
        }));
    }
    ids
}

/// The state after all of `story`; every turn of it is checked by [`Talk`].
fn after(story: &[Happens]) -> Talk<'static> {
    let mut talk = Talk::new(&STAGE);
    for happens in story {
        apply(&mut talk, happens);
    }
    talk
}

fn told(effects: &[Effect], phrase: &str) -> bool {
    phrases(effects).iter().any(|id| id == phrase)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    /// Replay, bounds and ids are checked by `Talk` at every turn; here also that everything said exists and is whole.
    #[test]
    fn nothing_that_happens_breaks_a_conversation(story in prop::collection::vec(happens(), 1..40)) {
        let mut talk = Talk::new(&STAGE);
        for happens in &story {
            for effects in apply(&mut talk, happens) {
                for id in named(&effects) {
                    for locale in STAGE.catalog.locales() {
                        prop_assert!(STAGE.catalog.has_phrase(locale, &id), "`{id}` is missing in {locale}");
                    }
                }
                for (_, say) in says(&effects) {
                    prop_assert!(!STAGE.words(say).trim().is_empty());
                }
            }
        }
        prop_assert_eq!(STAGE.catalog.missed(), 0, "a phrase lacked a variable");
    }

    #[test]
    fn the_bot_is_silent_while_an_officer_speaks(
        before in prop::collection::vec(happens(), 0..15),
        during in prop::collection::vec(happens(), 1..15),
    ) {
        let mut talk = after(&before);
        apply(&mut talk, &text("موظف"));
        apply(&mut talk, &Happens::Took);
        for happens in during {
            if !matches!(talk.state.owner, Owner::Officer { .. }) {
                break;
            }
            let person_acts = matches!(&happens, Happens::Kind(EventKind::Received { .. }) | Happens::Press(_));
            for effects in apply(&mut talk, &happens) {
                let allowed = ["urgent-danger", "danger-ticket", "danger-added", "stopped", "started"];
                let only = phrases(&effects).iter().all(|id| allowed.contains(&id.as_str()));
                prop_assert!(!person_acts || only, "said {:?}", phrases(&effects));
            }
        }
    }

    #[test]
    fn officer_menu_and_stop_work_in_every_state(story in prop::collection::vec(happens(), 0..25)) {
        let words = [
            ("موظف", &["officer-ticket", "officer-ticket-already"][..]),
            ("القائمة", &["menu-prompt"]),
            ("توقف", &["stopped"]),
        ];
        for (word, expected) in words {
            let mut talk = after(&story);
            if word != "توقف" && matches!(talk.state.owner, Owner::Officer { .. }) {
                continue;
            }
            let effects = apply(&mut talk, &text(word)).concat();
            prop_assert!(expected.iter().any(|id| told(&effects, id)), "{word}: {:?}", phrases(&effects));
            if word == "توقف" {
                prop_assert!(effects.contains(&Effect::OptOut { out: true }), "no opt-out");
                prop_assert!(talk.state.stopped_at.is_some());
            }
        }
    }

    #[test]
    fn danger_is_told_first_in_every_state(story in prop::collection::vec(happens(), 0..25)) {
        let mut talk = after(&story);
        let effects = apply(&mut talk, &text("زوجي يضربني الآن")).concat();
        let (_, first) = says(&effects).next().expect("something is said");
        let urgent = first.pieces.iter().any(|piece| match piece {
            Piece::Article { id, .. } => id == "urgent-danger",
            Piece::Phrase { id, .. } => id == "danger-added" || id == "officer-silent",
            _ => false,
        });
        prop_assert!(urgent, "{first:?}");
    }
}

#[test]
fn a_taken_reference_makes_another_one() {
    let event = awasir::model::Event {
        id: awasir::model::EventId(uuid::Uuid::from_u128(7)),
        at: awasir::model::Timestamp::from_seconds(1_795_500_000),
        kind: EventKind::Received { content: Content::Text { text: "موظف".to_owned() }, language_hint: None },
    };
    let reference = |salt| -> TicketReference {
        let world = awasir::engine::World { salt, ..STAGE.at(event.at) };
        let effects = awasir::engine::step(&Conversation::default(), &event, &world).effects;
        effects
            .into_iter()
            .find_map(|effect| match effect {
                Effect::OpenTicket { reference, .. } => Some(reference),
                _ => None,
            })
            .unwrap()
    };
    assert_eq!(reference(0), reference(0));
    assert_ne!(reference(0), reference(1));
    assert_ne!(reference(1), reference(2));
}

/// Every state that was ever written opens: files are added here, never changed.
#[test]
fn old_states_open() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/states");
    let mut opened = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let state: Conversation =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        // What was in it is still in it: a renamed field would fall back to its default without a word.
        let (was, is): (serde_json::Value, _) =
            (serde_json::from_str(&text).unwrap(), serde_json::to_value(&state).unwrap());
        for (field, value) in was.as_object().unwrap() {
            assert_eq!(Some(value), is.get(field), "{}: {field}", path.display());
        }
        opened += 1;
    }
    assert!(opened >= 12, "{opened} states");
}

/// A phrase must not tell people to write a word that nobody understands.
#[test]
fn words_that_phrases_name_are_commands_or_buttons() {
    for stage in [&*STAGE, &Stage::embedded()] {
        let catalog = &stage.catalog;
        for locale in catalog.locales() {
            let path = format!("{}/locales/{locale}/bot.ftl", env!("CARGO_MANIFEST_DIR"));
            let phrases = fs::read_to_string(path).unwrap();
            let (open, close) = if catalog.is_rtl(locale) { ('«', '»') } else { ('“', '”') };
            for line in phrases.lines().filter(|line| !line.starts_with('#')) {
                let quoted = line.split(open).skip(1).filter_map(|rest| rest.split(close).next());
                // Longer ones quote the policy.
                for words in quoted.filter(|words| words.split(' ').count() <= 4 && !words.contains('.')) {
                    let label = phrases.lines().any(|line| {
                        line.starts_with("choice-")
                            && line.split_once(" = ").is_some_and(|(_, label)| label.eq_ignore_ascii_case(words))
                    });
                    assert!(label || catalog.command(words).is_some(), "{locale}: `{words}` in `{line}`");
                }
            }
        }
    }
}
