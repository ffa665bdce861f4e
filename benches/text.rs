//! How long the pure layers take for one message: `cargo bench --bench text`.
use awasir::app::render::{ContactTexts, render};
use awasir::assets::Embedded;
use awasir::channels::{Limits, Unit};
use awasir::knowledge::{Library, Material};
use awasir::locale::Catalog;
use awasir::model::{LocaleTag, Piece, Say};
use awasir::text;
use divan::{Bencher, black_box};
use std::sync::LazyLock;

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::taught(1, Material::read(&Embedded)));
static CATALOG: LazyLock<Catalog> = LazyLock::new(Catalog::embedded);

/// The kinds of message measured.
const KINDS: [&str; 3] = ["arabic", "latin", "longest"];

/// A message as people send them, or the longest one taken.
fn message(kind: &str) -> String {
    let short = "السلام عليكم، وين وصل طلبي صار له شهر عند السفارة ومحد رد علينا؟ ";
    match kind {
        "arabic" => short.to_owned(),
        "latin" => "salam, wen wasal 6alabi 3nd el safara? ma7ad rad 3alena".to_owned(),
        _ => short.chars().cycle().take(8_000).collect(),
    }
}

fn main() {
    divan::main();
}

#[divan::bench(args = KINDS)]
fn fold(bencher: Bencher<'_, '_>, kind: &str) {
    let message = message(kind);
    bencher.bench(|| text::fold(black_box(&message)));
}

#[divan::bench(args = KINDS)]
fn urgent(bencher: Bencher<'_, '_>, kind: &str) {
    LazyLock::force(&LIBRARY);
    let message = message(kind);
    bencher.bench(|| LIBRARY.urgent(black_box(&message)));
}

#[divan::bench(args = KINDS)]
fn classify(bencher: Bencher<'_, '_>, kind: &str) {
    LazyLock::force(&LIBRARY);
    let message = message(kind);
    bencher.bench(|| LIBRARY.classify(black_box(&message), &LocaleTag::ARABIC));
}

#[divan::bench(args = KINDS)]
fn country(bencher: Bencher<'_, '_>, kind: &str) {
    LazyLock::force(&LIBRARY);
    let message = message(kind);
    bencher.bench(|| LIBRARY.country_in(black_box(&message)));
}

#[divan::bench]
fn article(bencher: Bencher<'_, '_>) {
    let limits = Limits {
        tells_arrival: false,
        text: 4096,
        unit: Unit::Utf16,
        parts: 3,
        choices: 8,
        choice_label: 40,
        caption: None,
        bold: true,
        isolates: true,
        window: None,
        shares_number: false,
        in_flight: 1,
    };
    let id = LIBRARY.articles.keys().next().cloned().unwrap_or_default();
    let say = Say { pieces: vec![Piece::Article { id, revision: 1 }], ..Say::reply(LocaleTag::ARABIC) };
    let contacts = ContactTexts::default();
    bencher.bench(|| render(black_box(&say), &CATALOG, &LIBRARY, &limits, &contacts));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn build() -> Library {
    Library::taught(1, Material::read(&Embedded))
}
