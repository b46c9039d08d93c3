//! Tests of the past on timelines made by hand.
//! They must not read git.
