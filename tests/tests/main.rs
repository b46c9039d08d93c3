//! All tests that go through a door a user uses, as one binary: each further one would link the whole server again.
//! It must not hold a test itself.

mod api;
mod browser;
mod flow;
mod harness;
mod ownership;
mod quality;
