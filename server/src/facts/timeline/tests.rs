//! How steps become spans, and how a timeline is cut.
//! For tests only.
