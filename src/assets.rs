//! The files of `locales/`: compiled in, or read from a folder laid over them. The one place that knows which.
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Where files of `locales/` come from.
pub trait Source {
    /// The paths of all files, relative to `locales/`, with `/`, sorted.
    fn paths(&self) -> Vec<String>;
    /// The text of one file. None where there is none, or it is not UTF-8.
    fn read(&self, path: &str) -> Option<String>;
}

#[derive(rust_embed::RustEmbed)]
#[folder = "locales/"]
#[allow_missing = true]
struct Compiled;

/// What is compiled in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Embedded;

impl Source for Embedded {
    fn paths(&self) -> Vec<String> {
        let mut paths: Vec<String> = Compiled::iter().map(|path| path.replace('\\', "/")).collect();
        paths.sort_unstable();
        paths
    }

    fn read(&self, path: &str) -> Option<String> {
        String::from_utf8(Compiled::get(path)?.data.into_owned()).ok()
    }
}

/// A folder (`LOCALES_DIR`) laid over what is compiled in: a file of the folder hides the compiled one of the same path.
#[derive(Debug, Clone)]
pub struct Overlay {
    folder: PathBuf,
}

impl Overlay {
    /// The folder `folder` over what is compiled in.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }
}

impl Source for Overlay {
    fn paths(&self) -> Vec<String> {
        let mut found: BTreeSet<String> = Embedded.paths().into_iter().collect();
        collect(&self.folder, "", &mut found);
        found.into_iter().collect()
    }

    fn read(&self, path: &str) -> Option<String> {
        std::fs::read_to_string(self.folder.join(path)).ok().or_else(|| Embedded.read(path))
    }
}

/// Adds the files under `folder` to `found`; a folder that cannot be read adds nothing.
fn collect(folder: &Path, prefix: &str, found: &mut BTreeSet<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let Some(name) = entry.file_name().to_str().map(|name| format!("{prefix}{name}")) else { continue };
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => collect(&entry.path(), &format!("{name}/"), found),
            Ok(_) => _ = found.insert(name),
            Err(_) => {}
        }
    }
}

/// Files given by hand, for tests and for texts kept in the database.
impl Source for std::collections::BTreeMap<String, String> {
    fn paths(&self) -> Vec<String> {
        self.keys().cloned().collect()
    }

    fn read(&self, path: &str) -> Option<String> {
        self.get(path).cloned()
    }
}
