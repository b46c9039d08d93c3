//! The HTTP status a page wants to answer with, told to whoever serves it.
//! It must not know any web server.
use std::sync::{
    Arc,
    atomic::{AtomicU16, Ordering},
};

/// Put into the leptos context by the server, set by a page, read by the server when the page is whole. Starts at 200.
#[derive(Debug, Clone)]
pub struct PageStatus(Arc<AtomicU16>);

impl Default for PageStatus {
    fn default() -> Self {
        Self(Arc::new(AtomicU16::new(200)))
    }
}

impl PageStatus {
    /// Says what the page answers with.
    pub fn set(&self, status: u16) {
        self.0.store(status, Ordering::Relaxed);
    }

    /// What the page said last; 200 when it said nothing.
    pub fn get(&self) -> u16 {
        self.0.load(Ordering::Relaxed)
    }
}
