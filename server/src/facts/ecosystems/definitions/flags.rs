//! Flag definitions of flagd, OpenFeature's reference provider (<https://flagd.dev/reference/flag-definitions/>).
//! It must not read targeting rules, nor take another tool's `flags` for flagd's.
use super::{Node, entry};
use crate::facts::model::{DefinitionDecl, DefinitionKind};

/// The flags of a file, when every one of them has a state and variants.
pub(super) fn read(file_name: &str, root: &Node) -> Option<DefinitionDecl> {
    let flags = root.get("flags")?;
    let is_flag = |flag: &Node| {
        let state = flag.text_of("state").is_some_and(|state| matches!(state, "ENABLED" | "DISABLED"));
        state && flag.get("variants").is_some_and(|variants| variants.is_map() || variants.is_list())
    };
    if flags.entries().is_empty() || !flags.entries().iter().all(|(_, flag)| is_flag(flag)) {
        return None;
    }
    let mut found = DefinitionDecl::new(DefinitionKind::Resource, "feature-flags", &name(file_name), flags.line);
    for (name, flag) in flags.entries() {
        let state = if flag.text_of("state") == Some("ENABLED") { "enabled" } else { "disabled" };
        let default = flag.text_of("defaultVariant").map(|default| format!(", {default} by default"));
        found.push(entry(name, Some(&format!("{state}{}", default.unwrap_or_default())), flag.line));
    }
    Some(found)
}

/// `checkout` of `checkout.flagd.json`; a file without a name of its own holds `flags`.
fn name(file_name: &str) -> String {
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let stem = stem.strip_suffix("flagd").unwrap_or(stem).trim_matches(['.', '-', '_']);
    if stem.is_empty() { "flags".to_owned() } else { stem.to_owned() }
}
