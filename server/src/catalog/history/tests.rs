//! Tests of the past on histories made by hand: commits, each with the files that it writes and removes.
//! They must not read git.
mod changes;
mod ends;
mod estate;
mod lineage;
mod work;
