//! The drawing of the route: whole in every language and at every stage, in letters that are shaped, and never in the way.
use awasir::app::Pictures;
use awasir::channels::limits_of;
use awasir::documents::{ROUTE_HEIGHT, ROUTE_ROWS, ROUTE_WIDTH, RouteError, RouteWords, route_picture};
use awasir::locale::Catalog;
use awasir::model::{LocaleTag, OutboundPart, Picture, Say, Stage, TransportName};
use resvg::tiny_skia::Pixmap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Whoever pays for data by the megabyte pays for this.
const HEAVIEST: usize = 60_000;

#[tokio::test]
async fn every_stage_has_a_small_picture_of_its_own_in_every_language() {
    let catalog = Arc::new(Catalog::embedded());
    let pictures = Pictures::new(catalog.clone());
    for locale in catalog.locales() {
        let mut seen = BTreeSet::new();
        for stage in Stage::ALL {
            let png = pictures.png(Picture::Route(*stage), locale).await.unwrap();
            assert!(png.len() <= HEAVIEST, "{stage} {locale}: {} bytes", png.len());
            let pixels = Pixmap::decode_png(&png).unwrap();
            assert_eq!((pixels.width(), pixels.height()), (u32::from(ROUTE_WIDTH), u32::from(ROUTE_HEIGHT)));
            assert!(seen.insert(png.to_vec()), "{stage} {locale} looks like another stage");
        }
    }
    assert_eq!(pictures.png(Picture::Route(Stage::Studying), &LocaleTag::new("tlh")).await, None);
}

#[test]
fn what_it_shows_is_said_in_words_for_every_stage_where_the_channel_carries_pictures() {
    let pictures = Pictures::new(Arc::new(Catalog::embedded()));
    let say = |stage| Say { picture: Some(Picture::Route(stage)), ..Say::reply(LocaleTag::ARABIC) };
    let shown = |stage, on: &'static str| pictures.shown_with(&say(stage), limits_of(&TransportName::new(on)));
    let mut alts = BTreeSet::new();
    for stage in Stage::ALL {
        let shown_there = shown(*stage, "telegram").unwrap();
        assert_eq!(shown(*stage, "webchat").unwrap(), shown_there);
        assert_eq!(shown(*stage, "terminal"), None);
        assert!(alts.insert(shown_there.alt.clone()), "{stage}: {}", shown_there.alt);
    }
    let alt = shown(Stage::Completing, "telegram").unwrap().alt;
    assert!(alt.contains("استيفاء المعلومات. ننتظر منكم"), "{alt}");
}

/// Columns that `label` blackens in the row of the embassy.
fn columns(label: &str) -> usize {
    let mut rows = ROUTE_ROWS.map(|_| "·".to_owned());
    rows[1] = label.to_owned();
    let png = route_picture(Stage::Studying, &RouteWords { rows, mark: "·".to_owned(), rtl: true }).unwrap();
    let pixels = Pixmap::decode_png(&png).unwrap();
    let dark = |x: u32| (110..180).any(|y| pixels.pixel(x, y).is_some_and(|pixel| pixel.red() < 90 && x < 600));
    (0..pixels.width()).filter(|x| dark(*x)).count()
}

#[test]
fn arabic_letters_are_joined_and_run_from_the_right() {
    // Letters that do not join have gaps between them, and their own, wider forms.
    let apart: String = "السفارة".chars().flat_map(|letter| [letter, '\u{200c}']).collect();
    let (joined, apart) = (columns("السفارة"), columns(&apart));
    assert!(joined > 60 && apart * 10 > joined * 12, "joined {joined}, apart {apart} columns");
}

#[test]
fn words_that_cannot_be_drawn_well_are_not_drawn() {
    let draw = |label: &str| {
        let words = RouteWords { rows: ROUTE_ROWS.map(|_| label.to_owned()), mark: label.to_owned(), rtl: false };
        route_picture(Stage::Studying, &words)
    };
    assert!(matches!(draw("大使馆"), Err(RouteError::Letter(_))));
    assert!(matches!(draw(&"Ministry ".repeat(9)), Err(RouteError::TooLong(_))));
    // What the template would take for markup is words like others.
    assert!(draw("A <b> & \"c\"").is_ok());
}

#[test]
fn what_was_kept_before_there_were_pictures_still_reads() {
    let old = r#"{"delivery":"00000000-0000-0000-0000-000000000001","conversation":"00000000-0000-0000-0000-000000000002",
        "to":"7","text":[{"t":"x"}],"choices":[],"locale":"ar"}"#;
    assert_eq!(serde_json::from_str::<OutboundPart>(old).unwrap().picture, None);
    let say = Say::reply(LocaleTag::ARABIC);
    let kept = serde_json::to_string(&say).unwrap();
    assert!(!kept.contains("picture"), "a turn without one is hashed as before: {kept}");
    assert_eq!(serde_json::from_str::<Say>(&kept).unwrap(), say);
}
