//! Renders READMEs and start documents of repositories to HTML that is safe to put into a page.
//! It must not let through raw HTML, scripts, or anything the reader's browser would fetch from a third party.
use comrak::{
    Arena, Options, format_html,
    nodes::{AstNode, NodeLink, NodeValue},
    parse_document,
};
use shared::{CommitId, RepoPath};

/// Larger documents are cut (RELIABILITY section 6). Bytes.
const MAX_BYTES: usize = 256 * 1024;

/// Where a document lies, so that its relative links can lead to the repository in the browser.
pub(crate) struct Place<'a> {
    /// The repository's address in the browser, when one is known.
    pub(crate) web_url: Option<&'a str>,
    pub(crate) commit: Option<&'a CommitId>,
    /// The document's own path.
    pub(crate) path: &'a RepoPath,
}

/// The document as HTML: GitHub's Markdown without raw HTML; headings one level lower, because the page has its own
/// first heading; images as links; links that lead nowhere from here as plain text.
pub(crate) fn render(text: &str, place: &Place<'_>) -> String {
    let arena = Arena::new();
    let options = options();
    let root = parse_document(&arena, cut(text), &options);
    let nodes: Vec<_> = root.descendants().collect();
    for node in nodes {
        adapt(node, place);
    }
    let mut html = String::new();
    match format_html(root, &options, &mut html) {
        Ok(()) => sanitise(&html),
        Err(error) => {
            tracing::error!(%error, path = %place.path, "a document could not be rendered");
            String::new()
        }
    }
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = false;
    options.extension.front_matter_delimiter = Some("---".to_owned());
    options.render.r#unsafe = false;
    options
}

/// At most [`MAX_BYTES`], at a character's end.
fn cut(text: &str) -> &str {
    let mut end = text.len().min(MAX_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn adapt<'a>(node: &'a AstNode<'a>, place: &Place<'_>) {
    let mut ast = node.data_mut();
    match &mut ast.value {
        NodeValue::Heading(heading) => heading.level = (heading.level + 1).min(6),
        NodeValue::Link(link) => match place.resolve(&link.url, false) {
            Some(url) => link.url = url,
            None => {
                drop(ast);
                unwrap(node);
            }
        },
        NodeValue::Image(image) => {
            let target = place.resolve(&image.url, true);
            let title = std::mem::take(&mut image.title);
            drop(ast);
            image_to_link(node, target, title);
        }
        NodeValue::HtmlBlock(_) | NodeValue::HtmlInline(_) | NodeValue::Raw(_) => {
            drop(ast);
            node.detach();
        }
        NodeValue::TaskItem(item) => {
            let done = item.symbol.is_some();
            drop(ast);
            mark(node, done);
        }
        _ => {}
    }
}

/// An image inside a link, as badges are, keeps its text only; any other becomes a link to the picture.
fn image_to_link<'a>(node: &'a AstNode<'a>, target: Option<String>, title: String) {
    let linked = node.ancestors().skip(1).any(|above| matches!(above.data().value, NodeValue::Link(_)));
    match target {
        Some(url) if !linked && node.first_child().is_some() => {
            node.data_mut().value = NodeValue::Link(Box::new(NodeLink { url, title }));
        }
        _ => unwrap(node),
    }
}

/// Puts the children of a node in its place.
fn unwrap<'a>(node: &'a AstNode<'a>) {
    let children: Vec<_> = node.children().collect();
    for child in children {
        node.insert_before(child);
    }
    node.detach();
}

/// A check box would need a label, and sanitising drops it: a sign before the item's first words says the same.
fn mark<'a>(item: &'a AstNode<'a>, done: bool) {
    let sign = if done { "☑ " } else { "☐ " };
    for node in item.descendants() {
        if let Some(text) = node.data_mut().value.text_mut() {
            text.to_mut().insert_str(0, sign);
            return;
        }
    }
}

impl Place<'_> {
    /// Where a link leads: absolute http(s) and mail links as they are, relative ones into the repository at the
    /// commit, `None` for all others and when the repository has no address. `raw` asks for the file itself.
    fn resolve(&self, url: &str, raw: bool) -> Option<String> {
        let lower = url.trim().to_ascii_lowercase();
        if ["https://", "http://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme)) {
            return Some(url.trim().to_owned());
        }
        let scheme = lower.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':'));
        if scheme || lower.starts_with('#') || lower.starts_with("//") || lower.is_empty() {
            return None;
        }
        let file = url.trim().split(['?', '#']).next().unwrap_or_default();
        let path = match file.strip_prefix('/') {
            Some(from_root) => RepoPath::root().join(from_root)?,
            None => self.path.parent().join(file)?,
        };
        Some(format!("{}/{path}", blob_base(self.web_url?, self.commit?.as_str(), raw)))
    }
}

