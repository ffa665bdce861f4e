//! Statements over many rows: one round trip, one thread hop, whatever the number of rows.

/// Rows of one statement at most: keeps the number of variables below SQLite's 32,766 for up to sixteen columns.
const CHUNK: usize = 256;

/// A statement whose `VALUES` list grows with the number of rows: `head`, then `row` once each, then `tail`.
/// In `row`, every `?` is a variable. `typed` is the row for PostgreSQL where no target column tells the types: `?::uuid`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rows {
    pub(super) head: &'static str,
    pub(super) row: &'static str,
    pub(super) typed: Option<&'static str>,
    pub(super) tail: &'static str,
}

impl Rows {
    /// The text for `count` rows.
    pub(super) fn text(&self, count: usize) -> String {
        self.text_after(0, count)
    }

    /// The same statement with PostgreSQL's row.
    pub(super) fn typed(&self) -> Self {
        Self { row: self.typed.unwrap_or(self.row), ..*self }
    }

    /// The text for `count` rows whose variables follow `before` variables that `head` uses itself.
    pub(super) fn text_after(&self, before: usize, count: usize) -> String {
        let mut text = String::with_capacity(self.head.len() + self.tail.len() + count * (self.row.len() + 16));
        text.push_str(self.head);
        let mut variable = before;
        for place in 0..count {
            if place > 0 {
                text.push(',');
            }
            for piece in self.row.split_inclusive('?') {
                match piece.strip_suffix('?') {
                    Some(words) => {
                        variable += 1;
                        text.push_str(words);
                        text.push('$');
                        text.push_str(&variable.to_string());
                    }
                    None => text.push_str(piece),
                }
            }
        }
        text.push_str(self.tail);
        text
    }
}

/// Cuts `rows` in pieces whose lengths are powers of two, so that few different statements are prepared.
pub(super) fn chunks<T>(mut rows: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        if rows.is_empty() {
            return None;
        }
        let power = 1usize << (usize::BITS - 1 - rows.len().leading_zeros());
        let (piece, rest) = rows.split_at(power.min(CHUNK));
        rows = rest;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_count_on_over_rows_and_pieces_are_powers_of_two() {
        let rows =
            Rows { head: "insert into t values ", row: "(?, ?)", typed: Some("(?, ?::uuid)"), tail: " returning a" };
        assert_eq!(rows.text(2), "insert into t values ($1, $2),($3, $4) returning a");
        assert_eq!(rows.typed().text_after(1, 1), "insert into t values ($2, $3::uuid) returning a");
        let lengths: Vec<usize> = chunks(&[0; 525]).map(<[i32]>::len).collect();
        assert_eq!(lengths, [256, 256, 8, 4, 1]);
    }
}
