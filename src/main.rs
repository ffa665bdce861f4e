//! The program: arguments to `cli`, exit code back.
use std::process::ExitCode;

fn main() -> ExitCode {
    awasir::cli::main()
}
