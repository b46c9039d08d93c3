//! What can go wrong with the store, as a caller can act on it.
//! It must not carry a database's own text to a user: that stays in the source of `Db`.

/// Why a question or a write was not served.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The cursor is damaged, or belongs to another list, sort or filter.
    #[error("the cursor does not belong to this list, filter and sort; start again without it")]
    BadCursor,
    #[error("cannot sort by \"{given}\"; expected one of {allowed}")]
    BadSort { given: String, allowed: String },
    #[error("the filter {name} cannot be \"{given}\": {reason}")]
    BadFilter { name: &'static str, given: String, reason: String },
    /// The database was written by a later Waymark.
    #[error("the database knows the change \"{found}\", which this version of Waymark does not; use a newer Waymark")]
    NewerDatabase { found: String },
    #[error("the database {location} cannot be used: {reason}")]
    Unusable { location: String, reason: String },
    /// A stored value does not read back: the database was changed by hand or is damaged.
    #[error("the stored {what} \"{value}\" does not read back; scan again")]
    Damaged { what: &'static str, value: String },
    /// A computation over the past stopped on a fault of our own.
    #[error("the figure could not be computed: {reason}")]
    Uncomputed { reason: String },
    #[error("the database did not serve the statement")]
    Db(#[from] sea_orm::DbErr),
}
