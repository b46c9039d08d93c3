//! The command line under test: the same entry as the `waymark` binary, so that a test can start it as a process.
//! It must not add anything to it.

fn main() -> std::process::ExitCode {
    server::cli::main()
}
