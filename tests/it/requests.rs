//! The register of requests: what may be reported, what is refused, and files of real offices. On both databases.
use crate::support::database::each_database;
use crate::support::fake::World;
use awasir::app::{Columns, ImportFault, ImportRow, Report, Reported, RequestError};
use awasir::assets::Embedded;
use awasir::documents::read_table;
use awasir::model::{ContactKind, Holder, PaperState, Ruling, Stage};
use std::time::Duration;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

async fn each_world<F: Future<Output = ()>>(test: impl Fn(World) -> F) {
    each_database(|bench| async { test(World::start(bench).await).await }).await;
}

fn to(stage: Stage) -> Report {
    Report { stage: Some(stage), source: "officer:noura".into(), ..Report::default() }
}

fn parsed(text: &str) -> (Vec<ImportRow>, Vec<ImportFault>) {
    Columns::read(&Embedded).unwrap().rows(&read_table(text.as_bytes()).unwrap())
}

#[tokio::test]
async fn a_request_goes_its_way_and_every_other_way_is_refused_with_the_allowed_ones_named() {
    each_world(|world| async move {
        let app = &world.app;
        let reference =
            app.request_begin(&Report { source: "officer:noura".into(), ..Report::default() }).await.unwrap();
        assert!(reference.starts_with("AW-20"), "{reference}");
        let next = app.request_begin(&to(Stage::WithEmbassy)).await.unwrap();
        assert_ne!(reference, next);
        // In any spelling, in any digits.
        let spelled = reference.replace('-', " / ").to_lowercase();
        world.bench.clock.advance(DAY);
        assert_eq!(app.request_report(&spelled, &to(Stage::Studying)).await.unwrap(), Reported::News);
        world.bench.clock.advance(DAY);
        assert_eq!(app.request_report(&spelled, &to(Stage::Studying)).await.unwrap(), Reported::Known);
        let error = app.request_report(&reference, &to(Stage::Closed)).await.unwrap_err();
        assert!(error.to_string().contains("completing, confirming, decided, returned"), "{error}");
        assert!(matches!(app.request_report(&reference, &to(Stage::Decided)).await, Err(RequestError::Ruling)));
        let early = Report { at: Some(world.bench.clock_now() - DAY * 30), ..to(Stage::Confirming) };
        assert!(matches!(app.request_report(&reference, &early).await, Err(RequestError::Backwards { .. })));
        let late = Report { at: Some(world.bench.clock_now() + DAY * 30), ..to(Stage::Confirming) };
        assert!(matches!(app.request_report(&reference, &late).await, Err(RequestError::Future(_))));
        let decided = Report { ruling: Some(Ruling::Refused), ..to(Stage::Decided) };
        assert_eq!(app.request_report(&reference, &decided).await.unwrap(), Reported::News);
        let file = app.request(&spelled).await.unwrap().unwrap();
        assert_eq!(
            (file.row.stage, file.row.holder, file.row.ruling),
            (Stage::Decided, Holder::Association, Some(Ruling::Refused))
        );
        assert_eq!(
            file.stages.iter().map(|row| row.stage).collect::<Vec<_>>(),
            [Stage::Received, Stage::Studying, Stage::Decided]
        );
        // One wrong digit in a reference of our form is said; somebody else's form is taken as it is.
        let mut slip = reference.clone();
        let last = slip.pop().unwrap();
        slip.push(if last == '9' { '0' } else { char::from(last as u8 + 1) });
        assert!(matches!(app.request_report(&slip, &to(Stage::Received)).await, Err(RequestError::CheckDigit(_))));
        assert_eq!(app.request_report("م/٧٧", &to(Stage::Received)).await.unwrap(), Reported::New);
        assert_eq!(app.request("77 م").await.unwrap(), None);
        assert_eq!(app.request(" م 77").await.unwrap().unwrap().row.reference, "م/٧٧");
        assert!(matches!(app.request_report("مكرر", &to(Stage::Received)).await, Err(RequestError::Reference(_))));
    })
    .await;
}

