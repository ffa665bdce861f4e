//! Which article a question is nearest to: words and consonant skeletons, weighed by how rare they are, example by example.
//! The whole of it stands behind [`Index::rank`], so that a classifier can take its place.
use crate::text;
use std::collections::HashMap;

/// What a skeleton counts beside the stem it belongs to: it ties scripts and spellings, and confuses more words.
const SKELETON_WEIGHT: f32 = 0.5;

/// The examples of all articles, by their words.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    articles: Vec<String>,
    /// The article of each example and the weight of all its words.
    examples: Vec<(usize, f32)>,
    tokens: HashMap<String, usize>,
    /// The examples each token stands in.
    postings: Vec<Vec<u32>>,
    /// How much each token tells; the last is for tokens that no example has.
    weights: Vec<f32>,
    unseen: f32,
    /// The articles of each example's folded words.
    exact: HashMap<String, Vec<usize>>,
}

/// An article near a question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Near<'a> {
    /// Its id.
    pub(super) article: &'a str,
    /// Share of the informative words that question and example have in common, 0 to 1; exactly 1 where the words are the same.
    pub(super) likeness: f32,
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
            if same.contains(&number) {
                continue;
            }
            same.push(number);
            let place = u32::try_from(texts.len()).expect("fewer examples than people");
            let ids = tokens(&folded).into_iter().map(|token| index.token(token)).collect::<Vec<_>>();
            for &id in &ids {
                index.postings[id].push(place);
            }
            texts.push(ids);
            index.examples.push((number, 0.0));
        }
        index.weigh(&texts);
        index
    }

    fn token(&mut self, token: String) -> usize {
        let next = self.postings.len();
        let id = *self.tokens.entry(token).or_insert(next);
        if id == next {
            self.postings.push(Vec::new());
        }
        id
    }

    /// Weighs tokens by their rarity, examples by their tokens.
    fn weigh(&mut self, texts: &[Vec<usize>]) {
        #[expect(clippy::cast_precision_loss, reason = "counts of examples are far below 2^24")]
        let idf = |count: usize| ((1.0 + texts.len() as f32) / (1.0 + count as f32)).ln() + 1.0;
        self.unseen = idf(0);
        self.weights = self.postings.iter().map(|examples| idf(examples.len())).collect();
        for (token, &id) in &self.tokens {
            self.weights[id] *= share(token);
        }
        for (example, ids) in self.examples.iter_mut().zip(texts) {
            example.1 = ids.iter().map(|&id| self.weights[id]).sum();
        }
    }

    /// The articles nearest to `question`, the nearest first, at most `most`.
    pub(super) fn rank(&self, question: &str, most: usize) -> Vec<Near<'_>> {
        let folded = text::fold(question);
        if let Some(same) = self.exact.get(&folded).filter(|_| !folded.is_empty()) {
            return same
                .iter()
                .take(most)
                .map(|&article| Near { article: &self.articles[article], likeness: 1.0 })
                .collect();
        }
        let mut asked = 0.0;
        let mut common = vec![0.0_f32; self.examples.len()];
        for token in tokens(&folded) {
            let Some(&id) = self.tokens.get(&token) else {
                asked += self.unseen * share(&token);
                continue;
            };
            asked += self.weights[id];
            for &example in &self.postings[id] {
                common[example as usize] += self.weights[id];
            }
        }
        let mut best = vec![0.0_f32; self.articles.len()];
        for (&(article, weight), &common) in self.examples.iter().zip(&common) {
            if common > 0.0 {
                best[article] = best[article].max(2.0 * common / (asked + weight));
            }
        }
        let mut near: Vec<(usize, f32)> =
            best.into_iter().enumerate().filter(|&(_, likeness)| likeness > 0.0).collect();
        near.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        // Words that agree in another order or number are near, not the same.
        let near = near.into_iter().take(most);
        near.map(|(article, likeness)| Near { article: &self.articles[article], likeness: likeness.min(0.99) })
            .collect()
    }
}

/// What a token counts for beside its rarity.
fn share(token: &str) -> f32 {
    if token.starts_with(SKELETON_MARK) { SKELETON_WEIGHT } else { 1.0 }
}

/// Stands in front of skeletons, so that they are not taken for words.
const SKELETON_MARK: char = '/';
/// A story has hundreds of words; what it is about shows in its first.
const MOST_WORDS: usize = 64;

/// The different tokens of a folded text: stems and skeletons.
fn tokens(folded: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    for word in text::words(folded).take(MOST_WORDS) {
        let stem = text::stem(word);
        let skeleton = text::skeleton(stem);
        tokens.push(stem.to_owned());
        if skeleton.len() > 1 {
            tokens.push(format!("{SKELETON_MARK}{skeleton}"));
        }
    }
    tokens.sort_unstable();
    tokens.dedup();
    tokens
}
