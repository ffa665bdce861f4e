//! The small drawing of the route: a station under the other, the present one marked. An SVG in the locale's words, as PNG.
use crate::model::Stage;
use askama::Template;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{FontResolver, Group, Node, Options, TextChunk, Tree, fontdb};
use std::sync::{Arc, OnceLock};

/// Width in pixels: twice what a telephone's chat is wide, so that it is crisp there.
pub const ROUTE_WIDTH: u16 = 720;
/// Height in pixels, the same at every stage, so that pages can keep the place free.
pub const ROUTE_HEIGHT: u16 = 2 * MARGIN + STATIONS * STATION + STEPS * STEP + MARK;

const MARGIN: u16 = 26;
const STATIONS: u16 = 5;
const STEPS: u16 = 4;
/// The height of a station's row, of a step's, and what the mark adds to one of them.
const STATION: u16 = 76;
const STEP: u16 = 58;
const MARK: u16 = 52;
/// From the side on which reading begins to the line, and to the words.
const LINE: u16 = 76;
const WORDS: u16 = 126;
/// Words end this far from the other side.
const END: u16 = 40;

/// Noto Sans Arabic and Noto Sans, cut down to the letters that locales need (`fonts/OFL.txt`).
const FONTS: [&[u8]; 4] = [
    include_bytes!("fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("fonts/NotoSansArabic-Bold.ttf"),
    include_bytes!("fonts/NotoSans-Regular.ttf"),
    include_bytes!("fonts/NotoSans-Bold.ttf"),
];

/// The words in the drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteWords {
    /// One for each row, in the order of [`ROUTE_ROWS`].
    pub rows: [String; ROUTE_ROWS.len()],
    /// What stands under the marked row.
    pub mark: String,
    /// Whether the words run from right to left.
    pub rtl: bool,
}

/// A row: where a request can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RouteRow {
    /// The family itself.
    You,
    /// The embassy.
    Embassy,
    /// The Ministry of Foreign Affairs.
    Ministry,
    /// The association, which has the four steps that follow.
    Association,
    /// It has arrived there.
    Received,
    /// It is studied.
    Studying,
    /// It is made complete.
    Completing,
    /// It is confirmed.
    Confirming,
    /// The end of the route.
    Decision,
}

/// The rows from the top down.
pub const ROUTE_ROWS: [RouteRow; 9] = [
    RouteRow::You,
    RouteRow::Embassy,
    RouteRow::Ministry,
    RouteRow::Association,
    RouteRow::Received,
    RouteRow::Studying,
    RouteRow::Completing,
    RouteRow::Confirming,
    RouteRow::Decision,
];

impl RouteRow {
    /// The row that is marked at `stage`.
    #[must_use]
    pub const fn marked_at(stage: Stage) -> Self {
        match stage {
            // From wherever it came back: the family has it.
            Stage::Returned => Self::You,
            Stage::WithEmbassy => Self::Embassy,
            Stage::WithMinistry => Self::Ministry,
            Stage::Received => Self::Received,
            Stage::Studying => Self::Studying,
            Stage::Completing => Self::Completing,
            Stage::Confirming => Self::Confirming,
            Stage::Decided | Stage::Closed => Self::Decision,
        }
    }

    const fn is_step(self) -> bool {
        matches!(self, Self::Received | Self::Studying | Self::Completing | Self::Confirming)
    }

    const fn height(self) -> u16 {
        if self.is_step() { STEP } else { STATION }
    }
}

/// Why there is no drawing. Whoever wanted it does without: the words say everything.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RouteError {
    /// The fonts lack this letter.
    #[error("the fonts lack {0:?}")]
    Letter(char),
    /// The words are longer than the drawing is wide.
    #[error("{0:?} is too long for the drawing")]
    TooLong(String),
    /// The template and this code disagree.
    #[error("drawing: {0}")]
    Drawing(String),
}

/// The drawing for `stage`, as PNG.
///
/// # Errors
/// See [`RouteError`].
pub fn route_picture(stage: Stage, words: &RouteWords) -> Result<Vec<u8>, RouteError> {
    let tree = laid_out(stage, words)?;
    let mut canvas = Pixmap::new(u32::from(ROUTE_WIDTH), u32::from(ROUTE_HEIGHT))
        .ok_or_else(|| RouteError::Drawing("no canvas".to_owned()))?;
    resvg::render(&tree, Transform::identity(), &mut canvas.as_mut());
    canvas.encode_png().map_err(|error| RouteError::Drawing(error.to_string()))
}

/// Whether there can be a drawing in these words; a small part of the work of making it.
///
/// # Errors
/// See [`RouteError`].
pub fn route_fits(stage: Stage, words: &RouteWords) -> Result<(), RouteError> {
    laid_out(stage, words).map(drop)
}

