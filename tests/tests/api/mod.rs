//! What a program gets from the API, each test on SQLite and on PostgreSQL.
//! It must not look at rows of the database.

mod contract;
mod history;
mod judged;
mod lists;
