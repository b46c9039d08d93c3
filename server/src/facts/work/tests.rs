//! How steps become lineages and touches, and how a log is cut.
//! For tests only.
