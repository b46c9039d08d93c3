//! Puts a brotli and a gzip form beside every file, so that the server compresses nothing while it serves.
//! It must not change the files themselves.
use anyhow::{Context, Result};
use std::{
    ffi::OsString,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

/// Compresses every file under `dir`.
///
/// # Errors
/// When a file cannot be read or written.
pub(crate) fn folder(dir: &Path) -> Result<()> {
    for file in crate::sh::files_under(dir)? {
        let data = fs::read(&file)?;
        fs::write(with_suffix(&file, ".br"), brotli(&data).with_context(|| file.display().to_string())?)?;
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        gzip.write_all(&data)?;
        fs::write(with_suffix(&file, ".gz"), gzip.finish()?)?;
    }
    Ok(())
}

fn brotli(data: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut out, 1 << 16, 11, 22);
    writer.write_all(data)?;
    drop(writer);
    Ok(out)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    #[test]
    fn both_forms_give_the_file_back() {
        let dir = tempfile::tempdir().unwrap();
        let text = "waymark ".repeat(500);
        std::fs::write(dir.path().join("a.js"), &text).unwrap();
        super::folder(dir.path()).unwrap();
        let mut plain = String::new();
        let gz = std::fs::File::open(dir.path().join("a.js.gz")).unwrap();
        flate2::read::GzDecoder::new(gz).read_to_string(&mut plain).unwrap();
        assert_eq!(plain, text);
        plain.clear();
        let br = std::fs::File::open(dir.path().join("a.js.br")).unwrap();
        brotli::Decompressor::new(br, 4096).read_to_string(&mut plain).unwrap();
        assert_eq!(plain, text);
    }
}