#[tokio::test]
async fn papers_and_contacts_are_kept_once_and_sealed() {
    each_world(|world| async move {
        let report = Report {
            contacts: vec![
                (ContactKind::Telephone, "٠٠٩٦٥ ٥٥٥-١٢٣٤٥".into(), true),
                (ContactKind::Email, "Um.Saad@Example.org".into(), false),
            ],
            papers: vec![("صورة عقد الزواج".into(), PaperState::Missing)],
            applicant: Some("نورة بنت فلان".into()),
            embassy_reference: Some("KW-88-1".into()),
            ..to(Stage::Received)
        };
        assert_eq!(world.app.request_report("2026/15", &report).await.unwrap(), Reported::New);
        assert_eq!(world.app.request_report("2026-15", &report).await.unwrap(), Reported::Known);
        let file = world.app.request("kw88 1").await.unwrap().expect("found by the embassy's number");
        let mut values: Vec<&str> = file.contacts.iter().map(|contact| contact.value.as_str()).collect();
        values.sort_unstable();
        assert_eq!(values, ["+96555512345", "um.saad@example.org"]);
        let came = Report {
            papers: vec![("صورة عقد الزواج".into(), PaperState::Received)],
            source: "embassy".into(),
            ..Report::default()
        };
        assert_eq!(world.app.request_report("2026/15", &came).await.unwrap(), Reported::News);
        for bad in ["55512345", "+12", "a@b", "+965 abc 55512345"] {
            let kind = if bad.contains('@') { ContactKind::Email } else { ContactKind::Telephone };
            let report = Report { contacts: vec![(kind, bad.into(), true)], ..Report::default() };
            assert!(
                matches!(world.app.request_report("2026/15", &report).await, Err(RequestError::Contact(..))),
                "{bad}"
            );
        }
        // Numbers of two embassies may be equal: then the number alone finds nothing.
        let other = Report { embassy_reference: Some("KW 88 1".into()), ..to(Stage::Received) };
        world.app.request_report("2026/16", &other).await.unwrap();
        assert_eq!(world.app.request("kw88 1").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_sheet_is_taken_whole_or_not_at_all_and_again_changes_nothing() {
    let sheet = "رقم الطلب;المرحلة;القرار;تاريخ المرحلة;الجوال;الموافقة;النواقص;ملاحظات\r\n\
        ٢٠٢٦/١;قيد الدراسة;;١٤٤٨/٠٥/٠٢;+96555512345;نعم;;\r\n\
        2026/2;صدر القرار;مقبول;20/10/2026;;;;\r\n\
        \r\n\
        2026/3;;;;;;صورة الجواز، شهادة ميلاد;اتصلت\r\n";
    each_world(|world| async move {
        let (rows, faults) = parsed(sheet);
        assert_eq!((rows.len(), faults), (3, vec![]));
        let mut told = 0;
        let tried = world.app.requests_import(&rows, true, |done| told = done).await.unwrap();
        assert_eq!((tried.new, told), (3, 3));
        assert_eq!(world.bench.count("requests").await, 0, "a dry run writes nothing");
        let done = world.app.requests_import(&rows, false, |_| {}).await.unwrap();
        assert_eq!((done.new, done.faults.len()), (3, 0));
        let again = world.app.requests_import(&rows, false, |_| {}).await.unwrap();
        assert_eq!((again.new, again.news, again.changed, again.known), (0, 0, 0, 3), "a note is on file once");
        assert_eq!(world.bench.count("request_papers").await, 2);
        // One bad row: nothing of the file is applied.
        let (rows, faults) = parsed("reference,stage\n2026/4,received\n2026/1,closed\n");
        assert_eq!(faults, []);
        let refused = world.app.requests_import(&rows, false, |_| {}).await.unwrap();
        assert_eq!(refused.faults.len(), 1);
        assert_eq!(refused.faults[0].line, 3);
        assert_eq!(world.bench.count("requests").await, 3);
    })
    .await;
}

#[test]
fn every_fault_of_a_real_sheet_has_a_line_of_its_own() {
    let (rows, faults) = parsed(
        "رقم الطلب,الحالة,التاريخ,لون,الموافقة\n\
         2026/1,في الطريق,2026-11-01,,\n\
         2026/2,وارد,13/31/2026,,ربما\n\
         ,وارد,2026-11-01,,\n\
         ٢٠٢٦-٢,وارد,2026-11-01,,\n\
         2026/5,وارد,2026-11-01,,نعم,زيادة\n\
         2026/6,وارد,1448/13/01,,\n",
    );
    let places: Vec<(usize, &str)> = faults.iter().map(|fault| (fault.line, fault.column.as_str())).collect();
    let expected =
        [(1, "لون"), (2, "الحالة"), (3, "التاريخ"), (3, "الموافقة"), (4, ""), (5, ""), (6, ""), (7, "التاريخ")];
    assert_eq!(places, expected, "{faults:#?}");
    assert_eq!(rows.len(), 0);
    assert!(parsed("الاسم,الحالة\nx,y\n").1.iter().any(|fault| fault.line == 1), "no number");
    assert!(!parsed("").1.is_empty());
}

#[tokio::test]
async fn an_import_says_first_who_would_be_told_of_what_on_which_channel() {
    each_database(|bench| async {
        let world = World::start_texting(bench).await;
        let report = |stage| Report {
            stage: Some(stage),
            contacts: vec![(ContactKind::Telephone, "+96555512345".into(), true)],
            source: "import".into(),
            ..Report::default()
        };
        world.app.request_report("2026/1", &report(Stage::Studying)).await.unwrap();
        world.app.request_report("2026/2", &report(Stage::Studying)).await.unwrap();
        world.write("7", "2026/3").await;
        world.write("7", "أخبروني إذا وصل").await;
        let conversation = world.conversation("7").await;
        world.app.prove_by_officer("2026/1", conversation, "سارة").await.unwrap();
        let row = |line, number: &str, stage| ImportRow { line, reference: number.into(), report: report(stage) };
        let rows = [
            row(2, "2026/1", Stage::Confirming),
            row(3, "2026/2", Stage::Confirming),
            row(4, "2026/3", Stage::Studying),
        ];
        let dry = world.app.requests_import(&rows, true, |_| {}).await.unwrap().forecast;
        assert_eq!(dry.told, [(("stage", "telegram".to_owned()), 1)].into());
        assert_eq!((dry.nobody, dry.watching), (1, 1));
        let real = world.app.requests_import(&rows, false, |_| {}).await.unwrap();
        assert_eq!(real.forecast, dry);
        let again = world.app.requests_import(&rows, true, |_| {}).await.unwrap().forecast;
        assert_eq!(again, awasir::app::Forecast::default());
    })
    .await;
}
