//! Catalogs: plurals, command words, falling back, parity.
use awasir::locale::{Catalog, CatalogError, Command, check};
use awasir::model::{LocaleTag, Value};
use std::collections::BTreeMap;

const AR: &str = "own-name = العربية\ndirection = rtl\nonly-here = هنا فقط\nphrase-missing = عذرًا\n\
    people = { PLURAL($n) ->\n    [zero] zero\n    [one] one\n    [two] two\n    [few] few\n    [many] many\n   *[other] other\n }\n\
    named = قال { $who }: { $inner }\n\
    words-officer = موظف | اريد موظفًا | موظف بشري\nwords-ordinal-1 = الاول | أول واحد\nwords-yes = نعم | ايه | 👍\n";
const EN: &str = "own-name = English\nphrase-missing = sorry\npeople = { PLURAL($n) ->\n    [one] one\n   *[other] other\n }\n\
    named = { $who } said: { $inner }\n\
    words-officer = officer | human\nwords-ordinal-1 = the first\nwords-yes = yes\n";

fn files(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn catalog() -> Catalog {
    Catalog::load(&files(&[("ar/locale.ftl", AR), ("en/locale.ftl", EN), ("shared/x.csv", "")])).unwrap()
}

fn args(pairs: &[(&str, Value)]) -> BTreeMap<String, Value> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

#[test]
fn plurals_are_icus_up_to_a_thousand() {
    let catalog = catalog();
    let rule = |n: u32| match (n, n % 100) {
        (0, _) => "zero",
        (1, _) => "one",
        (2, _) => "two",
        (_, 3..=10) => "few",
        (_, 11..=99) => "many",
        _ => "other",
    };
    for n in 0..=1000 {
        let said = catalog.phrase(&LocaleTag::ARABIC, "people", &args(&[("n", Value::Number(f64::from(n)))]));
        assert_eq!(said.to_plain(), rule(n), "{n}");
    }
    let one = catalog.phrase(&LocaleTag::ENGLISH, "people", &args(&[("n", Value::Number(1.0))]));
    assert_eq!(one.to_plain(), "one");
}

#[test]
fn a_whole_message_is_a_command_however_it_is_written() {
    let catalog = catalog();
    for (text, command) in [
        ("مُوظّف!", Some(Command::Officer)),
        ("اريد موظفا", Some(Command::Officer)),
        ("HUMAN", Some(Command::Officer)),
        ("الأوّل", Some(Command::Ordinal(1))),
        ("٣", Some(Command::Ordinal(3))),
        ("#2.", Some(Command::Ordinal(2))),
        ("👍🏽👍🏽", Some(Command::Yes)),
        ("100", None),
        ("0", None),
        ("موظف السفارة أساء إلي", None),
        ("", None),
    ] {
        assert_eq!(catalog.command(text), command, "{text}");
    }
}

#[test]
fn languages_are_found_and_negotiated() {
    let catalog = catalog();
    assert_eq!(catalog.locales(), [LocaleTag::ARABIC, LocaleTag::ENGLISH]);
    assert_eq!(catalog.negotiate(&LocaleTag::new("ar_EG")), Some(LocaleTag::ARABIC));
    assert_eq!(catalog.negotiate(&LocaleTag::new("EN-us")), Some(LocaleTag::ENGLISH));
    assert_eq!(catalog.negotiate(&LocaleTag::new("ur")), None);
    assert_eq!(catalog.detect("wen wasal 6alabi"), Some(LocaleTag::ARABIC));
    assert_eq!(catalog.detect("123 👍"), None);
    assert_eq!((catalog.own_name(&LocaleTag::ENGLISH), catalog.is_rtl(&LocaleTag::ARABIC)), ("English", true));
}

#[test]
fn a_missing_phrase_falls_to_arabic_then_to_a_generic_one_and_is_counted() {
    let catalog = catalog();
    let say = |id: &str| catalog.phrase(&LocaleTag::ENGLISH, id, &BTreeMap::new()).to_plain();
    assert_eq!(say("only-here"), "هنا فقط");
    assert_eq!(catalog.missed(), 1);
    assert_eq!(say("nowhere"), "sorry");
    assert!(say("named").contains("said"));
    assert!(catalog.missed() > 3);
    assert_eq!(Catalog::default().phrase(&LocaleTag::ENGLISH, "x", &BTreeMap::new()).to_plain(), "…");
}

#[test]
fn variables_are_words_not_markup() {
    let args = args(&[
        ("who", Value::Text("a **b** { $x }".to_owned())),
        ("inner", Value::Phrase { phrase: "own-name".to_owned() }),
    ]);
    let said = catalog().phrase(&LocaleTag::ENGLISH, "named", &args);
    assert_eq!(said.to_plain(), "\u{2068}a **b** { $x }\u{2069} said: \u{2068}English\u{2069}");
    assert!(said.spans.iter().all(|span| !span.bold));
}

#[test]
fn parity_finds_what_is_missing_and_what_is_wrong() {
    let broken = "own-name = X\npeople = { $n }{ $m ->\n    [one] x\n   *[other] y\n }\nextra = **x\nwords-yes = موظف\nwords-nothing = x | y\n\
                  named = { nowhere }\npeople = again\n";
    let catalog = Catalog::load(&files(&[("ar/locale.ftl", AR), ("ur/locale.ftl", broken)])).unwrap();
    let found = check(&catalog).join("\n");
    for expected in [
        "ur: `only-here` is missing",
        "ur: `people` has other variables",
        "ur: `people` is given twice",
        "ur: `extra` is not in ar",
        "ur: `extra` opens bold",
        "ur: `words-nothing` belongs to no command",
        "ur: `named` cannot be said",
        "is Yes, and Officer in ar",
    ] {
        assert!(found.contains(expected), "{expected}\n---\n{found}");
    }
}

#[test]
fn without_arabic_or_with_broken_lines_nothing_starts() {
    assert_eq!(Catalog::load(&files(&[("en/locale.ftl", EN)])).unwrap_err(), CatalogError::NoArabic);
    let broken = Catalog::load(&files(&[("ar/locale.ftl", "x = { $a\ny = b\n")]));
    assert!(matches!(broken, Err(CatalogError::Files(lines)) if lines[0].starts_with("ar/locale.ftl")));
}
