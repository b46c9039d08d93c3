//! Bundles and minifies the style sheet from `style/main.css` and what it imports.
//! It must not know what the styles are for.
use anyhow::{Result, anyhow, ensure};
use lightningcss::{
    bundler::{Bundler, FileProvider},
    stylesheet::{MinifyOptions, ParserOptions, PrinterOptions},
    targets::{Browsers, Targets},
};
use std::path::Path;

/// The oldest browsers served: the first that know `light-dark()` or can be given it by lightningcss, nesting and layers.
fn targets() -> Targets {
    Targets::from(Browsers {
        chrome: Some(123 << 16),
        firefox: Some(120 << 16),
        safari: Some(17 << 16 | 5 << 8),
        ..Browsers::default()
    })
}

/// One minified style sheet from `entry` with its imports put in.
///
/// # Errors
/// When a file is missing or holds no valid CSS; the message names the place.
pub(crate) fn bundle(entry: &Path) -> Result<String> {
    ensure!(entry.is_file(), "{} is missing: it is where the bundle starts", entry.display());
    let targets = targets();
    let files = FileProvider::new();
    let mut sheet = Bundler::new(&files, None, ParserOptions::default()).bundle(entry).map_err(|error| {
        let place = error.loc.as_ref().map(|at| format!("{}:{}:{}: ", at.filename, at.line + 1, at.column));
        anyhow!("{}{}", place.unwrap_or_default(), error.kind)
    })?;
    sheet.minify(MinifyOptions { targets, ..Default::default() }).map_err(|error| anyhow!("{error}"))?;
    Ok(sheet.to_css(PrinterOptions { minify: true, targets, ..Default::default() })?.code)
}

#[cfg(test)]
mod tests {
    use super::bundle;

    #[test]
    fn puts_imports_in_and_minifies() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("main.css"), "@layer a;\n@import \"part.css\" layer(a);\n").unwrap();
        std::fs::write(dir.path().join("part.css"), "p {\n  color: light-dark(black, white);\n}\n").unwrap();
        let css = bundle(&dir.path().join("main.css")).unwrap();
        assert!(css.contains("light-dark(#000,#fff)"), "{css}");
        assert!(!css.contains("@import"), "{css}");
    }

    #[test]
    fn a_broken_import_names_its_place() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("main.css"), "@import \"gone.css\";").unwrap();
        let error = bundle(&dir.path().join("main.css")).unwrap_err().to_string();
        assert!(error.contains("main.css:1:"), "{error}");
    }
}
