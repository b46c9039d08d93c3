//! Verdicts on hand-built work, and patches that git takes.
//! It must not touch anything but its own temporary folders.
mod items;
mod patches;
mod people;
mod scenarios;
mod world;
