//! Timelines and rules in; spans and intervals of the past out. Pure, as everything in this room.
//! It must not read git: what a file held at a commit was read by the rooms before it.

pub mod model;
