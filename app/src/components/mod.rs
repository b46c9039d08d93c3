//! The parts pages are made of, rendered on the server.
//! Nothing here asks the API for more than the frame needs.
pub mod ago;
pub mod as_of;
pub mod badge;
pub mod card;
pub mod chart;
pub mod commit;
pub mod cost;
pub mod counted;
pub mod delta;
pub mod evidence;
pub mod facets;
pub mod findings;
pub mod frame;
pub mod graph;
pub mod icon;
pub mod link;
pub mod list;
pub mod load;
pub mod problem;
pub mod score;
pub mod split_bar;
pub mod table;
pub mod team;
pub mod verdicts;

pub use frame::Frame;
