//! Compiles the crate again when a file that is compiled in is added or changed: the macros that embed folders do not notice new files.
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    for folder in ["locales", "migrations"] {
        if std::path::Path::new(folder).exists() {
            println!("cargo:rerun-if-changed={folder}");
        }
    }
}
