//! The closed vocabularies of the product (DESIGN section 1), each with its one spelling for code, API and pages.
//! Nothing here knows where a word was read.

/// A word outside its vocabulary. The message names the vocabulary, the word, and the words that would have done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown {vocabulary} \"{word}\"; expected one of {expected}")]
pub struct UnknownWord {
    pub vocabulary: &'static str,
    pub word: String,
    pub expected: String,
}

/// Declares an enum whose variants have exactly one spelling each, shared by `Display`, `FromStr`, serde and OpenAPI.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident: $label:literal { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every word of the vocabulary, in its natural order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word as code, API and pages spell it.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownWord;
            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                match word {
                    $($word => Ok($name::$variant),)+
                    _ => Err(UnknownWord {
                        vocabulary: $label,
                        word: word.to_owned(),
                        expected: Self::ALL.iter().map(|w| w.as_str()).collect::<Vec<_>>().join(", "),
                    }),
                }
            }
        }
    };
}

vocabulary! {
    /// The kinds of Backstage's model and our own `Capability`, spelled as in an entity reference.
    EntityKind: "kind" {
        Component = "component", Api = "api", Resource = "resource", System = "system", Domain = "domain",
        Group = "group", User = "user", Location = "location", Template = "template", Capability = "capability",
    }
}

impl EntityKind {
    /// The spelling of `kind:` in a descriptor, e.g. `API`.
    pub const fn descriptor_kind(self) -> &'static str {
        match self {
            Self::Component => "Component",
            Self::Api => "API",
            Self::Resource => "Resource",
            Self::System => "System",
            Self::Domain => "Domain",
            Self::Group => "Group",
            Self::User => "User",
            Self::Location => "Location",
            Self::Template => "Template",
            Self::Capability => "Capability",
        }
    }
}

vocabulary! {
    /// Whether somebody wrote the entity down, we inferred it, or both.
    Origin: "origin" { Declared = "declared", Detected = "detected", Both = "both" }
}

vocabulary! {
    /// How an offer stands to the golden path.
    OfferPath: "path" { Golden = "golden", Tolerated = "tolerated", Vendor = "vendor", Homegrown = "homegrown" }
}

vocabulary! {
    /// How far what recognises an offer can be trusted: `possible` is shown with that mark until its precision is measured.
    Confidence: "confidence" { Probable = "probable", Possible = "possible" }
}

vocabulary! {
    /// Whom a tool chosen at the root of a repository with several components serves.
    Reach: "reach" {
        /// Those components alone whose own files or imports show it.
        Component = "component",
        /// All of them: one linter, one pipeline, one build serves the whole repository.
        Repository = "repository",
    }
}

vocabulary! {
    /// Per component and capability (DESIGN section 1).
    State: "state" { Golden = "golden", Migrating = "migrating", OffPath = "off_path", None = "none", Exempt = "exempt" }
}

vocabulary! {
    /// The five kinds of platform.
    Area: "area" {
        ApiProducts = "api-products", DeveloperPlatform = "developer-platform", Data = "data", MlAi = "ml-ai",
        Identity = "identity",
    }
}

impl Area {
    /// The area as a heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::ApiProducts => "API products",
            Self::DeveloperPlatform => "Developer platform",
            Self::Data => "Data",
            Self::MlAi => "ML and AI",
            Self::Identity => "Identity",
        }
    }
}

vocabulary! {
    /// What a dependency is for.
    Scope: "scope" { Runtime = "runtime", Dev = "dev", Build = "build", Test = "test", Optional = "optional", Peer = "peer" }
}

vocabulary! {
    /// Whether a person wrote the dependency down, a tool resolved it, or only source shows it.
    DependencyKind: "kind of dependency" {
        Declared = "declared", Resolved = "resolved",
        /// Imported in source of a component none of whose manifests names it.
        Imported = "imported",
    }
}

vocabulary! {
    /// Whether the source of the component shows a dependency in use.
    SourceUse: "use in source" {
        /// An import statement names it.
        Imported = "imported",
        /// The component's source was read, imports of this ecosystem can be told, and none names it.
        NotSeen = "not_seen",
        /// Nothing can be said: no import could show it (a tool, an image), or the language is not understood.
        Unknown = "unknown",
    }
}

vocabulary! {
    /// How bad a finding is.
    Severity: "severity" { Error = "error", Warning = "warning", Info = "info" }
}

vocabulary! {
    /// What the last scan made of a repository. All but `ok` keep the last good state visible.
    RepositoryStatus: "repository status" {
        Ok = "ok",
        /// A limit was hit: what was found is shown, absences are not concluded.
        Partial = "partial",
        /// No commit yet.
        Empty = "empty",
        /// The repository could not be read; the last good state is shown.
        Failed = "failed",
        /// The source no longer lists it; the last good state is shown.
        Missing = "missing",
    }
}

vocabulary! {
    /// The life of one scan run.
    ScanStatus: "scan status" { Queued = "queued", Running = "running", Done = "done", Failed = "failed" }
}

vocabulary! {
    /// Who wrote a capability down: the organisation, or the starter ruleset that ships with Waymark.
    RuleSource: "rule source" { Organisation = "organisation", Starter = "starter" }
}

vocabulary! {
    /// Strength of evidence, strongest first (DESIGN section 1). Serialised as its number by `Rung::number`.
    Rung: "rung" {
        Resolved = "resolved", Declared = "declared", Import = "import", Reference = "reference", Blob = "blob",
        Config = "config", Mention = "mention",
    }
}

impl Rung {
    /// 1 (resolved in a lock file) to 7 (text mention).
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The rung of a number from 1 to 7.
    pub fn from_number(n: u8) -> Option<Self> {
        Self::ALL.get(usize::from(n.checked_sub(1)?)).copied()
    }
}

vocabulary! {
    /// What is counted: each component, each repository with such a component, each owner of one.
    Unit: "scope" { Component = "component", Repository = "repository", Team = "team" }
}

vocabulary! {
    /// What a mark on a time axis says.
    MarkKind: "mark" {
        /// An offer is offered from this day on (`since`).
        Launch = "launch",
        Campaign = "campaign",
        /// The capability's rules changed; the whole past is judged by those of today.
        Rules = "rules",
        /// The history of a repository that is cut off starts here.
        HistoryStart = "history_start",
    }
}

vocabulary! {
    /// How the use of an offer ended.
    End: "end" {
        /// It did not: the tip shows it.
        Open = "open",
        /// The component went on without it.
        Left = "left",
        /// The component is gone, or what showed it belongs to another component now.
        Removed = "removed",
    }
}

mod shadow;
pub use shadow::{CloneKind, OwnedPart, ShadowClaim, ShadowKind, Verdict, WorkPhase};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_back() {
        for kind in EntityKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(*kind));
        }
        for rung in Rung::ALL {
            assert_eq!(Rung::from_number(rung.number()), Some(*rung));
        }
        assert_eq!(Rung::from_number(0), None);
        assert_eq!(Rung::from_number(8), None);
    }

    #[test]
    fn an_unknown_word_names_the_others() {
        let error = "silver".parse::<OfferPath>().unwrap_err();
        assert_eq!(error.to_string(), "unknown path \"silver\"; expected one of golden, tolerated, vendor, homegrown");
    }
}
