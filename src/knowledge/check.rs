//! Checks article files before they are said: everything that can be told without a reader.
use super::body::{PLACEHOLDERS, placeholders};
use super::finding::{Fault, Finding};
use super::{ArticleFile, ArticleKind, Material};
use crate::model::LocaleTag;
use crate::text::{self, Phrases};
use jiff::civil::Date;
use pulldown_cmark::{Event, Parser, Tag};
use std::collections::BTreeMap;

const MAX_TITLE: usize = 60;
const MAX_SHORT_TITLE: usize = 24;
/// Two Arabic SMS parts of 67 characters.
const MAX_SHORT: usize = 134;
const MAX_BODY: usize = 900;
const MAX_OFFERS: usize = 3;

/// Examples an article should have, by dialect (nlu.md: what moves the score).
const EXAMPLES_AR: &[(&str, usize)] =
    &[("msa", 3), ("gulf", 2), ("levantine", 2), ("egyptian", 2), ("maghrebi", 2), ("yemeni", 1), ("arabizi", 1)];
const EXAMPLES_EN: &[(&str, usize)] = &[("en", 6)];

/// Telephone numbers shorter than the rule for long ones finds.
const SHORT_NUMBERS: &[&str] =
    &["110", "112", "911", "937", "940", "989", "993", "994", "996", "997", "998", "999", "1919"];

/// What is wrong with the articles of `material`, each of which should exist in all `locales`, as of `today`.
#[must_use]
pub fn check(material: &Material, locales: &[LocaleTag], today: Date) -> Vec<Finding> {
    let reviewed = phrases(&material.durations);
    let mut findings = Vec::new();
    for (article, texts) in material.by_article() {
        let mut add = |locale: &LocaleTag, fault| {
            findings.push(Finding { article: article.to_owned(), locale: Some(locale.clone()), fault });
        };
        for locale in locales.iter().filter(|locale| !texts.contains_key(locale)) {
            add(locale, Fault::MissingLocale);
        }
        for (&locale, &file) in &texts {
            let mut faults = Vec::new();
            lengths(file, &mut faults);
            citations(file, material, today, &mut faults);
            wording(file, &reviewed, &mut faults);
            examples(locale, file, &mut faults);
            if let Some(arabic) = texts.get(&LocaleTag::ARABIC) {
                faults.extend(differences(file, arabic).map(Fault::DiffersFromArabic));
            }
            for fault in faults {
                add(locale, fault);
            }
        }
    }
    findings.extend(same_questions(material));
    findings
}

fn lengths(file: &ArticleFile, faults: &mut Vec<Fault>) {
    let short_title = file.short_title.as_deref().unwrap_or_default();
    for (name, text, limit) in [
        ("title", file.title.as_str(), MAX_TITLE),
        ("short_title", short_title, MAX_SHORT_TITLE),
        ("short", &file.short, MAX_SHORT),
        ("body", &file.body, MAX_BODY),
    ] {
        let length = text.chars().count();
        if length > limit {
            faults.push(Fault::TooLong(name, length, limit));
        }
    }
    if file.short.trim().is_empty() {
        faults.push(Fault::NoShort);
    }
    if file.offer.len() > MAX_OFFERS {
        faults.push(Fault::TooManyOffers);
    }
}

fn citations(file: &ArticleFile, material: &Material, today: Date, faults: &mut Vec<Fault>) {
    if file.source.is_empty() {
        faults.push(Fault::NoSource);
    }
    let unknown = file.source.iter().filter(|key| !material.sources.contains(*key));
    faults.extend(unknown.map(|key| Fault::UnknownSource(key.clone())));
    match file.review_by.parse::<Date>() {
        Ok(_) if !file.may_be_said(today) => faults.push(Fault::Expired(file.review_by.clone())),
        Ok(_) => {}
        Err(_) => faults.push(Fault::NoReviewDate(file.review_by.clone())),
    }
}

