//! The sections and keys of an INI file, as Python's configparser takes them
//! (<https://docs.python.org/3/library/configparser.html#supported-ini-file-structure>).
//! It must not interpolate, nor know what a key means.

/// One key of a section.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry<'a> {
    pub section: &'a str,
    /// Lower case, with `_` for `-`.
    pub key: String,
    /// 1-based line of the key.
    pub line: u32,
    /// The lines of the value that hold something, each with its number.
    pub values: Vec<(u32, String)>,
}

/// Every key, in file order. Lines that are neither are skipped.
pub(super) fn read(text: &str) -> Vec<Entry<'_>> {
    let mut out: Vec<Entry<'_>> = vec![];
    let mut section = "";
    let mut indent = 0;
    // Whether the last key still takes lines: a section ends it.
    let mut open = false;
    for (raw, line) in text.lines().zip(1u32..) {
        let trimmed = raw.trim();
        let depth = raw.len() - raw.trim_start().len();
        if trimmed.is_empty() || trimmed.starts_with(['#', ';']) {
            continue;
        }
        if open && depth > indent {
            if let Some(entry) = out.last_mut() {
                entry.values.push((line, trimmed.to_owned()));
            }
        } else if let Some(name) = trimmed.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            (section, open) = (name.trim(), false);
        } else if let Some((key, value)) = trimmed.split_once(['=', ':']) {
            let key = key.trim().to_ascii_lowercase().replace('-', "_");
            let value = value.trim();
            let values = if value.is_empty() { vec![] } else { vec![(line, value.to_owned())] };
            out.push(Entry { section, key, line, values });
            (indent, open) = (depth, true);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_go_on_while_they_are_indented() {
        let entries = read("[a]\nx-Y = 1\n # no\n\n  2 = b\nz:\n[b]\n  no key\nw=[c]\n");
        let shown: Vec<_> = entries.iter().map(|e| (e.section, e.key.as_str(), e.line, e.values.len())).collect();
        assert_eq!(shown, [("a", "x_y", 2, 2), ("a", "z", 6, 0), ("b", "w", 9, 1)]);
        assert_eq!(entries[0].values[1], (5, "2 = b".to_owned()));
    }
}
