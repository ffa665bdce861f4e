//! From what people asked to what is answered: suggestions, approval, and the model that every process finds.
use crate::support::database::each_database;
use crate::support::fake::World;
use awasir::app::{Why, approve_article, export_articles, import_articles};
use awasir::assets::{Embedded, Source};
use awasir::clock::Clock as _;
use awasir::knowledge::{ArticleFile, Decision};
use awasir::model::LocaleTag;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Near several articles, an example of none.
const VAGUE: &str = "موضوع الطلب والسفارة والرد 123456789 كيف";

#[tokio::test]
async fn a_title_chosen_after_a_question_is_suggested_without_its_numbers() {
    each_database(|bench| async {
        let world = World::start(bench).await;
        let library = world.app.library();
        let Decision::Offer { articles } = library.classify(VAGUE, &LocaleTag::ARABIC) else {
            panic!("not vague any more: {:?}", library.classify(VAGUE, &LocaleTag::ARABIC));
        };
        for person in ["7", "8"] {
            world.write(person, VAGUE).await;
            world.write(person, "1").await;
        }
        world.write("9", "ضغثق ذضظغ").await;
        let suggestions = world.app.suggestions(30).await.unwrap();
        let chosen = suggestions.iter().find(|one| one.why == Why::Chosen).unwrap();
        assert_eq!(chosen.article.as_ref(), articles.first());
        assert_eq!((chosen.times, chosen.text.as_str()), (2, "موضوع الطلب والسفارة والرد 00000 كيف"));
        assert!(suggestions.iter().any(|one| one.why == Why::NotUnderstood), "{suggestions:?}");
    })
    .await;
}

#[tokio::test]
async fn an_approved_example_is_answered_by_whoever_starts_after() {
    // A few articles, so that learning them takes a moment.
    let few = ["donate", "volunteer", "office-hours", "rent"];
    let files = Embedded
        .paths()
        .into_iter()
        .filter(|path| !path.contains("/articles/") || few.iter().any(|id| path.ends_with(&format!("/{id}.md"))));
    let few: BTreeMap<String, String> = files.map(|path| (path.clone(), Embedded.read(&path).unwrap())).collect();
    let source: Arc<dyn Source + Send + Sync> = Arc::new(few);
    each_database(|bench| async {
        let world = World::start_from(bench.clone(), None, source.clone()).await;
        let question = "هبرشكل المفرطح زعنفان";
        let classify = |world: &World| world.app.library().classify(question, &LocaleTag::ARABIC);
        assert!(!matches!(classify(&world), Decision::Answer { .. }));
        let files = export_articles(&bench.store).await.unwrap();
        let (_, text) = files.into_iter().find(|(path, _)| path == "ar/articles/donate.md").unwrap();
        let mut file = ArticleFile::parse(&text).unwrap();
        file.questions.entry("heard".to_owned()).or_default().push(question.to_owned());
        let now = bench.clock.now();
        let kept = import_articles(&bench.store, vec![(LocaleTag::ARABIC, file)], "noura", now).await.unwrap();
        let (id, locale, revision) = &kept[0];
        let draft = (id.as_str(), locale, *revision);
        assert!(!approve_article(&bench.store, &*source, draft, "noura", &*bench.clock).await.unwrap());
        assert!(approve_article(&bench.store, &*source, draft, "fahd", &*bench.clock).await.unwrap());
        assert!(bench.count("models where part = 0").await >= 2, "learnt with the approval, not at the next start");
        let second = World::start_from(bench, None, source.clone()).await;
        assert!(matches!(classify(&second), Decision::Answer { article, .. } if article == "donate"));
        assert!(second.app.library().model != world.app.library().model);
    })
    .await;
}
