//! Fingerprints of all files in; clusters of equal code over repositories out (DESIGN section 7).
//! It must not read bytes, and says nothing of who should have written it.
pub mod model;
