//! The rules. Each looks at one file and says what is wrong with it, a line a complaint.
use super::source::{Source, Token};

/// design.md §2: a module may name only what has a lower rank.
const RANKS: &[(&str, u8)] = &[
    ("model", 0),
    ("assets", 1), // the files of locales/, as bytes
    ("clock", 1),
    ("settings", 1),
    ("text", 1),
    ("seal", 1),
    ("locale", 2),
    ("knowledge", 2),
    ("documents", 2),
    ("engine", 3),
    ("channels", 4),
    ("store", 4),
    ("files", 4),
    ("net", 4),
    ("app", 5),
    ("web", 6),
    ("cli", 7),
];
/// The last rank that does no I/O and waits for nothing.
const PURE: u8 = 3;
const LONGEST_FILE: usize = 400;

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    Imports,
    Purity,
    Sql,
    Machine,
    Arabic,
    Length,
}

impl Rule {
    /// Why, for whoever breaks it.
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Self::Imports => {
                "A module names only lower ranks (design.md §2), from their root: what two modules share lies lower or is \
                 handed in. Two helper imports are enough to tie a whole service into one knot."
            }
            Self::Purity => "Ranks 0 to 3 do no I/O and await nothing, so that every conversation can be replayed.",
            Self::Sql => "SQL stands in `store` alone: there every statement is tried on both databases.",
            Self::Machine => {
                "Environment and time are read in `settings` and `clock` alone, so that tests can hold them."
            }
            Self::Arabic => "Words for people live in locales/, where they are reviewed and translated.",
            Self::Length => "At four hundred lines a file is about two things: split by noun.",
        }
    }

    /// What is wrong with `source`.
    pub(crate) fn check(self, source: &Source) -> Vec<String> {
        match self {
            Self::Imports => imports(source),
            Self::Purity => purity(source),
            Self::Sql => sql(source),
            Self::Machine => machine(source),
            Self::Arabic => arabic(source),
            Self::Length => length(source),
        }
    }
}

fn rank(module: &str) -> Option<u8> {
    RANKS.iter().find(|(name, _)| *name == module).map(|(_, rank)| *rank)
}

fn imports(source: &Source) -> Vec<String> {
    let own = source.top();
    if own.is_empty() {
        return Vec::new(); // lib.rs and main.rs stand above all
    }
    let Some(own_rank) = rank(own) else {
        return vec![complaint(source, 1, format!("`{own}` has no rank: give it its place in design.md §2 and here"))];
    };
    let mut found = Vec::new();
    for (path, line) in source.paths() {
        let [root, module, rest @ ..] = path.as_slice() else { continue };
        if root != "crate" || module == own {
            continue;
        }
        let Some(their_rank) = rank(module) else { continue }; // a macro or type of lib.rs
        if their_rank >= own_rank {
            found.push(complaint(source, line, format!("{own} (rank {own_rank}) names {module} (rank {their_rank})")));
        } else if let [inner, _, ..] = rest
            && inner.starts_with(char::is_lowercase)
        {
            found.push(complaint(
                source,
                line,
                format!("{own} reaches into {module} past its root: `{}`", path.join("::")),
            ));
        }
    }
    found
}

fn purity(source: &Source) -> Vec<String> {
    if rank(source.top()).is_none_or(|rank| rank > PURE) {
        return Vec::new();
    }
    // The clock's `sleep` is the one thing down here that can be awaited.
    let forbidden: &[&str] = match source.top() {
        "clock" => &["sqlx", "reqwest", "axum"],
        _ => &["async", "await", "tokio", "sqlx", "reqwest", "axum"],
    };
    complaints(source, |token| {
        (!token.literal && forbidden.contains(&token.text.as_str()))
            .then(|| format!("`{}` below `channels`", token.text))
    })
}

fn sql(source: &Source) -> Vec<String> {
    if source.top() == "store" {
        return Vec::new();
    }
    complaints(source, |token| match token {
        Token { literal: false, text, .. } if text == "sqlx" => Some("`sqlx` outside `store`".to_owned()),
        Token { literal: true, text, .. } if is_sql(text) => Some(format!("SQL outside `store`: {text}")),
        _ => None,
    })
}

fn is_sql(literal: &str) -> bool {
    let text = literal.trim_start_matches(['r', '#', '"']).replace("\\n", " ").to_lowercase();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let both = |start: &str, then: &str| text.starts_with(start) && text.contains(then);
    both("select ", " from ")
        || both("with ", " select ")
        || both("update ", " set ")
        || [
            "insert into ",
            "delete from ",
            "create table ",
            "alter table ",
            "drop table ",
            "pragma ",
            "begin immediate",
        ]
        .iter()
        .any(|start| text.starts_with(start))
}

fn machine(source: &Source) -> Vec<String> {
    if ["settings", "clock"].contains(&source.top()) {
        return Vec::new();
    }
    let mut found =
        complaints(source, |token| (token.text == "SystemTime").then(|| "`SystemTime` outside `clock`".to_owned()));
    for (path, line) in source.paths() {
        if path.starts_with(&["std".to_owned(), "env".to_owned()]) {
            found.push(complaint(source, line, "`std::env` outside `settings`"));
        }
    }
    found
}

fn arabic(source: &Source) -> Vec<String> {
    if source.top() == "text" {
        return Vec::new(); // its tables are about letters
    }
    let arabic = |letter: char| matches!(letter, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}');
    complaints(source, |token| {
        (token.literal && token.text.contains(arabic)).then(|| format!("belongs in locales/: {}", token.text))
    })
}

fn length(source: &Source) -> Vec<String> {
    let lines = source.lines;
    if lines > LONGEST_FILE { vec![complaint(source, lines, format!("{lines} lines"))] } else { Vec::new() }
}

fn complaints(source: &Source, judge: impl Fn(&Token) -> Option<String>) -> Vec<String> {
    source.tokens.iter().filter_map(|token| Some(complaint(source, token.line, judge(token)?))).collect()
}

fn complaint(source: &Source, line: usize, what: impl std::fmt::Display) -> String {
    format!("{}:{line}: {what}", source.path)
}
