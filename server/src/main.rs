//! The `waymark` binary: hands over to the command line.
//! It must not hold logic of its own.

fn main() -> std::process::ExitCode {
    server::cli::main()
}
