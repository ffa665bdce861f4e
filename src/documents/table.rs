//! Spreadsheets: `.xlsx`, and CSV in whatever encoding and with whatever separator an office saved it.
use calamine::{Data, DataType as _, Reader as _, Xlsx};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1256};
use std::io::{Cursor, Read as _};

/// Bytes of a file at most: five times a file of 100,000 requests, as many as rows are taken. It is read whole, so this bounds
/// the memory of an import.
pub const LARGEST: usize = 64 * 1024 * 1024;
/// Bytes that an `.xlsx` may unpack to: a small archive can hold a mountain.
const UNPACKED: u64 = 1024 * 1024 * 1024;
/// Rows of a file at most.
const MOST_ROWS: usize = 500_000;
/// Columns of a row at most.
const MOST_COLUMNS: usize = 200;
/// What every `.xlsx` begins with: it is a ZIP archive.
const ZIP: &[u8] = b"PK\x03\x04";

/// One row, with its number as the office sees it, from 1.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// The row's number.
    pub number: usize,
    /// Its cells, without spaces around.
    pub cells: Vec<String>,
}

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// Too many bytes or rows.
    #[error("the file is too large: at most {} MiB and {MOST_ROWS} rows", LARGEST / 1024 / 1024)]
    TooLarge,
    /// Not a spreadsheet.
    #[error("the file is neither .xlsx nor CSV: {0}")]
    Unreadable(String),
    /// Cells that cannot be read one by one.
    #[error("row {row}, column {column}: {what}")]
    Cell {
        /// The row, from 1.
        row: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong, and what to do.
        what: &'static str,
    },
}

/// Reads the rows of the first sheet. Rows without any word are left out; numbers are kept.
///
/// # Errors
/// See [`TableError`]. Formulas and merged cells are refused: what an office sees there is not what stands there.
pub fn read_table(bytes: &[u8]) -> Result<Vec<Line>, TableError> {
    if bytes.len() > LARGEST {
        return Err(TableError::TooLarge);
    }
    let lines = if bytes.starts_with(ZIP) { xlsx(bytes)? } else { csv(bytes)? };
    if lines.len() > MOST_ROWS {
        return Err(TableError::TooLarge);
    }
    Ok(lines.into_iter().filter(|line| line.cells.iter().any(|cell| !cell.is_empty())).collect())
}

fn xlsx(bytes: &[u8]) -> Result<Vec<Line>, TableError> {
    let unreadable = |error: calamine::XlsxError| TableError::Unreadable(error.to_string());
    unpacks_small(bytes, UNPACKED)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let Some(name) = book.sheet_names().first().cloned() else {
        return Err(TableError::Unreadable("it has no sheet".to_owned()));
    };
    let formulas = book.worksheet_formula(&name).map_err(unreadable)?;
    let (top, left) = formulas.start().unwrap_or_default();
    if let Some((row, column, _)) = formulas.used_cells().next() {
        let (row, column) = (row + top as usize + 1, column + left as usize + 1);
        return Err(TableError::Cell { row, column, what: "a formula: copy the sheet and paste values only" });
    }
    if let Some(region) = book.merge_cells_by_sheet_name(&name).map_err(unreadable)?.first() {
        let (row, column) = (region.start.0 as usize + 1, region.start.1 as usize + 1);
        return Err(TableError::Cell { row, column, what: "merged cells: unmerge them, one row a request" });
    }
    let range = book.worksheet_range(&name).map_err(unreadable)?;
    let (top, left) = range.start().unwrap_or_default();
    let left = left as usize;
    Ok((range.rows().zip(top as usize + 1..))
        .map(|(row, number)| {
            let blank = std::iter::repeat_n(String::new(), left.min(MOST_COLUMNS));
            Line { number, cells: blank.chain(row.iter().map(cell)).take(MOST_COLUMNS).collect() }
        })
        .collect())
}

/// Unpacks every part of an archive once, keeping nothing: what it says of its sizes is its own word.
fn unpacks_small(bytes: &[u8], most: u64) -> Result<(), TableError> {
    let unreadable = |error: &dyn std::fmt::Display| TableError::Unreadable(error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| unreadable(&error))?;
    let mut left = most;
    for place in 0..archive.len() {
        let part = archive.by_index(place).map_err(|error| unreadable(&error))?;
        let size = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|error| unreadable(&error))?;
        left = left.checked_sub(size).ok_or(TableError::TooLarge)?;
    }
    Ok(())
}

