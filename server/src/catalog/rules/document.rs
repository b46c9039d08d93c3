//! YAML text of a rule file to descriptor documents.
//! It must not check what the documents mean.
use crate::facts::model::{DescriptorDoc, FileFacts};
use std::collections::BTreeMap;

/// The documents of a rule file.
pub(crate) fn documents(_name: &str, text: &str) -> FileFacts {
    let mut facts = FileFacts::default();
    let docs: Vec<serde_json::Value> = serde_saphyr::from_multiple(text).unwrap_or_default();
    facts.documents =
        docs.into_iter().map(|document| DescriptorDoc { document, line: 1, places: BTreeMap::new() }).collect();
    facts
}
