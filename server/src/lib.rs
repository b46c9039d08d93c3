//! The work behind the pages: the rooms, left to right as the flow goes (DESIGN section 2). A room uses rooms to its left only.
#![recursion_limit = "256"]

pub mod api;
pub mod catalog;
pub mod cli;
pub mod demo;
pub mod facts;
pub mod jobs;
pub mod mcp;
pub mod metrics;
pub mod scan;
pub mod store;
pub mod web;
