//! Part of a shadow platform in numbers.
//! It must not find candidates.
