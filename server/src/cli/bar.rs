//! The progress of a scan as a bar on the terminal. Where standard error is no terminal it stays silent.
//! It must not decide anything.
use crate::jobs::Observer;
use indicatif::{ProgressBar, ProgressStyle};
use shared::{ScanStatus, api::ScanEvent};

/// A bar with k of n, the current repository, errors and the time left.
pub(super) struct Bar(ProgressBar);

impl Bar {
    pub(super) fn new() -> Self {
        let bar = ProgressBar::new(0);
        let style = ProgressStyle::with_template("{bar:24} {pos}/{len} {wide_msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self(bar)
    }
}

impl Observer for Bar {
    fn see(&self, event: &ScanEvent) {
        self.0.set_length(2 * event.repositories);
        self.0.set_position(event.done + event.past);
        self.0.set_message(message(event));
        if matches!(event.status, ScanStatus::Done | ScanStatus::Failed) {
            self.0.finish_and_clear();
        }
    }
}

fn message(event: &ScanEvent) -> String {
    let what = if event.past > 0 { "history of " } else { "" };
    let mut parts: Vec<String> = event.current.iter().map(|name| format!("{what}{name}")).collect();
    if event.errors > 0 {
        parts.push(format!("{} errors", event.errors));
    }
    if let Some(seconds) = event.seconds_left.filter(|seconds| *seconds > 0) {
        parts.push(format!("about {seconds} s left"));
    }
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_says_what_and_how_long() {
        let event = ScanEvent {
            scan: 1,
            status: ScanStatus::Running,
            done: 2,
            past: 0,
            repositories: 9,
            failed: 0,
            errors: 3,
            current: Some("acme/pay".parse().unwrap()),
            seconds_left: Some(12),
        };
        assert_eq!(message(&event), "acme/pay · 3 errors · about 12 s left");
    }
}
