//! What the engine says, as each kind of channel is given it.
use awasir::app::render::{ContactTexts, RenderedPart, render};
use awasir::channels::{Limits, Unit};
use awasir::knowledge::{ArticleFile, Library, Material};
use awasir::locale::Catalog;
use awasir::model::{Choice, Label, LocaleTag, Picture, Piece, Rich, Say, Stage, Value};
use awasir::settings::Reader;
use proptest::prelude::*;
use std::collections::BTreeMap;

const AR: &str = "own-name = العربية\ndirection = rtl\nhello = أهلًا **{ $name }**\nnot-available = غير متاح\n\
                  cut-short = (للحديث بقية)\nphrase-missing = عذرًا\nchoose = اختاروا\n";
const EN: &str = "own-name = English\nhello = Hello **{ $name }**\nnot-available = not available\ncut-short = (cut)\nchoose = Choose\n";

const ARTICLE: &str = "+++\nid = \"apply\"\nkind = \"answer\"\ntitle = \"How do I apply for help?\"\nshort_title = \"Apply\"\nshort = \"x\"\n\
                       source = []\nreview_by = \"2027-05-31\"\nstatus = \"approved\"\n+++\nAt the **embassy**.\n\n\
                       1. one\n2. two\n\nCall {contact_phone}, write {contact_email}.\n";

fn catalog() -> Catalog {
    let files = [("ar/locale.ftl", AR), ("en/locale.ftl", EN)];
    let files: BTreeMap<String, String> = files.map(|(path, text)| (path.to_owned(), text.to_owned())).into();
    Catalog::load(&files).unwrap()
}

fn library() -> Library {
    let file = ArticleFile::parse(ARTICLE).unwrap();
    Library::taught(1, Material { texts: vec![(LocaleTag::ENGLISH, file)], ..Material::default() })
}

fn limits() -> Limits {
    Limits {
        text: 4096,
        unit: Unit::Utf16,
        parts: 3,
        choices: 3,
        choice_label: 12,
        caption: None,
        bold: true,
        isolates: true,
        window: None,
        shares_number: false,
        in_flight: 1,
    }
}

fn rendered(say: &Say, limits: &Limits) -> Vec<RenderedPart> {
    let contacts = ContactTexts::read(&mut Reader::from_values([]));
    render(say, &catalog(), &library(), limits, &contacts)
}

fn say(locale: LocaleTag, pieces: Vec<Piece>, labels: &[&str]) -> Say {
    let choice = |label: &&str| Choice { id: format!("c:{label}"), label: Label::Text((*label).to_owned()) };
    Say { pieces, choices: labels.iter().map(choice).collect(), ..Say::reply(locale) }
}

fn hello(name: &str) -> Piece {
    Piece::Phrase { id: "hello".to_owned(), args: BTreeMap::from([("name".to_owned(), Value::Text(name.to_owned()))]) }
}

fn plain(parts: &[RenderedPart]) -> Vec<String> {
    parts.iter().map(|part| part.text.to_plain()).collect()
}

#[test]
fn phrases_are_bold_and_isolated_where_the_channel_shows_it() {
    let say = say(LocaleTag::ARABIC, vec![hello("**A*")], &[]);
    let shown = &rendered(&say, &limits())[0].text;
    assert_eq!(shown.to_plain(), "أهلًا \u{2068}**A*\u{2069}");
    assert!(shown.spans[1].bold);
    let bare = rendered(&say, &Limits { bold: false, isolates: false, ..limits() });
    assert_eq!(bare[0].text, Rich::plain("أهلًا **A*"));
}

#[test]
fn an_article_is_said_with_its_contacts_and_falls_back_to_a_language_that_has_it() {
    let piece = Piece::Article { id: "apply".to_owned(), revision: 1 };
    for (locale, unset) in [(LocaleTag::ENGLISH, "not available"), (LocaleTag::ARABIC, "غير متاح")] {
        let parts = rendered(&say(locale, vec![piece.clone()], &[]), &Limits { isolates: false, ..limits() });
        let expected = format!("At the embassy.\n\n1. one\n2. two\n\nCall 920004949, write {unset}.");
        assert_eq!(plain(&parts), [expected]);
    }
    let gone = Piece::Article { id: "gone".to_owned(), revision: 1 };
    assert_eq!(plain(&rendered(&say(LocaleTag::ARABIC, vec![gone], &[]), &limits())), ["عذرًا"]);
}

