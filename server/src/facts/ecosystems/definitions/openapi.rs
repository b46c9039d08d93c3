//! OpenAPI 2 (Swagger), 3.0 and 3.1 (<https://spec.openapis.org/oas/>): title, version and operations.
//! It must not follow a `$ref` nor read schemas.
use super::{Node, entry, info};
use crate::facts::model::{DefinitionDecl, DefinitionKind};

const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// The API; none when the file shows no operation, as one of shared schemas or of a vendor's own keys.
pub(super) fn read(root: &Node) -> Option<DefinitionDecl> {
    let version = root.get("openapi").or_else(|| root.get("swagger"))?;
    version.text().filter(|text| text.starts_with(|c: char| c.is_ascii_digit()))?;
    let mut found = DefinitionDecl::new(DefinitionKind::Api, "openapi", "", version.line);
    info(root, &mut found);
    for (path, item) in root.get("paths").map(Node::entries).unwrap_or_default() {
        if path.starts_with("x-") {
            continue;
        }
        if item.get("$ref").is_some() {
            found.push(entry(path, None, item.line));
        }
        operations(path, item, &mut found);
    }
    for (name, item) in root.get("webhooks").map(Node::entries).unwrap_or_default() {
        operations(&format!("webhook {name}"), item, &mut found);
    }
    (found.n_entries > 0).then_some(found)
}

fn operations(path: &str, item: &Node, found: &mut DefinitionDecl) {
    for (method, operation) in item.entries() {
        if METHODS.contains(&method.as_str()) && operation.is_map() {
            let text = operation.text_of("summary").or_else(|| operation.text_of("operationId"));
            found.push(entry(&format!("{} {path}", method.to_ascii_uppercase()), text, operation.line));
        }
    }
}