fn wording(file: &ArticleFile, reviewed: &Phrases, faults: &mut Vec<Fault>) {
    if file.short.contains(['*', '{', '}', '`']) {
        faults.push(Fault::ShortNotPlain);
    }
    let strange = |event: &Event<'_>| match event {
        Event::Start(tag) => !matches!(tag, Tag::Paragraph | Tag::Strong | Tag::List(_) | Tag::Item),
        Event::Html(_) | Event::InlineHtml(_) | Event::Code(_) | Event::Rule => true,
        _ => false,
    };
    if Parser::new(&file.body).any(|event| strange(&event)) {
        faults.push(Fault::Markup);
    }
    let unknown = placeholders(&file.body).into_iter().filter(|name| !PLACEHOLDERS.contains(name));
    faults.extend(unknown.map(|name| Fault::UnknownPlaceholder(name.to_owned())));
    for text in [&file.title, &file.short, &file.body] {
        faults.extend(numbers(text).into_iter().map(Fault::TelephoneNumber));
        faults.extend(unreviewed(text, reviewed).into_iter().map(Fault::Duration));
    }
}

/// Digits that look like a telephone number: five or more in a row, spaces and hyphens between; a date is none.
fn numbers(text: &str) -> Vec<String> {
    let digits = text::ascii_digits(text);
    let runs = digits.split(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | ' ' | '+')));
    let runs = runs.map(|run| run.trim_matches([' ', '-'])).filter(|run| run.parse::<Date>().is_err());
    let long = |run: &&str| run.chars().filter(char::is_ascii_digit).count() >= 5 || SHORT_NUMBERS.contains(run);
    runs.filter(long).map(str::to_owned).collect()
}

/// Spans of time in `text`, folded, that are not within one of the `reviewed` wordings.
#[must_use]
pub fn unreviewed_durations(text: &str, reviewed: &[String]) -> Vec<String> {
    unreviewed(text, &phrases(reviewed))
}

fn phrases(wordings: &[String]) -> Phrases {
    let mut phrases = Phrases::default();
    for wording in wordings {
        phrases.add(wording);
    }
    phrases
}

fn unreviewed(text: &str, reviewed: &Phrases) -> Vec<String> {
    let folded = text::fold(text);
    let words: Vec<&str> = text::words(&folded).collect();
    let known = reviewed.find(&words);
    let covered = |start: usize, end: usize| known.iter().any(|known| known.start <= start && end <= known.farthest);
    let spans = text::durations(&words).into_iter().filter(|&(start, length)| !covered(start, start + length));
    spans.map(|(start, length)| words[start..start + length].join(" ")).collect()
}

fn examples(locale: &LocaleTag, file: &ArticleFile, faults: &mut Vec<Fault>) {
    // Urgent articles are never ranked: nobody asks for them by example.
    if file.kind == ArticleKind::Urgent {
        return;
    }
    let wanted = if *locale == LocaleTag::ARABIC { EXAMPLES_AR } else { EXAMPLES_EN };
    for &(dialect, wants) in wanted {
        let has = file.questions.get(dialect).map_or(0, Vec::len);
        if has < wants {
            faults.push(Fault::FewExamples(dialect.to_owned(), has, wants));
        }
    }
}

/// What a translation says otherwise than the source, of what is the same in every language.
fn differences<'a>(file: &'a ArticleFile, arabic: &'a ArticleFile) -> impl Iterator<Item = &'static str> {
    let same = [
        ("kind", file.kind == arabic.kind),
        ("source", file.source == arabic.source),
        ("review_by", file.review_by == arabic.review_by),
        ("status", file.status == arabic.status),
        ("sensitive", file.sensitive == arabic.sensitive),
        ("offer", file.offer == arabic.offer),
    ];
    same.into_iter().filter(|(_, same)| !same).map(|(name, _)| name)
}

/// Examples and titles that two articles have, by their folded words.
fn same_questions(material: &Material) -> Vec<Finding> {
    let mut first: BTreeMap<String, &str> = BTreeMap::new();
    let mut findings = Vec::new();
    for (locale, file) in material.texts.iter().filter(|(_, file)| file.kind != ArticleKind::Urgent) {
        for example in std::iter::once(file.title.as_str()).chain(file.examples()) {
            let owner = *first.entry(text::fold(example)).or_insert(&file.id);
            if owner != file.id {
                let fault = Fault::SameQuestion(example.to_owned(), owner.to_owned());
                findings.push(Finding { article: file.id.clone(), locale: Some(locale.clone()), fault });
            }
        }
    }
    findings
}
