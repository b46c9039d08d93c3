//! Measures what a page makes a browser load, and holds it to the budget.
//! It must not build anything.
use anyhow::{Context, Result, ensure};
use std::{fmt, fs, path::Path};

/// WASM and JS together on any page, in bytes as brotli.
const SCRIPT_LIMIT: u64 = 100 * 1024;
/// The style sheet, in bytes as brotli.
const STYLE_LIMIT: u64 = 20 * 1024;

/// Sizes of the built site in bytes.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sizes {
    wasm: Form,
    js: Form,
    css: Form,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Form {
    raw: u64,
    brotli: u64,
    gzip: u64,
}

impl Sizes {
    /// Adds up the files of a built site by kind.
    ///
    /// # Errors
    /// When the folder cannot be read or holds no module: an empty site is within any budget.
    pub(crate) fn measure(pkg: &Path) -> Result<Self> {
        let mut sizes = Self::default();
        for file in crate::sh::files_under(pkg)? {
            let length = fs::metadata(&file).with_context(|| file.display().to_string())?.len();
            sizes.add(&file.to_string_lossy(), length);
        }
        ensure!(sizes.wasm.brotli > 0 && sizes.js.brotli > 0, "{} holds no built site", pkg.display());
        Ok(sizes)
    }

    fn add(&mut self, name: &str, length: u64) {
        let (plain, packing) = match name.rsplit_once('.') {
            Some((plain, packing @ ("br" | "gz"))) => (plain, packing),
            _ => (name, ""),
        };
        let form = match plain.rsplit_once('.').map(|(_, kind)| kind) {
            Some("wasm") => &mut self.wasm,
            Some("js") => &mut self.js,
            Some("css") => &mut self.css,
            _ => return,
        };
        match packing {
            "br" => form.brotli += length,
            "gz" => form.gzip += length,
            _ => form.raw += length,
        }
    }

    /// Whether the site keeps to the budget.
    ///
    /// # Errors
    /// When it does not; the message names the part, its size and the limit.
    pub(crate) fn check(&self) -> Result<()> {
        let script = self.wasm.brotli + self.js.brotli;
        let over = |part: &str, size, limit| format!("{part} is {size} bytes as brotli, over its budget of {limit}");
        ensure!(script <= SCRIPT_LIMIT, over("WASM and JS", script, SCRIPT_LIMIT));
        ensure!(self.css.brotli <= STYLE_LIMIT, over("the style sheet", self.css.brotli, STYLE_LIMIT));
        Ok(())
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (br {}, gz {})", self.raw, self.brotli, self.gzip)
    }
}

impl fmt::Display for Sizes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "bytes: wasm {}, js {}, css {}", self.wasm, self.js, self.css)
    }
}

#[cfg(test)]
mod tests {
    use super::{SCRIPT_LIMIT, STYLE_LIMIT, Sizes};

    fn sizes(wasm: u64, js: u64, css: u64) -> Sizes {
        let mut sizes = Sizes::default();
        for (name, length) in [("pkg/app_bg.wasm.br", wasm), ("pkg/app.js.br", js), ("pkg/app.css.br", css)] {
            sizes.add(name, length);
            sizes.add(name.trim_end_matches(".br"), 9 * length);
        }
        sizes
    }

    #[test]
    fn counts_scripts_together() {
        assert!(sizes(SCRIPT_LIMIT - 10, 10, STYLE_LIMIT).check().is_ok());
        assert!(sizes(SCRIPT_LIMIT - 10, 11, 0).check().unwrap_err().to_string().contains("WASM and JS"));
        assert!(sizes(1, 1, STYLE_LIMIT + 1).check().unwrap_err().to_string().contains("style sheet"));
    }

    #[test]
    fn an_empty_site_is_no_site() {
        let dir = tempfile::tempdir().unwrap();
        assert!(Sizes::measure(dir.path()).is_err());
    }
}
