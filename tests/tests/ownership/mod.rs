//! Ownership from git to the API: verdicts on histories whose truth is known, and the table of how well they agree.
//! It must not look at how a verdict is reached.
mod codeowners_and_claims;
mod people;
mod teams_that_change;
mod truth;
