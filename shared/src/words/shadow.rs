//! The vocabularies of ownership and of what is built twice.
//! Nothing here knows where a word was read.
use super::UnknownWord;

vocabulary! {
    /// Our judgement on a declared owner (DESIGN section 6).
    Verdict: "verdict" {
        /// The declared team does most of the recent work.
        Confirmed = "confirmed",
        /// Another team does clearly more of it.
        Disputed = "disputed",
        /// Others work on it, and the declared team has not for 180 days.
        Stale = "stale",
        /// Nobody has worked on it for 180 days.
        Dormant = "dormant",
        /// Those who know it work nowhere any more, or the owner does not exist.
        Orphan = "orphan",
        /// Nobody claims it.
        Undeclared = "undeclared",
        /// Nothing can be said: no author of it is of a known team.
        Unknown = "unknown",
    }
}

vocabulary! {
    /// What an ownership verdict is about.
    OwnedPart: "part" {
        /// A component, by the files below its root.
        Component = "component",
        /// The files that one rule of CODEOWNERS speaks of.
        Path = "path",
    }
}

vocabulary! {
    /// How files of a cluster were found equal (DESIGN section 7).
    CloneKind: "kind of cluster" {
        /// The same bytes.
        Blob = "blob",
        /// The same tokens: spaces, line ends and comments aside.
        Tokens = "tokens",
        /// A stretch of the same tokens in files that otherwise differ.
        Region = "region",
    }
}

vocabulary! {
    /// What makes something a candidate for a shadow platform (DESIGN section 7).
    ShadowKind: "kind of shadow platform" {
        /// A homegrown offer, recognised by a rule.
        Offer = "offer",
        /// A package of the organisation that several teams use and that is no golden offer.
        Package = "package",
        /// Code that was copied into several repositories.
        Cluster = "cluster",
    }
}

vocabulary! {
    /// Whether something is called a shadow platform, or only may be one: precision decides, measured on labelled data.
    ShadowClaim: "claim" { Shadow = "shadow", PossibleDuplicate = "possible_duplicate" }
}

vocabulary! {
    /// What work on homegrown code was for.
    WorkPhase: "phase" {
        /// Until 90 days after its first commit.
        Build = "build",
        Upkeep = "upkeep",
        /// Since the component uses the golden path beside it.
        Migration = "migration",
    }
}
