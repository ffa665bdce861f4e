//! A paper that somebody sent: what it really is, and the same picture without anything that was hidden in the file. Bytes
//! decide, never a name or what a browser says.
use super::pdf;
use crate::model::{PaperFault, PaperForm};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{DynamicImage, ImageDecoder as _, ImageError, ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// The largest file that is taken.
pub const LARGEST_PAPER: usize = 20 * 1024 * 1024;
/// The longest side of a picture: a telephone's largest have 16,384.
const LONGEST_SIDE: u32 = 20_000;
/// Pixels of a picture: a telephone's best have 50 million. Checked before anything is unpacked.
const MOST_PIXELS: u64 = 60_000_000;
/// Memory that unpacking a picture may take.
const MEMORY: u64 = 512 * 1024 * 1024;
/// Of a hundred; print on a photograph of a page stays sharp.
const QUALITY: u8 = 88;

/// A paper that is taken: its form, and the bytes to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// What it is.
    pub form: PaperForm,
    /// A picture drawn anew, without place, telephone and whatever else its file held; pages as they came.
    pub bytes: Vec<u8>,
}

/// What bytes begin with.
enum Seems {
    Picture(ImageFormat),
    Pdf,
    Not(PaperFault),
}

/// Looks at a file and makes it a paper. Takes up to seconds of processor time: not for an async thread.
///
/// # Errors
/// [`PaperFault`]: what is said to the person.
pub fn read_paper(bytes: &[u8]) -> Result<Paper, PaperFault> {
    if bytes.is_empty() {
        return Err(PaperFault::Empty);
    }
    if bytes.len() > LARGEST_PAPER {
        return Err(PaperFault::Large);
    }
    match seems(bytes) {
        Seems::Not(fault) => Err(fault),
        _ if holds_archive(bytes) => Err(PaperFault::Double),
        Seems::Picture(format) => picture(bytes, format),
        Seems::Pdf => pdf::check(bytes).map(|()| Paper { form: PaperForm::Pdf, bytes: bytes.to_vec() }),
    }
}

fn seems(bytes: &[u8]) -> Seems {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(b"\xff\xd8\xff") {
        return Seems::Picture(ImageFormat::Jpeg);
    }
    if starts(b"\x89PNG\r\n\x1a\n") {
        return Seems::Picture(ImageFormat::Png);
    }
    if starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Seems::Picture(ImageFormat::WebP);
    }
    if starts(b"%PDF-") {
        return Seems::Pdf;
    }
    // ISO 14496-12: the brand of the box that begins the file.
    let brand = bytes.get(4..8).filter(|kind| *kind == b"ftyp").and_then(|_| bytes.get(8..12));
    if brand.is_some_and(|brand| [&b"heic"[..], b"heix", b"hevc", b"mif1", b"msf1", b"avif"].contains(&brand)) {
        return Seems::Not(PaperFault::Heic);
    }
    let archives: [&[u8]; 6] = [b"PK", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ"];
    let archive = archives.iter().any(|magic| starts(magic));
    Seems::Not(if archive { PaperFault::Archive } else { PaperFault::Other })
}

/// A local header and an end of directory: a ZIP program would open the file, whatever else it is.
fn holds_archive(bytes: &[u8]) -> bool {
    let holds = |magic: &[u8]| bytes.windows(4).any(|four| four == magic);
    holds(b"PK\x05\x06") && holds(b"PK\x03\x04")
}

fn picture(bytes: &[u8], format: ImageFormat) -> Result<Paper, PaperFault> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| fault(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(PaperFault::Pixels);
    }
    let turned = decoder.orientation().map_err(|error| fault(&error))?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(|error| fault(&error))?;
    image.apply_orientation(turned);
    let mut out = Vec::new();
    let (form, drawn) = if format == ImageFormat::Png {
        (PaperForm::Png, image.write_with_encoder(PngEncoder::new(&mut out)))
    } else {
        let plain = DynamicImage::ImageRgb8(image.into_rgb8());
        (PaperForm::Jpeg, plain.write_with_encoder(JpegEncoder::new_with_quality(&mut out, QUALITY)))
    };
    drawn.map_err(|error| fault(&error))?;
    Ok(Paper { form, bytes: out })
}

fn fault(error: &ImageError) -> PaperFault {
    if matches!(error, ImageError::Limits(_)) { PaperFault::Pixels } else { PaperFault::Damaged }
}
