//! The list of parsers. A new ecosystem is one file here, one line in `PARSERS`, and one fixture folder
//! `server/fixtures/facts/<key>/<case>/…` with its snapshot. Nothing here reads a file format itself.
use super::{descriptors, parser::Parser};

mod agents;
mod azure_pipelines;
mod buf;
mod buildkite;
mod cargo;
mod circleci;
mod claims;
mod cocoapods;
mod code_text;
mod compose;
mod composer;
mod conan;
mod definitions;
mod devcontainer;
mod docker;
mod github_actions;
mod gitlab_ci;
mod go;
mod gradle;
mod graphql;
mod helm;
mod hex;
mod jenkins;
mod json_file;
mod kubernetes;
mod manifest;
mod maven;
mod mcp;
mod npm;
mod nuget;
mod outline;
mod pipeline;
mod pre_commit;
mod protobuf;
mod pub_dev;
mod pulumi;
mod python;
mod rubygems;
mod sbt;
mod scripts;
mod stack;
mod swift;
mod terraform;
mod tokens;
mod toml_file;
mod vcpkg;
mod xml_file;
mod yaml_file;

/// Every parser, in the order in which a wanted blob is handed to them.
#[rustfmt::skip]
pub static PARSERS: &[&dyn Parser] = &[
    &cargo::Cargo,
    &npm::Npm,
    &go::Go,
    &python::Python,
    &rubygems::Rubygems,
    &composer::Composer,
    &hex::Hex,
    &pub_dev::PubDev,
    &maven::Maven,
    &gradle::Gradle,
    &sbt::Sbt,
    &nuget::Nuget,
    &swift::Swift,
    &cocoapods::Cocoapods,
    &conan::Conan,
    &vcpkg::Vcpkg,
    &docker::Docker,
    &github_actions::GithubActions,
    &gitlab_ci::GitlabCi,
    &circleci::Circleci,
    &azure_pipelines::AzurePipelines,
    &jenkins::Jenkins,
    &buildkite::Buildkite,
    &pre_commit::PreCommit,
    &helm::Helm,
    &terraform::Terraform,
    &definitions::Definitions,
    &graphql::GraphQl,
    &protobuf::Protobuf,
    &buf::Buf,
    &mcp::Mcp,
    &agents::Agents,
    &claims::Claims,
    &compose::Compose,
    &devcontainer::Devcontainer,
    &kubernetes::Kubernetes,
    &pulumi::Pulumi,
    &descriptors::Descriptors,
];

#[cfg(test)]
pub(crate) mod properties;
#[cfg(test)]
pub(crate) use properties::data as test_data;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::testing;
    use std::collections::BTreeSet;

    #[test]
    fn keys_are_unique() {
        let mut seen = BTreeSet::new();
        for parser in PARSERS {
            assert!(seen.insert(parser.key()), "two parsers share the key {}", parser.key());
            assert!(parser.version() > 0, "{} has no version", parser.key());
        }
    }

    #[test]
    fn every_parser_reads_its_fixtures_as_its_snapshots_say() {
        for parser in PARSERS {
            let cases = testing::cases(parser.key());
            assert!(!cases.is_empty(), "add a fixture folder server/fixtures/facts/{}/<case>/", parser.key());
            for case in cases {
                testing::assert_case(*parser, &case);
            }
        }
    }
}
