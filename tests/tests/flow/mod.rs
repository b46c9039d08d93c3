//! The story from git to the catalog, as one test each.
//! It must not look at rows of the database.