/// A cell as somebody would type it.
fn cell(data: &Data) -> String {
    match data {
        Data::DateTime(_) => data.as_date().map_or_else(String::new, |date| date.to_string()),
        // Numbers are floats there; a reference must not become `2026001.0`.
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        Data::Error(_) | Data::Empty => String::new(),
        _ => data.to_string().trim().to_owned(),
    }
}

fn csv(bytes: &[u8]) -> Result<Vec<Line>, TableError> {
    let mut text = decode(bytes);
    text.push('\n');
    if text.contains('\0') {
        return Err(TableError::Unreadable("it holds characters that no text has".to_owned()));
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(&text))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut lines = Vec::new();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|error| TableError::Unreadable(error.to_string()))? {
        // The reader counts blank lines to the row behind them, so a row's number is found from its end.
        let within: usize = record.iter().map(|cell| cell.matches('\n').count()).sum();
        let number = usize::try_from(reader.position().line()).unwrap_or(usize::MAX).saturating_sub(within + 1);
        lines.push(Line { number, cells: record.iter().take(MOST_COLUMNS).map(str::to_owned).collect() });
        if lines.len() > MOST_ROWS {
            return Err(TableError::TooLarge);
        }
    }
    Ok(lines)
}

/// UTF-8 or UTF-16 by its mark, UTF-8 where it is that, else what Arabic offices save: windows-1256.
fn decode(bytes: &[u8]) -> String {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let plain = if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1256 };
    marked.unwrap_or(plain).decode(bytes).0.into_owned()
}

/// The sign that stands most often in the first line.
fn separator(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |sign: u8| first.bytes().filter(|byte| *byte == sign).count();
    [b',', b';', b'\t'].into_iter().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        read_table(bytes).expect("a table").into_iter().map(|line| line.cells).collect()
    }

    #[test]
    fn one_table_in_every_encoding_and_with_every_separator() {
        let expected = [["رقم الطلب", "المرحلة"], ["٢٠٢٦/١", "قيد الدراسة"]];
        for sign in [",", ";", "\t"] {
            let text = expected.map(|row| row.join(sign)).join("\r\n");
            let european = text.replace('٢', "2").replace('٠', "0").replace('٦', "6").replace('١', "1");
            let arabic = WINDOWS_1256.encode(&european);
            assert_eq!(cells(text.as_bytes()), expected);
            assert_eq!(cells(format!("\u{feff}{text}\r\n\r\n").as_bytes()), expected);
            assert_eq!(cells(&arabic.0)[0], expected[0]);
            let wide: Vec<u8> =
                "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
            assert_eq!(cells(&wide), expected);
        }
    }

    #[test]
    fn an_archive_that_unpacks_to_a_mountain_is_refused_without_keeping_it() {
        let mut made = zip::ZipWriter::new(Cursor::new(Vec::new()));
        made.start_file("xl/worksheets/sheet1.xml", zip::write::SimpleFileOptions::default()).expect("a part");
        std::io::copy(&mut std::io::repeat(b' ').take(8 * 1024 * 1024), &mut made).expect("written");
        let bytes = made.finish().expect("an archive").into_inner();
        assert!(bytes.len() < 64 * 1024);
        assert!(matches!(unpacks_small(&bytes, 4 * 1024 * 1024), Err(TableError::TooLarge)));
        assert!(unpacks_small(&bytes, 8 * 1024 * 1024).is_ok());
    }

    #[test]
    fn rows_keep_their_numbers_and_what_is_no_table_is_said() {
        let lines = read_table(b"a,b\n\n\"two\nlines\",x\n,\nlast").expect("a table");
        assert_eq!(lines.iter().map(|line| line.number).collect::<Vec<_>>(), [1, 3, 6]);
        assert!(matches!(read_table(b"a\0b"), Err(TableError::Unreadable(_))));
        assert!(matches!(read_table(b"PK\x03\x04 not really"), Err(TableError::Unreadable(_))));
        assert_eq!(read_table(b"").expect("empty"), []);
    }
}
