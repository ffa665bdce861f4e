//! Which article a question is nearest to. The whole of it stands behind [`Index::rank`], so that a classifier can take its place.
//!
//! Two measures over the same tokens: naive Bayes over all examples of an article puts the articles in order, the likeness to
//! the nearest single example says how far to trust it. On `ArBanking77` (10 examples an answer, dev sets) the first alone is
//! right for 64/65/55/49 % of MSA/Palestinian/Saudi/Moroccan questions, the nearest example alone for 46/48/41/35 %.
use super::tokens::{share, tokens};
use crate::text;
use std::collections::HashMap;

/// What is added to every count, so that a word an article never had does not rule it out.
const SMOOTHING: f32 = 0.1;

/// The examples of all articles, by their tokens.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    articles: Vec<String>,
    /// How much text each article has: the logarithm of its smoothed total.
    sizes: Vec<f32>,
    /// The article of each example and the weight of all its tokens.
    examples: Vec<(u32, f32)>,
    ids: HashMap<String, usize>,
    tokens: Vec<Token>,
    /// What a token weighs that no example has.
    unseen: f32,
    /// The articles of each example's folded words.
    exact: HashMap<String, Vec<usize>>,
}

/// One token.
#[derive(Debug, Clone, Default)]
struct Token {
    /// How much it tells: more, the fewer examples have it.
    weight: f32,
    /// The examples it stands in.
    examples: Vec<u32>,
    /// What it speaks for each article that has it.
    articles: Vec<(u32, f32)>,
}

/// An article near a question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Near<'a> {
    /// Its id.
    pub(super) article: &'a str,
    /// Share of the informative tokens that the question has in common with the article's nearest example, 0 to 1;
    /// exactly 1 where the words are the same.
    pub(super) likeness: f32,
    /// How strongly naive Bayes speaks for it, by weight of the question; only the distance to another one's means anything.
    pub(super) score: f32,
}

impl Index {
    /// The index of the examples `(article, example)`.
    pub(super) fn new<'a>(examples: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut index = Self::default();
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        let mut texts: Vec<Vec<usize>> = Vec::new();
        for (article, example) in examples {
            let number = *numbers.entry(article).or_insert_with(|| {
                index.articles.push(article.to_owned());
                index.articles.len() - 1
            });
            let folded = text::fold(example);
            let same = index.exact.entry(folded.clone()).or_default();
            if folded.is_empty() || same.contains(&number) {
                continue;
            }
            same.push(number);
            let ids: Vec<usize> = tokens(&folded).into_iter().map(|token| index.id(token)).collect();
            for &id in &ids {
                index.tokens[id].examples.push(small(texts.len()));
            }
            texts.push(ids);
            index.examples.push((small(number), 0.0));
        }
        index.weigh(&texts);
        index.count(&texts);
        index
    }

    /// The number of a token.
    fn id(&mut self, token: String) -> usize {
        let next = self.tokens.len();
        let id = *self.ids.entry(token).or_insert(next);
        if id == next {
            self.tokens.push(Token::default());
        }
        id
    }

    /// Weighs tokens by their rarity, examples by their tokens.
    fn weigh(&mut self, texts: &[Vec<usize>]) {
        #[expect(clippy::cast_precision_loss, reason = "counts of examples are far below 2^24")]
        let rarity = |count: usize| ((1.0 + texts.len() as f32) / (1.0 + count as f32)).ln() + 1.0;
        self.unseen = rarity(0);
        for (token, &id) in &self.ids {
            self.tokens[id].weight = rarity(self.tokens[id].examples.len()) * share(token);
        }
        for (example, ids) in self.examples.iter_mut().zip(texts) {
            example.1 = ids.iter().map(|&id| self.tokens[id].weight).sum();
        }
    }

    /// Counts for naive Bayes; every example counts the same, whatever its length.
    fn count(&mut self, texts: &[Vec<usize>]) {
        let mut totals = vec![0.0_f32; self.articles.len()];
        for (ids, &(article, _)) in texts.iter().zip(&self.examples) {
            let norm = ids.iter().map(|&id| self.tokens[id].weight.powi(2)).sum::<f32>().sqrt();
            for &id in ids {
                let token = &mut self.tokens[id];
                let part = token.weight / norm;
                totals[article as usize] += part;
                match token.articles.iter_mut().find(|(known, _)| *known == article) {
                    Some((_, count)) => *count += part,
                    None => token.articles.push((article, part)),
                }
            }
        }
        for token in &mut self.tokens {
            for (_, count) in &mut token.articles {
                *count = token.weight * ((*count + SMOOTHING) / SMOOTHING).ln();
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "counts of tokens are far below 2^24")]
        let smoothed = SMOOTHING * self.tokens.len() as f32;
        self.sizes = totals.into_iter().map(|total| (total + smoothed).ln()).collect();
    }

    /// The articles nearest to `question`, the likeliest first, at most `most`.
    pub(super) fn rank(&self, question: &str, most: usize) -> Vec<Near<'_>> {
        let folded = text::fold(question);
        if let Some(same) = self.exact.get(&folded) {
            return same
                .iter()
                .take(most)
                .map(|&article| Near { article: &self.articles[article], likeness: 1.0, score: 0.0 })
                .collect();
        }
        let (mut known, mut asked) = (0.0, 0.0);
        let mut common = vec![0.0_f32; self.examples.len()];
        let mut scores = vec![0.0_f32; self.articles.len()];
        for token in tokens(&folded) {
            let Some(token) = self.ids.get(&token).map(|&id| &self.tokens[id]) else {
                asked += self.unseen * share(&token);
                continue;
            };
            known += token.weight;
            for &example in &token.examples {
                common[example as usize] += token.weight;
            }
            for &(article, speaks) in &token.articles {
                scores[article as usize] += speaks;
            }
        }
        asked += known;
        let mut likeness = vec![0.0_f32; self.articles.len()];
        for (&(article, weight), &common) in self.examples.iter().zip(&common) {
            let nearest = &mut likeness[article as usize];
            *nearest = nearest.max(2.0 * common / (asked + weight));
        }
        let score = |article: usize| (scores[article] - known * self.sizes[article]) / known;
        let articles = (0..self.articles.len()).filter(|&article| likeness[article] > 0.0);
        let mut near: Vec<(usize, f32)> = articles.map(|article| (article, score(article))).collect();
        near.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        let near = near.into_iter().take(most);
        near.map(|(article, score)| Near {
            article: &self.articles[article],
            // The same words in another order are near, not the same.
            likeness: likeness[article].min(0.99),
            score,
        })
        .collect()
    }
}

/// A place in a list that is never long.
fn small(place: usize) -> u32 {
    u32::try_from(place).expect("fewer examples than people")
}
