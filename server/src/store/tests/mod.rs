//! The store as its callers use it, on both engines.
//! It must not look at tables except where a schema is the question.
mod as_of;
mod history;
mod judged;
mod lists;
mod numbers;
mod reports;
mod schema;
mod work;
mod writes;
