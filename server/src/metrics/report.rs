//! The shadow report: what leadership reads, put together from figures that others computed, and its printed forms.
//! It must not count commits or code, ask a clock, or name a person.

mod changes;
mod check;
mod compose;
mod csv;
mod decide;
mod digest;
mod figures;
mod form;
mod gaps;
mod headline;
mod heat;
mod html;
mod markdown;
mod model;
mod pdf;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod words;

pub use changes::{compare, compare_markdown};
pub use check::{BadDecisions, MAX_DECISIONS, check_decisions};
pub use compose::compose;
pub use csv::to_csv;
pub use decide::decide;
pub use digest::{digest, id};
pub use form::{Form, UnknownForm};
pub use html::to_html;
pub use markdown::to_markdown;
pub use model::{GoldenOffer, OffPath, Previous, ReportCapability, ReportInput, StartPage};
pub use pdf::to_pdf;

/// Rows of the ranked list.
const MAX_RANKED: usize = 10;
