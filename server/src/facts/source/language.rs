//! Which programming language a file is of, by its name; the languages' comment and string signs are tokei's.
//! Markup, data and documentation are no source: they hold no code to count and no needles to find.
use tokei::LanguageType;

/// The language of a source file, or `None` for anything else. Called for every file of every repository.
pub(in crate::facts) fn of_file_name(name: &str) -> Option<LanguageType> {
    match name.rsplit_once('.') {
        Some((_, extension)) => of_extension(extension),
        None => of_whole_name(name),
    }
}

/// What of a name tells the language: the extension, or the whole name where there is none.
pub(super) fn variant(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(_, extension)| extension)
}

fn of_whole_name(name: &str) -> Option<LanguageType> {
    Some(match name {
        "Dockerfile" | "Containerfile" => LanguageType::Dockerfile,
        "Makefile" | "GNUmakefile" | "makefile" => LanguageType::Makefile,
        "Rakefile" | "Gemfile" | "Vagrantfile" | "Fastfile" | "Podfile" => LanguageType::Ruby,
        "Jenkinsfile" => LanguageType::Groovy,
        "Tiltfile" | "BUILD" | "WORKSPACE" => LanguageType::Python,
        _ => return None,
    })
}

#[expect(clippy::too_many_lines, reason = "a table: one line a language")]
fn of_extension(extension: &str) -> Option<LanguageType> {
    use LanguageType as L;
    Some(match extension {
        "c" => L::C,
        "h" => L::CHeader,
        "cc" | "cpp" | "cxx" | "c++" => L::Cpp,
        "hh" | "hpp" | "hxx" | "inl" => L::CppHeader,
        "cu" => L::Cuda,
        "cs" => L::CSharp,
        "fs" | "fsx" => L::FSharp,
        "vb" => L::VisualBasic,
        "clj" | "cljc" => L::Clojure,
        "cljs" => L::ClojureScript,
        "coffee" => L::CoffeeScript,
        "css" => L::Css,
        "sass" | "scss" => L::Sass,
        "less" => L::Less,
        "dart" => L::Dart,
        "ex" | "exs" => L::Elixir,
        "elm" => L::Elm,
        "erl" | "hrl" => L::Erlang,
        "go" => L::Go,
        "graphql" | "gql" => L::Graphql,
        "groovy" | "gradle" => L::Groovy,
        "hs" => L::Haskell,
        "tf" | "hcl" | "tfvars" => L::Hcl,
        "html" | "htm" => L::Html,
        "java" => L::Java,
        "js" | "mjs" | "cjs" => L::JavaScript,
        "jsx" => L::Jsx,
        "jl" => L::Julia,
        "kt" | "kts" => L::Kotlin,
        "lua" => L::Lua,
        "m" => L::ObjectiveC,
        "mm" => L::ObjectiveCpp,
        "ml" | "mli" => L::OCaml,
        "mk" => L::Makefile,
        "nim" => L::Nim,
        "nix" => L::Nix,
        "pl" | "pm" => L::Perl,
        "php" => L::Php,
        "ps1" | "psm1" => L::PowerShell,
        "proto" => L::Protobuf,
        "py" | "pyi" | "pyw" | "bzl" | "bazel" | "star" => L::Python,
        "r" | "R" => L::R,
        "rb" | "rake" | "gemspec" => L::Ruby,
        "rego" => L::OpenPolicyAgent,
        "rs" => L::Rust,
        "sc" | "scala" => L::Scala,
        "sh" => L::Sh,
        "bash" => L::Bash,
        "zsh" => L::Zsh,
        "fish" => L::Fish,
        "sol" => L::Solidity,
        "sql" => L::Sql,
        "svelte" => L::Svelte,
        "swift" => L::Swift,
        "thrift" => L::Thrift,
        "ts" | "mts" | "cts" => L::TypeScript,
        "tsx" => L::Tsx,
        "vue" => L::Vue,
        "zig" => L::Zig,
        "dockerfile" | "Dockerfile" => L::Dockerfile,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_by_name_and_agree_with_tokei() {
        for (name, language) in [
            ("main.go", "Go"),
            ("a.test.ts", "TypeScript"),
            ("App.tsx", "TSX"),
            ("x.py", "Python"),
            ("Makefile", "Makefile"),
            ("a.gradle.kts", "Kotlin"),
            ("schema.proto", "Protocol Buffers"),
        ] {
            assert_eq!(of_file_name(name).map(LanguageType::name), Some(language), "{name}");
        }
        for extension in ["c", "cpp", "cs", "dart", "ex", "go", "java", "js", "kt", "php", "py", "rb", "rs", "ts", "tf"]
        {
            assert_eq!(of_extension(extension), LanguageType::from_file_extension(extension), "{extension}");
        }
    }

    #[test]
    fn data_and_prose_are_no_source() {
        for name in ["README.md", "a.json", "b.yaml", "Cargo.toml", "LICENSE", "logo.svg", "go.sum", ".env", "x."] {
            assert_eq!(of_file_name(name), None, "{name}");
        }
    }
}
