//! Articles: their files, the check, the ranking, the snapshot.
use awasir::assets::Embedded;
use awasir::knowledge::{
    ArticleFile, Classifier, Decision, Fault, FormatError, Lesson, Library, Material, Teaching, check, rich,
};
use awasir::model::LocaleTag;
use jiff::civil::date;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

const FILE: &str = "+++\nid = \"apply\"\nkind = \"answer\"\ntitle = \"كيف نقدّم طلبًا؟\"\nshort = \"الطلب عبر السفارة.\"\nsource = [\"policy.route.1\"]\n\
    review_by = \"2027-05-31\"\nstatus = \"approved\"\noffer = [\"route\", \"officer\"]\n[questions]\nmsa = [\"كيف نقدم طلب مساعدة\"]\n\
    arabizi = [\"kif a2adem 6alab\"]\n+++\nتبدأ الطريق من **السفارة**.\n";

fn file(id: &str, title: &str, questions: &[&str]) -> ArticleFile {
    let mut file = ArticleFile::parse(FILE).unwrap();
    id.clone_into(&mut file.id);
    title.clone_into(&mut file.title);
    file.questions = BTreeMap::from([("msa".to_owned(), questions.iter().map(|text| (*text).to_owned()).collect())]);
    file
}

fn library(files: Vec<ArticleFile>) -> Library {
    static MATERIAL: LazyLock<Material> = LazyLock::new(|| Material::read(&Embedded));
    let texts = files.into_iter().map(|file| (LocaleTag::ARABIC, file)).collect();
    Library::taught(7, Material { texts, lexicon: MATERIAL.lexicon.clone(), ..Material::default() })
}

fn faults(material: &Material) -> Vec<Fault> {
    check(material, &[LocaleTag::ARABIC], date(2026, 11, 23)).into_iter().map(|found| found.fault).collect()
}

fn material(files: Vec<ArticleFile>) -> Material {
    Material {
        texts: files.into_iter().map(|file| (LocaleTag::ARABIC, file)).collect(),
        sources: BTreeSet::from(["policy.route.1".to_owned()]),
        durations: vec!["خلال مدة لا تقل عن أسبوعين".to_owned()],
        ..Material::default()
    }
}

#[test]
fn a_file_reads_back_as_it_was_written() {
    let read = ArticleFile::parse(FILE).unwrap();
    assert_eq!(ArticleFile::parse(&read.print()).unwrap(), read);
    assert_eq!(rich(&read.body).to_plain(), "تبدأ الطريق من السفارة.");
    assert_eq!(ArticleFile::parse(&FILE.replace('\n', "\r\n")).unwrap(), read);
    assert_eq!(ArticleFile::parse("no fence"), Err(FormatError::NoFrontMatter));
    assert_eq!(ArticleFile::parse("+++\nid = \"x\"\n"), Err(FormatError::NoFrontMatter));
    assert!(matches!(ArticleFile::parse("+++\ncolour = 1\n+++\nx"), Err(FormatError::FrontMatter(_))));
}

#[test]
fn a_good_article_passes_but_for_hints() {
    let found = faults(&material(vec![ArticleFile::parse(FILE).unwrap()]));
    assert!(!found.is_empty() && found.iter().all(Fault::is_hint), "{found:?}");
}

#[test]
fn everything_that_may_not_be_said_is_found() {
    let mut bad = file("bad", &"ط".repeat(61), &["كيف نقدم طلب"]);
    bad.short = "**x**".repeat(30);
    bad.body =
        format!("# عنوان\n\nخلال ثلاثة أسابيع، أو خلال مدة لا تقل عن أسبوعين. {{colour}} 0112345678 {}", "س".repeat(900));
    bad.source = vec!["rumour".to_owned()];
    bad.review_by = "2026-01-01".to_owned();
    let same = file("same", "غيره", &["كيف نقدّم طلبْ؟"]);
    let mut english = file("bad", "Other", &[]);
    english.sensitive = true;
    let mut material = material(vec![bad, same]);
    material.texts.push((LocaleTag::ENGLISH, english));
    let all = check(&material, &[LocaleTag::ARABIC, LocaleTag::ENGLISH], date(2026, 11, 23));
    let found: Vec<String> = all.iter().filter(|found| !found.fault.is_hint()).map(ToString::to_string).collect();
    for expected in [
        "en/same: not written",
        "ar/bad: `title` has 61",
        "ar/bad: `short` has 150",
        "ar/bad: `body` has",
        "ar/bad: `short` holds markup",
        "ar/bad: only paragraphs",
        "ar/bad: `rumour` is not in",
        "ar/bad: `{colour}`",
        "ar/bad: to be reviewed",
        "ar/bad: `0112345678` looks like",
        "ar/bad: `ثلاثه اسابيع` is not in",
        "en/bad: `sensitive` differs",
        "ar/same: the example",
    ] {
        assert!(found.iter().any(|found| found.starts_with(expected)), "{expected}\n{found:#?}");
    }
    assert_eq!(found.iter().filter(|found| found.contains("durations.toml")).count(), 1);
}

