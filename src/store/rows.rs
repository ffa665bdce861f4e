//! Statements over many rows: one round trip, one thread hop, whatever the number of rows.

/// Rows of one statement at most. Every length up to it is a statement of its own in the connection's cache, and longer
/// lists go in pieces of this length: few round trips, few texts, and far below SQLite's 32,766 variables.
const CHUNK: usize = 64;

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
    /// SQLite's text for `count` rows.
    pub(super) fn sqlite(&self, count: usize) -> String {
        // Unnumbered: the driver looks up the name of every numbered one at every run.
        self.text(self.row, count, |text| text.push('?'))
    }

    /// PostgreSQL's text for `count` rows whose variables follow `before` variables that `head` uses itself.
    pub(super) fn postgres(&self, before: usize, count: usize) -> String {
        let mut variable = before;
        self.text(self.typed.unwrap_or(self.row), count, move |text| {
            variable += 1;
            text.push('$');
            text.push_str(&variable.to_string());
        })
    }

    fn text(&self, row: &str, count: usize, mut variable: impl FnMut(&mut String)) -> String {
        let mut text = String::with_capacity(self.head.len() + self.tail.len() + count * (row.len() + 16));
        text.push_str(self.head);
        for place in 0..count {
            if place > 0 {
                text.push(',');
            }
            for piece in row.split_inclusive('?') {
                match piece.strip_suffix('?') {
                    Some(words) => {
                        text.push_str(words);
                        variable(&mut text);
                    }
                    None => text.push_str(piece),
                }
            }
        }
        text.push_str(self.tail);
        text
    }
}

/// Cuts `rows` in pieces of one statement each.
pub(super) fn chunks<T>(rows: &[T]) -> std::slice::Chunks<'_, T> {
    rows.chunks(CHUNK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_count_on_over_rows() {
        let rows =
            Rows { head: "insert into t values ", row: "(?, ?)", typed: Some("(?, ?::uuid)"), tail: " returning a" };
        assert_eq!(rows.sqlite(2), "insert into t values (?, ?),(?, ?) returning a");
        assert_eq!(rows.postgres(1, 2), "insert into t values ($2, $3::uuid),($4, $5::uuid) returning a");
        assert_eq!(chunks(&[0; 70]).map(<[i32]>::len).collect::<Vec<_>>(), [64, 6]);
    }
}
