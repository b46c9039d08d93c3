//! Entity references, `kind:namespace/name`, as Backstage writes them.
//! It must not know which entities exist.
use crate::EntityKind;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A full entity reference. Compared and shown in lower case, as Backstage compares them
/// (`@backstage/catalog-model`, `stringifyEntityRef`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[cfg_attr(not(target_arch = "wasm32"), schemars(with = "String"))]
pub struct EntityRef {
    kind: EntityKind,
    namespace: String,
    name: String,
}

/// Why a text is not an entity reference.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EntityRefError {
    #[error("\"{0}\" names no kind; write kind:namespace/name")]
    NoKind(String),
    #[error("\"{text}\" has an unknown kind \"{kind}\"")]
    UnknownKind { text: String, kind: String },
    #[error(
        "\"{0}\" is not a name: 1 to 63 letters, digits, \"-\", \"_\" and \".\", with a letter or digit at both ends"
    )]
    BadName(String),
}

impl EntityRef {
    /// Builds a reference; the parts are put in lower case.
    ///
    /// # Errors
    /// When the namespace or the name is not 1 to 63 of `[a-zA-Z0-9._-]` with an alphanumeric at both ends.
    pub fn new(kind: EntityKind, namespace: &str, name: &str) -> Result<Self, EntityRefError> {
        for part in [namespace, name] {
            if !is_name(part) {
                return Err(EntityRefError::BadName(part.to_owned()));
            }
        }
        Ok(Self { kind, namespace: namespace.to_ascii_lowercase(), name: name.to_ascii_lowercase() })
    }

    /// Reads `[kind:][namespace/]name`, filling what is absent, as Backstage's `parseEntityRef` does.
    ///
    /// # Errors
    /// When the kind is unknown, absent without a default, or a part is not a name.
    pub fn parse(
        text: &str,
        default_kind: Option<EntityKind>,
        default_namespace: &str,
    ) -> Result<Self, EntityRefError> {
        let (kind, rest) = match text.split_once(':') {
            Some((kind, rest)) => {
                let known = kind.to_ascii_lowercase().parse();
                (known.map_err(|_| EntityRefError::UnknownKind { text: text.to_owned(), kind: kind.to_owned() })?, rest)
            }
            None => (default_kind.ok_or_else(|| EntityRefError::NoKind(text.to_owned()))?, text),
        };
        let (namespace, name) = rest.split_once('/').unwrap_or((default_namespace, rest));
        Self::new(kind, namespace, name)
    }

    pub fn kind(&self) -> EntityKind {
        self.kind
    }
    pub fn namespace(&self) -> &str {
        &self.namespace
    }
    pub fn name(&self) -> &str {
        &self.name
    }

    /// `name`, or `namespace/name` outside the default namespace: what a person reads.
    pub fn short(&self) -> String {
        if self.namespace == "default" { self.name.clone() } else { format!("{}/{}", self.namespace, self.name) }
    }

    /// The path of the entity's page: `/catalog/{kind}/{namespace}/{name}`.
    pub fn page(&self) -> String {
        format!("/catalog/{}/{}/{}", self.kind, self.namespace, self.name)
    }
}

fn is_name(text: &str) -> bool {
    let ends = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    (1..=63).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
        && ends(text.chars().next())
        && ends(text.chars().last())
}

crate::ids::string_schema!(EntityRef);

impl fmt::Display for EntityRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}/{}", self.kind, self.namespace, self.name)
    }
}

impl std::str::FromStr for EntityRef {
    type Err = EntityRefError;
    fn from_str(text: &str) -> Result<Self, EntityRefError> {
        Self::parse(text, None, "default")
    }
}

impl TryFrom<String> for EntityRef {
    type Error = EntityRefError;
    fn try_from(text: String) -> Result<Self, EntityRefError> {
        text.parse()
    }
}

impl From<EntityRef> for String {
    fn from(value: EntityRef) -> String {
        value.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_short_and_the_long_form() {
        let long: EntityRef = "Component:Default/Billing-API".parse().unwrap();
        assert_eq!(long.to_string(), "component:default/billing-api");
        let short = EntityRef::parse("pay/ledger", Some(EntityKind::System), "default").unwrap();
        assert_eq!(short.to_string(), "system:pay/ledger");
        assert_eq!(short.short(), "pay/ledger");
        assert!("billing".parse::<EntityRef>().is_err());
        assert!("group:default/-x".parse::<EntityRef>().is_err());
        assert!("gruop:default/x".parse::<EntityRef>().unwrap_err().to_string().contains("gruop"));
    }
}
