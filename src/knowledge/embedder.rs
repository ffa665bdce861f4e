//! The seam for a model of meanings, where somebody has one worth its size. None is built in: what is learnt from the examples
//! alone passes the bars, and a model of 100 MB and more would not be one binary any longer.
//!
//! Whoever plugs one in embeds every example once (kept under [`cache_key`]), takes the mean from all, and lets the classifier
//! learn and calibrate again: [`super::Lesson::with_embedder`] gives such a model a name of its own. Where embedding fails
//! or is late, the model without it answers, with its own thresholds.
use sha2::{Digest as _, Sha256};

/// Turns texts into vectors of their meaning.
pub trait TextEmbedder: Send + Sync {
    /// Numbers of one vector.
    fn dim(&self) -> usize;

    /// What tells this embedder from every other: its file's hash, how it pools, what it puts in front of a text.
    fn fingerprint(&self) -> String;

    /// The vectors of `texts`, one after the other: `texts.len() * dim()` numbers.
    ///
    /// # Errors
    /// See [`EmbedError`]. The caller answers without it.
    fn embed(&self, texts: &[&str]) -> Result<Vec<f32>, EmbedError>;
}

/// Why there are no vectors.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EmbedError {
    /// It took longer than it may.
    #[error("embedding took too long")]
    Late,
    /// The model failed. Says why, without the text.
    #[error("embedding failed: {0}")]
    Failed(String),
}

/// The key under which the vector of `text` is kept: another embedder never meets it.
#[must_use]
pub fn cache_key(embedder: &dyn TextEmbedder, text: &str) -> [u8; 32] {
    let fingerprint = embedder.fingerprint();
    let mut hash = Sha256::new_with_prefix((fingerprint.len() as u64).to_le_bytes());
    hash.update(fingerprint);
    hash.update(text);
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Lesson;

    struct Lengths(&'static str);

    impl TextEmbedder for Lengths {
        fn dim(&self) -> usize {
            1
        }

        fn fingerprint(&self) -> String {
            self.0.to_owned()
        }

        #[expect(clippy::cast_precision_loss, reason = "a test's texts are short")]
        fn embed(&self, texts: &[&str]) -> Result<Vec<f32>, EmbedError> {
            Ok(texts.iter().map(|text| text.len() as f32).collect())
        }
    }

    #[test]
    fn another_embedder_has_other_keys_and_another_model() {
        let (one, other) = (Lengths("a"), Lengths("ab"));
        assert_eq!(one.embed(&["x", "xyz"]), Ok(vec![1.0, 3.0]));
        assert_eq!(cache_key(&one, "bc"), cache_key(&Lengths("a"), "bc"));
        assert_ne!(cache_key(&one, "bc"), cache_key(&other, "c"), "name and text never run together");
        let plain = Lesson::default();
        let names = [plain.fingerprint(), plain.clone().with_embedder(&one).fingerprint()];
        assert_ne!(names[0], names[1]);
        assert_ne!(names[1], plain.with_embedder(&other).fingerprint());
    }
}
