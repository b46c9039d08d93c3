//! Runs a recursive parser on a stack that its deepest allowed nesting fits on.
//! It must not be used where the caller's stack does: a thread costs more than most files.

/// Stack for a parser that nests up to 64 levels, with room for a debug build. Bytes.
const DEEP_STACK: usize = 64 << 20;

/// The work's outcome; `None` when no thread could be had or the work panicked.
pub(super) fn on_deep_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(DEEP_STACK).spawn_scoped(scope, work).ok()?;
        thread.join().ok()
    })
}