/// The address under which a forge shows a file at a commit, judged by the host's name; GitHub's form when unknown.
fn blob_base(web_url: &str, commit: &str, raw: bool) -> String {
    let host = web_url.split("://").nth(1).unwrap_or(web_url).split('/').next().unwrap_or_default();
    let what = match (host.contains("gitlab"), host.contains("bitbucket"), raw) {
        (true, _, true) => "-/raw",
        (true, _, false) => "-/blob",
        (_, true, true) => "raw",
        (_, true, false) => "src",
        (_, _, true) => "raw",
        (_, _, false) if host.contains("codeberg") || host.contains("gitea") => "src/commit",
        (_, _, false) => "blob",
    };
    format!("{web_url}/{what}/{commit}")
}

/// The second line of defence: an allow-list of elements and attributes, whatever the renderer wrote.
fn sanitise(html: &str) -> String {
    let mut cleaner = ammonia::Builder::default();
    cleaner.rm_tags(["img", "map", "area", "article", "aside", "header", "footer", "nav", "figure", "figcaption"]);
    cleaner.url_schemes(["http", "https", "mailto"].into()).link_rel(Some("noopener noreferrer nofollow"));
    cleaner.clean(html).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        let commit = CommitId::new("a".repeat(40)).unwrap();
        let path = RepoPath::new("docs/start.md").unwrap();
        let place = Place { web_url: Some("https://forge.example/acme/flags"), commit: Some(&commit), path: &path };
        render(text, &place)
    }

    #[test]
    fn headings_leave_the_first_level_to_the_page() {
        assert_eq!(html("# Start\n\n###### Deep"), "<h2>Start</h2>\n<h6>Deep</h6>\n");
    }

    #[test]
    fn nothing_hostile_survives() {
        let hostile = "<script>alert(1)</script>\n\n[a](javascript:alert(1)) [b](data:text/html,x) <b onclick=x>c</b>\n\n\
                       ![d](https://tracker.example/x.png)\n\n[e](//evil.example) <iframe src=x></iframe>\n\n\
                       <img src=x onerror=alert(1)>\n\n[f](JaVaScRiPt:x) [g](vbscript:x)";
        let html = html(hostile);
        for bad in ["<script", "javascript:", "data:", "onclick", "<img", "//evil", "iframe", "onerror", "vbscript"] {
            assert!(!html.to_lowercase().contains(bad), "{bad} in {html}");
        }
        assert!(html.contains("<a href=\"https://tracker.example/x.png\""), "{html}");
    }

    #[test]
    fn relative_links_lead_into_the_repository_at_the_commit() {
        let commit = "a".repeat(40);
        let html = html("[up](../README.md#use) [root](/LICENSE) [out](../../x) [here](#use) ![logo](logo.svg)");
        let base = format!("https://forge.example/acme/flags/blob/{commit}");
        assert!(html.contains(&format!("href=\"{base}/README.md\"")), "{html}");
        assert!(html.contains(&format!("href=\"{base}/LICENSE\"")), "{html}");
        assert!(
            html.contains(&format!("href=\"https://forge.example/acme/flags/raw/{commit}/docs/logo.svg\"")),
            "{html}"
        );
        assert!(html.contains(" out here "), "{html}");
    }

    #[test]
    fn badges_become_their_text_and_tables_stay() {
        let html = html("[![build](https://ci.example/b.svg)](https://ci.example)\n\n|a|b|\n|-|-|\n|1|2|\n");
        assert!(html.contains(">build</a>") && html.contains("<table>"), "{html}");
    }

    #[test]
    fn tasks_show_what_is_done() {
        let html = html("- [x] *done*\n- [ ] open");
        assert!(html.contains("<em>☑ done</em>") && html.contains("☐ open") && !html.contains("<input"), "{html}");
    }

    #[test]
    fn a_long_or_deep_document_is_cut_and_does_not_panic() {
        assert!(html(&"ä".repeat(MAX_BYTES)).len() <= MAX_BYTES + 16);
        assert!(html(&format!("{}deep", "> ".repeat(2_000))).contains("deep"));
    }
}
