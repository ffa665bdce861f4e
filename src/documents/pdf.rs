//! Whether a PDF is only pages. Read as bytes, not as a document: what a reader might run is refused wherever it stands, and
//! nothing is unpacked beyond a bound. A full parser would unpack a bomb before it could be asked.
use crate::model::PaperFault;
use flate2::read::ZlibDecoder;
use std::io::Read as _;

/// Names of what acts by itself, carries files, or leaves the page (ISO 32000-2, 12.6 and 7.11).
const ACTIVE: &[&[u8]] = &[
    b"JavaScript",
    b"JS",
    b"Launch",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"RichMedia",
    b"XFA",
    b"SubmitForm",
    b"ImportData",
    b"GoToR",
    b"GoToE",
    b"Movie",
    b"Sound",
    b"Rendition",
];
/// What a browser would run if it took the file for a page of its own. In small letters.
const MARKUP: &[&[u8]] = &[b"<html", b"<!doctype html", b"<script", b"<iframe", b"<svg", b"<?php"];
/// Unpacked bytes of all object streams together; those of a scanned file have some KiB.
const UNPACKED: u64 = 16 * 1024 * 1024;
/// A dictionary before a stream is looked for within this much.
const DICTIONARY: usize = 4096;

/// Looks through a PDF.
///
/// # Errors
/// [`PaperFault::Damaged`], `Double`, `Locked` or `Active`.
pub(super) fn check(bytes: &[u8]) -> Result<(), PaperFault> {
    let end = find_last(bytes, b"%%EOF").ok_or(PaperFault::Damaged)?;
    // A line's end, or the padding of a scanner; anything else is a second file.
    if !bytes[end + 5..].iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) {
        return Err(PaperFault::Double);
    }
    let small = bytes.to_ascii_lowercase();
    if MARKUP.iter().any(|markup| find(&small, markup, 0).is_some()) {
        return Err(PaperFault::Double);
    }
    names(bytes)?;
    let (mut at, mut left) = (0, UNPACKED);
    while let Some(place) = find(bytes, b"stream", at) {
        at = place + 6;
        if bytes[..place].ends_with(b"end") {
            continue;
        }
        let before = &bytes[place.saturating_sub(DICTIONARY)..place];
        let before = &before[find_last(before, b" obj").unwrap_or(0)..];
        // An object stream, whatever it says of itself: only those have a /First.
        if has_name(before, b"First") || has_name(before, b"ObjStm") {
            let inner = unpack(before, &bytes[at..], &mut left)?;
            names(&inner)?;
        }
    }
    Ok(())
}

/// The contents of an object stream, whose dictionary is `before`.
fn unpack(before: &[u8], after: &[u8], left: &mut u64) -> Result<Vec<u8>, PaperFault> {
    let body = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n")).unwrap_or(after);
    let body = &body[..find(body, b"endstream", 0).ok_or(PaperFault::Damaged)?];
    if !has_name(before, b"Filter") {
        return Ok(body.to_vec());
    }
    // Two filters in a row, or a rarer one, hide more than any scanner makes.
    let other = [&b"ASCIIHexDecode"[..], b"ASCII85Decode", b"LZWDecode", b"RunLengthDecode", b"Crypt"];
    if !has_name(before, b"FlateDecode") || other.iter().any(|name| has_name(before, name)) {
        return Err(PaperFault::Active);
    }
    let mut inner = Vec::new();
    let read = ZlibDecoder::new(body).take(*left + 1).read_to_end(&mut inner);
    let size = inner.len() as u64;
    if size > *left {
        return Err(PaperFault::Active);
    }
    *left -= size;
    read.map(|_| inner).map_err(|_| PaperFault::Damaged)
}

fn names(bytes: &[u8]) -> Result<(), PaperFault> {
    let mut at = 0;
    while let Some(slash) = find(bytes, b"/", at) {
        at = slash + 1;
        let name = name(&bytes[at..]);
        if name == b"Encrypt" {
            return Err(PaperFault::Locked);
        }
        if ACTIVE.contains(&name.as_slice()) {
            return Err(PaperFault::Active);
        }
    }
    Ok(())
}

fn has_name(bytes: &[u8], wanted: &[u8]) -> bool {
    let slashes = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/');
    slashes.into_iter().any(|(place, _)| name(&bytes[place + 1..]) == wanted)
}

/// The name that begins here, with `#4a` read as the letter it stands for. Longer ones than any we look for are cut.
fn name(bytes: &[u8]) -> Vec<u8> {
    let mut name = Vec::new();
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        if name.len() > 20 || first.is_ascii_whitespace() || b"\0/<>[](){}%".contains(first) {
            break;
        }
        let code = tail.get(..2).filter(|_| *first == b'#').and_then(|two| std::str::from_utf8(two).ok());
        if let Some(letter) = code.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            name.push(letter);
            rest = &tail[2..];
        } else {
            name.push(*first);
            rest = tail;
        }
    }
    name
}

fn find(bytes: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    let place = bytes.get(from..)?.windows(wanted.len()).position(|window| window == wanted)?;
    Some(from + place)
}

fn find_last(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).rposition(|window| window == wanted)
}
