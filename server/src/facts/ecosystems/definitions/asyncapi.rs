//! AsyncAPI 2 and 3 (<https://www.asyncapi.com/docs/reference/specification/v3.0.0>): title, version, and what is sent and
//! received on which channel. It must not read messages and follows only a reference to a channel of the same file.
use super::{Node, entry, info};
use crate::facts::model::{DefinitionDecl, DefinitionKind};

/// The API; none when the file has no channel.
pub(super) fn read(root: &Node) -> Option<DefinitionDecl> {
    let version = root.get("asyncapi")?;
    version.text().filter(|text| text.starts_with(|c: char| c.is_ascii_digit()))?;
    let mut found = DefinitionDecl::new(DefinitionKind::Api, "asyncapi", "", version.line);
    info(root, &mut found);
    for (name, operation) in root.get("operations").map(Node::entries).unwrap_or_default() {
        let action = operation.text_of("action").unwrap_or("use");
        let channel = operation.at(&["channel", "$ref"]).and_then(Node::text).map_or(name.as_str(), last_segment);
        let text = operation.text_of("summary").or_else(|| operation.text_of("title")).unwrap_or(name);
        found.push(entry(&format!("{action} {}", address(root, channel)), Some(text), operation.line));
    }
    if found.n_entries == 0 {
        channels(root, &mut found);
    }
    (found.n_entries > 0).then_some(found)
}

/// Version 2 has `publish` and `subscribe` in the channel; without any the channel stands for itself.
fn channels(root: &Node, found: &mut DefinitionDecl) {
    for (name, channel) in root.get("channels").map(Node::entries).unwrap_or_default() {
        let actions = ["publish", "subscribe"].map(|action| Some((action, channel.get(action)?)));
        for (action, operation) in actions.iter().flatten() {
            let text = operation.text_of("summary").or_else(|| operation.text_of("operationId"));
            found.push(entry(&format!("{action} {name}"), text, operation.line));
        }
        if actions.iter().all(Option::is_none) {
            found.push(entry(address(root, name), channel.text_of("description"), channel.line));
        }
    }
}

fn address<'a>(root: &'a Node, channel: &'a str) -> &'a str {
    root.at(&["channels", channel, "address"]).and_then(Node::text).unwrap_or(channel)
}

/// `orders` of `#/channels/orders`.
fn last_segment(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}
