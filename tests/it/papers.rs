//! Papers that people send: who may, what is taken and what is refused, kept once and sealed, judged, scanned, destroyed.
use crate::support::clamd::Clamd;
use crate::support::database::each_database;
use crate::support::fake::World;
use crate::support::site::Site;
use awasir::app::{AppSettings, PapersError, Report, Taken, Upload};
use awasir::documents::{LARGEST_PAPER, read_paper};
use awasir::files::{Files, Scanner};
use awasir::model::{ConversationId, PaperFault, PaperForm, PaperState, RequestId, Stage};
use awasir::store::Database;
use image::{ExtendedColorType, ImageEncoder as _};
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;

const MINUTE: Duration = Duration::from_mins(1);
const DAY: Duration = Duration::from_hours(24);
const REFERENCE: &str = "2026/1234-5";
const PAPER: &str = "صورة الجواز";
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n";

/// A picture of `width` by `height` with EXIF in front that says: turned by a quarter, and taken somewhere.
fn photo(width: u32, height: u32) -> Vec<u8> {
    let mut plain = Vec::new();
    let pixels: Vec<u8> = (0..width * height * 3).map(|place| u8::try_from(place % 251).unwrap()).collect();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut plain, 80);
    encoder.write_image(&pixels, width, height, ExtendedColorType::Rgb8).unwrap();
    // TIFF, big endian: one entry, orientation (0x0112) = 6; behind it what a telephone would add.
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    exif.extend_from_slice(b"GPSLatitude 29.3759");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&plain[..2], &[0xff, 0xe1], &length, &exif, &plain[2..]].concat()
}

fn pdf_with(object: &[u8]) -> Vec<u8> {
    let cut = PDF.len() - "trailer << /Root 1 0 R >>\n%%EOF\n".len();
    [&PDF[..cut], b"3 0 obj\n", object, b"\nendobj\n", &PDF[cut..]].concat()
}

fn object_stream(inner: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(inner).unwrap();
    let packed = packed.finish().unwrap();
    let head = format!("<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length {} >>\nstream\n", packed.len());
    pdf_with(&[head.as_bytes(), &packed, b"\nendstream"].concat())
}

