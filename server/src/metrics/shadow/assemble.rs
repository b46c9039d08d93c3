//! Candidates, their effort and the past in; shadow platforms as the API gives them out.
//! It must not find candidates or read git.
use super::effort::Effort;
use crate::{
    catalog::shadow::model::{Candidate, Estate},
    metrics::past::Past,
};
use shared::api::ShadowDetail;

/// What a day of work costs.
#[derive(Debug, Clone, PartialEq)]
pub struct Rate {
    pub day: f64,
    /// ISO 4217, e.g. `EUR`.
    pub currency: String,
}

/// Everything that shadow platforms are told from.
#[derive(Debug, Clone, Copy)]
pub struct Assembly<'a> {
    pub estate: &'a Estate,
    pub candidates: &'a [Candidate],
    /// Of every repository.
    pub efforts: &'a [Effort],
    pub past: &'a Past,
    pub rate: Option<&'a Rate>,
    /// Seconds since 1970.
    pub now: i64,
}

/// Every candidate with its numbers, in the order of `candidates`.
pub fn assemble(input: &Assembly<'_>) -> Vec<ShadowDetail> {
    let _ = input;
    vec![]
}
