//! The program: arguments to `cli`, exit code back.
fn main() {}
