//! Elixir and Erlang: `mix.exs`, `mix.lock`, `rebar.config` and `rebar.lock`
//! (<https://hexdocs.pm/mix/Mix.Tasks.Deps.html>), all read as text. It must not run mix, rebar3 or any code of a project.
mod locks;
mod mix;
mod rebar;

use super::manifest;
use crate::facts::{model::FileFacts, parser::Parser};
use shared::RepoPath;

/// The parser of Elixir's and Erlang's package files.
pub(super) struct Hex;

impl Parser for Hex {
    fn key(&self) -> &'static str {
        "hex"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        matches!(path.file_name(), "mix.exs" | "mix.lock" | "rebar.config" | "rebar.lock")
    }

    fn in_history(&self, path: &RepoPath) -> bool {
        !matches!(path.file_name(), "mix.lock" | "rebar.lock")
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        match manifest::text(bytes) {
            Err(facts) => *facts,
            Ok(text) => manifest::settle(match file_name {
                "mix.lock" => locks::mix(text),
                "rebar.lock" => locks::rebar(text),
                "rebar.config" => rebar::read(text),
                _ => mix::read(text),
            }),
        }
    }
}
