//! Properties of the characters' layer, on any text.
use crate::support::shared;
use awasir::model::Rich;
use awasir::text::{Unit, clean, ellipsize, fold, guess, mask, skeleton, split, stem, strip_isolates, words};
use proptest::prelude::*;

/// Our own sentences and what they are compared by.
const FOLDED: &[(&str, &str)] = &[
    ("السَّلامُ عليكم، كيف الحال؟", "السلام عليكم كيف الحال"),
    ("أُريدُ أن أقدّمَ طلبًا لأُسرتي", "اريد ان اقدم طلبا لاسرتي"),
    ("إلى أيِّ سفارةٍ نذهب؟!", "الي اي سفاره نذهب"),
    ("شلون أسجّل عيااااالي عندكم", "شلون اسجل عيالي عندكم"),
    ("ازاى اقدّم ع المساعدة دى", "ازاي اقدم ع المساعده دي"),
    ("وقتاش غادي توصل الإجابة ديالكم؟", "وقتاش غادي توصل الاجابه ديالكم"),
    ("رقم الملف ٤٤٤٥٥٥ / ۱۲۳", "رقم الملف 444555 123"),
    ("سؤال بسيط: هل الردّ مؤكَّد؟", "سوال بسيط هل الرد موكد"),
    ("هذا شيءٌ جميل وبريء", "هذا شي جميل وبري"),
    ("مـــرحـــبـــا 🌹🌹", "مرحبا"),
    ("ﻣﺮﺣﺒﺎ", "مرحبا"),
    ("چای و گل در پارک", "جاي و كل در بارك"),
    ("وين\u{200F} الطلب\u{202E}؟", "وين الطلب"),
    ("wen WASAL 6alabi???", "wen wasal 6alabi"),
    ("Où est l’ambassade saoudienne ?", "ou est lambassade saoudienne"),
    ("Don't I need papers?", "dont i need papers"),
    ("noooooo, 1000 times no", "no 1000 times no"),
    ("ＦＵＬＬ ｗｉｄｔｈ １２", "full width 12"),
    ("क्या मुझे मदद मिलेगी?", "क्या मुझे मदद मिलेगी"),
    ("…؟!", ""),
];

#[test]
fn folding_gives_what_people_would_call_the_same_words() {
    for (text, expected) in FOLDED {
        assert_eq!(fold(text), *expected, "{text}");
    }
}

#[test]
fn the_golden_vectors_hold() {
    let file = shared("data/nlu/golden_normalisation.tsv");
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.lines().count() >= 20);
    for line in text.lines() {
        let [said, folded, skeletons] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("three columns: {line}")
        };
        let once = fold(said);
        assert_eq!(once, folded, "{said}");
        let of_words: Vec<String> = words(&once).map(skeleton).collect();
        assert_eq!(of_words.join(" "), skeletons, "{said}");
    }
}

#[test]
fn every_character_folds_to_something_that_stays() {
    for c in ('\u{0}'..='\u{2FFFF}').filter(|c| c.is_alphanumeric() || *c < '\u{3000}') {
        let once = fold(&format!("a{c}b"));
        assert_eq!(fold(&once), once, "{:x}", u32::from(c));
    }
}

proptest! {
    #[test]
    fn folding_twice_changes_nothing(text in "\\PC*", arabic in "[\u{600}-\u{6ff}'’aA1 ]{0,40}") {
        for text in [text, arabic] {
            let once = fold(&text);
            prop_assert_eq!(&fold(&once), &once);
            prop_assert!(!once.contains("  ") && !once.starts_with(' ') && !once.ends_with(' '));
        }
    }

    #[test]
    fn nothing_panics(text in any::<String>()) {
        let folded = fold(&text);
        let _ = (guess(&text), clean(&text), mask(&text), strip_isolates(&text), ellipsize(&text, 3));
        for word in words(&folded) {
            let _ = (stem(word), skeleton(word));
        }
    }

    #[test]
    fn cutting_keeps_every_sign_and_every_limit(
        spans in proptest::collection::vec(("[a-zء-يً👩‍👧🇸🇦é \n]{0,60}", any::<bool>()), 0..6), limit in 2_usize..50, utf16: bool,
    ) {
        let unit = if utf16 { Unit::Utf16 } else { Unit::Char };
        let mut rich = Rich::default();
        for (text, bold) in &spans {
            rich.push(text, *bold);
        }
        let parts = split(&rich, limit, unit);
        let signs = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let kept: String = parts.iter().map(|part| signs(&part.to_plain())).collect();
        prop_assert_eq!(kept, signs(&rich.to_plain()));
        let bold = |rich: &Rich| rich.spans.iter().filter(|span| span.bold).map(|span| signs(&span.text)).collect::<String>();
        prop_assert_eq!(parts.iter().map(bold).collect::<String>(), bold(&rich));
        for part in &parts {
            prop_assert!(unit.measure(&part.to_plain()) <= limit);
        }
    }

    #[test]
    fn what_is_clean_has_no_mark_that_turns(text in "[a-cء-ت\u{0}-\u{1f}\u{85}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{2028}]{0,30}") {
        let cleaned = clean(&text);
        let turns = cleaned.contains(|c| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'));
        prop_assert!(!turns);
        let controls = cleaned.contains(|c: char| c.is_control() && c != '\n' && c != '\t');
        prop_assert!(!controls);
        prop_assert_eq!(clean(&cleaned), cleaned.clone());
    }

    #[test]
    fn masking_changes_digits_only(text in "[0-9٠-٩ \\-a]{0,40}") {
        let masked = mask(&text);
        prop_assert_eq!(masked.chars().count(), text.chars().count());
        prop_assert_eq!(mask(&masked), masked.clone());
    }
}
