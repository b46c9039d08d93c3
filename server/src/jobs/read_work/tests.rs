//! Reading the work on repositories made by git.
//! For tests only.
