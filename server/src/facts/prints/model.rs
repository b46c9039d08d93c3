//! The shape of a file's fingerprints.
//! Nothing here decides.
use serde::{Deserialize, Serialize};

/// What one blob shows of its code. It depends on the bytes and the file's name only, and is cached by blob id.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CodePrint {
    /// As tokei spells it.
    pub language: String,
    /// Why nothing of it is compared; everything below is empty then.
    pub left_out: Option<LeftOut>,
    pub n_tokens: u32,
    pub n_lines: u32,
    /// Hash over all normalised tokens, in order.
    pub tokens: u64,
    /// Winnowed fingerprints in the order of the file.
    pub prints: Vec<Print>,
    /// Names that the file offers to others: exported functions, types and constants; at most 200.
    pub names: Vec<String>,
    /// Modules that it imports, as `SourceFacts::imports` spells them; at most 100.
    pub imports: Vec<String>,
}

/// A fingerprint of so many tokens in a row (winnowing: Schleimer, Wilkerson, Aiken 2003).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Print {
    pub hash: u64,
    /// The position of its first token.
    pub token: u32,
    /// 1-based lines of its first and last token.
    pub from_line: u32,
    pub to_line: u32,
}

/// Why a file is not compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    Vendored,
    Generated,
    Fixture,
    Licence,
    Policy,
    CiTemplate,
    Lock,
    Minified,
    /// No programming language: data, markup, prose.
    Data,
    Binary,
    TooLarge,
    TooShort,
}

impl LeftOut {
    /// As the API spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Vendored => "vendored",
            Self::Generated => "generated",
            Self::Fixture => "fixture",
            Self::Licence => "licence",
            Self::Policy => "policy",
            Self::CiTemplate => "ci_template",
            Self::Lock => "lock",
            Self::Minified => "minified",
            Self::Data => "data",
            Self::Binary => "binary",
            Self::TooLarge => "too_large",
            Self::TooShort => "too_short",
        }
    }
}
