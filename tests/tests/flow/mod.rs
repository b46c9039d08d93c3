//! The story from git to the catalog: on the command line, through the API, over odd and vanishing repositories.
//! It must not look at rows of the database.

mod command_line;
mod from_api;
mod oddities;
mod vanishing;
