//! Puts measured text between the markers of a page that a person wrote: `<!-- measured: NAME -->` and
//! `<!-- measured end -->`, each a line of its own. It must not change anything else of the page.
use anyhow::{Context, Result};

const END: &str = "<!-- measured end -->";

/// The page with the text of one block replaced.
///
/// # Errors
/// When the page has no such block.
pub fn replace(page: &str, name: &str, text: &str) -> Result<String> {
    let start = format!("<!-- measured: {name} -->\n");
    let (before, rest) = page.split_once(&start).with_context(|| format!("the page has no line {start}"))?;
    let (_, after) = rest.split_once(END).with_context(|| format!("the block {name} has no end"))?;
    Ok(format!("{before}{start}{}\n{END}{after}", text.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::replace;

    #[test]
    fn only_its_block_changes() {
        let page =
            "a\n<!-- measured: x -->\nold\n<!-- measured end -->\nb\n<!-- measured: y -->\n<!-- measured end -->\n";
        let once = replace(page, "x", "new\n").unwrap();
        assert_eq!(once, page.replace("old", "new"));
        assert_eq!(replace(&once, "x", "new").unwrap(), once);
        assert!(replace(page, "z", "new").unwrap_err().to_string().contains("measured: z"));
    }
}