#[test]
fn choices_are_buttons_or_a_numbered_list() {
    let few = rendered(&say(LocaleTag::ENGLISH, vec![hello("a")], &["one", "a very long label"]), &limits());
    let labels: Vec<&str> = few[0].choices.iter().map(|choice| choice.label.as_str()).collect();
    assert_eq!(labels, ["one", "a very long…"]);
    let many = rendered(&say(LocaleTag::ENGLISH, vec![hello("a")], &["a", "b", "c", "a very long label"]), &limits());
    assert!(many[0].choices.is_empty());
    assert!(many[0].text.to_plain().ends_with("\n\n1. a\n2. b\n3. c\n4. a very long label"));
}

#[test]
fn a_narrow_button_takes_the_short_title() {
    let mut say = say(LocaleTag::ENGLISH, vec![hello("a")], &[]);
    say.choices.push(Choice { id: "a:apply".to_owned(), label: Label::ArticleTitle("apply".to_owned()) });
    assert_eq!(rendered(&say, &limits())[0].choices[0].label, "Apply");
}

#[test]
fn what_is_too_long_is_cut_and_says_so_and_the_list_stays() {
    let long = Piece::Verbatim { text: "word ".repeat(200) };
    let narrow = Limits { text: 100, choices: 0, parts: 2, ..limits() };
    let parts = plain(&rendered(&say(LocaleTag::ENGLISH, vec![long], &["yes", "no"]), &narrow));
    assert_eq!(parts.len(), 2);
    assert!(parts[1].ends_with("word\n\n(cut)\n\n1. yes\n2. no"), "{}", parts[1]);
}

#[test]
fn words_too_long_for_a_caption_go_on_in_the_next_part_and_none_is_lost() {
    let text = "word ".repeat(30);
    let narrow = Limits { caption: Some(40), ..limits() };
    let mut say = say(LocaleTag::ENGLISH, vec![Piece::Verbatim { text: text.clone() }], &["yes"]);
    assert_eq!(rendered(&say, &narrow).len(), 1, "a caption's limit binds only what has a picture");
    say.picture = Some(Picture::Route(Stage::Received));
    let parts = rendered(&say, &narrow);
    assert_eq!((parts.len(), parts[1].choices.len()), (2, 1));
    assert_eq!(plain(&parts).join(" "), text.trim());
}

proptest! {
    #[test]
    fn every_part_fits(
        texts in proptest::collection::vec("[a-zء-ي\n👍é ]{0,300}", 0..4),
        labels in proptest::collection::vec("[a-zء-ي ]{1,40}", 0..6),
        text in 10_usize..200, parts in 1_usize..4, choices in 0_usize..5, label in 1_usize..30, utf16: bool,
        caption in proptest::option::of(10_usize..200),
    ) {
        let unit = if utf16 { Unit::Utf16 } else { Unit::Char };
        let limits = Limits { text, unit, parts, choices, choice_label: label, caption, ..limits() };
        let pieces = texts.into_iter().map(|text| Piece::Verbatim { text }).collect();
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        let picture = Some(Picture::Route(Stage::Received));
        let say = Say { picture, ..say(LocaleTag::ENGLISH, pieces, &labels) };
        let rendered = rendered(&say, &limits);
        prop_assert!(rendered.len() <= parts);
        if let (Some(caption), Some(first)) = (caption, rendered.first()) {
            prop_assert!(unit.measure(&first.text.to_plain()) <= caption);
        }
        for (place, part) in rendered.iter().enumerate() {
            prop_assert!(unit.measure(&part.text.to_plain()) <= text);
            prop_assert!(!part.text.is_empty());
            prop_assert!(part.choices.is_empty() || place + 1 == rendered.len());
            prop_assert!(part.choices.iter().all(|choice| choice.label.chars().count() <= label));
        }
    }
}
