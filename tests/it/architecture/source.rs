//! A source file as the rules see it: its tokens, without comments, docs and test code, and the paths it names.
use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// One token.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    /// As written; `::` is one token; groups are their brackets with the contents between.
    pub(crate) text: String,
    pub(crate) line: usize,
    pub(crate) literal: bool,
}

/// One file.
#[derive(Debug)]
pub(crate) struct Source {
    /// From the repository's root: `src/app/turns.rs`.
    pub(crate) path: String,
    /// The module path: `["app", "turns"]`. Empty for `lib.rs` and `main.rs`.
    pub(crate) module: Vec<String>,
    pub(crate) lines: usize,
    pub(crate) tokens: Vec<Token>,
}

impl Source {
    /// Reads a file's text.
    ///
    /// # Panics
    /// Where the text is no Rust.
    pub(crate) fn read(path: &str, text: &str) -> Self {
        let inside = path.strip_prefix("src/").unwrap_or(path).trim_end_matches(".rs");
        let module: Vec<String> = match inside {
            "lib" | "main" => Vec::new(),
            _ => inside.split('/').filter(|part| *part != "mod").map(str::to_owned).collect(),
        };
        let mut tokens = Vec::new();
        // A file called `tests.rs` is declared with `#[cfg(test)]` by its parent.
        if module.last().is_none_or(|name| name != "tests") {
            let stream: TokenStream = text.parse().unwrap_or_else(|error| panic!("{path}: {error}"));
            flatten(stream, &mut tokens);
        }
        Self { path: path.to_owned(), module, lines: text.lines().count(), tokens }
    }

    /// The first segment of the module path; empty for the crate's roots.
    pub(crate) fn top(&self) -> &str {
        self.module.first().map_or("", String::as_str)
    }

    /// Every path that begins with `crate`, `std` or climbs with `super`, groups opened, with its line.
    /// `super` is resolved, so all come back as from `crate` or `std`.
    pub(crate) fn paths(&self) -> Vec<(Vec<String>, usize)> {
        let mut found = Vec::new();
        for (at, token) in self.tokens.iter().enumerate() {
            let starts = at == 0 || self.tokens[at - 1].text != "::";
            if !starts || !matches!(token.text.as_str(), "crate" | "std" | "super") {
                continue;
            }
            let mut paths = Vec::new();
            self.walk(at, &mut Vec::new(), &mut paths);
            found.extend(paths.into_iter().map(|path| (self.resolve(path), token.line)));
        }
        found
    }

    /// Follows a path from its segment at `at`; opens groups; returns the place after it.
    fn walk(&self, mut at: usize, prefix: &mut Vec<String>, found: &mut Vec<Vec<String>>) -> usize {
        let depth = prefix.len();
        loop {
            match self.text(at) {
                "{" => {
                    at += 1;
                    while !matches!(self.text(at), "}" | "") {
                        at = self.walk(at, prefix, found);
                        while !matches!(self.text(at), "," | "}" | "") {
                            at += 1; // `as name`
                        }
                        at += usize::from(self.text(at) == ",");
                    }
                    at += 1;
                    break;
                }
                word if word.starts_with(|first: char| first.is_alphabetic() || first == '_' || first == '*') => {
                    if word != "self" {
                        prefix.push(word.to_owned());
                    }
                    at += 1;
                    if self.text(at) != "::" || self.text(at + 1) == "<" {
                        found.push(prefix.clone());
                        break;
                    }
                    at += 1;
                }
                _ => {
                    at += 1;
                    break;
                }
            }
        }
        prefix.truncate(depth);
        at
    }

    fn resolve(&self, path: Vec<String>) -> Vec<String> {
        let climbs = path.iter().take_while(|part| *part == "super").count();
        if climbs == 0 {
            return path;
        }
        let base = &self.module[..self.module.len().saturating_sub(climbs)];
        std::iter::once("crate".to_owned()).chain(base.iter().cloned()).chain(path.into_iter().skip(climbs)).collect()
    }

    fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.text.as_str())
    }
}

/// Writes `stream` as flat tokens, leaving out doc comments, lint attributes and items under `#[cfg(test)]`.
fn flatten(stream: TokenStream, out: &mut Vec<Token>) {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    let mut at = 0;
    while at < trees.len() {
        if let Some((attribute, after)) = attribute(&trees, at) {
            at = if attribute == "cfg(test)" { item_end(&trees, after) } else { after };
            if !["cfg(test)", "doc", "expect", "allow"].iter().any(|left_out| attribute.starts_with(left_out)) {
                flatten(attribute.parse().expect("was tokens a moment ago"), out);
            }
            continue;
        }
        push(&trees, &mut at, out);
    }
}

/// Writes the token at `at` and moves past it.
fn push(trees: &[TokenTree], at: &mut usize, out: &mut Vec<Token>) {
    let line = trees[*at].span().start().line;
    let mut token = |text: String, literal| out.push(Token { text, line, literal });
    match &trees[*at] {
        TokenTree::Ident(word) => token(word.to_string(), false),
        TokenTree::Literal(value) => token(value.to_string(), true),
        TokenTree::Punct(mark) => {
            let pair = mark.as_char() == ':'
                && mark.spacing() == Spacing::Joint
                && matches!(trees.get(*at + 1), Some(TokenTree::Punct(next)) if next.as_char() == ':');
            if pair {
                *at += 1;
                token("::".to_owned(), false);
            } else {
                token(mark.to_string(), false);
            }
        }
        TokenTree::Group(group) => {
            let (open, close) = match group.delimiter() {
                Delimiter::Parenthesis => ("(", ")"),
                Delimiter::Brace => ("{", "}"),
                Delimiter::Bracket => ("[", "]"),
                Delimiter::None => ("", ""),
            };
            token(open.to_owned(), false);
            flatten(group.stream(), out);
            out.push(Token { text: close.to_owned(), line: group.span_close().start().line, literal: false });
        }
    }
    *at += 1;
}

/// The contents of the attribute at `at`, without spaces, and the place after it.
fn attribute(trees: &[TokenTree], at: usize) -> Option<(String, usize)> {
    let TokenTree::Punct(mark) = trees.get(at)? else { return None };
    if mark.as_char() != '#' {
        return None;
    }
    let inner = usize::from(matches!(trees.get(at + 1), Some(TokenTree::Punct(bang)) if bang.as_char() == '!'));
    let TokenTree::Group(group) = trees.get(at + 1 + inner)? else { return None };
    if group.delimiter() != Delimiter::Bracket {
        return None;
    }
    let text = group.stream().to_string();
    let text = if text.replace(' ', "") == "cfg(test)" { "cfg(test)".to_owned() } else { text };
    Some((text, at + 2 + inner))
}

/// The place after the item that begins at `at`: after its braces or its semicolon.
fn item_end(trees: &[TokenTree], at: usize) -> usize {
    let ends = |tree: &TokenTree| match tree {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(mark) => mark.as_char() == ';',
        _ => false,
    };
    trees[at..].iter().position(ends).map_or(trees.len(), |offset| at + offset + 1)
}
