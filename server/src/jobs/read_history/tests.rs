//! Reading the past of repositories made by git.
//! For tests only.
