//! The catalog and clusters of equal code in; candidates for shadow platforms out (DESIGN section 7).
//! It must not count work or money: that is for metrics.
pub mod model;
