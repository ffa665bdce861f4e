//! Pictures beside words: what they say, and their bytes, made when first wanted and kept. They are the same for everybody.
use crate::channels::Limits;
use crate::documents::{ROUTE_ROWS, RouteError, RouteRow, RouteWords, route_fits, route_picture};
use crate::locale::Catalog;
use crate::model::{LocaleTag, OutboundPart, Picture, Say, ShownPicture, Stage, Value};
use crate::text;
use bytes::Bytes;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock};
use tokio::sync::OnceCell;

/// What is known of the pictures so far: at most one for each stage and language, some 30 kB each.
#[derive(Debug)]
pub struct Pictures {
    catalog: Arc<Catalog>,
    kept: Mutex<HashMap<(Picture, LocaleTag), Arc<Kept>>>,
}

/// One picture in one language. None: there is none, and that was logged.
#[derive(Debug, Default)]
struct Kept {
    alt: OnceLock<Option<String>>,
    png: OnceCell<Option<Bytes>>,
}

impl Pictures {
    /// None drawn yet.
    #[must_use]
    pub fn new(catalog: Arc<Catalog>) -> Self {
        Self { catalog, kept: Mutex::default() }
    }

    /// What is shown with `say` on a channel with these limits. None where it carries no pictures, or none can be made in that
    /// language.
    pub fn shown_with(&self, say: &Say, limits: &Limits) -> Option<ShownPicture> {
        let picture = say.picture?;
        limits.caption?;
        let kept = self.kept(picture, &say.locale)?;
        let alt = kept.alt.get_or_init(|| {
            let Picture::Route(stage) = picture;
            match route_fits(stage, &route_words(&self.catalog, &say.locale, stage)) {
                Ok(()) => Some(route_alt(&self.catalog, &say.locale, stage)),
                Err(error) => {
                    not_drawn(picture, &say.locale, &error);
                    None
                }
            }
        });
        alt.clone().map(|alt| ShownPicture { picture, alt })
    }

    /// The bytes that go out with `part`. None where there is nothing to show, or it could not be drawn.
    pub(super) async fn drawn_for(&self, part: &OutboundPart) -> Option<Bytes> {
        self.png(part.picture.as_ref()?.picture, &part.locale).await
    }

    /// A picture as PNG. None where there are no words for it in that language, or it cannot be drawn.
    pub async fn png(&self, picture: Picture, locale: &LocaleTag) -> Option<Bytes> {
        let kept = self.kept(picture, locale)?;
        let draw = async || {
            let (catalog, tag, Picture::Route(stage)) = (self.catalog.clone(), locale.clone(), picture);
            // Some hundredths of a second of nothing but arithmetic: not on a thread that serves.
            let drawn =
                tokio::task::spawn_blocking(move || route_picture(stage, &route_words(&catalog, &tag, stage))).await;
            match drawn {
                Ok(Ok(png)) => Some(Bytes::from(png)),
                Ok(Err(error)) => {
                    not_drawn(picture, locale, &error);
                    None
                }
                Err(error) => {
                    tracing::error!(picture = picture.name(), %locale, %error, "drawing a picture failed");
                    None
                }
            }
        };
        kept.png.get_or_init(draw).await.clone()
    }

    /// The place of a picture among those kept. None for a language without words: addresses of the web name any.
    fn kept(&self, picture: Picture, locale: &LocaleTag) -> Option<Arc<Kept>> {
        self.catalog.locales().contains(locale).then(|| {
            let mut all = self.kept.lock().expect("nobody panics while holding it");
            all.entry((picture, locale.clone())).or_default().clone()
        })
    }
}

fn not_drawn(picture: Picture, locale: &LocaleTag, error: &RouteError) {
    tracing::warn!(picture = picture.name(), %locale, %error, "no picture in this language: the words go alone");
}

fn route_words(catalog: &Catalog, locale: &LocaleTag, stage: Stage) -> RouteWords {
    RouteWords {
        rows: ROUTE_ROWS.map(|row| plain(catalog, locale, row_phrase(row), &BTreeMap::new())),
        mark: plain(catalog, locale, mark_phrase(stage), &BTreeMap::new()),
        rtl: catalog.is_rtl(locale),
    }
}

/// What the picture shows, in words.
fn route_alt(catalog: &Catalog, locale: &LocaleTag, stage: Stage) -> String {
    let phrase = |id: &str| Value::Phrase { phrase: id.to_owned() };
    let args = [("place", phrase(row_phrase(RouteRow::marked_at(stage)))), ("mark", phrase(mark_phrase(stage)))];
    plain(catalog, locale, "picture-alt", &args.map(|(name, value)| (name.to_owned(), value)).into())
}

fn plain(catalog: &Catalog, locale: &LocaleTag, id: &str, args: &BTreeMap<String, Value>) -> String {
    text::strip_isolates(&catalog.phrase(locale, id, args).to_plain()).into_owned()
}

const fn row_phrase(row: RouteRow) -> &'static str {
    match row {
        RouteRow::You => "picture-you",
        RouteRow::Embassy => "picture-embassy",
        RouteRow::Ministry => "picture-ministry",
        RouteRow::Association => "picture-association",
        RouteRow::Received => "picture-received",
        RouteRow::Studying => "picture-studying",
        RouteRow::Completing => "picture-completing",
        RouteRow::Confirming => "picture-confirming",
        RouteRow::Decision => "picture-decision",
    }
}

const fn mark_phrase(stage: Stage) -> &'static str {
    match stage {
        Stage::WithEmbassy | Stage::WithMinistry | Stage::Received | Stage::Studying | Stage::Confirming => {
            "picture-here"
        }
        Stage::Completing => "picture-waiting",
        Stage::Returned => "picture-returned",
        Stage::Decided => "picture-decided",
        Stage::Closed => "picture-closed",
    }
}
