//! The library of what is compiled in. Its model is learnt once for all test processes, and kept in the build folder.
use awasir::assets::Embedded;
use awasir::knowledge::{Lesson, Library, Material, Understanding};
use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

/// Where models are kept between test processes: what `MODELS_DIR` names for a real binary.
pub(crate) fn models() -> PathBuf {
    let folder = folder();
    learn(&folder);
    folder
}

fn folder() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("models");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Everything compiled in.
pub(crate) fn library() -> Library {
    library_of(Material::read(&Embedded))
}

/// Everything in `material`, with the model of what is compiled in.
pub(crate) fn library_of(material: Material) -> Library {
    let (name, understanding) = learn(&folder());
    let Material { texts, missions, countries, urgent, .. } = material;
    Library::new(1, texts, missions, countries, urgent, (name, Arc::new(understanding)))
}

/// The model, learnt by the first process that comes; the others wait for it.
fn learn(folder: &std::path::Path) -> (String, Understanding) {
    let material = Material::read(&Embedded);
    let lesson = Lesson::new(&material.texts, &material);
    let name = lesson.fingerprint();
    let path = folder.join(format!("{name}.model"));
    let lock = File::create(folder.join("lock")).unwrap();
    lock.lock().unwrap();
    if let Some(kept) = std::fs::read(&path).ok().and_then(|bytes| postcard::from_bytes(&bytes).ok()) {
        return (name, kept);
    }
    let understanding = lesson.teach();
    std::fs::write(&path, postcard::to_allocvec(&understanding).unwrap()).unwrap();
    (name, understanding)
}
