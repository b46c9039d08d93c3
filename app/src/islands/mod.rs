//! The parts that come alive in the browser; each stands on the page as sound HTML before it does.
//! Nothing here may reach for the router or the clock of the server.
mod keys;
pub mod palette;
pub mod scan_progress;
pub mod theme;

pub use palette::CommandPalette;
pub use scan_progress::ScanProgress;
pub use theme::ThemeSwitch;
