//! What a person sees, in a real Chromium.
//! It must not reach behind the pages.

mod harness;