#[test]
fn the_same_words_are_answered_and_strange_ones_are_not() {
    let library = library(vec![
        file("apply", "كيف نقدم طلب مساعدة", &["شلون اسجل عيالي عندكم", "ازاي اقدم على مساعدة للولاد"]),
        file("where", "أين وصل الطلب", &["وين وصل طلبي", "طلبي وصل لفين"]),
        file("donate", "كيف أتبرع", &["اريد التبرع للجمعية"]),
    ]);
    let classify = |text: &str| library.classify(text, &LocaleTag::ARABIC);
    assert_eq!(
        classify("وين وصل طلبي؟؟"),
        Decision::Answer { article: "where".to_owned(), confidence: 1.0, also: Vec::new() }
    );
    match classify("وين وصل الطلب حقي") {
        Decision::Answer { article, confidence, .. } => assert!(article == "where" && confidence < 1.0),
        Decision::Offer { articles } => assert_eq!(articles[0], "where"),
        Decision::Unknown => panic!("nothing near"),
    }
    let both = Decision::Answer { article: "where".to_owned(), confidence: 1.0, also: vec!["donate".to_owned()] };
    assert_eq!(classify("السلام عليكم. وين وصل طلبي؟\nاريد التبرع للجمعية"), both);
    let where_is = Decision::Answer { article: "where".to_owned(), confidence: 1.0, also: Vec::new() };
    assert_eq!(classify("ووين وصل طلبي"), where_is);
    assert_eq!(classify(""), Decision::Unknown);
    assert_eq!(classify("👍"), Decision::Unknown);
    assert_eq!(library.article("apply").map(|article| article.texts[&LocaleTag::ARABIC].revision), Some(7));
}

#[test]
fn urgent_articles_are_never_ranked() {
    let mut urgent = file("urgent-danger", "خطر", &["وين وصل طلبي"]);
    urgent.kind = awasir::knowledge::ArticleKind::Urgent;
    assert_eq!(library(vec![urgent]).classify("وين وصل طلبي", &LocaleTag::ARABIC), Decision::Unknown);
}

#[test]
fn one_question_under_two_articles_is_offered_not_answered() {
    let library = library(vec![file("a", "ا ب ت", &["سؤال واحد"]), file("b", "ث ج ح", &["سؤال واحد"])]);
    let expected = Decision::Offer { articles: vec!["a".to_owned(), "b".to_owned()] };
    assert_eq!(library.classify("سؤال واحد؟", &LocaleTag::ARABIC), expected);
}

#[test]
fn the_same_teaching_gives_the_same_model_whatever_the_order() {
    let material = Material::read(&Embedded);
    let texts: Vec<_> = material.texts.iter().take(12).cloned().collect();
    let lesson = Lesson::new(&texts, &material);
    let reversed: Vec<_> = texts.into_iter().rev().collect();
    assert_eq!(Lesson::new(&reversed, &material).fingerprint(), lesson.fingerprint());
    let bytes = |teaching: &Teaching<'_>| postcard::to_allocvec(&Classifier::train(teaching)).unwrap();
    let mut teaching = lesson.teaching();
    teaching.background.truncate(40);
    let first = bytes(&teaching);
    teaching.samples.reverse();
    teaching.background.reverse();
    assert!(first == bytes(&teaching));
    let again: Classifier = postcard::from_bytes(&first).unwrap();
    assert!(postcard::to_allocvec(&again).unwrap() == first);
    let read = again.read("السلام عليكم وين وصل طلبي رقم ١٢٣٤٥٦");
    assert_eq!(read, again.read("وين وصل طلبي رقم 987654321"));
    assert!(Lesson::new(&[], &material).fingerprint() != lesson.fingerprint());
}

proptest! {
    #[test]
    fn any_body_survives_printing(body in "\\PC{0,80}", title in "\\PC{0,40}") {
        let mut file = ArticleFile::parse(FILE).unwrap();
        file.title = title;
        body.trim().clone_into(&mut file.body);
        prop_assume!(!file.body.lines().any(|line| line.trim_end() == "+++"));
        prop_assert_eq!(ArticleFile::parse(&file.print()).unwrap(), file);
    }

    #[test]
    fn nothing_written_breaks_the_library(text in any::<String>(), arabic in "[ء-ي ]{0,60}") {
        let library = library(vec![file("a", "أين وصل الطلب", &["وين وصل طلبي"])]);
        for text in [text, arabic] {
            let _ = (library.classify(&text, &LocaleTag::ARABIC), library.urgent(&text), library.country_in(&text), rich(&text));
        }
    }
}
