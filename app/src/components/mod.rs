//! The parts pages are made of, rendered on the server.
//! Nothing here asks the API for more than the frame needs.
pub mod frame;

pub use frame::Frame;
