//! Starts ChromeDriver and a Chromium of its own for one test, and ends both.
//! It must not know any page.
use std::{
    io::{BufRead, BufReader},
    process::{Child, ChildStdout, Command, Stdio},
    sync::Once,
};
use tempfile::TempDir;
use thirtyfour::{ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver};

/// Without the background-networking flags Chromium looks up hosts of its maker at every start.
const FLAGS: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
];

/// A running ChromeDriver, killed when dropped.
pub(crate) struct Driver {
    child: Child,
    port: u16,
    profile: TempDir,
    /// Kept open: ChromeDriver would stumble over a closed pipe.
    output: BufReader<ChildStdout>,
}

impl Driver {
    /// Starts ChromeDriver on a port of its own choice. The port that it finds free on one address family can be taken on
    /// the other by the driver of another test; it ends then, and is started again.
    pub(crate) fn start() -> Self {
        let started = (0..10).find_map(|_| Self::try_start());
        started.expect("ChromeDriver finds a free port in ten tries")
    }

    /// Starts ChromeDriver and reads the port that it prints; `None` when it ends before.
    fn try_start() -> Option<Self> {
        let mut command = Command::new(crate::from_xtask("CHROMEDRIVER"));
        command.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("ChromeDriver can be started");
        let output = BufReader::new(child.stdout.take().expect("its output is piped"));
        let profile = TempDir::new().expect("the temporary folder can be written");
        let mut driver = Self { child, port: 0, profile, output };
        let mut line = String::new();
        loop {
            line.clear();
            if driver.output.read_line(&mut line).expect("its output can be read") == 0 {
                return None;
            }
            let said = line.trim().trim_end_matches('.').rsplit_once("successfully on port ");
            if let Some(port) = said.and_then(|(_, port)| port.parse().ok()) {
                driver.port = port;
                return Some(driver);
            }
        }
    }

    /// Opens a window.
    pub(crate) async fn open(&self) -> WebDriver {
        install_tls();
        let mut wanted = DesiredCapabilities::chrome();
        let profile = format!("--user-data-dir={}", self.profile.path().display());
        for flag in FLAGS.into_iter().chain([profile.as_str()]) {
            wanted.add_arg(flag).expect("a flag is a string");
        }
        wanted.set_binary(&crate::from_xtask("CHROMIUM")).expect("a path is a string");
        wanted.set_browser_log_level(LoggingPrefsLogLevel::All).expect("a level is a string");
        WebDriver::new(format!("http://127.0.0.1:{}", self.port), wanted).await.expect("Chromium can be started")
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended by itself, which is what is wanted here.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The HTTP client under the driver panics when no TLS provider is chosen, though all it does is plain HTTP.
fn install_tls() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // The server may have chosen one in this process already; it is the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}
