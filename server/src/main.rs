//! The `waymark` binary: hands its arguments to the command line and turns the outcome into an exit code.
//! It must not hold logic of its own.
fn main() {}
