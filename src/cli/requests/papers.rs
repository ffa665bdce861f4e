//! `awasir requests file`: the files of a paper, for an officer.
use super::super::Failure;
use crate::app::App;
use crate::model::PaperForm;
use anyhow::Context as _;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Writes them, readable by their owner only, over nothing that is there.
pub(super) async fn write(
    app: &App,
    reference: &str,
    paper: &str,
    out: &Path,
    officer: &str,
) -> Result<ExitCode, Failure> {
    for (place, (form, bytes)) in app.paper_open(reference, paper, officer).await?.into_iter().enumerate() {
        let path = path(out, form, place + 1);
        let file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
        let written = file.and_then(|mut file| file.write_all(&bytes));
        written.with_context(|| format!("`{}`", path.display()))?;
        println!("{}", path.display());
    }
    Ok(ExitCode::SUCCESS)
}

fn path(out: &Path, form: PaperForm, page: usize) -> PathBuf {
    let ending = match form {
        PaperForm::Jpeg => "jpg",
        PaperForm::Png => "png",
        PaperForm::Pdf => "pdf",
    };
    let stem = out.file_stem().unwrap_or_default().to_string_lossy();
    let name = if page > 1 { format!("{stem}-{page}.{ending}") } else { format!("{stem}.{ending}") };
    out.with_file_name(name)
}
