//! Any bytes as a message: folding is idempotent, everything that reads a message ends and never panics, answers stay sane.
#![no_main]
use awasir::assets::Embedded;
use awasir::knowledge::{Decision, Library, Material};
use awasir::model::LocaleTag;
use awasir::text::{clean, fold, guess, mask, skeleton, stem, words};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

/// What is compiled in, learnt once at the start.
static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::taught(1, Material::read(&Embedded)));

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let folded = fold(&text);
    assert_eq!(fold(&folded), folded);
    assert_eq!(clean(&clean(&text)), clean(&text));
    for word in words(&folded) {
        let _ = (stem(word), skeleton(word));
    }
    let _ = (guess(&text), mask(&text), LIBRARY.urgent(&text), LIBRARY.country_in(&text));
    match LIBRARY.classify(&text, &LocaleTag::ARABIC) {
        Decision::Answer { also, .. } => assert!(words(&folded).next().is_some() && also.len() < 3),
        Decision::Offer { articles } => assert!((1..=3).contains(&articles.len())),
        Decision::Unknown => {}
    }
});
