//! The one TLS provider of the process, chosen before anything connects.
//! It must not configure certificates or open connections.
use std::sync::Once;

static INSTALLED: Once = Once::new();

/// Makes ring the provider of rustls. Every entry that may connect calls it first; later calls do nothing.
/// Without it reqwest panics on building a client, as no provider is compiled in by default.
pub fn install_tls() {
    INSTALLED.call_once(|| {
        // An error means that a provider is there already, which is what is wanted.
        rustls::crypto::ring::default_provider().install_default().ok();
    });
}