#[test]
fn what_is_no_paper_is_refused_by_its_bytes() {
    let zip = b"PK\x03\x04 something PK\x05\x06";
    let mut huge = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    huge.extend_from_slice(&[0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20, 8, 2, 0, 0, 0]);
    let mut checksum = flate2::Crc::new();
    checksum.update(&huge[12..]);
    huge.extend_from_slice(&checksum.sum().to_be_bytes());
    huge.extend_from_slice(b"\0\0\0\x04IDAT\0\0\0\0\0\0\0\0");
    for (name, bytes, fault) in [
        ("nothing", Vec::new(), PaperFault::Empty),
        ("too much", vec![0; LARGEST_PAPER + 1], PaperFault::Large),
        ("zip", zip.to_vec(), PaperFault::Archive),
        ("picture and zip", [photo(8, 8), zip.to_vec()].concat(), PaperFault::Double),
        ("page and zip", pdf_with(zip), PaperFault::Double),
        ("page with a page of markup", pdf_with(b"<!-- <SCRIPT>alert(1)</SCRIPT> -->"), PaperFault::Double),
        ("page and more", [PDF, b"MZ program"].concat(), PaperFault::Double),
        ("heic", b"\0\0\0\x18ftypheic\0\0\0\0".to_vec(), PaperFault::Heic),
        ("400 million pixels", huge, PaperFault::Pixels),
        ("half a picture", photo(64, 64)[..400].to_vec(), PaperFault::Damaged),
        ("half a page", PDF[..60].to_vec(), PaperFault::Damaged),
        ("script", pdf_with(b"<< /S /JavaScript /JS (x) >>"), PaperFault::Active),
        ("script, spelled otherwise", pdf_with(b"<< /S /J#61vaScript >>"), PaperFault::Active),
        ("script, packed", object_stream(b"3 0 << /S /JavaScript >>"), PaperFault::Active),
        ("bomb", object_stream(&vec![b' '; 40 << 20]), PaperFault::Active),
        ("program", pdf_with(b"<< /S /Launch >>"), PaperFault::Active),
        ("files inside", pdf_with(b"<< /EmbeddedFiles 9 0 R >>"), PaperFault::Active),
        ("password", pdf_with(b"<< /Encrypt 9 0 R >>"), PaperFault::Locked),
        ("html", b"<html><script>x</script>".to_vec(), PaperFault::Other),
        ("svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), PaperFault::Other),
        ("gif", b"GIF89a".to_vec(), PaperFault::Other),
    ] {
        assert_eq!(read_paper(&bytes), Err(fault), "{name}");
    }
}

#[test]
fn a_picture_is_drawn_anew_upright_and_without_its_place() {
    let paper = read_paper(&photo(64, 32)).unwrap();
    let drawn = image::load_from_memory(&paper.bytes).unwrap();
    assert_eq!((paper.form, drawn.width(), drawn.height()), (PaperForm::Jpeg, 32, 64));
    let holds = |what: &[u8]| paper.bytes.windows(what.len()).any(|window| window == what);
    assert!(!holds(b"GPS") && !holds(b"Exif"));
    assert_eq!(read_paper(PDF).unwrap().bytes, PDF);
    assert_eq!(read_paper(&object_stream(b"3 0 << /Type /Font >>")).unwrap().form, PaperForm::Pdf);
}

/// A program with a folder for papers, and a mother who has proved a request that lacks one.
async fn each_world<F: Future<Output = ()>>(
    scanner: Option<Scanner>,
    test: impl Fn(World, TempDir, ConversationId) -> F,
) {
    each_database(|bench| {
        let (scanner, test) = (scanner.clone(), &test);
        async move {
            let folder = tempfile::tempdir().unwrap();
            let files = Files::folder(folder.path().join("papers")).unwrap();
            let set = |settings: &mut AppSettings| {
                settings.papers.files = Some(files.clone());
                settings.papers.scanner = scanner.clone();
                settings.papers.public_url = Some("https://bot.example".to_owned());
            };
            let world = World::start_set(bench, set).await;
            let report = Report {
                stage: Some(Stage::Completing),
                papers: vec![(PAPER.into(), PaperState::Missing)],
                source: "officer:noura".into(),
                ..Report::default()
            };
            world.app.request_report(REFERENCE, &report).await.unwrap();
            world.write("7", "السلام عليكم").await;
            let mother = world.conversation("7").await;
            world.app.prove_by_officer(REFERENCE, mother, "noura").await.unwrap();
            world.settle().await;
            test(world, folder, mother).await;
        }
    })
    .await;
}

async fn request(world: &World) -> RequestId {
    world.app.request(REFERENCE).await.unwrap().unwrap().row.id
}

async fn state(world: &World) -> PaperState {
    world.app.request(REFERENCE).await.unwrap().unwrap().papers[0].state
}

async fn send(world: &World, token: &str, bytes: &[u8]) -> Result<Taken, PapersError> {
    let upload = Upload { token: token.to_owned(), paper: PAPER.to_owned(), bytes: bytes.to_vec() };
    let outcome = world.app.paper_take(upload).await;
    world.settle().await;
    outcome
}

fn shown(world: &World) -> Vec<String> {
    world.fake.shown_to("7")
}

fn stored(folder: &Path) -> Vec<Vec<u8>> {
    let files = std::fs::read_dir(folder.join("papers")).unwrap();
    files.map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
}

#[tokio::test]
async fn a_paper_is_sent_by_its_link_received_once_judged_and_opened_by_an_officer() {
    each_world(None, |world, folder, mother| async move {
        world.write("7", "رفع ورقة").await;
        let said = shown(&world).pop().unwrap().replace(['\u{2068}', '\u{2069}'], "");
        let (_, rest) = said.split_once("https://bot.example/papers#").expect("a link");
        let token = rest.split_whitespace().next().unwrap().to_owned();
        // The token is sent, and kept nowhere else.
        let replay = world.app.replay(mother).await.unwrap();
        assert!(!format!("{replay:?}").contains(&token) && replay.turns.iter().all(|turn| turn.same));
        let page = world.app.papers_page(&token).await.unwrap();
        assert_eq!((page.reference_end.as_str(), page.papers[0].name.as_str()), ("2345", PAPER));
        let before = shown(&world).len();
        assert_eq!(send(&world, &token, &photo(64, 32)).await.unwrap(), Taken::Kept);
        assert_eq!(send(&world, &token, &photo(64, 32)).await.unwrap(), Taken::Known);
        let receipts = shown(&world)[before..].to_vec();
        assert!(receipts.len() == 1 && receipts[0].contains(PAPER), "{receipts:?}");
        assert_eq!(state(&world).await, PaperState::Received);
        assert_eq!(world.bench.count("tickets where topic = 'papers'").await, 1);
        let files = stored(folder.path());
        assert_eq!(files.len(), 1);
        assert!(image::load_from_memory(&files[0]).is_err(), "sealed");
        let opened = world.app.paper_open(REFERENCE, "صوره الجواز", "noura").await.unwrap();
        assert_eq!((opened.len(), opened[0].0), (1, PaperForm::Jpeg));
        assert_eq!(image::load_from_memory(&opened[0].1).unwrap().height(), 64);
        assert_eq!(world.bench.count("audit where action = 'paper-open'").await, 1);
        // It goes back: the notice says only that there is news, the reason is told when asked.
        world.app.paper_judge(REFERENCE, PAPER, Some("الصورة غير واضحة"), "noura").await.unwrap();
        world.settle().await;
        let notice = shown(&world).pop().unwrap();
        assert!(notice.contains("تحديث") && !notice.contains(PAPER) && !notice.contains("واضحة"), "{notice}");
        world.write("7", "طلبي").await;
        assert!(shown(&world).pop().unwrap().contains("الصورة غير واضحة"));
        assert_eq!(send(&world, &token, PDF).await.unwrap(), Taken::Kept);
        world.app.paper_judge(REFERENCE, PAPER, None, "noura").await.unwrap();
        assert!(matches!(send(&world, &token, &photo(9, 9)).await, Err(PapersError::NoPaper)));
    })
    .await;
}

#[tokio::test]
async fn a_link_opens_nothing_once_it_is_old_forged_unlinked_or_too_much_came() {
    each_world(None, |world, _folder, mother| async move {
        let request = request(&world).await;
        let token = world.app.papers_token(mother, request);
        assert!(matches!(send(&world, "x", PDF).await, Err(PapersError::Link)));
        let mut forged = token.clone();
        forged.replace_range(3..4, if forged[3..4] == *"A" { "B" } else { "A" });
        assert!(matches!(send(&world, &forged, PDF).await, Err(PapersError::Link)));
        world.write("8", "السلام عليكم").await;
        let stranger = world.conversation("8").await;
        let theirs = world.app.papers_token(stranger, request);
        assert!(matches!(world.app.papers_page(&theirs).await, Err(PapersError::Link)));
        for page in 1..=20 {
            assert_eq!(send(&world, &token, &photo(8, 8 + page)).await.unwrap(), Taken::Kept, "{page}");
        }
        assert!(matches!(send(&world, &token, PDF).await, Err(PapersError::TooMany)));
        assert_eq!(send(&world, &token, &photo(8, 9)).await.unwrap(), Taken::Known);
        world.bench.clock.advance(MINUTE * 61);
        assert!(matches!(world.app.papers_page(&token).await, Err(PapersError::Link)));
        let fresh = world.app.papers_token(mother, request);
        assert_eq!(send(&world, &fresh, PDF).await.unwrap(), Taken::Kept);
        world.write("7", "احذف ربط طلبي").await;
        assert!(matches!(world.app.papers_page(&fresh).await, Err(PapersError::Link)));
    })
    .await;
}

#[tokio::test]
async fn a_scanner_that_is_away_is_waited_for_and_what_it_finds_stays_in_quarantine() {
    let clamd = Clamd::start().await;
    each_world(Some(clamd.scanner()), |world, folder, mother| {
        let clamd = &clamd;
        async move {
            let token = world.app.papers_token(mother, request(&world).await);
            clamd.is_away(true);
            assert_eq!(send(&world, &token, PDF).await.unwrap(), Taken::Unscanned);
            assert!(shown(&world).pop().unwrap().contains("سنفحص"));
            assert!(world.app.paper_open(REFERENCE, PAPER, "noura").await.is_err(), "nobody gets it before");
            clamd.is_away(false);
            world.bench.clock.advance(MINUTE);
            world.app.tend_papers().await.unwrap();
            assert_eq!(world.app.paper_open(REFERENCE, PAPER, "noura").await.unwrap().len(), 1);
            let bad = pdf_with(b"(EICAR)");
            let refused = send(&world, &token, &bad).await;
            assert!(matches!(refused, Err(PapersError::Fault(PaperFault::Infected))), "{refused:?}");
            assert!(shown(&world).pop().unwrap().contains("لم نقبل"));
            assert_eq!(world.bench.count("paper_files where state = 'infected'").await, 1);
            assert_eq!(stored(folder.path()).len(), 2);
            assert_eq!(world.bench.count("tickets where topic = 'papers-infected'").await, 1);
            assert_eq!(world.app.paper_open(REFERENCE, PAPER, "noura").await.unwrap().len(), 1);
            // One that waited and is found bad later goes back.
            clamd.is_away(true);
            assert_eq!(send(&world, &token, &pdf_with(b"(EICAR 2)")).await.unwrap(), Taken::Unscanned);
            clamd.is_away(false);
            world.bench.clock.advance(MINUTE);
            world.app.tend_papers().await.unwrap();
            assert_eq!(state(&world).await, PaperState::Returned);
            // In quarantine for thirty days, the others for a year.
            world.bench.clock.advance(DAY * 31);
            world.app.retain().await.unwrap();
            world.app.tend_papers().await.unwrap();
            assert_eq!(stored(folder.path()).len(), 1);
            world.bench.clock.advance(DAY * 366);
            world.app.retain().await.unwrap();
            world.app.tend_papers().await.unwrap();
            assert_eq!((stored(folder.path()).len(), world.bench.count("paper_files").await), (0, 0));
        }
    })
    .await;
}

#[tokio::test]
async fn an_erasure_and_a_crash_leave_no_file_behind() {
    each_world(None, |world, folder, mother| async move {
        let token = world.app.papers_token(mother, request(&world).await);
        assert_eq!(send(&world, &token, PDF).await.unwrap(), Taken::Kept);
        // Cut off between the file and the commit: the same file sent again is taken, as if it were the first.
        execute(&world, "update paper_files set state = 'writing'").await;
        assert_eq!(send(&world, &token, PDF).await.unwrap(), Taken::Kept);
        assert_eq!(send(&world, &token, &photo(9, 9)).await.unwrap(), Taken::Kept);
        execute(&world, "update paper_files set state = 'writing' where form = 'jpeg'").await;
        world.app.tend_papers().await.unwrap();
        assert_eq!(stored(folder.path()).len(), 2, "it may still be under way");
        world.bench.clock.advance(MINUTE * 61);
        world.app.tend_papers().await.unwrap();
        assert_eq!(stored(folder.path()).len(), 1);
        world.app.erase(mother, "test").await.unwrap();
        assert_eq!(world.bench.count("paper_files where state = 'going' and conversation_id is null").await, 1);
        assert_eq!(state(&world).await, PaperState::Missing);
        world.bench.clock.advance(MINUTE);
        world.app.tend_papers().await.unwrap();
        assert_eq!((stored(folder.path()).len(), world.bench.count("paper_files").await), (0, 0));
    })
    .await;
}

async fn execute(world: &World, text: &'static str) {
    match world.bench.store.database() {
        Database::Sqlite { writer, .. } => drop(sqlx::query(text).execute(writer).await.unwrap()),
        Database::Postgres(pool) => drop(sqlx::query(text).execute(pool).await.unwrap()),
    }
}

#[tokio::test]
async fn the_page_is_small_safe_to_show_and_opens_nothing_without_a_link() {
    let site = Site::open(&[]).await;
    for lang in ["ar", "en"] {
        let page = site.client.get(format!("{}/papers?lang={lang}", site.base)).send().await.unwrap();
        let header = |name: &str| page.headers().get(name).unwrap().to_str().unwrap().to_owned();
        assert_eq!((header("referrer-policy"), header("cache-control")), ("no-referrer".into(), "no-store".into()));
        let policy = header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(page.headers().get("set-cookie").is_none());
        let html = page.text().await.unwrap();
        assert!(html.contains(if lang == "ar" { "dir=\"rtl\"" } else { "dir=\"ltr\"" }));
        let mut bytes = html.len();
        for name in ["papers.css", "papers.js", "icon.svg"] {
            let start = html.find("/chat/static/").unwrap();
            let folder = &html[start..start + html[start..].find('"').unwrap()];
            let folder = &folder[..folder.rfind('/').unwrap()];
            let asset = site.client.get(format!("{}{folder}/{name}", site.base)).send().await.unwrap();
            assert!(asset.status().is_success(), "{name}");
            bytes += asset.bytes().await.unwrap().len();
        }
        assert!(bytes <= 20 * 1024, "{bytes} bytes");
    }
    let form = |token: &str| {
        let file = reqwest::multipart::Part::bytes(PDF.to_vec()).file_name("<script>.pdf");
        reqwest::multipart::Form::new().text("token", token.to_owned()).text("paper", "<b>").part("file", file)
    };
    let sent = site.client.post(format!("{}/papers/send", site.base)).multipart(form("x\"><script>")).send().await;
    let sent = sent.unwrap();
    assert_eq!(sent.status(), reqwest::StatusCode::FORBIDDEN);
    let html = sent.text().await.unwrap();
    assert!(!html.contains("<script>") && html.contains("role=\"alert\""), "{html}");
    let opened = site.client.post(format!("{}/papers/open", site.base));
    let opened = opened.header("content-type", "application/x-www-form-urlencoded").body("token=abc&lang=en");
    assert_eq!(opened.send().await.unwrap().status(), reqwest::StatusCode::FORBIDDEN);
}
