//! Facts in; entities, relations, usages and standings out. Pure: no async, no database, no clock (`now` is an argument).
//! It must not read git, and eligibility is never derived from the evidence of the same capability.

pub mod model;
