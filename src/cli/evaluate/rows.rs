//! Files of `label<TAB>message`, as people and programs write them: with a byte order mark, CRLF, empty lines, tabs in messages.
use crate::cli::Failure;
use anyhow::{Context as _, anyhow};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Rows of `label<TAB>message`.
pub(super) type Rows = Vec<(String, String)>;

/// How a file's lines are read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    /// Labels are `source|label`: the source is passed over.
    pub(super) strip_prefix: bool,
    /// A line may be a message alone.
    pub(super) bare: bool,
}

/// The rows of files, in order.
///
/// # Errors
/// The first file that cannot be read, or line that is no row, by its number.
pub(super) fn rows(paths: &[PathBuf], form: Form) -> Result<Rows, Failure> {
    let mut rows = Rows::new();
    for path in paths {
        let text = read(path)?;
        for (number, line) in lines(&text) {
            let row = row(line, form).with_context(|| format!("{}, line {number}", path.display()))?;
            rows.push(row);
        }
    }
    Ok(rows)
}

/// The labels of a file, one a line.
pub(super) fn labels(path: &Path, form: Form) -> Result<BTreeSet<String>, Failure> {
    let text = read(path)?;
    Ok(lines(&text).map(|(_, line)| label(line, form).to_owned()).collect())
}

fn row(line: &str, form: Form) -> Result<(String, String), anyhow::Error> {
    match line.split_once('\t') {
        Some((named, _)) if named.trim().is_empty() && !form.bare => Err(anyhow!("the label before the tab is empty")),
        Some((named, message)) => Ok((label(named, form).to_owned(), message.trim().to_owned())),
        None if form.bare => Ok((String::new(), line.trim().to_owned())),
        None => Err(anyhow!("expected `label<TAB>message`, there is no tab")),
    }
}

fn label(named: &str, form: Form) -> &str {
    let named = named.trim();
    if form.strip_prefix { named.split_once('|').map_or(named, |(_, label)| label.trim()) } else { named }
}

/// Lines that say something, with their numbers. `# …` without a tab is a remark; `#tag` is a message.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let remark = |line: &str| (line == "#" || line.starts_with("# ")) && !line.contains('\t');
    (1..).zip(text.lines()).filter(move |(_, line)| !line.trim().is_empty() && !remark(line))
}

fn read(path: &Path) -> Result<String, Failure> {
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + good.split(|&byte| byte == b'\n').count().saturating_sub(1);
        anyhow!("{}, line {line}: not UTF-8", path.display())
    })?;
    Ok(text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Form = Form { strip_prefix: false, bare: false };

    fn of(bytes: &[u8], form: Form) -> Result<Rows, String> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("rows.tsv");
        std::fs::write(&path, bytes).expect("a file");
        rows(&[path], form).map_err(|failure| match failure {
            Failure::Usage(text) => text,
            Failure::Failed(error) => format!("{error:#}"),
        })
    }

    fn row(label: &str, message: &str) -> (String, String) {
        (label.to_owned(), message.to_owned())
    }

    #[test]
    fn odd_files_are_read() {
        let odd = "\u{feff}a\tone\r\n\r\n# a remark\n#tag\tno remark\n  \nmsa|b \ttwo\twith a tab\r\nc\t\n";
        let all = vec![row("a", "one"), row("#tag", "no remark"), row("msa|b", "two\twith a tab"), row("c", "")];
        assert_eq!(of(odd.as_bytes(), PLAIN), Ok(all));
        let stripped = of("msa|b\ttwo\n".as_bytes(), Form { strip_prefix: true, bare: false });
        assert_eq!(stripped, Ok(vec![row("b", "two")]));
        let bare = of("#tag alone\noos\tsaid\n\tsaid\n".as_bytes(), Form { strip_prefix: false, bare: true });
        assert_eq!(bare, Ok(vec![row("", "#tag alone"), row("oos", "said"), row("", "said")]));
        assert_eq!(of(b"", PLAIN), Ok(Vec::new()));
    }

    #[test]
    fn what_is_wrong_is_named_by_its_line() {
        for (bytes, said) in [
            (&b"a\tone\n\nno tab here\n"[..], "line 3: expected `label<TAB>message`"),
            (b"a\tone\n\tnobody\n", "line 2: the label before the tab is empty"),
            (b"a\tone\nb\t\xff\xfe\n", "line 2: not UTF-8"),
        ] {
            let error = of(bytes, PLAIN).expect_err("a fault");
            assert!(error.contains(said), "{error}");
        }
        assert!(rows(&[PathBuf::from("nowhere.tsv")], PLAIN).is_err());
    }
}
