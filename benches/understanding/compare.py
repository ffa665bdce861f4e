"""Character TF-IDF (2 to 4 letters, within words) and a linear support vector machine: accuracy on each test file."""
import sys

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC


def rows(path):
    with open(path, encoding="utf-8") as lines:
        pairs = [line.rstrip("\n").split("\t", 1) for line in lines if "\t" in line]
    return [label.split("|")[-1] for label, _ in pairs], [text for _, text in pairs]


train, titles, *tests = sys.argv[1:]
labels, texts = rows(train)
more_labels, more_texts = rows(titles)
model = make_pipeline(TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True), LinearSVC())
model.fit(texts + more_texts, labels + more_labels)
print(*[model.score(*reversed(rows(test))) for test in tests])
