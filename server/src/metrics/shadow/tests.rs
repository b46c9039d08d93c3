//! Tests.
//! They must not.