/// The drawing with every letter in its place.
fn laid_out(stage: Stage, words: &RouteWords) -> Result<Tree, RouteError> {
    let drawing = |error: &dyn std::fmt::Display| RouteError::Drawing(error.to_string());
    let svg = Drawing::of(stage, words).render().map_err(|error| drawing(&error))?;
    let mut fonts = fontdb::Database::new();
    for font in FONTS {
        fonts.load_font_source(fontdb::Source::Binary(Arc::new(font)));
    }
    let lacking = OnceLock::new();
    let tree = {
        // The other script's font of the same weight; a letter for which there is none after that cannot be drawn.
        let select_fallback = |letter: char, tried: &[fontdb::ID], fonts: &mut Arc<fontdb::Database>| {
            let weight = fonts.face(*tried.first()?)?.weight;
            let other = fonts.faces().find(|face| face.weight == weight && !tried.contains(&face.id));
            other.map(|face| face.id).or_else(|| {
                lacking.get_or_init(|| letter);
                None
            })
        };
        let font_resolver = FontResolver {
            select_font: FontResolver::default_font_selector(),
            select_fallback: Box::new(select_fallback),
        };
        let options = Options { fontdb: Arc::new(fonts), font_resolver, ..Options::default() };
        Tree::from_str(&svg, &options).map_err(|error| drawing(&error))?
    };
    if let Some(letter) = lacking.into_inner() {
        return Err(RouteError::Letter(letter));
    }
    check(tree.root())?;
    Ok(tree)
}

/// Every text stays within the drawing.
fn check(group: &Group) -> Result<(), RouteError> {
    for node in group.children() {
        match node {
            Node::Group(inner) => check(inner)?,
            Node::Text(text) => {
                let place = text.abs_bounding_box();
                if place.left() < f32::from(END) || place.right() > f32::from(ROUTE_WIDTH - END) {
                    let words = text.chunks().iter().map(TextChunk::text).collect();
                    return Err(RouteError::TooLong(words));
                }
            }
            Node::Path(_) | Node::Image(_) => {}
        }
    }
    Ok(())
}

#[derive(Template)]
#[template(path = "route_picture.svg")]
struct Drawing<'a> {
    rows: Vec<Row<'a>>,
    line: Line,
    card: Card,
    look: Look,
    mark: &'a str,
    anchor: &'static str,
    waiting: bool,
}

/// Where a row lies, seen from the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Behind,
    Here,
    Ahead,
}

struct Row<'a> {
    label: &'a str,
    place: Place,
    x: u16,
    y: u16,
    baseline: u16,
    size: u16,
    weight: u16,
    radius: u16,
    ink: &'static str,
}

/// The line that joins the stations.
struct Line {
    x: u16,
    start: u16,
    here: u16,
    end: u16,
}

/// The ground of the marked row.
struct Card {
    x: u16,
    y: u16,
    width: u16,
    height: u16,
}

/// Colours of the mark. Each text stands at 7:1 or more on its ground.
struct Look {
    card: &'static str,
    edge: &'static str,
    words: &'static str,
}

const HERE: Look = Look { card: "#e4f1e8", edge: "#1b5e45", words: "#14503a" };
/// The family is waited for: another colour, another outline, and two bars instead of the dot.
const WAITING: Look = Look { card: "#fdf3dc", edge: "#8a5a00", words: "#6b4500" };

impl<'a> Drawing<'a> {
    fn of(stage: Stage, words: &'a RouteWords) -> Self {
        let marked = RouteRow::marked_at(stage);
        let waiting = matches!(stage, Stage::Completing | Stage::Returned);
        let from_start = |distance: u16| if words.rtl { ROUTE_WIDTH - distance } else { distance };
        let mut card = Card { x: 20, y: 0, width: ROUTE_WIDTH - 40, height: 0 };
        let mut rows = Vec::with_capacity(ROUTE_ROWS.len());
        let (mut top, mut place) = (MARGIN, Place::Behind);
        for (row, label) in ROUTE_ROWS.into_iter().zip(&words.rows) {
            let here = row == marked;
            if here {
                place = Place::Here;
                card = Card { y: top, height: row.height() + MARK, ..card };
            }
            let y = top + row.height() / 2 + if here { 6 } else { 0 };
            let (size, radius, indent) = if row.is_step() { (30, 9, 22) } else { (35, 12, 0) };
            rows.push(Row {
                label,
                place,
                x: from_start(WORDS + indent),
                y,
                baseline: y + size / 3,
                size,
                weight: if here || !row.is_step() { 700 } else { 400 },
                radius,
                ink: if place == Place::Ahead { "#4c5a51" } else { "#22302a" },
            });
            top += row.height() + if here { MARK } else { 0 };
            if here {
                place = Place::Ahead;
            }
        }
        let at = |wanted: Place| rows.iter().find(|row| row.place == wanted).map(|row| row.y);
        let here = at(Place::Here).unwrap_or(MARGIN);
        let line = Line {
            x: from_start(LINE),
            start: at(Place::Behind).unwrap_or(here),
            here,
            end: rows.last().map_or(here, |row| row.y),
        };
        let anchor = if words.rtl { "end" } else { "start" };
        let look = if waiting { WAITING } else { HERE };
        Self { rows, line, card, look, mark: &words.mark, anchor, waiting }
    }
}
