//! Tests of the scan room on repositories made by the `git` program, one oddity each.
//! Nothing here may depend on the user's git configuration.
mod branches;
mod fixture;
mod histories;
mod lines;
mod locating;
mod mirroring;
mod reading;
